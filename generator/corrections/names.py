"""The part of corrections.yml about names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from generator.corrections import fields
from generator.corrections.fields import InvalidValueError, make_problem, problem_from
from generator.corrections.values import NameCorrections, NameEntry, SplitTarget
from generator.corrections.yaml_tree import MappingNode, Node
from generator.model import Problem, SeedPath

T = TypeVar("T")


def read_names(node: Node) -> tuple[NameCorrections, tuple[Problem, ...]]:
    """Read the six maps; an unknown one, or one that is written twice, is left out."""
    maps: dict[str, tuple[Any, ...]] = {}
    problems: list[Problem] = []
    for key, value in fields.mapping(node):
        name = key.text.replace("-", "_")
        if key.text not in MAPS:
            hint = fields.suggestion(key.text, MAPS)
            message = f'"{key.text[:100]}" is nothing one can do with names'
            problems.append(make_problem(key.line, message, hint))
        elif name in maps:
            problems.append(
                make_problem(key.line, f"`{key.text}` stands here twice; left out", "Join")
            )
        else:
            read = tuple(_tried(MAPS[key.text], value))
            problems += [one for one in read if isinstance(one, Problem)]
            maps[name] = tuple(one for one in read if not isinstance(one, Problem))
    merged = tuple(_untangled(maps.get("merge", ())))
    problems += [one for one in merged if isinstance(one, Problem)]
    maps["merge"] = tuple(one for one in merged if not isinstance(one, Problem))
    return NameCorrections(**maps), tuple(problems)


def _tried(read: Callable[[Node], Iterator[Any]], node: Node) -> Iterator[Any]:
    try:
        yield from read(node)
    except InvalidValueError as error:
        yield problem_from(error)


def _by_name(
    read: Callable[[Node], T],
) -> Callable[[Node], Iterator[NameEntry[T] | Problem]]:
    """Make a reader of a mapping whose keys are names; of two about one name the first counts."""

    def entries(node: Node) -> Iterator[NameEntry[T] | Problem]:
        seen: dict[str, int] = {}
        for key, value in fields.mapping(node):
            try:
                name = fields.one_line(key)
                entry = NameEntry(name, read(value), key.line)
            except InvalidValueError as error:
                yield problem_from(error)
                continue
            if name in seen:
                yield _twice(name, key.line, seen[name])
            else:
                yield entry
            seen.setdefault(name, key.line)

    return entries


def _several(node: Node) -> tuple[str, ...]:
    return _at_least_one(node, tuple(name.text for name in fields.list_of_lines(node)))


def _elsewhere(node: Node) -> tuple[str, ...]:
    found = dict.fromkeys(map(fields.same_as_url, fields.list_of_lines(node)))
    return _at_least_one(node, tuple(found))


def _at_least_one(node: Node, found: tuple[str, ...]) -> tuple[str, ...]:
    if not found:
        raise InvalidValueError(node.line, "here is nothing", "Write a list: [one, another]")
    return found


def _parts(node: Node) -> tuple[SplitTarget, ...]:
    """Read the parts of a split name; a document belongs to one of them."""
    parts: dict[str, SplitTarget] = {}
    given: dict[SeedPath, str] = {}
    for key, value in fields.mapping(node):
        name = fields.one_line(key)
        documents = _at_least_one(value, tuple(item.text for item in fields.list_of_lines(value)))
        paths = tuple(SeedPath(path.removeprefix("./")) for path in documents)
        for path in paths:
            if given.setdefault(path, name) != name or name in parts:
                message = f'"{path}" is given to "{name}" and to "{given[path]}"'
                raise InvalidValueError(key.line, message, "Name each part and document once")
        parts[name] = SplitTarget(name, paths, key.line)
    if not parts:
        raise InvalidValueError(
            node.line, "here is nothing", 'Write `"A name": [path, path]` lines'
        )
    return tuple(parts.values())


def _suppressed(node: Node) -> Iterator[NameEntry[None] | Problem]:
    if isinstance(node, MappingNode):
        raise InvalidValueError(node.line, "here is a mapping", "Write a list: [one, another]")
    seen: dict[str, int] = {}
    for name in fields.list_of_lines(node):
        if seen.setdefault(name.text, name.line) == name.line:
            yield NameEntry(name.text, None, name.line)


def _untangled(entries: tuple[NameEntry[tuple[str, ...]], ...]) -> Iterator[Any]:
    """Take out what would merge a name into two others, or round in a circle."""
    into: dict[str, str] = {}
    for entry in entries:
        kept: list[str] = []
        for alias in entry.value:
            if alias in into:
                yield make_problem(
                    entry.line,
                    f'"{alias}" is merged into "{into[alias]}" already; left out here',
                    "Keep one of the two",
                )
            elif _root(into, entry.name) == alias:
                message = f'"{alias}" would be merged into itself; left out'
                yield make_problem(entry.line, message, "Keep one direction")
            else:
                into[alias] = entry.name
                kept.append(alias)
        if kept:
            yield NameEntry(entry.name, tuple(kept), entry.line)


def _root(into: dict[str, str], name: str) -> str:
    """Follow merges to the name that stays; halving the way keeps long chains cheap."""
    while name in into:
        into[name] = name = into.get(into[name], into[name])
    return name


def _twice(name: str, line: int, first: int) -> Problem:
    return make_problem(
        line, f'"{name}" stands here a second time; left out', f"Line {first} counts"
    )


MAPS: dict[str, Callable[[Node], Iterator[Any]]] = {
    "merge": _by_name(_several),
    "split": _by_name(_parts),
    "rename": _by_name(fields.one_line),
    "kind": _by_name(fields.kind),
    "suppress": _suppressed,
    "same-as": _by_name(_elsewhere),
}
