"""The head of a document: its first lines, with title, byline, date and other fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.reading.bylines import (
    Byline,
    parse_bare_names,
    parse_byline,
    starts_like_byline,
    words_of_names,
)
from generator.reading.date_lines import (
    before_date,
    is_date_line,
    is_labelled,
    is_only_date,
    is_revision,
    is_whole_date,
    leading_date,
    looks_like_diary,
)
from generator.reading.datelines import parse_dateline
from generator.reading.dates import DateMatch, find_dates
from generator.reading.head_labels import (
    AGENCIES,
    is_mail_header,
    is_text_type,
    parse_publication,
    parse_section,
    parse_title_label,
)
from generator.text.sentences import looks_like_prose, sentence_end

_LINES = 12
"""Non-empty lines that can belong to the head."""

_LONGEST_TITLE = 200
"""Characters; the longest of 43 real headlines has 124."""

_PROSE_LENGTH = 400
"""A line with this many words or characters is body text, however it ends."""

_LONGEST_BYLINE = 2_000
"""Characters, about a hundred names; a longer line is body text and is not searched for dates."""

# A title may end with "!" or "?", seldom with a full stop.
_STATEMENT_END = re.compile(sentence_end(".!?", "'\"”’)]", following=r"(?<![!?])$"))
_NO_TITLE = re.compile(
    r"[,;:]$"  # a salutation or a lead-in
    r"|^(?:page\s+)?\d+(?:\s*(?:of|/)\s*\d+)?$"
    r"|^(?:https?://|www\.)\S+$"
    r"|^[^\w]*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_RULE = re.compile(r"\s*-{3,}\s*")
_CAPTION = re.compile(
    r"\b(?:image|photo|picture|foto|credit|bild)s?\b\s*[:;]|^[(\[©]", re.IGNORECASE
)
_DIARY = 3
"""Parts with a date above them that make a diary; the head of an article may have two dates."""

_STANDFIRST_WORDS = range(4, 61)


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of the head, with its position in the text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The position after the last character of the line, before its line feed."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class HeadField:
    """A value from a line of the head, with the rule that took it."""

    line: HeadLine
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Head:
    """The recognised lines, each under its role."""

    title: HeadField | None = None
    byline: HeadLine | None = None
    names: Byline | None = None
    date_line: HeadLine | None = None
    date: DateMatch | None = None
    section: HeadField | None = None
    publication: HeadField | None = None
    standfirst: HeadField | None = None
    dateline: HeadField | None = None
    removable: tuple[HeadLine, ...] = ()
    """Lines of which the head of the page shows every word, so that the article can omit them."""


def find_head(text: str, language: str | None = None) -> Head:
    """Find the fields above the first line of prose of `text`, and the dateline that opens it.

    A line stays in the article unless the fields account for all its words.
    """
    lines = list(_first_lines(text))
    head_lines = lines[: _body_index(lines, text)]
    head = _with_date(Head(), head_lines, text, language)
    head = _with_byline(head, head_lines, text)
    head = _with_publication(head, head_lines)
    head = _with_section(head, head_lines)
    title = _find_title(text, head, lines, head_lines)
    if title is not None:
        head = _with_removable(replace(head, title=title), title.line)
    head = _with_bare_names(head, head_lines, text)
    head = _with_date_after_title(_with_standfirst(head, head_lines), language)
    head_end = max((line.end for line in _role_lines(head)), default=0)
    first = next((line for line in lines if line.start >= head_end), None)
    opening = [line for line in (first, *lines[len(head_lines) :][:1]) if line]
    return _with_dateline(head, opening, text, language)


def without_standfirst(head: Head) -> Head:
    """Return the head with its standfirst as a line of the article."""
    standfirst = head.standfirst.line if head.standfirst else None
    removable = tuple(line for line in head.removable if line != standfirst)
    return replace(head, standfirst=None, removable=removable)


def _first_lines(text: str) -> Iterator[HeadLine]:
    position = count = 0
    while position < len(text) and count < _LINES:
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        if end > position:
            count += 1
            yield HeadLine(position, text[position:end])
        position = end + 1


def _body_index(lines: list[HeadLine], text: str) -> int:
    """Return the index of the article's first line; a standfirst above a byline comes before it."""
    prose = [index for index, line in enumerate(lines) if _is_body(line.text)]
    if not prose:
        return len(lines)
    first, second = prose[0], prose[1] if len(prose) > 1 else len(lines)
    is_signed = 0 < first < second - 1 and _is_signature(lines[first + 1 : second], text)
    return second if is_signed and _is_standfirst(lines[first].text) else first


