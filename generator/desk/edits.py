"""Edits: what a decision changes in the files of the seeds folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from generator.model import EntityKind

Action = Literal["set", "add"]

Value = str | None | tuple[str, ...] | Mapping[str, str]
"""A value of `corrections.yml`: a text, nothing (unknown), a list, or fields of a withdrawal."""


class DecisionError(ValueError):
    """A decision that is not valid; the text is the reason, for the person."""


class YamlEdit(msgspec.Struct, frozen=True):
    """One change of `corrections.yml`."""

    path: tuple[str, ...]
    """The keys from the top of the file to the value."""
    value: Value
    action: Action = "set"
    """Whether the value replaces the existing one, or its items are added to a list."""


class RowEdit(msgspec.Struct, frozen=True):
    """One change of `names.csv`: the row of a name gets values; it is added if it is missing."""

    name: str
    kind: EntityKind
    forms: tuple[str, ...] = ()
    """Other forms of the name in texts, which are added to the column `also`."""
    cells: Mapping[str, str] | None = None
    """The values of other columns, by their names; an empty value clears the cell."""


class NoteEdit(msgspec.Struct, frozen=True):
    """The text of a note of the editor."""

    path: str
    """Its file below the seeds folder."""
    text: str
    version: str
    """The digest of the text that the person saw."""


Edit = YamlEdit | RowEdit | NoteEdit


def describe(edit: Edit) -> str:
    """Return an edit in the words of its file, for a list of decisions."""
    if isinstance(edit, NoteEdit):
        return edit.path
    if isinstance(edit, RowEdit):
        values = (edit.kind, *edit.forms, *(edit.cells or {}).values())
        return f"names.csv › {edit.name}: {', '.join(filter(None, values))}"
    return f"{' › '.join(edit.path[1:])}: {_in_words(edit.value)}"


def _in_words(value: Value) -> str:
    if isinstance(value, Mapping):
        return "; ".join(value.values())
    return ", ".join(value) if isinstance(value, tuple) else value or ""
