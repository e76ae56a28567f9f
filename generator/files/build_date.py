"""The date of a build."""

from __future__ import annotations

import os
import time

from generator.model import SeedbedError

_MAX_DIGITS = 11
"""Digits of the seconds of a date before the year 5138; with more, years could have five digits."""


def build_date() -> str:
    """Return today's date in UTC, or the date in SOURCE_DATE_EPOCH for reproducible builds.

    Raises SeedbedError if the variable is not a number of seconds, because MkDocs would stop
    later. Source of the rule: <https://reproducible-builds.org/specs/source-date-epoch/>.
    """
    value = os.environ.get("SOURCE_DATE_EPOCH")
    if value is not None and not (value.isdecimal() and len(value) <= _MAX_DIGITS):
        raise SeedbedError(
            f'SOURCE_DATE_EPOCH is "{value[:40]}", not a number of seconds since 1970',
            "Set it to what `date +%s` prints, or unset it",
        )
    seconds = time.time() if value is None else int(value)
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))
