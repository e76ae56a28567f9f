"""What stands on a row of its own below the title: who wrote a text, its year, its tune."""

from __future__ import annotations

import re

from generator.reading.structure.context import Context
from generator.reading.structure.heading_words import is_numbered
from generator.reading.structure.headings import is_capitals
from generator.reading.structure.rule_matches import BELOW_TITLE, Rule, RuleMatch

_BYLINE = re.compile(
    r"(?:by|von|vom|par|por|de|di|edited by|translated by)\s+[A-ZÀ-Þ].{0,60}", re.IGNORECASE
)
_TUNE = re.compile(
    r"^(?:tune|air)[:.] \S|\bto (?:the|an?) (?:\w+ ){0,2}(?:tune|air) of\b", re.IGNORECASE
)
"""How a song is sung: "Tune: Old Hundredth", "To the Tune of Chevy Chase"."""

_MOST_WORDS = 14

_YEAR = re.compile(r"\(?1[4-9]\d\d(?:[-–/]\d{2,4})?\)?\.?|\(?20\d\d\)?")


def find_below_title(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find the author, the year, the tune or a name on a row of its own below the title."""
    if previous is None or index > 5 or previous.stop != index:
        return None
    if previous.kind != "heading" and previous.rule != BELOW_TITLE:
        return None
    row = context.rows[index]
    if _TUNE.search(row.text) and len(row.line.words) <= _MOST_WORDS:
        return RuleMatch("paragraph", index, index + 1, BELOW_TITLE, "wrap")
    if context.wraps(index) or len(row.line.words) > 8 or context.geometry.is_at_right(row):
        return None
    is_name = all(word[0].isupper() or len(word) <= 3 for word in row.line.words)
    is_name = is_name and not is_numbered(row) and not is_capitals(row.text)
    is_name = is_name and 2 <= len(row.line.words) <= 5 and row.text[-1] not in ".!?,:;"
    in_title = (
        not context.starts_chunk(index) and previous.stop == 1
    ) or previous.kind != "heading"
    if _BYLINE.fullmatch(row.text) or _is_year(context, index) or (is_name and in_title):
        return RuleMatch("paragraph", index, index + 1, BELOW_TITLE, "wrap")
    return None


def _is_year(context: Context, index: int) -> bool:
    """Whether a row is the year of a text; that of a chronicle has others below it."""
    if not _YEAR.fullmatch(context.rows[index].text):
        return False
    return not any(_YEAR.fullmatch(row.text) for row in context.rows[index + 1 :])


RULES = (Rule(BELOW_TITLE, find_below_title, only_short=True),)
