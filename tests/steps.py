"""A slow matcher for regular expressions that counts what it does, so that a test can compare.

It walks the tree that Python's own parser makes of a pattern, and backtracks as Python's matcher
does. The real one skips ahead where it can, by a constant factor. So the growth of the two is the
same: a pattern whose steps grow with the square of the text takes the square of the time.
"""

from __future__ import annotations

import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

Node = tuple[Any, Any]

_GREEDY, _LAZY, _POSSESSIVE = sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT
_REPEATS = (_GREEDY, _LAZY, _POSSESSIVE)
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    sre.CATEGORY_DIGIT: str.isdecimal,
    sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_WORD: lambda character: character.isalnum() or character == "_",
    sre.CATEGORY_NOT_DIGIT: lambda character: not character.isdecimal(),
    sre.CATEGORY_NOT_SPACE: lambda character: not character.isspace(),
    sre.CATEGORY_NOT_WORD: lambda character: not (character.isalnum() or character == "_"),
}
_LONG = 300
_CHARACTERS = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN)


@dataclass
class Matcher:
    """One pattern, and the steps that it has taken so far."""

    pattern: str
    flags: int = 0
    steps: int = 0
    text: str = ""
    groups: dict[int, tuple[int, int]] = field(default_factory=dict)

    def is_bounded(self) -> bool:
        """Whether no match can be longer than a few hundred characters."""
        return int(_parsed(self.pattern, self.flags).getwidth()[1]) < _LONG

    def takes(self, text: str) -> bool:
        """Whether each character can be a part of a match; if one cannot, it ends every match."""
        nodes = list(_characters(_parsed(self.pattern, self.flags)))
        return all(any(_accepts(node, one, self.flags) for node in nodes) for one in text)

    def search(self, text: str) -> int:
        """Find every match, as `finditer` does; give the steps that this took."""
        self.steps, self.text, position = 0, text, 0
        tree = _parsed(self.pattern, self.flags)
        while position <= len(text):
            self.steps += 1
            end = next(self._sequence(tree, 0, position), None)
            position = max(end or 0, position + 1)
        return self.steps

    def match(self, text: str) -> int:
        """Match at the beginning alone, and to the end if that can be; give the steps."""
        self.steps, self.text = 0, text
        tree = _parsed(self.pattern, self.flags)
        next((end for end in self._sequence(tree, 0, 0) if end == len(text)), None)
        return self.steps

    def _sequence(self, nodes: Sequence[Node], number: int, position: int) -> Iterator[int]:
        """Give every place where nodes can end, in the order in which Python would try them."""
        if number == len(nodes):
            yield position
            return
        for middle in self._node(nodes[number], position):
            yield from self._sequence(nodes, number + 1, middle)

    def _node(self, node: Node, position: int) -> Iterator[int]:
        kind, value = node
        self.steps += 1
        if kind in _CHARACTERS:
            if position < len(self.text) and _accepts(node, self.text[position], self.flags):
                yield position + 1
        elif kind in _REPEATS:
            yield from self._repeat(kind, value, position)
        elif kind is sre.BRANCH:
            for way in _ways(value[1], self.text[position : position + 1], self.flags):
                yield from self._sequence(way, 0, position)
        elif kind is sre.SUBPATTERN:
            yield from self._group(value[0], value[-1], position)
        else:
            yield from self._rarely(kind, value, position)

    def _rarely(self, kind: Any, value: Any, position: int) -> Iterator[int]:
        if kind is sre.ATOMIC_GROUP:
            yield from self._first(value, position)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            direction, inside = value
            start = position - inside.getwidth()[0] if direction < 0 else position
            found = start >= 0 and next(self._sequence(inside, 0, start), None) is not None
            if found == (kind is sre.ASSERT):
                yield position
        elif kind is sre.AT:
            if self._is_at(value, position):
                yield position
        elif kind is sre.GROUPREF:
            start, end = self.groups.get(value, (0, 0))
            if self.text.startswith(self.text[start:end], position):
                yield position + end - start
        else:
            raise NotImplementedError(kind)

    def _group(self, number: int | None, inside: Sequence[Node], position: int) -> Iterator[int]:
        for end in self._sequence(inside, 0, position):
            if number is not None:
                self.groups[number] = position, end
            yield end

    def _first(self, nodes: Sequence[Node], position: int) -> Iterator[int]:
        end = next(self._sequence(nodes, 0, position), None)
        if end is not None:
            yield end

    def _repeat(self, kind: Any, value: Any, position: int) -> Iterator[int]:
        least, most, inside = value
        if len(inside) == 1 and inside[0][0] in _CHARACTERS:
            yield from self._run(kind, least, int(most), inside[0], position)
        elif kind is _POSSESSIVE:
            count, end = 0, position
            while count < most and (after := next(self._sequence(inside, 0, end), None)):
                if after == end:
                    break
                count, end = count + 1, after
            if count >= least:
                yield end
        else:
            yield from self._again(kind, value, position, 0)

    def _again(self, kind: Any, value: Any, position: int, count: int) -> Iterator[int]:
        least, most, inside = value
        if kind is _LAZY and count >= least:
            yield position
        if count < int(most):
            for after in self._sequence(inside, 0, position):
                if after > position:
                    yield from self._again(kind, value, after, count + 1)
        if kind is _GREEDY and count >= least:
            yield position

    def _run(self, kind: Any, least: int, most: int, node: Node, start: int) -> Iterator[int]:
        """Repeat a single character, without a call for each of them."""
        last = min(len(self.text), start + most)
        end = start
        while end < last and _accepts(node, self.text[end], self.flags):
            self.steps += 1
            end += 1
        ends = range(start + least, end + 1)
        for place in {_GREEDY: ends[::-1], _LAZY: ends, _POSSESSIVE: ends[-1:]}[kind]:
            self.steps += 1
            yield place

    def _is_at(self, kind: Any, position: int) -> bool:
        text, size = self.text, len(self.text)
        if kind in (sre.AT_BOUNDARY, sre.AT_NON_BOUNDARY):
            word = _CATEGORIES[sre.CATEGORY_WORD]
            sides = [text[index : index + 1] for index in (position - 1, position) if index >= 0]
            edge = sum(bool(side) and word(side) for side in sides) == 1
            return edge == (kind is sre.AT_BOUNDARY)
        lines = bool(self.flags & re.MULTILINE)
        if kind in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
            begins = lines and kind is sre.AT_BEGINNING and text[position - 1 : position] == "\n"
            return position == 0 or begins
        ends = position == size - 1 or lines
        return position == size or (kind is sre.AT_END and ends and text[position] == "\n")


