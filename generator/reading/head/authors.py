"""The authors in the head of a document: a byline, or names beside date and title."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile

import msgspec
from msgspec.structs import replace

from generator.reading.head.bylines import Byline, parse_bare_names, parse_byline
from generator.reading.head.end_of_head import never_in_lower_case
from generator.reading.head.labels import AGENCIES
from generator.reading.head.lines import (
    Head,
    HeadField,
    HeadLine,
    is_adjacent,
    role_lines,
    with_removable,
)
from generator.reading.head.lines_with_dates import before_date, date_role
from generator.reading.head.title_rules import (
    is_division,
    is_legal_caption,
    is_weak_title,
    is_year,
)
from generator.reading.letter_lines import is_salutation
from generator.text.dates import is_plain

_NO_AUTHOR_KINDS = frozenset({"salutation", "address", "note", "speech"})


def with_byline(head: Head, lines: Sequence[HeadLine], text: str) -> Head:
    """Add the first byline: a cue such as "By", and names."""
    for line in lines:
        date = head.date if line == head.date_line else None
        words = line.words
        byline = parse_byline(before_date(line.text, date) if date else words)
        if byline is None or not (
            byline.has_known_names or (line != lines[0] and never_in_lower_case(byline, text))
        ):
            continue
        head = replace(head, byline=line, names=byline)
        agency = byline.other_parts[0] if len(byline.other_parts) == 1 else None
        if agency in AGENCIES:
            head = replace(head, publication=HeadField(line, agency, "agency after the byline"))
        shows_names = byline.is_complete or agency in AGENCIES
        shows_date = (
            not date
            or (
                date.readings  # without a reading, only this line shows the words
                and is_plain(date, line.text)
                and not re.search(r"\w", line.text[date.end :])
                and date_role(line.text, date) != "revision"
            )
        )
        return with_removable(head, line) if shows_names and shows_date else head
    return head


def with_bare_names(head: Head, lines: Sequence[HeadLine], text: str) -> Head:
    """Add as byline a line with nothing but names, next to the date and below the title.

    Names that are not in the table must be on the adjacent line without a gap, and the text must
    not use their words in lower case.
    """
    date_line = head.date_line
    if head.names is not None or head.title is None or date_line is None:
        return head
    if date_line not in lines:
        return head
    index = lines.index(date_line)
    for line in (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2]):
        if line in role_lines(head):
            continue
        names = line.names
        first, second = sorted((line, date_line), key=lambda item: item.start)
        is_known = names is not None and names.has_known_names
        if names is None or not (
            is_known or (is_adjacent(first, second) and never_in_lower_case(names, text))
        ):
            continue
        if not _is_somebody_else(_Signed(line, names, text, head)):
            return with_removable(replace(head, byline=line, names=names), line)
    return head


def with_names_below_title(head: Head, lines: Sequence[HeadLine], text: str) -> Head:
    """Add as byline the known names on the line below the title, if the head ends with them.

    A gap on both sides makes them a caption; a year or the heading of a chapter below does not.
    """
    if head.names is not None or head.title is None or not lines:
        return head
    last = (head.title.line, *head.title_lines)[-1]
    index = next((i for i, line in enumerate(lines) if line.start > last.start), None)
    if index is None or lines[index] in role_lines(head) - {head.date_line}:
        return head
    line = lines[index]
    names = line.names
    below = lines[index + 1] if index + 1 < len(lines) else None
    if names is None or not _can_name_authors(line, names, below):
        return head
    is_headed = below is not None and (
        below == head.date_line
        or below.kind == "heading"
        or below.words.isupper()
        or is_division(below.words)
        or is_year(below.text)
    )
    if not (is_headed or not line.is_apart):
        return head
    signed = _Signed(line, names, text, head)
    if _is_somebody_else(signed) or _is_spoken_of(signed):
        return head
    return with_removable(replace(head, byline=line, names=names), line)


def _can_name_authors(line: HeadLine, names: Byline, below: HeadLine | None) -> bool:
    """Whether names below a title can be its authors: known ones, or any above an abstract."""
    if below is not None and _ABSTRACT.fullmatch(below.words):
        return True
    return names.has_known_names and (len(names.names) == 1 or not line.is_apart)


_ABSTRACT = re.compile(
    r"(?:abstract|summary|zusammenfassung|résumé|resumen|resumo|riassunto)[.:]?", re.IGNORECASE
)
"""The heading of a paper above which nothing but its authors can stand."""


class _Signed(msgspec.Struct, frozen=True):
    """Names that may be those of the author, and what stands around them."""

    line: HeadLine
    names: Byline
    text: str
    head: Head


def _is_addressed(signed: _Signed) -> bool:
    """Whether a salutation follows: the names are those of who gets the letter."""
    following = signed.text[signed.line.end : signed.line.end + _ADDRESS_LENGTH].split("\n")
    lines = [line for line in following if line][:_ADDRESS_LINES]
    return any(map(is_salutation, takewhile(lambda line: not is_division(line), lines)))


_ADDRESS_LENGTH = 400
"""Characters of an address between the name and the salutation."""

_ADDRESS_LINES = 5


def _is_of_a_letter(signed: _Signed) -> bool:
    return signed.head.genre is not None and signed.head.genre.value == "letter"


def _speaks_again(signed: _Signed) -> bool:
    """Whether the same line stands again in the text, as the label of a speaker does."""
    line = signed.line.text
    rest = f"{signed.text[: signed.line.start]}\n{signed.text[signed.line.end :]}\n"
    return f"\n{line}\n" in rest or f"\n{line}:" in rest


def _is_spoken_of(signed: _Signed) -> bool:
    """Whether the text speaks of who is named: then it is about that person."""
    return _speaks_of(signed.text, signed.line, signed.names)


def _speaks_of(text: str, line: HeadLine, names: Byline) -> bool:
    surnames = {name.split()[-1] for name in names.names}
    surnames = {name for name in surnames if len(name) > len("III")}
    rest = f"{text[: line.start]} {text[line.end :]}"
    return any(re.search(rf"\b{re.escape(name)}\b", rest) for name in surnames)


def names_nobody_in(text: str, line: HeadLine) -> bool:
    """Whether a line is nothing but known names, of which the text does not speak."""
    names = line.names
    return names is not None and names.has_known_names and not _speaks_of(text, line, names)


def _is_listed(signed: _Signed) -> bool:
    """Whether the names are one line of a list: below a lead-in, or below other names."""
    above = signed.text[: signed.line.start].rstrip("\n")
    line = above[above.rfind("\n") + 1 :].strip()
    if signed.line.is_apart or not line or len(line) > _ADDRESS_LENGTH:
        return False
    title = signed.head.title
    is_title = title is not None and title.line.text.strip() == line
    return line.endswith(":") or (not is_title and parse_bare_names(line) is not None)


def _is_in_capitals(signed: _Signed) -> bool:
    """Whether the text is in capitals, so that words of a sentence look like names."""
    letters = [character for character in signed.text[:_SAMPLE] if character.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return signed.line.text.isupper() and 2 * capitals > len(letters)


_OF_THE_DEAD = re.compile(
    r"\b(?:memory of|near this place|here lie(?:s|th)?|remains of|hier ruht|ci-gît|aquí yace"
    r"|aqui jaz|in memoriam|hic (?:jacet|iacet))\b",
    re.IGNORECASE,
)
"""How an inscription on a grave begins."""


def _is_of_the_dead(signed: _Signed) -> bool:
    """Whether the words of a grave stand above the names."""
    above = signed.text[max(signed.line.start - _ADDRESS_LENGTH, 0) : signed.line.start]
    return _OF_THE_DEAD.search(above) is not None


_SAMPLE = 2_000
"""Characters of a text that show whether it is in capitals."""


_PARTY = re.compile(
    r"^\W*(?:v|vs|versus|against|(?:the )?(?:plaintiffs?|defendants?|appell(?:ant|ee)s?"
    r"|petitioners?|respondents?|complainants?|kläger(?:in)?|beklagte[rn]?))\b\W*(?:$|[^\W\d_])",
    re.IGNORECASE,
)


def _is_party(signed: _Signed) -> bool:
    """Whether the names are those of a party in a case: the title or a line near them tells so."""
    around = signed.text[signed.line.end : signed.line.end + _ADDRESS_LENGTH].split("\n")
    lines = [line for line in around if line and len(line) <= _ADDRESS_LENGTH][:_PARTY_LINES]
    title = signed.head.title.value if signed.head.title else ""
    is_case = is_legal_caption(title) or (is_weak_title(title) and _COURT.search(title))
    return bool(is_case) or any(
        len(line.split()) <= _PARTY_WORDS and _PARTY.match(line) for line in lines
    )


_COURT = re.compile(r"\b(?:court|tribunal|gericht|juzgado|tribunale)\b", re.IGNORECASE)
_PARTY_LINES, _PARTY_WORDS = 4, 6


_TELEGRAM = re.compile(
    r"\bSTOP\b.*\bSTOP\b|^\W*(?:TELEGRAM|CABLE|TELEGRAMM|TÉLÉGRAMME)\b", re.DOTALL
)
_ABOUT_SOMEBODY = re.compile(
    r"\b(?:obituar(?:y|ies)|in memoriam|in memory of|death of|life of|interview|portrait of|profile"
    r"|biography|nachruf|nécrologie|obituario|necrologia|biografie|biographie|biografía"
    r"|case of|versus|vs?\.|trial of|letter to|brief an|carta a|lettre à)\b",
    re.IGNORECASE,
)


def _is_somebody_else(signed: _Signed) -> bool:
    """Whether names beside title and date are those of anybody but the author."""
    return any(veto(signed) for veto in NAME_VETOES.values())


NAME_VETOES: Mapping[str, Callable[[_Signed], object]] = {
    "a salutation follows": _is_addressed,
    "in a letter": _is_of_a_letter,
    "a speaker": _speaks_again,
    "a party in a case": _is_party,
    "one of a list": _is_listed,
    "on a grave": _is_of_the_dead,
    "in a text in capitals": _is_in_capitals,
    "a telegram": lambda signed: _TELEGRAM.search(signed.text[:2_000]),
    "another kind of block": lambda signed: signed.line.kind in _NO_AUTHOR_KINDS,
    "about somebody": lambda signed: (
        signed.head.title is not None
        and _ABOUT_SOMEBODY.search(signed.head.title.value)
        and _is_spoken_of(signed)
    ),
}
"""Reasons why a line of nothing but names, near title and date, does not name the authors."""
