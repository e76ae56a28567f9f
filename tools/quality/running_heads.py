"""Texts set in pages with page numbers and running heads, and how many of them are removed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

from generator.model.ledger import Draft
from generator.reading.clean import clean
from generator.reading.structure.compose import compose
from generator.reading.structure.find_structure import find_structure
from tools.quality.figures import Figure, count, share
from tools.quality.hyphens import column
from tools.quality.prose import speeches, stories

_ROWS = 46
_WIDTH = 78
_HEADS = (
    ("The Northport Gazette — Weekend edition",),
    ("A COLLECTION OF ADDRESSES", "ON BRIDGES"),
    ("",),
)
"""The running heads of even and of odd pages."""

_FEET = ("{page}", "- {page} -", "Page {page} of {pages}", "Northport Gazette {page}")


def measure() -> Iterator[Figure]:
    """Set texts in pages, remove numbers and heads, restore the paragraphs, and compare."""
    chance = random.Random(5)
    seen: Counter[str] = Counter()
    for number, text in enumerate([*stories(), *speeches()]):
        foot, heads = _FEET[number % len(_FEET)], _HEADS[number % len(_HEADS)]
        source, furniture = paged(text, heads, foot, "\f" if number % 2 else "", chance)
        seen.update(_counted(text, source, furniture))
        # A text without pages must lose nothing.
        seen["lost"] += len(find_structure("\n\n".join(text)).furniture)
    yield share("running heads: found", seen["right"], seen["furniture"])
    yield Figure(
        "running heads: body lines among the removed",
        100 * (seen["removed"] - seen["right"]) / max(seen["removed"], 1),
        f"{seen['removed'] - seen['right']:,} of {seen['removed']:,}",
    )
    yield count("running heads: lines taken from texts without pages", seen["lost"], "in all texts")
    yield share("pages: paragraphs restored, precision", seen["same"], seen["after"])
    yield share("pages: paragraphs restored, recall", seen["same"], seen["before"])


def paged(
    text: list[str], heads: tuple[str, ...], foot: str, mark: str, chance: random.Random
) -> tuple[str, Counter[str]]:
    """Return a text set in pages of 46 lines, and the lines that are not part of it."""
    rows: list[str] = []
    for paragraph in text:
        rows += [line for line, _ in column(paragraph.split(), _WIDTH, chance)]
        rows.append("")
    pages = [rows[index : index + _ROWS] for index in range(0, len(rows), _ROWS)]
    furniture: Counter[str] = Counter()
    out: list[str] = []
    for number, page in enumerate(pages, start=1):
        top = heads[number % len(heads)] if number > 1 else ""
        bottom = foot.format(page=number, pages=len(pages))
        furniture.update(filter(None, (top, bottom)))
        body = "\n".join(page).strip("\n")
        out.append("\n\n".join(filter(None, (top, body, bottom))))
    return f"\n{mark}\n".join(out), furniture


def _counted(text: list[str], source: str, furniture: Counter[str]) -> Counter[str]:
    cleaned = clean(Draft(source)).draft
    draft = compose(cleaned, find_structure(cleaned.text)).draft
    removed: Counter[str] = Counter()
    for step in draft.ledger:
        if step.rule == "running heads":
            for change in step.changes:
                removed.update(row.strip("\f") for row in change.before.split("\n"))
    removed[""] = 0
    before, after = Counter(text), Counter(draft.text.split("\n\n"))
    right = removed & furniture
    return Counter(
        removed=removed.total(),
        right=right.total(),
        furniture=furniture.total(),
        same=(before & after).total(),
        before=before.total(),
        after=after.total(),
    )
