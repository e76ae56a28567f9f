"""A second reader of the search index, written from the docs alone: what it finds is there."""

from __future__ import annotations

import itertools
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Reader:
    """An index, as files by their paths below the docs folder."""

    files: Mapping[str, bytes]

    @property
    def manifest(self) -> dict[str, Any]:
        """The head of the one file whose name stays."""
        return framed(zlib.decompress(self.files["search/manifest.bin"]))[0]

    def read(self, folder: str, index: int) -> bytes:
        """A file of a folder by its place among those that the manifest names, unpacked."""
        name = self.manifest["files"][folder][index]
        return zlib.decompress(self.files[f"search/{folder}/{name}.bin"])

    def words(self) -> dict[str, tuple[list[tuple[int, int]], list[tuple[int, int]]]]:
        """Every word with its postings in texts and in names."""
        found = {}
        for number in range(len(self.manifest["words"])):
            head, body = framed(self.read("words", number))
            words = head["words"].split(" ")
            ends = [0]
            for size in [*head["sizes"], *(size for _, size in head["titles"])]:
                ends.append(ends[-1] + size)
            pieces = [body[start:end] for start, end in itertools.pairwise(ends)]
            names = dict(zip((at for at, _ in head["titles"]), pieces[len(words) :], strict=True))
            for index, word in enumerate(words):
                texts = postings(pieces[index])
                if str(index) in head["whole"]:
                    many, name = head["whole"][str(index)]
                    texts = sorted(texts + self.rests(name)[word])
                    assert many == len(texts)
                found[word] = (texts, postings(names.get(index, b"")))
        return found

    def rests(self, name: str) -> dict[str, list[tuple[int, int]]]:
        """What is left of the words with long lists in one file."""
        head, body = framed(zlib.decompress(self.files[f"search/rests/{name}.bin"]))
        ends = [0, *itertools.accumulate(head["sizes"])]
        pieces = [body[start:end] for start, end in itertools.pairwise(ends)]
        return dict(zip(head["words"].split(" "), map(postings, pieces), strict=True))

    def lines(self) -> list[list[Any]]:
        """Every result line, in the order of the entries."""
        files = range(len(self.manifest["lines"]))
        return [line for number in files for line in json.loads(self.read("lines", number))]

    def column(self, name: str) -> dict[str, list[int]]:
        """The documents of every value."""
        head, body = framed(self.read("facets", 1 + self.manifest["facets"].index(name)))
        bits = (byte >> index & 1 for byte in body for index in range(7, -1, -1))
        found: dict[str, list[int]] = {}
        for value, count in zip(head["values"], head["counts"], strict=True):
            low = (head["documents"] // count).bit_length() - 1
            number = -1
            found[value] = []
            for _ in range(count):
                distance = sum(1 for _ in iter(lambda: next(bits), 0))
                for _ in range(low):
                    distance = distance * 2 + next(bits)
                number += distance + 1
                found[value].append(number)
        return found


def framed(data: bytes) -> tuple[dict[str, Any], bytes]:
    """A head of JSON and a body of bytes."""
    end = 4 + int.from_bytes(data[:4], "little")
    return json.loads(data[4:end]), data[end:]


def numbers(data: bytes | bytearray) -> Iterator[int]:
    """Numbers with seven bits a byte, the lowest first."""
    number = shift = 0
    for byte in data:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield number
            number = shift = 0


def postings(data: bytes | bytearray) -> list[tuple[int, int]]:
    """Entries with what the word says in each."""
    entry = -1
    found = []
    for posting in numbers(data):
        entry += (posting >> 4) + 1
        found.append((entry, posting & 15))
    return found
