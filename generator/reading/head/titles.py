"""The title of a document: which line of its head, and which lines belong to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import chain, pairwise

import msgspec

from generator.reading.head.bylines import is_byline_of_nobody, starts_like_byline
from generator.reading.head.end_of_head import (
    LONGEST_TITLE,
    TEXT_KINDS,
    belongs_to_title_page,
    is_known_name,
    is_prose,
)
from generator.reading.head.labels import parse_title_label
from generator.reading.head.lines import Head, HeadField, HeadLine, is_adjacent, role_lines
from generator.reading.head.lines_with_dates import divides_date, is_labelled, is_whole_date
from generator.reading.head.mail_headers import parse_mail_headers
from generator.reading.head.title_rules import (
    cannot_be_title,
    is_division,
    is_legal_caption,
    is_newspaper,
    is_statement,
    is_weak_title,
    is_web_furniture,
    is_year,
)
from generator.reading.letter_lines import is_place_and_date, is_salutation

_RULE = re.compile(r"\s*-{3,}\s*")
_FEW_WORDS = 3
_MAX_LINES = 5
"""Lines of a title; the longest title pages of the 17th century do not fit into a page's title."""

_NO_TITLE_KINDS = frozenset(
    {
        *("salutation", "signature", "valediction", "speech", "stage", "note", "item", "ornament"),
        *("table", "columns", "footer"),
    }
)


_ADDRESSED = re.compile(r"(?:TO|AN|À) \S+ \S|To the [A-Z]|An (?:den|die|das) [A-ZÄÖÜ]|À la? [A-Z]")
"""The line of an address that can be the title of a letter: "To the Lords of Trade"."""


class FoundTitle(msgspec.Struct, frozen=True):
    """A title with the lines that it has after its first."""

    field: HeadField
    more: tuple[HeadLine, ...] = ()

    @property
    def lines(self) -> tuple[HeadLine, ...]:
        """All lines of the title."""
        return (self.field.line, *self.more)


def find_title(
    head: Head,
    lines: Sequence[HeadLine],
    head_lines: Sequence[HeadLine],
    signatures: Container[HeadLine] = (),
) -> FoundTitle | None:
    """Return the line with a label such as "Title:", or else the best without another role.

    `lines` are those of which `head_lines` are the first. A line without a label is a title only
    if a gap, a date, a byline or prose follows it. `signatures` are names of which the text does
    not speak: they are a title only above a byline, a year or a chapter.
    """
    labelled = _title_of_mail(head_lines) or _labelled_title(head_lines)
    if labelled is not None:
        return labelled
    taken = role_lines(head)
    listed = set(_lines_below_lead_in(head_lines))
    free = [
        line
        for index, line in enumerate(head_lines)
        if line not in taken | listed
        and not _is_excluded(line, head_lines[index + 1 :], taken)
        and not (
            line in signatures and not _is_title_of_book(head, head_lines[index + 1 : index + 2])
        )
    ]
    title = _best(free, head, head_lines)
    if title is None or not any(map(str.isalpha, title.text)):
        return None
    number = _number_above(title, head_lines)
    more = _more_lines(title, lines, taken)
    if number is not None and number not in taken:
        title, more = number, (title, *more)
    words = _joined(line.words for line in (title, *more))
    last = more[-1] if more else title
    if _is_open(words) and not words.isupper():
        return None
    if len(words) > LONGEST_TITLE or not _stands_apart(last, lines, taken):
        return None
    rule = "first lines of the head" if more else "first line of the head"
    return FoundTitle(HeadField(title, words, rule), more)


def _lines_below_lead_in(lines: Sequence[HeadLine]) -> Iterator[HeadLine]:
    """Yield the lines right below one that ends with a colon: "Present:" and the names there."""
    is_listed = False
    for above, line in pairwise(lines):
        is_listed = is_adjacent(above, line) and (is_listed or above.words.endswith(":"))
        if is_listed:
            yield line


