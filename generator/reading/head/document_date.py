"""The date of a document: on a line of its head, in its title, in the dateline or at its foot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

import msgspec
from msgspec.structs import replace

from generator.reading.document_words import DOCUMENT, names_document
from generator.reading.head.bylines import starts_like_byline
from generator.reading.head.date_labels import find_date_label
from generator.reading.head.datelines import parse_dateline
from generator.reading.head.end_of_head import is_known_name, is_prose
from generator.reading.head.lines import (
    Head,
    HeadField,
    HeadLine,
    is_adjacent,
    role_lines,
    with_removable,
)
from generator.reading.head.lines_with_dates import (
    date_role,
    divides_date,
    entry_dates,
    is_date_line,
    is_labelled,
    is_only_date,
    is_whole_date,
    leading_date,
    looks_like_diary,
)
from generator.reading.head.title_rules import is_statement
from generator.reading.letter_lines import (
    is_for_a_day,
    is_place_and_date,
    names_correspondents,
)
from generator.text.dates import DateMatch, find_dates, has_year

_DIARY = 3
"""Parts with a date above them that make a diary; the head of an article may have two dates."""

_ROLE_ORDER = (None, "publication", "event", "revision")
"""The day of publication wins over the day of a revision, whichever is printed first."""

_LONGEST_DATE_LINE = 200
_YEAR_LINE = re.compile(r"\W*(1[0-9]\d\d|20\d\d)\W*")


class _DatedLine(msgspec.Struct, frozen=True):
    line: HeadLine
    date: DateMatch

    @property
    def rank(self) -> int:
        """The place among the dates of a head; the lowest wins."""
        role = date_role(self.line.text, self.date)
        return 0 if role in (None, "publication") else _ROLE_ORDER.index(role)


def with_date(
    head: Head,
    lines: Sequence[HeadLine],
    opening: Sequence[HeadLine],
    text: str,
    language: str | None,
) -> Head:
    """Add the date of the head, or that beside a place in `opening`, the lines above the prose.

    Above the first entry of a diary, a date is that of the entry and not of the document, unless
    the head has a byline.
    """
    candidates = [dated for line in _with_whole_dates(lines) for dated in _dated(line, language)]
    if not candidates:
        candidates = [
            dated
            for line in _with_whole_dates(opening)
            for dated in _place_and_date(line, language)
        ]
    is_signed = any(starts_like_byline(line.words) or line.names for line in lines)
    if candidates and not is_signed and looks_like_diary(text, _DIARY):
        candidates = [dated for dated in candidates if not _is_entry_date(dated.line.text)]
    if not candidates:
        return head
    best = min(candidates, key=lambda dated: dated.rank)
    head = replace(head, date_line=best.line, date=best.date)
    is_shown = is_only_date(best.line.text, best.date) and best.date.readings
    # In a letter, place and date are a part of the text.
    return with_removable(head, best.line) if is_shown and head.genre is None else head


def _with_whole_dates(lines: Sequence[HeadLine]) -> Iterator[HeadLine]:
    """Yield the lines with a year, but not with the rest of what the line above says of a date."""
    for above, line in pairwise((None, *lines)):
        if line is None or not has_year(line.text):
            continue
        if above is None or not (divides_date(above.text, line.text) or _goes_on(above, line)):
            yield line


def _goes_on(above: HeadLine, line: HeadLine) -> bool:
    """Whether a date belongs to the last words of the line above: "who died" and "4 May 1801"."""
    label = find_date_label(above.text) if is_adjacent(above, line) else None
    return label is not None and label.role == "other"


def _dated(line: HeadLine, language: str | None) -> Iterator[_DatedLine]:
    """Yield the dates of a line that is about them: one, or several with a label before each."""
    dates = find_dates(line.text, language)
    if len(dates) == 1 and _is_about_date(line, dates[0]):
        yield _DatedLine(line, dates[0])
    if len(dates) > 1 and all(date_role(line.text, date) for date in dates):
        for date in dates:
            if date_role(line.text, date) != "other":
                yield _DatedLine(line, date)


def _place_and_date(line: HeadLine, language: str | None) -> Iterator[_DatedLine]:
    if line.kind == "dateline" or is_place_and_date(line.words):
        yield from _dated(line, language)


def _is_about_date(line: HeadLine, date: DateMatch) -> bool:
    role = date_role(line.text, date)
    if _is_titled(line.words) or role == "other":
        return False
    if role is None and is_for_a_day(line.words[:_LONGEST_DATE_LINE]):
        return False
    is_dateline = line.kind == "dateline" and not names_correspondents(line.words)
    return is_dateline or is_date_line(line.text, date) or is_place_and_date(line.words)


def _is_entry_date(line: str) -> bool:
    return is_whole_date(line) and not is_labelled(line)


_TITLE_DATES = {
    "after a comma": re.compile(
        rf"\b{DOCUMENT}\b.*[,.:;–—(\[]\s*(?:[^\W\d_]+,? )?\W*$", re.IGNORECASE
    ),
    "of a document": re.compile(
        rf"^\W*(?:\d+\.\s*)?(?:\w+ )?{DOCUMENT}\b.*\s(?:of|from|dated|on|held(?: on)?|given"
        rf"|delivered|made|taken"
        r"|vom|am|du|le|del|de|do|em|der)(?: the)?(?: [^\W\d_]+,| \w{3,6}day| \w{4,8}tag)? ?$",
        re.IGNORECASE,
    ),
    "document alone": re.compile(
        rf"^\W*(?:[^\W\d_]+ )?{DOCUMENT}\W*(?:[^\W\d_]+,? )?$", re.IGNORECASE
    ),
    "after a full stop": re.compile(r"[.!?]\s+(?:\[?[^\W\d_][\w'’. -]{1,40}\]?, )?\W*$"),
}
"""What stands before a date at the end of a title, if it is the date of the document."""


def _is_titled(line: str) -> bool:
    """Whether a line with a date is a title: it names a document, and has no label for the date."""
    return names_document(line) and not is_labelled(line) and not _MASTHEAD.match(line)


_MASTHEAD = re.compile(
    r"the (?:[\w.'’&-]+ ){1,4}(?:journal|bulletin|newsletter|notes|report)\W+"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
"""The name of a newspaper, and its day: "THE ASHBY JOURNAL, TUESDAY, MAY 3, 1893."."""


def with_date_of_title(head: Head, language: str | None) -> Head:
    """Add the date at the end of a title: "Annual message. January 22, 1970"."""
    if head.title is None or head.date is not None:
        return head
    title, line = head.title.value, head.title.line
    dates = find_dates(title, language)
    if len(dates) != 1 or not dates[0].readings:
        return head
    if not _is_date_of_title(title[: dates[0].start], title[dates[0].end :]):
        return head
    start = line.text.find(title[dates[0].start : dates[0].end])
    place = (start, start + dates[0].end - dates[0].start) if start >= 0 else (0, 0)
    return replace(head, date=replace(dates[0], start=place[0], end=place[1]), date_line=line)


def with_date_of_opening(head: Head, lines: Sequence[HeadLine], language: str | None) -> Head:
    """Add the day in the first words of a document that name it: "Minutes of a meeting of ..."."""
    for line in lines[:_OPENING_LINES] if head.date is None else ():
        words = line.text[:_LONGEST_OPENING]
        dates = find_dates(words, language) if names_document(words[:_BEGINNING]) else []
        is_of_document = len(dates) == 1 and _TITLE_DATES["of a document"].search(
            words[: dates[0].start]
        )
        # A remark in brackets after a date says where it is from: a postmark, another copy.
        if (
            is_of_document
            and "[" not in words[dates[0].end :]
            and _is_day(dates[0])
            and not is_statement(f"{words[: dates[0].start]}so.")
        ):
            return replace(head, date=dates[0], date_line=line)
    return head


def _is_day(date: DateMatch) -> bool:
    return len(date.readings) == 1 and date.readings[0].count("-") == _HYPHENS_OF_DAY


_OPENING_LINES, _LONGEST_OPENING, _BEGINNING, _HYPHENS_OF_DAY = 5, 250, 40, 2
"""Lines that are looked at, characters of them, and those among which the document is named."""


def _is_date_of_title(before: str, after: str) -> bool:
    if re.search(r"\w", re.sub(r"\[\d{1,3}\]|\*\d?|\(\d{1,3}\)", "", after)) or is_for_a_day(
        f"{before}1"
    ):
        return False
    return any(pattern.search(before) for pattern in _TITLE_DATES.values())


def with_year(head: Head, lines: Sequence[HeadLine], text: str) -> Head:
    """Add a year alone on the line below title and byline, unless the text has other such lines."""
    is_letter = head.genre is not None and head.genre.value == "letter"
    if head.date is not None or head.title is None or is_letter:
        return head
    last = max(role_lines(head), key=lambda line: line.start)
    following = next((line for line in lines if line.start > last.start), None)
    year = _YEAR_LINE.fullmatch(following.text) if following else None
    if following is None or year is None:
        return head
    if sum(1 for _ in re.finditer(r"^\W{0,3}(?:1\d|20)\d\d\W{0,3}$", text, re.MULTILINE)) > 1:
        return head  # a chronicle has a year above each part
    date = DateMatch(year.start(1), year.end(1), "year", (year[1],))
    return with_removable(replace(head, date=date, date_line=following), following)


def with_dateline(head: Head, opening: Sequence[HeadLine], text: str, language: str | None) -> Head:
    """Add place, agency and date from the start of the first paragraph, which keeps them."""
    for line in opening:
        dateline = parse_dateline(line.text, text, language)
        if dateline is not None:
            place = HeadField(line, dateline.place, "dateline of the first paragraph")
            head = replace(head, dateline=place)
            if dateline.agency and head.publication is None:
                agency = HeadField(line, dateline.agency, "agency in the dateline")
                head = replace(head, publication=agency)
        date = dateline.date if dateline else leading_date(line.text, language)
        if date is not None and head.date is None:
            head = replace(head, date=date, date_line=line)
        if dateline is not None:
            return head
    return head


def with_date_of_foot(
    head: Head, last: Sequence[HeadLine], text: str, language: str | None
) -> Head:
    """Add the place and date that stand below a text, or below the name that signs a letter.

    `last` are the last lines of the text, from the last on.
    """
    if head.date is not None or looks_like_diary(text):
        return head
    below_text = list(takewhile(lambda line: not is_prose(line.text), last))
    is_letter = head.genre is not None
    found = [
        dated
        for line, above in pairwise((*last, None))
        if line
        and (
            (line in below_text and line.is_apart)
            or (above and _is_signature(above, is_letter=is_letter))
        )
        for dated in _place_and_date(line, language)
    ]
    if len(found) != 1:
        return head
    return replace(head, date=found[0].date, date_line=found[0].line)


def with_date_of_attestation(head: Head, lines: Sequence[HeadLine], language: str | None) -> Head:
    """Add the day in the clause above the seals of a will or deed: "In witness whereof ...".

    The clause of a deposition stands at the top: "Taken before me this 9th of November 1652".
    """
    for line in lines if head.date is None else ():
        is_clause = _ATTESTATION.match(line.text) is not None
        dates = find_dates(line.text[:_LONGEST_ATTESTATION], language) if is_clause else []
        if len(dates) == 1 and _is_day(dates[0]):
            return replace(head, date=dates[0], date_line=line)
    return head


_LONGEST_ATTESTATION = 600
_ATTESTATION = re.compile(
    r"\W*(?:in (?:witness|testimony|faith) where ?of|(?:signed|given|dated|sworn|done|taken)\b"
    r".{0,80}\bthis\b"
    r"|zu urkund|en foi de quoi|en testimonio|en fe de)",
    re.IGNORECASE,
)
"""The first words of the clause in which a deed says when it was signed."""


def _is_signature(line: HeadLine, *, is_letter: bool) -> bool:
    """Whether a line signs a text: a known name or, in a letter, any few words."""
    is_short = len(line.text) <= _LONGEST_SIGNATURE
    return is_short and (is_letter or is_known_name(line))


_LONGEST_SIGNATURE = 40


def with_date_of_entries(head: Head, text: str) -> Head:
    """Add the days of the first and the last entry of a diary, from one to the other."""
    if head.date is not None:
        return head
    entries = entry_dates(text)
    days = sorted(entry.date for entry in entries)
    if len(days) < _DIARY:
        return head
    value = days[0] if days[0] == days[-1] else f"{days[0]}/{days[-1]}"
    line = HeadLine(entries[0].start, entries[0].line)
    return replace(head, date=DateMatch(0, 0, "entries", (value,)), date_line=line)
