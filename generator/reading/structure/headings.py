"""Headings: numbered ones, lines in capitals, and centred lines."""

from __future__ import annotations

import re
from itertools import pairwise

from generator.reading.document_words import names_document
from generator.reading.structure.caption_words import is_quoted_line, is_view
from generator.reading.structure.context import Context
from generator.reading.structure.geometry import divides_word, ends_sentence
from generator.reading.structure.heading_words import is_name_of_part, is_number_alone, is_numbered
from generator.reading.structure.letter_words import is_date_row, is_hour, is_salutation_row
from generator.reading.structure.lists import begins_item, hangs_below_number
from generator.reading.structure.rows import Row
from generator.reading.structure.rule_matches import BELOW_TITLE, HEADING_NUMBER, Rule, RuleMatch

_MAX_WORDS = 14
_MAX_SENTENCE = 20
"""Words in capitals with a full stop among them; more are a telegram."""

_MIN_STEP = 8
"""Columns that a title is indented more than the verse below it."""

_FULL = 0.8
"""The share of the width that a centred row and the next word exceed if the row is full."""

_MIN_CENTRED = 3
"""Columns; a row that is indented less begins a paragraph and is not centred."""

_MAX_LENGTH = 300
"""Characters of a line of a heading."""

_MAX_CENTRED_ROWS = 4
"""Rows of a centred heading."""

_MAX_CAPITALS = 60
"""Words (and rows) of a heading in capitals."""


def heading_rows(context: Context) -> list[bool]:
    """Return for each row whether it is a numbered heading or stands alone in capitals."""
    return [_is_heading_row(context, index) for index in range(len(context.rows))]


def _is_heading_row(context: Context, index: int) -> bool:
    row = context.rows[index]
    is_centred = context.geometry.is_centred
    if context.capitals[index] and (is_centred(row) or _ends_centred(context, index)):
        return True
    return is_numbered(row) and row.text[-1] != ","


def _ends_centred(context: Context, index: int) -> bool:
    """Whether a row fills the width, with the same space on both sides, and goes on centred."""
    if context.is_last(index) or context.geometry.begins_paragraph(
        *context.rows[index : index + 2]
    ):
        return False
    row, following = context.rows[index], context.rows[index + 1]
    is_below = following.indent > row.indent and context.geometry.is_centred(following)
    return is_below and is_capitals(following.text) and context.geometry.is_even(row)


def is_capitals(text: str) -> bool:
    """Whether the letters of a line are capitals, at least three of them."""
    second = text[1:3]  # of nearly all lines two small letters, which are enough to say no
    if (second.isalpha() and second.islower() and len(second) == 2) or len(text) > _MAX_LENGTH:
        return False
    if sum(map(str.islower, text[:8])) >= 2:
        return False
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 3 and sum(map(str.isupper, letters)) >= 0.9 * len(letters)


def find_numbered(context: Context, index: int, _previous: RuleMatch | None) -> RuleMatch | None:
    """Find a heading such as "Chapter 3", "II." or "Second act"."""
    row = context.rows[index]
    text = row.text
    stands_alone = context.starts_chunk(index) or _is_set_off(context, index)
    stands_alone = stands_alone or (is_capitals(text) and _is_paragraph(context, index))
    stands_alone = stands_alone or (context.profile.genre == "play" and index < _FIRST_ROWS)
    stands_alone = stands_alone or (text[0] == "§" and ends_sentence(context.rows[index - 1].text))
    if not stands_alone:
        return None
    is_short = len(row.line.words) <= _MAX_WORDS and not _CLAUSE.match(text)
    if is_short and is_numbered(row) and _not_prose(context, index):
        return _heading(context, index, "heading: numbered")
    is_number = is_number_alone(text)
    is_above = context.is_last(index) or _is_set_off(context, index) or text[0] == "§"
    if is_number and is_above:
        return _heading(context, index, HEADING_NUMBER)
    if is_name_of_part(text) and (context.is_last(index) or _is_set_off(context, index)):
        return _heading(context, index, "heading: name of a part")
    return None


