"""The lists of people, organizations and places, from A to Z."""

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
from generator.writing.pages.pagination import chunks, paginate
from generator.writing.site_info import SiteInfo

_ON_A_PAGE = 1_000
"""Entities; as HTML about 100 kB."""

_OVERLOOKED = 20
"""Names up to which a list needs no headings, and no way to jump; so the theme's filter has it."""


def entity_index_pages(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Make the lists of all entities that have a page; they are there even when empty."""
    labels = site_info.labels
    for kind, hub in urls.HUBS.items():
        found = [entity for entity in corpus.entities.entities.values() if entity.kind == kind]
        ordered = sorted((entity for entity in found if entity.address), key=_by_name)
        for leaf in paginate(urls.hub_page(hub), chunks(ordered, _ON_A_PAGE)):
            body = list(_listing(leaf.items, leaf.path, labels)) or [labels("none_named")]
            body += leaf.navigation(labels)
            if hub == "people" and leaf.number == 1:
                body += co_mention_chart(ordered, corpus, labels, site_info.index)
            meta = index_meta(leaf.title(labels(hub), labels), labels(f"{hub}_about"), "index")
            meta |= {"summary": labels.count(len(ordered), f"{kind}_n")} if ordered else {}
            yield page(leaf.path, meta, body)


def sort_key(entity: Entity) -> str:
    """Give the words under which an entity is looked for: people by the last, without accents."""
    plain = unicodedata.normalize("NFKD", entity.name.casefold())
    name = "".join(sign for sign in plain if not unicodedata.combining(sign))
    first, _, last = name.rpartition(" ")
    return f"{last} {first}".strip() if entity.kind == "person" else name.removeprefix("the ")


def _by_name(entity: Entity) -> tuple[bool, str, str]:
    key = sort_key(entity)
    return not key[:1].isalpha(), key, entity.id


def _letter(entity: Entity) -> str:
    first = sort_key(entity)[:1].upper()
    return first if first.isalpha() else "0–9"


def _listing(entities: Sequence[Entity], here: PagePath, labels: Labels) -> Iterator[str]:
    if len(entities) <= _OVERLOOKED:
        yield from filter(None, ["\n".join(_line(entity, here, labels) for entity in entities)])
        return
    groups = [(letter, list(group)) for letter, group in groupby(entities, key=_letter)]
    jumps = (
        f'<a class="sb-chip" href="#letter-{at}">{markup.escape_html(letter)}</a>'
        for at, (letter, _) in enumerate(groups)
    )
    name = markup.escape_html(labels("letters"))
    yield f'<nav class="sb-chips" aria-label="{name}">{"".join(jumps)}</nav>'
    for index, (letter, group) in enumerate(groups):
        yield f"{markup.heading(2, letter)} {{ #letter-{index} }}"
        yield "\n".join(_line(entity, here, labels) for entity in group)


def _line(entity: Entity, here: PagePath, labels: Labels) -> str:
    target = urls.relative(here, urls.entity_page(entity.id))
    counts = labels(
        "name_count",
        documents=labels.count(entity.documents, "document"),
        mentions=labels.count(entity.mentions, "mention"),
    )
    return f"- {markup.link(entity.name, target)} {markup.span('sb-meta', counts)}"
