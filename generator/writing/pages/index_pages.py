"""The index pages of people, organizations and places, from A to Z."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.model import Corpus, Entity, OutputFile, PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.labels import Labels
from generator.writing.pages.co_mentions import co_mention_chart
from generator.writing.pages.common import index_meta, page
from generator.writing.pages.hubs import hubs
from generator.writing.pages.pagination import chunks, paginate
from generator.writing.site_info import SiteInfo

_PER_PAGE = 1_000
"""Entities on one page; as HTML about 100 kB."""

_WITHOUT_HEADINGS = 20
"""Names up to which a list needs no headings and no links to them; the theme's filter agrees."""


def entity_index_pages(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Yield the lists of all entities with a page; those of kinds that rules find may be empty."""
    labels = site_info.labels
    with_page = [entity for entity in corpus.entities.entities.values() if entity.address]
    for hub in hubs(corpus, labels):
        ordered = sorted((entity for entity in with_page if entity.kind == hub.kind), key=_by_name)
        for page_slice in paginate(hub.path, chunks(ordered, _PER_PAGE)):
            body = list(_listing(page_slice.items, page_slice.path, labels)) or [
                labels("none_named")
            ]
            body += page_slice.navigation(labels)
            if hub.kind == "person" and page_slice.number == 1:
                body += co_mention_chart(ordered, corpus, labels, site_info.index)
            meta = index_meta(page_slice.title(hub.name, labels), hub.about, "index")
            meta |= {"summary": labels.count_kind(len(ordered), hub.kind)} if ordered else {}
            yield page(page_slice.path, meta, body)


def sort_key(entity: Entity) -> str:
    """Return the words by which lists sort an entity: people by the last name, without accents."""
    plain = unicodedata.normalize("NFKD", entity.name.casefold())
    name = "".join(char for char in plain if not unicodedata.combining(char))
    first, _, last = name.rpartition(" ")
    return f"{last} {first}".strip() if entity.kind == "person" else name.removeprefix("the ")


def _by_name(entity: Entity) -> tuple[bool, str, str]:
    key = sort_key(entity)
    return not key[:1].isalpha(), key, entity.id


def _letter(entity: Entity) -> str:
    first = sort_key(entity)[:1].upper()
    return first if first.isalpha() else "0–9"


def _listing(entities: Sequence[Entity], path: PagePath, labels: Labels) -> Iterator[str]:
    if len(entities) <= _WITHOUT_HEADINGS:
        yield from filter(None, ["\n".join(_line(entity, path, labels) for entity in entities)])
        return
    groups = [(letter, list(group)) for letter, group in groupby(entities, key=_letter)]
    jumps = (
        f'<a class="sb-chip" href="#letter-{index}">{markup.escape_html(letter)}</a>'
        for index, (letter, _) in enumerate(groups)
    )
    name = markup.escape_html(labels("letters"))
    yield f'<nav class="sb-chips" aria-label="{name}">{"".join(jumps)}</nav>'
    for index, (letter, group) in enumerate(groups):
        yield f"{markup.heading(2, letter)} {{ #letter-{index} }}"
        yield "\n".join(_line(entity, path, labels) for entity in group)


def _line(entity: Entity, path: PagePath, labels: Labels) -> str:
    target = urls.relative(path, urls.entity_page(entity.id))
    counts = labels(
        "name_count",
        documents=labels.count(entity.documents, "document"),
        mentions=labels.count(entity.mentions, "mention"),
    )
    return f"- {markup.link(entity.name, target)} {markup.span('sb-meta', counts)}"
