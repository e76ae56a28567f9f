"""Hashes of texts, eight bytes each and the same in every process, to compare a million at once.

Two texts have the same hash once in 10^19 cases. Where millions of texts are compared, the chance
that a missing text is overlooked is less than one in 10^12.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

SIZE = 8
"""Bytes of a hash."""


def hash_texts(texts: Iterable[str]) -> bytes:
    """Return the hashes of texts, one after the other."""
    return b"".join(map(_hash_text, texts))


def hash_repeated(texts: Iterable[str]) -> bytes:
    """Return the same of texts that come again and again, such as the addresses of names."""
    return b"".join(map(_hash_once, texts))


def _hash_text(text: str) -> bytes:
    return hash_data(text.encode("utf-8", "surrogateescape"))


_hash_once = lru_cache(maxsize=16_384)(_hash_text)


def hash_data(data: bytes) -> bytes:
    """Return the hash of a text that is encoded."""
    return hashlib.blake2b(data, digest_size=SIZE).digest()


_LEFT_OUT = bytes(range(33))
"""White space in ASCII, and characters that XML forbids."""
_LEFT_OUT_BEYOND_ASCII = re.compile(
    rb"\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2(?:\x80[\x80-\x8a\xa8\xa9\xaf]|\x81\x9f)|\xe3\x80\x80"
    rb"|\xef\xbf[\xbd-\xbf]"
)
"""White space as UTF-8, and what stands for characters that XML forbids."""


def hash_words(text: str) -> bytes:
    """Return the hash of the words of a document.

    White space is left out, which tables and verse have as elements in TEI, and so are the
    characters that XML forbids.
    """
    words = text.encode("utf-8", "ignore").translate(None, _LEFT_OUT)
    return hash_data(words if words.isascii() else _LEFT_OUT_BEYOND_ASCII.sub(b"", words))


def iterate(row: bytes) -> Iterator[bytes]:
    """Yield the hashes in a row one by one."""
    return (row[index : index + SIZE] for index in range(0, len(row), SIZE))


def missing_hashes(
    wanted_rows: Iterable[bytes], existing_rows: Iterable[bytes]
) -> frozenset[bytes]:
    """Return the hashes of the wanted rows that are in none of the existing rows."""
    import numpy as np  # here, because workers load this module and only hash texts

    from generator.text.distinct_numbers import distinct_numbers

    wanted = distinct_numbers(np.frombuffer(b"".join(wanted_rows), np.int64))
    existing = np.sort(np.frombuffer(b"".join(existing_rows), np.int64))
    # `isin` sorts both arrays together with a stable sort, which is five times slower.
    places = np.searchsorted(existing, wanted)
    is_missing = places == len(existing)
    is_missing[~is_missing] = existing[places[~is_missing]] != wanted[~is_missing]
    return frozenset(iterate(wanted[is_missing].tobytes()))


def rows_with(wanted: bytes, rows: Iterable[bytes]) -> list[int]:
    """Return the indices of the rows that hold any of the wanted hashes."""
    import numpy as np

    row_list = list(rows)
    ends = np.cumsum([len(row) // SIZE for row in row_list])
    is_wanted = np.isin(
        np.frombuffer(b"".join(row_list), np.int64), np.frombuffer(wanted, np.int64)
    )
    return [
        int(row) for row in np.unique(np.searchsorted(ends, np.flatnonzero(is_wanted), "right"))
    ]
