"""The lines of a YAML text that an edit concerns: a small YAML text of their own.

The library that keeps comments and spaces needs a millisecond for each entry of a file, so it is
given these lines only.
"""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from generator.corrections.yaml_tree import (
    ListNode,
    MappingNode,
    Node,
    RejectedNode,
    ScalarNode,
    parse_yaml_tree,
)
from generator.model import composed

_NOT_TEXT = re.compile(
    r"[-+]?[.\d][\da-fox_.:]*(e[-+]?\d+)?|[-+]?\.?(inf|nan)|~|none|null|true|false"
    r"|\d{4}-\d\d?-\d\d?[-+:.\dtz ]*",
    re.IGNORECASE,
)
"""Keys without quotes that YAML can take for a number, a date, a truth value or nothing."""


class YamlPart(msgspec.Struct, frozen=True):
    """Lines of a text, which are a YAML text themselves."""

    above: str
    """The text before them."""
    parents: tuple[str, ...]
    """Those lines above that hold the keys of the mappings around them."""
    lines: str
    below: str
    """The text after them."""

    @property
    def text(self) -> str:
        """The lines with their parents, to be edited."""
        return "".join((*self.parents, self.lines))

    def replaced(self, text: str) -> str | None:
        """Return the whole text with an edited one for the part; None if its parents differ."""
        heading = "".join(self.parents)
        if not text.startswith(heading):
            return None
        return f"{self.above}{text.removeprefix(heading)}{self.below}"


def find_part(text: str, path: tuple[str, ...]) -> YamlPart | None:
    """Return the part with the entry at a path, or with the entry after which it would be added.

    None if all lines must be looked at: the text is not valid, has anchors, aliases or tags, gives
    a key twice, or has line ends besides the line feed.
    """
    lines = text.splitlines(keepends=True)
    tree, faults = parse_yaml_tree(text)
    if faults or len(lines) != text.count("\n") + (not text.endswith("\n")):
        return None
    if not isinstance(tree, MappingNode) or not _is_usual(tree) or any(map(_may_be_no_text, path)):
        return None
    return _part(lines, tree, path)


def _part(lines: list[str], tree: MappingNode, path: tuple[str, ...]) -> YamlPart | None:
    """Follow a path as far as it goes, then the last keys; the deepest entry is the part."""
    parents: list[str] = []
    node: Node = tree
    first, last = 0, len(lines) + 1
    while isinstance(node, MappingNode) and node.line > first and _is_block(node, lines):
        if first:
            parents.append(lines[first - 1])
        found = _find(node, path)
        index = len(node.pairs) - 1 if found is None else found
        first = node.pairs[index][0].line
        last = node.pairs[index + 1][0].line if node.pairs[index + 1 :] else last
        node = node.pairs[index][1]
        path = path[1:] if found is not None else ()
        if found is not None and not path:
            break
    if not first:
        return None
    above, below = "".join(lines[: first - 1]), "".join(lines[last - 1 :])
    return YamlPart(above, tuple(parents), "".join(lines[first - 1 : last - 1]), below)


def _find(node: MappingNode, path: tuple[str, ...]) -> int | None:
    """Return the index of the pair whose key begins a path; keys of mappings may be decomposed."""
    normalized = composed if path[1:] else str
    for index, (key, _) in enumerate(node.pairs):
        if path and isinstance(key, ScalarNode) and normalized(key.text) == normalized(path[0]):
            return index
    return None


def _may_be_no_text(key: str) -> bool:
    return _NOT_TEXT.fullmatch(key) is not None


def _is_block(node: MappingNode, lines: list[str]) -> bool:
    """Whether each key of a mapping begins a line, without braces around them."""
    starts = [lines[key.line - 1].lstrip() for key, _ in node.pairs]
    numbers = [key.line for key, _ in node.pairs]
    is_marked = any(start.startswith(("{", "[", "? ", "- ", "--- ")) for start in starts)
    is_apart = all(first < second for first, second in pairwise(numbers))
    return bool(numbers) and node.line == numbers[0] and is_apart and not is_marked


def _is_usual(node: Node) -> bool:
    """Whether a tree has no key twice, no anchor, alias or tag, and texts as keys."""
    if isinstance(node, ListNode):
        return all(map(_is_usual, node.nodes))
    if isinstance(node, MappingNode):
        keys = {key.text for key, _ in node.pairs if isinstance(key, ScalarNode)}
        return len(keys) == len(node.pairs) and all(_is_usual(own) for _, own in node.pairs)
    return not isinstance(node, RejectedNode)
