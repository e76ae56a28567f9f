"""Queries whose answer is known: something of one document, which should come back first."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from generator.search.entries import SearchEntry
from generator.text import fold

FREQUENT = ("government", "people", "national security", "congress", "peace and freedom")
"""Words that stand in a good part of the documents."""

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Query:
    """What is typed, and the address of the document that is meant."""

    kind: str
    typed: str
    address: str


def known_items(entries: Sequence[SearchEntry], each: int) -> list[Query]:
    """Make so many queries of each kind."""
    made = random.Random(60)
    often = Counter(word for entry in entries for word in set(_words(entry)))
    people = Counter(name for entry in entries for name in entry.facets["person"])
    kinds: dict[str, Callable[[SearchEntry], str]] = {
        "rare word": lambda entry: _rare(made, entry, often),
        "three words": lambda entry: _three(made, entry, often),
        "title": lambda entry: entry.title,
        "name": lambda entry: _named(entry.facets["person"], people),
        "seven-word phrase": lambda entry: _phrase(made, entry),
        "prefix": lambda entry: _rare(made, entry, often)[:6],
        "typo": lambda entry: mistyped(made, _rare(made, entry, often)),
        "accentless": lambda entry: fold(_named(filter(_accented, entry.facets["person"]), people)),
    }
    found: list[Query] = []
    for kind, make in kinds.items():
        some = made.sample(list(entries), min(len(entries), 20 * each))
        queries = (Query(kind, make(entry), entry.address) for entry in some)
        found += itertools.islice((query for query in queries if query.typed), each)
    return found


def mistyped(made: random.Random, word: str) -> str:
    """One slip of the keyboard: a letter more, less, other, or swapped with its neighbour."""
    if len(word) < 5:
        return ""
    index = made.randrange(1, len(word) - 1)
    letter = made.choice([sign for sign in _LETTERS if sign != word[index]])
    slips = (
        word[:index] + word[index + 1 :],
        word[:index] + letter + word[index:],
        word[:index] + letter + word[index + 1 :],
        word[:index] + word[index + 1] + word[index] + word[index + 2 :],
    )
    slip = made.choice(slips)
    return slip if slip != word else ""


def _words(entry: SearchEntry) -> list[str]:
    return [word.lower() for text in entry.texts for word in _WORD.findall(text)]


def _rare(made: random.Random, entry: SearchEntry, often: Counter[str]) -> str:
    words = sorted({word for word in _words(entry) if often[word] <= 3 and 6 <= len(word) <= 14})
    return made.choice(words) if words else ""


def _three(made: random.Random, entry: SearchEntry, often: Counter[str]) -> str:
    words = sorted({word for word in _words(entry) if 5 <= often[word] <= 100})
    return " ".join(made.sample(words, 3)) if len(words) >= 3 else ""


def _phrase(made: random.Random, entry: SearchEntry) -> str:
    """Seven words over the end of a sentence: only one document has them in that order."""
    index = made.randrange(len(entry.texts) - 1)
    return " ".join([*entry.texts[index].split()[-4:], *entry.texts[index + 1].split()[:3]])


def _named(names: Iterable[str], often: Counter[str]) -> str:
    """The name that fewest documents have: a name that many have leads to no known one."""
    return min(names, key=lambda name: (often[name], name), default="")


def _accented(name: str) -> bool:
    return not name.isascii()
