"""A second reader of the search index, written from the docs on its format alone."""

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
        """The header of the file with the constant name."""
        return split_header(zlib.decompress(self.files["search/manifest.bin"]))[0]

    def read(self, folder: str, index: int) -> bytes:
        """Return a file of a folder by its number, decompressed."""
        return self.named(folder, self.listed(folder)[index][1])

    def named(self, folder: str, name: str) -> bytes:
        """Return a file of a folder by its name, decompressed."""
        place = f"{folder}/{name[0]}" if "firsts" in self.manifest else folder
        return zlib.decompress(self.files[f"search/{place}/{name}.bin"])

    def listed(self, folder: str) -> list[tuple[Any, str]]:
        """Return the bound and the name of each file of a folder; those of facets have no bound."""
        names, bounds = self.manifest["files"][folder], self.manifest[folder]
        if folder == "facets":
            return [(None, name) for name in names]
        if "firsts" not in self.manifest:
            return [*zip(bounds, names, strict=True)]
        files: list[tuple[Any, str]] = []
        firsts = self.manifest["firsts"][folder]
        for first, bound, name in zip(firsts, bounds, names, strict=True):
            head, _ = split_header(self.named("files", name))
            assert (first, bound) == (len(files), head["bounds"][0])
            files += zip(head["bounds"], head["files"], strict=True)
        return files

    def words(self) -> dict[str, tuple[list[tuple[int, int]], list[tuple[int, int]]]]:
        """Return every word with its postings in texts and in names."""
        postings_by_word = {}
        for number in range(len(self.listed("words"))):
            head, body = split_header(self.read("words", number))
            words = head["words"].split(" ")
            ends = [0]
            for size in [*head["sizes"], *(size for _, size in head["titles"])]:
                ends.append(ends[-1] + size)
            pieces = [body[start:end] for start, end in itertools.pairwise(ends)]
            names = dict(
                zip((index for index, _ in head["titles"]), pieces[len(words) :], strict=True)
            )
            for index, word in enumerate(words):
                texts = postings(pieces[index])
                if str(index) in head["whole"]:
                    count, name = head["whole"][str(index)]
                    texts = sorted(texts + self.remainders(name)[word])
                    assert count == len(texts)
                postings_by_word[word] = (texts, postings(names.get(index, b"")))
        return postings_by_word

    def remainders(self, name: str) -> dict[str, list[tuple[int, int]]]:
        """Return the remainders of the words with long lists in one file."""
        head, body = split_header(self.named("rests", name))
        ends = [0, *itertools.accumulate(head["sizes"])]
        pieces = [body[start:end] for start, end in itertools.pairwise(ends)]
        return dict(zip(head["words"].split(" "), map(postings, pieces), strict=True))

    def lines(self) -> list[list[Any]]:
        """Return every result line, in the order of the entries."""
        files = range(len(self.listed("lines")))
        return [line for number in files for line in json.loads(self.read("lines", number))]

    def column(self, name: str) -> dict[str, list[int]]:
        """Return the documents of every value."""
        head, body = split_header(self.read("facets", 1 + self.manifest["facets"].index(name)))
        bits = (byte >> index & 1 for byte in body for index in range(7, -1, -1))
        numbers: dict[str, list[int]] = {}
        for value, count in zip(head["values"], head["counts"], strict=True):
            low = (head["documents"] // count).bit_length() - 1
            number = -1
            numbers[value] = []
            for _ in range(count):
                distance = sum(1 for _ in iter(lambda: next(bits), 0))
                for _ in range(low):
                    distance = distance * 2 + next(bits)
                number += distance + 1
                numbers[value].append(number)
        return numbers


def split_header(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the JSON header and the body."""
    end = 4 + int.from_bytes(data[:4], "little")
    return json.loads(data[4:end]), data[end:]


def numbers(data: bytes | bytearray) -> Iterator[int]:
    """Yield numbers with seven bits a byte, the lowest first."""
    number = shift = 0
    for byte in data:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield number
            number = shift = 0


def postings(data: bytes | bytearray) -> list[tuple[int, int]]:
    """Return entries with the impact of the word in each."""
    entry = -1
    rows = []
    for posting in numbers(data):
        entry += (posting >> 4) + 1
        rows.append((entry, posting & 15))
    return rows
