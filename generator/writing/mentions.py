"""Mentions in a document: where they stand, in which sentence, and which of them are links."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from generator.model import Entity, EntityId, Mention, Span
from generator.text.sentences import split_sentences
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.views import DocumentView

_SECTION = 10
"""Paragraphs after which a name is linked again: readers come in by a link to a paragraph."""

_MOST_LINKS = 60
"""Links in one paragraph; a longer list of names is read below the article."""

_LONGEST = 320
"""Characters of a sentence that an entity's page shows; of a longer one, what is near the name."""


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A mention of an entity in a document."""

    mention: Mention
    entity: Entity


def entity_mentions(shown: DocumentView) -> Iterator[EntityMention]:
    """Give the mentions of entities in a document, in the order of its text."""
    for mention in shown.mentions:
        entity = shown.corpus.entities.entity_of(mention)
        if entity is not None:
            yield EntityMention(mention, entity)


def choose_links(shown: DocumentView) -> dict[int, list[EntityMention]]:
    """Choose the mentions that are links, by the number of their block.

    In each section, the first mention of an entity that has a page. A section is ten paragraphs.
    """
    chosen: dict[int, list[EntityMention]] = {}
    seen: set[tuple[int, EntityId]] = set()
    paged = (one for one in entity_mentions(shown) if one.entity.address)
    for index, group in groupby(paged, key=lambda one: one.mention.block):
        by_span = {Span(one.mention.start, one.mention.end): one for one in group}
        for span in markup.usable_links(shown.document.blocks[index], by_span):
            mention = by_span[span]
            place = (index // _SECTION, mention.entity.id)
            if place not in seen and len(chosen.setdefault(index, [])) < _MOST_LINKS:
                chosen[index].append(mention)
                seen.add(place)
    return chosen


class MentionSentence(NamedTuple):
    """A sentence that mentions an entity: where it stands, and where the first mention in it."""

    block: int
    sentence: Span
    name: Span
    paragraph: str
    """The id of the paragraph."""


def mention_sentences(shown: DocumentView) -> Iterator[tuple[EntityId, MentionSentence]]:
    """Give each sentence of a document once for every entity with a page that it mentions.

    The cost grows with the document's text, however many entities it mentions.
    """
    ids: list[str] = []
    blocks = shown.document.blocks
    paged = (one for one in entity_mentions(shown) if one.entity.address)
    for index, group in groupby(paged, key=lambda one: one.mention.block):
        ids = ids or urls.paragraph_ids(block.text for block in blocks)
        cut = split_sentences(blocks[index].text)
        starts = [sentence.start for sentence in cut]
        seen: set[tuple[EntityId, int]] = set()
        for mention, entity in ((one.mention, one.entity) for one in group):
            number = bisect_right(starts, mention.start) - 1
            if (entity.id, number) not in seen:
                seen.add((entity.id, number))
                name = Span(mention.start, mention.end)
                yield entity.id, MentionSentence(index, cut[number], name, ids[index])


def excerpt(text: str, sentence: Span, name: Span) -> tuple[Span, str, str]:
    """Cut a long sentence to what is near a name in it; give the dots to put before and behind.

    It is cut at spaces where there are any.
    """
    start, end = sentence.start, max(sentence.end, name.end)
    if end - start > _LONGEST:
        room = max(_LONGEST - (name.end - name.start), 0) // 2
        start, end = max(start, name.start - room), min(end, name.end + room)
    if start > sentence.start:
        start = text.find(" ", start, name.start) + 1 or start
    if end < sentence.end:
        end = max(text.rfind(" ", name.end, end), name.end)
    return (
        Span(start, end),
        "…\u00a0" if start > sentence.start else "",
        "\u00a0…" if end < sentence.end else "",
    )
