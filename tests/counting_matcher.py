"""A slow matcher for regular expressions that counts its steps.

Seconds cannot be compared in a test, but steps can. The matcher walks the tree that Python's own
parser builds from a pattern, and backtracks as Python's matcher does, which is faster only by a
constant factor. So a pattern whose steps grow with the square of the text takes quadratic time.
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
_BOUND = 300
_CHARACTERS = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN)


@dataclass
class CountingMatcher:
    """A pattern, and the number of steps that matching it has taken so far."""

    pattern: str
    flags: int = 0
    steps: int = 0
    text: str = ""
    groups: dict[int, tuple[int, int]] = field(default_factory=dict)

    def is_bounded(self) -> bool:
        """Whether no match can have 300 characters or more."""
        return int(_parse(self.pattern, self.flags).getwidth()[1]) < _BOUND

    def accepts_all(self, text: str) -> bool:
        """Whether each character can be part of a match; other characters end every match."""
        nodes = list(_character_nodes(_parse(self.pattern, self.flags)))
        return all(any(_accepts(node, c, self.flags) for node in nodes) for c in text)

    def search(self, text: str) -> int:
        """Return the steps that it takes to find every match, as `finditer` does."""
        self.steps, self.text, position = 0, text, 0
        tree = _parse(self.pattern, self.flags)
        while position <= len(text):
            self.steps += 1
            end = next(self._sequence(tree, 0, position), None)
            position = max(end or 0, position + 1)
        return self.steps

    def match(self, text: str) -> int:
        """Return the steps that it takes to match from the beginning, to the end if possible."""
        self.steps, self.text = 0, text
        tree = _parse(self.pattern, self.flags)
        next((end for end in self._sequence(tree, 0, 0) if end == len(text)), None)
        return self.steps

    def _sequence(self, nodes: Sequence[Node], number: int, position: int) -> Iterator[int]:
        """Yield every position where nodes can end, in the order in which Python tries them."""
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
            for alternative in _possible_alternatives(
                value[1], self.text[position : position + 1], self.flags
            ):
                yield from self._sequence(alternative, 0, position)
        elif kind is sre.SUBPATTERN:
            yield from self._group(value[0], value[-1], position)
        else:
            yield from self._rare_node(kind, value, position)

    def _rare_node(self, kind: Any, value: Any, position: int) -> Iterator[int]:
        if kind is sre.ATOMIC_GROUP:
            yield from self._atomic(value, position)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            direction, inside = value
            start = position - inside.getwidth()[0] if direction < 0 else position
            matches = start >= 0 and next(self._sequence(inside, 0, start), None) is not None
            if matches == (kind is sre.ASSERT):
                yield position
        elif kind is sre.AT:
            if self._anchor_matches(value, position):
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

    def _atomic(self, nodes: Sequence[Node], position: int) -> Iterator[int]:
        end = next(self._sequence(nodes, 0, position), None)
        if end is not None:
            yield end

    def _repeat(self, kind: Any, value: Any, position: int) -> Iterator[int]:
        least, most, inside = value
        if len(inside) == 1 and inside[0][0] in _CHARACTERS:
            yield from self._repeat_character(kind, least, int(most), inside[0], position)
        elif kind is _POSSESSIVE:
            count, end = 0, position
            while count < most and (after := next(self._sequence(inside, 0, end), None)):
                if after == end:
                    break
                count, end = count + 1, after
            if count >= least:
                yield end
        else:
            yield from self._repeat_group(kind, value, position, 0)

    def _repeat_group(self, kind: Any, value: Any, position: int, count: int) -> Iterator[int]:
        least, most, inside = value
        if kind is _LAZY and count >= least:
            yield position
        if count < int(most):
            for after in self._sequence(inside, 0, position):
                if after > position:
                    yield from self._repeat_group(kind, value, after, count + 1)
        if kind is _GREEDY and count >= least:
            yield position

    def _repeat_character(
        self, kind: Any, least: int, most: int, node: Node, start: int
    ) -> Iterator[int]:
        """Repeat a single character, without a call for each repetition."""
        last = min(len(self.text), start + most)
        end = start
        while end < last and _accepts(node, self.text[end], self.flags):
            self.steps += 1
            end += 1
        ends = range(start + least, end + 1)
        for match_end in {_GREEDY: ends[::-1], _LAZY: ends, _POSSESSIVE: ends[-1:]}[kind]:
            self.steps += 1
            yield match_end

    def _anchor_matches(self, kind: Any, position: int) -> bool:
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
def _parse(pattern: str, flags: int) -> Any:
    return parser.parse(pattern, flags)


def _character_nodes(tree: Any) -> Iterator[Node]:
    """Yield every node that consumes a single character, without those in assertions."""
    for node in tree:
        kind, value = node
        if kind in _CHARACTERS:
            yield node
        elif kind is sre.BRANCH:
            for alternative in value[1]:
                yield from _character_nodes(alternative)
        elif kind in (*_REPEATS, sre.SUBPATTERN):
            yield from _character_nodes(value[-1])
        elif kind is sre.ATOMIC_GROUP:
            yield from _character_nodes(value)


def _possible_alternatives(
    alternatives: Sequence[Sequence[Node]], character: str, flags: int
) -> Iterator[Sequence[Node]]:
    """Yield the alternatives of a branch that do not begin with another character."""
    for alternative in alternatives:
        other = bool(alternative) and alternative[0][0] in _CHARACTERS
        if not other or (character and _accepts(alternative[0], character, flags)):
            yield alternative


def _accepts(node: Node, character: str, flags: int) -> bool:
    if flags & re.IGNORECASE:
        return any(_matches(node, c, flags) for c in {character.lower(), character.upper()[:1]})
    return _matches(node, character, flags)


def _matches(node: Node, character: str, flags: int) -> bool:
    kind, value = node
    if kind is sre.ANY:
        return character != "\n" or bool(flags & re.DOTALL)
    if kind is sre.IN:
        negated = value[0][0] is sre.NEGATE
        return any(_matches(item, character, flags) for item in value[negated:]) != negated
    if kind is sre.CATEGORY:
        return _CATEGORIES[value](character)
    if kind is sre.RANGE:
        return ord(character) in range(value[0], value[1] + 1)
    return bool((ord(character) == value) == (kind is sre.LITERAL))
