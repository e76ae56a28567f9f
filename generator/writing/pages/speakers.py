"""Who speaks in an interview or a play, for the facts beside its text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from generator.model import Block, Span
from generator.writing import markup
from generator.writing.front_matter import Meta
from generator.writing.mentions import entity_mentions
from generator.writing.site_info import SiteInfo
from generator.writing.views import DocumentView, EntityRef

_GENRES = frozenset({"interview", "play"})

_MAX_SPEAKERS = 8
"""Speakers that are listed; a list of more tells nobody who speaks."""

_MIN_LETTERS = 4
"""Letters of a label that is a name or an office; `JS` and `Q` say nothing outside of the text."""


class _Speaker(NamedTuple):
    """A speaker: the name of a person with a page, or the label as printed."""

    name: str
    entity: EntityRef | None


def speakers_meta(view: DocumentView, site_info: SiteInfo) -> Meta:
    """Return who speaks, in the order of their first speeches, with the pages of known people."""
    genre = view.document.metadata.genre
    if not genre or genre.value not in _GENRES:
        return {}
    each = {speaker.name.casefold(): speaker for speaker in _speakers(view)}
    shown = list(islice(each.values(), _MAX_SPEAKERS))
    more = ["…"] if len(each) > len(shown) else []
    addresses = (speaker.entity and speaker.entity.address for speaker in shown)
    return {
        "speakers": [*(markup.html_safe(speaker.name) for speaker in shown), *more],
        "speaker_pages": [
            *(site_info.page(address) if address else "" for address in addresses),
            *("" for _ in more),
        ],
    }


def _speakers(view: DocumentView) -> Iterator[_Speaker]:
    """Yield the speaker of each speech whose label says who it is."""
    entities = {
        (found.mention.block, found.mention.start): found.entity for found in entity_mentions(view)
    }
    for index, block in enumerate(view.document.blocks):
        span = _label(block)
        if not span:
            continue
        starts = range(span.start, span.end)
        known = (entities[index, start] for start in starts if (index, start) in entities)
        people = (entity for entity in known if entity.kind == "person" and entity.address)
        entity = next(people, None)
        label = block.text[span.start : span.end].strip(" \t\n.:()[]—–-")
        if entity or sum(map(str.isalpha, label)) >= _MIN_LETTERS:
            yield _Speaker(entity.name if entity else " ".join(label.split()), entity)


def _label(block: Block) -> Span | None:
    """Return the label of a speech; None for other blocks, and for a speech that goes on."""
    marks = (mark.span for mark in block.marks if mark.kind == "speaker")
    return next(marks, None) if block.kind == "speech" else None
