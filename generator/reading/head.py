"""The head of a document: which of its first lines are title, byline, date, and what else."""

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
"""How many lines that are not empty can be a head."""

_LONGEST_TITLE = 200
"""In characters; the longest of 43 real headlines has 124."""

_PROSE_LENGTH = 400
"""A line of so many characters is body text, whatever it ends with."""

_LONGEST_BYLINE = 2_000
"""Characters, a hundred names; a longer line is body text, and nobody looks for dates in it."""

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
"""Dates over so many parts are a diary's; the head of an article may have a second one."""

_STANDFIRST_WORDS = range(4, 61)


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of the head, with its place in the text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where the line ends, without its line feed."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class HeadField:
    """A value that a line of the head gives, and the rule that took it."""

    line: HeadLine
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Head:
    """The lines that were recognised, each under its role."""

    title: HeadField | None = None
    byline: HeadLine | None = None
    names: Byline | None = None
    date_line: HeadLine | None = None
    date: DateMatch | None = None
    section: HeadField | None = None
    publication: HeadField | None = None
    standfirst: HeadField | None = None
    dateline: HeadField | None = None
    lifted: tuple[HeadLine, ...] = ()
    """Lines whose every word the page's head shows, so that the article need not repeat them."""


def find_head(text: str, language: str | None = None) -> Head:
    """Find what stands before the first line of prose, and the dateline that opens it.

    A line keeps its place in the article unless all its words are accounted for.
    """
    lines = list(_first_lines(text))
    before = lines[: _body(lines, text)]
    head = _with_date(Head(), before, text, language)
    head = _with_byline(head, before, text)
    head = _with_publication(head, before)
    head = _with_section(head, before)
    title = _title(text, head, lines, before)
    if title is not None:
        head = _lifting(replace(head, title=title), title.line)
    head = _with_bare_names(head, before, text)
    head = _with_date_behind_title(_with_standfirst(head, before), language)
    below = max((line.end for line in _taken(head)), default=0)
    first = next((line for line in lines if line.start >= below), None)
    opening = [line for line in (first, *lines[len(before) :][:1]) if line]
    return _with_dateline(head, opening, text, language)


def without_standfirst(head: Head) -> Head:
    """Return the head with its standfirst as a line of the article."""
    line = head.standfirst.line if head.standfirst else None
    lifted = tuple(one for one in head.lifted if one != line)
    return replace(head, standfirst=None, lifted=lifted)


def _first_lines(text: str) -> Iterator[HeadLine]:
    position = found = 0
    while position < len(text) and found < _LINES:
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        if end > position:
            found += 1
            yield HeadLine(position, text[position:end])
        position = end + 1


def _body(lines: list[HeadLine], text: str) -> int:
    """Tell which line is the first of the article; a standfirst over a byline is not yet it."""
    prose = [index for index, line in enumerate(lines) if _is_body(line.text)]
    if not prose:
        return len(lines)
    first, second = prose[0], prose[1] if len(prose) > 1 else len(lines)
    signed = 0 < first < second - 1 and _is_signature(lines[first + 1 : second], text)
    return second if signed and _is_standfirst(lines[first].text) else first


def _is_body(line: str) -> bool:
    return _is_prose(line) and not (
        len(line) <= _LONGEST_BYLINE and starts_like_byline(line) and _signs(line)
    )


def _signs(line: str) -> bool:
    """Tell whether a line is a byline, alone or before a date."""
    before = (before_date(line, date) for date in find_dates(line[:_PROSE_LENGTH])[:1])
    return any(map(parse_byline, (line, *before)))


def _is_signature(lines: list[HeadLine], text: str) -> bool:
    """Tell whether the first of these lines is a byline, a labelled date, or names over a date."""
    byline = parse_byline(lines[0].text)
    if byline is not None:
        return byline.known or _only_names(byline, text)
    if is_whole_date(lines[0].text):
        return is_labelled(lines[0].text) or not looks_like_diary(text)
    names = parse_bare_names(lines[0].text)
    return names is not None and names.known and len(lines) > 1 and bool(find_dates(lines[1].text))


def _is_prose(line: str) -> bool:
    return len(line) >= _PROSE_LENGTH or looks_like_prose(line, _STATEMENT_END)


def _with_date(head: Head, lines: list[HeadLine], text: str, language: str | None) -> Head:
    """The date of a diary's first part is none of the whole, unless somebody signs above it."""
    candidates = [
        (line, dates[0])
        for line in lines
        if len(dates := find_dates(line.text, language)) == 1 and is_date_line(line.text, dates[0])
    ]
    signed = any(starts_like_byline(line.text) or parse_bare_names(line.text) for line in lines)
    if candidates and not signed and looks_like_diary(text, _DIARY):
        candidates = [found for found in candidates if not _is_entry(found[0].text)]
    if not candidates:
        return head
    # The day of publication wins over the day of a revision, whichever is printed first.
    line, date = min(candidates, key=lambda found: is_revision(found[0].text))
    head = replace(head, date_line=line, date=date)
    return _lifting(head, line) if is_only_date(line.text, date) and date.readings else head


def _is_entry(line: str) -> bool:
    return is_whole_date(line) and not is_labelled(line)


def _with_date_behind_title(head: Head, language: str | None) -> Head:
    """A title may end with a full stop and a date: "Annual message. January 22, 1970"."""
    if head.title is None or head.date is not None:
        return head
    line = head.title.line
    title = line.text
    dates = find_dates(title, language)
    if len(dates) != 1 or dates[0].end != len(title):
        return head
    alone = re.search(r"[.!?]\s+$", title[: dates[0].start])
    return replace(head, date=dates[0], date_line=line) if alone else head