def _is_body(line: str) -> bool:
    return _is_prose(line) and not (
        len(line) <= _LONGEST_BYLINE and starts_like_byline(line) and _is_byline(line)
    )


def _is_byline(line: str) -> bool:
    """Whether a line is a byline, alone or before a date."""
    undated = (before_date(line, date) for date in find_dates(line[:_PROSE_LENGTH])[:1])
    return any(map(parse_byline, (line, *undated)))


def _is_signature(lines: list[HeadLine], text: str) -> bool:
    """Whether the first of `lines` is a byline, a labelled date, or names above a date."""
    byline = parse_byline(lines[0].text)
    if byline is not None:
        return byline.has_known_names or _only_names(byline, text)
    if is_whole_date(lines[0].text):
        return is_labelled(lines[0].text) or not looks_like_diary(text)
    names = parse_bare_names(lines[0].text)
    return (
        names is not None
        and names.has_known_names
        and len(lines) > 1
        and bool(find_dates(lines[1].text))
    )


def _is_prose(line: str) -> bool:
    return len(line) >= _PROSE_LENGTH or looks_like_prose(line, _STATEMENT_END)


def _with_date(head: Head, lines: list[HeadLine], text: str, language: str | None) -> Head:
    """Add the date of the head.

    Above the first entry of a diary, a date is that of the entry and not of the document, unless
    the head has a byline.
    """
    candidates = [
        (line, dates[0])
        for line in lines
        if len(dates := find_dates(line.text, language)) == 1 and is_date_line(line.text, dates[0])
    ]
    is_signed = any(starts_like_byline(line.text) or parse_bare_names(line.text) for line in lines)
    if candidates and not is_signed and looks_like_diary(text, _DIARY):
        candidates = [(line, date) for line, date in candidates if not _is_entry_date(line.text)]
    if not candidates:
        return head
    # The day of publication wins over the day of a revision, whichever is printed first.
    line, date = min(candidates, key=lambda candidate: is_revision(candidate[0].text))
    head = replace(head, date_line=line, date=date)
    return _with_removable(head, line) if is_only_date(line.text, date) and date.readings else head


def _is_entry_date(line: str) -> bool:
    return is_whole_date(line) and not is_labelled(line)


def _with_date_after_title(head: Head, language: str | None) -> Head:
    """Add the date that follows a title and a full stop: "Annual message. January 22, 1970"."""
    if head.title is None or head.date is not None:
        return head
    line = head.title.line
    title = line.text
    dates = find_dates(title, language)
    if len(dates) != 1 or dates[0].end != len(title):
        return head
    is_separate = re.search(r"[.!?]\s+$", title[: dates[0].start])
    return replace(head, date=dates[0], date_line=line) if is_separate else head


def _with_byline(head: Head, lines: list[HeadLine], text: str) -> Head:
    for line in lines:
        date = head.date if line == head.date_line else None
        byline = parse_byline(before_date(line.text, date) if date else line.text)
        if byline is None or not (
            byline.has_known_names or (line != lines[0] and _only_names(byline, text))
        ):
            continue
        head = replace(head, byline=line, names=byline)
        agency = byline.other_parts[0] if len(byline.other_parts) == 1 else None
        if agency in AGENCIES:
            head = replace(head, publication=HeadField(line, agency, "agency behind the byline"))
        shows_names = byline.is_complete or agency in AGENCIES
        shows_date = (
            not date
            or (
                date.readings  # without a reading, only this line shows the words
                and not re.search(r"\w", line.text[date.end :])
                and not is_revision(line.text)
            )
        )
        return _with_removable(head, line) if shows_names and shows_date else head
    return head


def _only_names(byline: Byline, text: str) -> bool:
    """Whether the text has none of the words of the names in lower case."""
    words = {word.lower() for word in words_of_names(byline)}
    return bool(words) and words.isdisjoint(_WORD.findall(text))


def _with_publication(head: Head, lines: list[HeadLine]) -> Head:
    for line in lines if head.publication is None else ():
        name = parse_publication(line.text)
        if name is not None:
            field = HeadField(line, name, "source named in the head")
            return _with_removable(replace(head, publication=field), line)
    return head


