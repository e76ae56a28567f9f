"""Corpora of any size, resampled from real paragraphs if there are some, else generated."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

LENGTH = 6_700
"""Characters of a document by default, the average of news articles."""
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_AUTHORS = ("Ana Ruiz", "Tom Lee", "Maria Schmidt", "John O'Brien", "Li Wei", "Jean Dupont")
_WORDS = (
    "the of and to in that a is for it as was with be by on not this are or an which at from "
    "bridge river council minister harvest railway school election treaty harbour winter letter"
).split()
_NAMES = (
    "Mayor Tom Lee|President Jane Miller|Senator Paul Ortega|Dr. Anna Weber|General Hugh Grant|"
    "Lima|Berlin|New York|the United Nations|the Ministry of Health|the World Bank|Lake Geneva"
).split("|")


def paragraphs(corpora: Path) -> list[str]:
    """Return the paragraphs in the zip files of a folder, or generated ones if there are none."""
    real = [paragraph for path in sorted(corpora.glob("*.zip")) for paragraph in _real(path)]
    return real or [_generated(random.Random(number)) for number in range(2_000)]


def write(folder: Path, documents: int, stock: list[str], length: int = LENGTH) -> None:
    """Write this number of seeds, a thousand per folder; the same number gives the same corpus."""
    for number, text in enumerate(texts(documents, stock, length)):
        path = folder / f"{number // 1000:03d}" / f"{number:06d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def texts(documents: int, stock: list[str], length: int = LENGTH) -> Iterator[str]:
    """Yield the texts of this number of seeds, each of at least `length` characters."""
    chance = random.Random(documents)
    for _ in range(documents):
        yield _document(chance, stock, length)


def _document(chance: random.Random, stock: list[str], length: int) -> str:
    body: list[str] = []
    while sum(map(len, body)) < length:
        body.append(chance.choice(stock))
    title = " ".join(chance.choice(stock).split()[:7]).strip(".,;:")
    date = f"{chance.randint(1, 28)} {chance.choice(_MONTHS)} {chance.randint(1950, 2020)}"
    return "\n\n".join([title, f"By {chance.choice(_AUTHORS)}\n{date}", *body]) + "\n"


def _real(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        texts = [
            archive.read(name).decode("latin-1")
            for name in sorted(archive.namelist())
            if name.endswith(".txt")
        ]
    parts = (part for text in texts for part in re.split(r"\n\s*\n|\n(?=[A-Z])", text))
    paragraphs = (" ".join(part.split()) for part in parts)
    return [paragraph for paragraph in paragraphs if 200 < len(paragraph) < 1500]


def _generated(chance: random.Random) -> str:
    sentences = []
    for _ in range(chance.randint(3, 8)):
        words = chance.choices(_WORDS, k=chance.randint(8, 20))
        words.insert(len(words) // 2, chance.choice(_NAMES))
        sentence = " ".join(words)
        sentences.append(f"{sentence[0].upper()}{sentence[1:]}.")
    return " ".join(sentences)
