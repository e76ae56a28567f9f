"""The section `documents` of corrections.yml."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from generator.corrections import fields
from generator.corrections.fields import (
    FieldValue,
    InvalidValueError,
    by_field,
    make_problem,
    problem_from,
    separate,
)
from generator.corrections.values import FILE, DocumentCorrection
from generator.corrections.yaml_tree import Node, ScalarNode
from generator.model import Extracted, Problem, SeedPath, Withdrawal

T = TypeVar("T")

_WITHDRAWAL_HINT = 'Write `withdrawn: {reason: "...", date: ...}`'


def read_documents(node: Node) -> Iterator[DocumentCorrection | Problem]:
    """Yield a correction for each path of a mapping, and what is wrong in it.

    Of two entries about one path the first is used, and of the second only a withdrawal.
    """
    first_lines: dict[SeedPath, int] = {}
    for key, value in fields.mapping(node):
        try:
            path = fields.seed_path(key)
        except InvalidValueError as error:
            yield problem_from(error)
            continue
        found, problems = separate(_read_fields(value))
        yield from problems
        values = by_field(found)
        if path in first_lines:
            yield fields.duplicate_entry(path, key.line, first_lines[path])
            values = {name: values[name] for name in values if name == "withdrawn"}
        if path not in first_lines or values:
            yield DocumentCorrection(path, key.line, **values)
        first_lines.setdefault(path, key.line)


def _read_fields(node: Node) -> Iterator[FieldValue | Problem]:
    """Yield the value of each field of one document, and what is wrong in it."""
    try:
        pairs = tuple(fields.mapping(node))
    except InvalidValueError as error:
        yield problem_from(error)
        for scalar in fields.scalar_texts(node):
            if looks_like_withdrawn(scalar.text):
                yield from _read_withdrawal(scalar, scalar)
        return
    seen: set[str] = set()
    for key, value in pairs:
        name = _field_name(key.text)
        if name != key.text:
            hint = fields.suggestion(key.text, _FIELDS)
            yield make_problem(key.line, f'unknown field "{key.text[:100]}"', hint)
        if name == "withdrawn":
            yield from _read_withdrawal(key, value)
        elif name in seen:
            message = f"`{name}` is given twice; this value is left out"
            yield make_problem(key.line, message, "Keep one")
        elif name:
            yield _read_field(name, value)
            seen.add(name)


def _read_field(name: str, node: Node) -> FieldValue | Problem:
    try:
        return FieldValue(name, _FIELDS[name](node))
    except InvalidValueError as error:
        return problem_from(error)


def _field_name(key: str) -> str | None:
    """Return the field that a key means; None if it means none."""
    if key in _FIELDS:
        return key
    return "withdrawn" if looks_like_withdrawn(key) else None


def looks_like_withdrawn(word: str) -> bool:
    """Whether a word means `withdrawn`, also with a typing error."""
    letters = re.sub("[^a-z]", "", word[:100].casefold())
    if not 7 <= len(letters) <= 11:
        return False
    return bool(difflib.get_close_matches(letters, ("withdrawn",), cutoff=0.75))


def _read_withdrawal(key: ScalarNode, node: Node) -> Iterator[FieldValue | Problem]:
    """Yield the withdrawal of a document, and what is wrong in it.

    Only `false` means that the document is not withdrawn: then it is shown, even as a copy of a
    withdrawn one. With any other value it is withdrawn, even if reason and date cannot be read.
    """
    if isinstance(node, ScalarNode) and node.text.casefold() == "false":
        yield FieldValue("release_line", key.line)
        return
    values: dict[str, str | None] = {}
    try:
        for field, value in fields.mapping(node):
            try:
                values[field.text] = _WITHDRAWAL[field.text](value)
            except InvalidValueError as error:
                yield problem_from(error)
            except KeyError:
                message = f'unknown field "{field.text[:100]}" of a withdrawal'
                hint = fields.suggestion(field.text, _WITHDRAWAL)
                yield make_problem(field.line, message, hint)
    except InvalidValueError as error:
        yield make_problem(error.line, error.message, _WITHDRAWAL_HINT)
    if "reason" not in values:
        message = "this document is withdrawn, but no reason is given"
        yield make_problem(node.line, message, _WITHDRAWAL_HINT)
    withdrawal = Withdrawal(values.get("reason"), values.get("date"), key.line)
    yield FieldValue("withdrawn", withdrawal)


def _extracted(read: Callable[[Node], T]) -> Callable[[Node], Extracted[T]]:
    return lambda node: Extracted(read(node), FILE, node.line)


def _authors(node: Node) -> tuple[Extracted[str], ...]:
    return tuple(Extracted(name.text, FILE, name.line) for name in fields.list_of_lines(node))


_FIELDS: dict[str, Callable[[Node], Any]] = {
    "title": _extracted(fields.one_line),
    "subtitle": _extracted(fields.optional_line),
    "authors": _authors,
    "date": _extracted(fields.edtf_date),
    "place": _extracted(fields.optional_line),
    "sender": _extracted(fields.optional_line),
    "recipient": _extracted(fields.optional_line),
    "collection": _extracted(fields.optional_line),
    "rights": _extracted(fields.optional_line),
    "language": _extracted(fields.language),
    "section": _extracted(fields.optional_line),
    "genre": _extracted(fields.genre),
    "withdrawn": lambda node: node,
}
_WITHDRAWAL: dict[str, Callable[[Node], str | None]] = {
    "reason": fields.one_line,
    "date": fields.edtf_date,
}
