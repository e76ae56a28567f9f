"""Shards: sorted items divided into files; a reader finds the file of an item by its bound."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from generator.search import file_encoding as codec
from generator.search.index_files import ScatteredFile
from generator.search.postings import Postings
from generator.search.saved_parts import digest
from generator.search.split_postings import SplitPostings

_MAX_POSTINGS = 48_000
"""Bytes at most of a file of postings before compression; most have 34,000, and 20 kB after it."""
_MAX_REMAINDERS = 64_000
"""Bytes at most of a file of remainders; many of these lists fill a file alone."""
_MAX_WORDS = 64_000
"""Bytes at most of a file that holds words only."""
_MAX_RESULTS = 18_000
"""Bytes at most of a file of result lines; ten results may need ten of these files."""
_MAX_RESULTS_SMALL = 10_500
"""Bytes at most of a file of result lines in a small corpus, which has few files."""
_SMALL_CORPUS = 20_000
"""Result lines up to which a corpus is small."""

_NEAR_UNIVERSAL = 0.4
"""Share of the entries from which on a word distinguishes nothing: queries leave it out."""
_MIN_ENTRIES = 50
"""Entries below which no word is left out."""
_MAX_FORMS = 8
"""Other forms of a word that are searched with it, the most frequent first."""

_Numbers = npt.NDArray[np.int64]


class TopPostings(NamedTuple):
    """The top part of a long list."""

    postings: bytes
    remainder_file: str
    """The name of the file with the remainder."""


class Shard(NamedTuple):
    """One file: its bound, and its content before compression."""

    bound: str
    """Every word that sorts before it is in an earlier file."""
    data: bytes


def utf16_key(word: str) -> bytes:
    """Return a sort key that orders words by UTF-16 code units, as browsers compare strings."""
    return word.encode("utf-16-be")


def sort_utf16(words: Iterable[str]) -> list[str]:
    """Sort words by UTF-16 code units.

    Python's own order, which is much faster, is the same unless a character needs two units.
    """
    listed = list(words)
    same_order = max("".join(listed), default="") < "\ud800"
    return sorted(listed) if same_order else sorted(listed, key=utf16_key)


def near_universal(counts: _Numbers, entries: int) -> _Numbers:
    """Return the positions of the words that occur in almost every entry, in order."""
    is_common = counts >= _NEAR_UNIVERSAL * entries
    return np.flatnonzero(is_common if entries >= _MIN_ENTRIES else np.zeros_like(is_common))


def shard_postings(
    words: Sequence[str],
    texts: Postings,
    titles: Postings,
    top: Mapping[int, TopPostings],
    forms: Mapping[str, Sequence[str]],
) -> Iterator[Shard]:
    """Divide the words with their postings into files.

    The header has: the words; the size in bytes of each word's list; for words in titles their
    index and the size of their list of titles; the other forms of words that have some; and for
    words with only the top part here, the number of all entries and the name of the file with the
    remainder. The body is the lists, then the lists of titles.
    """
    split, sizes = list(top), texts.sizes
    sizes[split] = [len(own.postings) for own in top.values()]
    title_sizes = titles.sizes
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    all_sizes = sizes + title_sizes + lengths + 4
    for start, end in _slices(_word_hashes(words), all_sizes, _MAX_POSTINGS):
        shard_words = words[start:end]
        in_titles = np.flatnonzero(title_sizes[start:end]).tolist()
        split_here = split[bisect_left(split, start) : bisect_left(split, end)]
        header = {
            "words": " ".join(shard_words),
            "sizes": sizes[start:end].tolist(),
            "titles": [[index, int(title_sizes[start + index])] for index in in_titles],
            "forms": {
                index: " ".join(forms[word])
                for index, word in enumerate(shard_words)
                if word in forms
            },
            "whole": {
                position - start: [int(texts.entry_counts[position]), top[position].remainder_file]
                for position in split_here
            },
        }
        body = b"".join(_lists(texts, top, split_here, start, end))
        body += titles.data[titles.starts[start] : titles.starts[end]].tobytes()
        yield Shard(_bound(words, start), codec.with_header(header, body))


def _lists(
    texts: Postings, top: Mapping[int, TopPostings], split: Iterable[int], start: int, end: int
) -> Iterator[bytes]:
    """Yield the lists of the words from `start` to `end`, of split lists the top part."""
    for position in split:
        yield texts.data[texts.starts[start] : texts.starts[position]].tobytes()
        yield top[position].postings
        start = position + 1
    yield texts.data[texts.starts[start] : texts.starts[end]].tobytes()


def shard_remainders(words: Sequence[str], split: SplitPostings) -> Iterator[ScatteredFile]:
    """Divide the remainders of long lists into files.

    The header is that of `shard_postings` with the words and sizes alone.
    """
    positions = list(split.lists)
    own_words = [words[position] for position in positions]
    sizes = np.array([own.remainder_size for own in split.lists.values()], dtype=np.int64)
    for start, end in _slices(_word_hashes(own_words), sizes, _MAX_REMAINDERS):
        in_file = positions[start:end]
        header = {"words": " ".join(own_words[start:end]), "sizes": sizes[start:end].tolist()}
        inputs = digest(header, [split.inputs[position] for position in in_file])
        yield ScatteredFile(in_file, inputs, partial(_remainders, header, split, in_file))


def _remainders(header: object, split: SplitPostings, positions: Iterable[int]) -> bytes:
    return codec.with_header(header, b"".join(map(split.remainder, positions)))


def shard_vocabulary(counts: Mapping[str, int]) -> Iterator[Shard]:
    """Divide words, each with the number of its entries, into files of nothing else."""
    words = sort_utf16(counts)
    sizes = np.fromiter(map(len, words), np.int64, len(words)) + 3
    for start, end in _slices(_word_hashes(words), sizes, _MAX_WORDS):
        shard_words = words[start:end]
        header = {"words": " ".join(shard_words), "entries": [counts[word] for word in shard_words]}
        yield Shard(_bound(words, start), codec.with_header(header))


def shard_results(lines: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
    """Divide result lines, encoded as JSON, into files; yield each with its first line's number."""
    sizes = np.fromiter(map(len, lines), np.int64, len(lines))
    max_size = _MAX_RESULTS_SMALL if len(lines) <= _SMALL_CORPUS else _MAX_RESULTS
    for start, end in _slices(list(map(crc32, lines)), sizes, max_size):
        yield start, b"[" + b",".join(lines[start:end]) + b"]"


