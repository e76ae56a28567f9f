"""Items of lists, with their printed markers."""

from __future__ import annotations

import re
from itertools import pairwise

from generator.model import Mark
from generator.reading.structure.context import Context
from generator.reading.structure.geometry import ends_sentence
from generator.reading.structure.rows import Row
from generator.reading.structure.rule_matches import Breaks, Rule, RuleMatch
from generator.reading.structure.salutations import is_set_right
from generator.text.dates import is_month

_BULLET = re.compile(r"(?P<marker>[*•·▪►‣◦■○●–—-])\s+(?=\S)")
_DASH_WORD = re.compile(r"--?(?=\w)")
_DASHES = frozenset("–—-")
"""Characters that also begin the words of a speaker in many languages."""

_MAX_PASSED = 3
"""Wrapped rows of an item that begin like another item, as with a number of the sentence."""

_MAX_NESTED = 30
"""Rows of the items of a list inside an item, above which the item before is looked for."""

_COUNTED = re.compile(
    r"(?P<marker>\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,6})[.)](?:\))?|\(\w{1,4}\)|\d{1,2}\.?[ºª°][.)]?"
    r"|\d{1,3}(?=\s{2,}[^\W\d_]))"
    r"\s+(?=\S)"
)

_MAX_MARKER = 9
"""Characters of a marker with a number or letters."""


def item_marker(text: str) -> re.Match[str] | None:
    """Return the match of the marker with which a line begins as an item of a list."""
    bullet = None if text[:1].isalnum() else _BULLET.match(text)
    if bullet:
        return bullet
    start = text[:_MAX_MARKER]
    can_count = text[:1].isdigit() or "." in start or ")" in start
    counted = _COUNTED.match(text) if can_count else None
    return None if counted and _is_day(text, counted) else counted


def _is_day(text: str, marker: re.Match[str]) -> bool:
    """Whether a number with a full stop is the day before a month, as in German: "17. Juni"."""
    is_number = text[0].isdigit() and marker["marker"].endswith(".")
    word = text[marker.end() :].partition(" ")[0] if is_number else ""
    return word[:1].isupper() and is_month(word)


def begins_item(text: str) -> bool:
    """Whether a line begins with a marker of a list."""
    match = item_marker(text)
    return match is not None and match["marker"] not in _DASHES


def is_dash_item(text: str) -> bool:
    """Whether a line begins with one dash, as an item or words of a speaker do."""
    if text[:1].isalnum():
        return False
    match = _BULLET.match(text)
    return _DASH_WORD.match(text) is not None or (match is not None and match["marker"] in _DASHES)


def hangs_below_number(before: Row, row: Row) -> bool:
    """Whether a row stands right below the words after the number of the row above it."""
    number = _NUMBER.match(before.text) if before.text[0].isdigit() else None
    is_below = number is not None and row.indent == before.indent + number.end()
    return is_below and not row.text[0].isdigit()


_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,3}){1,6}\.?\s{1,60}")
"""The number of a part of minutes or a report: "47.1"; a number alone can be that of a stanza."""