_FIRST_ROWS = 8
"""Rows among which are the title, the date and, in a play, an act and a scene without a gap."""


_CLAUSE = re.compile(
    r"(?:section|sect?|article|artikel|art|artículo)\b.{1,8}[.:)—-] .*"
    r"\b(?:shall|may|must|is|are|was|were|will|has|have|wird|werden|ist|sind|hat|est|sont|será|es)\b"
    r".*[.;]$",
    re.IGNORECASE,
)
"""A numbered clause of rules that is a sentence: "Section 1. The club shall have no dogs."."""


def _is_paragraph(context: Context, index: int) -> bool:
    """Whether indentation shows that a row is a paragraph of its own."""
    around = context.rows[max(0, index - 1) : index + 2]
    return len(around) == 3 and all(
        context.geometry.begins_paragraph(before, after) for before, after in pairwise(around)
    )


def centred_stop(context: Context, index: int) -> int:
    """Return the index after the rows that go on a row, as wraps or centred below it."""
    geometry, rows = context.geometry, context.rows
    stop = index + 1
    while stop < context.stops[index] and stop < index + 5 and not context.labels[stop]:
        if geometry.begins_paragraph(rows[stop - 1], rows[stop]) and not geometry.is_even(
            rows[stop]
        ):
            break
        before = rows[stop - 1]
        is_below = geometry.is_centred(rows[stop]) and geometry.is_even(rows[index])
        wraps = before.indent <= _MIN_CENTRED and context.wraps(stop - 1)
        if not (wraps or (is_below and _fills(context, before, rows[stop]))):
            break
        stop += 1
    return stop


def _fills(context: Context, row: Row, following: Row) -> bool:
    """Whether a centred row is so long that the first word of the next had no room in it."""
    length = len(row.text) + 1 + following.first
    return length > _FULL * (context.geometry.width or 0)


