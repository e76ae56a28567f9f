"""Headings that nothing but their place shows: short lines that stand alone above running text."""

from __future__ import annotations

import re

from generator.reading.structure.caption_words import is_quoted_line
from generator.reading.structure.context import Context
from generator.reading.structure.geometry import ends_sentence
from generator.reading.structure.headings import heads_nothing
from generator.reading.structure.open_end_words import CONNECTORS
from generator.reading.structure.rows import Row
from generator.reading.structure.rule_matches import Rule, RuleMatch


def find_short(context: Context, index: int, _previous: RuleMatch | None) -> RuleMatch | None:
    """Find a short row that stands alone before running text, without a full stop."""
    row = context.rows[index]
    in_capitals = context.profile.in_capitals and row.text.isupper()
    can_head = len(row.line.words) <= _MOST_WORDS and not in_capitals
    if not (can_head and context.starts_chunk(index) and context.is_last(index)):
        return None
    text = _NOTE_REFERENCE.sub("", row.text)
    text = text if is_quoted_line(text) else _QUOTED.sub(r"\1", text)
    is_closed = text[-1:] == ")" and "(" in text[1:]
    if (
        (text[-1:] in '.,;:!?—-"”»’)،؛؟' and not is_closed)
        or not text[:1].isalnum()
        or text[:1].islower()
    ):
        return None
    if not any(word[0].isalpha() for word in row.line.words):
        return None
    is_other = _is_above_name(context, index) or _is_interviewed(context, index)
    is_other = is_other or _is_open_sentence(row)
    if is_other or heads_nothing(context, index, index + 1):
        return None
    if row.indent > context.geometry.margin or not _is_text(context, index + 1):
        return None
    return RuleMatch("heading", index, index + 1, "heading: short line alone")


def _is_open_sentence(row: Row) -> bool:
    """Whether a second sentence begins in a row and stops in the middle."""
    is_open = row.line.words[-1] in CONNECTORS
    return is_open and _SECOND_SENTENCE.search(row.text) is not None


_SECOND_SENTENCE = re.compile(r"[^\W\d_A-Z]{4}[.!?] [^\W\d_a-z]")


def _is_above_name(context: Context, index: int) -> bool:
    """Whether nothing but a word or two on the last row follows, as below the end of a letter."""
    is_last = index + 2 == len(context.rows)
    return is_last and len(context.rows[index + 1].line.words) <= _MOST_OF_NAME


_MOST_WORDS, _MOST_OF_NAME = 9, 2


def _is_interviewed(context: Context, index: int) -> bool:
    """Whether a row is the name of who answers, as the title of the interview says."""
    title, text = context.rows[0].text, context.rows[index].text
    is_named = index > 0 and text in title and _INTERVIEW.match(text) is None
    return is_named and _INTERVIEW.match(title) is not None


_INTERVIEW = re.compile(r"(?:Interview|Conversation|Gespräch|Entretien|Entrevista|Intervista)\b")
_QUOTED = re.compile(r"^[\"“'‘«]([^\"“”'‘’«»]+)[\"”'’»]$")
"""A few words in quotation marks, as newspapers have them between paragraphs."""

_NOTE_REFERENCE = re.compile(r"(?:\[\d{1,3}\]|\(\d{1,3}\)|\*\d{0,2})$")
"""A reference to a note after the last word of a row."""


def _is_text(context: Context, index: int) -> bool:
    """Whether running text, or another heading, begins at a row."""
    row = context.rows[index]
    if row.text[:1].islower():
        return False
    return len(row.text) > 40 or context.stops[index] > index + 1 or not ends_sentence(row.text)


def find_question(context: Context, index: int, _previous: RuleMatch | None) -> RuleMatch | None:
    """Find a question above its answer, in a text that is called questions."""
    row = context.rows[index]
    is_alone = context.starts_chunk(index) and context.is_last(index)
    if not (is_alone and row.text[-1] == "?") or not index or index + 1 == len(context.rows):
        return None
    if context.rows[index + 1].text[-1] == "?" or len(row.line.words) > _MOST_IN_QUESTION:
        return None
    return RuleMatch("heading", index, index + 1, QUESTION)


def _has_questions(context: Context) -> bool:
    """Whether the first row of a text calls it questions."""
    return bool(context.rows) and _QUESTIONS.search(context.rows[0].text) is not None


QUESTION = "heading: question"
_MOST_IN_QUESTION = 20
_QUESTIONS = re.compile(
    r"\b(?:questions|FAQs?|Q ?& ?A|fragen|preguntas|perguntas|domande|vragen)\b", re.IGNORECASE
)


def find_topic(context: Context, index: int, _previous: RuleMatch | None) -> RuleMatch | None:
    """Find what the next questions of a catechism or an examination are about."""
    row = context.rows[index]
    if not (context.starts_chunk(index) and context.is_last(index)):
        return None
    is_title = row.text[0].isupper() and row.text[-1].isalnum() and not row.text.isupper()
    if not is_title or len(row.line.words) > _MOST_IN_TOPIC or not _asks(context, index + 1):
        return None
    return RuleMatch("heading", index, index + 1, TOPIC)


def _asks(context: Context, index: int) -> bool:
    """Whether a question begins at a row."""
    is_speech = index < len(context.rows) and context.labels[index] > 0
    return is_speech and context.rows[index].text.startswith(("Q.", "Q:"))


def _has_asked(context: Context) -> bool:
    return any(_asks(context, index) for index in range(len(context.rows)))


TOPIC = "heading: above questions"
_MOST_IN_TOPIC = 10

FIRST_RULES = (Rule(TOPIC, find_topic, texts="play", can_find=_has_asked, only_short=True),)
RULES = (
    Rule("heading: short", find_short, only_short=True),
    Rule(QUESTION, find_question, can_find=_has_questions, only_short=True),
)
