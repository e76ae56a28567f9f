"""Near copies of withdrawn texts: most of the words in the same order, among other words.

Texts are compared by their shingles of three words, short texts by those of two. A document is a
near copy if it has three of five shingles of the withdrawn text, or an excerpt if three of five of
its own shingles are in that text. What publishers print below every text counts for neither.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from generator.model import Document, SeedPath
from generator.text import split_words

_MIN_SHARE = 0.6
"""Least share of the shingles: one word in eight may differ; two filled-in forms share less."""

_MIN_WORDS = 6
"""Least words of a withdrawn text; a shorter one is recognised by its exact wording only."""

_MIN_EXCERPT = 12
"""Least words of a document that can be an excerpt."""

_SHORT = 24
"""Words below which shingles of two are compared: a changed word affects fewer of them."""


class WithdrawnText(msgspec.Struct, frozen=True):
    """A withdrawn text that is still in the seeds folder, prepared for comparison."""

    source: SeedPath
    digest: str
    """SHA-256 of the seed's bytes."""
    shingle_size: int
    """Words of a shingle."""
    shingles: frozenset[str]


def prepare_withdrawn_text(document: Document) -> WithdrawnText | None:
    """Return a withdrawn document prepared for comparison; None if it is too short for that."""
    words = _own_words(document)
    if len(words) < _MIN_WORDS:
        return None
    size = 2 if len(words) < _SHORT else 3
    return WithdrawnText(document.source, document.digest, size, _shingles(words, size))


def find_copied_texts(
    document: Document, withdrawn_texts: Iterable[WithdrawnText]
) -> tuple[SeedPath, ...]:
    """Return the withdrawn texts of which a document is a near copy or an excerpt."""
    words, own = split_words(f"{_head(document)}\n{document.text}"), _own_words(document)
    shingles = {size: (_shingles(words, size), _shingles(own, size)) for size in (2, 3)}
    return tuple(
        text.source
        for text in withdrawn_texts
        if _contains(shingles[text.shingle_size][0], text.shingles)
        or (len(own) >= _MIN_EXCERPT and _contains(text.shingles, shingles[text.shingle_size][1]))
    )


def _contains(shingles: frozenset[str], part: frozenset[str]) -> bool:
    """Whether others have enough of the shingles of a part."""
    return len(shingles & part) >= _MIN_SHARE * len(part)


def _own_words(document: Document) -> list[str]:
    """Return the words of the head and the text, without the publisher's lines below."""
    texts = (block.text for block in document.blocks if block.kind != "footer")
    return split_words("\n".join((_head(document), *texts)))


def _head(document: Document) -> str:
    """Return the title and the standfirst, if they are in the text."""
    metadata = document.metadata
    title = metadata.title if metadata.has_title else None
    return "\n".join(value.value for value in (title, metadata.standfirst) if value)


def _shingles(words: list[str], size: int) -> frozenset[str]:
    groups = zip(*(words[start:] for start in range(size)), strict=False)
    return frozenset(map(" ".join, groups))
