"""The values of the list of names, each with a reader that explains what is wrong with it."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.corrections.fields import InvalidValueError, is_visible_text, same_as_url
from generator.corrections.kinds import UnknownKindError, parse_kind
from generator.corrections.yaml_tree import ScalarNode
from generator.model import EntityKind, parse_edtf
from generator.text.dates import parse_stated_dates

_MAX_NAME = 200
_MAX_NOTE = 1_000
"""Most characters; a longer text is in the wrong column."""

_QUALIFIER = re.compile(r"(?<!\s)\s*+\([^()]*+\)\s*+\Z")
_INITIALS = re.compile(r"\W*\w\W*")


class InvalidCellError(Exception):
    """A value that is left out: what is wrong, and what to write instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def read_name(cell: str) -> str:
    """Return a name of one line with at least two letters or figures."""
    name = " ".join(cell.split())
    if not name:
        raise InvalidCellError("there is no name", "Write a name, or remove the row")
    if len(name) > _MAX_NAME or not is_visible_text(name):
        message = f"this name is longer than {_MAX_NAME} characters or has invisible characters"
        raise InvalidCellError(message, "Write a short plain name")
    if _INITIALS.fullmatch(without_qualifier(name)) or not re.search(r"[^\W_]", name):
        message = f'"{name}" is too short: it would be found in every text'
        raise InvalidCellError(message, "Write the name in full")
    return name


def without_qualifier(name: str) -> str:
    """Return a name as texts have it, without the words in brackets at its end."""
    return _QUALIFIER.sub("", name) or name


def read_kind(cell: str) -> EntityKind:
    """Return a kind: one of the three, in the words of five languages, or one of a person's own."""
    try:
        return parse_kind(cell)
    except UnknownKindError as error:
        message = f'"{cell[:100]}" is not a kind' if cell else "there is no kind"
        raise InvalidCellError(message, error.hint) from error


def read_forms(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that vertical bars or semicolons separate."""
    return tuple(filter(None, (form.strip() for form in re.split(r"[|;]", cell))))


def read_date(cell: str) -> str | None:
    """Return a year, month or day as EDTF, perhaps approximate; the cell may have it in words.

    None for an empty cell.
    """
    if not cell:
        return None
    dates = parse_stated_dates(cell)
    edtf = parse_edtf(dates[0]) if len(dates) == 1 else None
    if edtf is None or edtf.last is not None:
        hint = "Write it as 1894, 1894-03, 12 March 1894 or c. 1894"
        raise InvalidCellError(f'"{cell[:100]}" is not a date', hint)
    return dates[0]


def read_addresses(cell: str) -> tuple[str, ...]:
    """Return the addresses in a cell; spaces, vertical bars or semicolons separate them."""
    return tuple(filter(None, re.split(r"[|\s]+|;(?=\s*(?:https?:|Q\d|\Z))", cell)))


def read_same_as(text: str) -> str:
    """Return the URL of the same entity on another site."""
    try:
        return same_as_url(ScalarNode(1, text, is_empty=False))
    except InvalidValueError as error:
        raise InvalidCellError(error.message, error.hint) from error


class Coordinates(NamedTuple):
    """A position on the earth, in degrees."""

    latitude: float
    longitude: float


def read_coordinates(latitude: str, longitude: str) -> Coordinates | None:
    """Return a position, whose decimal marks may be commas; None if both cells are empty."""
    if not latitude and not longitude:
        return None
    return Coordinates(_degrees(latitude, "latitude", 90), _degrees(longitude, "longitude", 180))


def read_note(cell: str) -> str | None:
    """Return a note as text of one line; None for an empty cell."""
    note = " ".join(cell.split())
    if len(note) > _MAX_NOTE or not is_visible_text(note):
        message = f"this note is longer than {_MAX_NOTE} characters or has invisible characters"
        raise InvalidCellError(message, "Write a sentence or two of plain text")
    return note or None


def _degrees(cell: str, column: str, limit: int) -> float:
    text = cell.replace(",", ".").replace("−", "-")
    if re.fullmatch(r"(?a:[+-]?\d{1,3}(?:\.\d+)?)", text) and abs(float(text)) <= limit:
        return float(text)
    hint = f"Write degrees such as 54.4858, from -{limit} to {limit}, in both columns"
    raise InvalidCellError(f'"{text[:100]}" is not a {column}', hint)