def find_capitals(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find rows in capitals that stand alone."""
    text = context.rows[index].text
    if context.profile.in_capitals or not is_capitals(text):
        return None
    is_date = index <= _FIRST_ROWS and is_date_row(text, strict=True) and not names_document(text)
    if is_quoted_line(text) or is_date or _closes_letter(context, index):
        return None
    stop, count = index + 1, len(context.rows[index].line.words)
    limit = min(context.stops[index], index + _MAX_CAPITALS)
    while stop < limit and count <= _MAX_CAPITALS and _goes_on_in_capitals(context, stop):
        count += len(context.rows[stop].line.words)
        stop += 1
    alone = context.starts_chunk(index) and stop == context.stops[index]
    set_off = (
        context.profile.is_verse
        or _is_set_off(context, index)
        or _is_between_paragraphs(context, index, stop, previous)
        or _goes_on_centred(context, index, stop)
        or _is_above_date(context, index, stop)
        or _is_above_decks(context, index, stop)
        or _is_above_sentence(context, index, stop)
    )
    if count > _MAX_CAPITALS or not (alone or set_off) or heads_nothing(context, index, stop):
        return None
    words = [word for row in context.rows[index:stop] for word in row.line.words]
    first = context.rows[index]
    is_centred = first.indent > context.geometry.margin and context.geometry.is_even(first)
    has_sentences = any(word[-1] == "." and len(word) > 3 for word in words[:-1])
    if len(words) > _MAX_SENTENCE and has_sentences and not is_centred:
        return None
    return RuleMatch("heading", index, stop, "heading: capitals")


def _goes_on_in_capitals(context: Context, index: int) -> bool:
    """Whether a row in capitals is neither the label of a speech nor a salutation."""
    text = context.rows[index].text
    if text in _SMALL_WORDS and index + 1 < context.stops[index]:
        text = context.rows[index + 1].text  # "ON" between two lines of a title
    if not is_capitals(text) or context.labels[index]:
        return False
    return not (context.profile.is_letter and is_salutation_row(text))


def _closes_letter(context: Context, index: int) -> bool:
    """Whether a row of first letters are the last words of a letter: "Q. B. S. M."."""
    is_below = context.profile.is_letter and index > _FIRST_OF_LETTER
    return is_below and all(len(word.strip(".,")) == 1 for word in context.rows[index].line.words)


_FIRST_OF_LETTER = 3
"""Rows of a letter above its last words."""

_SMALL_WORDS = frozenset("ON OF TO IN AT BY OR UND DE DU SUR ET Y E".split())
"""Words that stand on a row of their own in a title; others in capitals are numerals."""


def _goes_on_centred(context: Context, index: int, stop: int) -> bool:
    """Whether the first of some rows fills the width, and the last is centred below it."""
    last = context.rows[stop - 1]
    if stop == index + 1 or not context.geometry.is_centred(last):
        return False
    is_below = last.indent > context.rows[index].indent and context.starts_chunk(index)
    return is_below or _ends_centred(context, index)


def _is_above_date(context: Context, index: int, stop: int) -> bool:
    """Whether rows are the first of a text, and a date right below them ends their block."""
    is_last = not index and stop < context.stops[index] and context.is_last(stop)
    return is_last and is_date_row(context.rows[stop].text, strict=True)


def _is_above_decks(context: Context, index: int, stop: int) -> bool:
    """Whether rows are the headline of a newspaper, with short rows below them, above prose."""
    end = context.stops[index]
    if not context.starts_chunk(index) or not 0 < end - stop <= _MOST_DECKS or end > _FIRST_ROWS:
        return False
    texts = [row.text for row in context.rows[stop:end]]
    is_short = all(len(text) <= _LONGEST_DECK and text[-1].isalnum() for text in texts)
    return is_short and end < len(context.rows) and len(context.rows[end].text) > _LONGEST_DECK


_MOST_DECKS, _LONGEST_DECK = 4, 60


def _is_above_sentence(context: Context, index: int, stop: int) -> bool:
    """Whether rows that end before the column does stand right above a sentence.

    The first words of a paragraph, which some print in capitals, fill their row.
    """
    if stop == context.stops[index] or not context.starts_chunk(index) or context.profile.genre:
        return False
    last, below = context.rows[stop - 1], context.rows[stop]
    if not last.text[-1].isalpha() or context.geometry.may_be_full(last, below):
        return False
    small = sum(word[0].islower() for word in below.line.words)
    is_prose = 2 * small >= len(below.line.words) >= _SHORTEST_SENTENCE
    return is_prose and (context.wraps(stop) or ends_sentence(below.text))


_SHORTEST_SENTENCE = 6
"""Words."""


def _is_between_paragraphs(
    context: Context, index: int, stop: int, previous: RuleMatch | None
) -> bool:
    """Whether indentation shows that a paragraph begins below, and none goes on above."""
    rows = context.rows
    above = previous is None or previous.kind == "heading" or context.starts_chunk(index)
    above = above or (previous is not None and previous.rule == BELOW_TITLE)
    indented = context.geometry.paragraph_indent is not None and stop < len(rows)
    return (
        above
        and indented
        and rows[stop].indent
        == (context.geometry.margin + (context.geometry.paragraph_indent or 0))
    )


def find_centred(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find centred rows that are no sentence."""
    rows = context.rows
    is_centred = context.geometry.is_centred(rows[index])
    hangs = not context.starts_chunk(index) and hangs_below_number(*rows[index - 1 : index + 1])
    if hangs or not (is_centred or _is_set_off(context, index)):
        return None
    is_apart = _is_set_off(context, index) and not (previous is not None and previous.quoted)
    if not (context.starts_chunk(index) or is_apart):
        return None
    stop = index + 1
    limit = min(context.stops[index], index + _MAX_CENTRED_ROWS + 1)
    while (
        stop < limit
        and context.geometry.is_centred(rows[stop])
        and rows[stop].indent > context.geometry.margin + 5
        and not is_view(rows[stop].text)
    ):
        stop += 1
    words = sum(len(rows[row].line.words) for row in range(index, stop))
    is_none = words > 24 or _is_no_title(rows[index].text)
    if stop - index > _MAX_CENTRED_ROWS or is_none or _goes_on(context, index, stop):
        return None
    step = max(context.geometry.paragraph_indent or 0, _MIN_CENTRED) + 1
    if rows[index].indent <= context.geometry.margin + step or heads_nothing(context, index, stop):
        return None
    no_ends = ",;!?" if context.profile.genre == "play" else ",;"  # the rest of a line of verse
    if _ATTRIBUTION.match(rows[index].text) or rows[stop - 1].text[-1] in no_ends:
        return None
    return RuleMatch("heading", index, stop, "heading: centred")


def _is_no_title(text: str) -> bool:
    """Whether a row begins with a small letter, or is several figures, as below a column."""
    is_sum = " " in text and not any(map(str.isalpha, text))
    return is_sum or (text[0].islower() and not begins_item(text))


_ATTRIBUTION = re.compile(r"(?:--|[—–]) ?[^\W\d_]")
"""The beginning of a row that names who wrote the lines above it."""


def heads_nothing(context: Context, index: int, stop: int) -> bool:
    """Whether no text follows rows, or one says the hour or stands again, as names of speakers."""
    if stop == len(context.rows):
        return True
    text = context.rows[index].text
    return stop == index + 1 and (text in context.repeated or is_hour(text))


def _goes_on(context: Context, index: int, stop: int) -> bool:
    """Whether rows are the beginning of a sentence or of a quotation.

    A word is divided, small letters follow, or the last row wraps into one that is set off.
    """
    rows = context.rows[index : stop + 1]
    is_divided = any(divides_word(row.text, after.text) for row, after in pairwise(rows))
    if is_divided or stop == context.stops[index]:
        return is_divided
    below = rows[-1]
    is_apart = below.indent > context.geometry.margin and not context.geometry.is_centred(below)
    return below.text[:1].islower() or (is_apart and context.wraps(stop - 1))


def _heading(context: Context, index: int, rule: str) -> RuleMatch:
    """Return a heading with the rows below it that belong to it."""
    stop = index + 1
    while stop < context.stops[index] and stop < index + 5 and not context.labels[stop]:
        if not (_goes_on_in_capitals(context, stop) or _belongs(context, index, stop)):
            break
        stop += 1
    return RuleMatch("heading", index, stop, rule)


def _belongs(context: Context, index: int, stop: int) -> bool:
    """Whether a row below a heading is centred as it is."""
    row = context.rows[stop]
    return (
        context.geometry.is_centred(row)
        and row.indent > context.geometry.margin + 9
        and context.geometry.is_centred(context.rows[index])
        and row.text[0] not in "(["
        and not is_date_row(row.text, strict=True)
    )


def _is_set_off(context: Context, index: int) -> bool:
    """Whether indentation sets a row off from running text, where no empty lines do."""
    row = context.rows[index]
    step = row.indent - context.geometry.margin
    if context.geometry.is_centred(row) and step > (context.geometry.paragraph_indent or 0) + 1:
        return True
    is_above_verse = context.profile.is_verse and not context.is_last(index)
    return is_above_verse and row.indent >= context.rows[index + 1].indent + _MIN_STEP


def _not_prose(context: Context, index: int) -> bool:
    """Whether a row is not the first of a filled paragraph."""
    return not context.wraps(index) or is_capitals(context.rows[index].text)


RULES = (
    Rule("heading: numbered", find_numbered, only_short=True),
    Rule("heading: capitals", find_capitals, only_short=True),
)
LATE_RULES = (Rule("heading: centred", find_centred, only_short=True),)
