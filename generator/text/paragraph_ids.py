"""Ids of paragraphs, formed from their words, so that edits elsewhere keep them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from generator.model.spacing import single_spaced


def paragraph_ids(texts: Iterable[str]) -> list[str]:
    """Return an id for each paragraph, formed from its words, so that edits elsewhere keep it.

    A paragraph that occurs several times in a document has a number from the second time on.
    """
    return list(_ids(tuple(texts)))


@lru_cache(maxsize=1)  # all files of a document need them, one after the other
def _ids(texts: tuple[str, ...]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    ids = []
    for text in texts:
        plain = f"p-{short_digest(single_spaced(text))}"
        seen[plain] += 1
        ids.append(plain if seen[plain] == 1 else f"{plain}-{seen[plain]}")
    return tuple(ids)


def short_digest(text: str) -> str:
    """Return the first eight digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