def _with_byline(head: Head, lines: list[HeadLine], text: str) -> Head:
    for line in lines:
        date = head.date if line == head.date_line else None
        byline = parse_byline(before_date(line.text, date) if date else line.text)
        if byline is None or not (byline.known or (line != lines[0] and _only_names(byline, text))):
            continue
        head = replace(head, byline=line, names=byline)
        agency = byline.beside[0] if len(byline.beside) == 1 else ""
        if agency in AGENCIES:
            head = replace(head, publication=HeadField(line, agency, "agency behind the byline"))
        said = byline.complete or agency in AGENCIES
        more = (
            date
            and (
                not date.readings  # no such day: nothing else shows these words
                or re.search(r"\w", line.text[date.end :])
                or is_revision(line.text)
            )
        )
        return _lifting(head, line) if said and not more else head
    return head


def _only_names(byline: Byline, text: str) -> bool:
    """Tell whether the text writes none of the names' words in small letters."""
    words = {word.lower() for word in words_of_names(byline)}
    return bool(words) and words.isdisjoint(_WORD.findall(text))


def _with_publication(head: Head, lines: list[HeadLine]) -> Head:
    for line in lines if head.publication is None else ():
        name = parse_publication(line.text)
        if name is not None:
            said = HeadField(line, name, "source named in the head")
            return _lifting(replace(head, publication=said), line)
    return head


def _with_section(head: Head, lines: list[HeadLine]) -> Head:
    """A section stands over a title, in a head that has a date or a byline as well."""
    free = [line for line in lines if line not in _taken(head)]
    if len(free) < 2 or not (head.date or head.names):
        return head
    name = parse_section(free[0].text)
    if name is None or _NO_TITLE.search(free[1].text):
        return head
    return _lifting(
        replace(head, section=HeadField(free[0], name, "section over the title")), free[0]
    )


def _taken(head: Head) -> set[HeadLine]:
    """The lines that have a role, so that they are not the title."""
    said = (head.title, head.section, head.publication, head.standfirst)
    roles = (head.byline, head.date_line, *(found.line for found in said if found))
    return {line for line in roles if line}


def _title(
    text: str, head: Head, lines: list[HeadLine], before: list[HeadLine]
) -> HeadField | None:
    """The line that is called a title, or the first that is nothing else.

    What follows an unnamed one must show that it stands over a text.
    """
    taken = _taken(head)
    free = [line for line in before if line not in taken and not _is_no_title(line.text)]
    # Below a rule, a label is a line of front matter that could not be read.
    ruled = next((line.start for line in before if _RULE.fullmatch(line.text)), len(text))
    for line in free:
        words = parse_title_label(line.text)
        if words and len(words) <= _LONGEST_TITLE and line.start < ruled:
            return HeadField(line, words, "title named in the head")
    title = next((line for line in free if not is_text_type(line.text)), next(iter(free), None))
    if title is None or len(title.text) > _LONGEST_TITLE or not any(map(str.isalpha, title.text)):
        return None
    following = lines[lines.index(title) + 1 :]
    next_body = next((line for line in following if line not in taken), None)
    if next_body is None:
        return None
    # Lines without a gap between them are verse or a list, and the first is one of them.
    apart = (
        text.startswith("\n\n", title.end)
        or any(line in taken for line in following[:2])
        or _is_prose(following[0].text)
    )
    return HeadField(title, title.text, "first line of the head") if apart else None


def _is_no_title(line: str) -> bool:
    return is_mail_header(line) or _NO_TITLE.search(line) is not None


def _with_bare_names(head: Head, lines: list[HeadLine], text: str) -> Head:
    """A line of nothing but names is a byline where it stands beside the date, below the title.

    Names that the table does not know must stand on the very next line, and the text must not
    use their words for anything else.
    """
    if head.names is not None or head.title is None or head.date_line not in lines:
        return head
    index = lines.index(head.date_line)
    for line in (
        lines[index - 1] if index else None,
        lines[index + 1] if index + 1 < len(lines) else None,
    ):
        if line is None or line in _taken(head):
            continue
        names = parse_bare_names(line.text)
        beside = (
            abs(line.end - head.date_line.start) == 1 or abs(head.date_line.end - line.start) == 1
        )
        if names is not None and (names.known or (beside and _only_names(names, text))):
            return _lifting(replace(head, byline=line, names=names), line)
    return head


def _with_standfirst(head: Head, lines: list[HeadLine]) -> Head:
    """One line of running words between the title and the byline or date below it."""
    below = [line for line in (head.byline, head.date_line) if line in lines]
    if head.title is None or not below:
        return head
    first = min(line.start for line in below)
    between = [line for line in lines if head.title.line.start < line.start < first]
    between = [line for line in between if line not in _taken(head)]
    if len(between) != 1 or not _is_standfirst(between[0].text):
        return head
    said = HeadField(between[0], between[0].text, "between the title and what signs it")
    return _lifting(replace(head, standfirst=said), between[0])


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
    """What opens the first paragraph stays there; it only says where and when it was written."""
    for line in opening:
        dateline = parse_dateline(line.text, text, language)
        if dateline is not None:
            said = HeadField(line, dateline.place, "dateline of the first paragraph")
            head = replace(head, dateline=said)
            if dateline.agency and head.publication is None:
                agency = HeadField(line, dateline.agency, "agency in the dateline")
                head = replace(head, publication=agency)
        date = dateline.date if dateline else leading_date(line.text, language)
        if date is not None and head.date is None:
            head = replace(head, date=date, date_line=line)
        if dateline is not None:
            return head
    return head


def _lifting(head: Head, line: HeadLine) -> Head:
    return replace(head, lifted=(*head.lifted, line))
