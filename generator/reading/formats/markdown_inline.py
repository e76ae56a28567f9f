"""Markdown inside a line: emphasis, code, links, escapes, references to notes.

The result is a list of edits: which characters of the text are marks, and what stands for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import msgspec

from generator.model.pictures import FoundPicture
from generator.reading.formats.picture_addresses import is_local

_SPECIAL = re.compile(
    r"""
      (?P<escape>\\[!-/:-@\[-`{-~])
    | (?P<code>`+)
    | (?P<run>\*+|_+|~~)
    | (?P<note>\[\^[^\]\s]{1,40}\])
    | (?P<picture>!\[(?P<alt>[^\[\]\n]{0,500})\]
        \([ \t]{0,10}+(?:<(?P<quoted>[^<>()\n]{0,1000}+)>|(?P<source>[^()\s<>]{0,1000}+))
        (?:\s{1,10}+[^()]{0,500}+)?\))
    | (?P<link>\[(?P<words>[^\[\]]{1,1000})\]
        (?:\(\s*<?(?P<target>[^()\s<>]{0,2000})>?(?:\s+(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'))?\s*\)
          |\[[^\[\]\n]{0,200}\]))
    | <(?P<address>(?:https?://|mailto:)?[^\s<>@]{1,200}[@/][^\s<>]{1,2000})>
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    """,
    re.VERBOSE,
)
_MAX_OPEN = 100
"""Emphasis that is open at a time; more is no emphasis."""


class Edit(msgspec.Struct, frozen=True):
    """Characters that are a mark, and what stands in their place."""

    start: int
    end: int
    after: str = ""
    is_note: bool = False
    """Whether it refers to a note, whose label is `after`."""
    picture: FoundPicture | None = None
    """The picture that stands here."""
    is_remote_picture: bool = False


class Emphasized(msgspec.Struct, frozen=True):
    """The inside of an emphasis, in positions of the text with its marks."""

    start: int
    end: int


class Linked(msgspec.Struct, frozen=True):
    """The words of a link, in positions of the text with its marks."""

    start: int
    end: int
    address: str


class Inline(msgspec.Struct):
    """The marks of one text."""

    edits: list[Edit] = msgspec.field(default_factory=list)
    emphasis: list[Emphasized] = msgspec.field(default_factory=list)
    links: list[Linked] = msgspec.field(default_factory=list)

    @property
    def remote_pictures(self) -> int:
        """The number of pictures that are on other sites."""
        return sum(edit.is_remote_picture for edit in self.edits)


class _Run(msgspec.Struct):
    """A run of asterisks or underscores of which some may open or close an emphasis."""

    sign: str
    start: int
    end: int
    can_open: bool
    can_close: bool


def parse_inline(text: str) -> Inline:
    """Return the marks of a text, in order."""
    result = Inline()
    runs: list[_Run] = []
    _scan(text, 0, len(text), result, runs)
    _match(runs, result)
    result.edits.sort(key=lambda edit: edit.start)
    result.emphasis.sort(key=lambda span: span.start)
    return result


def _scan(text: str, start: int, end: int, result: Inline, runs: list[_Run]) -> None:
    position = start
    while match := _SPECIAL.search(text, position, end):
        position = match.end()
        if match["escape"]:
            result.edits.append(Edit(match.start(), match.start() + 1))
        elif match["code"]:
            position = _code(text, match, end, result)
        elif match["run"]:
            runs.append(_run(text, match))
        elif match["note"]:
            label = match["note"][2:-1]
            result.edits.append(Edit(match.start(), match.end(), f"[{label}]", is_note=True))
        elif match["picture"]:
            result.edits += _picture(match)
        elif match["link"]:
            _link(text, match, result, runs)
        elif match["address"]:
            result.edits.append(Edit(match.start(), match.start() + 1))
            result.edits.append(Edit(match.end() - 1, match.end()))
        elif (words := unescape(match["entity"])) != match["entity"] and words.isprintable():
            result.edits.append(Edit(match.start(), match.end(), words))


def _link(text: str, match: re.Match[str], result: Inline, runs: list[_Run]) -> None:
    start, end = match.span("words")
    result.edits.append(Edit(match.start(), start))
    _scan(text, start, end, result, runs)
    result.edits.append(Edit(end, match.end()))
    result.links.append(Linked(start, end, match["target"] or ""))


def _picture(match: re.Match[str]) -> Iterator[Edit]:
    """Yield the edits of a picture; of one that is on another site the words stay."""
    address = match["quoted"] or match["source"] or ""
    if is_local(address):
        picture = FoundPicture(" ".join(match["alt"].split()), address=address)
        yield Edit(match.start(), match.end(), picture=picture)
    else:
        yield Edit(match.start(), match.start("alt"), is_remote_picture=True)
        yield Edit(match.end("alt"), match.end())


def _code(text: str, match: re.Match[str], end: int, result: Inline) -> int:
    """Take the marks of code away, if it ends, and return the position after it."""
    marks = match["code"]
    closing = re.compile(rf"(?<!`){marks}(?!`)").search(
        text, match.end(), min(end, match.end() + 5_000)
    )
    if closing is None:
        return match.end()
    result.edits.append(Edit(match.start(), match.end()))
    result.edits.append(Edit(closing.start(), closing.end()))
    return closing.end()


def _run(text: str, match: re.Match[str]) -> _Run:
    """Return a run, and whether it can open or close: by the characters beside it (CommonMark)."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    space_before, space_after = not before.strip(), not after.strip()
    sign_before, sign_after = _is_sign(before), _is_sign(after)
    left = not space_after and (not sign_after or space_before or sign_before)
    right = not space_before and (not sign_before or space_after or sign_after)
    sign = match["run"][0]
    if sign == "_":
        left, right = left and (not right or sign_before), right and (not left or sign_after)
    if sign == "*" and before.isdigit() and after.isdigit():  # 2*3*4 is no emphasis
        left = right = False
    return _Run(sign, match.start(), match.end(), left, right)


def _is_sign(character: str) -> bool:
    return bool(character) and not character.isalnum() and not character.isspace()


def _match(runs: list[_Run], result: Inline) -> None:
    """Find for every run that closes the last one that it can close."""
    opened: list[_Run] = []
    for run in runs:
        while run.can_close and run.end > run.start and (index := _opener(opened, run)) is not None:
            opener = opened[index]
            size = 2 if min(opener.end - opener.start, run.end - run.start) >= 2 else 1
            result.emphasis.append(Emphasized(opener.end, run.start))
            result.edits.append(Edit(opener.end - size, opener.end))
            result.edits.append(Edit(run.start, run.start + size))
            opener.end -= size
            run.start += size
            del opened[index + (opener.end > opener.start) :]
        if run.can_open and run.end > run.start:
            opened.append(run)
            del opened[:-_MAX_OPEN]


def _opener(opened: list[_Run], run: _Run) -> int | None:
    for index in range(len(opened) - 1, -1, -1):
        if opened[index].sign == run.sign:
            return index
    return None


def edits_without_overlap(edits: list[Edit]) -> Iterator[Edit]:
    """Yield the edits in order; one that another has covered is left out."""
    position = 0
    for edit in edits:
        if edit.start >= position:
            yield edit
            position = edit.end
