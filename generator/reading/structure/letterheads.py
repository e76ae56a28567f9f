"""Addresses in letters: of the sender above the date, and of the recipient at top or foot."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from generator.reading.document_words import names_document
from generator.reading.head.bylines import looks_like_place
from generator.reading.structure.context import Context
from generator.reading.structure.letter_words import is_address, is_date_row, is_salutation_row
from generator.reading.structure.rows import Row
from generator.reading.structure.rule_matches import Rule, RuleMatch

_HEAD_ROWS = 10
_LONGEST_ROW = 60
"""Rows at the top among which the date is looked for, and the characters of one above it."""

_GAP = "   "
"""Spaces between two parts of a letterhead on one row."""

_FAR_RIGHT = 18
"""Columns from which a row is set to the right."""


class AddressSign(msgspec.Struct, frozen=True):
    """Words that addresses have and titles do not."""

    name: str
    pattern: re.Pattern[str]


def _sign(name: str, expression: str) -> AddressSign:
    return AddressSign(name, re.compile(expression))


ADDRESS_SIGNS = (
    _sign("number of a house", r"^(?:No\.? ?)?\d{1,4}[a-z]?,? (?:[A-ZÀ-Þ][\w'’]+[ ,]*){1,5}[.,]?$"),
    _sign(
        "street",
        r"\b(?:Street|St\.(?=,|$)|Road|Rd\.|Lane|Avenue|Ave\.|Square|Terrace|Crescent|Gardens|Place|Row"
        r"|Rectory|Vicarage|Parsonage|Barracks|Hotel|Inn|P\. ?O\. Box)\b(?! [a-z])",
    ),
    _sign(
        "street before its name",
        r"\b(?:rue|quai|boulevard|faubourg|Place de"
        r"|[Cc]alle|[Aa]venida|[Pp]laza|[Rr]ua|[Pp]raça)\b",
    ),
    _sign("German street", r"\w(?:straße|strasse|str\.|gasse|platz|weg|allee|ufer|damm)\s*\d"),
    _sign("postal district", r"^(?:[NSEW]\.? ?[EWC]?\.?|[EW]\. ?C\.)(?: ?\d{1,2})?[.,]?$"),
    _sign(
        "regiment, ship or camp",
        r"\bc/o\b|\b(?:Battalion|Regiment|Battery|Squadron|Brigade|Regt|Bn|Camp)\b|\bH\. ?M\. ?S\.",
    ),
    _sign(
        "telephone", r"\b(?:Tele(?:phone|grams)|Tel\.|Fernsprecher|Fernruf|Téléphone|Teléfono)\b"
    ),
    _sign(
        "firm",
        r"(?:& (?:Sons?|Co|Cie|Comp)\b|\b(?:LTD|Ltd|Limited|G\.?m\.?b\.?H)\b|& (?:SON|CO)\b)",
    ),
)
"""Each is looked for in a row above the date of a letter."""


def find_letterhead(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find the address of the sender, in the rows right above the date of a letter."""
    if index >= _HEAD_ROWS:
        return None
    is_above = previous is None or previous.kind in {"heading", "address"}
    if not (is_above or _REMARK.fullmatch(context.rows[index - 1].text)):
        return None
    stop = _date_row(context, index)
    if stop is None or stop == index or _NUMBER.fullmatch(context.rows[index].text):
        return None
    stop = min(stop, context.stops[index])
    rows = context.rows[index:stop]
    if not (_have_sign(rows) or _is_place_above_date(context, index, stop)):
        return None
    return RuleMatch("address", index, stop, "address: above the date", "stay")


def _date_row(context: Context, index: int) -> int | None:
    """Return the index of the date that follows short rows, if one does."""
    for number in range(index, min(index + _HEAD_ROWS, len(context.rows))):
        row = context.rows[number]
        if is_date_row(row.text, strict=False) and not is_address(row.text):
            return number
        is_set_apart = row.indent >= _FAR_RIGHT or _GAP in row.text
        is_running = context.wraps(number) and not is_set_apart
        if is_running or len(row.line.words) > _MOST_WORDS or is_salutation_row(row.text):
            return None
    return None


