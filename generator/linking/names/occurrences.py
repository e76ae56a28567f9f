"""Possible names where they stand in a document, and the headlines, which are read after them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
from msgspec import structs

from generator.linking.names.candidates import find_runs
from generator.linking.names.capitalized_words import CapitalizedWord, find_capitalized_words
from generator.linking.names.context import Context, find_noun_before, find_owned
from generator.linking.names.headlines import is_headline, quoted_works
from generator.linking.names.knowledge import Candidate, Knowledge
from generator.linking.names.lines import join_prose
from generator.linking.names.lowercase import title_in_lower_case
from generator.linking.names.word_lookup import WordLookup
from generator.model import Document, Mark

_TOKEN = re.compile(r"\w+(?:['’-]\w+)*\.?|[^\w\s]")

_BEFORE, _AFTER = 8, 9
"""Tokens before and after a name, from the 60 and the 80 characters next to it."""
_PADDING = ("",) * _AFTER

_POSSESSIVES = frozenset({"'s", "’s"})


class Occurrence(NamedTuple):
    """A possible name where it stands in a document."""

    block: int
    start: int
    end: int
    text: str
    context: Context
    is_doubtful: bool
    """Whether only another occurrence in the document can make it a name."""


class Headline(NamedTuple):
    """A block in which capitals say nothing; it is read after all others."""

    block: int
    words: Sequence[CapitalizedWord]


class _Place(msgspec.Struct, frozen=True, gc=False):
    """Where a candidate is."""

    block: int
    text: str
    """The text of the block."""
    candidate: Candidate

    @property
    def name(self) -> str:
        """The words of the candidate, as they are written."""
        words = self.candidate.words
        return self.text[words[0].start : words[-1].end]


class FoundOccurrences(NamedTuple):
    """What in a document may be names."""

    occurrences: list[Occurrence]
    headlines: list[Headline]


def find_occurrences(
    document: Document, knowledge: Knowledge, lookup: WordLookup
) -> FoundOccurrences:
    """Find the possible names outside of headlines and titles of works, and the headlines.

    A doubtful occurrence is returned only if another occurrence has the same name, or a full name
    with it.
    """
    places: list[_Place] = []
    headlines: list[Headline] = []
    labels = find_labels([block.text for block in document.blocks])
    for index, block in enumerate(document.blocks):
        text = join_prose(block.text)
        words = _outside_marks(find_capitalized_words(text), text, block.marks)
        if words and words[0].start == 0 and words[0].text in labels:
            words = (
                [structs.replace(words[1], opens_sentence=True), *words[2:]] if words[1:] else []
            )
        if is_headline(text, words, knowledge):
            headlines.append(Headline(index, words))
            continue
        works = quoted_works(text)
        for run in find_runs(text, words, knowledge.cues):
            if run[0].start in works or text[run[-1].end : run[-1].end + 1] == "$":
                continue
            places += [_Place(index, text, name) for name in lookup.trim(run, knowledge)]
    return FoundOccurrences(_occurrences(places, knowledge), headlines)


def _occurrences(places: Iterable[_Place], knowledge: Knowledge) -> list[Occurrence]:
    """Return the occurrences that count; most are doubtful, and nothing around them is read."""
    named = [(place, place.name) for place in places]
    names = {name for place, name in named if not place.candidate.is_doubtful}
    names |= _surnames(names, knowledge)
    return [
        _occurrence(place.block, place.text, place.candidate, knowledge)
        for place, name in named
        if name in names
    ]


def _surnames(names: Iterable[str], knowledge: Knowledge) -> set[str]:
    """Return the surnames of full names."""
    full_names = [name.split() for name in names if " " in name]
    surnames = {words[-1] for words in full_names}
    return surnames | {
        words[0] for words in full_names if words[0] in knowledge.cues.surnames_first
    }


def _outside_marks(
    words: list[CapitalizedWord], text: str, marks: Sequence[Mark]
) -> list[CapitalizedWord]:
    """Return the words that are no number of an item or a note, and no label such as CLERK."""
    ends = {
        mark.start: mark.end
        for mark in marks
        if _is_no_name(mark.kind, text[mark.start : mark.end])
    }
    starts = sorted(ends)
    if not starts:
        return words
    before = [bisect_right(starts, word.start) for word in words]
    return [
        word
        for word, index in zip(words, before, strict=True)
        if not index or word.start >= ends[starts[index - 1]]
    ]


def _is_no_name(kind: str, text: str) -> bool:
    """Whether a mark has no name: a number, or a single word in capitals that says who speaks."""
    is_label = kind == "speaker" and text.isupper() and " " not in text.strip()
    return kind in {"marker", "noteref"} or is_label


_LABEL_PAIRS = (("Q.", "A."), ("P.", "R."), ("F.", "A."), ("D.", "R."), ("Q.", "R."))
"""Letters that begin the questions and the answers of an interview."""


def find_labels(texts: Sequence[str]) -> frozenset[str]:
    """Return the letters before the questions and answers of an interview; they are no initials."""
    beginnings = {text[:2] for text in texts if text[2:3] == " "}
    return frozenset(
        label for pair in _LABEL_PAIRS if beginnings.issuperset(pair) for label in pair
    )


def _occurrence(block: int, text: str, candidate: Candidate, knowledge: Knowledge) -> Occurrence:
    """Return a candidate with the words around it."""
    start, end = candidate.words[0].start, candidate.words[-1].end
    before = _tokens(text[max(0, start - 60) : start].rsplit(None, _BEFORE)[-_BEFORE:])[-_BEFORE:]
    tokens = _tokens(text[end : end + 80].split(None, _AFTER)[:_AFTER])[:_AFTER]
    after = (*tokens, *_PADDING[len(tokens) :])
    previous = before[-1].lower() if before else ""
    context = Context(
        title=candidate.title or title_in_lower_case(before, knowledge.cues),
        before=tuple(before) or ("",),
        previous=previous,
        after=after,
        next_place_size=knowledge.gazetteer.places.get(after[1], 0),
        cues=knowledge.cues,
        owned=find_owned(after),
        noun_before=find_noun_before(before, previous),
        word_count=len(candidate.words),
        after_country=bool(before)
        and before[-1][-2:] in _POSSESSIVES
        and knowledge.place_size(before[-1][:-2]) == 5,
    )
    return Occurrence(block, start, end, text[start:end], context, candidate.is_doubtful)


def _tokens(words: Iterable[str]) -> list[str]:
    """Return the tokens of some words, each of which has at least one."""
    tokens: list[str] = []
    for word in words:
        if word.isalnum():
            tokens.append(word)
        else:
            tokens += _TOKEN.findall(word)
    return tokens


def collect_contexts(
    occurrences: Sequence[Occurrence], knowledge: Knowledge
) -> dict[str, list[Context]]:
    """Return the contexts of each name.

    A doubtful occurrence counts only if it is the surname of another name.
    """
    contexts: dict[str, list[Context]] = defaultdict(list)
    for occurrence in occurrences:
        if not occurrence.is_doubtful:
            contexts[occurrence.text].append(occurrence.context)
    surnames = _surnames(contexts, knowledge)
    for occurrence in occurrences:
        if occurrence.is_doubtful and occurrence.text in surnames:
            contexts[occurrence.text].append(occurrence.context)
    return contexts
