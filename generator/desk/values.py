"""Values in the JSON that the desk sends, each read or refused with a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from generator.desk.edits import DecisionError

_MAX_LENGTH = 1_000
"""Most characters of a text; the parser refuses longer ones too."""


def mapping(value: object, required: Collection[str] = (), optional: Collection[str] = ()) -> Any:
    """Return a mapping that has all required fields, and no others but the optional ones.

    If no field is required, it may have any. Raises DecisionError for any other value, as all
    functions here do.
    """
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise DecisionError("this is not a decision")
    if required and not set(required) <= set(value) <= {*required, *optional}:
        raise DecisionError(f"the fields must be {', '.join((*required, *optional))}")
    return value


def text(value: object) -> str:
    """Return a text of one line."""
    if not isinstance(value, str) or not value.strip():
        raise DecisionError("a text is missing")
    if len(value) > _MAX_LENGTH or not value.isprintable():
        raise DecisionError("a text is too long, or has more than one line")
    return " ".join(value.split())


def text_or_none(value: object) -> str | None:
    """Return a text of one line; None for nothing."""
    return None if value is None or value == "" else text(value)


def texts(value: object) -> tuple[str, ...]:
    """Return a list of texts."""
    if not isinstance(value, list):
        raise DecisionError("a list is missing")
    return tuple(map(text, value))


def withdrawal(value: object) -> Mapping[str, str]:
    """Return the reason of a withdrawal, and perhaps its date."""
    fields = mapping(value, ("reason",), ("date",))
    return {name: text(words) for name, words in fields.items()}
