"""Near copies of withdrawn texts: most of the words in the same order, with others around them.

Texts are compared by their runs of three words, short ones by runs of two. A document is a near
copy when it has three of five runs of the withdrawn text, or when three of five of its own runs
stand there: an excerpt. What a publisher prints below every text counts for neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.model import Document, SeedPath
from generator.text import split_words

_SHARE = 0.6
"""One word in eight may be another one; documents from one form share less."""

_LEAST = 6
"""Words of a withdrawn text; a shorter one is known by its exact wording only."""

_EXCERPT = 12
"""Words of a document that can be an excerpt."""

_SHORT = 24
"""Words below which runs of two are compared: one other word spoils fewer of them."""


@dataclass(frozen=True, slots=True)
class WithdrawnText:
    """A withdrawn text that lies in the seeds folder, ready to be compared."""

    source: SeedPath
    digest: str
    """SHA-256 of the seed's bytes."""
    shingle_size: int
    """How many words make a run."""
    shingles: frozenset[str]


def prepare_withdrawn_text(document: Document) -> WithdrawnText | None:
    """Return a withdrawn document ready to be compared; None when it is too short for that."""
    found = _own_words(document)
    if len(found) < _LEAST:
        return None
    size = 2 if len(found) < _SHORT else 3
    return WithdrawnText(document.source, document.digest, size, _runs(found, size))


def find_copied_texts(
    document: Document, withdrawn_texts: Iterable[WithdrawnText]
) -> tuple[SeedPath, ...]:
    """Return the withdrawn texts of which a document is a near copy or an excerpt."""
    whole, own = split_words(f"{_head(document)}\n{document.text}"), _own_words(document)
    runs = {size: (_runs(whole, size), _runs(own, size)) for size in (2, 3)}
    return tuple(_near(withdrawn_texts, runs, len(own)))


def _near(
    originals: Iterable[WithdrawnText],
    runs: dict[int, tuple[frozenset[str], frozenset[str]]],
    length: int,
) -> Iterator[SeedPath]:
    for original in originals:
        whole, own = runs[original.shingle_size]
        holds = len(whole & original.shingles) >= _SHARE * len(original.shingles)
        excerpt = length >= _EXCERPT and len(own & original.shingles) >= _SHARE * len(own)
        if holds or excerpt:
            yield original.source


def _own_words(document: Document) -> list[str]:
    """Cut the head and the paragraphs into words, without the publisher's lines below them."""
    blocks = (block.text for block in document.blocks if block.kind == "paragraph")
    return split_words("\n".join((_head(document), *blocks)))


def _head(document: Document) -> str:
    """Return the title and the standfirst, where the text gives them."""
    metadata = document.metadata
    found = (metadata.title if metadata.title.rule != "file name" else None, metadata.standfirst)
    return "\n".join(one.value for one in found if one)


def _runs(found: list[str], size: int) -> frozenset[str]:
    cut = zip(*(found[start:] for start in range(size)), strict=False)
    return frozenset(map(" ".join, cut))
