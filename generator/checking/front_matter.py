"""The front matter of our pages, read without a parser of YAML.

It takes a third of the time in which libyaml reads it. Read are strings in one line, whole numbers,
`true` and `false`, lists and mappings of them, as `writing.front_matter` writes them; any other
text raises OtherFrontMatterError.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec
import yaml

# The set of all others would take ten times as long to compile.
_UNUSUAL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What YAML does not allow, or reads as the end of a line."""

_KEY = re.compile(r"[a-z][a-z0-9_/-]*")
_PAIR = re.compile(rf"{_KEY.pattern}:(?: .*)?")
_OTHER_BEGINNING = re.compile(r"[ ?:,\[\]{}#&*!|>%@`]|-(?:$| |--)")
"""What a string without quotes does not have at its beginning."""
_LONGEST_WORD = len("false")
"""Of the words that YAML does not take for strings; others begin with punctuation or a digit."""

_SURE = "[A-Za-z][^:#\n]{4,}[^:#\n ]"
"""Most strings: without quotes, and longer than any word that YAML takes for something else."""

_FIELD = re.compile(
    rf"""
    (?P<key>{_KEY.pattern}):(?:
      [ ](?P<string>{_SURE})\n
    | [ ](?P<scalar>[^\n]*)\n
    | \n(?P<strings>(?:-[ ]{_SURE}\n)+)(?!-[ ]|[ ][ ])
    | \n(?P<collection>(?:(?:-[ ]|[ ][ ])[^\n]*\n)*)
    )
    """,
    re.VERBOSE,
)

_NUMBER = re.compile(r"0|[1-9][0-9]*")

_SINGLE_QUOTED = re.compile(r"'((?:[^']|'')*)'")
_DOUBLE_QUOTED = re.compile(r'"([^"\\]*)"')
_TRUTH_VALUES = {"true": True, "false": False}

Scalar = str | int | bool


class OtherFrontMatterError(Exception):
    """A page has front matter that is not read here."""


class PageSource(msgspec.Struct, frozen=True):
    """A page of Markdown without its front matter."""

    meta: dict[str, Any]
    markdown: str


def read_page(text: str) -> PageSource:
    """Split a page as MkDocs does; raise OtherFrontMatterError if its front matter is unusual.

    MkDocs changes carriage returns when it reads a file.
    """
    if "\r" in text:
        raise OtherFrontMatterError("\r")
    end = text.find("\n---\n", 3)
    if not text.startswith("---\n") or end < 4:
        raise OtherFrontMatterError(text[:20])
    lines = text[4 : end + 1]
    if not lines.replace("\n", "").isprintable() and (unusual := _UNUSUAL.search(lines)):
        raise OtherFrontMatterError(unusual[0])
    return PageSource(_mapping(lines), text[end + 5 :].lstrip("\n"))


def _mapping(lines: str) -> dict[str, Any]:
    """Return a mapping of lines, each with its line feed."""
    values: dict[str, Any] = {}
    position = 0
    while position < len(lines):
        entry = _FIELD.match(lines, position)
        if not entry or not _is_key(key := entry["key"]):
            raise OtherFrontMatterError(lines[position:])
        values[key] = _value(entry)
        position = entry.end()
    return values


def _value(entry: re.Match[str]) -> Any:
    kind, value = entry.lastgroup, entry[entry.lastindex or 0]
    if kind == "string":
        return value
    if kind == "strings":
        return value[2:-1].split("\n- ")
    return _scalar(value) if kind == "scalar" else _collection(value.split("\n")[:-1])


@lru_cache(maxsize=1024)  # pages have the same keys
def _is_key(text: str) -> bool:
    return _KEY.fullmatch(text) is not None and _is_word(text)


def _collection(lines: Sequence[str]) -> list[Any] | dict[str, Any]:
    """Return the list or mapping below a key."""
    if not lines:
        raise OtherFrontMatterError("null")
    if not lines[0].startswith("- "):
        return _mapping("".join(f"{_without(line, '  ')}\n" for line in lines))
    if _PAIR.fullmatch(lines[0], 2):
        return [*map(_mapping, _items(lines))]
    return [_scalar(_without(line, "- ")) for line in lines]


def _items(lines: Sequence[str]) -> list[str]:
    """Return the lines of each mapping in a list."""
    items: list[str] = []
    for line in lines:
        if line.startswith("- "):
            items.append(f"{line[2:]}\n")
        else:
            items[-1] += f"{_without(line, '  ')}\n"
    return items


def _without(line: str, beginning: str) -> str:
    if not line.startswith(beginning):
        raise OtherFrontMatterError(line)
    return line[len(beginning) :]


@lru_cache(maxsize=4096)  # years and counts are the same on many pages
def _scalar(text: str) -> Scalar:
    first = text[:1]
    if first == "'":
        return _quoted(text, _SINGLE_QUOTED).replace("''", "'")
    if first == '"':
        return _quoted(text, _DOUBLE_QUOTED)
    if not first or _is_other(text):
        raise OtherFrontMatterError(text)
    if first.isalpha() and _is_word(text):
        return text
    if text in _TRUTH_VALUES:
        return _TRUTH_VALUES[text]
    if _NUMBER.fullmatch(text):
        return int(text)
    if not _is_string(text):
        raise OtherFrontMatterError(text)
    return text


def _is_other(text: str) -> bool:
    """Whether YAML would read text without quotes as more than one string."""
    is_inside = ": " in text or " #" in text
    return is_inside or text[-1] in ": " or _OTHER_BEGINNING.match(text) is not None


def _quoted(text: str, pattern: re.Pattern[str]) -> str:
    match = pattern.fullmatch(text)
    if not match:
        raise OtherFrontMatterError(text)
    return match[1]


def _is_word(text: str) -> bool:
    """Whether YAML takes words that begin with a letter for a string; fast for long ones."""
    return len(text) > _LONGEST_WORD or _is_string(text)


def _is_string(text: str) -> bool:
    """Whether YAML takes words without quotes for a string."""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(text[0], ())
    return not any(expression.match(text) for _, expression in resolvers)