def _number_above(title: HeadLine, lines: Sequence[HeadLine]) -> HeadLine | None:
    """Return the number with a full stop above a title: "305." above "TO F. RIES".

    An empty line may be between them on top of the text, where nothing else can have a number.
    """
    index = lines.index(title)
    above = lines[index - 1] if index else None
    if above is None or not (is_adjacent(above, title) or index == 1):
        return None
    return above if _NUMBER_OF_TITLE.fullmatch(above.words) else None


_NUMBER_OF_TITLE = re.compile(r"(?:No\.? ?)?(?:\d{1,4}|[IVXLCDM]+)[.:]", re.IGNORECASE)


def _is_title_of_book(head: Head, below: Sequence[HeadLine]) -> bool:
    """Whether a byline, a year or the heading of a part is right below a line."""
    return any(
        line == head.byline or is_year(line.words) or is_division(line.words) for line in below
    )


def _joined(lines: Iterable[str]) -> str:
    """Return the lines of a title with a space between them, but none after a hyphen."""
    return re.sub(r"(?<=\w-)\n", "", "\n".join(lines)).replace("\n", " ")


def dated_title(head: Head, head_lines: Sequence[HeadLine]) -> FoundTitle | None:
    """Return a month or a year on the first line, which is the only line that can be the title."""
    line, date = head.date_line, head.date
    if line is None or date is None or line not in head_lines[:1]:
        return None
    is_day = any(re.search(r"\d-\d\d-\d\d", reading) for reading in date.readings)
    if is_day or not any(map(str.isalpha, line.text)) or is_labelled(line.text):
        return None
    return FoundTitle(HeadField(line, line.words, "month or years on the first line"))


def _title_of_mail(lines: Sequence[HeadLine]) -> FoundTitle | None:
    mail = parse_mail_headers(lines)
    if mail is None or mail.subject is None or len(mail.subject.value) > LONGEST_TITLE:
        return None
    return FoundTitle(mail.subject, mail.subject_lines[1:])


def _labelled_title(lines: Sequence[HeadLine]) -> FoundTitle | None:
    # Below a line of hyphens, a label belongs to front matter that could not be read.
    rules = (index for index, line in enumerate(lines) if _RULE.fullmatch(line.text))
    for line in lines[: next(rules, len(lines))]:
        words = parse_title_label(line.words)
        if words and len(words) <= LONGEST_TITLE:
            return FoundTitle(HeadField(line, words, "title named in the head"))
    return None


def _is_excluded(line: HeadLine, below: Sequence[HeadLine], taken: set[HeadLine]) -> bool:
    """Whether a line cannot be the title; a sentence can if names or a date are right below it."""
    is_signed = bool(below) and (below[0] in taken or is_known_name(below[0]))
    if line.kind == "address":
        return _ADDRESSED.match(line.words) is None
    if line.kind == "speech" and not line.words.isupper():
        return True
    if line.kind in _NO_TITLE_KINDS and not (is_signed or is_legal_caption(line.words)):
        return True
    if cannot_be_title(line.words):
        return not (below and _ends_with_date(line, below[0]))
    return is_statement(line.words) and not is_signed


def _best(free: Sequence[HeadLine], head: Head, head_lines: Sequence[HeadLine]) -> HeadLine | None:
    """Return the line that is the title, of those that can be.

    On the page of a web site, whose furniture stands above the text, it is the line nearest to
    byline and date.
    """
    signed = [line.start for line in (head.byline, head.date_line) if line and line in head_lines]
    above = [line for line in free if signed and line.start < min(signed)]
    if above and any(is_web_furniture(line.text) for line in head_lines):
        return above[-1]
    captions = (line for line in free if is_legal_caption(line.words))
    strong = (
        line
        for line in free
        if not (is_weak_title(line.words) or is_masthead(line, head, head_lines))
    )
    return next(chain(captions, strong, free), None)


