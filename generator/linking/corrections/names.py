"""The part of corrections.yml about names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from generator.linking.corrections import readers
from generator.linking.corrections.readers import MalformedError, malformed, problem
from generator.linking.corrections.tree import Node, Pairs
from generator.linking.corrections.values import Entry, NameCorrections, Part
from generator.model import Problem, SeedPath

T = TypeVar("T")


def read_names(node: Node) -> tuple[NameCorrections, tuple[Problem, ...]]:
    """Read the six maps; an unknown one, or one that is written twice, is left out."""
    maps: dict[str, tuple[Any, ...]] = {}
    problems: list[Problem] = []
    for key, value in readers.pairs(node):
        name = key.text.replace("-", "_")
        if key.text not in MAPS:
            hint = readers.near(key.text, MAPS)
            message = f'"{key.text[:100]}" is nothing one can do with names'
            problems.append(problem(key.line, message, hint))
        elif name in maps:
            problems.append(problem(key.line, f"`{key.text}` stands here twice; left out", "Join"))
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
    except MalformedError as error:
        yield malformed(error)


def _by_name(
    read: Callable[[Node], T],
) -> Callable[[Node], Iterator[Entry[T] | Problem]]:
    """Make a reader of a mapping whose keys are names; of two about one name the first counts."""

    def entries(node: Node) -> Iterator[Entry[T] | Problem]:
        seen: dict[str, int] = {}
        for key, value in readers.pairs(node):
            try:
                name = readers.words(key)
                entry = Entry(name, read(value), key.line)
            except MalformedError as error:
                yield malformed(error)
                continue
            if name in seen:
                yield _twice(name, key.line, seen[name])
            else:
                yield entry
            seen.setdefault(name, key.line)

    return entries


def _several(node: Node) -> tuple[str, ...]:
    return _at_least_one(node, tuple(name.text for name in readers.listed(node)))


def _elsewhere(node: Node) -> tuple[str, ...]:
    found = dict.fromkeys(map(readers.elsewhere, readers.listed(node)))
    return _at_least_one(node, tuple(found))


def _at_least_one(node: Node, found: tuple[str, ...]) -> tuple[str, ...]:
    if not found:
        raise MalformedError(node.line, "here is nothing", "Write a list: [one, another]")
    return found


def _parts(node: Node) -> tuple[Part, ...]:
    """Read the parts of a split name; a document belongs to one of them."""
    parts: dict[str, Part] = {}
    given: dict[SeedPath, str] = {}
    for key, value in readers.pairs(node):
        name = readers.words(key)
        documents = _at_least_one(value, tuple(item.text for item in readers.listed(value)))
        paths = tuple(SeedPath(path.removeprefix("./")) for path in documents)
        for path in paths:
            if given.setdefault(path, name) != name or name in parts:
                message = f'"{path}" is given to "{name}" and to "{given[path]}"'
                raise MalformedError(key.line, message, "Name each part and document once")
        parts[name] = Part(name, paths, key.line)
    if not parts:
        raise MalformedError(node.line, "here is nothing", 'Write `"A name": [path, path]` lines')
    return tuple(parts.values())


def _suppressed(node: Node) -> Iterator[Entry[None] | Problem]:
    if isinstance(node, Pairs):
        raise MalformedError(node.line, "here is a mapping", "Write a list: [one, another]")
    seen: dict[str, int] = {}
    for name in readers.listed(node):
        if seen.setdefault(name.text, name.line) == name.line:
            yield Entry(name.text, None, name.line)


def _untangled(entries: tuple[Entry[tuple[str, ...]], ...]) -> Iterator[Any]:
    """Take out what would merge a name into two others, or round in a circle."""
    into: dict[str, str] = {}
    for entry in entries:
        kept: list[str] = []
        for alias in entry.value:
            if alias in into:
                yield problem(
                    entry.line,
                    f'"{alias}" is merged into "{into[alias]}" already; left out here',
                    "Keep one of the two",
                )
            elif _root(into, entry.name) == alias:
                message = f'"{alias}" would be merged into itself; left out'
                yield problem(entry.line, message, "Keep one direction")
            else:
                into[alias] = entry.name
                kept.append(alias)
        if kept:
            yield Entry(entry.name, tuple(kept), entry.line)


def _root(into: dict[str, str], name: str) -> str:
    """Follow merges to the name that stays; halving the way keeps long chains cheap."""
    while name in into:
        into[name] = name = into.get(into[name], into[name])
    return name


def _twice(name: str, line: int, first: int) -> Problem:
    return problem(line, f'"{name}" stands here a second time; left out', f"Line {first} counts")


MAPS: dict[str, Callable[[Node], Iterator[Any]]] = {
    "merge": _by_name(_several),
    "split": _by_name(_parts),
    "rename": _by_name(readers.words),
    "kind": _by_name(readers.kind),
    "suppress": _suppressed,
    "same-as": _by_name(_elsewhere),
}
