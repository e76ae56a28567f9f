"""Spaces and line breaks of printed lines: what the layout made and no author wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model import Change
from generator.model.readings import ReadBlock
from generator.reading.hyphens import joins_without_hyphen

_DIVIDED = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)((?:[^\W\d_]++-(?!\Z))*+[^\W\d_]{2,}+)-\Z")
_WORD_START = re.compile(r"[^\W\d_]+")
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef]")
"""Characters of Chinese and Japanese, which have no space between words."""

_SPACES = re.compile(r"[^\S\n]{2,}+|[\t\f]|(?<![^\n])[^\S\n]|[^\S\n](?![^\n])")
_CELL_SPACES = re.compile(r" ++")
_LINE_FEEDS = re.compile(r"\n++")
_PLAIN_SPACES = re.compile(r"[ \t\f]+")

_LINE_END = 80
"""Characters at the end of a line in which a divided word stands."""


def single_spaces(text: str) -> Iterator[Change]:
    """Yield the changes that leave one space between words, and none at the edges of lines."""
    for match in _SPACES.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        is_inside = before not in {"", "\n"} and after not in {"", "\n"}
        words = _PLAIN_SPACES.sub(" ", match[0]) if is_inside else ""
        if words != match[0]:
            yield Change(match.start(), match[0], words)


def spaces_in_cells(text: str) -> Iterator[Change]:
    """Yield the changes that leave one space between the words of a cell, and none at its edges."""
    for match in _CELL_SPACES.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        is_inside = not {before, after} & {"", "\t", "\n"}
        if match[0] != (words := " " if is_inside else ""):
            yield Change(match.start(), match[0], words)


def no_empty_lines(text: str) -> Iterator[Change]:
    """Yield the changes that take empty lines out of a block, which would make two of it."""
    for match in _LINE_FEEDS.finditer(text):
        is_inside = match.start() > 0 and match.end() < len(text)
        if match[0] != (words := "\n" if is_inside else ""):
            yield Change(match.start(), match[0], words)


def unwrapped(block: ReadBlock, vocabulary: frozenset[str]) -> Iterator[Change]:
    """Yield the changes that make one line of a block whose lines were printed so.

    `vocabulary` has the whole words of the document, which tell whether a hyphen belongs to a word.
    """
    if not block.is_wrapped:
        return
    position = block.text.find("\n")
    while position >= 0:
        yield _joined(block.text, position, vocabulary)
        position = block.text.find("\n", position + 1)


def _joined(text: str, position: int, vocabulary: frozenset[str]) -> Change:
    before, after = (
        text[max(0, position - _LINE_END) : position],
        text[position + 1 : position + 1 + _LINE_END],
    )
    if _NO_SPACES.match(before[-1:]) and _NO_SPACES.match(after[:1]):
        return Change(position, "\n", "")
    head, tail = _DIVIDED.search(before), _WORD_START.match(after)
    if not before.endswith("-") or before.endswith(" -"):
        return Change(position, "\n", " ")
    if head and tail and joins_without_hyphen(head[1], tail[0], vocabulary):
        return Change(position - 1, "-\n", "")
    return Change(position, "\n", "")
