"""Dates in the syntax of each data format; what a format cannot express is left out.

If a format cannot express "about" or "from ... to", it gets the year in which the date begins.
Formats that need a whole day, or that print the value unchanged, stay empty instead.
"""

from __future__ import annotations

from typing import Any

from generator.model import Moment, parse_edtf


def year(edtf: str) -> str:
    """Return the year in which a date begins, in four digits; empty without a date."""
    first = _first(edtf)
    return first.year if first else ""


def beginning(edtf: str) -> str:
    """Return the first date of an interval, and any other date as it is."""
    return edtf.partition("/")[0]


def end(edtf: str) -> str:
    """Return the last date of an interval, and any other date as it is."""
    return edtf.rpartition("/")[2]


def biblatex(edtf: str) -> str:
    """Return the `date` of biblatex: EDTF, in which no character may be escaped."""
    return edtf if parse_edtf(edtf) else ""


def ris(edtf: str) -> str:
    """Return the `DA` of RIS: YYYY/MM/DD, with both slashes if month or day is unknown."""
    exact = _exact(edtf)
    return "/".join((exact.year, exact.month or "", exact.day or "")) if exact else ""


def csl(edtf: str) -> dict[str, Any]:
    """Return the `issued` of CSL-JSON; `circa` is its only word for an uncertain date."""
    read = parse_edtf(edtf)
    if read is None:
        return {}
    parts = [list(moment.numbers) for moment in read.moments]
    return {"date-parts": parts} if read.is_certain else {"date-parts": parts, "circa": True}


def iso(edtf: str) -> str:
    """Return an ISO 8601 year, month or day: for schema.org, OpenURL and the elements of HTML.

    It is the date itself where that is exact, and the year in which it begins where it is not.
    """
    exact = _exact(edtf)
    return exact.iso if exact else year(edtf)


def _exact(edtf: str) -> Moment | None:
    read = parse_edtf(edtf)
    return read.first if read and read.is_exact else None


def _first(edtf: str) -> Moment | None:
    read = parse_edtf(edtf)
    return read.first if read else None