def _with_section(head: Head, lines: list[HeadLine]) -> Head:
    """Add the section above a title, in a head that has a date or a byline as well."""
    free = [line for line in lines if line not in _role_lines(head)]
    if len(free) < 2 or not (head.date or head.names):
        return head
    name = parse_section(free[0].text)
    if name is None or _NO_TITLE.search(free[1].text):
        return head
    return _with_removable(
        replace(head, section=HeadField(free[0], name, "section over the title")), free[0]
    )


def _role_lines(head: Head) -> set[HeadLine]:
    """Return the lines that have a role, so that they cannot get another one."""
    fields = (head.title, head.section, head.publication, head.standfirst)
    lines = (head.byline, head.date_line, *(field.line for field in fields if field))
    return {line for line in lines if line}


def _find_title(
    text: str, head: Head, lines: list[HeadLine], head_lines: list[HeadLine]
) -> HeadField | None:
    """Return the line with a label such as "Title:", or else the first without another role.

    A line without a label is a title only if a gap, a date, a byline or prose follows it.
    """
    taken = _role_lines(head)
    free = [line for line in head_lines if line not in taken and not _cannot_be_title(line.text)]
    # Below a line of hyphens, a label belongs to front matter that could not be read.
    rule_start = next((line.start for line in head_lines if _RULE.fullmatch(line.text)), len(text))
    for line in free:
        words = parse_title_label(line.text)
        if words and len(words) <= _LONGEST_TITLE and line.start < rule_start:
            return HeadField(line, words, "title named in the head")
    title = next((line for line in free if not is_text_type(line.text)), next(iter(free), None))
    if title is None or len(title.text) > _LONGEST_TITLE or not any(map(str.isalpha, title.text)):
        return None
    following = lines[lines.index(title) + 1 :]
    next_body = next((line for line in following if line not in taken), None)
    if next_body is None:
        return None
    # The first of several lines without gaps is not a title: they are verse or a list.
    stands_apart = (
        text.startswith("\n\n", title.end)
        or any(line in taken for line in following[:2])
        or _is_prose(following[0].text)
    )
    return HeadField(title, title.text, "first line of the head") if stands_apart else None


def _cannot_be_title(line: str) -> bool:
    return is_mail_header(line) or _NO_TITLE.search(line) is not None


def _with_bare_names(head: Head, lines: list[HeadLine], text: str) -> Head:
    """Add as byline a line with nothing but names, next to the date and below the title.

    Names that are not in the table must be on the adjacent line without a gap, and the text must
    not use their words in lower case.
    """
    if head.names is not None or head.title is None or head.date_line not in lines:
        return head
    index = lines.index(head.date_line)
    for line in (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2]):
        if line in _role_lines(head):
            continue
        names = parse_bare_names(line.text)
        is_adjacent = 1 in (head.date_line.start - line.end, line.start - head.date_line.end)
        if names and (names.has_known_names or (is_adjacent and _only_names(names, text))):
            return _with_removable(replace(head, byline=line, names=names), line)
    return head


def _with_standfirst(head: Head, lines: list[HeadLine]) -> Head:
    """Add the single line of running words between the title and the byline or date below it."""
    signatures = [line for line in (head.byline, head.date_line) if line in lines]
    if head.title is None or not signatures:
        return head
    end = min(line.start for line in signatures)
    between = [line for line in lines if head.title.line.start < line.start < end]
    between = [line for line in between if line not in _role_lines(head)]
    if len(between) != 1 or not _is_standfirst(between[0].text):
        return head
    field = HeadField(between[0], between[0].text, "between the title and what signs it")
    return _with_removable(replace(head, standfirst=field), between[0])


def _is_standfirst(line: str) -> bool:
    words = line.split()
    running = sum(word[:1].islower() and len(word) > 2 for word in words)
    return (
        len(words) in _STANDFIRST_WORDS
        and running >= 2
        and not _CAPTION.search(line)
        and not starts_like_byline(line)
        and not _NO_TITLE.search(line)
    )


def _with_dateline(head: Head, opening: list[HeadLine], text: str, language: str | None) -> Head:
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


def _with_removable(head: Head, line: HeadLine) -> Head:
    return replace(head, removable=(*head.removable, line))
