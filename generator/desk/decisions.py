"""Decisions of a person, read from the JSON that the desk sends, as edits of `corrections.yml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Action = Literal["set", "add"]

Value = str | None | tuple[str, ...] | Mapping[str, str]
"""A value of the file: a text, nothing (unknown), a list, or the fields of a withdrawal."""

_MAX_LENGTH = 1_000
"""Characters of a text; the parser refuses longer ones too."""


class DecisionError(ValueError):
    """A decision that cannot be meant, with the reason for the person."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of `corrections.yml`."""

    path: tuple[str, ...]
    """The keys from the top of the file to the value."""
    value: Value
    action: Action = "set"
    """Whether the value replaces what is there, or its items are added to a list."""


def read_decision(body: object) -> Edit:
    """Return the edit that a decision asks for.

    Raises DecisionError for anything but a decision with known fields.
    """
    fields = _mapping(body)
    if set(fields) == {"seed", "field", "value"}:
        return _document_edit(_text(fields["seed"]), _text(fields["field"]), fields["value"])
    if set(fields) == {"name", "map", "value"}:
        return _name_edit(_text(fields["name"]), _text(fields["map"]), fields["value"])
    raise DecisionError("this is no decision about a document or a name")


def _document_edit(seed: str, field: str, value: object) -> Edit:
    read = _DOCUMENT_FIELDS.get(field)
    if read is None:
        raise DecisionError(f'"{field}" is no field of a document')
    return Edit(("documents", seed, field), read(value))


def _name_edit(name: str, kind: str, value: object) -> Edit:
    match kind:
        case "merge" | "same-as":
            return Edit(("names", kind, name), _texts(value), "add")
        case "kind" | "rename":
            return Edit(("names", kind, name), _text(value))
        case "suppress":
            return Edit(("names", kind), (name,), "add")
        case "split":
            parts = _mapping(value)
            if set(parts) != {"name", "documents"}:
                raise DecisionError("a split needs a new name and documents")
            path = ("names", kind, name, _text(parts["name"]))
            return Edit(path, _texts(parts["documents"]), "add")
    raise DecisionError(f'"{kind}" is nothing that can be said of a name')


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise DecisionError("this is no decision")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise DecisionError("a text is missing")
    if len(value) > _MAX_LENGTH or not value.isprintable():
        raise DecisionError("a text is too long, or has more than one line")
    return " ".join(value.split())


def _text_or_nothing(value: object) -> str | None:
    return None if value is None or value == "" else _text(value)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise DecisionError("a list is missing")
    return tuple(map(_text, value))


def _withdrawal(value: object) -> Mapping[str, str]:
    fields = _mapping(value)
    if "reason" not in fields or not set(fields) <= {"reason", "date"}:
        raise DecisionError("a withdrawal needs a reason, and perhaps a date")
    return {name: _text(words) for name, words in fields.items()}


_DOCUMENT_FIELDS: Mapping[str, Callable[[object], Value]] = {
    "title": _text,
    "authors": _texts,
    "date": _text_or_nothing,
    "language": _text_or_nothing,
    "section": _text_or_nothing,
    "genre": _text_or_nothing,
    "withdrawn": _withdrawal,
}
