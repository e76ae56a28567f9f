"""Paragraphs of running text, and lines of which no rule knows what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.reading.structure.context import Context
from generator.reading.structure.entries import is_field
from generator.reading.structure.geometry import ends_sentence
from generator.reading.structure.rows import Row
from generator.reading.structure.rule_matches import Rule, RuleMatch
from generator.reading.structure.runs import run_stops

_BULLETS = "•·▪►‣◦■○●*"

_MAX_LINES = 12
_MAX_LINE = 60
"""Rows that stay lines, and the characters of one; more are a list, each of them a paragraph."""

_MIN_WORDS = 4
"""Words of a row below a drop cap."""

_MIN_SET_OFF = 3
"""Columns of a quotation's margin, where nothing shows the width of the text."""

_MAX_SET_OFF = 9
"""Columns that a paragraph's first row can be indented more than the next."""


def find_paragraph(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find a row with those that wraps join to it."""
    stop = paragraph_stop(context, index)
    quoted = _is_set_off(context, index, stop, previous)
    rule = ENTRY if context.entries[index] else "paragraph"
    return RuleMatch("paragraph", index, stop, rule, "wrap", quoted=quoted)


def _is_set_off(context: Context, index: int, stop: int, previous: RuleMatch | None) -> bool:
    """Whether all rows of a paragraph are indented, and more than its first one would be."""
    geometry = context.geometry
    least = 1 if geometry.width else _MIN_SET_OFF
    margin = geometry.margin + (geometry.paragraph_indent or least)
    if any(row.indent <= margin for row in context.rows[index:stop]):
        return False
    if stop > index + 1 or (previous is not None and previous.quoted):
        return True
    below = context.rows[stop : stop + 2]
    return len(below) == 2 and {row.indent for row in below} == {context.rows[index].indent}


def paragraph_stop(context: Context, index: int) -> int:
    """Return the index after the last row of a paragraph."""
    rows = context.rows
    stop = _hanging_stop(context, index)
    while stop < context.stops[index] and context.wraps(stop - 1) and not context.labels[stop]:
        step = rows[stop - 1].indent - rows[stop].indent
        most = max(_MAX_SET_OFF, context.geometry.paragraph_indent or 0)
        if step and not (stop == index + 1 and 0 < step <= most):
            break
        is_item = context.items[stop] and rows[stop].text[0] in _BULLETS
        if is_item or context.headings[stop]:
            break
        stop += 1
    return stop


def _hanging_stop(context: Context, index: int) -> int:
    """Return the index after the rows that go on below the words after a label or a number.

    A row that ends without a comma may be one of several names, each on a row of its own.
    """
    stop = index + 1
    label = _LABEL.match(context.rows[index].text) if stop < context.stops[index] else None
    if label is None:
        return stop
    column = context.rows[index].indent + label.end()
    while stop < context.stops[index] and context.rows[stop].indent == column:
        if (
            context.rows[stop - 1].text[-1] not in ",;-"
            and not context.rows[stop].text[0].islower()
        ):
            break
        stop += 1
    return stop


_LABEL = re.compile(r"(?:[^\W\d_][\w .,'’()-]{1,30}:|\(?(?:\d{1,3}|[a-z])[.)])\s{1,60}(?=\S)")


def find_lines(context: Context, index: int, _previous: RuleMatch | None) -> RuleMatch | None:
    """Find a few short rows without any wrap between them."""
    stop = context.runs.lines[index]
    if stop < index + 2 or stop > index + _MAX_LINES or not _is_line(context, index):
        return None
    rows = context.rows[index:stop]
    if stop > index + 2 and not (_goes_on(rows) or _are_amounts(rows)):
        return None
    return RuleMatch("lines", index, stop, "lines: nothing else fits", "stay")


def line_stops(context: Context) -> list[int]:
    """Return for each row the index after the last one that could be one of several lines."""
    rows = context.rows
    return run_stops(
        [
            not context.starts_chunk(index)
            and index not in context.parts
            and row.indent == rows[index - 1].indent
            and _is_line(context, index)
            and not (context.items[index] and row.text[0] in _BULLETS)
            for index, row in enumerate(rows)
        ]
    )


def _is_line(context: Context, index: int) -> bool:
    row = context.rows[index]
    if context.labels[index] or context.entries[index]:
        return False
    if context.wraps(index) or len(row.text) > _MAX_LINE:
        return False
    return not ends_sentence(row.text)


def _are_amounts(rows: Sequence[Row]) -> bool:
    """Whether most of some short rows begin with an amount, as in the list of a recipe."""
    return 2 * sum(map(begins_with_amount, rows)) >= len(rows)


def begins_with_amount(row: Row) -> bool:
    """Whether a row begins with an amount in figures or in words: "2 oz. caraways"."""
    if row.text[0].isnumeric():
        return _AMOUNT.match(row.text) is not None
    return row.line.words[0] in _NUMBERS and _IN_WORDS.match(row.text) is not None


_NUMBERS = frozenset(
    "a an one two three four five six eight ten twelve half quarter"
    " A An One Two Three Four Five Six Eight Ten Twelve Half Quarter".split()
)
_IN_WORDS = re.compile(
    r"\w+ (?:an? |of an? |small |large |heaped |good |quarters? of an? )?(?:pounds?|ounces?|lbs?"
    r"|(?:tea|table|dessert)-?spoon(?:ful)?s?|spoonfuls?|cup(?:ful)?s?|pints?|quarts?|gallons?|pecks?"
    r"|gills?|pinch|handfuls?|dozen|piece|slices?|cloves?|sticks?|bunch|lump|wineglass\w*|glass(?:es)?"
    r"|bottles?|barrels?|bushels?|yards?|drops?|grains?|drams?)\b",
    re.IGNORECASE,
)
"""An amount in words: "Half a teaspoon of salt"."""


_AMOUNT = re.compile(
    r"[\d¼½¾⅓⅔⅛][\d/.,¼½¾⅓⅔⅛ –-]*(?:(?:kg|g|l|ml|cl|dl|EL|TL|Pfd\.?|Stück|Würfel|Prisen?"
    r"|Tassen?|Esslöffel|Eßlöffel|Teelöffel|Päckchen|Pck\.|Bund|Zehen?|Dosen?|Becher|Ei(?:er|gelb)?)\b|[^\W\d_A-Z]{2,})"
)


def _goes_on(rows: Sequence[Row]) -> bool:
    """Whether one of some rows ends in mid-sentence, so that they are no list of names."""
    return any(
        row.text[-1] in ",-–—" or following.text[0].islower() for row, following in pairwise(rows)
    )


def find_drop_cap(context: Context, index: int, _previous: RuleMatch | None) -> RuleMatch | None:
    """Find a capital on a row of its own, and the rest of its word below it."""
    text, below = context.rows[index].text, index + 1
    if len(text) != 1 or not text.isupper() or below >= len(context.rows):
        return None
    following = context.rows[below]
    rest = following.line.words[0]
    goes_on = rest[0].islower() or (not index and rest.isupper() and 1 < len(rest) <= _LONGEST_REST)
    if not goes_on or len(following.line.words) < _MIN_WORDS:
        return None
    return RuleMatch("paragraph", index, paragraph_stop(context, below), DROP_CAP, "wrap")


_LONGEST_REST = 8
"""Letters of the rest of a word in capitals, below the first letter of a text: "HE"."""


def find_fields(context: Context, index: int, _previous: RuleMatch | None) -> RuleMatch | None:
    """Find the header of a mail or a memorandum, whose fields go on over indented lines."""
    if not (context.starts_chunk(index) and context.entries[index]):
        return None
    if not is_field(context.rows[index].text):
        return None
    rows = context.rows
    fields = [row for row in range(index, context.stops[index]) if context.entries[row]]
    stop = fields[-1] + 1
    while stop < context.stops[index] and rows[stop].indent > rows[fields[-1]].indent:
        stop += 1
    return RuleMatch("lines", index, stop, "lines: fields of a mail", "stay")


_PRESENT = re.compile(
    r"(?:participants?|present|in attendance|also present|attendees|teilnehmer|anwesend"
    r"|présents?|étaient présents|participantes|presentes|asistentes)\s?:?",
    re.IGNORECASE,
)
_MAX_PRESENT = 16
"""Words of a name and an office."""


def find_present(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find a name and an office below the word that names who was present; they head nothing."""
    if previous is None:
        return None
    if previous.rule != PRESENT and not _PRESENT.fullmatch(context.rows[index - 1].text):
        return None
    stop = paragraph_stop(context, index)
    words = [word for row in context.rows[index:stop] for word in row.line.words]
    if len(words) > _MAX_PRESENT or words[-1][-1] in ".:?!":
        return None
    if _is_in_capitals(words) or not words[0][0].isupper():
        return None
    return RuleMatch("paragraph", index, stop, PRESENT, "wrap")


def _is_in_capitals(words: Sequence[str]) -> bool:
    """Whether a row is the next heading."""
    return all(word == word.upper() for word in words)


PRESENT = "paragraph: who is present"
DROP_CAP = "paragraph: drop cap"
ENTRY = "paragraph: entry"
"""The rule of an entry of a chronicle or of a numbered verse, which is no rest of a sentence."""

FIRST_RULES = (
    Rule("lines: fields of a mail", find_fields, labelled=True),
    Rule("paragraph: drop cap", find_drop_cap, labelled=True, only_short=True),
    Rule("paragraph: who is present", find_present, only_short=True),
)
RULES = (Rule("lines", find_lines, only_short=True), Rule("paragraph", find_paragraph))
