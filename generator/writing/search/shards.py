"""Sorted things cut into files, each of which a reader finds by the first name in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from generator.writing.search import numbers

_FULL = 48_000
"""Bytes of a file of postings before it is compressed; about 20 kB after."""
_FULL_LIST = 40_000
"""The same for files that hold words alone."""
_FULL_BLOCK = 12_000
"""The same for files of result lines: ten results may need ten of them."""

_COMMON = 0.4
"""Share of the entries from which on a word says nothing: a query is answered without it."""
_FEW = 50
"""Entries below which every word may say something."""
_RELATIVES = 8
"""Forms of a word that are searched with it, the most frequent first."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shard:
    """One file: what it is called by, and its content before it is compressed."""

    bound: str
    """What is before this is in an earlier file."""
    data: bytes


def order(word: str) -> bytes:
    """The order of words: by UTF-16 code units, as browsers compare strings."""
    return word.encode("utf-16-be")


def ordered(words: Iterable[str]) -> list[str]:
    """Sort words so: as Python does, unless a sign is among them that UTF-16 writes in two."""
    listed = list(words)
    alike = max("".join(listed), default="") < "\ud800"
    return sorted(listed) if alike else sorted(listed, key=order)


def common(counts: Mapping[str, int], entries: int) -> tuple[str, ...]:
    """Give the words that stand almost everywhere, in order."""
    if entries < _FEW:
        return ()
    return tuple(sorted(word for word, many in counts.items() if many >= _COMMON * entries))


def of_postings(
    texts: Mapping[str, bytes | bytearray],
    titles: Mapping[str, bytearray],
    families: Mapping[str, Sequence[str]],
    whole: Mapping[str, int],
) -> Iterator[Shard]:
    """Cut the words with their lists into files.

    The head names the words, the length in bytes of each one's list, for words that stand in
    titles the place of the word and the length of its list of titles, the other forms of words
    that have some, and for those in `whole`, of whom only the best are here, how many entries
    have them. The body is the lists, then the lists of titles.
    """
    words = ordered({**texts, **titles})
    sizes = (
        len(texts.get(word, b"")) + len(titles.get(word, b"")) + len(word) + 4 for word in words
    )
    last = ""
    for part in _parts(words, sizes, _FULL):
        in_titles = [at for at, word in enumerate(part) if word in titles]
        head = {
            "words": " ".join(part),
            "sizes": [len(texts.get(word, b"")) for word in part],
            "titles": [[at, len(titles[part[at]])] for at in in_titles],
            "forms": {
                at: " ".join(families[word]) for at, word in enumerate(part) if word in families
            },
            "whole": {at: whole[word] for at, word in enumerate(part) if word in whole},
        }
        lists = [texts.get(word, b"") for word in part] + [titles[part[at]] for at in in_titles]
        yield Shard(_bound(last, part[0]), numbers.framed(head, b"".join(lists)))
        last = part[-1]


def of_rests(rests: Mapping[str, bytes]) -> Iterator[Shard]:
    """Cut what is left of long lists into files: the head as above, without more than it needs."""
    words = ordered(rests)
    last = ""
    for part in _parts(words, (len(rests[word]) for word in words), _FULL):
        head = {"words": " ".join(part), "sizes": [len(rests[word]) for word in part]}
        lists = [rests[word] for word in part]
        yield Shard(_bound(last, part[0]), numbers.framed(head, b"".join(lists)))
        last = part[-1]


def of_words(counts: Mapping[str, int]) -> Iterator[Shard]:
    """Cut words, with how many entries have them, into files that say no more than that."""
    last = ""
    listed = ordered(counts)
    for part in _parts(listed, (len(word) + 3 for word in listed), _FULL_LIST):
        head = {"words": " ".join(part), "entries": [counts[word] for word in part]}
        yield Shard(_bound(last, part[0]), numbers.framed(head))
        last = part[-1]


def of_lines(lines: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
    """Cut result lines, written as JSON, into files; give the number of the first with each."""
    first = 0
    for part in _parts(lines, map(len, lines), _FULL_BLOCK):
        yield first, b"[" + b",".join(part) + b"]"
        first += len(part)


def relatives(
    families: Iterable[Sequence[str]], counts: Mapping[str, int]
) -> dict[str, tuple[str, ...]]:
    """Give each word's other forms, as many as are worth a search."""
    found: dict[str, tuple[str, ...]] = {}
    for family in families:
        known = sorted(family, key=lambda word: (-counts.get(word, 0), word))
        most = known[: _RELATIVES + 1]
        for word in family:
            found[word] = tuple(other for other in most if other != word)[:_RELATIVES]
    return found


def _bound(last: str, first: str) -> str:
    """The shortest beginning of a file's first word that is behind the last one before it."""
    same = next(
        (at for at, pair in enumerate(zip(last, first, strict=False)) if pair[0] != pair[1]),
        len(last),
    )
    return first[: same + 1] if last else ""


def _parts(items: Sequence[T], sizes: Iterable[int], full: int) -> Iterator[Sequence[T]]:
    start = size = 0
    for at, more in enumerate(sizes):
        if size and size + more > full:
            yield items[start:at]
            start, size = at, 0
        size += more
    if start < len(items):
        yield items[start:]
