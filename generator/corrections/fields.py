"""Readers of the types of values in corrections.yml; each explains what is wrong with a value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from generator.corrections.kinds import UnknownKindError, parse_kind
from generator.corrections.values import FILE
from generator.corrections.yaml_tree import ListNode, MappingNode, Node, RejectedNode, ScalarNode
from generator.model import (
    GENRES,
    EntityKind,
    Parsed,
    Problem,
    SeedPath,
    did_you_mean,
    is_before_year_one,
    parse_edtf,
)
from generator.text.dates import parse_stated_dates

T = TypeVar("T")

_MAX_LENGTH = 1000
"""Most characters of a title or name; a longer text is a paragraph in the wrong place."""

_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
"""Characters that change the direction of writing."""

LIST_HINT = "Write a list: [one, another]"

_LANGUAGE = re.compile(r"(?a:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)")
_WIKIDATA = re.compile(r"(?a:(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d*))")
_URL = re.compile(r"(?a:https?://[A-Za-z0-9][^\s<>\"'`{}|\\^]*)")


class InvalidValueError(Exception):
    """A value that a reader rejects: in which line, what is wrong, and what to write instead."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.hint = hint


class FieldValue(NamedTuple):
    """A value that an entry or a row gives, and the field of the correction that it is for."""

    field: str
    value: Any


def by_field(values: Iterable[FieldValue]) -> dict[str, Any]:
    """Return the values by their fields; of two for one field, the last."""
    return {value.field: value.value for value in values}


def make_problem(line: int, message: str, hint: str, code: str = "W031") -> Problem:
    """Return a warning about a line of the file."""
    return Problem(code, FILE, message, hint, line, "warning")


def problem_from(error: InvalidValueError) -> Problem:
    """Return the warning about a value that was rejected and is left out."""
    return make_problem(error.line, f"{error.message}; left out", error.hint)


def duplicate_entry(name: str, line: int, first_line: int) -> Problem:
    """Return the warning about the second of two entries with the same name."""
    message = f'"{name}" is listed a second time; this entry is left out'
    return make_problem(line, message, f"The entry in line {first_line} is used")


def separate(results: Iterable[T | Problem]) -> Parsed[tuple[T, ...]]:
    """Return the values and the problems that a reader yields, each in their order."""
    values: list[T] = []
    problems: list[Problem] = []
    for result in results:
        if isinstance(result, Problem):
            problems.append(result)
        else:
            values.append(result)
    return Parsed(tuple(values), tuple(problems))


def one_line(node: Node) -> str:
    """Return a text of one line with at least one character; several spaces become one."""
    if not isinstance(node, ScalarNode) or node.is_empty:
        raise InvalidValueError(node.line, _expected("a text", node), "Write a text")
    text = " ".join(node.text.split())
    if not text:
        raise InvalidValueError(node.line, "this text is empty", "Write a text")
    if len(text) > _MAX_LENGTH or not all(map(is_visible, text)):
        message = f"this text is longer than {_MAX_LENGTH} characters or has invisible characters"
        raise InvalidValueError(node.line, message, "Write a short plain text")
    return text


def optional_line(node: Node) -> str | None:
    """Return a text of one line; None for an empty value, which means that it is unknown."""
    return None if isinstance(node, ScalarNode) and node.is_empty else one_line(node)


def list_of_lines(node: Node) -> tuple[ScalarNode, ...]:
    """Return the texts of a list without repetitions; a single text is a list of one."""
    if isinstance(node, ScalarNode):
        return () if node.is_empty else (ScalarNode(node.line, one_line(node), is_empty=False),)
    if not isinstance(node, ListNode):
        raise InvalidValueError(node.line, _expected("a list", node), LIST_HINT)
    lines: dict[str, int] = {}
    for item in node.nodes:
        lines.setdefault(one_line(item), item.line)
    return tuple(ScalarNode(line, text, is_empty=False) for text, line in lines.items())


