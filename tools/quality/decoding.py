"""Texts of 34 languages in their encodings before UTF-8, and how many are decoded exactly."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator.reading.decode import decode
from tools.quality.figures import Figure, share

SIZES = (400, 2_000, 8_000)
_SAMPLES = 5
_MODERN = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")


@dataclass(frozen=True, slots=True)
class Sample:
    """A text as bytes in one encoding."""

    language: str
    encoding: str
    data: bytes
    text: str


def measure() -> Iterator[Figure]:
    """Yield the share of exact texts by size, and for English in its usual encodings."""
    for size in SIZES:
        yield _figure(f"decoding: {size:,} bytes", legacy(size))
    yield _figure("decoding: English in cp1252", english("cp1252"))
    yield _figure("decoding: English in UTF-8 and UTF-16", english(*_MODERN))


def legacy(size: int) -> Iterator[Sample]:
    """Yield every language in each of its encodings; sentences are shuffled and repeated."""
    for entry in languages():
        for encoding in entry["encodings"]:
            yield from _samples(entry, encoding, size)


def english(*encodings: str) -> Iterator[Sample]:
    """Yield English texts in all sizes."""
    entry = next(entry for entry in languages() if entry["language"] == "en")
    for encoding in encodings:
        for size in SIZES:
            yield from _samples(entry, encoding, size)


def is_right(sample: Sample) -> bool:
    """Whether a sample is decoded exactly."""
    decoding = decode(sample.data)
    return decoding is not None and decoding.text == sample.text


def _figure(name: str, samples: Iterator[Sample]) -> Figure:
    results = [is_right(sample) for sample in samples]
    return share(name, sum(results), len(results))


def _samples(entry: dict[str, str], encoding: str, size: int) -> Iterator[Sample]:
    chance = random.Random(f"{entry['language']} {encoding} {size}")
    text = _storable(entry["text"]) if encoding == "cp1258" else entry["text"]
    sentences = re.findall(r"[^.!?。]+[.!?。]\S*\s*|[^.!?。]+$", text)
    for _ in range(_SAMPLES):
        words = ""
        while len(words.encode(encoding)) < size + 2:
            words += "".join(
                f"{sentence.strip()} " for sentence in chance.sample(sentences, len(sentences))
            )
        part = _cut(words, encoding, size)
        yield Sample(entry["language"], encoding, part.encode(encoding), part)


def _cut(words: str, encoding: str, size: int) -> str:
    """Return the longest beginning of a text with at most `size` bytes."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        fits = len(words[:middle].encode(encoding)) <= size
        low, high = (middle, high) if fits else (low, middle - 1)
    return words[:low]


def _storable(text: str) -> str:
    """Return Vietnamese as Windows stores it, with tone marks as separate characters."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    pieces: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", character)
        tone = "".join(mark for mark in parts if mark in tones)
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones))
        pieces.append(base + tone)
    return "".join(pieces)


def languages() -> list[dict[str, str]]:
    """Return the sentences with their languages and encodings."""
    entries: list[dict[str, str]] = yaml.safe_load(
        Path(__file__).with_name("languages.yml").read_text("utf-8")
    )
    return entries