@cache
def _parsed(pattern: str, flags: int) -> Any:
    return parser.parse(pattern, flags)


def _characters(tree: Any) -> Iterator[Node]:
    """Give every node that takes a single character, but for those that only look."""
    for node in tree:
        kind, value = node
        if kind in _CHARACTERS:
            yield node
        elif kind is sre.BRANCH:
            for way in value[1]:
                yield from _characters(way)
        elif kind in (*_REPEATS, sre.SUBPATTERN):
            yield from _characters(value[-1])
        elif kind is sre.ATOMIC_GROUP:
            yield from _characters(value)


def _ways(ways: Sequence[Sequence[Node]], character: str, flags: int) -> Iterator[Sequence[Node]]:
    """Leave out the ways of a branch that begin with another character."""
    for way in ways:
        other = bool(way) and way[0][0] in _CHARACTERS
        if not other or (character and _accepts(way[0], character, flags)):
            yield way


def _accepts(node: Node, character: str, flags: int) -> bool:
    if flags & re.IGNORECASE:
        return any(_takes(node, one, flags) for one in {character.lower(), character.upper()[:1]})
    return _takes(node, character, flags)


def _takes(node: Node, character: str, flags: int) -> bool:
    kind, value = node
    if kind is sre.ANY:
        return character != "\n" or bool(flags & re.DOTALL)
    if kind is sre.IN:
        negated = value[0][0] is sre.NEGATE
        return any(_takes(item, character, flags) for item in value[negated:]) != negated
    if kind is sre.CATEGORY:
        return _CATEGORIES[value](character)
    if kind is sre.RANGE:
        return ord(character) in range(value[0], value[1] + 1)
    return bool((ord(character) == value) == (kind is sre.LITERAL))