_NUMBER = re.compile(r"(?:\d{1,4}|[IVXLC]+)[.:]?")
"""The number of a letter in a book of letters."""

_REMARK = re.compile(r"\[[^\[\]]+\]\.?")
"""What an editor says of a letter above it: "[Typed, 2 leaves]"."""

_MOST_WORDS = 9
"""Words of a row of an address."""


def _have_sign(rows: Sequence[Row]) -> bool:
    """Whether rows are an address: one of two or more has a sign of it, or one alone has."""
    return any(sign.pattern.search(row.text) for row in rows for sign in ADDRESS_SIGNS)


def _is_place_above_date(context: Context, index: int, stop: int) -> bool:
    """Whether rows at the right, or places with commas between, stand right above the date."""
    if stop >= len(context.rows) or context.stops[index] <= stop:
        return False
    rows = context.rows[index:stop]
    at_right = all(row.indent >= _FAR_RIGHT for row in (*rows, context.rows[stop]))
    goes_on = all(row.text.endswith(",") for row in rows[:-1])
    return at_right or (goes_on and all(_can_be_place(row.text) for row in rows))


def _can_be_place(text: str) -> bool:
    """Whether a line is a place, or the few words could be one: "Somewhere in France"."""
    if looks_like_place(text.partition(",")[0]):
        return True
    words = _WORDS.findall(text)
    named = [word for word in words if word.lower() not in _IN_PLACES]
    is_named = 0 < len(named) <= _MOST_NAMES and all(word[0].isupper() for word in named)
    return is_named and not (text.isupper() or names_document(text))


_WORDS = re.compile(r"[^\W\d_][\w.'’-]*")
_IN_PLACES = frozenset("in on near at the of by bei an am im der sur de la le les en sous".split())
_MOST_NAMES = 3
"""Names in a place: a title above a date mostly has more words, or names a document."""


def find_recipient_at_foot(
    context: Context, index: int, previous: RuleMatch | None
) -> RuleMatch | None:
    """Find the address of the recipient: short rows below the signature and its date."""
    if previous is None or not context.starts_chunk(index):
        return None
    stop = context.stops[index]
    is_at_foot = index > 2 and len(context.rows) - stop <= _ROWS_BELOW
    if previous.kind not in {"signature", "dateline"} or not is_at_foot:
        return None
    if not _is_address_of_somebody(context.rows[index:stop]):
        return None
    return RuleMatch("address", index, stop, "address: below the signature", "stay")


def _is_address_of_somebody(rows: Sequence[Row]) -> bool:
    """Whether rows are short, and name somebody with a title or have a sign of an address."""
    if not 2 <= len(rows) <= _MOST_ROWS or is_salutation_row(rows[0].text):
        return False
    if not all(_can_be_of_address(row) for row in rows):
        return False
    first = rows[0].text
    return bool(_HONORIFIC.match(first)) or is_address(first) or _have_sign(rows)


_MOST_ROWS, _ROWS_BELOW = 8, 3
_HONORIFIC = re.compile(
    r"(?:Prof(?:essor)?|Dr|Rev|Hon|The Hon|The Rev|Sir|Lord|Lady|Miss|Messrs|Capt|Col|Gen|M|Mme"
    r"|Mlle|D|Dña|Exmo|Ilmo|Madame|Monsieur|Herrn|Frau|Fräulein)\b\.? "
)
"""What stands before the name of who gets a letter."""


def _can_be_of_address(row: Row) -> bool:
    if len(row.text) > _LONGEST_ROW or row.text[-1] in "!?;:":
        return False
    return row.text[0].isupper() or row.text[0].isdigit() or is_address(row.text)


RULES = (
    Rule("address: above the date", find_letterhead, texts="letter", only_short=True),
    Rule("address: below the signature", find_recipient_at_foot, texts="letter", only_short=True),
)