def related_forms(
    groups: Iterable[Sequence[str]], counts: Mapping[str, int]
) -> dict[str, tuple[str, ...]]:
    """Return the other forms of each word, the most frequent first, up to `_MAX_FORMS`."""
    forms: dict[str, tuple[str, ...]] = {}
    for group in groups:
        by_count = sorted(group, key=lambda word: (-counts.get(word, 0), word))
        frequent = by_count[: _MAX_FORMS + 1]
        for word in group:
            forms[word] = tuple(other for other in frequent if other != word)[:_MAX_FORMS]
    return forms


def _bound(words: Sequence[str], start: int) -> str:
    """Return the shortest prefix of a file's first word that sorts after the word before it."""
    if not start:
        return ""
    previous, first = words[start - 1], words[start]
    shared = next(
        (
            index
            for index, (left, right) in enumerate(zip(previous, first, strict=False))
            if left != right
        ),
        len(previous),
    )
    return first[: shared + 1]


def _word_hashes(words: Iterable[str]) -> list[int]:
    return [*map(crc32, map(str.encode, words))]


def _slices(hashes: Sequence[int], sizes: _Numbers, max_size: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each file; content decides where a file ends.

    With files of equal size, one new word would shift all files after it, and browsers would fetch
    them again. So an item starts a new file if its hash says so, once the file has half of
    `max_size`; a change then moves the borders near it only. The larger an item, the more likely
    it starts a file.
    """
    ends = np.cumsum(sizes)
    chances = np.minimum(sizes * (4.0 / max_size), 1.0) * 2.0**32
    borders = np.flatnonzero(np.array(hashes, dtype=np.float64) < chances)
    start = 0
    while start < len(ends):
        offset = int(ends[start] - sizes[start])
        last = max(start + 1, int(np.searchsorted(ends, offset + max_size, "right")))
        earliest = max(start + 1, int(np.searchsorted(ends, offset + max_size // 2, "right")))
        index = int(np.searchsorted(borders, earliest))
        end = min(last, int(borders[index]) if index < len(borders) else last)
        yield start, end
        start = end