def is_masthead(line: HeadLine, head: Head, head_lines: Sequence[HeadLine]) -> bool:
    """Whether a line is the name of a newspaper with the day right below it."""
    below = head_lines[head_lines.index(line) + 1 :][:1]
    return is_newspaper(line.words) and below == [head.date_line] and is_adjacent(line, below[0])


def _stands_apart(last: HeadLine, lines: Sequence[HeadLine], taken: set[HeadLine]) -> bool:
    """Whether text follows a title, and shows that it is no part of it.

    The first of several lines without gaps is not a title: they are verse or a list.
    """
    following = lines[lines.index(last) + 1 :]
    if not any(line not in taken for line in following):
        return False
    return (
        following[0].is_apart
        or last.kind == "heading"
        or any(line in taken for line in following[:2])
        or is_prose(following[0].text)
        or belongs_to_title_page(following[0])
        or is_division(following[0].words)
        or _begins_letter(following[0].words)
        or _addresses_audience(following[0].words)
        or (following[0].kind in _BELOW_TITLE and last.kind not in _BELOW_TITLE)
        or _is_subtitle(last, following)
    )


def _is_subtitle(title: HeadLine, below: Sequence[HeadLine]) -> bool:
    """Whether one line more stands between the title and the prose of the text."""
    first, *rest = below
    is_one_line = bool(rest) and rest[0].is_apart and is_prose(rest[0].text)
    is_title = len(title.words.split()) >= _FEW_WORDS and not _SENTENCE_END.search(title.words)
    return is_one_line and is_title and first.kind == title.kind == "lines"


_BELOW_TITLE = frozenset({"speech", "stage", "salutation", "dateline", "address"})


def _addresses_audience(words: str) -> bool:
    """Whether a line names who listens: "Mr. Speaker, my colleagues, my fellow Americans:"."""
    return words.endswith(":") and words.count(",") > 1


def _begins_letter(words: str) -> bool:
    return is_salutation(words) or is_place_and_date(words)


class _Pair(msgspec.Struct, frozen=True):
    """A line of a title and the line below it, which may go on with it."""

    first: str
    second: str
    ends_block: bool
    """Whether a gap or a line with a role follows the second."""


_OPEN_END = re.compile(
    r"(?:[-–—:]|\b(?:a|an|the|of|for|to|and|or|in|on|at|by|with|from|as|is|are|who|that|which|upon"
    r"|into|between|der|die|das|den|dem|des|ein|eine|einer|von|vom|und|oder|in|im|am|an|auf|zu|zum"
    r"|zur|für|mit|bei|le|la|les|un|une|de|du|des|et|ou|à|au|aux|en|dans|pour|par|sur|avec|el|los|las"
    r"|una|del|y|o|por|para|con|o|os|as|um|uma|do|da|dos|das|e|em|no|na|com))$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?:;,][\"'”’)\]*]*\d*$")
_WRAPPED = 30
_LONG_LINE = 45
"""Characters: a line of this length may have been wrapped; shorter ones end where they want."""


def _has_open_bracket(pair: _Pair) -> bool:
    return pair.first.count("(") > pair.first.count(")") and ")" in pair.second


def _goes_on_small(pair: _Pair) -> bool:
    """Whether a line begins in lower case; below short lines, verse without capitals does too."""
    is_title_like = pair.ends_block or len(pair.first) >= _WRAPPED
    if pair.first.isupper() and not (_is_open(pair.first) or _is_open(pair.second)):
        return False
    return pair.second[:1].islower() and not pair.first[:1].islower() and is_title_like


def _is_open(words: str) -> bool:
    """Whether a line ends with a word that ends no title: "of"; "on" and "no" can end one."""
    return _NEVER_LAST.search(words) is not None


_NEVER_LAST = re.compile(r"\b(?:of|the|von|vom|der|des|du|del|dos|das)$", re.IGNORECASE)
_MOST_OPEN_WORDS = 2
"""Words of a line between a title and the name that it goes on with."""


