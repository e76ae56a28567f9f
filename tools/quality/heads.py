"""Heads of documents, generated from parts in the forms of newspapers, and what is extracted."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.model import Seed, SeedPath
from generator.reading.read import read_document
from tools.quality.figures import Figure, count, share

_DOCUMENTS = 1_500

_BYLINES = (
    "{}",
    "By {}",
    "BY {}",
    "by {}",
    "Por {}",
    "Written by {}",
    "By {} in Lima",
    "By {}, Staff Writer",
    "By {}, Reuters",
    "By {} for the Northport Gazette",
)
_DATES = (
    "%d %B %Y",
    "%B %d, %Y",
    "%A, %d %B %Y",
    "%Y-%m-%d",
    "%b. %d, %Y",
    "Published: %d %B %Y",
    "Updated %B %d, %Y 10:14 GMT",
)
_LAYOUTS = (
    "{title}\n\n{byline}\n{date}\n\n",
    "{title}\n\n{byline}\n\n{date}\n\n",
    "{title}\n{byline}\n{date}\n\n",
    "{title}\n\n{date}\n{byline}\n\n",
    "{date}\n\n{title}\n\n{byline}\n\n",
    "{section}\n\n{title}\n\n{standfirst}\n\n{byline}\n\n{date}\n\n",
    "{title}\n\n{standfirst}\n\n{byline}\n{date}\n\n",
    "{title}\n\n{standfirst}\n\n{date}\n\n",
    "{title}\n\n{organization}\n{date}\n\n",
    "{title}\n\nBy {organization}\n{date}\n\n",
    "{title}\n\n{date}\n\n",
    "{title}\n\n",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A document and the values in its head; None for a value that it does not have."""

    text: str
    expected: dict[str, Any]


def measure() -> Iterator[Figure]:
    """Yield the share of right values, and the number of values that are wrong instead of absent.

    Case is ignored: no rule can know the capitals in the surname of BILL VAN AUKEN.
    """
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for sample in samples():
        for field, value in read(sample).items():
            expected = sample.expected[field]
            total[field] += bool(expected)
            same = str(value).casefold() == str(expected).casefold()
            right[field] += bool(expected) and same
            wrong[field] += bool(value) and not same
    for field in total:
        yield share(f"heads: {field} right", right[field], total[field])
        yield count(f"heads: {field} wrong", wrong[field], f"in {_DOCUMENTS:,} documents")


def samples() -> Iterator[Sample]:
    """Yield documents in every layout, with random parts."""
    parts = yaml.safe_load(Path(__file__).with_name("heads.yml").read_text("utf-8"))
    chance = random.Random(11)
    for number in range(_DOCUMENTS):
        yield _sample(_LAYOUTS[number % len(_LAYOUTS)], parts, chance)


def read(sample: Sample) -> dict[str, Any]:
    """Return the extracted value of each field."""
    document = read_document(Seed(SeedPath("a.txt"), sample.text.encode())).value
    assert document is not None, sample.text
    metadata = document.metadata
    return {
        "title": metadata.title.value,
        "authors": [author.value for author in metadata.authors],
        "date": metadata.date.value if metadata.date else None,
        "standfirst": metadata.standfirst.value if metadata.standfirst else None,
        "section": metadata.section.value if metadata.section else None,
        "dateline": metadata.dateline.value if metadata.dateline else None,
    }


def _sample(layout: str, parts: dict[str, list[Any]], chance: random.Random) -> Sample:
    names = chance.sample(parts["names"], chance.choice((1, 1, 1, 2, 3)))
    style = chance.choice(_BYLINES)
    day = datetime.date(chance.randint(1995, 2024), chance.randint(1, 12), chance.randint(1, 28))
    printed = _joined(names, chance)
    dateline = chance.choice(parts["datelines"]) if chance.random() < 0.25 else ("", None)
    filled = {
        "title": chance.choice(parts["titles"]),
        "byline": style.format(printed.upper() if style.startswith("BY") else printed),
        "date": day.strftime(chance.choice(_DATES)).replace(" 0", " ").lstrip("0"),
        "section": chance.choice(parts["sections"]),
        "standfirst": chance.choice(parts["standfirsts"]),
        "organization": chance.choice(parts["organizations"]),
    }
    body = "\n\n".join(chance.sample(parts["bodies"], 3))
    used = {field: filled[field] for field in filled if f"{{{field}}}" in layout}
    expected = {
        "title": filled["title"],
        "authors": names if "byline" in used else [],
        "date": day.isoformat() if "date" in used else None,
        "standfirst": used.get("standfirst"),
        "section": used.get("section"),
        "dateline": dateline[1],
    }
    return Sample(layout.format(**filled) + dateline[0] + body, expected)


def _joined(names: list[str], chance: random.Random) -> str:
    *others, last = names
    return f"{', '.join(others)}{chance.choice((' and ', ' & '))}{last}" if others else last
