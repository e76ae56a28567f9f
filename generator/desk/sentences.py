"""Mentions with the words around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from generator.desk.tables import (
    DocumentText,
    MentionRow,
    document_mentions,
    entity_mentions,
    read_texts,
)
from generator.text.word_places import TextRange, find_only

_AROUND = 120
"""Most characters that are shown on either side."""

_MAX_MENTIONS = 400
"""Most mentions that one answer lists."""


class Sentence(msgspec.Struct, frozen=True):
    """A mention with the words before and after it."""

    seed: str
    title: str
    address: str
    paragraph: str
    before: str
    words: str
    after: str


def quote_mentions(docs: Path, mentions: Iterable[MentionRow]) -> list[Sentence]:
    """Return the mentions with their sentences, the first 400, in the order of the table."""
    shown = list(mentions)[:_MAX_MENTIONS]
    texts = read_texts(docs, {mention.seed for mention in shown})
    return [
        _quote(texts[mention.seed], mention.paragraph, mention.start, mention.end)
        for mention in shown
        if mention.seed in texts
    ]


def deciding_words(docs: Path, mentions: Iterable[MentionRow]) -> list[str]:
    """Return for each mention that is quoted the words by which a decision finds it.

    If its paragraph repeats them, words around them are added. If these are repeated too, a
    decision is about all repetitions.
    """
    shown = list(mentions)[:_MAX_MENTIONS]
    seeds = {mention.seed for mention in shown}
    texts = read_texts(docs, seeds)
    names: dict[tuple[str, str], list[TextRange]] = defaultdict(list)
    for row in document_mentions(docs, seeds):
        names[row.seed, row.paragraph].append(TextRange(row.start, row.end))
    return [
        find_only(
            texts[row.seed].paragraph(row.paragraph) or "",
            TextRange(row.start, row.end),
            names[row.seed, row.paragraph],
        )
        or row.text
        for row in shown
        if row.seed in texts
    ]


def first_mentions(docs: Path, entities: Sequence[str]) -> dict[str, Sentence]:
    """Return the first mention of each entity in its sentence, by the id of the entity."""
    rows = {row.entity: row for row in reversed([*entity_mentions(docs, entities)])}
    texts = read_texts(docs, {row.seed for row in rows.values()})
    return {
        entity: _quote(texts[row.seed], row.paragraph, row.start, row.end)
        for entity, row in rows.items()
        if row.seed in texts
    }


def _quote(text: DocumentText, paragraph: str, start: int, end: int) -> Sentence:
    words = text.paragraph(paragraph) or ""
    first, last = max(0, start - _AROUND), end + _AROUND
    before = words[first:start] if first == 0 else "…" + words[first:start].partition(" ")[2]
    after = words[end:last]
    after = after if last >= len(words) else after.rpartition(" ")[0] + "…"
    return Sentence(text.path, text.title, text.address, paragraph, before, words[start:end], after)
