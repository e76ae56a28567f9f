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


def trim(run: Sequence[CapitalizedWord], known: Knowledge) -> list[Candidate]:
    """Give the names in a run, from left to right."""
    pieces = [Candidate(run)]
    for rule in TRIM_RULES:
        pieces = [
            part
            for piece in pieces
            for part in ([piece] if piece.doubtful else rule.apply(piece, known))
            if part.words
        ]
    return pieces


def _opening(piece: Candidate, known: Knowledge) -> list[Candidate]:
    """The first word goes where only the sentence gives it its capital."""
    words = piece.words
    at = 0
    while at < len(words) and is_function_word(words[at].text, known.cues):
        if at + 1 < len(words) and _is_particle(words[at], words[at + 1], known.cues):
            return [Candidate(words[at:])]
        if at + 1 < len(words) and _is_article(words[at], words[at + 1], known.cues):
            break
        if known.place_size(_spelled(words[at : at + 2])) >= 2:
            return [Candidate(words[at:])]
        at += 1
    if at == len(words):
        return [Candidate(words[-1:], doubtful=True)]
    if words[at].first and not _is_name(words[at], words[at + 1 :], known):
        return [Candidate(words[at : at + 1], doubtful=True), Candidate(words[at + 1 :])]
    return [Candidate(words[at:])]


def _is_particle(word: CapitalizedWord, following: CapitalizedWord, cues: Cues) -> bool:
    """As in "De la Torre" at the start of a sentence."""
    return word.text.lower() in cues.particles and following.start - word.end > 1


def _is_article(word: CapitalizedWord, following: CapitalizedWord, cues: Cues) -> bool:
    """As in "en La Coruña", where no sentence begins."""
    side_by_side = following.start - word.end == 1
    return word.text in cues.articles_in_names and not word.first and side_by_side


def _is_name(word: CapitalizedWord, rest: Sequence[CapitalizedWord], known: Knowledge) -> bool:
    text = word.text
    tendency, common = known.capitalization(text), known.word_frequency(text)
    if (text.isupper() and len(text) > 1) or tendency > 0 or text in known.cues.titles:
        return True
    if text in known.cues.demonyms or text in known.cues.organizations:
        return tendency >= 0
    if rest:
        return _begins(word, rest, known)
    if known.place_size(text) >= 3:
        return tendency >= 0
    if tendency < 0:
        return False
    frequent = known.lexicon.given.get(text, 0) == 2 or known.place_size(text) == 2
    return common < (4.8 if frequent else 3.5)


def _begins(word: CapitalizedWord, rest: Sequence[CapitalizedWord], known: Knowledge) -> bool:
    """Whether a name of several words begins with this one: not "Analistas de BBVA"."""
    text, tendency, cues = word.text, known.capitalization(word.text), known.cues
    if text.lower() in cues.particles:
        return True
    linked = rest[0].start - word.end > 1 and cues.heads_come_first
    if _stands_before(text, rest, linked, known):
        return False
    surnames = known.lexicon.surnames
    if cues.heads_come_first and text in surnames and rest[0].text in surnames:
        return not linked
    surname_first = text in cues.surnames_first and not known.word_frequency(rest[0].text)
    place = rest[0].start - word.end == 1 and known.place_size(f"{text} {rest[0].text}") >= 2
    if place or surname_first or rest[-1].text in cues.heads or text in cues.heads:
        return True
    if text in known.lexicon.given or known.place_size(text):
        return tendency >= 0 or known.word_frequency(text) < 5
    return tendency >= 0 and known.word_frequency(text) < 4.0


def _stands_before(
    text: str, rest: Sequence[CapitalizedWord], linked: bool, known: Knowledge
) -> bool:
    """As in "Lawyer Peter Kamau", "Analistas de BBVA", "Recently Peter Kamau"."""
    if text.endswith(("ly", "ing", "ed")) and not known.is_listed_name(text):
        return True
    if text.lower() in known.cues.organization_words or text.lower() in known.cues.roles:
        return rest[-1].text not in known.cues.heads
    if text in known.cues.heads or text in known.cues.surnames_first or known.is_listed_name(text):
        return False
    given = known.lexicon.given.get(rest[0].text, 0) == 2 and _is_word(text, known)
    return linked or (given and rest[0].text.lower() not in known.cues.particles)


def _is_word(text: str, known: Knowledge) -> bool:
    """Whether a word is one of the language, or like one: Analysts, Prosecutors."""
    return known.word_frequency(text) > 0 or known.capitalization(text) < 0 or text.endswith("s")


