"""Letters that may answer each other, however different their words are.

They are found by the names of writer and recipient, and by the day; whether one really answers
the other, the rule in `reasons` decides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from generator.linking.entities.forms import fold_name
from generator.linking.similarity.reasons import DocumentFacts


class _Way(NamedTuple):
    """A name of who writes, and the last name or the given name of who is written to."""

    sender: str
    recipient: str


class _Sent(NamedTuple):
    """A letter: its day and its position in the corpus."""

    day: date
    position: int


def possible_answers(facts: Mapping[int, DocumentFacts]) -> dict[int, tuple[int, ...]]:
    """Return for each letter the nearest before and after it on the way back, by positions.

    The cost grows with the number of letters, but for a logarithm.
    """
    letters: dict[_Way, list[_Sent]] = defaultdict(list)
    for position, document in facts.items():
        for way in _ways(document):
            if document.day is not None:
                letters[way].append(_Sent(document.day, position))
    for sent in letters.values():
        sent.sort()
    answers: dict[int, dict[int, None]] = defaultdict(dict)
    for way, sent in letters.items():
        back = letters.get(_Way(way.recipient, way.sender), ())
        for letter in sent:
            answers[letter.position].update(dict.fromkeys(_nearest(back, letter)))
    return {position: tuple(sorted(own)) for position, own in sorted(answers.items()) if own}


def _nearest(letters: Sequence[_Sent], letter: _Sent) -> Iterator[int]:
    """Yield the last letter before a letter, and the first after it."""
    index = bisect_left(letters, letter)
    for near in (*letters[max(0, index - 1) : index], *letters[index : index + 1]):
        yield near.position


def _ways(facts: DocumentFacts) -> set[_Way]:
    """Return who writes to whom, by the sender's first and last name; none if it is unknown."""
    if len(facts.authors) != 1 or not facts.recipient:
        return set()
    recipient = fold_name(facts.recipient).split()
    if not recipient:
        return set()
    names = facts.authors[0].split()
    return {_Way(name, recipient[-1]) for name in (names[0], names[-1]) if name != recipient[-1]}
