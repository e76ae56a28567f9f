"""What a value of corrections.yml may be: a whitelist of types, each refusing with its reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from generator.corrections.values import FILE
from generator.corrections.yaml_tree import ListNode, MappingNode, Node, RejectedNode, ScalarNode
from generator.model import (
    EntityKind,
    Problem,
    SeedPath,
    did_you_mean,
    is_before_year_one,
    read_edtf,
)

_LONGEST = 1000
"""Characters of a title or name; more is a paragraph that slipped in."""

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
"""Characters that turn the direction of what follows."""

_LANGUAGE = re.compile(r"(?a:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)")
_WIKIDATA = re.compile(r"(?a:(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d*))")
_URL = re.compile(r"(?a:https?://[A-Za-z0-9][^\s<>\"'`{}|\\^]*)")

KINDS: dict[str, EntityKind] = {
    "person": "person",
    "organization": "organization",
    "place": "place",
}


class InvalidValueError(Exception):
    """Raised by a reader: what is wrong with a value, where, and what to write instead."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.hint = hint


def make_problem(line: int, message: str, hint: str, code: str = "W031") -> Problem:
    """Make a message about a line of the file."""
    return Problem(code, FILE, message, hint, line, "warning")


def problem_from(error: InvalidValueError) -> Problem:
    """Make the message that a reader's refusal deserves."""
    return make_problem(error.line, f"{error.message}; left out", error.hint)


def one_line(node: Node) -> str:
    """Read a text of one line: at least one character, spaces in it made single."""
    if not isinstance(node, ScalarNode) or node.is_empty:
        raise InvalidValueError(node.line, f"here is {_called(node)}", "Write a text")
    text = " ".join(node.text.split())
    if not text:
        raise InvalidValueError(node.line, "here is an empty text", "Write a text")
    if len(text) > _LONGEST or not all(map(_is_visible, text)):
        raise InvalidValueError(
            node.line,
            f"this text has more than {_LONGEST} characters, or some that nobody can see",
            "Write a short plain text",
        )
    return text


def optional_line(node: Node) -> str:
    """Read a text that may be left empty, which says that the value is unknown."""
    return "" if isinstance(node, ScalarNode) and node.is_empty else one_line(node)


def list_of_lines(node: Node) -> tuple[ScalarNode, ...]:
    """Read a list of texts, none twice; a single text stands for a list of one."""
    if isinstance(node, ScalarNode):
        return () if node.is_empty else (_checked(node),)
    if not isinstance(node, ListNode):
        raise InvalidValueError(
            node.line, f"here is {_called(node)}", "Write a list: [one, another]"
        )
    found: dict[str, ScalarNode] = {}
    for item in node.nodes:
        one = _checked(item)
        found.setdefault(one.text, one)
    return tuple(found.values())


def edtf_date(node: Node) -> str:
    """Read an EDTF level-1 date: a year, month or day, `~` for "about", `/` between two."""
    text = optional_line(node)
    read = read_edtf(text)
    if text and is_before_year_one(text):
        hint = "Years run from 0001 to 9999; leave the date out"
        raise InvalidValueError(node.line, f'"{text}" is before the year 1', hint)
    if text and read is None:
        hint = "Write it as 2021-06-28, 2021-06, 2021, 1984~ or 2004-06/2006-08"
        raise InvalidValueError(node.line, f'"{text}" is not a date', hint)
    if read and not read.is_in_order:
        raise InvalidValueError(node.line, f'"{text}" ends before it begins', "Turn it round")
    return text


def language(node: Node) -> str:
    """Read a BCP 47 tag."""
    text = optional_line(node)
    if text and not _LANGUAGE.fullmatch(text):
        hint = "Write a language tag: en, es, pt-BR, zh-Hant"
        raise InvalidValueError(node.line, f'"{text}" is not a language tag', hint)
    return text


def kind(node: Node) -> EntityKind:
    """Read the kind of an entity."""
    text = one_line(node)
    if text not in KINDS:
        raise InvalidValueError(node.line, f'"{text}" is no kind', suggestion(text, KINDS))
    return KINDS[text]


def same_as_url(node: ScalarNode) -> str:
    """Read the address of the same entity elsewhere; a bare Q id is one of Wikidata."""
    wikidata = _WIKIDATA.fullmatch(node.text)
    if wikidata:
        return f"https://www.wikidata.org/wiki/{wikidata[1]}"
    if not _URL.fullmatch(node.text):
        hint = "Write a Wikidata id such as Q2058, or an address that begins with https://"
        raise InvalidValueError(node.line, f'"{node.text}" is no address', hint)
    return node.text


def seed_path(node: Node) -> SeedPath:
    """Read a path below the seeds folder, spaces in it as they are."""
    if not isinstance(node, ScalarNode) or node.is_empty or not node.text:
        raise InvalidValueError(node.line, f"here is {_called(node)}", "Write a path below seeds/")
    return SeedPath(node.text.removeprefix("./"))


def mapping(node: Node) -> Iterator[tuple[ScalarNode, Node]]:
    """Read a mapping with texts for keys; nothing at all is an empty one."""
    if isinstance(node, ScalarNode) and node.is_empty:
        return
    if not isinstance(node, MappingNode):
        raise InvalidValueError(node.line, f"here is {_called(node)}", "Write `key: value` lines")
    for key, value in node.pairs:
        if isinstance(key, ScalarNode):
            yield key, value
        else:
            yield ScalarNode(key.line, _called(key), is_empty=True), value


def scalar_texts(node: Node) -> Iterator[ScalarNode]:
    """Give the texts of a value that should have been a mapping: itself, or those of a list."""
    yield from (one for one in (node, *getattr(node, "nodes", ())) if isinstance(one, ScalarNode))


def suggestion(text: str, known: Collection[str]) -> str:
    """Say what was probably meant, or what there is."""
    return did_you_mean(text, known, f"Known: {', '.join(known)}")


def _is_visible(character: str) -> bool:
    """Joiners that Persian and emoji need are fine; controls and surrogates are not."""
    return character not in _TURNING and unicodedata.category(character) not in {"Cc", "Cs", "Cn"}


def _checked(node: Node) -> ScalarNode:
    text = one_line(node)
    return ScalarNode(node.line, text, is_empty=False)


def _called(node: Node) -> str:
    match node:
        case RejectedNode(description=thing):
            return thing
        case MappingNode():
            return "a mapping"
        case ListNode():
            return "a list"
        case ScalarNode(is_empty=True):
            return "nothing"
    return "a text"
