"""Titles, dates and authors of 43 real stories and interviews (Wikinews, CC BY 2.5)."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator

from generator.model import Seed, SeedPath
from generator.reading.read import read_document
from tools.quality.figures import Figure, count, share, shared


def measure() -> Iterator[Figure]:
    """Read every story and compare it with the annotations; none of them prints an author."""
    folder = shared("gold", "wikinews")
    rows = [json.loads(row) for row in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
    seen: Counter[str] = Counter()
    for row in rows:
        data = (folder / "seeds" / row["document"]).read_bytes()
        document = read_document(Seed(SeedPath(row["document"]), data)).value
        assert document is not None, row["document"]
        metadata = document.metadata
        date = metadata.date.value if metadata.date else None
        seen["title"] += plain(metadata.title.value) == plain(row["title"])
        seen["printed"] += row["date_printed"]
        seen["date"] += row["date_printed"] and date == row["date"]
        seen["authors"] += len(metadata.authors)
    yield share("wikinews: title right", seen["title"], len(rows))
    yield share("wikinews: printed date right", seen["date"], seen["printed"])
    yield count("wikinews: authors invented", seen["authors"], f"in {len(rows)} stories")


def plain(words: str) -> str:
    """Return only letters and digits: stories are tokenized, and annotated titles lack accents."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", words.casefold())))
