"""Generate generator/text/tables/words.txt from SCOWL, the word lists of English spell checkers.

`apt-get download scowl`, unpack it with `dpkg-deb -x`, then `python tools/make_words.py FOLDER`
with the folder `usr/share/dict/scowl`. The table distinguishes "right-" + "wing", a compound with a
hyphen, from "foot-" + "ball", one word. So it has the common words that can be halves of compounds,
and of all other words only those that consist of two such halves.
"""

from __future__ import annotations

import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "generator" / "text" / "tables" / "words.txt"

COMMON = (10, 20)
LESS_COMMON = (35,)
WHOLE = (10, 20, 35, 40, 50, 55)
"""SCOWL's sizes: up to 20 the 12,000 most common words, up to 35 a small dictionary."""

MAX_RARE_HALF = 7
"""Letters of a half that is less common. With all halves up to size 35, 89 of 100 compounds were
restored instead of 85, with a table of twice the size."""

SHORT = frozenset("ad by de do ex go in no of off on or out so to up us".split())
"""Words of two letters that occur in compounds."""

PREFIXES = frozenset(
    "anti auto bi co counter cross de ex extra half inter mid mini multi neo non over pan post pre"
    " pro quasi re self semi sub super trans ultra un under vice well".split()
)
"""Prefixes before a hyphen, most of which are not words."""


def read_words(folder: Path, sizes: tuple[int, ...], kinds: tuple[str, ...]) -> set[str]:
    """Return the words of American and British English of these sizes and kinds."""
    words: set[str] = set()
    for variety in ("english", "american", "british"):
        for kind in kinds:
            for size in sizes:
                path = folder / f"{variety}-{kind}.{size}"
                if path.exists():
                    words.update(path.read_text("latin-1").casefold().split())
    return {word for word in words if word.isascii() and word.isalpha()}


def is_divisible(word: str, halves: set[str]) -> bool:
    """Whether a word consists of two halves."""
    return any(
        word[:index] in halves and word[index:] in halves for index in range(2, len(word) - 1)
    )


if __name__ == "__main__":
    lists = Path(sys.argv[1])
    halves = {word for word in read_words(lists, COMMON, ("words",)) if len(word) >= 3}
    halves |= {
        word
        for word in read_words(lists, LESS_COMMON, ("words",))
        if 3 <= len(word) <= MAX_RARE_HALF
    }
    halves |= SHORT | PREFIXES
    whole = read_words(lists, WHOLE, ("words", "upper", "proper-names"))
    whole = {word for word in whole if is_divisible(word, halves)}
    rows = [*sorted(halves), "", *sorted(whole)]
    TARGET.write_text("\n".join(rows) + "\n", "ascii")
    print(f"{TARGET}: {len(halves):,} halves, {len(whole):,} whole words")
