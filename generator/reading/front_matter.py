"""What a file says of itself: a block of YAML between two rules at its very top.

It is testimony, not configuration: only the keys below are heard, each for its own kind of value;
nothing of it reaches a page's front matter but through them. The block is read as a stream of
events, so that no anchor, tag or nesting of a hostile file is ever built.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from generator.model import Change, Extracted
from generator.reading.characters import without_controls

_LONGEST = 16_384
"""Characters of a block; a real one has a few hundred."""

_MOST_EVENTS = 1_000
_DEEPEST = 4
_LONGEST_VALUE = 1_000
"""Characters of one value: the longest standfirst is far below."""

_BLOCK = re.compile(
    r"\ufeff?---[ \t]*(?:\r\n|\n|\r)(.*?)(?:\r\n|\n|\r)(?:---|\.\.\.)[ \t]*(?:[\r\n]+|\Z)",
    re.DOTALL,
)

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "authors": ("authors", "author", "by", "byline"),
    "date": ("date", "published", "pubdate"),
    "language": ("language", "lang"),
    "section": ("section", "category"),
    "publication": ("publication", "publisher", "source"),
    "standfirst": ("standfirst", "subtitle", "deck", "description", "summary"),
}
"""The fields that are heard, each with its keys; the first key that is there wins."""

_MEANT = re.compile(
    rf"^(?:{'|'.join(key for keys in FIELDS.values() for key in keys)})[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
"""A line that begins with a key that is heard."""

RULE = "front matter of the file"


_Values = tuple[Extracted[str], ...]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The block at the top of a file, and what it says under each field."""

    end: int
    """Where the block ends, in characters of the decoded text."""
    fields: Mapping[str, _Values]

    def single(self, field: str) -> Extracted[str] | None:
        """Give the value of a field that can have only one."""
        return next(iter(self.fields.get(field, ())), None)


@dataclass(frozen=True, slots=True)
class RejectedBlock:
    """A block that looks like front matter and is not read, and why, in words for people."""

    reason: str
    line: int | None = None
    """The line of the file in which it stops being YAML; None where it is YAML."""


def parse_front_matter(text: str) -> FrontMatter | RejectedBlock | None:
    """Read the block at the top of a decoded text; None where there is none.

    A block that is no mapping, or that has no key that is heard, is text like any other. One that
    begins a line with such a key and is no YAML is refused: somebody meant it to be heard.
    """
    match = _BLOCK.match(text, 0, _LONGEST)
    if match is None:
        return None
    try:
        reason = _too_clever(match[1])
        node = None if reason else yaml.compose(match[1], Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two for "\\UFFFFFFFF"
        return _broken(error) if _MEANT.search(match[1]) else None
    if reason:
        return RejectedBlock(reason)
    said = dict(_entries(node, text.splitlines()))
    fields = {field: _first_said(said, keys) for field, keys in FIELDS.items()}
    heard = {field: values for field, values in fields.items() if values}
    return FrontMatter(match.end(), heard) if heard else None


def _broken(error: Exception) -> RejectedBlock:
    """Say where a block stops being YAML; its first line is the second of the file."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return RejectedBlock("it is no YAML", mark.line + 2 if mark else 2)


def remove_front_matter(text: str, testimony: FrontMatter | None) -> tuple[Change, ...]:
    """Take the block out of the text; the ledger keeps all of it."""
    return (Change(0, text[: testimony.end], ""),) if testimony else ()


def _too_clever(block: str) -> str:
    """Say what the block holds that no plain front matter has, or nothing."""
    depth = 0
    for count, event in enumerate(yaml.parse(block, Loader=yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if getattr(event, "anchor", None):
            return "it has an anchor or an alias"
        if getattr(event, "tag", None):
            return "it has a tag"
        if depth > _DEEPEST or count > _MOST_EVENTS:
            return "it is nested too deeply, or too long"
    return ""


def _entries(node: yaml.Node | None, lines: list[str]) -> Iterator[tuple[str, _Values]]:
    """Every key of the block, in lower case, with its values; of equal keys the first counts."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    for key, value in reversed(pairs):
        if isinstance(key, yaml.ScalarNode):
            yield key.value.strip().casefold(), tuple(_values(value, lines))


def _values(node: yaml.Node, lines: list[str]) -> Iterator[Extracted[str]]:
    """The texts of a value: one, those of a list, or the names in a list of persons."""
    if isinstance(node, yaml.ScalarNode):
        words = " ".join(without_controls(node.value).split())
        line = node.start_mark.line + 2  # the rule above the block, and counting from 1
        quote = " ".join(" ".join(lines[line - 1 : node.end_mark.line + 2]).split())
        known = not str(node.tag).endswith(":null") and len(words) <= _LONGEST_VALUE
        if words and known and _tokens(words) <= _tokens(quote):
            yield Extracted(words, RULE, line, quote)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _values(item, lines)
    else:
        for key, value in node.value:
            if key.value == "name":
                yield from _values(value, lines)


def _tokens(text: str) -> set[str]:
    """The words of a text: what YAML spells in escapes is not what the file shows."""
    return set(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))


def _first_said(said: Mapping[str, _Values], keys: tuple[str, ...]) -> _Values:
    return next((said[key] for key in keys if said.get(key)), ())