def edtf_date(node: Node) -> str | None:
    """Return a date as EDTF level 1, in which it may be written, or in words: 3 May 1894.

    None for an empty value, which means that the date is unknown.
    """
    text = optional_line(node)
    if text is None:
        return None
    if is_before_year_one(text):
        hint = "Years run from 0001 to 9999; leave the date out"
        raise InvalidValueError(node.line, f'"{text}" is before the year 1', hint)
    edtf = parse_edtf(text)
    if edtf and not edtf.is_in_order:
        message = f'"{text}" ends before it begins'
        raise InvalidValueError(node.line, message, "Write the earlier date first")
    dates = (text,) if edtf else parse_stated_dates(text)
    if len(dates) > 1:
        hint = f"Write {' or '.join(dates)}"
        raise InvalidValueError(node.line, f'"{text}" can be read in two ways', hint)
    if not dates:
        hint = "Write it as 3 May 1894, 1894-05-03, 1894-05, 1894, about 1894 or 1894/1896"
        raise InvalidValueError(node.line, f'"{text}" is not a date', hint)
    return dates[0]


def language(node: Node) -> str | None:
    """Return a BCP 47 tag; None if the language is unknown."""
    text = optional_line(node)
    if text and not _LANGUAGE.fullmatch(text):
        hint = "Write a language tag: en, es, pt-BR, zh-Hant"
        raise InvalidValueError(node.line, f'"{text}" is not a language tag', hint)
    return text


def genre(node: Node) -> str | None:
    """Return the kind of a document; None if it has none of its own."""
    text = optional_line(node)
    if text and text not in GENRES:
        raise InvalidValueError(
            node.line, f'unknown kind of document "{text}"', suggestion(text, GENRES)
        )
    return text


def kind(node: Node) -> EntityKind:
    """Return the kind of an entity."""
    text = one_line(node)
    try:
        return parse_kind(text)
    except UnknownKindError as error:
        raise InvalidValueError(node.line, f'unknown kind "{text}"', error.hint) from error


def same_as_url(node: ScalarNode) -> str:
    """Return the URL of the same entity on another site; a plain Q id is one of Wikidata."""
    wikidata = _WIKIDATA.fullmatch(node.text)
    if wikidata:
        return f"https://www.wikidata.org/wiki/{wikidata[1]}"
    if not _URL.fullmatch(node.text):
        hint = "Write a Wikidata id such as Q2058, or an address that begins with https://"
        raise InvalidValueError(node.line, f'"{node.text}" is not a web address', hint)
    return node.text


def seed_path(node: Node) -> SeedPath:
    """Return a path below the seeds folder; spaces in it are kept."""
    if not isinstance(node, ScalarNode) or node.is_empty or not node.text:
        raise InvalidValueError(node.line, _expected("a path", node), "Write a path below seeds/")
    return SeedPath(node.text.removeprefix("./"))


def mapping(node: Node) -> Iterator[tuple[ScalarNode, Node]]:
    """Yield the pairs of a mapping whose keys are texts; an empty value is an empty mapping."""
    if isinstance(node, ScalarNode) and node.is_empty:
        return
    if not isinstance(node, MappingNode):
        message = _expected("`key: value` lines", node)
        raise InvalidValueError(node.line, message, "Write `key: value` lines")
    for key, value in node.pairs:
        if isinstance(key, ScalarNode):
            yield key, value
        else:
            yield ScalarNode(key.line, _describe(key), is_empty=True), value


def scalar_texts(node: Node) -> Iterator[ScalarNode]:
    """Yield the texts of a value that should have been a mapping: itself, or those of a list."""
    nodes = (node, *getattr(node, "nodes", ()))
    yield from (scalar for scalar in nodes if isinstance(scalar, ScalarNode))


def suggestion(text: str, choices: Collection[str]) -> str:
    """Return a hint with the choice that was probably meant, or with all of them."""
    return did_you_mean(text, choices, f"Known: {', '.join(choices)}")


def is_visible(character: str) -> bool:
    """Whether a character is allowed: joiners, for Persian and emoji, are; controls are not."""
    category = unicodedata.category(character)
    return character not in _DIRECTION and category not in {"Cc", "Cs", "Cn"}


def is_visible_text(text: str) -> bool:
    """Whether all characters of a text are allowed."""
    return (text.isascii() and text.isprintable()) or all(map(is_visible, text))


def _expected(what: str, node: Node) -> str:
    return f"this is {_describe(node)}, not {what}"


def _describe(node: Node) -> str:
    match node:
        case RejectedNode(description=thing):
            return thing
        case MappingNode():
            return "a mapping"
        case ListNode():
            return "a list"
        case ScalarNode(is_empty=True):
            return "empty"
    return "a text"
