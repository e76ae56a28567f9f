"""The order of day and month in dates that can be read both ways, decided by the whole corpus.

In a corpus that writes 28/06/2021 wherever only one reading is possible, 03/04/2021 is the third
of April. With fewer than three such dates, or if the dates disagree, the date stays open.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal, NamedTuple

from msgspec import structs

from generator.model import AmbiguousDate, AnyDocument, D, Extracted, Parsed, Problem

Order = Literal["day first", "month first"]

_MIN_WITNESSES = 3
"""Dates with only one reading that must have an order; none may have the other."""


def resolve_date_order(documents: Iterable[D]) -> Parsed[tuple[D, ...]]:
    """Return the documents, dated where the order of the corpus decides, and what stays open."""
    documents = tuple(documents)
    ambiguous = [document for document in documents if document.metadata.ambiguous_date]
    if order := dominant_order(ambiguous):
        documents = tuple(_dated(document, order) for document in documents)
        ambiguous = [_dated(document, order) for document in ambiguous]
    open_dates = ((document, _open_date(document)) for document in ambiguous)
    problems = (_problem(document, date) for document, date in open_dates if date)
    return Parsed(documents, tuple(problems))


class DominantOrder(NamedTuple):
    """The order of day and month in a corpus, and how many dates have it."""

    order: Order
    witnesses: int


def dominant_order(documents: Iterable[AnyDocument]) -> DominantOrder | None:
    """Return the order of day and month that the dates of a corpus have.

    None if there are too few, or if dates disagree.
    """
    dates = [
        document.metadata.ambiguous_date.value
        for document in documents
        if document.metadata.ambiguous_date
    ]
    day_first = sum(not date.month_first for date in dates)
    month_first = sum(not date.day_first for date in dates)
    if month_first == 0 and day_first >= _MIN_WITNESSES:
        return DominantOrder("day first", day_first)
    if day_first == 0 and month_first >= _MIN_WITNESSES:
        return DominantOrder("month first", month_first)
    return None


def _open_date(document: AnyDocument) -> Extracted[AmbiguousDate] | None:
    """Return the date of a document if it is still open which of its two readings is meant."""
    date = document.metadata.ambiguous_date
    if document.metadata.date is not None or date is None:
        return None
    return date if date.value.day_first and date.value.month_first else None


def _dated(document: D, found: DominantOrder) -> D:
    open_date = _open_date(document)
    if open_date is None:
        return document
    readings = open_date.value
    value = readings.day_first if found.order == "day first" else readings.month_first
    if value is None:
        return document
    rule = f"order of the corpus ({found.order} in {found.witnesses} other dates)"
    date = Extracted(value, rule, open_date.line, open_date.quote)
    return structs.replace(document, metadata=structs.replace(document.metadata, date=date))


def _problem(document: AnyDocument, date: Extracted[AmbiguousDate]) -> Problem:
    day_first, month_first = date.value.day_first, date.value.month_first
    message = (
        f'date "{date.quote}" can be {day_first} or {month_first}; the page shows it as it is'
        " written and has no date"
    )
    entry = f"{json.dumps(document.source, ensure_ascii=False)}: {{date: {day_first}}}"
    hint = f"Paste below `documents:` in corrections.yml: `{entry}`, or with {month_first}"
    return Problem("W011", document.source, message, hint, date.line, "warning")
