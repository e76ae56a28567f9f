"""The head of a document: which of its first lines are title, byline, date, and what else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.model import Change
from generator.reading.bylines import Byline, has_cue, name_words, read_bare_names, read_byline
from generator.reading.dated_lines import (
    before_date,
    is_date_line,
    is_diary,
    is_labelled,
    is_revision,
    is_whole_date,
    says_only,
    weekday_and_date,
)
from generator.reading.datelines import read_dateline
from generator.reading.dates import FoundDate, find_dates
from generator.reading.labels import (
    AGENCIES,
    is_field,
    is_sort,
    read_publication,
    read_section,
    read_title,
)

_LINES = 12
"""How many lines that are not empty can be a head."""

_LONGEST_TITLE = 200
"""In characters; the longest of 43 real headlines has 124."""

_PROSE_WORDS = 25
_PROSE_LENGTH = 400
"""A line of so many words or characters is body text, whatever it ends with."""

_LONGEST_BYLINE = 2_000
"""Characters, a hundred names; a longer line is body text, and nobody looks for dates in it."""

_SENTENCE = re.compile(r"[.!?]['\"”’)\]]*$")
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
class Line:
    """One line of the head, with its place in the text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where the line ends, without its line feed."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Said:
    """A value that a line of the head gives, and the rule that took it."""

    line: Line
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Head:
    """The lines that were recognised, each under its role."""

    title: Said | None = None
    byline: Line | None = None
    names: Byline | None = None
    date_line: Line | None = None
    date: FoundDate | None = None
    section: Said | None = None
    publication: Said | None = None
    standfirst: Said | None = None
    dateline: Said | None = None
    lifted: tuple[Line, ...] = ()
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


def lift(text: str, head: Head) -> Iterator[Change]:
    """Take the recognised lines out of the text: the page's head shows them."""
    for first, last in _runs(text, sorted(head.lifted, key=lambda line: line.start)):
        before = len(text[: first.start]) - len(text[: first.start].rstrip("\n"))
        after = len(text[last.end :]) - len(text[last.end :].lstrip("\n"))
        # The longer of the two gaps stays, or a line would melt into the next paragraph.
        start, end = first.start, last.end + after
        if first.start and (after >= before or last.end == len(text)):
            start, end = first.start - before, last.end
        yield Change(start, text[start:end], "")


def _first_lines(text: str) -> Iterator[Line]:
    position = found = 0
    while position < len(text) and found < _LINES:
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        if end > position:
            found += 1
            yield Line(position, text[position:end])
        position = end + 1


def _body(lines: list[Line], text: str) -> int:
    """Tell which line is the first of the article; a standfirst over a byline is not yet it."""
    prose = [at for at, line in enumerate(lines) if _is_body(line.text)]
    if not prose:
        return len(lines)
    first, second = prose[0], prose[1] if len(prose) > 1 else len(lines)
    signed = 0 < first < second - 1 and _is_signature(lines[first + 1 : second], text)
    return second if signed and _is_standfirst(lines[first].text) else first


def _is_body(line: str) -> bool:
    return _is_prose(line) and not (len(line) <= _LONGEST_BYLINE and has_cue(line) and _signs(line))


def _signs(line: str) -> bool:
    """Tell whether a line is a byline, alone or before a date."""
    before = (before_date(line, date) for date in find_dates(line[:_PROSE_LENGTH])[:1])
    return any(map(read_byline, (line, *before)))


def _is_signature(lines: list[Line], text: str) -> bool:
    """Tell whether the first of these lines is a byline, a labelled date, or names over a date."""
    byline = read_byline(lines[0].text)
    if byline is not None:
        return byline.known or _only_names(byline, text)
    if is_whole_date(lines[0].text):
        return is_labelled(lines[0].text) or not is_diary(text)
    names = read_bare_names(lines[0].text)
    return names is not None and names.known and len(lines) > 1 and bool(find_dates(lines[1].text))


def _is_prose(line: str) -> bool:
    if len(line) >= _PROSE_LENGTH:
        return True
    words = len(line.split())
    return words >= _PROSE_WORDS or (
        words >= 8 and _SENTENCE.search(line) is not None and line[-1] not in "?!"
    )


def _with_date(head: Head, lines: list[Line], text: str, language: str | None) -> Head:
    """The date of a diary's first part is none of the whole, unless somebody signs above it."""
    candidates = [
        (line, dates[0])
        for line in lines
        if len(dates := find_dates(line.text, language)) == 1 and is_date_line(line.text, dates[0])
    ]
    signed = any(has_cue(line.text) or read_bare_names(line.text) for line in lines)
    if candidates and not signed and is_diary(text, _DIARY):
        candidates = [found for found in candidates if not _is_entry(found[0].text)]
    if not candidates:
        return head
    # The day of publication wins over the day of a revision, whichever is printed first.
    line, date = min(candidates, key=lambda found: is_revision(found[0].text))
    head = replace(head, date_line=line, date=date)
    return _lifting(head, line) if says_only(line.text, date) and date.readings else head


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


