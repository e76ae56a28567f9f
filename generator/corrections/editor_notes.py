"""Notes of the editor: Markdown with a few fields at the top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec.structs import replace

from generator.corrections.yaml_tree import ListNode, MappingNode, ScalarNode, parse_yaml_tree
from generator.model import EditorNote, Parsed, Problem, did_you_mean
from generator.text.markdown_comments import without_comments

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)(?:^|\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_TEXTS = ("title", "description", "order", "rights")
_FIELDS = (*_TEXTS, "lead")
_ORDERS = ("date", "title", "file")


def parse_editor_note(path: str, text: str) -> Parsed[EditorNote]:
    """Return a note and the problems of its fields; a field with a problem is left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    match = _FRONT_MATTER.match(text)
    if match is None:
        return Parsed(EditorNote(_shown(text)))
    problems: list[Problem] = []
    note = EditorNote(_shown(text[match.end() :]))
    for name, values, line in _fields(path, match[1], problems):
        value = " ".join(values)
        if name == "lead":
            note = replace(note, lead=values)
        elif name == "order" and value not in _ORDERS:
            message = f'"{value}" is not an order of documents; they are ordered by date'
            problems.append(_problem(path, message, "Write date, title or file", line))
        else:
            changes: dict[str, Any] = {name: value or None}
            note = replace(note, **changes)
    return Parsed(note, tuple(problems))


def _shown(text: str) -> str:
    """Return a note without its comments, which no program shows."""
    return without_comments(text).text.strip()


class _Field(NamedTuple):
    name: str
    values: tuple[str, ...]
    """The items of a list, or the one text."""
    line: int


def _fields(path: str, block: str, problems: list[Problem]) -> Iterator[_Field]:
    """Yield each field; collect the problems of others."""
    tree, faults = parse_yaml_tree(block)
    problems += (
        _problem(path, fault.reason, "Correct the line", fault.line + 1) for fault in faults
    )
    for key, value in tree.pairs if isinstance(tree, MappingNode) else ():
        name, line = key.text if isinstance(key, ScalarNode) else "", key.line + 1
        if name not in _FIELDS:
            hint = did_you_mean(name, _FIELDS, f"Write {', '.join(_FIELDS)}")
            problems.append(_problem(path, f'"{name}" is not a field of a note', hint, line))
        elif isinstance(value, ScalarNode):
            yield _Field(name, (" ".join(value.text.split()),), line)
        elif name == "lead" and isinstance(value, ListNode):
            texts = (node.text for node in value.nodes if isinstance(node, ScalarNode))
            yield _Field(name, tuple(texts), line)
        else:
            problems.append(_problem(path, f'"{name}" is not a text', "Write it in one line", line))


def _problem(path: str, message: str, hint: str, line: int) -> Problem:
    return Problem("W073", path, message, hint, line, "warning")
