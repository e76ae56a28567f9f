"""The text of corrections.yml to what it says, with a message for each slip in it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from generator.linking.corrections import readers
from generator.linking.corrections.documents import read_documents
from generator.linking.corrections.names import read_names
from generator.linking.corrections.readers import MalformedError, malformed, problem
from generator.linking.corrections.tree import Fault, Node, read_tree
from generator.linking.corrections.values import Corrections, DocumentCorrection, NameCorrections
from generator.model import Problem

_SECTIONS = ("documents", "names")


def schema() -> bytes:
    """Give the JSON Schema of the file, by which editors complete and check it."""
    return resources.files("generator.linking.corrections").joinpath("schema.json").read_bytes()


def read_corrections(text: str) -> tuple[Corrections, tuple[Problem, ...]]:
    """Read the whole file; whatever stands in it, nothing is raised and no slip stops the rest.

    A withdrawal holds even when its entry has a slip. Where lines cannot be read at all and
    speak of one, `unclear` names them.
    """
    tree, faults = read_tree(text)
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
        except MalformedError as error:
            problems.append(malformed(error))
    unclear = tuple(fault.line for fault in faults if "withdraw" in fault.lost.casefold())
    return Corrections(documents, names, unclear), tuple(sorted(problems, key=_by_line))


def _sections(tree: Node | None, problems: list[Problem]) -> Iterator[tuple[str, Node]]:
    if tree is None:
        return
    seen: set[str] = set()
    try:
        for key, value in readers.pairs(tree):
            if key.text in _SECTIONS and key.text not in seen:
                yield key.text, value
            elif key.text in seen:
                hint = "Join the two"
                problems.append(problem(key.line, f"`{key.text}` stands here twice", hint))
            else:
                hint = readers.near(key.text, _SECTIONS)
                message = f'"{key.text[:100]}" is no part of this file'
                problems.append(problem(key.line, message, hint))
            seen.add(key.text)
    except MalformedError as error:
        problems.append(malformed(error))


def _unreadable(fault: Fault) -> Problem:
    lines = fault.lost.count("\n") + 1
    what = "this line is" if lines == 1 else f"these {lines} lines are"
    return problem(
        fault.line,
        f"{what} no YAML ({fault.reason}); left out",
        "Mend it: quotes around the text often help",
        "W030",
    )


def _by_line(problem: Problem) -> tuple[int, str]:
    return problem.line or 0, problem.message
