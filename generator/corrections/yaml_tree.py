"""YAML as a tree of plain text with line numbers, whatever stands in the file.

PyYAML gives events only: nothing is constructed, no alias is followed, no tag obeyed, and what
is not nested deeper than our format is never looked at. A fault of syntax costs the lines of its
own entry: they are emptied and the rest is read again, so that one slip stops nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

_DEEPEST = 8
"""Levels of nesting; our format has five."""

_MOST_FAULTS = 10
"""Faults of syntax after which the file is given up: each costs another reading of it."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_OTHER_BREAKS = str.maketrans("\x85\u2028\u2029", "   ")
"""Line breaks for YAML, but not for editors: the numbers of lines must be those that people see."""

_UNPRINTABLE = re.compile(
    "[^\t\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A value as it is written, quotes aside."""

    line: int
    text: str
    is_empty: bool
    """Whether it stands for nothing: `key:`, `key: ~` or `key: null`."""


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list."""

    line: int
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping in the order of the file; its keys are not yet compared."""

    line: int
    pairs: tuple[tuple[Node, Node], ...]


@dataclass(frozen=True, slots=True)
class RejectedNode:
    """Something of YAML that has no place here: an alias, an anchor or a tag."""

    line: int
    description: str
    text: str
    """What it is called in the file, and every word that stands in it."""


Node = ScalarNode | ListNode | MappingNode | RejectedNode


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """Lines that are no YAML: where, why, and the words that are not read for it."""

    line: int
    reason: str
    text: str


class _FaultError(Exception):
    """Raised at something that is YAML, but cannot be meant: the line from 0, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def parse_yaml_tree(text: str) -> tuple[Node | None, tuple[SyntaxFault, ...]]:
    """Read a YAML text; gives None for one that says nothing, and never raises."""
    lines = text.translate(_OTHER_BREAKS).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines[0] = lines[0].removeprefix("\ufeff")
    lines = [line if line.strip() else "" for line in lines]
    faults: list[SyntaxFault] = []
    for index, line in enumerate(lines):
        if _UNPRINTABLE.search(line):
            faults.append(_drop(lines, index, "a character that is none"))
    for _ in range(_MOST_FAULTS):
        try:
            return _document(lines), tuple(faults)
        except yaml.MarkedYAMLError as error:
            faults.append(_drop(lines, _place(error), error.problem or "no YAML"))
        except _FaultError as error:
            faults.append(_drop(lines, error.line, str(error)))
    return None, (*faults, SyntaxFault(1, "too many faults; nothing is read", "\n".join(lines)))


def _place(error: yaml.MarkedYAMLError) -> int:
    """Where the fault was made: a quote or bracket that is never closed is noticed far below."""
    opened = re.search("quoted|flow", error.context or "")
    file_stat = error.context_mark if opened and error.context_mark else error.problem_mark
    return file_stat.line if file_stat else 0


def _drop(lines: list[str], index: int, reason: str) -> SyntaxFault:
    """Empty a line and those that belong to it by being further in."""
    index = next((n for n in range(min(index, len(lines) - 1), -1, -1) if lines[n].strip()), -1)
    if index < 0:
        index = next((n for n, line in enumerate(lines) if line.strip()), 0)
    end = index + 1
    while end < len(lines) and (
        _depth(lines[end]) > _depth(lines[index]) or not lines[end].strip()
    ):
        end += 1
    fault = SyntaxFault(index + 1, reason, "\n".join(lines[index:end]).rstrip())
    lines[index:end] = [""] * (end - index)
    return fault


def _depth(line: str) -> int:
    line = line.expandtabs(8)
    return len(line) - len(line.lstrip())


def _document(lines: list[str]) -> Node | None:
    """Read the first document of a YAML stream, which must be the only one."""
    events = _closed(yaml.parse("\n".join(lines), Loader=_LOADER), lines)
    root: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise _FaultError(_line(event), "a second document begins")
        if isinstance(event, yaml.NodeEvent):
            root = _node(event, events, 1)
    return root


def _closed(events: Iterator[Any], lines: list[str]) -> Iterator[Any]:
    """Pass events on, and stop at a quote that is closed only by one of another entry."""
    for event in events:
        first, last = _line(event), event.end_mark.line
        if isinstance(event, yaml.ScalarEvent) and event.style in {"'", '"'} and first < last:
            inside = lines[first + 1 : last + 1]
            if any(line.strip() and _depth(line) <= _depth(lines[first]) for line in inside):
                raise _FaultError(first, "a quote is not closed")
        yield event


def _node(event: Any, events: Iterator[Any], depth: int) -> Node:
    line = _line(event) + 1
    if depth > _DEEPEST:
        raise _FaultError(line - 1, "nested too deep")
    if isinstance(event, yaml.AliasEvent):
        return RejectedNode(line, "an alias", str(event.anchor))
    inner = _inner(events, depth) if isinstance(event, yaml.CollectionStartEvent) else ()
    if event.anchor is not None or event.tag is not None:
        words = (event.anchor, event.tag, getattr(event, "value", None), *map(_words, inner))
        thing = "an anchor" if event.anchor is not None else "a tag"
        return RejectedNode(line, thing, " ".join(filter(None, words)))
    if isinstance(event, yaml.SequenceStartEvent):
        return ListNode(line, inner)
    if isinstance(event, yaml.MappingStartEvent):
        return MappingNode(line, tuple(zip(inner[::2], inner[1::2], strict=True)))
    plain = event.style in {None, ""}
    return ScalarNode(line, event.value, plain and event.value in {"", "~", "null", "Null", "NULL"})


def _words(node: Node) -> str:
    """Give every text below a node, with spaces between."""
    match node:
        case ListNode(nodes=nodes):
            return " ".join(map(_words, nodes))
        case MappingNode(pairs=pairs):
            return " ".join(_words(one) for pair in pairs for one in pair)
    return node.text


def _line(event: Any) -> int:
    return int(event.start_mark.line)


def _inner(events: Iterator[Any], depth: int) -> tuple[Node, ...]:
    nodes: list[Node] = []
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            break
        nodes.append(_node(event, events, depth + 1))
    return tuple(nodes)
