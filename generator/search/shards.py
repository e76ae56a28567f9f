"""Sorted things cut into files, each of which a reader finds by the first name in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from generator.search import codec
from generator.search.postings import Postings

_FULL = 48_000
"""Bytes at most of a file of postings before it is compressed; most have 34,000, 20 kB after."""
_FULL_REST = 64_000
"""The same of what is left of long lists: of many of them each fills a file."""
_FULL_LIST = 64_000
"""The same for files that hold words alone."""
_FULL_BLOCK = 18_000
"""The same for files of result lines: ten results may need ten of them."""
_SMALL_BLOCK = 10_500
"""The same in a corpus of few lines, which has few files."""
_LINES = 20_000
"""Lines that are few."""

_COMMON = 0.4
"""Share of the entries from which on a word says nothing: a query is answered without it."""
_FEW = 50
"""Entries below which every word may say something."""
_RELATIVES = 8
"""Forms of a word that are searched with it, the most frequent first."""

_Numbers = npt.NDArray[np.int64]

TopPostings = tuple[bytes, str]
"""The best entries of a long list, and the name of the file with the others."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One file: what it is called by, and its content before it is compressed."""

    bound: str
    """What is before this is in an earlier file."""
    data: bytes


def utf16_key(word: str) -> bytes:
    """The order of words: by UTF-16 code units, as browsers compare strings."""
    return word.encode("utf-16-be")


def sort_utf16(words: Iterable[str]) -> list[str]:
    """Sort words so: as Python does, unless a sign is among them that UTF-16 writes in two."""
    listed = list(words)
    alike = max("".join(listed), default="") < "\ud800"
    return sorted(listed) if alike else sorted(listed, key=utf16_key)


def near_universal_words(words: Sequence[str], counts: _Numbers, entries: int) -> tuple[str, ...]:
    """Give the words that stand almost everywhere, in order."""
    if entries < _FEW:
        return ()
    return tuple(words[place] for place in np.flatnonzero(counts >= _COMMON * entries).tolist())


def shard_postings(
    words: Sequence[str],
    texts: Postings,
    titles: Postings,
    best: Mapping[int, TopPostings],
    families: Mapping[str, Sequence[str]],
) -> Iterator[Shard]:
    """Cut the words with their lists into files.

    The head names the words, the length in bytes of each one's list, for words that stand in
    titles the place of the word and the length of its list of titles, the other forms of words
    that have some, and for those of whom only the best entries are here, how many have them and
    which file has the others. The body is the lists, then the lists of titles.
    """
    long, sizes = list(best), texts.sizes
    sizes[long] = [len(one) for one, _ in best.values()]
    named = titles.sizes
    spelled = np.fromiter(map(len, words), np.int64, len(words))
    for start, end in _parts(list(map(_drawn, words)), sizes + named + spelled + 4, _FULL):
        part = words[start:end]
        in_titles = np.flatnonzero(named[start:end]).tolist()
        cut = long[bisect_left(long, start) : bisect_left(long, end)]
        head = {
            "words": " ".join(part),
            "sizes": sizes[start:end].tolist(),
            "titles": [[at, int(named[start + at])] for at in in_titles],
            "forms": {
                at: " ".join(families[word]) for at, word in enumerate(part) if word in families
            },
            "whole": {
                index - start: [int(texts.entry_counts[index]), best[index][1]] for index in cut
            },
        }
        body = b"".join(_lists(texts, best, cut, start, end))
        body += titles.data[titles.starts[start] : titles.starts[end]].tobytes()
        yield Shard(_bound(words, start), codec.with_header(head, body))


def _lists(
    texts: Postings, best: Mapping[int, TopPostings], cut: Iterable[int], start: int, end: int
) -> Iterator[bytes]:
    """The lists of some words, with the best of those that were cut in their places."""
    for place in cut:
        yield texts.data[texts.starts[start] : texts.starts[place]].tobytes()
        yield best[place][0]
        start = place + 1
    yield texts.data[texts.starts[start] : texts.starts[end]].tobytes()


def shard_remainders(
    words: Sequence[str], rests: Mapping[int, bytes]
) -> Iterator[tuple[Sequence[int], bytes]]:
    """Cut what is left of long lists into files, and give the places of the words in each.

    The head is as above, without more than it needs.
    """
    places, lists = list(rests), list(rests.values())
    known = [words[place] for place in places]
    sizes = np.array([len(rest) for rest in lists], dtype=np.int64)
    for start, end in _parts(list(map(_drawn, known)), sizes, _FULL_REST):
        head = {"words": " ".join(known[start:end]), "sizes": sizes[start:end].tolist()}
        yield places[start:end], codec.with_header(head, b"".join(lists[start:end]))


def shard_vocabulary(counts: Mapping[str, int]) -> Iterator[Shard]:
    """Cut words, with how many entries have them, into files that say no more than that."""
    listed = sort_utf16(counts)
    sizes = np.fromiter(map(len, listed), np.int64, len(listed)) + 3
    for start, end in _parts(list(map(_drawn, listed)), sizes, _FULL_LIST):
        part = listed[start:end]
        head = {"words": " ".join(part), "entries": [counts[word] for word in part]}
        yield Shard(_bound(listed, start), codec.with_header(head))


def shard_results(lines: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
    """Cut result lines, written as JSON, into files; give the number of the first with each."""
    sizes = np.fromiter(map(len, lines), np.int64, len(lines))
    full = _SMALL_BLOCK if len(lines) <= _LINES else _FULL_BLOCK
    for start, end in _parts(list(map(crc32, lines)), sizes, full):
        yield start, b"[" + b",".join(lines[start:end]) + b"]"


def related_forms(
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


def _bound(words: Sequence[str], start: int) -> str:
    """The shortest beginning of a file's first word that is behind the last one before it."""
    if not start:
        return ""
    last, first = words[start - 1], words[start]
    same = next(
        (index for index, pair in enumerate(zip(last, first, strict=False)) if pair[0] != pair[1]),
        len(last),
    )
    return first[: same + 1]


def _drawn(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


def _parts(drawn: Sequence[int], sizes: _Numbers, full: int) -> Iterator[tuple[int, int]]:
    """Cut items into files of half of what is full, or more, where an item says so by its digest.

    So a change moves the borders near it, and all other files are what they were. An item is the
    more likely to begin a file the larger it is.
    """
    ends = np.cumsum(sizes)
    chances = np.minimum(sizes * (4.0 / full), 1.0) * 2.0**32
    borders = np.flatnonzero(np.array(drawn, dtype=np.float64) < chances)
    start = 0
    while start < len(ends):
        before = int(ends[start] - sizes[start])
        most = max(start + 1, int(np.searchsorted(ends, before + full, "right")))
        least = max(start + 1, int(np.searchsorted(ends, before + full // 2, "right")))
        index = int(np.searchsorted(borders, least))
        end = min(most, int(borders[index]) if index < len(borders) else most)
        yield start, end
        start = end
