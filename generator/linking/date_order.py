"""The order of day and month, where single documents leave it open: the corpus decides, or nobody.

A corpus that writes 28/06/2021 wherever only one reading is possible means the third of April by
03/04/2021. With fewer than three such dates, or with one that says otherwise, nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from generator.model import AmbiguousDate, AnyDocument, D, Extracted, Problem

Order = Literal["day first", "month first"]

_WITNESSES = 3
"""How many dates with one reading only must speak for an order, and none against it."""


def resolve_date_order(documents: Iterable[D]) -> tuple[tuple[D, ...], tuple[Problem, ...]]:
    """Date the documents whose date in figures has two readings; tell which stay without."""
    read = tuple(documents)
    order, witnesses = dominant_order(read)
    settled = tuple(_dated(document, order, witnesses) for document in read)
    still_open = ((document, _open(document)) for document in settled)
    return settled, tuple(
        _problem(document, figures) for document, figures in still_open if figures
    )


def dominant_order(documents: Iterable[AnyDocument]) -> tuple[Order | None, int]:
    """Tell which order the corpus writes, and how many dates say so; None when unsure."""
    spoken = [
        document.metadata.ambiguous_date.value
        for document in documents
        if document.metadata.ambiguous_date
    ]
    day_first = sum(not figures.month_first for figures in spoken)
    month_first = sum(not figures.day_first for figures in spoken)
    if month_first == 0 and day_first >= _WITNESSES:
        return "day first", day_first
    if day_first == 0 and month_first >= _WITNESSES:
        return "month first", month_first
    return None, 0


def _open(document: AnyDocument) -> Extracted[AmbiguousDate] | None:
    """The date of a document as long as it can be read both ways."""
    figures = document.metadata.ambiguous_date
    if document.metadata.date is not None or figures is None:
        return None
    return figures if figures.value.day_first and figures.value.month_first else None


def _dated(document: D, order: Order | None, witnesses: int) -> D:
    figures = _open(document)
    if figures is None or order is None:
        return document
    read = figures.value
    value = read.day_first if order == "day first" else read.month_first
    rule = f"order of the corpus ({order} in {witnesses} other dates)"
    date = Extracted(value, rule, figures.line, figures.quote)
    return replace(document, metadata=replace(document.metadata, date=date))


def _problem(document: AnyDocument, figures: Extracted[AmbiguousDate]) -> Problem:
    read = figures.value
    message = (
        f'date "{figures.quote}" can be {read.day_first} or {read.month_first}; the page shows it'
        " as it is written, and has no date"
    )
    entry = f"{json.dumps(document.source, ensure_ascii=False)}: {{date: {read.day_first}}}"
    hint = f"Paste below `documents:` in corrections.yml: `{entry}`, or with {read.month_first}"
    return Problem("W011", document.source, message, hint, figures.line, "warning")
