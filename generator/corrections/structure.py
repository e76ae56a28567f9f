"""The section `structure` of corrections.yml: what the lines of a document or folder are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from generator.corrections import fields
from generator.corrections.fields import (
    FieldValue,
    InvalidValueError,
    by_field,
    make_problem,
    problem_from,
    separate,
)
from generator.corrections.values import StructureEntry
from generator.corrections.yaml_tree import Node
from generator.model import BlockKind, Parsed, Problem, SeedPath, composed
from generator.model.structure_rules import FurnitureRule, KindOfLines, StructureRules

_KINDS_FIELD = "kinds"
_KINDS: dict[str, BlockKind] = {"verse": "stanza", "table": "table", "lines": "lines"}
"""The keys that give lines a kind."""

_FURNITURE: dict[str, FurnitureRule] = {"keep": "keep", "leave-out": "leave out"}
_RANGE = re.compile(r"([1-9]\d{0,8})(?:\s*[-–]\s*([1-9]\d{0,8}))?")
_RANGE_HINT = "Write lines of the source, such as 12-40, a list of such, or `all`"


def read_structure(node: Node) -> Iterator[StructureEntry | Problem]:
    """Yield the decisions about each document or folder, and what is wrong in them."""
    first_lines: dict[SeedPath, int] = {}
    for key, value in fields.mapping(node):
        try:
            path = fields.seed_path(key)
        except InvalidValueError as error:
            yield problem_from(error)
            continue
        if path in first_lines:
            yield fields.duplicate_entry(path, key.line, first_lines[path])
            continue
        first_lines[path] = key.line
        rules, problems = _read_rules(value)
        yield from problems
        yield StructureEntry(path, key.line, rules)


def _read_rules(node: Node) -> Parsed[StructureRules]:
    values, problems = separate(_read_fields(node))
    kinds = tuple(lines for found in values if found.field == _KINDS_FIELD for lines in found.value)
    return Parsed(StructureRules(**{**by_field(values), _KINDS_FIELD: kinds}), problems)


def _read_fields(node: Node) -> Iterator[FieldValue | Problem]:
    try:
        for key, value in fields.mapping(node):
            try:
                if key.text in _KINDS:
                    yield FieldValue(_KINDS_FIELD, _lines(_KINDS[key.text], value))
                elif key.text in _FIELDS:
                    yield _FIELDS[key.text](value)
                else:
                    hint = fields.suggestion(key.text, (*_KINDS, *_FIELDS))
                    yield make_problem(key.line, f'unknown field "{key.text[:100]}"', hint)
            except InvalidValueError as error:
                yield problem_from(error)
    except InvalidValueError as error:
        yield problem_from(error)


def _lines(kind: BlockKind, node: Node) -> tuple[KindOfLines, ...]:
    """Return ranges of lines: one, a list of them, or all."""
    found = []
    for item in fields.list_of_lines(node):
        match = _RANGE.fullmatch(item.text)
        if item.text != "all" and match is None:
            raise InvalidValueError(
                item.line, f'"{item.text}" is not a range of lines', _RANGE_HINT
            )
        first = int(match[1]) if match else 1
        last = int(match[2] or first) if match else None
        if last is not None and last < first:
            message = f'"{item.text}" ends before it begins'
            raise InvalidValueError(item.line, message, _RANGE_HINT)
        found.append(KindOfLines(kind, first, last))
    return tuple(found)


def _keeps_lines(node: Node) -> FieldValue:
    return FieldValue("keeps_lines", _choice(node, {"true": True, "false": False}))


def _joins(node: Node) -> FieldValue:
    return FieldValue("joins_paragraphs", _choice(node, {"never": False, "by-rules": True}))


def _furniture(node: Node) -> FieldValue:
    return FieldValue("furniture", _choice(node, _FURNITURE))


def _choice(node: Node, choices: dict[str, Any]) -> Any:
    text = fields.one_line(node)
    if text.casefold() not in choices:
        hint = fields.suggestion(text, choices)
        raise InvalidValueError(node.line, f'"{text[:100]}" is not a value of this field', hint)
    return choices[text.casefold()]


_FIELDS: dict[str, Callable[[Node], FieldValue]] = {
    "keep-lines": _keeps_lines,
    "join": _joins,
    "furniture": _furniture,
}


def structure_rules(
    entries: Iterable[StructureEntry], seeds: Iterable[SeedPath]
) -> dict[SeedPath, StructureRules]:
    """Return the decisions about each seed that has any.

    An entry whose path ends with a slash is about all seeds in that folder and the folders below
    it. Of several entries about a seed, the one with the longest path is used.
    """
    by_path = {composed(entry.path): entry.rules for entry in entries}
    if not by_path:
        return {}
    found = ((seed, _rules_for(composed(seed), by_path)) for seed in seeds)
    return {seed: rules for seed, rules in found if rules is not None}


def _rules_for(seed: str, by_path: dict[str, StructureRules]) -> StructureRules | None:
    return next((by_path[path] for path in (seed, *_folders(seed)) if path in by_path), None)


def unmatched_entries(
    entries: Iterable[StructureEntry], seeds: Iterable[SeedPath]
) -> Iterator[StructureEntry]:
    """Yield the entries about a document or folder that does not exist."""
    entries = tuple(entries)
    names = map(composed, seeds if entries else ())
    known = {part for name in names for part in (name, *_folders(name))}
    yield from (entry for entry in entries if composed(entry.path) not in known)


def _folders(path: str) -> Iterator[str]:
    """Yield the folders above a path, the nearest first, each with a slash at its end."""
    while folder := path[: path.rstrip("/").rfind("/") + 1]:
        yield folder
        path = folder
