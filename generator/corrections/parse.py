"""Parser of corrections.yml: from its text to corrections, with a message for each error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import NamedTuple

from generator.corrections import fields
from generator.corrections.documents import looks_like_withdrawn, read_documents
from generator.corrections.fields import InvalidValueError, make_problem, problem_from, separate
from generator.corrections.names import MAPS, read_names
from generator.corrections.structure import read_structure
from generator.corrections.values import (
    Corrections,
    DocumentCorrection,
    NameCorrections,
    StructureEntry,
)
from generator.corrections.yaml_tree import (
    ListNode,
    MappingNode,
    Node,
    RejectedNode,
    ScalarNode,
    SyntaxFault,
    parse_yaml_tree,
)
from generator.model import Parsed, Problem

_SECTIONS = ("documents", "structure", "names")


def json_schema() -> bytes:
    """Return the JSON Schema of the file, with which editors complete and check it."""
    return resources.files("generator.corrections").joinpath("schema.json").read_bytes()


def parse_corrections(text: str) -> Parsed[Corrections]:
    """Return the corrections in a text, and what is wrong in it, by line.

    No text raises an error, and no error in an entry affects the others. A withdrawal holds even
    if its entry has an error. `unclear_lines` has the lines of withdrawals of which it is unknown
    what they withdraw: those in a wrong position and, in a file that withdraws something, all
    faults of syntax, because such a fault can have swallowed the name of the document.
    """
    tree, faults = parse_yaml_tree(text)
    problems = [_fault_problem(fault) for fault in faults]
    documents: tuple[DocumentCorrection, ...] = ()
    structure: tuple[StructureEntry, ...] = ()
    names = NameCorrections()
    sections, key_problems = separate(_sections(tree))
    problems += key_problems
    for section in sections:
        section_problems: tuple[Problem, ...]
        try:
            if section.name == "documents":
                documents, section_problems = separate(read_documents(section.node))
            elif section.name == "structure":
                structure, section_problems = separate(read_structure(section.node))
            else:
                names, section_problems = read_names(section.node)
            problems += section_problems
        except InvalidValueError as error:
            problems.append(problem_from(error))
    unclear = {fault.line for fault in faults} if faults and _mentions_withdrawal(text) else set()
    unclear |= set(_withdrawal_lines(tree)).difference(_known_withdrawal_lines(documents))
    problems.sort(key=lambda problem: (problem.line or 0, problem.message))
    corrections = Corrections(documents, names, structure, tuple(sorted(unclear)))
    return Parsed(corrections, tuple(problems))


def _known_withdrawal_lines(documents: Iterable[DocumentCorrection]) -> Iterator[int]:
    """Yield the lines of which it is known what they withdraw or release."""
    for correction in documents:
        if correction.withdrawn:
            yield correction.withdrawn.line
        if correction.release_line:
            yield correction.release_line


def _withdrawal_lines(node: Node | None) -> Iterator[int]:
    """Yield every line with a withdrawal, also in a position where none is allowed."""
    if isinstance(node, RejectedNode) and _has_word_withdrawn(node.text):
        yield node.line
    elif isinstance(node, ListNode):
        for item in node.nodes:
            yield from _withdrawal_lines(item)
    elif isinstance(node, MappingNode):
        for key, value in node.pairs:
            name = key.text if isinstance(key, ScalarNode) else None
            if name and not _is_path(name) and _has_word_withdrawn(name):
                yield key.line
            # Below the keys of `names`, the word may be part of a name.
            if name not in MAPS:
                yield from (*_withdrawal_lines(key), *_withdrawal_lines(value))


def _mentions_withdrawal(text: str) -> bool:
    return any(_has_word_withdrawn(line.partition("#")[0]) for line in text.splitlines())


def _is_path(text: str) -> bool:
    return "/" in text or re.search(r"\.\w+$", text) is not None


def _has_word_withdrawn(text: str) -> bool:
    return any(map(looks_like_withdrawn, re.split(r"\W+", text)))


class _Section(NamedTuple):
    name: str
    node: Node


def _sections(tree: Node | None) -> Iterator[_Section | Problem]:
    """Yield the sections of the file, and what is wrong with their keys."""
    if tree is None:
        return
    seen: set[str] = set()
    try:
        for key, value in fields.mapping(tree):
            if key.text in seen:
                message = f"`{key.text}` is given twice; this one is left out"
                yield make_problem(key.line, message, "Join the two")
            elif key.text in _SECTIONS:
                yield _Section(key.text, value)
            else:
                hint = fields.suggestion(key.text, _SECTIONS)
                yield make_problem(key.line, f'unknown section "{key.text[:100]}"', hint)
            seen.add(key.text)
    except InvalidValueError as error:
        yield problem_from(error)


def _fault_problem(fault: SyntaxFault) -> Problem:
    lines = fault.text.count("\n") + 1
    subject = "this line is" if lines == 1 else f"these {lines} lines are"
    has_tab = fault.text.startswith("\t")
    hint = "indent with spaces, not with tabs" if has_tab else "quotes around the text often help"
    message = f"{subject} not valid YAML ({fault.reason}); left out"
    return make_problem(fault.line, message, f"Correct it: {hint}", "W030")
