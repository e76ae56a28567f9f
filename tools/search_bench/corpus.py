"""A generated corpus of any size, always the same: real sentences with added names and rare words.

The sentences are from the speeches in the folder of SEEDBED_SHARED, or in `../shared`. If there are
none, sentences of generated words replace them, and the results say so.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from generator.model import Address
from generator.search.search_entries import SearchEntry

ROOT = Path(__file__).parents[2]
_SPEECHES = ("inaugural.zip", "state_union.zip")
_VOWELS = "aeiouáéíóúèüöå"
_CONSONANTS = "bcdfghjklmnprstvwzñç"


@dataclass(frozen=True)
class Stock:
    """The parts of documents."""

    sentences: tuple[str, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]
    origin: str


def stock() -> Stock:
    """Return the sentences, and names of which few documents share most."""
    chance = random.Random(6)
    folder = Path(os.environ.get("SEEDBED_SHARED", ROOT.parent / "shared")) / "corpora"
    if all((folder / name).is_file() for name in _SPEECHES):
        texts = [text for name in _SPEECHES for text in _texts(folder / name)]
        origin = "sentences of real speeches"
    else:
        texts = [" ".join(_sentence(chance) for _ in range(20_000))]
        origin = "sentences of generated words"
    parts = (" ".join(part.split()) for text in texts for part in re.split(r"(?<=[.!?])\s+", text))
    sentences = tuple(dict.fromkeys(_plain(part) for part in parts if 40 < len(part) < 400))
    people = tuple(f"{_word(chance, 2).title()} {_word(chance, 3).title()}" for _ in range(20_000))
    return Stock(sentences, people, tuple(_word(chance, 3).title() for _ in range(2_000)), origin)


def entries(parts: Stock, size: int) -> list[SearchEntry]:
    """Return this number of documents of 6 to 10 kB, the same for the same size."""
    documents = (_entry(parts, number) for number in range(size))
    return sorted(documents, key=lambda entry: (entry.date or "", entry.address))


def light(parts: Stock, size: int) -> list[SearchEntry]:
    """Return the same documents without texts, as the index is built from."""
    documents = (replace(_entry(parts, number), texts=()) for number in range(size))
    return sorted(documents, key=lambda entry: (entry.date or "", entry.address))


def text(parts: Stock, entry: SearchEntry) -> str:
    """Return the text of a document."""
    return "\n\n".join(_entry(parts, int(entry.address.split("/")[-2])).texts)


def html(entry: SearchEntry) -> str:
    """Return a minimal page of a document, with markup for both engines."""
    filters = "".join(
        f'<meta data-pagefind-filter="{name}[content]" content="{value}">'
        for name, values in entry.facets.items()
        for value in values
    )
    parts = (entry.texts[index : index + 5] for index in range(0, len(entry.texts), 5))
    text = "".join(f"<p>{' '.join(sentences)}</p>" for sentences in parts)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{entry.title}</title>'
        f"{filters}</head><body><article data-pagefind-body><h1>{entry.title}</h1>"
        f"<p>{', '.join(entry.authors)}</p>"
        f'<div class="sb-text">{text}</div></article></body></html>'
    )


def lay_out(entries: Sequence[SearchEntry], site: Path) -> None:
    """Write the pages, and the theme's scripts beside them."""
    for entry in entries:
        page = site / entry.address / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(html(entry), "utf-8")
    shutil.copytree(ROOT / "generator" / "theme" / "assets", site / "assets")
    (site / "bare.html").write_text("<!doctype html><html><title>Bare</title></html>", "utf-8")


def _entry(parts: Stock, number: int) -> SearchEntry:
    chance = random.Random(number)
    sentences = chance.choices(parts.sentences, k=60)
    people = _distinct(chance, parts.people, chance.randint(2, 6))
    places = tuple(
        dict.fromkeys(_frequent(chance, parts.places) for _ in range(chance.randint(1, 4)))
    )
    for person in people:
        index = chance.randrange(len(sentences))
        sentences[index] += f" So said {person} of {chance.choice(places)}, {_word(chance, 4)}."
    title = " ".join(chance.choice(parts.sentences).split()[:7]).rstrip(".,;:")
    author = _frequent(chance, parts.people)
    return SearchEntry(
        address=Address(f"d/{number // 500:03d}/{number:06d}/"),
        kind="document",
        title=f"{title} of {people[0].split()[1]}",
        texts=tuple(sentences),  # shared by documents, so the corpus takes little memory
        date=_date(chance),
        authors=(author,),
        genre="article",
        collection=f"Collection {number % 20}",
        language="en",
        facets={"author": (author,), "person": people, "place": places, "language": ("en",)},
    )


def _texts(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".txt"))
        return [archive.read(name).decode("utf-8", "replace") for name in names]


def _plain(sentence: str) -> str:
    """Return a sentence without characters of markup."""
    return re.sub(r"[<>&]", " ", sentence)


def _distinct(chance: random.Random, names: tuple[str, ...], count: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_frequent(chance, names) for _ in range(count)))


def _date(chance: random.Random) -> str:
    year, month, day = chance.randrange(120), chance.randint(1, 12), chance.randint(1, 28)
    return f"{1900 + year}-{month:02d}-{day:02d}"


def _frequent(chance: random.Random, names: tuple[str, ...]) -> str:
    """Return a random name: few names often, many rarely."""
    return names[int(len(names) * chance.random() ** 3)]


def _word(chance: random.Random, syllables: int) -> str:
    pairs = (chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(syllables))
    return "".join(pairs) + chance.choice(_CONSONANTS)


def _sentence(chance: random.Random) -> str:
    lengths = (chance.randint(1, 4) for _ in range(chance.randint(8, 25)))
    return f"{' '.join(_word(chance, length) for length in lengths).capitalize()}."