def _is_wrapped(pair: _Pair) -> bool:
    """Whether a long line goes on in a shorter one, as the last words of a paragraph do."""
    return (
        pair.ends_block
        and len(pair.first) >= _LONG_LINE > len(pair.second)
        and not _SENTENCE_END.search(pair.first)
        and pair.first.isupper() == pair.second.isupper()
    )


class TitleJoin(msgspec.Struct, frozen=True):
    """Evidence that a line goes on with the title above it."""

    name: str
    matches: Callable[[_Pair], object]


TITLE_JOINS = (
    TitleJoin("small letter", _goes_on_small),
    TitleJoin("open end", lambda pair: pair.ends_block and _OPEN_END.search(pair.first)),
    TitleJoin("open bracket", _has_open_bracket),
    TitleJoin(
        "in brackets",
        lambda pair: re.match(r"\([^()]+\)[*\d\[\]]*$", pair.second) and pair.ends_block,
    ),
    TitleJoin("wrapped", _is_wrapped),
)


def _more_lines(
    title: HeadLine, lines: Sequence[HeadLine], taken: set[HeadLine]
) -> tuple[HeadLine, ...]:
    """Return the lines below the first that belong to a title, without a gap between them."""
    more: list[HeadLine] = []
    index = lines.index(title) + 1
    last = title
    while index < len(lines) and len(more) < _MAX_LINES - 1:
        line = lines[index]
        if not is_adjacent(last, line):
            break
        if not (
            _surely_goes_on(last, line)
            or (line not in taken and _goes_on(last, lines, index, taken))
        ):
            break
        more.append(line)
        last = line
        index += 1
    return tuple(more)


def _goes_on(last: HeadLine, lines: Sequence[HeadLine], index: int, taken: set[HeadLine]) -> bool:
    line = lines[index]
    below = lines[index + 1] if index + 1 < len(lines) else None
    is_signed = below is not None and below in taken and is_adjacent(line, below)
    is_open = _is_open(last.words) and len(last.words.split()) <= _MOST_OPEN_WORDS
    if not is_open and line.names and is_signed:
        return False
    if _cannot_go_on(line) and not (is_open and is_known_name(line)):
        return False
    pair = _Pair(last.words, line.words, below is None or _begins_other_block(line, below, taken))
    return any(join.matches(pair) for join in TITLE_JOINS)


def _surely_goes_on(last: HeadLine, line: HeadLine) -> bool:
    """Whether the break between two lines is inside a date, a word or the names of two parties."""
    return (
        divides_date(last.words, line.words)
        or (last.kind == line.kind == "heading" and last.words.isupper() and line.words.isupper())
        or _ends_with_date(last, line)
        or re.search(r"\w-$", last.words) is not None
        or re.match(r"(?:v|vs)\.? [^\W\d_]", line.words, re.IGNORECASE) is not None
    )


def _ends_with_date(last: HeadLine, line: HeadLine) -> bool:
    """Whether a title with a comma at its end goes on with a date: "... Berlin," "[4 May 1842]"."""
    is_open = last.words.endswith(",") and len(last.words.split()) > _FEW_WORDS
    return is_open and is_adjacent(last, line) and is_whole_date(line.words)


def _cannot_go_on(line: HeadLine) -> bool:
    return (
        line.kind in _NO_TITLE_KINDS
        or is_prose(line.text)
        or belongs_to_title_page(line)
        or starts_like_byline(line.words)
        or is_byline_of_nobody(line.words)
        or is_division(line.words)
        or _begins_letter(line.words)
    )


def _begins_other_block(line: HeadLine, below: HeadLine, taken: set[HeadLine]) -> bool:
    """Whether the title ends above a line: a gap, a line with a role, or text follows."""
    return (
        below.is_apart
        or below in taken
        or below.kind in TEXT_KINDS - {line.kind}
        or is_prose(below.text)
        or belongs_to_title_page(below)
    )
