"""Paragraphs that were cut in mid-sentence as by a page break, and how many are rejoined."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator

from tools.quality.figures import Figure, share
from tools.quality.hyphens import line_joins
from tools.quality.prose import speeches, stories

_STOP = re.compile(r"[.!?…:;][\"'”’»)\]*_]*$|[\"”»]$")


def measure() -> Iterator[Figure]:
    """Cut texts about every 375 words, rejoin them, and count the right joins."""
    # There are few stories, so each is cut in ten ways.
    yield from _figures("stories", [*stories()] * 10)
    yield from _figures("speeches", speeches())


def _figures(name: str, texts: Iterable[list[str]]) -> Iterator[Figure]:
    chance = random.Random(3)  # the same cuts on every run
    right = wrong = cuts = 0
    for text in texts:
        pieces, cut_indexes = cut(text, chance)
        joined = joins(pieces)
        right += len(joined & cut_indexes)
        wrong += len(joined - cut_indexes)
        cuts += len(cut_indexes)
    yield share(f"rejoin, {name}: precision", right, right + wrong)
    yield share(f"rejoin, {name}: recall", right, cuts)
    score = 2 * right / (right + wrong + cuts) if right else 0.0
    yield Figure(f"rejoin, {name}: F1", 100 * score, f"{cuts:,} cuts")


def cut(text: list[str], chance: random.Random) -> tuple[list[str], set[int]]:
    """Cut paragraphs every 250 to 500 words, never at the end of a sentence.

    Returns the pieces, and the indexes of those before a cut.
    """
    pieces: list[str] = []
    cut_indexes: set[int] = set()
    since, page = 0, chance.randint(250, 500)
    for paragraph in text:
        words = paragraph.split()
        if since + len(words) > page and len(words) > 12:
            index = chance.randint(4, len(words) - 3)
            head, tail = " ".join(words[:index]), " ".join(words[index:])
            if not _STOP.search(head):
                cut_indexes.add(len(pieces))
                pieces += [head, tail]
                since, page = 0, chance.randint(250, 500)
                continue
        pieces.append(paragraph)
        since += len(words)
    return pieces, cut_indexes


def joins(pieces: list[str]) -> set[int]:
    """Return the indexes of the pieces that the rule joins with the next one."""
    ends: dict[int, int] = {}
    position = 0
    for index, piece in enumerate(pieces):
        position += len(piece)
        ends[position] = index
        position += 2
    joined = line_joins("\n\n".join(pieces))
    return {ends[end] for end, join in joined.items() if join == "space" and end in ends}
