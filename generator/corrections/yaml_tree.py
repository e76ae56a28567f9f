"""YAML as a tree of plain texts with line numbers, tolerant of syntax errors.

Only the events of PyYAML are used: no object is constructed, no alias is followed, no tag is
resolved, and nothing that is nested deeper than our format is read. A syntax error costs only the
lines of its own entry: they are emptied and the rest is parsed again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
import yaml

_MAX_DEPTH = 8
"""Most levels of nesting; our format has five."""

_MAX_FAULTS = 10
"""Most syntax errors of a file that is read: after each it is parsed again."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_EXTRA_BREAKS = str.maketrans("\x85\u2028\u2029", "   ")
"""Line breaks in YAML, but not in editors: line numbers must be those that editors show."""

# The set of all others would take ten times as long to compile.
_UNPRINTABLE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


class ScalarNode(msgspec.Struct, frozen=True):
    """A value as it is written, without quotes."""

    line: int
    text: str
    is_empty: bool
    """Whether there is no value: `key:`, `key: ~` or `key: null`."""


class ListNode(msgspec.Struct, frozen=True):
    """A list."""

    line: int
    nodes: tuple[Node, ...]


class MappingNode(msgspec.Struct, frozen=True):
    """A mapping in the order of the file; keys can be repeated."""

    line: int
    pairs: tuple[tuple[Node, Node], ...]


class RejectedNode(msgspec.Struct, frozen=True):
    """A feature of YAML that is not supported: an alias, an anchor or a tag."""

    line: int
    description: str
    """`an alias`, `an anchor` or `a tag`."""
    text: str
    """Its name, and all text in it."""


Node = ScalarNode | ListNode | MappingNode | RejectedNode


class SyntaxFault(msgspec.Struct, frozen=True):
    """Lines that are not valid YAML: the first, why, and their text, which is not read."""

    line: int
    reason: str
    text: str


class _FaultError(Exception):
    """Valid YAML that cannot be meant: in which line, from 0, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def yaml_quoted(text: str) -> str:
    """Return a text in quotes, as YAML."""
    return json.dumps(text, ensure_ascii=False)


class ParsedTree(NamedTuple):
    """The tree of a YAML text, and its syntax errors."""

    root: Node | None
    """None if the text is empty or nothing of it could be read."""
    faults: tuple[SyntaxFault, ...]


def parse_yaml_tree(text: str) -> ParsedTree:
    """Return the tree of a YAML text, None if it is empty, and its syntax errors; never raise."""
    lines = text.translate(_EXTRA_BREAKS).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines[0] = lines[0].removeprefix("\ufeff")
    lines = [line if line.strip() else "" for line in lines]
    faults: list[SyntaxFault] = []
    for index, line in enumerate(lines):
        if _UNPRINTABLE.search(line):
            faults.append(_drop(lines, index, "an invalid character"))
    for _ in range(_MAX_FAULTS):
        try:
            return ParsedTree(_document(lines), tuple(faults))
        except yaml.MarkedYAMLError as error:
            faults.append(_drop(lines, _fault_line(error), error.problem or "invalid YAML"))
        except _FaultError as error:
            faults.append(_drop(lines, error.line, str(error)))
    fault = SyntaxFault(1, "too many errors; nothing is read", "\n".join(lines))
    return ParsedTree(None, (*faults, fault))


def _fault_line(error: yaml.MarkedYAMLError) -> int:
    """Return the line of an error: for a quote or bracket that is never closed, where it opens."""
    opened = re.search("quoted|flow", error.context or "")
    mark = error.context_mark if opened and error.context_mark else error.problem_mark
    return mark.line if mark else 0


def _drop(lines: list[str], index: int, reason: str) -> SyntaxFault:
    """Empty a line and the lines below that are indented deeper."""
    index = next((i for i in range(min(index, len(lines) - 1), -1, -1) if lines[i].strip()), -1)
    if index < 0:
        index = next((i for i, line in enumerate(lines) if line.strip()), 0)
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
    """Return the first document of a YAML stream, which must be the only one."""
    events = _with_closed_quotes(yaml.parse("\n".join(lines), Loader=_LOADER), lines)
    root: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise _FaultError(_line(event), "a second document begins")
        if isinstance(event, yaml.NodeEvent):
            root = _node(event, events, 1)
    return root


def _with_closed_quotes(events: Iterator[Any], lines: list[str]) -> Iterator[Any]:
    """Yield the events; raise at a quote that is closed only by a quote of another entry."""
    for event in events:
        first, last = _line(event), event.end_mark.line
        if isinstance(event, yaml.ScalarEvent) and event.style in {"'", '"'} and first < last:
            inside = lines[first + 1 : last + 1]
            if any(line.strip() and _depth(line) <= _depth(lines[first]) for line in inside):
                raise _FaultError(first, "a quote is not closed")
        yield event


def _node(event: Any, events: Iterator[Any], depth: int) -> Node:
    line = _line(event) + 1
    if depth > _MAX_DEPTH:
        raise _FaultError(line - 1, "nested too deeply")
    if isinstance(event, yaml.AliasEvent):
        return RejectedNode(line, "an alias", str(event.anchor))
    children = _children(events, depth) if isinstance(event, yaml.CollectionStartEvent) else ()
    if event.anchor is not None or event.tag is not None:
        words = (event.anchor, event.tag, getattr(event, "value", None), *map(_all_text, children))
        description = "an anchor" if event.anchor is not None else "a tag"
        return RejectedNode(line, description, " ".join(filter(None, words)))
    if isinstance(event, yaml.SequenceStartEvent):
        return ListNode(line, children)
    if isinstance(event, yaml.MappingStartEvent):
        return MappingNode(line, tuple(zip(children[::2], children[1::2], strict=True)))
    plain = event.style in {None, ""}
    return ScalarNode(line, event.value, plain and event.value in {"", "~", "null", "Null", "NULL"})


def _all_text(node: Node) -> str:
    """Return all text in a node, separated by spaces."""
    match node:
        case ListNode(nodes=nodes):
            return " ".join(map(_all_text, nodes))
        case MappingNode(pairs=pairs):
            return " ".join(_all_text(child) for pair in pairs for child in pair)
    return node.text


def _line(event: Any) -> int:
    return int(event.start_mark.line)


def _children(events: Iterator[Any], depth: int) -> tuple[Node, ...]:
    nodes: list[Node] = []
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            break
        nodes.append(_node(event, events, depth + 1))
    return tuple(nodes)
