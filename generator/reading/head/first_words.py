"""What stands for the title of a document that has none: its first words, never its file's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model import FIRST_WORDS, Block, BlockKind, Extracted

_MAX_LENGTH = 60
"""Characters: a line on a telephone, as long as the titles of most documents."""

_SHORTEST = 20
"""Characters from which a whole sentence is enough: "Frost." says too little."""

_SENTENCE = re.compile(r".*?[.!?…。！？][\"'”’»)」』]*(?=\s|$|[^\W\d_a-zA-Z])", re.DOTALL)

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
    block = next((block for block in readable if block.kind not in _BEFORE_TEXT), readable[0])
    is_line = block.kind in {"stanza", "lines", "table", "columns"}
    text = block.text.strip().partition("\n")[0] if is_line else block.text
    words = " ".join(text.split())
    return Extracted(_shortened(words), FIRST_WORDS, quote=words[: 2 * _MAX_LENGTH])


def _shortened(words: str) -> str:
    sentence = _SENTENCE.match(words, _SHORTEST)
    if sentence and sentence.end() <= _MAX_LENGTH:
        return words[: sentence.end()]
    if len(words) <= _MAX_LENGTH:
        return words
    cut = words[: _MAX_LENGTH - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[_SHORTEST:] else cut).rstrip(",;:–—- ") + "…"