def _with_byline(head: Head, lines: list[Line], text: str) -> Head:
    for line in lines:
        date = head.date if line == head.date_line else None
        byline = read_byline(before_date(line.text, date) if date else line.text)
        if byline is None or not (byline.known or (line != lines[0] and _only_names(byline, text))):
            continue
        head = replace(head, byline=line, names=byline)
        agency = byline.beside[0] if len(byline.beside) == 1 else ""
        if agency in AGENCIES:
            head = replace(head, publication=Said(line, agency, "agency behind the byline"))
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
    words = {word.lower() for word in name_words(byline)}
    return bool(words) and words.isdisjoint(_WORD.findall(text))


def _with_publication(head: Head, lines: list[Line]) -> Head:
    for line in lines if head.publication is None else ():
        name = read_publication(line.text)
        if name is not None:
            said = Said(line, name, "source named in the head")
            return _lifting(replace(head, publication=said), line)
    return head


def _with_section(head: Head, lines: list[Line]) -> Head:
    """A section stands over a title, in a head that has a date or a byline as well."""
    free = [line for line in lines if line not in _taken(head)]
    if len(free) < 2 or not (head.date or head.names):
        return head
    name = read_section(free[0].text)
    if name is None or _NO_TITLE.search(free[1].text):
        return head
    return _lifting(replace(head, section=Said(free[0], name, "section over the title")), free[0])


def _taken(head: Head) -> set[Line]:
    """The lines that have a role, so that they are not the title."""
    said = (head.title, head.section, head.publication, head.standfirst)
    roles = (head.byline, head.date_line, *(found.line for found in said if found))
    return {line for line in roles if line}


def _title(text: str, head: Head, lines: list[Line], before: list[Line]) -> Said | None:
    """The line that is called a title, or the first that is nothing else.

    What follows an unnamed one must show that it stands over a text.
    """
    taken = _taken(head)
    free = [line for line in before if line not in taken and not _is_no_title(line.text)]
    # Below a rule, a label is a line of front matter that could not be read.
    ruled = next((line.start for line in before if _RULE.fullmatch(line.text)), len(text))
    for line in free:
        words = read_title(line.text)
        if words and len(words) <= _LONGEST_TITLE and line.start < ruled:
            return Said(line, words, "title named in the head")
    title = next((line for line in free if not is_sort(line.text)), next(iter(free), None))
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
    return Said(title, title.text, "first line of the head") if apart else None


def _is_no_title(line: str) -> bool:
    return is_field(line) or _NO_TITLE.search(line) is not None


def _with_bare_names(head: Head, lines: list[Line], text: str) -> Head:
    """A line of nothing but names is a byline where it stands beside the date, below the title.

    Names that the table does not know must stand on the very next line, and the text must not
    use their words for anything else.
    """
    if head.names is not None or head.title is None or head.date_line not in lines:
        return head
    at = lines.index(head.date_line)
    for line in (lines[at - 1] if at else None, lines[at + 1] if at + 1 < len(lines) else None):
        if line is None or line in _taken(head):
            continue
        names = read_bare_names(line.text)
        beside = (
            abs(line.end - head.date_line.start) == 1 or abs(head.date_line.end - line.start) == 1
        )
        if names is not None and (names.known or (beside and _only_names(names, text))):
            return _lifting(replace(head, byline=line, names=names), line)
    return head


def _with_standfirst(head: Head, lines: list[Line]) -> Head:
    """One line of running words between the title and the byline or date below it."""
    below = [line for line in (head.byline, head.date_line) if line in lines]
    if head.title is None or not below:
        return head
    first = min(line.start for line in below)
    between = [line for line in lines if head.title.line.start < line.start < first]
    between = [line for line in between if line not in _taken(head)]
    if len(between) != 1 or not _is_standfirst(between[0].text):
        return head
    said = Said(between[0], between[0].text, "between the title and what signs it")
    return _lifting(replace(head, standfirst=said), between[0])


def _is_standfirst(line: str) -> bool:
    words = line.split()
    running = sum(word[:1].islower() and len(word) > 2 for word in words)
    return (
        len(words) in _STANDFIRST_WORDS
        and running >= 2
        and not _CAPTION.search(line)
        and not has_cue(line)
        and not _NO_TITLE.search(line)
    )


def _with_dateline(head: Head, opening: list[Line], text: str, language: str | None) -> Head:
    """What opens the first paragraph stays there; it only says where and when it was written."""
    for line in opening:
        dateline = read_dateline(line.text, text, language)
        if dateline is not None:
            said = Said(line, dateline.place, "dateline of the first paragraph")
            head = replace(head, dateline=said)
            if dateline.agency and head.publication is None:
                agency = Said(line, dateline.agency, "agency in the dateline")
                head = replace(head, publication=agency)
        date = dateline.date if dateline else weekday_and_date(line.text, language)
        if date is not None and head.date is None:
            head = replace(head, date=date, date_line=line)
        if dateline is not None:
            return head
    return head


def _lifting(head: Head, line: Line) -> Head:
    return replace(head, lifted=(*head.lifted, line))


def _runs(text: str, lines: list[Line]) -> Iterator[tuple[Line, Line]]:
    """Group lines with nothing but line feeds between them: first and last of each group."""
    group: list[Line] = []
    for line in lines:
        if group and text[group[-1].end : line.start].strip("\n"):
            yield group[0], group[-1]
            group = []
        group.append(line)
    if group:
        yield group[0], group[-1]
