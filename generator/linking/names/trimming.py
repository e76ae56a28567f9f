"""From a run of capitalized words to the names in it: the rules that cut off what is no name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

import msgspec
from msgspec import structs

from generator.linking.names.capitalized_words import CapitalizedWord
from generator.linking.names.case_counts import CorpusHints
from generator.linking.names.knowledge import (
    Candidate,
    Knowledge,
    Words,
    fold_word,
    is_adjacent,
    spelled,
)
from generator.linking.names.lexicon import Cues, load_gazetteer
from generator.linking.names.sentence_start import trim_sentence_start
from generator.text.honorifics import find_honorific


class WordTrimmer(Protocol):
    """The type of `trim_word`, which may have a cache."""

    def __call__(
        self, word: str, tendency: int, cues: Cues, *, opens_sentence: bool
    ) -> bool | None:
        """Return what `trim_word` does."""


class RunWord(msgspec.Struct, frozen=True, gc=False):
    """All of a word in a run that the rules look at."""

    text: str
    start: int
    """Its position after that of the first word."""
    opens_sentence: bool
    tendency: int
    """How the corpus capitalizes it: what `Knowledge.capitalization` returns."""


class RunPart(NamedTuple):
    """A possible name in a run."""

    start: int
    """The index of its first word."""
    stop: int
    title: str
    is_doubtful: bool


RunTrimmer = Callable[[tuple[RunWord, ...], Cues], tuple[RunPart, ...]]
"""The type of `trim_run`, which may have a cache."""


class TrimRule(NamedTuple):
    """A rule that shortens or divides a candidate; it returns any other candidate unchanged."""

    name: str
    apply: Callable[[Candidate, Knowledge], list[Candidate]]


def trim(run: Words, knowledge: Knowledge) -> list[Candidate]:
    """Return the possible names in a run, from left to right."""
    return _trim(Candidate(run), TRIM_RULES, knowledge)


def _trim(candidate: Candidate, rules: Sequence[TrimRule], knowledge: Knowledge) -> list[Candidate]:
    """Apply the rules to a candidate, each to the parts that those before it leave."""
    for index, rule in enumerate(rules, 1):
        if candidate.is_doubtful:
            break
        parts = [part for part in rule.apply(candidate, knowledge) if part.words]
        if len(parts) != 1:
            return [name for part in parts for name in _trim(part, rules[index:], knowledge)]
        candidate = parts[0]
    return [candidate]


def trim_word(word: str, tendency: int, cues: Cues, *, opens_sentence: bool) -> bool | None:
    """Whether only another occurrence can make a single word a name; None if nothing can.

    `tendency` is how the corpus capitalizes the word.
    """
    hints = CorpusHints({fold_word(word): tendency + 1})
    run = [CapitalizedWord(word, 0, len(word), opens_sentence)]
    candidates = trim(run, Knowledge(cues, load_gazetteer(), hints))
    return candidates[0].is_doubtful if candidates else None


def trim_run(words: tuple[RunWord, ...], cues: Cues) -> tuple[RunPart, ...]:
    """Return the possible names in a run, from left to right, wherever it stands."""
    hints = CorpusHints({fold_word(word.text): word.tendency + 1 for word in words})
    run = [
        CapitalizedWord(word.text, word.start, word.start + len(word.text), word.opens_sentence)
        for word in words
    ]
    indexes = {word.start: index for index, word in enumerate(words)}
    names = trim(run, Knowledge(cues, load_gazetteer(), hints))
    starts = [indexes[name.words[0].start] for name in names]
    return tuple(
        RunPart(start, start + len(name.words), name.title, name.is_doubtful)
        for start, name in zip(starts, names, strict=True)
    )


def _ends_adjacent(words: Words) -> bool:
    """Whether the last two words are adjacent: not "Ministry of Finance"."""
    return len(words) < 2 or is_adjacent(words[-2], words[-1])


# nouns, in languages that capitalize them


def _noun_before_name(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """As in "Betriebsratschefin Sabine Öztürk", where nouns are capitalized."""
    words, cues = candidate.words, knowledge.cues
    if not cues.nouns_have_capitals or candidate.title:
        return [candidate]
    if knowledge.place_size(spelled(words)) or spelled(words) in cues.organizations:
        return [candidate]
    while len(words) > 1 and words[0].text.lower() in cues.organization_words:
        words = words[1:]
    while len(words) > 1 and _is_noun(words[-1].text, knowledge) and _ends_adjacent(words):
        words = words[:-1]
    if words[-1].text in cues.company_forms:
        listed = (i for i, word in enumerate(words) if knowledge.is_listed_name(word.text))
        return [Candidate(words[next(listed, 0) :])]
    return _split_after_noun(words, knowledge)


def _split_after_noun(words: Words, knowledge: Knowledge) -> list[Candidate]:
    """Divide at the first given name or city after a noun; before a given name it is a title."""
    for index in range(1, len(words)):
        noun, name = words[index - 1].text, words[index].text
        if noun.lower() in knowledge.cues.ships:
            return [Candidate(words[:index]), Candidate(words[index:])]
        is_unlisted = not knowledge.is_listed_name(noun) and "." not in noun
        if name in knowledge.gazetteer.given and is_unlisted:
            return [Candidate(words[:index]), Candidate(words[index:], noun)]
        if knowledge.place_size(name) >= 2 and _is_noun(noun, knowledge):
            return [Candidate(words[:index]), Candidate(words[index:])]
    return [Candidate(words)]


def _is_noun(word: str, knowledge: Knowledge) -> bool:
    """Whether a word is an everyday word and in no list of names or parts of names."""
    cues = knowledge.cues
    lists = cues.heads, cues.organizations, cues.company_forms, cues.titles
    return (
        knowledge.word_frequency(word) > 0
        and not knowledge.is_listed_name(word)
        and not any(word in words for words in lists)
    )


# offices and titles

_NOBLE_TITLES = frozenset(
    {"Prince", "Duke", "King", "Queen", "Saint", "Princess", "Duchess", "Count"}
)
"""Titles whose "of" belongs to a name: Duke of York."""


def _office(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """As in "Minister of Justice Ana Ruiz", "Secretary of State Blinken", "Minister of Health"."""
    words, cues = candidate.words, knowledge.cues
    for index, (word, following) in enumerate(pairwise(words)):
        has_preposition = following.start - word.end >= 3
        if word.text not in cues.titles or not has_preposition or word.text in _NOBLE_TITLES:
            continue
        if following.text in cues.heads and following.text not in cues.portfolios:
            return [Candidate(words[:index]), Candidate(words[index + 1 :])]
        end = _portfolio_end(words, index + 1, cues)
        title = word.text if end > index + 1 else ""
        first = index
        while first > 0 and _is_title(words[first - 1].text, cues):
            first -= 1
        return [Candidate(words[:first]), Candidate(words[end:], title)]
    return [candidate]


def _portfolio_end(words: Words, start: int, cues: Cues) -> int:
    """Return the index after a portfolio: Trade, Industry and Competition; Arab Affairs."""
    end = start
    while end < len(words) and (
        words[end].text in cues.portfolios
        or words[end].text in cues.demonyms
        or (end > start and words[end].start - words[end - 1].end > 1)
    ):
        end += 1
    return end


def _is_title(word: str, cues: Cues) -> bool:
    return word in cues.titles or word in cues.before_titles


def _honorific(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """As in "Foreign Minister Wang Yi": cut the title off; words before it are another name."""
    words, cues = candidate.words, knowledge.cues
    if words[-1].text in cues.heads and words[0].text not in cues.sure_titles:
        return [candidate]
    for index in range(len(words) - 2, -1, -1):
        if _is_title_of_person(words[index:], knowledge):
            first, last = index, index
            while first > 0 and _belongs_to_title(words, first - 1, knowledge):
                first -= 1
            while last < len(words) - 2 and words[last + 1].text in cues.before_titles:
                last += 1
            title = _whole_title(words[first : index + 1])
            return [Candidate(words[:first]), Candidate(words[last + 1 :], title)]
    return [candidate]


def _honorific_in_capitals(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """As in "CAPTAIN JOHN STORR", where the whole name is in capitals."""
    words = candidate.words
    if len(words) > 2 and all(word.text.isupper() for word in words):
        title = words[0].text.capitalize()
        if title in knowledge.cues.titles:
            return [Candidate(words[1:], title)]
    return [candidate]


def _whole_title(words: Words) -> str:
    """Return the last word, or the last two if they are one title: Squadron Leader."""
    two_words = spelled(words[-2:])
    return two_words if find_honorific(two_words).says_something else words[-1].text


def _is_title_of_person(words: Words, knowledge: Knowledge) -> bool:
    """Whether the first word is a title and a name follows.

    Not "Prime Minister", two words of one title, nor "Don Benito", a town, nor "General Motors".
    """
    title, following, cues = words[0].text, words[1].text, knowledge.cues
    if title not in cues.titles or not is_adjacent(words[0], words[1]):
        return False
    if title in cues.before_titles and following in cues.titles:
        return False
    if knowledge.gazetteer.places.get(spelled(words)):
        return False
    return following not in cues.heads or knowledge.gazetteer.surnames.get(following, 0) == 2


def _belongs_to_title(words: Words, index: int, knowledge: Knowledge) -> bool:
    """As in "Group Chief Executive", "Police Commissioner"; not "Lagos State Governor"."""
    text, cues = words[index].text, knowledge.cues
    if index and text in cues.place_heads and knowledge.place_size(words[index - 1].text):
        return False
    return _is_title(text, cues) or (index == 0 and text == "Group")


def _trailing_title(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """Cut off a title at the end, but not a surname: "Alan Bishop", "Rose King"."""
    words, cues = list(candidate.words), knowledge.cues
    if spelled(words) in cues.organizations:
        return [candidate]
    while (
        words
        and words[-1].text in cues.ends_no_name
        and not _last_is_of_name(words, candidate.title, knowledge)
    ):
        del words[-1]
        while words and words[-1].text in cues.before_titles and _ends_adjacent(words):
            del words[-1]
    if words and words[-1].text in cues.heads:
        return [Candidate(words, candidate.title)]
    surnames = knowledge.gazetteer.surnames
    while (
        len(words) > 1
        and words[0].text in cues.before_titles
        and words[0].text in cues.titles
        and words[1].text in surnames
    ):
        del words[0]
    return [Candidate(words, candidate.title)]


def _last_is_of_name(words: Words, title: str, knowledge: Knowledge) -> bool:
    """Whether a title at the end is part of the name.

    As in "Department of Justice", "Alan Bishop", "J. Bishop", and "Bishop" after another title.
    """
    if len(words) == 1:
        is_surname = knowledge.gazetteer.surnames.get(words[-1].text, 0) == 2
        return bool(title) and is_surname
    before, last = words[-2:]
    is_joined = last.start - before.end > 1
    return is_joined or before.text in knowledge.gazetteer.given or before.text.endswith(".")


# other words around a name


def _name_before_person(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """As in "ambassador to Canada Ana Ruiz", "of the Refugee Council Ana Ruiz"."""
    words = candidate.words
    for index in range(max(1, len(words) - 3), len(words) - 1):
        before, person = words[:index], words[index:]
        are_adjacent = all(is_adjacent(left, right) for left, right in pairwise(words[index - 1 :]))
        if not are_adjacent or any(word.text in knowledge.cues.heads for word in person):
            continue
        is_unknown = all(not knowledge.word_frequency(word.text) for word in person)
        if (is_unknown or _is_full_name(person, knowledge)) and _ends_no_person(before, knowledge):
            return [Candidate(before, candidate.title), Candidate(person)]
    return [candidate]


def _is_full_name(words: Words, knowledge: Knowledge) -> bool:
    """Whether a frequent given name comes first, or a rare one and a surname."""
    given_rank = knowledge.gazetteer.given.get(words[0].text, 0)
    second = words[1].text
    is_surname = second in knowledge.gazetteer.surnames or second[:3].lower() in {"al-", "el-"}
    return given_rank == 2 or (given_rank == 1 and is_surname)


def _ends_no_person(words: Words, knowledge: Knowledge) -> bool:
    """Whether words are an organization, a portfolio, a country or a state."""
    name, last, cues = spelled(words), words[-1].text, knowledge.cues
    if (len(words) > 1 and last in cues.organization_heads) or last in cues.portfolios:
        return True
    if name in cues.organizations or name in cues.acronyms_of_places:
        return True
    return name not in knowledge.gazetteer.given and knowledge.gazetteer.places.get(name, 0) >= 4


_INHABITANT_ENDINGS = ("er", "ite", "ian", "tan", "ese")


def _demonym(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """As in "Indian Tata Steel", which loses its demonym; "Nigerian Army" has it in its name."""
    words, cues = list(candidate.words), knowledge.cues
    name = spelled(words)
    if knowledge.place_size(name) >= 3 or name in cues.demonyms:
        return [candidate]
    if len(words) > 2 and _is_inhabitant(words[0].text, words[1].text, knowledge):
        del words[0]
    while len(words) > 1 and words[0].text in cues.demonyms:
        ends = tuple(cues.compound_heads)
        if words[1].start - words[0].end > 1:
            break
        if any(word.text in cues.heads or word.text.lower().endswith(ends) for word in words[1:]):
            break
        del words[0]
    return [Candidate(words, candidate.title)]


def _is_inhabitant(word: str, following: str, knowledge: Knowledge) -> bool:
    """As in "Queenslander Peter Kamau": an unknown word that ends as words for inhabitants do."""
    return (
        knowledge.gazetteer.given.get(following, 0) == 2
        and len(word) > 6
        and word.endswith(_INHABITANT_ENDINGS)
        and not knowledge.is_listed_name(word)
    )


def _date(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """Cut off months and days at both ends, but not given names: "April Jones", "May Thomas"."""
    words, cues = list(candidate.words), knowledge.cues
    if words[-1].text in cues.company_forms:
        return [candidate]  # Sun Microsystems Inc.
    while words and _is_date(words, knowledge):
        if candidate.title and words[0].text in knowledge.gazetteer.surnames:
            break
        del words[0]
    while len(words) > 1 and (words[-1].text in cues.days or words[-1].text in cues.months):
        del words[-1]
    return [Candidate(words, candidate.title)]


def _is_date(words: Words, knowledge: Knowledge) -> bool:
    """Whether the first word is a day, or a month that is not a given name here."""
    first = words[0].text
    is_given_name = len(words) > 1 and first in knowledge.gazetteer.given
    return first in knowledge.cues.days or (first in knowledge.cues.months and not is_given_name)


def _everyday_word(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """Make a single everyday word doubtful, wherever its capital letter comes from."""
    if len(candidate.words) > 1 or candidate.title or candidate.is_doubtful:
        return [candidate]
    is_everyday = _is_everyday(candidate.words[0].text, knowledge)
    return [structs.replace(candidate, is_doubtful=True)] if is_everyday else [candidate]


def _is_everyday(text: str, knowledge: Knowledge) -> bool:
    """Whether a word alone is more likely an everyday word than a name."""
    cues, place_size = knowledge.cues, knowledge.place_size(text)
    if text.isupper() or place_size >= 4 or text in cues.organizations:
        return False
    tendency, frequency = knowledge.capitalization(text), knowledge.word_frequency(text)
    is_frequent_given_name = knowledge.gazetteer.given.get(text, 0) == 2
    if cues.heads_come_first and text in cues.portfolios:
        return True
    if tendency < 0 and not is_frequent_given_name:
        return True
    if text in cues.heads:
        return False
    if cues.nouns_have_capitals:
        return frequency > 0 and place_size < 2 and not is_frequent_given_name
    return frequency >= 4.0 and not knowledge.is_listed_name(text) and tendency <= 0


TRIM_RULES = (
    TrimRule("sentence start", trim_sentence_start),
    TrimRule("noun before a name", _noun_before_name),
    TrimRule("office", _office),
    TrimRule("title", _honorific),
    TrimRule("title in capitals", _honorific_in_capitals),
    TrimRule("name before a person", _name_before_person),
    TrimRule("demonym", _demonym),
    TrimRule("date", _date),
    TrimRule("trailing title", _trailing_title),
    TrimRule("everyday word", _everyday_word),
)
"""Applied in this order, each to what the rules before it left."""
