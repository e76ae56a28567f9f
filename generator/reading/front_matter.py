"""The front matter of a seed: a block of YAML between two lines of hyphens at its very top.

It is evidence, not configuration: only the keys in `FIELDS` are read, each for its own kind of
value, and nothing else of it reaches a page's front matter. The block is first read as a stream of
events, so that no anchor, tag or deep nesting of a hostile file is ever built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec
import yaml

from generator.model import Change, Extracted
from generator.reading.characters import without_controls
from generator.reading.head.unshown_words import word_set

_MAX_LENGTH = 16_384
"""Characters of a block; a real one has a few hundred."""

_MAX_EVENTS = 1_000
_MAX_DEPTH = 4
_MAX_VALUE_LENGTH = 1_000
"""Characters of one value; the longest standfirst is far shorter."""

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
    "sender": ("from", "sender"),
    "recipient": ("to", "recipient"),
    "place": ("place",),
    "collection": ("collection",),
    "rights": ("rights", "license", "licence"),
}
"""The fields that are read, each with its keys; the first key that has a value wins."""

_FIELD_LINE = re.compile(
    rf"^(?:{'|'.join(key for keys in FIELDS.values() for key in keys)})[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
"""A line that begins with one of the keys in `FIELDS`."""

RULE = "front matter of the file"
"""The rule in the evidence of every value from front matter."""


FieldValues = tuple[Extracted[str], ...]


class FrontMatter(msgspec.Struct, frozen=True):
    """The block at the top of a file, and its values by field."""

    end: int
    """The position after the block, in characters of the decoded text; 0 if there is none."""
    fields: Mapping[str, FieldValues]

    def single(self, field: str) -> Extracted[str] | None:
        """Return the value of a field that can have only one."""
        return next(iter(self.fields.get(field, ())), None)


class RejectedBlock(msgspec.Struct, frozen=True):
    """A block that looks like front matter but is not read, with the reason."""

    reason: str
    """For the message: "it is not valid YAML"."""
    line: int | None = None
    """The line of the file with the syntax error; None if the block is valid YAML."""


def parse_front_matter(text: str) -> FrontMatter | RejectedBlock | None:
    """Return the front matter at the top of a decoded text; None if it has none.

    A block that is not a mapping, or has none of the keys in `FIELDS`, is text like any other.
    A block that is not valid YAML but has a line with such a key is rejected, because its author
    meant it as front matter.
    """
    match = _BLOCK.match(text, 0, _MAX_LENGTH)
    if match is None:
        return None
    try:
        reason = _why_not_plain(match[1])
        node = None if reason else yaml.compose(match[1], Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two for "\\UFFFFFFFF"
        return _syntax_error(error) if _FIELD_LINE.search(match[1]) else None
    if reason:
        return RejectedBlock(reason)
    values_of = dict(_entries(node, text.splitlines()))
    fields = {
        field: next((values_of[key] for key in keys if values_of.get(key)), ())
        for field, keys in FIELDS.items()
    }
    fields = {field: values for field, values in fields.items() if values}
    return FrontMatter(match.end(), fields) if fields else None


def _syntax_error(error: Exception) -> RejectedBlock:
    """Return the rejection with the line of the error; a block begins on line 2 of the file."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return RejectedBlock("it is not valid YAML", mark.line + 2 if mark else 2)


def remove_front_matter(text: str, front_matter: FrontMatter | None) -> tuple[Change, ...]:
    """Return the change that removes the block from the text, so that the ledger records it."""
    return (Change(0, text[: front_matter.end], ""),) if front_matter else ()


def _why_not_plain(block: str) -> str | None:
    """Return what the block contains that plain front matter does not, or None."""
    depth = 0
    for count, event in enumerate(yaml.parse(block, Loader=yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if getattr(event, "anchor", None):
            return "it contains an anchor or an alias"
        if getattr(event, "tag", None):
            return "it contains a tag"
        if depth > _MAX_DEPTH or count > _MAX_EVENTS:
            return "it is too long or nested too deeply"
    return None


def _entries(node: yaml.Node | None, lines: list[str]) -> Iterator[tuple[str, FieldValues]]:
    """Yield every key of the block, in lower case, with its values, from last to first.

    So the first of two equal keys wins when a dictionary is built.
    """
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    for key, value in reversed(pairs):
        if isinstance(key, yaml.ScalarNode):
            yield key.value.strip().casefold(), tuple(_values(value, lines))


def _values(node: yaml.Node, lines: list[str]) -> Iterator[Extracted[str]]:
    """Yield the texts of a value: a single text, a list of texts, or the names of a person list.

    YAML can spell a text with escapes. A value counts only if the file shows all of its words.
    """
    if isinstance(node, yaml.ScalarNode):
        words = " ".join(without_controls(node.value).split())
        line = node.start_mark.line + 2  # the rule above the block, and counting from 1
        quote = " ".join(" ".join(lines[line - 1 : node.end_mark.line + 2]).split())
        is_text = not str(node.tag).endswith(":null") and 0 < len(words) <= _MAX_VALUE_LENGTH
        if is_text and word_set(words) <= word_set(quote):
            yield Extracted(words, RULE, line, quote)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _values(item, lines)
    else:
        for key, value in node.value:
            if key.value == "name":
                yield from _values(value, lines)
