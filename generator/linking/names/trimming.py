"""From a run of capitals to the names in it: titles, demonyms, dates and openings are cut off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.linking.names.candidates import is_function_word
from generator.linking.names.capitalization import CorpusHints
from generator.linking.names.capitals import CapitalizedWord
from generator.linking.names.lexicon import Cues, Gazetteer


class Candidate(NamedTuple):
    """The words of one possible name, and the title that stands before them."""

    words: Sequence[CapitalizedWord]
    title: str = ""
    doubtful: bool = False
    """Whether only another mention in the document can make it a name."""


class Knowledge(NamedTuple):
    """What is known beforehand: the language's cues, the world's lists, the corpus' capitals."""

    cues: Cues
    lexicon: Gazetteer
    table: CorpusHints

    def word_frequency(self, word: str) -> float:
        """How common a word is in the language: 0, or 3.5 to 7.5."""
        return self.lexicon.everyday.get(self.cues.language, {}).get(word.lower(), 0.0)

    def capitalization(self, word: str) -> int:
        """What the corpus says of a word's capital: 1 always, -1 only at starts, 0 unclear."""
        return self.table.tendency.get(word.lower().rstrip("."), 0)

    def place_size(self, name: str) -> int:
        """How big a place of this name is: 5 for a land, 0 for none."""
        return 5 if name in self.cues.places else self.lexicon.places.get(name, 0)

    def is_listed_name(self, word: str) -> bool:
        """Whether the lists know the word as a name."""
        known = self.lexicon
        return word in known.given or word in known.places or word in known.surnames


class TrimRule(NamedTuple):
    """A rule that makes a piece smaller, or several; the piece itself when it does not apply."""

    name: str
    apply: Callable[[Candidate, Knowledge], list[Candidate]]


def trim(run: Sequence[CapitalizedWord], knowledge: Knowledge) -> list[Candidate]:
    """Give the names in a run, from left to right."""
    candidates = [Candidate(run)]
    for rule in TRIM_RULES:
        candidates = [
            part
            for candidate in candidates
            for part in ([candidate] if candidate.doubtful else rule.apply(candidate, knowledge))
            if part.words
        ]
    return candidates


