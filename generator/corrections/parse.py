"""The text of corrections.yml to what it says, with a message for each slip in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import resources

from generator.corrections import fields
from generator.corrections.documents import looks_like_withdrawn, read_documents
from generator.corrections.fields import InvalidValueError, make_problem, problem_from
from generator.corrections.names import MAPS, read_names
from generator.corrections.values import Corrections, DocumentCorrection, NameCorrections
from generator.corrections.yaml_tree import (
    ListNode,
    MappingNode,
    Node,
    RejectedNode,
    ScalarNode,
    SyntaxFault,
    parse_yaml_tree,
)
from generator.model import Problem

_SECTIONS = ("documents", "names")


def json_schema() -> bytes:
    """Give the JSON Schema of the file, by which editors complete and check it."""
    return resources.files("generator.corrections").joinpath("schema.json").read_bytes()


def parse_corrections(text: str) -> tuple[Corrections, tuple[Problem, ...]]:
    """Read the whole file; whatever stands in it, nothing is raised and no slip stops the rest.

    A withdrawal holds even when its entry has a slip. Where it cannot be told what is withdrawn,
    `unclear` names the lines: one that stands in a wrong place, or any fault of syntax in a file
    that withdraws something, because the fault can have taken the name of what was meant.
    """
    tree, faults = parse_yaml_tree(text)
    problems = [_unreadable(fault) for fault in faults]
    documents: tuple[DocumentCorrection, ...] = ()
    names = NameCorrections()
    for section, node in _sections(tree, problems):
        try:
            if section == "documents":
                read = tuple(read_documents(node))
                documents = tuple(one for one in read if isinstance(one, DocumentCorrection))
                problems += [one for one in read if isinstance(one, Problem)]
            else:
                names, found = read_names(node)
                problems += found
        except InvalidValueError as error:
            problems.append(problem_from(error))
    unclear = {fault.line for fault in faults} if faults and _withdraws(text) else set()
    unclear |= set(_withdrawals(tree)).difference(_clear(documents))
    return Corrections(documents, names, tuple(sorted(unclear))), tuple(
        sorted(problems, key=_by_line)
    )


def _clear(documents: Iterable[DocumentCorrection]) -> Iterator[int]:
    """Find the lines of which it is known what they withdraw or release."""
    for correction in documents:
        yield from (correction.withdrawn.line,) if correction.withdrawn else ()
        yield from (correction.release_line,) if correction.release_line else ()


def _withdrawals(node: Node | None) -> Iterator[int]:
    """Find every line where a withdrawal stands, also where it has no place."""
    if isinstance(node, RejectedNode) and _speaks_of_one(node.text):
        yield node.line
    elif isinstance(node, ListNode):
        for one in node.nodes:
            yield from _withdrawals(one)
    elif isinstance(node, MappingNode):
        for key, value in node.pairs:
            if isinstance(key, ScalarNode) and not _is_path(key.text) and _speaks_of_one(key.text):
                yield key.line
            if not isinstance(key, ScalarNode) or key.text not in MAPS:  # there it may be a name
                yield from (*_withdrawals(key), *_withdrawals(value))


def _withdraws(text: str) -> bool:
    return any(_speaks_of_one(line.partition("#")[0]) for line in text.splitlines())


def _is_path(text: str) -> bool:
    return "/" in text or re.search(r"\.\w+$", text) is not None


def _speaks_of_one(text: str) -> bool:
    return any(map(looks_like_withdrawn, re.split(r"\W+", text)))


def _sections(tree: Node | None, problems: list[Problem]) -> Iterator[tuple[str, Node]]:
    if tree is None:
        return
    seen: set[str] = set()
    try:
        for key, value in fields.mapping(tree):
            if key.text in _SECTIONS and key.text not in seen:
                yield key.text, value
            elif key.text in seen:
                hint = "Join the two"
                problems.append(make_problem(key.line, f"`{key.text}` stands here twice", hint))
            else:
                hint = fields.suggestion(key.text, _SECTIONS)
                message = f'"{key.text[:100]}" is no part of this file'
                problems.append(make_problem(key.line, message, hint))
            seen.add(key.text)
    except InvalidValueError as error:
        problems.append(problem_from(error))


def _unreadable(fault: SyntaxFault) -> Problem:
    lines = fault.text.count("\n") + 1
    what = "this line is" if lines == 1 else f"these {lines} lines are"
    tabs = fault.text.startswith("\t")
    hint = "quotes around the text often help" if not tabs else "indent with spaces, not with tabs"
    message = f"{what} no YAML ({fault.reason}); left out"
    return make_problem(fault.line, message, f"Mend it: {hint}", "W030")


def _by_line(problem: Problem) -> tuple[int, str]:
    return problem.line or 0, problem.message
