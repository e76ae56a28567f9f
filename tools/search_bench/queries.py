"""Queries with a known answer: words of one document, which should be the first result."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from generator.search.search_entries import SearchEntry
from generator.text import fold

FREQUENT = ("government", "people", "national security", "congress", "peace and freedom")
"""Words that are in many of the documents."""

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Query:
    """The text of a query, and the address of the expected document."""

    kind: str
    typed: str
    address: str


def known_items(entries: Sequence[SearchEntry], each: int) -> list[Query]:
    """Return this number of queries of each kind."""
    chance = random.Random(60)
    counts = Counter(word for entry in entries for word in set(_words(entry)))
    people = Counter(name for entry in entries for name in entry.facets["person"])
    kinds: dict[str, Callable[[SearchEntry], str]] = {
        "rare word": lambda entry: _rare(chance, entry, counts),
        "three words": lambda entry: _three(chance, entry, counts),
        "title": lambda entry: entry.title,
        "name": lambda entry: _named(entry.facets["person"], people),
        "seven-word phrase": lambda entry: _phrase(chance, entry),
        "prefix": lambda entry: _rare(chance, entry, counts)[:6],
        "typo": lambda entry: mistyped(chance, _rare(chance, entry, counts)),
        "accentless": lambda entry: fold(_named(filter(_accented, entry.facets["person"]), people)),
    }
    result: list[Query] = []
    for kind, make in kinds.items():
        some = chance.sample(list(entries), min(len(entries), 20 * each))
        queries = (Query(kind, make(entry), entry.address) for entry in some)
        result += itertools.islice((query for query in queries if query.typed), each)
    return result


def mistyped(chance: random.Random, word: str) -> str:
    """Return a word with one typing error: a letter added, removed, replaced or swapped."""
    if len(word) < 5:
        return ""
    index = chance.randrange(1, len(word) - 1)
    letter = chance.choice([letter for letter in _LETTERS if letter != word[index]])
    typos = (
        word[:index] + word[index + 1 :],
        word[:index] + letter + word[index:],
        word[:index] + letter + word[index + 1 :],
        word[:index] + word[index + 1] + word[index] + word[index + 2 :],
    )
    typo = chance.choice(typos)
    return typo if typo != word else ""


def _words(entry: SearchEntry) -> list[str]:
    return [word.lower() for text in entry.texts for word in _WORD.findall(text)]


def _rare(chance: random.Random, entry: SearchEntry, counts: Counter[str]) -> str:
    words = sorted({word for word in _words(entry) if counts[word] <= 3 and 6 <= len(word) <= 14})
    return chance.choice(words) if words else ""


def _three(chance: random.Random, entry: SearchEntry, counts: Counter[str]) -> str:
    words = sorted({word for word in _words(entry) if 5 <= counts[word] <= 100})
    return " ".join(chance.sample(words, 3)) if len(words) >= 3 else ""


def _phrase(chance: random.Random, entry: SearchEntry) -> str:
    """Return seven words across a sentence boundary, which only one document has in that order."""
    index = chance.randrange(len(entry.texts) - 1)
    return " ".join([*entry.texts[index].split()[-4:], *entry.texts[index + 1].split()[:3]])


def _named(names: Iterable[str], counts: Counter[str]) -> str:
    """Return the name with the fewest documents, as a name of many has no single answer."""
    return min(names, key=lambda name: (counts[name], name), default="")


def _accented(name: str) -> bool:
    return not name.isascii()
