"""What stands for the title of a document that has none: its first words, never its file's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model import FIRST_WORDS, Block, BlockKind, Extracted
from generator.text.sentences import whole_sentences

_MAX_LENGTH = 60
"""Characters: a line on a telephone, as long as the titles of most documents."""

_SHORTEST = 20
"""Characters from which a whole sentence is enough: "Frost." says too little."""

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)」』]*(?=\s|$|[^\W\d_a-zA-Z])")

_BEFORE_TEXT: frozenset[BlockKind] = frozenset(
    ["dateline", "address", "salutation", "caption", "ornament", "footer", "note", "stage"]
)
"""Blocks that say nothing of what the text is about."""


def first_words(blocks: Sequence[Block]) -> Extracted[str] | None:
    """Return the first words of the text, at most 60 characters; None if it has no letters.

    They end with an ellipsis unless they are a whole sentence or line of verse.
    """
    readable = [block for block in blocks if any(map(str.isalpha, block.text))]
    if not readable:
        return None
    block = next(filter(_says_something, readable), readable[0])
    is_line = block.kind in {"stanza", "lines", "table", "columns"}
    end = block.text.find("\n") if is_line and "\n" in block.text.strip() else len(block.text)
    words = " ".join(block.text[:end].split())
    plain = " ".join(_without_signs(block, end).split())
    return Extracted(_shortened(plain or words), FIRST_WORDS, quote=words[: 2 * _MAX_LENGTH])


def _says_something(block: Block) -> bool:
    """Whether a block is neither a date or the like nor a number alone: "XIII.", "18th"."""
    return block.kind not in _BEFORE_TEXT and not _NUMBER.fullmatch(block.text)


_NUMBER = re.compile(r"\W{0,5}(?:[ivxlcdm]{1,9}|\d{1,4}(?:st|nd|rd|th|d)?)\W{0,5}", re.IGNORECASE)


def _without_signs(block: Block, end: int) -> str:
    """Return a block up to a position without the label of a speaker and signs of notes.

    A figure right after a word stays: the word would not be one of the source's without it.
    """
    hidden = [
        mark
        for mark in block.marks
        if mark.kind == "speaker"
        or (mark.kind == "noteref" and not block.text[mark.start].isdecimal())
    ]
    starts = [0, *(mark.end for mark in hidden)]
    ends = [*(mark.start for mark in hidden), end]
    return "".join(block.text[first:last] for first, last in zip(starts, ends, strict=True))


def _shortened(words: str) -> str:
    for stop in _SENTENCE_END.finditer(words, _SHORTEST, 2 * _MAX_LENGTH):
        if stop.end() > _MAX_LENGTH:
            break
        text = words[: stop.end()]
        if whole_sentences(text, _MAX_LENGTH) == text:
            return text
    if len(words) <= _MAX_LENGTH:
        return words
    cut = words[: _MAX_LENGTH - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[_SHORTEST:] else cut).rstrip(",;:–—- ") + "…"
