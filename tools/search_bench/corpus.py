"""A made corpus of any size: real sentences resampled, names and rare words added, always the same.

The sentences are those of the speeches in the folder that SEEDBED_SHARED names, or `../shared`;
where there is none, sentences of made words stand in, and the figures say so.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.model import Address
from generator.search.entries import SearchEntry

ROOT = Path(__file__).parents[2]
_SPEECHES = ("inaugural.zip", "state_union.zip")
_VOWELS = "aeiouáéíóúèüöå"
_CONSONANTS = "bcdfghjklmnprstvwzñç"


@dataclass(frozen=True)
class Stock:
    """What documents are made of."""

    sentences: tuple[str, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]
    origin: str


def stock() -> Stock:
    """Gather the sentences, and make names that a few documents share and many do not."""
    made = random.Random(6)
    folder = Path(os.environ.get("SEEDBED_SHARED", ROOT.parent / "shared")) / "corpora"
    if all((folder / name).is_file() for name in _SPEECHES):
        texts = [text for name in _SPEECHES for text in _texts(folder / name)]
        origin = "sentences of real speeches"
    else:
        texts = [" ".join(_sentence(made) for _ in range(20_000))]
        origin = "sentences of made words"
    found = (" ".join(part.split()) for text in texts for part in re.split(r"(?<=[.!?])\s+", text))
    sentences = tuple(dict.fromkeys(_plain(part) for part in found if 40 < len(part) < 400))
    people = tuple(f"{_word(made, 2).title()} {_word(made, 3).title()}" for _ in range(20_000))
    return Stock(sentences, people, tuple(_word(made, 3).title() for _ in range(2_000)), origin)


def entries(known: Stock, size: int) -> list[SearchEntry]:
    """Make so many documents of 6 to 10 kB, the same for the same size."""
    made = (_entry(known, number) for number in range(size))
    return sorted(made, key=lambda entry: (entry.date, entry.source))


def light(known: Stock, size: int) -> list[SearchEntry]:
    """The same without their texts, which nobody has in memory who makes an index."""
    made = (replace(_entry(known, number), texts=()) for number in range(size))
    return sorted(made, key=lambda entry: (entry.date, entry.source))


def text(known: Stock, entry: SearchEntry) -> str:
    """The text of such a document."""
    return "\n\n".join(_entry(known, int(entry.source.partition(".")[0])).texts)


def html(entry: SearchEntry) -> str:
    """The page of a document, as bare as it can be, marked up for both engines."""
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


def _entry(known: Stock, number: int) -> SearchEntry:
    made = random.Random(number)
    sentences = made.choices(known.sentences, k=60)
    people = tuple(dict.fromkeys(_frequent(made, known.people) for _ in range(made.randint(2, 6))))
    places = tuple(dict.fromkeys(_frequent(made, known.places) for _ in range(made.randint(1, 4))))
    for person in people:
        index = made.randrange(len(sentences))
        sentences[index] += f" So said {person} of {made.choice(places)}, {_word(made, 4)}."
    title = " ".join(made.choice(known.sentences).split()[:7]).rstrip(".,;:")
    author = _frequent(made, known.people)
    return SearchEntry(
        address=Address(f"d/{number // 500:03d}/{number:06d}/"),
        kind="document",
        title=f"{title} of {people[0].split()[1]}",
        texts=tuple(sentences),  # which documents share, so that the corpus itself needs no room
        date=f"{1900 + made.randrange(120)}-{made.randint(1, 12):02d}-{made.randint(1, 28):02d}",
        authors=(author,),
        source=f"{number:06d}.txt",
        language="en",
        facets={"author": (author,), "person": people, "place": places, "language": ("en",)},
    )


def _texts(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".txt"))
        return [archive.read(name).decode("utf-8", "replace") for name in names]


def _plain(sentence: str) -> str:
    """Without what would be markup in a bare page."""
    return re.sub(r"[<>&]", " ", sentence)


def _frequent(made: random.Random, names: tuple[str, ...]) -> str:
    """Few names often, many rarely."""
    return names[int(len(names) * made.random() ** 3)]


def _word(made: random.Random, syllables: int) -> str:
    pairs = (made.choice(_CONSONANTS) + made.choice(_VOWELS) for _ in range(syllables))
    return "".join(pairs) + made.choice(_CONSONANTS)


def _sentence(made: random.Random) -> str:
    lengths = (made.randint(1, 4) for _ in range(made.randint(8, 25)))
    return f"{' '.join(_word(made, length) for length in lengths).capitalize()}."