def _opening(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """The first word goes where only the sentence gives it its capital."""
    words = candidate.words
    index = 0
    while index < len(words) and is_function_word(words[index].text, knowledge.cues):
        if index + 1 < len(words) and _is_particle(words[index], words[index + 1], knowledge.cues):
            return [Candidate(words[index:])]
        if index + 1 < len(words) and _is_article(words[index], words[index + 1], knowledge.cues):
            break
        if knowledge.place_size(_spelled(words[index : index + 2])) >= 2:
            return [Candidate(words[index:])]
        index += 1
    if index == len(words):
        return [Candidate(words[-1:], doubtful=True)]
    if words[index].first and not _is_name(words[index], words[index + 1 :], knowledge):
        return [Candidate(words[index : index + 1], doubtful=True), Candidate(words[index + 1 :])]
    return [Candidate(words[index:])]


def _is_particle(word: CapitalizedWord, following: CapitalizedWord, cues: Cues) -> bool:
    """As in "De la Torre" at the start of a sentence."""
    return word.text.lower() in cues.particles and following.start - word.end > 1


def _is_article(word: CapitalizedWord, following: CapitalizedWord, cues: Cues) -> bool:
    """As in "en La Coruña", where no sentence begins."""
    side_by_side = following.start - word.end == 1
    return word.text in cues.articles_in_names and not word.first and side_by_side


def _is_name(word: CapitalizedWord, rest: Sequence[CapitalizedWord], knowledge: Knowledge) -> bool:
    text = word.text
    tendency, common = knowledge.capitalization(text), knowledge.word_frequency(text)
    if (text.isupper() and len(text) > 1) or tendency > 0 or text in knowledge.cues.titles:
        return True
    if text in knowledge.cues.demonyms or text in knowledge.cues.organizations:
        return tendency >= 0
    if rest:
        return _begins(word, rest, knowledge)
    if knowledge.place_size(text) >= 3:
        return tendency >= 0
    if tendency < 0:
        return False
    frequent = knowledge.lexicon.given.get(text, 0) == 2 or knowledge.place_size(text) == 2
    return common < (4.8 if frequent else 3.5)


def _begins(word: CapitalizedWord, rest: Sequence[CapitalizedWord], knowledge: Knowledge) -> bool:
    """Whether a name of several words begins with this one: not "Analistas de BBVA"."""
    text, tendency, cues = word.text, knowledge.capitalization(word.text), knowledge.cues
    if text.lower() in cues.particles:
        return True
    linked = rest[0].start - word.end > 1 and cues.heads_come_first
    if _stands_before(text, rest, linked, knowledge):
        return False
    surnames = knowledge.lexicon.surnames
    if cues.heads_come_first and text in surnames and rest[0].text in surnames:
        return not linked
    surname_first = text in cues.surnames_first and not knowledge.word_frequency(rest[0].text)
    place = rest[0].start - word.end == 1 and knowledge.place_size(f"{text} {rest[0].text}") >= 2
    if place or surname_first or rest[-1].text in cues.heads or text in cues.heads:
        return True
    if text in knowledge.lexicon.given or knowledge.place_size(text):
        return tendency >= 0 or knowledge.word_frequency(text) < 5
    return tendency >= 0 and knowledge.word_frequency(text) < 4.0


def _stands_before(
    text: str, rest: Sequence[CapitalizedWord], linked: bool, knowledge: Knowledge
) -> bool:
    """As in "Lawyer Peter Kamau", "Analistas de BBVA", "Recently Peter Kamau"."""
    if text.endswith(("ly", "ing", "ed")) and not knowledge.is_listed_name(text):
        return True
    if text.lower() in knowledge.cues.organization_words or text.lower() in knowledge.cues.roles:
        return rest[-1].text not in knowledge.cues.heads
    if (
        text in knowledge.cues.heads
        or text in knowledge.cues.surnames_first
        or knowledge.is_listed_name(text)
    ):
        return False
    given = knowledge.lexicon.given.get(rest[0].text, 0) == 2 and _is_word(text, knowledge)
    return linked or (given and rest[0].text.lower() not in knowledge.cues.particles)


def _is_word(text: str, knowledge: Knowledge) -> bool:
    """Whether a word is one of the language, or like one: Analysts, Prosecutors."""
    return (
        knowledge.word_frequency(text) > 0
        or knowledge.capitalization(text) < 0
        or text.endswith("s")
    )


def _title(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """As in "Foreign Minister Wang Yi": the title goes, what stands before it is another name."""
    words, titles = candidate.words, knowledge.cues.titles
    if words[-1].text in knowledge.cues.heads and words[0].text not in knowledge.cues.sure_titles:
        return [candidate]
    for index in range(len(words) - 2, -1, -1):
        if words[index].text in titles and words[index + 1].start - words[index].end == 1:
            following = words[index + 1].text
            if words[index].text in knowledge.cues.before_titles and following in titles:
                continue
            if knowledge.lexicon.places.get(_spelled(words[index:])):
                continue  # Don Benito, a town
            if (
                following in knowledge.cues.heads
                and knowledge.lexicon.surnames.get(following, 0) < 2
            ):
                continue
            first = index
            while first > 0 and _belongs_to_title(words, first - 1, knowledge):
                first -= 1
            last = index
            while last < len(words) - 2 and words[last + 1].text in knowledge.cues.before_titles:
                last += 1
            return [Candidate(words[:first]), Candidate(words[last + 1 :], words[index].text)]
    return [candidate]


def _belongs_to_title(words: Sequence[CapitalizedWord], index: int, knowledge: Knowledge) -> bool:
    """As in "Group Chief Executive", "Police Commissioner"; not "Lagos State Governor"."""
    text = words[index].text
    if index and text in knowledge.cues.place_heads and knowledge.place_size(words[index - 1].text):
        return False
    return _is_title(text, knowledge.cues) or (index == 0 and text == "Group")


def _office(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """As in "Minister of Justice Ana Ruiz", "Secretary of State Blinken", "Minister of Health"."""
    words = candidate.words
    for index in range(len(words) - 1):
        gap = words[index + 1].start - words[index].end
        if (
            words[index].text not in knowledge.cues.titles
            or gap < 3
            or words[index].text in _CROWNED
        ):
            continue
        rest = index + 1
        if (
            words[rest].text in knowledge.cues.heads
            and words[rest].text not in knowledge.cues.portfolios
        ):
            return [Candidate(words[:index]), Candidate(words[rest:])]
        while rest < len(words) and (
            words[rest].text in knowledge.cues.portfolios
            or words[rest].text in knowledge.cues.demonyms
            or (rest > index + 1 and words[rest].start - words[rest - 1].end > 1)
        ):
            rest += 1
        before = index
        while before > 0 and _is_title(words[before - 1].text, knowledge.cues):
            before -= 1
        return [
            Candidate(words[:before]),
            Candidate(words[rest:], words[index].text if rest > index + 1 else ""),
        ]
    return [candidate]


_CROWNED = frozenset({"Prince", "Duke", "King", "Queen", "Saint", "Princess", "Duchess", "Count"})


def _is_title(word: str, cues: Cues) -> bool:
    return word in cues.titles or word in cues.before_titles


def _demonym(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """As in "Indian Tata Steel" keeps no demonym, "Nigerian Army" does."""
    words, cues = list(candidate.words), knowledge.cues
    if knowledge.place_size(_spelled(words)) >= 3 or _spelled(words) in cues.demonyms:
        return [candidate]
    if len(words) > 2 and _is_inhabitant(words[0].text, words[1].text, knowledge):
        del words[0]
    while len(words) > 1 and words[0].text in cues.demonyms:
        if words[1].start - words[0].end > 1:
            break
        ends = tuple(cues.compound_heads)
        if any(word.text in cues.heads or word.text.lower().endswith(ends) for word in words[1:]):
            break
        del words[0]
    return [Candidate(words, candidate.title)]


def _is_inhabitant(word: str, following: str, knowledge: Knowledge) -> bool:
    """As in "Queenslander Peter Kamau": an unknown word that ends as one for a citizen does."""
    given = knowledge.lexicon.given.get(following, 0) == 2
    return (
        given and len(word) > 6 and word.endswith(_CITIZENS) and not knowledge.is_listed_name(word)
    )


_CITIZENS = ("er", "ite", "ian", "tan", "ese")


def _dates(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """Months and days at either end go, but for a given name: "April Jones", "May Thomas"."""
    words, cues = list(candidate.words), knowledge.cues
    if words[-1].text in cues.company_forms:
        return [candidate]  # Sun Microsystems Inc.
    while words and (
        words[0].text in cues.days
        or (
            words[0].text in cues.months
            and not (len(words) > 1 and words[0].text in knowledge.lexicon.given)
        )
    ):
        if candidate.title and words[0].text in knowledge.lexicon.surnames:
            break
        del words[0]
    while len(words) > 1 and (words[-1].text in cues.days or words[-1].text in cues.months):
        del words[-1]
    return [Candidate(words, candidate.title)]


def _trailing(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """A title at the end goes, but not a surname: "Alan Bishop", "Rose King"."""
    words = list(candidate.words)
    if _spelled(words) in knowledge.cues.organizations:
        return [candidate]
    while words and words[-1].text in knowledge.cues.ends_no_name:
        given = len(words) > 1 and words[-2].text in knowledge.lexicon.given
        initial = len(words) > 1 and words[-2].text.endswith(".")
        surname = knowledge.lexicon.surnames.get(words[-1].text, 0) == 2
        joined = len(words) > 1 and words[-1].start - words[-2].end > 1
        if joined or given or initial or (candidate.title and len(words) == 1 and surname):
            break
        del words[-1]
        while words and words[-1].text in knowledge.cues.before_titles and _spaced(words):
            del words[-1]
    headed = bool(words) and words[-1].text in knowledge.cues.heads
    while len(words) > 1 and words[0].text in knowledge.cues.before_titles and not headed:
        if not (
            words[0].text in knowledge.cues.titles and words[1].text in knowledge.lexicon.surnames
        ):
            break
        del words[0]
    return [Candidate(words, candidate.title)]


def _before_person(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """As in "ambassador to Canada Ana Ruiz", "of the Refugee Council Ana Ruiz"."""
    words = candidate.words
    for index in range(max(1, len(words) - 3), len(words) - 1):
        spaced = all(b.start - a.end == 1 for a, b in pairwise(words[index - 1 :]))
        if not spaced or any(word.text in knowledge.cues.heads for word in words[index:]):
            continue
        rare = all(not knowledge.word_frequency(word.text) for word in words[index:])
        if (rare or _is_full_name(words[index], words[index + 1], knowledge)) and (
            _ends_no_person(words[:index], knowledge)
        ):
            return [Candidate(words[:index], candidate.title), Candidate(words[index:])]
    return [candidate]


def _is_full_name(word: CapitalizedWord, two: CapitalizedWord, knowledge: Knowledge) -> bool:
    given = knowledge.lexicon.given.get(word.text, 0)
    listed = two.text in knowledge.lexicon.surnames or two.text[:3].lower() in {"al-", "el-"}
    return given == 2 or (given == 1 and listed)


def _ends_no_person(words: Sequence[CapitalizedWord], knowledge: Knowledge) -> bool:
    spelled, last = _spelled(words), words[-1].text
    if len(words) > 1 and last in knowledge.cues.organization_heads:
        return True
    if last in knowledge.cues.portfolios:
        return True
    if spelled in knowledge.cues.organizations or spelled in knowledge.cues.acronyms_of_places:
        return True
    return spelled not in knowledge.lexicon.given and knowledge.lexicon.places.get(spelled, 0) >= 4


def _spaced(words: Sequence[CapitalizedWord]) -> bool:
    """Whether no preposition ties the last word to the one before: not "Ministry of Finance"."""
    return len(words) < 2 or words[-1].start - words[-2].end == 1


def _noun(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """As in "Betriebsratschefin Sabine Öztürk", where nouns have capitals."""
    words = candidate.words
    if (
        not knowledge.cues.nouns_have_capitals
        or candidate.title
        or knowledge.place_size(_spelled(words))
    ):
        return [candidate]
    if _spelled(words) in knowledge.cues.organizations:
        return [candidate]
    while len(words) > 1 and words[0].text.lower() in knowledge.cues.organization_words:
        words = words[1:]
    while len(words) > 1 and _is_noun(words[-1].text, knowledge) and _spaced(words):
        words = words[:-1]
    if words[-1].text in knowledge.cues.company_forms:
        start = next((n for n, word in enumerate(words) if knowledge.is_listed_name(word.text)), 0)
        return [Candidate(words[start:])]
    for index in range(1, len(words)):
        before, here = words[index - 1].text, words[index].text
        if (
            here in knowledge.lexicon.given
            and not knowledge.is_listed_name(before)
            and "." not in before
        ):
            return [Candidate(words[:index]), Candidate(words[index:], before)]
        if knowledge.place_size(here) >= 2 and _is_noun(before, knowledge):
            return [Candidate(words[:index]), Candidate(words[index:])]
    return [Candidate(words)]


def _is_noun(word: str, knowledge: Knowledge) -> bool:
    cues = knowledge.cues
    lists = cues.heads, cues.organizations, cues.company_forms
    named = knowledge.is_listed_name(word) or any(word in some for some in lists)
    return knowledge.word_frequency(word) > 0 and not named and word not in knowledge.cues.titles


def _common(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """A single everyday word is no name, whatever gives it its capital."""
    if len(candidate.words) > 1 or candidate.title or candidate.doubtful:
        return [candidate]
    text = candidate.words[0].text
    if text.isupper() or knowledge.place_size(text) >= 4 or text in knowledge.cues.organizations:
        return [candidate]
    tendency, common = knowledge.capitalization(text), knowledge.word_frequency(text)
    if knowledge.cues.heads_come_first and text in knowledge.cues.portfolios:
        return [candidate._replace(doubtful=True)]
    if tendency < 0 and knowledge.lexicon.given.get(text, 0) < 2:
        return [candidate._replace(doubtful=True)]
    if knowledge.cues.nouns_have_capitals:
        plain = (
            common > 0
            and knowledge.place_size(text) < 2
            and knowledge.lexicon.given.get(text, 0) < 2
        )
    else:
        plain = common >= 4.0 and not knowledge.is_listed_name(text) and tendency <= 0
    head = text in knowledge.cues.heads
    return [candidate._replace(doubtful=True)] if plain and not head else [candidate]


def _spelled(words: Sequence[CapitalizedWord]) -> str:
    return " ".join(word.text for word in words)


TRIM_RULES = (
    TrimRule("opening", _opening),
    TrimRule("noun before a name", _noun),
    TrimRule("office", _office),
    TrimRule("title", _title),
    TrimRule("name before a person", _before_person),
    TrimRule("demonym", _demonym),
    TrimRule("date", _dates),
    TrimRule("trailing title", _trailing),
    TrimRule("everyday word", _common),
)