def _title(piece: Candidate, known: Knowledge) -> list[Candidate]:
    """As in "Foreign Minister Wang Yi": the title goes, what stands before it is another name."""
    words, titles = piece.words, known.cues.titles
    if words[-1].text in known.cues.heads and words[0].text not in known.cues.sure_titles:
        return [piece]
    for at in range(len(words) - 2, -1, -1):
        if words[at].text in titles and words[at + 1].start - words[at].end == 1:
            following = words[at + 1].text
            if words[at].text in known.cues.before_titles and following in titles:
                continue
            if known.lexicon.places.get(_spelled(words[at:])):
                continue  # Don Benito, a town
            if following in known.cues.heads and known.lexicon.surnames.get(following, 0) < 2:
                continue
            first = at
            while first > 0 and _belongs_to_title(words, first - 1, known):
                first -= 1
            last = at
            while last < len(words) - 2 and words[last + 1].text in known.cues.before_titles:
                last += 1
            return [Candidate(words[:first]), Candidate(words[last + 1 :], words[at].text)]
    return [piece]


def _belongs_to_title(words: Sequence[CapitalizedWord], at: int, known: Knowledge) -> bool:
    """As in "Group Chief Executive", "Police Commissioner"; not "Lagos State Governor"."""
    text = words[at].text
    if at and text in known.cues.place_heads and known.place_size(words[at - 1].text):
        return False
    return _is_title(text, known.cues) or (at == 0 and text == "Group")


def _office(piece: Candidate, known: Knowledge) -> list[Candidate]:
    """As in "Minister of Justice Ana Ruiz", "Secretary of State Blinken", "Minister of Health"."""
    words = piece.words
    for at in range(len(words) - 1):
        gap = words[at + 1].start - words[at].end
        if words[at].text not in known.cues.titles or gap < 3 or words[at].text in _CROWNED:
            continue
        rest = at + 1
        if words[rest].text in known.cues.heads and words[rest].text not in known.cues.portfolios:
            return [Candidate(words[:at]), Candidate(words[rest:])]
        while rest < len(words) and (
            words[rest].text in known.cues.portfolios
            or words[rest].text in known.cues.demonyms
            or (rest > at + 1 and words[rest].start - words[rest - 1].end > 1)
        ):
            rest += 1
        before = at
        while before > 0 and _is_title(words[before - 1].text, known.cues):
            before -= 1
        return [
            Candidate(words[:before]),
            Candidate(words[rest:], words[at].text if rest > at + 1 else ""),
        ]
    return [piece]


_CROWNED = frozenset({"Prince", "Duke", "King", "Queen", "Saint", "Princess", "Duchess", "Count"})


def _is_title(word: str, cues: Cues) -> bool:
    return word in cues.titles or word in cues.before_titles


def _demonym(piece: Candidate, known: Knowledge) -> list[Candidate]:
    """As in "Indian Tata Steel" keeps no demonym, "Nigerian Army" does."""
    words, cues = list(piece.words), known.cues
    if known.place_size(_spelled(words)) >= 3 or _spelled(words) in cues.demonyms:
        return [piece]
    if len(words) > 2 and _is_inhabitant(words[0].text, words[1].text, known):
        del words[0]
    while len(words) > 1 and words[0].text in cues.demonyms:
        if words[1].start - words[0].end > 1:
            break
        ends = tuple(cues.compound_heads)
        if any(word.text in cues.heads or word.text.lower().endswith(ends) for word in words[1:]):
            break
        del words[0]
    return [Candidate(words, piece.title)]


def _is_inhabitant(word: str, following: str, known: Knowledge) -> bool:
    """As in "Queenslander Peter Kamau": an unknown word that ends as one for a citizen does."""
    given = known.lexicon.given.get(following, 0) == 2
    return given and len(word) > 6 and word.endswith(_CITIZENS) and not known.is_listed_name(word)


_CITIZENS = ("er", "ite", "ian", "tan", "ese")


def _dates(piece: Candidate, known: Knowledge) -> list[Candidate]:
    """Months and days at either end go, but for a given name: "April Jones", "May Thomas"."""
    words, cues = list(piece.words), known.cues
    if words[-1].text in cues.company_forms:
        return [piece]  # Sun Microsystems Inc.
    while words and (
        words[0].text in cues.days
        or (
            words[0].text in cues.months
            and not (len(words) > 1 and words[0].text in known.lexicon.given)
        )
    ):
        if piece.title and words[0].text in known.lexicon.surnames:
            break
        del words[0]
    while len(words) > 1 and (words[-1].text in cues.days or words[-1].text in cues.months):
        del words[-1]
    return [Candidate(words, piece.title)]


