"""Letters that may answer each other, however different their words are.

They are found by the last names of writer and recipient, and by the day; whether one really answers
the other, the rule in `reasons` decides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from generator.linking.entities.forms import fold_name
from generator.linking.similarity.reasons import DocumentFacts


class _Way(NamedTuple):
    """The last names of who writes and who is written to."""

    sender: str
    recipient: str


class _Sent(NamedTuple):
    """A letter: its day and its position in the corpus."""

    day: date
    position: int


def possible_answers(facts: Sequence[DocumentFacts]) -> dict[int, tuple[int, ...]]:
    """Return for each letter the nearest before and after it on the way back, with positions.

    The cost grows with the number of letters, but for a logarithm.
    """
    letters: dict[_Way, list[_Sent]] = defaultdict(list)
    for position, document in enumerate(facts):
        way = _way(document)
        if way is not None and document.day is not None:
            letters[way].append(_Sent(document.day, position))
    for sent in letters.values():
        sent.sort()
    return {
        letter.position: answers
        for way, sent in letters.items()
        if (back := letters.get(_Way(way.recipient, way.sender)))
        for letter in sent
        if (answers := tuple(_nearest(back, letter)))
    }


def _nearest(letters: Sequence[_Sent], letter: _Sent) -> Iterator[int]:
    """Yield the last letter before a letter, and the first after it."""
    index = bisect_left(letters, letter)
    for near in (*letters[max(0, index - 1) : index], *letters[index : index + 1]):
        yield near.position


def _way(facts: DocumentFacts) -> _Way | None:
    """Return who writes to whom; None if somebody is unknown, or both have one last name."""
    recipient = fold_name(facts.recipient or "").split()
    if len(facts.authors) != 1 or not recipient:
        return None
    way = _Way(facts.authors[0].split()[-1], recipient[-1])
    return way if way.sender != way.recipient else None
