"""Dates for people: an EDTF string in words."""

from __future__ import annotations

_MONTHS = (
    "January February March April May June July August September October November December".split()
)


def in_words(edtf: str) -> str:
    """Write an EDTF level-1 date in English: `2004-06/2006` is "June 2004 to 2006"."""
    first, _, last = edtf.partition("/")
    return f"{_part(first)} to {_part(last)}" if last else _part(first)


def _part(edtf: str) -> str:
    about = "about " if edtf.endswith("~") else ""
    year, month, day = (*edtf.rstrip("~?%").split("-"), "", "")[:3]
    return about + " ".join(
        filter(None, (day.lstrip("0"), month and _MONTHS[int(month) - 1], year))
    )
