"""Paragraphs of a plain text inside another format: a letter's words, a note, a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from generator.model.readings import Cut, ReadBlock
from generator.reading.formats.edit_blocks import tidied

QUOTE_MARKS = "quote marks"
"""The ledger's name for the removal of ">" before quoted lines."""

_QUOTE = re.compile(r"(?:>[ \t]?)+")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")

_MIN_WRAPPED = 50
"""Characters that all lines of a wrapped paragraph have, but the last."""


class _Group(msgspec.Struct):
    """Lines of one paragraph."""

    is_quoted: bool
    lines: list[str] = msgspec.field(default_factory=list)


def plain_blocks(text: str, *, flowed: bool = False) -> tuple[ReadBlock, ...]:
    """Return the paragraphs of a text; quoted lines and a mail's signature are blocks of their own.

    With `flowed`, a line that ends with a space goes on in the next one (RFC 3676).
    """
    lines = _LINE_ENDS.sub("\n", text).split("\n")
    groups = _groups(_unflowed(lines) if flowed else lines)
    blocks: list[ReadBlock] = []
    is_signature = False
    for group in groups:
        if group.lines[0].rstrip() == "--":
            is_signature = True
        block = _signature(group) if is_signature else _block(group)
        blocks += [block] if block else []
    return tuple(blocks)


def _unflowed(lines: Iterable[str]) -> Iterator[str]:
    pending = ""
    for line in lines:
        if line.endswith(" ") and line != "-- " and not line.startswith(">"):
            pending += line
        else:
            yield pending + line
            pending = ""
    if pending:
        yield pending


def _groups(lines: Iterable[str]) -> Iterator[_Group]:
    group: _Group | None = None
    for line in lines:
        if not line.strip(" \t>"):
            if group:
                yield group
            group = None
            continue
        is_quoted = line.startswith(">")
        if group and (group.is_quoted != is_quoted or line.rstrip() == "--"):
            yield group
            group = None
        group = group or _Group(is_quoted)
        group.lines.append(line)
    if group:
        yield group


def _block(group: _Group) -> ReadBlock | None:
    text = "\n".join(group.lines)
    cuts: list[Cut] = []
    position = 0
    for line in group.lines:
        marks = _QUOTE.match(line) if group.is_quoted else None
        if marks:
            cuts.append(Cut(position, position + marks.end(), QUOTE_MARKS))
        position += len(line) + 1
    is_wrapped = len(group.lines) > 1 and all(len(x) >= _MIN_WRAPPED for x in group.lines[:-1])
    block = ReadBlock(
        "paragraph", text, cuts=tuple(cuts), quoted=group.is_quoted, is_wrapped=is_wrapped
    )
    return tidied(block) if text.strip() else None


def _signature(group: _Group) -> ReadBlock | None:
    lines = group.lines[1:] if group.lines[0].rstrip() == "--" else group.lines
    text = "\n".join(lines)
    return tidied(ReadBlock("signature", text)) if text.strip() else None
