"""The lists of entities with a page, one for each kind, from A to Z."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model import Corpus, Entity, EntityId, OutputFile, PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.charts.locator_map import all_places_map
from generator.writing.glosses import with_gloss
from generator.writing.index_names import entity_languages, index_name
from generator.writing.labels import Labels
from generator.writing.pages.co_mentions import co_mention_chart
from generator.writing.pages.common import index_meta, page
from generator.writing.pages.entity_indexes import entity_indexes
from generator.writing.pages.letter_lists import LetterItem, letter_pages, sorted_items
from generator.writing.site_info import SiteInfo

_PER_PAGE = 1_000
"""Entities on one page; as HTML about 100 kB."""


def entity_index_pages(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Yield the lists of all entities with a page; those of kinds that rules find may be empty."""
    labels = site_info.labels
    languages = entity_languages(corpus)
    with_page = [entity for entity in corpus.entities.entities.values() if entity.address]
    for index in entity_indexes(corpus, labels):
        of_kind = [entity for entity in with_page if entity.kind == index.kind]
        named = (_item(entity, languages, labels) for entity in of_kind)
        items = sorted_items(named, site_info.alphabet)
        for letter_page in letter_pages(index.path, items, _PER_PAGE, site_info):
            page_slice = letter_page.page
            body = letter_page.body if items else [labels("none_named")]
            if page_slice.number == 1:
                body = [_all_names(index.path, labels), *body]
                if index.kind == "place":
                    body = [*all_places_map(corpus, labels), *body]
                if index.kind == "person":
                    body += co_mention_chart(index.path, corpus, site_info)
            meta = index_meta(page_slice.title(index.name, labels), index.about, "index")
            meta |= {"summary": labels.count_kind(len(items), index.kind)} if items else {}
            yield page(page_slice.path, meta, body)


def _all_names(path: PagePath, labels: Labels) -> str:
    return markup.link(labels("names_index"), urls.relative(path, urls.NAMES_INDEX))


def _item(entity: Entity, languages: Mapping[EntityId, str], labels: Labels) -> LetterItem:
    name = with_gloss(index_name(entity, languages), entity)
    counts = labels(
        "name_count",
        documents=labels.count(entity.documents, "document"),
        mentions=labels.count(entity.mentions, "mention"),
    )

    def line(page: PagePath) -> str:
        target = urls.relative(page, urls.entity_page(entity.id))
        return f"{markup.link(name.shown, target)}, {markup.span('sb-meta', counts)}"

    return LetterItem(name, line, entity.id)
