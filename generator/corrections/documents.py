"""The part of corrections.yml about documents."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from typing import Any

from generator.corrections import fields as fields_module
from generator.corrections.fields import InvalidValueError, make_problem, problem_from
from generator.corrections.values import FILE, DocumentCorrection
from generator.corrections.yaml_tree import Node, ScalarNode
from generator.model import Extracted, Problem, SeedPath, Withdrawal


def read_documents(node: Node) -> Iterator[DocumentCorrection | Problem]:
    """Read the mapping from paths to what is said of them; of two about one path the first."""
    seen: dict[SeedPath, int] = {}
    for key, value in fields_module.mapping(node):
        try:
            path = fields_module.seed_path(key)
        except InvalidValueError as error:
            yield problem_from(error)
            continue
        said = tuple(_said(value))
        yield from (one for one in said if isinstance(one, Problem))
        fields = dict(one for one in said if not isinstance(one, Problem))
        if path in seen:
            hint = f"Line {seen[path]} counts"
            yield make_problem(key.line, f'"{path}" stands here a second time; left out', hint)
            # What is withdrawn anywhere stays withdrawn.
            fields = {name: fields[name] for name in fields if name == "withdrawn"}
        if path not in seen or fields:
            yield DocumentCorrection(path, key.line, **fields)
        seen.setdefault(path, key.line)


def _said(node: Node) -> Iterator[tuple[str, Any] | Problem]:
    """Read the fields of one document: pairs of a name and a value, and what is wrong."""
    seen: set[str] = set()
    try:
        fields = tuple(fields_module.mapping(node))
    except InvalidValueError as error:
        yield problem_from(error)
        for one in fields_module.scalar_texts(node):
            if looks_like_withdrawn(one.text):
                yield from _withdrawn(one, one)
        return
    for key, value in fields:
        name = (
            key.text
            if key.text in _FIELDS
            else "withdrawn"
            if looks_like_withdrawn(key.text)
            else ""
        )
        if name != key.text:
            hint = fields_module.suggestion(key.text, _FIELDS)
            yield make_problem(key.line, f'"{key.text[:100]}" is nothing one can correct', hint)
        if name == "withdrawn":
            yield from _withdrawn(key, value)
        elif name and name in seen:
            yield make_problem(key.line, f"`{name}` stands here twice; left out", "Keep one")
        elif name:
            try:
                yield name, _FIELDS[name](value)
            except InvalidValueError as error:
                yield problem_from(error)
        seen.add(name)


def looks_like_withdrawn(word: str) -> bool:
    """Tell whether a word means `withdrawn`, with a slip in it too."""
    letters = re.sub("[^a-z]", "", word[:100].casefold())
    if not 7 <= len(letters) <= 11:
        return False
    return bool(difflib.get_close_matches(letters, ("withdrawn",), cutoff=0.75))


def _is_false(node: Node) -> bool:
    """Tell whether a value says that a document is not withdrawn."""
    return isinstance(node, ScalarNode) and node.text.casefold() == "false"


def _withdrawn(key: ScalarNode, node: Node) -> Iterator[tuple[str, Withdrawal | int] | Problem]:
    """Read why and when; whatever is wrong there, the document is withdrawn.

    Only `false` says that it is not: then it is shown, even as a copy of a withdrawn one.
    """
    if _is_false(node):
        yield "release_line", key.line
        return
    said = {"reason": "", "date": ""}
    try:
        for field, value in fields_module.mapping(node):
            try:
                said[field.text] = _WITHDRAWAL[field.text](value)
            except InvalidValueError as error:
                yield problem_from(error)
            except KeyError:
                hint = fields_module.suggestion(field.text, _WITHDRAWAL)
                message = f'"{field.text[:100]}" is nothing one can say here'
                yield make_problem(field.line, message, hint)
    except InvalidValueError as error:
        yield make_problem(
            error.line, error.message, 'Write `withdrawn: {reason: "...", date: ...}`'
        )
    if not said["reason"]:
        message = "this document is withdrawn, and no reason can be shown"
        yield make_problem(node.line, message, 'Write `withdrawn: {reason: "...", date: ...}`')
    yield "withdrawn", Withdrawal(said["reason"], said["date"], key.line)


def _found(read: Callable[[Node], str]) -> Callable[[Node], Extracted[str]]:
    return lambda node: Extracted(read(node), FILE, node.line)


def _authors(node: Node) -> tuple[Extracted[str], ...]:
    return tuple(
        Extracted(name.text, FILE, name.line) for name in fields_module.list_of_lines(node)
    )


_FIELDS: dict[str, Callable[[Node], Any]] = {
    "title": _found(fields_module.one_line),
    "authors": _authors,
    "date": _found(fields_module.edtf_date),
    "language": _found(fields_module.language),
    "section": _found(fields_module.optional_line),
    "withdrawn": lambda node: node,
}
_WITHDRAWAL: dict[str, Callable[[Node], str]] = {
    "reason": fields_module.one_line,
    "date": fields_module.edtf_date,
}
