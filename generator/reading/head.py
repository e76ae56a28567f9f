"""The head of a document: which of its first lines are title, byline and date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.model import Change
from generator.reading.bylines import Byline, read_bare_names, read_byline
from generator.reading.dates import FoundDate, find_dates, is_weekday

_LINES = 12
"""How many lines that are not empty can be a head."""

_LONGEST_TITLE = 200
"""In characters; the longest of 43 real headlines has 124."""

_PROSE_WORDS = 25
_PROSE_LENGTH = 400
"""A line of so many words or characters is body text, whatever it ends with."""

_SENTENCE = re.compile(r"[.!?]['\"”’)\]]*$")
_NO_TITLE = re.compile(
    r"[,;:]$"  # a salutation or a lead-in
    r"|^(?:page\s+)?\d+(?:\s*(?:of|/)\s*\d+)?$"
    r"|^(?:https?://|www\.)\S+$"
    r"|^[^\w]*$",
    re.IGNORECASE,
)
_DATE_CUE = frozenset(
    """
    published posted updated modified last on date dated from at am pm gmt utc cet est edt bst
    h uhr fecha publicado actualizado publié le mis jour datum vom den am veröffentlicht stand
    aktualisiert data publicado em às el de
    """.split()
)
_TIME = re.compile(r"\b\d{1,2}[:.h]\d\d(?::\d\d)?\b")
_REVISED = re.compile(
    r"\b(?:updated|modified|actualizado|mis à jour|aktualisiert|atualizado)\b", re.IGNORECASE
)


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
class Head:
    """The lines that were recognised, each under its role."""

    title: Line | None = None
    byline: Line | None = None
    names: Byline | None = None
    date_line: Line | None = None
    date: FoundDate | None = None
    lifted: tuple[Line, ...] = ()
    """Lines whose every word the page's head shows, so that the article need not repeat them."""


def find_head(text: str, language: str | None = None) -> Head:
    """Find title, byline and date before the first line of prose.

    A line keeps its place in the article unless all its words are accounted for.
    """
    lines = list(_first_lines(text))
    body = next((at for at, line in enumerate(lines) if _is_prose(line.text)), len(lines))
    before = lines[:body]
    head = _with_date(Head(), before, language)
    head = _with_byline(head, before)
    title = _title(text, head, lines, before)
    if title is not None:
        head = _lifting(replace(head, title=title), title)
    return _with_bare_names(head, before)


def lift(text: str, head: Head) -> Iterator[Change]:
    """Take the recognised lines out of the text: the page's head shows them."""
    for first, last in _runs(text, sorted(head.lifted, key=lambda line: line.start)):
        before = len(text[: first.start]) - len(text[: first.start].rstrip("\n"))
        after = len(text[last.end :]) - len(text[last.end :].lstrip("\n"))
        # The longer of the two gaps stays, or a line would melt into the next paragraph.
        start, end = first.start, last.end + after
        if first.start and after >= before:
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


def _is_prose(line: str) -> bool:
    if len(line) >= _PROSE_LENGTH:
        return True
    words = len(line.split())
    return words >= _PROSE_WORDS or (
        words >= 8 and _SENTENCE.search(line) is not None and line[-1] not in "?!"
    )


def _with_date(head: Head, lines: list[Line], language: str | None) -> Head:
    candidates = [
        (line, dates[0])
        for line in lines
        if len(dates := find_dates(line.text, language)) == 1 and _is_date_line(line.text, dates[0])
    ]
    if not candidates:
        return head
    # The day of publication wins over the day of a revision, whichever is printed first.
    line, date = min(candidates, key=lambda found: bool(_REVISED.search(found[0].text)))
    head = replace(head, date_line=line, date=date)
    return _lifting(head, line) if not _leftover(line.text, date) and date.readings else head


def _is_date_line(text: str, date: FoundDate) -> bool:
    return len(_leftover(text, date)) <= 4 or bool(read_byline(text))


def _leftover(text: str, date: FoundDate) -> list[str]:
    """The words of a date line that are neither the date nor what usually stands beside one."""
    rest = _TIME.sub(" ", f"{text[: date.start]} {text[date.end :]}")
    words = re.findall(r"[\w’'-]+", rest)
    return [word for word in words if not is_weekday(word) and word.lower() not in _DATE_CUE]


def _with_byline(head: Head, lines: list[Line]) -> Head:
    for line in lines:
        text = line.text
        if line == head.date_line and head.date is not None:
            text = f"{text[: head.date.start]}".rstrip(" ,|–—-·•")
        byline = read_byline(text)
        if byline is not None:
            head = replace(head, byline=line, names=byline)
            whole = byline.complete and (line != head.date_line or _only_date_behind(head))
            return _lifting(head, line) if whole else head
    return head


def _only_date_behind(head: Head) -> bool:
    if head.date is None or head.date_line is None:
        return False
    behind = head.date_line.text[head.date.end :]
    return not re.search(r"\w", _TIME.sub("", behind))


def _title(text: str, head: Head, lines: list[Line], before: list[Line]) -> Line | None:
    """The first line that is nothing else, where what follows shows that it stands over a text."""
    taken = {line for line in (head.byline, head.date_line) if line}
    title = next(
        (line for line in before if line not in taken and not _NO_TITLE.search(line.text)), None
    )
    if title is None or len(title.text) > _LONGEST_TITLE or not any(map(str.isalpha, title.text)):
        return None
    following = lines[lines.index(title) + 1 :]
    next_body = next((line for line in following if line not in taken), None)
    if next_body is None:
        return None
    # Lines without a gap between them are verse or a list, and the first is one of them.
    apart = (
        text.startswith("\n\n", title.end) or following[0] in taken or _is_prose(following[0].text)
    )
    return title if apart else None


def _with_bare_names(head: Head, lines: list[Line]) -> Head:
    """A line of nothing but names is a byline where it stands beside the date, below the title."""
    if head.names is not None or head.title is None or head.date_line not in lines:
        return head
    at = lines.index(head.date_line)
    for line in (lines[at - 1] if at else None, lines[at + 1] if at + 1 < len(lines) else None):
        if line is None or line.start <= head.title.start:
            continue
        names = read_bare_names(line.text)
        if names is not None:
            return _lifting(replace(head, byline=line, names=names), line)
    return head


def _lifting(head: Head, line: Line) -> Head:
    return head if line in head.lifted else replace(head, lifted=(*head.lifted, line))


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
