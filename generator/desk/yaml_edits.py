"""Edits of a YAML text that leave all other lines as the person wrote them."""

from __future__ import annotations

import datetime
import difflib
import io
import re
from collections.abc import Iterator, Mapping, MutableMapping, MutableSequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from generator.desk.edits import DecisionError, Value, YamlEdit
from generator.desk.yaml_parts import find_part
from generator.model import composed

_WIDTH = 1_000_000
"""Columns after which the library wraps a line: no line is so long."""

NEW_FILE = "# yaml-language-server: $schema=../.seedbed/corrections.schema.json\n"
"""The first line of a file that did not exist."""


def apply_edit(text: str, edit: YamlEdit) -> str:
    """Return a YAML text after an edit; lines that it does not concern keep every character.

    Raises DecisionError if the text is not valid YAML, or has something else where the edit is.
    """
    if text.count("\r\n") == text.count("\n") > 0:  # the library has line feeds only
        return apply_edit(text.replace("\r\n", "\n"), edit).replace("\n", "\r\n")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    before = text.removeprefix("\ufeff") or NEW_FILE
    return mark + (_edit_part(before, edit) or edit_whole(before, edit))


def _edit_part(text: str, edit: YamlEdit) -> str | None:
    """Return the text after an edit of the lines that it concerns; None if all must be read."""
    part = find_part(text, edit.path)
    return part.replaced(edit_whole(part.text, edit)) if part else None


def edit_whole(text: str, edit: YamlEdit) -> str:
    """Return the text after an edit by the library, which reads all of it."""
    tree = _load(text)
    unchanged = _dump(tree) if tree else text
    tree = CommentedMap() if tree is None else tree
    _set(tree, edit)
    return _keep_lines(text, unchanged, _with_heading(text, tree))


def _with_heading(before: str, tree: CommentedMap) -> str:
    """Return the YAML of a tree; a text that had comments alone keeps them above it."""
    is_new = all(line.startswith("#") or not line.strip() for line in before.splitlines())
    return (before if is_new else "") + _dump(tree)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)  # so that an item is deeper than its list's key
    return yaml


def _load(text: str) -> CommentedMap | None:
    try:
        tree = _yaml().load(text)
    except (YAMLError, RecursionError) as error:  # the latter for thousands of brackets
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise DecisionError(f"corrections.yml is not valid YAML{where}; mend it first") from error
    if tree is not None and not isinstance(tree, CommentedMap):
        raise DecisionError("corrections.yml is not a mapping; mend it first")
    return tree


def _dump(tree: CommentedMap) -> str:
    target = io.StringIO()
    _yaml().dump(tree, target)
    return target.getvalue()


def _set(tree: CommentedMap, edit: YamlEdit) -> None:
    *parents, last = edit.path
    for key in parents:
        tree = _child(tree, key)
    if edit.action == "set":
        tree[last] = _date(edit.value) if last == "date" else _node(edit.value)
        return
    items = tree.get(last)
    if isinstance(items, str):
        items = tree[last] = CommentedSeq([items])
    if items is None:
        items = tree[last] = CommentedSeq()
        items.fa.set_flow_style()
    if not isinstance(items, MutableSequence) or not isinstance(edit.value, tuple):
        raise DecisionError(f'"{last}" is not a list in corrections.yml; mend it first')
    items.extend(value for value in edit.value if value not in items)


def _child(tree: CommentedMap, key: str) -> CommentedMap:
    key = next((own for own in tree if composed(str(own)) == composed(key)), key)
    child: Any = tree.get(key)
    if child is None:
        child = tree[key] = CommentedMap()
    if not isinstance(child, MutableMapping):
        raise DecisionError(f'"{key}" is not a mapping in corrections.yml; mend it first')
    return child  # type: ignore[return-value]


def _node(value: Value) -> Any:
    if isinstance(value, tuple):
        items = CommentedSeq(value)
        items.fa.set_flow_style()
        return items
    if isinstance(value, Mapping):
        dates = {key: _date(text) for key, text in value.items() if key == "date"}
        return CommentedMap({**value, **dates})
    return value


def _date(value: Value) -> Any:
    """Return a date as a value that the library writes without quotes; other values unchanged."""
    if isinstance(value, str) and re.fullmatch(r"[1-9]\d{3}", value):
        return int(value)
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        return value


def _keep_lines(text: str, unchanged: str, changed: str) -> str:
    """Return `changed` with the lines of `text` where it equals `unchanged`.

    Both are what the library writes, which may differ from the text in spaces.
    """
    own, before, after = (words.splitlines(keepends=True) for words in (text, unchanged, changed))
    if len(own) != len(before):
        return changed
    lines: list[str] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag == "equal":
            lines += own[first:last]
        else:
            new = _indented(after[new_first:new_last], own[:last], before[:last])
            lines += (re.sub(r"\r?\n", _line_end(text), line) for line in new)
    return "".join(_closed(lines, _line_end(text)))


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _closed(lines: list[str], end: str) -> Iterator[str]:
    """Yield lines; one that was the last of its file without a line end gets one."""
    for number, line in enumerate(lines, start=1):
        is_open = number < len(lines) and not line.endswith(("\n", "\r"))
        yield line + end if is_open else line


def _indented(new: list[str], own: list[str], written: list[str]) -> Iterator[str]:
    """Yield new lines, indented as the person indents what is above them.

    `own` are the lines above as the person wrote them, `written` as the library does.
    """
    own, written = list(own), list(written)
    for line in new:
        depth = _depth(line)
        margin = next(
            (
                _depth(mine) + depth - _depth(other)
                for mine, other in zip(reversed(own), reversed(written), strict=True)
                if _is_content(other) and _depth(other) <= depth
            ),
            depth,
        )
        indented = " " * margin + line.lstrip(" ")
        own.append(indented)
        written.append(line)
        yield indented


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