def find_item(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find an item: a marker, and words that are indented below it or wrapped."""
    match = item_marker(context.rows[index].text)
    if match is None:
        return None
    if match["marker"] in _DASHES and not (
        _hangs(context, index)
        or _is_announced(context, index, previous)
        or _begins_short_items(context, index)
    ):
        return None
    stop = item_stop(context, index)
    is_series = _follows_item(context, index, previous) or _precedes_item(context, index, stop)
    if not is_series and not (_BULLET.match(match[0]) and _hangs(context, index)):
        return None
    start = context.rows[index].line.start
    mark = Mark("marker", start, start + len(match["marker"]))
    breaks: Breaks = "stay" if _are_lines(context, index, stop) else "wrap"
    return RuleMatch("item", index, stop, "item: marker", breaks, (mark,))


def _are_lines(context: Context, index: int, stop: int) -> bool:
    """Whether most rows of an item end where the next word had room, as in an inscription."""
    rows = context.rows[index:stop]
    width = max(row.right for row in rows)
    needed = [row.right + 1 + below.first for row, below in pairwise(rows)]
    short = sum(right <= width for right in needed)
    is_sure = short >= _LEAST_SHORT or (short and min(needed) < _FAR * width)
    return bool(is_sure) and 2 * short >= len(needed)


_LEAST_SHORT = 2
_FAR = 0.6
"""Short rows that are enough, and the share of the longest below which one is."""


def item_stop(context: Context, index: int) -> int:
    """Return the index after the last row of an item."""
    rows, first = context.rows, context.rows[index]
    stop, passed = index + 1, 0
    while stop < context.stops[index]:
        row = rows[stop]
        if begins_item(row.text):
            passed += 1
            is_nested = row.indent > first.indent and (
                ends_sentence(rows[stop - 1].text) or _begins_series(context, stop)
            )
            is_new = is_nested or passed > _MAX_PASSED or not context.wraps(stop - 1)
            if is_new or _same_series(first.text, row.text):
                break
        is_below = row.indent > first.indent and first.text[0] == row.text[0]
        if (is_below and first.text[0] in _DASHES) or not _goes_on(context, index, stop):
            break
        stop += 1
    return stop


def _begins_series(context: Context, index: int) -> bool:
    """Whether a row is the first of a list, whose second item is set in as far."""
    row = context.rows[index]
    marker = item_marker(row.text)
    is_first = marker is not None and 1 in {_rank(marker["marker"]) % 96, _roman(marker["marker"])}
    below = context.rows[index + 1 : min(context.stops[index], index + _MAX_NESTED)]
    return is_first and any(
        other.indent == row.indent and _same_series(row.text, other.text) for other in below
    )


def _goes_on(context: Context, index: int, stop: int) -> bool:
    """Whether a row goes on an item: indented more than its marker, or after a full row."""
    first, before, row = context.rows[index], context.rows[stop - 1], context.rows[stop]
    if is_set_right(context, stop) and ends_sentence(before.text):
        return False  # a name that signs
    geometry = context.geometry
    is_paragraph = first.indent == geometry.margin + (geometry.paragraph_indent or 0)
    if is_paragraph and row.indent == geometry.margin and context.wraps(stop - 1):
        return True
    if row.indent > first.indent and (stop == index + 1 or row.indent == before.indent):
        return True
    is_full = first.indent > context.geometry.margin and context.geometry.is_full(before, row)
    is_level = row.indent in {first.indent, before.indent}
    return is_level and (context.wraps(stop - 1) or (is_full and row.indent == first.indent))


def _is_announced(context: Context, index: int, previous: RuleMatch | None) -> bool:
    """Whether a row with a hyphen comes after a colon, or after such an item."""
    if not context.rows[index].text.startswith("-") or previous is None:
        return False
    return previous.kind == "item" or context.rows[index - 1].text.endswith(":")


_SHORT_ITEM = 8
_SHORT_ITEMS = 3
"""Words of a short item, and items that are enough for a list that no colon announces."""


def _begins_short_items(context: Context, index: int) -> bool:
    """Whether three short rows with a hyphen follow each other, none of them said by somebody."""
    rows = context.rows[index : index + _SHORT_ITEMS]
    return len(rows) == _SHORT_ITEMS and all(
        row.text.startswith("- ")
        and len(row.line.words) <= _SHORT_ITEM
        and row.text[-1] not in '!?…,"”»'
        for row in rows
    )


def _hangs(context: Context, index: int) -> bool:
    """Whether the row after an item's first one is indented more."""
    return (
        not context.is_last(index) and context.rows[index + 1].indent > context.rows[index].indent
    )


def _follows_item(context: Context, index: int, previous: RuleMatch | None) -> bool:
    if previous is None or previous.kind != "item" or previous.stop != index:
        return False
    text = context.rows[index].text
    before = context.rows[previous.start].text
    if _same_series(before, text) or _same_series(_after_marker(before), text):
        return True
    above = context.rows[max(0, previous.start - _MAX_NESTED) : previous.start]
    return any(
        row.indent == context.rows[index].indent and _same_series(row.text, text) for row in above
    )


def _after_marker(text: str) -> str:
    """Return the words of an item, which can begin with the first item of a list: "3. (a) The"."""
    marker = item_marker(text)
    return text[marker.end() :] if marker else ""


def _precedes_item(context: Context, index: int, stop: int) -> bool:
    """Whether the next item of a series follows an item, or a list inside the item."""
    rows, first = context.rows, context.rows[index]
    if stop >= len(rows):
        return False
    if _same_series(first.text, rows[stop].text):
        return True
    if rows[stop].indent <= first.indent or not begins_item(rows[stop].text):
        return False
    below = (row for row in rows[stop : stop + _MAX_NESTED] if row.indent <= first.indent)
    after = next(below, None)
    return after is not None and _same_series(first.text, after.text)


def _same_series(text: str, following: str) -> bool:
    """Whether the marker of a line goes on after another's: "2." after "1.", a dash after one."""
    first, second = item_marker(text), item_marker(following)
    if first is None or second is None:
        return False
    first_sign, second_sign = first["marker"], second["marker"]
    if not any(map(str.isalnum, first_sign)):
        return first_sign == second_sign
    if _shape(first_sign) != _shape(second_sign):
        return False
    return (
        _rank(second_sign) == _rank(first_sign) + 1 or _roman(second_sign) == _roman(first_sign) + 1
    )


def _shape(marker: str) -> str:
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "1", marker))


def _rank(marker: str) -> int:
    digits = "".join(filter(str.isdigit, marker))
    letters = "".join(filter(str.isalpha, marker))
    return int(digits) if digits else ord(letters[0].lower()) if letters else 0


_ROMAN = {"i": 1, "v": 5, "x": 10}


def _roman(marker: str) -> int:
    """Return the value of a marker in Roman digits, with "iiii" for four as well."""
    letters = "".join(filter(str.isalpha, marker)).lower()
    if not letters or set(letters) - set(_ROMAN):
        return -9
    values = [_ROMAN[letter] for letter in letters]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


RULES = (Rule("item", find_item),)
