"""Words that were hyphenated at the end of a line, and how many are restored."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from generator.reading.structure.find_structure import find_structure
from generator.reading.structure.regions import Join
from tools.quality.decoding import languages
from tools.quality.figures import Figure, share
from tools.quality.prose import speeches, stories

_SOLID = re.compile(r"[^\W\d_]{7,}[.,;:]?")
_OTHERS = ("es", "fr", "de", "pt")
_WIDTHS = (58, 64, 72, 80)


def measure() -> Iterator[Figure]:
    """Set each text in a narrow column, join its lines, and compare every hyphenated word."""
    chance = random.Random(7)
    # The hyphens in the stories have spaces around them, so only solid words can be measured.
    right, of = _counts(stories(), chance)
    yield share("hyphens, stories: solid words", right["solid"], of["solid"])
    right, of = _counts(speeches(), chance)
    yield share("hyphens, speeches: solid words", right["solid"], of["solid"])
    others = [_sentences(entry) for entry in languages() if entry["language"] in _OTHERS] * 20
    right_others, of_others = _counts(others, chance)
    yield share("hyphens, es fr de pt: solid words", right_others["solid"], of_others["solid"])
    yield share("hyphens, speeches: compounds", right["compound"], of["compound"])


def _sentences(entry: dict[str, str]) -> list[str]:
    return [entry["text"]]


def _counts(texts: Iterable[list[str]], chance: random.Random) -> tuple[Counter[str], Counter[str]]:
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for text in texts:
        for width in _WIDTHS:
            for kind, good, _ in divided(text, width, chance):
                right[kind] += good
                of[kind] += 1
    return right, of


def divided(text: list[str], width: int, chance: random.Random) -> Iterator[tuple[str, bool, str]]:
    """Yield the kind of every hyphenated word, whether it was restored, and the word."""
    columns = [list(column(paragraph.split(), width, chance)) for paragraph in text]
    source = "\n\n".join("\n".join(line for line, _ in rows) for rows in columns)
    joined_lines = line_joins(source)
    position = 0
    for rows in columns:
        for line, kind in rows:
            position += len(line)
            if kind:
                joined = joined_lines.get(position) == "hyphen"
                word = re.findall(r"\S+$", line)[0]
                yield kind, joined == (kind == "solid"), word
            position += 1
        position += 1


def line_joins(text: str) -> dict[int, Join]:
    """Return what becomes of each break inside a block, by the position where its line ends."""
    return {
        line.end: join
        for region in find_structure(text).regions
        for line, join in zip(region.lines, region.joins, strict=False)
    }


def column(words: list[str], width: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the lines of a column, each with the kind of the word that its end divides, if any."""
    line = ""
    for word in words:
        if len(line) + 1 + len(word) <= width or not line:
            line = f"{line} {word}".strip()
            continue
        room = width - len(line) - 2
        index = word.find("-") + 1
        if (
            3 <= index <= room
            and index < len(word)
            and word[index].isalnum()
            and word[:index].count("-") == 1
        ):
            yield f"{line} {word[:index]}", "compound"
            line = word[index:]
        elif _SOLID.fullmatch(word) and room >= 3 and chance.random() < 0.5:
            index = min(room, len(word) - 3)
            yield f"{line} {word[:index]}-", "solid"
            line = word[index:]
        else:
            yield line, ""
            line = word
    yield line, ""
