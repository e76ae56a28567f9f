"""The lists of entities with a page, one for each kind, from A to Z."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.model import Corpus, Entity, EntityId, EntityKind, OutputFile, PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.charts.locator_map import all_places_map
from generator.writing.glosses import frequency, with_gloss
from generator.writing.index_headings import index_heading
from generator.writing.labels import Labels
from generator.writing.pages.co_mentions import co_mention_chart
from generator.writing.pages.common import index_meta, page
from generator.writing.pages.letter_lists import LetterItem, letter_pages, sorted_items
from generator.writing.site_info import SiteInfo

_PER_PAGE = 1_000
"""Entities on one page; as HTML about 100 kB."""


class EntityList(NamedTuple):
    """The list of all names of a kind."""

    kind: EntityKind
    path: PagePath
    name: str
    """Its heading, as plain text."""
    about: str
    """A sentence about it."""


def entity_lists(corpus: Corpus, labels: Labels) -> Iterator[EntityList]:
    """Yield every list of names of a corpus.

    Lists of kinds that people named are left out where no name of the kind has a page.
    """
    for kind, folder in urls.HUBS.items():
        yield EntityList(kind, urls.hub_page(folder), labels(folder), labels(f"{folder}_about"))
    for kind in own_kinds(corpus):
        path = urls.hub_page(urls.hub_of(kind))
        yield EntityList(kind, path, labels.kinds(kind), labels("kind_about"))


def own_kinds(corpus: Corpus) -> tuple[EntityKind, ...]:
    """Return the kinds that people named and of which a name has a page, sorted.

    Of two kinds whose lists would have one address, the first is returned.
    """
    entities = corpus.entities.entities.values()
    kinds = {entity.kind for entity in entities if entity.address} - urls.HUBS.keys()
    by_folder = {urls.hub_of(kind): kind for kind in sorted(kinds, reverse=True)}
    return tuple(sorted(by_folder.values()))


def entity_list_pages(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Yield the lists of all entities with a page; those of kinds that rules find may be empty."""
    labels = site_info.labels
    languages = corpus.entity_languages
    with_page = [entity for entity in corpus.entities.entities.values() if entity.address]
    for entity_list in entity_lists(corpus, labels):
        of_kind = [entity for entity in with_page if entity.kind == entity_list.kind]
        named = (_item(entity, languages, corpus, labels) for entity in of_kind)
        items = sorted_items(named, site_info.alphabet)
        for letter_page in letter_pages(entity_list.path, items, _PER_PAGE, site_info):
            page_slice = letter_page.page
            body = letter_page.body if items else [labels("none_named")]
            if page_slice.number == 1:
                body = [_all_names(entity_list.path, labels), *body]
                if entity_list.kind == "place":
                    body = [*all_places_map(corpus, labels), *body]
                if entity_list.kind == "person":
                    body += co_mention_chart(entity_list.path, corpus, site_info)
            meta = index_meta(
                page_slice.title(entity_list.name, labels), entity_list.about, "index"
            )
            meta |= {"summary": labels.count_kind(len(items), entity_list.kind)} if items else {}
            yield page(page_slice.path, meta, body)


def _all_names(path: PagePath, labels: Labels) -> str:
    return markup.link(labels("names_index"), urls.relative(path, urls.NAMES_INDEX))


def _item(
    entity: Entity, languages: Mapping[EntityId, str], corpus: Corpus, labels: Labels
) -> LetterItem:
    name = with_gloss(index_heading(entity, languages), entity, labels)
    count = frequency(entity, corpus, labels)

    def line(page: PagePath) -> str:
        target = urls.relative(page, urls.entity_page(entity.id))
        return f"{markup.link(name.shown, target)}, {markup.span('sb-meta', count)}"

    return LetterItem(name, line, entity.id)
