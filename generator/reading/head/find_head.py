"""The head of a document: its first lines, with title, byline, date and other fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from msgspec.structs import replace

from generator.reading.head.authors import (
    names_nobody_in,
    with_bare_names,
    with_byline,
    with_names_below_title,
)
from generator.reading.head.catalogue_header import with_catalogue_header
from generator.reading.head.document_date import (
    with_date,
    with_date_of_attestation,
    with_date_of_entries,
    with_date_of_foot,
    with_date_of_opening,
    with_date_of_title,
    with_dateline,
    with_year,
)
from generator.reading.head.end_of_head import body_index, is_prose
from generator.reading.head.entry_days import with_days_of_entries
from generator.reading.head.labels import parse_publication, parse_section
from generator.reading.head.letters import find_signs, with_correspondents, with_genre
from generator.reading.head.lines import (
    BlockLayout,
    Head,
    HeadField,
    HeadLine,
    first_lines,
    last_lines,
    role_lines,
    with_removable,
)
from generator.reading.head.standfirst import with_standfirst
from generator.reading.head.title_rules import cannot_be_title
from generator.reading.head.titles import dated_title, find_title, is_masthead


def find_head(text: str, language: str | None = None, layout: Iterable[BlockLayout] = ()) -> Head:
    """Find the fields above the first line of prose of `text`, and the dateline that opens it.

    `layout` has the kinds of the blocks of `text`, as far as they are known. A line stays in the
    article unless the fields account for all its words.
    """
    layout = tuple(layout)
    lines, last = list(first_lines(text, layout)), list(last_lines(text, layout))
    head_lines = lines[: body_index(lines, text)]
    above_prose = list(takewhile(lambda line: not is_prose(line.text), lines))
    signs = find_signs(lines, last)
    head = with_genre(with_catalogue_header(Head(), text), lines, signs)
    head = with_date(head, head_lines, above_prose, text, language)
    head = with_byline(head, head_lines, text) if head.names is None else head
    head = _with_section(_with_publication(head, head_lines), head_lines)
    head = _with_masthead(_with_title(head, lines, head_lines, text), head_lines)
    head = with_bare_names(head, head_lines, text)
    head = with_names_below_title(head, head_lines, text)
    head = with_year(with_standfirst(head, head_lines), head_lines, text)
    head = with_date_of_opening(with_date_of_title(head, language), lines, language)
    head_end = max((line.end for line in role_lines(head)), default=0)
    first = next((line for line in lines if line.start >= head_end), None)
    opening = [line for line in (first, *lines[len(head_lines) :][:1]) if line]
    head = with_dateline(head, opening, text, language)
    head = with_date_of_attestation(head, (*last, *lines[:_OPENING]), language)
    head = with_days_of_entries(with_date_of_foot(head, last, text, language), text)
    head = with_date_of_entries(head, text)
    return with_correspondents(head, lines, last, signs)


_OPENING = 4
"""Lines at the top among which a deposition says when it was taken."""


def without_standfirst(head: Head) -> Head:
    """Return the head with its standfirst as a line of the article."""
    standfirst = head.standfirst.line if head.standfirst else None
    removable = tuple(line for line in head.removable if line != standfirst)
    return replace(head, standfirst=None, removable=removable)


def _with_title(
    head: Head, lines: Sequence[HeadLine], head_lines: Sequence[HeadLine], text: str
) -> Head:
    if head.title is not None:
        return head
    signatures = {line for line in head_lines if names_nobody_in(text, line)}
    title = find_title(head, lines, head_lines, signatures) or dated_title(head, head_lines)
    if title is None:
        return head
    head = replace(head, title=title.field, title_lines=title.more)
    return with_removable(head, *title.lines)


def _with_publication(head: Head, lines: Sequence[HeadLine]) -> Head:
    for line in lines if head.publication is None else ():
        name = parse_publication(line.text)
        if name is not None:
            field = HeadField(line, name, "source named in the head")
            return with_removable(replace(head, publication=field), line)
    return head


def _with_masthead(head: Head, lines: Sequence[HeadLine]) -> Head:
    """Add the newspaper above its day, unless it is the title for want of a better one."""
    taken = role_lines(head)
    for line in lines if head.publication is None else ():
        if line not in taken and is_masthead(line, head, lines):
            field = HeadField(line, line.words, "newspaper above its day")
            return with_removable(replace(head, publication=field), line)
    return head


def _with_section(head: Head, lines: Sequence[HeadLine]) -> Head:
    """Add the section above a title, in a head that has a date or a byline as well."""
    free = [line for line in lines if line not in role_lines(head)]
    if len(free) < 2 or not (head.date or head.names):
        return head
    name = parse_section(free[0].text)
    if name is None or cannot_be_title(free[1].text):
        return head
    field = HeadField(free[0], name, "section over the title")
    return with_removable(replace(head, section=field), free[0])