def _trailing(piece: Candidate, known: Knowledge) -> list[Candidate]:
    """A title at the end goes, but not a surname: "Alan Bishop", "Rose King"."""
    words = list(piece.words)
    if _spelled(words) in known.cues.organizations:
        return [piece]
    while words and words[-1].text in known.cues.ends_no_name:
        given = len(words) > 1 and words[-2].text in known.lexicon.given
        initial = len(words) > 1 and words[-2].text.endswith(".")
        surname = known.lexicon.surnames.get(words[-1].text, 0) == 2
        joined = len(words) > 1 and words[-1].start - words[-2].end > 1
        if joined or given or initial or (piece.title and len(words) == 1 and surname):
            break
        del words[-1]
        while words and words[-1].text in known.cues.before_titles and _spaced(words):
            del words[-1]
    headed = bool(words) and words[-1].text in known.cues.heads
    while len(words) > 1 and words[0].text in known.cues.before_titles and not headed:
        if not (words[0].text in known.cues.titles and words[1].text in known.lexicon.surnames):
            break
        del words[0]
    return [Candidate(words, piece.title)]


def _before_person(piece: Candidate, known: Knowledge) -> list[Candidate]:
    """As in "ambassador to Canada Ana Ruiz", "of the Refugee Council Ana Ruiz"."""
    words = piece.words
    for at in range(max(1, len(words) - 3), len(words) - 1):
        spaced = all(b.start - a.end == 1 for a, b in pairwise(words[at - 1 :]))
        if not spaced or any(word.text in known.cues.heads for word in words[at:]):
            continue
        rare = all(not known.word_frequency(word.text) for word in words[at:])
        if (rare or _is_full_name(words[at], words[at + 1], known)) and (
            _ends_no_person(words[:at], known)
        ):
            return [Candidate(words[:at], piece.title), Candidate(words[at:])]
    return [piece]


def _is_full_name(one: CapitalizedWord, two: CapitalizedWord, known: Knowledge) -> bool:
    given = known.lexicon.given.get(one.text, 0)
    listed = two.text in known.lexicon.surnames or two.text[:3].lower() in {"al-", "el-"}
    return given == 2 or (given == 1 and listed)


def _ends_no_person(words: Sequence[CapitalizedWord], known: Knowledge) -> bool:
    spelled, last = _spelled(words), words[-1].text
    if len(words) > 1 and last in known.cues.organization_heads:
        return True
    if last in known.cues.portfolios:
        return True
    if spelled in known.cues.organizations or spelled in known.cues.acronyms_of_places:
        return True
    return spelled not in known.lexicon.given and known.lexicon.places.get(spelled, 0) >= 4


def _spaced(words: Sequence[CapitalizedWord]) -> bool:
    """Whether no preposition ties the last word to the one before: not "Ministry of Finance"."""
    return len(words) < 2 or words[-1].start - words[-2].end == 1


def _noun(piece: Candidate, known: Knowledge) -> list[Candidate]:
    """As in "Betriebsratschefin Sabine Öztürk", where nouns have capitals."""
    words = piece.words
    if not known.cues.nouns_have_capitals or piece.title or known.place_size(_spelled(words)):
        return [piece]
    if _spelled(words) in known.cues.organizations:
        return [piece]
    while len(words) > 1 and words[0].text.lower() in known.cues.organization_words:
        words = words[1:]
    while len(words) > 1 and _is_noun(words[-1].text, known) and _spaced(words):
        words = words[:-1]
    if words[-1].text in known.cues.company_forms:
        start = next((n for n, word in enumerate(words) if known.is_listed_name(word.text)), 0)
        return [Candidate(words[start:])]
    for at in range(1, len(words)):
        before, here = words[at - 1].text, words[at].text
        if here in known.lexicon.given and not known.is_listed_name(before) and "." not in before:
            return [Candidate(words[:at]), Candidate(words[at:], before)]
        if known.place_size(here) >= 2 and _is_noun(before, known):
            return [Candidate(words[:at]), Candidate(words[at:])]
    return [Candidate(words)]


def _is_noun(word: str, known: Knowledge) -> bool:
    cues = known.cues
    lists = cues.heads, cues.organizations, cues.company_forms
    named = known.is_listed_name(word) or any(word in some for some in lists)
    return known.word_frequency(word) > 0 and not named and word not in known.cues.titles


def _common(piece: Candidate, known: Knowledge) -> list[Candidate]:
    """A single everyday word is no name, whatever gives it its capital."""
    if len(piece.words) > 1 or piece.title or piece.doubtful:
        return [piece]
    text = piece.words[0].text
    if text.isupper() or known.place_size(text) >= 4 or text in known.cues.organizations:
        return [piece]
    tendency, common = known.capitalization(text), known.word_frequency(text)
    if known.cues.heads_come_first and text in known.cues.portfolios:
        return [piece._replace(doubtful=True)]
    if tendency < 0 and known.lexicon.given.get(text, 0) < 2:
        return [piece._replace(doubtful=True)]
    if known.cues.nouns_have_capitals:
        plain = common > 0 and known.place_size(text) < 2 and known.lexicon.given.get(text, 0) < 2
    else:
        plain = common >= 4.0 and not known.is_listed_name(text) and tendency <= 0
    head = text in known.cues.heads
    return [piece._replace(doubtful=True)] if plain and not head else [piece]


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
