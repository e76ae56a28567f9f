"""The section `names` of corrections.yml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from generator.corrections import fields
from generator.corrections.fields import (
    LIST_HINT,
    InvalidValueError,
    duplicate_entry,
    make_problem,
    problem_from,
    separate,
)
from generator.corrections.values import (
    MentionCorrection,
    NameCorrections,
    NameEntry,
    ParagraphPath,
    SplitTarget,
)
from generator.corrections.yaml_tree import MappingNode, Node, ScalarNode
from generator.model import Parsed, Problem, SeedPath
from generator.text.union_find import find_root

T = TypeVar("T")

NOBODY = "nobody"
"""The meaning of words that are not a name."""

_PARAGRAPH = re.compile(r"p-[0-9a-f]{8}(?:-[1-9]\d*)?")


def read_names(node: Node) -> Parsed[NameCorrections]:
    """Read the seven maps, and what is wrong in them.

    An unknown map is left out, and so is the second of two with the same key.
    """
    maps: dict[str, tuple[Any, ...]] = {}
    problems: list[Problem] = []
    for key, value in fields.mapping(node):
        name = key.text.replace("-", "_")
        if key.text not in MAPS:
            message = f'unknown key "{key.text[:100]}" below `names`'
            problems.append(make_problem(key.line, message, fields.suggestion(key.text, MAPS)))
        elif name in maps:
            message = f"`{key.text}` is given twice; this one is left out"
            problems.append(make_problem(key.line, message, "Join the two"))
        else:
            maps[name], map_problems = separate(_with_error(MAPS[key.text], value))
            problems += map_problems
    maps["mentions"] = (*_split_mentions(maps.get("split", ())), *maps.get("mentions", ()))
    maps["merge"], map_problems = separate(_without_conflicts(maps.get("merge", ())))
    return Parsed(NameCorrections(**maps), (*problems, *map_problems))


def _with_error(read: Callable[[Node], Iterator[Any]], node: Node) -> Iterator[Any]:
    """Yield what a reader yields, and its error if it rejects the whole map."""
    try:
        yield from read(node)
    except InvalidValueError as error:
        yield problem_from(error)


def _by_name(
    read: Callable[[Node], T],
) -> Callable[[Node], Iterator[NameEntry[T] | Problem]]:
    """Return a reader of a mapping from names to values that `read` returns.

    Of two entries about one name the first is used.
    """

    def entries(node: Node) -> Iterator[NameEntry[T] | Problem]:
        first_lines: dict[str, int] = {}
        for key, value in fields.mapping(node):
            try:
                name = fields.one_line(key)
                entry = NameEntry(name, read(value), key.line)
            except InvalidValueError as error:
                yield problem_from(error)
                continue
            if name in first_lines:
                yield duplicate_entry(name, key.line, first_lines[name])
            else:
                yield entry
            first_lines.setdefault(name, key.line)

    return entries


def _texts(node: Node) -> tuple[str, ...]:
    return _at_least_one(node, tuple(text.text for text in fields.list_of_lines(node)))


def _urls(node: Node) -> tuple[str, ...]:
    urls = dict.fromkeys(map(fields.same_as_url, fields.list_of_lines(node)))
    return _at_least_one(node, tuple(urls))


def _at_least_one(node: Node, texts: tuple[str, ...]) -> tuple[str, ...]:
    if not texts:
        raise InvalidValueError(node.line, "this list is empty", LIST_HINT)
    return texts


def _split_targets(node: Node) -> tuple[SplitTarget, ...]:
    """Return the parts of a split name; a document or a paragraph belongs to one of them."""
    targets: dict[str, SplitTarget] = {}
    owners: dict[str, str] = {}
    for key, value in fields.mapping(node):
        name = fields.one_line(key)
        paths = tuple(path.removeprefix("./") for path in _texts(value))
        for path in paths:
            if owners.setdefault(path, name) != name or name in targets:
                message = f'"{path}" is assigned to "{name}" and to "{owners[path]}"'
                raise InvalidValueError(key.line, message, "Name each part and document once")
        paragraphs = {path: _paragraph_path(path) for path in paths}
        targets[name] = SplitTarget(
            name,
            tuple(SeedPath(path) for path, paragraph in paragraphs.items() if paragraph is None),
            key.line,
            paragraphs=tuple(filter(None, paragraphs.values())),
        )
    if not targets:
        hint = 'Write `"A name": [path, path]` lines'
        raise InvalidValueError(node.line, "this split has no parts", hint)
    return tuple(targets.values())


def _paragraph_path(path: str) -> ParagraphPath | None:
    """Return the paragraph that `letters/a.txt#p-5f605266` names; None for a whole document."""
    source, _, paragraph = path.rpartition("#")
    return ParagraphPath(SeedPath(source), paragraph) if _PARAGRAPH.fullmatch(paragraph) else None


def _split_mentions(
    entries: Iterable[NameEntry[tuple[SplitTarget, ...]]],
) -> Iterator[MentionCorrection]:
    """Yield the mentions of split names that are assigned by paragraph."""
    for entry in entries:
        for target in entry.value:
            for path in target.paragraphs:
                yield MentionCorrection(
                    path.source, path.paragraph, entry.name, target.name, target.line, entry.name
                )


def _mentions(node: Node) -> Iterator[MentionCorrection | Problem]:
    """Yield the corrected mentions of each document, by paragraph and words."""
    for path, paragraphs in fields.mapping(node):
        try:
            source = fields.seed_path(path)
            for paragraph, meanings in fields.mapping(paragraphs):
                yield from _mentions_in(source, paragraph, meanings)
        except InvalidValueError as error:
            yield problem_from(error)


def _mentions_in(
    source: SeedPath, paragraph: ScalarNode, meanings: Node
) -> Iterator[MentionCorrection | Problem]:
    if not _PARAGRAPH.fullmatch(paragraph.text):
        message = f'"{paragraph.text[:100]}" is not the id of a paragraph; left out'
        hint = "Write the end of its address, from the ¶ beside it: p-5f605266"
        yield make_problem(paragraph.line, message, hint)
        return
    for words, name in fields.mapping(meanings):
        try:
            means = fields.optional_line(name)
            text = fields.one_line(words)
        except InvalidValueError as error:
            yield problem_from(error)
            continue
        if means is not None and means.casefold() == NOBODY:
            means = None
        yield MentionCorrection(source, paragraph.text, text, means, words.line)


def _suppressed(node: Node) -> Iterator[NameEntry[None] | Problem]:
    if isinstance(node, MappingNode):
        raise InvalidValueError(node.line, "this is a mapping, not a list", LIST_HINT)
    yield from (NameEntry(name.text, None, name.line) for name in fields.list_of_lines(node))


def _without_conflicts(entries: tuple[NameEntry[tuple[str, ...]], ...]) -> Iterator[Any]:
    """Yield the merges without those of a name into two others or into itself, and problems."""
    targets: dict[str, str] = {}
    """For each merged name, the name into which it is merged."""
    for entry in entries:
        aliases: list[str] = []
        for alias in entry.value:
            if alias in targets:
                message = f'"{alias}" is already merged into "{targets[alias]}"; left out here'
                yield make_problem(entry.line, message, "Keep one of the two")
            elif find_root(targets, entry.name) == alias:
                message = f'"{alias}" would be merged into itself; left out'
                yield make_problem(entry.line, message, "Keep one direction")
            else:
                targets[alias] = entry.name
                aliases.append(alias)
        if aliases:
            yield NameEntry(entry.name, tuple(aliases), entry.line)


MAPS: dict[str, Callable[[Node], Iterator[Any]]] = {
    "merge": _by_name(_texts),
    "split": _by_name(_split_targets),
    "rename": _by_name(fields.one_line),
    "kind": _by_name(fields.kind),
    "suppress": _suppressed,
    "same-as": _by_name(_urls),
    "mentions": _mentions,
}
