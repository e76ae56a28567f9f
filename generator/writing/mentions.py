"""Mentions of entities in a document: their sentences, and which of them become links."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

import msgspec

from generator.model import Block, EntityId, Mention, Span
from generator.text.paragraph_ids import paragraph_ids
from generator.text.sentences import split_sentences
from generator.writing.blocks.inline import usable_links
from generator.writing.views import DocumentView, EntityRef

_SECTION = 10
"""Paragraphs after which a name is linked again, for readers who follow a link to a paragraph."""

_MAX_LINKS = 60
"""Links in one paragraph; the list below the article has the other names."""

_MAX_EXCERPT = 320
"""Characters of a sentence that an entity's page shows; a longer one is cut around the name."""


class EntityMention(msgspec.Struct, frozen=True, gc=False):
    """A mention of an entity in a document."""

    mention: Mention
    entity: EntityRef


@lru_cache(maxsize=1)  # all files of a document need them, one after the other
def entity_mentions(view: DocumentView) -> tuple[EntityMention, ...]:
    """Return the mentions of entities in a document, in the order of its text."""
    entities = ((mention, view.entity_of(mention)) for mention in view.mentions)
    return tuple(EntityMention(mention, entity) for mention, entity in entities if entity)


@lru_cache(maxsize=1)
def choose_links(view: DocumentView) -> Mapping[int, Sequence[EntityMention]]:
    """Return the mentions that become links, by the index of their block.

    In each section of `_SECTION` paragraphs, the first mention of an entity with a page is a link.
    """
    chosen: dict[int, list[EntityMention]] = {}
    seen: set[tuple[int, EntityId]] = set()
    blocks = view.document.shown_blocks
    for index, group in _by_block(view):
        by_span = {Span(item.mention.start, item.mention.end): item for item in group}
        for span in usable_links(blocks[index], by_span):
            mention = by_span[span]
            section_entity = (index // _SECTION, mention.entity.id)
            if section_entity not in seen and len(chosen.setdefault(index, [])) < _MAX_LINKS:
                chosen[index].append(mention)
                seen.add(section_entity)
    return chosen


def _by_block(view: DocumentView) -> Iterator[tuple[int, Iterator[EntityMention]]]:
    """Yield the mentions of entities with a page, by the index of their block."""
    with_page = (item for item in entity_mentions(view) if item.entity.address)
    return groupby(with_page, key=lambda item: item.mention.block)


def name_places(view: DocumentView) -> dict[EntityId, str]:
    """Return the paragraph in which a document first mentions each entity without a page."""
    ids: list[str] = []
    places: dict[EntityId, str] = {}
    for item in entity_mentions(view):
        if not item.entity.address and item.entity.id not in places:
            ids = ids or paragraph_ids(block.text for block in view.document.blocks)
            places[item.entity.id] = ids[item.mention.block]
    return places


class MentionSentence(NamedTuple):
    """A sentence that mentions an entity."""

    block: int
    """The index of the block."""
    sentence: Span
    name: Span
    """The first mention of the entity in the sentence."""
    paragraph: str
    """The id of the paragraph."""


def mention_sentences(view: DocumentView) -> Iterator[tuple[EntityId, MentionSentence]]:
    """Yield each sentence of a document once for every entity with a page that it mentions.

    The cost grows with the length of the text, not with the number of entities.
    """
    ids: list[str] = []
    blocks = view.document.blocks
    for index, group in _by_block(view):
        ids = ids or paragraph_ids(block.text for block in blocks)
        sentences = _sentences(blocks[index])
        starts = [sentence.start for sentence in sentences]
        seen: set[tuple[EntityId, int]] = set()
        for item in group:
            mention, entity = item.mention, item.entity
            number = bisect_right(starts, mention.start) - 1
            if (entity.id, number) not in seen:
                seen.add((entity.id, number))
                name = Span(mention.start, mention.end)
                yield entity.id, MentionSentence(index, sentences[number], name, ids[index])


def _sentences(block: Block) -> Sequence[Span]:
    """Return the sentences of a block; those of a table are its rows."""
    if block.kind not in {"table", "columns"}:
        return split_sentences(block.text)
    ends = list(accumulate(len(row) + 1 for row in block.text.split("\n")))
    return [Span(start, end - 1) for start, end in pairwise((0, *ends))]


class Excerpt(NamedTuple):
    """The part of a sentence that is shown, and the dots for what is cut off on each side."""

    shown: Span
    dots_before: str
    dots_after: str


def excerpt(text: str, sentence: Span, name: Span) -> Excerpt:
    """Shorten a long sentence to the text around a name.

    The sentence is cut at spaces if there are any.
    """
    start, end = sentence.start, max(sentence.end, name.end)
    if end - start > _MAX_EXCERPT:
        room = max(_MAX_EXCERPT - (name.end - name.start), 0) // 2
        start, end = max(start, name.start - room), min(end, name.end + room)
    if start > sentence.start:
        start = text.find(" ", start, name.start) + 1 or start
    if end < sentence.end:
        end = max(text.rfind(" ", name.end, end), name.end)
    return Excerpt(
        Span(start, end),
        "…\u00a0" if start > sentence.start else "",
        "\u00a0…" if end < sentence.end else "",
    )
