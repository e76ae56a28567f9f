"""Lines such as `Title: …` and `Author: …` at the very top of a text, above an empty line.

A line is taken out of the text only if the page shows all that it says; any other line stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

import msgspec

from generator.model import Change, Extracted
from generator.reading.front_matter import FieldValues
from generator.reading.head.bylines import parse_author_field
from generator.reading.head.unshown_words import find_unshown_words
from generator.text.dates import parse_date

LABELS = MappingProxyType(
    {
        "title": "title|titel|título|titre",
        "authors": "authors?|autore[ns]|autora?|auteurs?|verfasser(?:in)?",
        "date": "date|datum|fecha|data",
        "sender": "from|von|de",
        "recipient": "to|an|para|à",
        "place": "place|ort|lugar|lieu|local",
        "collection": "collection|sammlung|colección|coleção",
        "rights": "rights|rechte|derechos|droits|direitos",
    }
)
"""The field of each label, in the five languages of the interface."""

_CERTAIN = frozenset({"title", "place", "collection", "rights"})
"""Fields of which a block must have one: mails and letters begin with the others too."""

_ALONE = frozenset({"collection", "rights"})
"""Fields whose line may stand alone. A title alone is found like any title."""

RULE = "label line of the file"
"""The rule in the evidence of every value from a label line."""

STEP = "label lines"
"""The step of the ledger that takes the lines out of the text."""

_MAX_LINES = 20
_MAX_VALUE_LENGTH = 1_000
"""Characters of one value, as in front matter."""

_LINE = re.compile(
    "(?:"
    + "|".join(f"(?P<{field}>{words})" for field, words in LABELS.items())
    + r")[ \t]*:[ \t]+(?P<value>\S.*?)[ \t]*",
    re.IGNORECASE,
)
_LINE_END = re.compile(r"\r\n|\n|\r")


class LabelLines(msgspec.Struct, frozen=True):
    """The label lines of a text: what is taken out, and the values by field."""

    changes: tuple[Change, ...]
    """The lines that are read, with their line ends."""
    fields: Mapping[str, FieldValues]
    unread: tuple[Extracted[str], ...]
    """Values that cannot be shown in full; their lines stay in the text."""


NO_LABEL_LINES = LabelLines((), MappingProxyType({}), ())


class _Line(msgspec.Struct, frozen=True):
    start: int
    words: str
    """With its line end."""
    field: str
    found: Extracted[str]


def parse_label_lines(text: str, first_line: int, given: Collection[str]) -> LabelLines:
    """Return the label lines at the top of a text that begins in line `first_line` of its file.

    `given` are fields that front matter gives: their lines stay, as the page shows another value.
    """
    lines = tuple(_block(text, first_line))
    found = {line.field for line in lines}
    if not found & (_CERTAIN if len(lines) > 1 else _ALONE):
        return NO_LABEL_LINES
    values: dict[str, FieldValues] = {}
    changes: list[Change] = []
    unread: list[Extracted[str]] = []
    for line in lines:
        if line.field in given:
            continue
        if _is_shown_in_full(line) and (line.field == "authors" or line.field not in values):
            values[line.field] = (*values.get(line.field, ()), line.found)
            changes.append(Change(line.start, line.words, ""))
        else:
            unread.append(line.found)
    return LabelLines(tuple(changes), MappingProxyType(values), tuple(unread))


def _block(text: str, first_line: int) -> Iterator[_Line]:
    """Yield the lines above the first empty line; none if one of them has no label."""
    start = len(text) - len(text.lstrip("\ufeff"))
    lines: list[_Line] = []
    while len(lines) < _MAX_LINES:
        end = _LINE_END.search(text, start, start + 2 * _MAX_VALUE_LENGTH)
        if end is None:
            return
        words = text[start : end.start()]
        if not words.strip():
            yield from lines
            return
        match = _LINE.fullmatch(words)
        if match is None or len(match["value"]) > _MAX_VALUE_LENGTH:
            return
        field = next(name for name in LABELS if match[name])
        value = " ".join(match["value"].split())
        found = Extracted(value, RULE, first_line + len(lines), words)
        lines.append(_Line(start, text[start : end.end()], field, found))
        start = end.end()


def _is_shown_in_full(line: _Line) -> bool:
    """Whether a page that shows the value of a line loses no word of it."""
    value = line.found.value
    if not value.isprintable():
        return False
    if line.field == "date":
        date = parse_date(value)
        readings = date.readings if date else ()
        return bool(readings) and not find_unshown_words(value, (), readings)
    if line.field == "authors":
        names = parse_author_field(value)
        return bool(names) and not find_unshown_words(value, names, ())
    return True
