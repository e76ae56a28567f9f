"""The index of names, as in the back of a book: every name that is certain, from A to Z."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.model import (
    FOUND_KINDS,
    Corpus,
    Entity,
    EntityId,
    OutputFile,
    PagePath,
    SeedPath,
)
from generator.text import fold
from generator.text.sort_names import IndexHeading, person_in_index, thing_in_index
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.glosses import frequency, with_gloss
from generator.writing.index_headings import index_heading
from generator.writing.labels import Labels
from generator.writing.pages.common import index_meta, page
from generator.writing.pages.letter_lists import LetterItem, letter_pages, sorted_items
from generator.writing.site_info import SiteInfo

_PER_PAGE = 600
"""Names on one page; as HTML about 150 kB."""

_MAX_TITLE = 80
"""Characters of a document's title; a longer one is cut at a space."""

_MAX_REFERENCES = 3
"""Other names of an entity that refer to it; the rest are on its page."""


class NamePlace(NamedTuple):
    """Where the only document that mentions an entity does so first."""

    source: SeedPath
    paragraph: str
    """The id of the paragraph."""


def names_index_pages(
    corpus: Corpus, places: Mapping[EntityId, NamePlace], site_info: SiteInfo
) -> Iterator[OutputFile]:
    """Yield the pages of the index; names without a page lead to their paragraph.

    `places` has those names; one that is not in it is left out.
    """
    labels = site_info.labels
    items = sorted_items(_items(corpus, places, labels), site_info.alphabet)
    names = {item.id for item in items}
    for letter_page in letter_pages(urls.NAMES_INDEX, items, _PER_PAGE, site_info):
        page_slice = letter_page.page
        body = letter_page.body if items else [labels("none_named")]
        title = page_slice.title(labels("names_index"), labels)
        meta = index_meta(title, labels("names_index_about"), "index")
        meta |= {"summary": labels.count(len(names), "name_n")} if items else {}
        yield page(page_slice.path, meta, body)


def _items(
    corpus: Corpus, places: Mapping[EntityId, NamePlace], labels: Labels
) -> Iterator[LetterItem]:
    languages = corpus.entity_languages
    for entity, name in _names(corpus, places, languages, labels):
        if entity.address:
            yield _with_page(entity, name, frequency(entity, corpus, labels))
            yield from _references(entity, name, languages.get(entity.id, ""), labels)
        elif entity.id in places:
            yield _in_one_document(entity, name, places[entity.id], corpus, labels)


def _names(
    corpus: Corpus,
    places: Mapping[EntityId, NamePlace],
    languages: Mapping[EntityId, str],
    labels: Labels,
) -> Iterator[tuple[Entity, IndexHeading]]:
    """Yield the entities of the index with their names.

    A kind that a person named stands beside each of its names, others beside names that two have.
    """
    entities = [
        (entity, index_heading(entity, languages))
        for entity in corpus.entities.entities.values()
        if entity.address or entity.id in places
    ]
    counts = Counter(name.shown for _, name in entities)
    for entity, name in entities:
        is_usual = entity.kind in FOUND_KINDS and counts[name.shown] == 1
        yield entity, with_gloss(name, entity, labels, "" if is_usual else labels.kind(entity.kind))


def _with_page(entity: Entity, name: IndexHeading, frequent: str) -> LetterItem:
    count = markup.span("sb-meta", frequent)

    def line(path: PagePath) -> str:
        target = urls.relative(path, urls.entity_page(entity.id))
        return f"{markup.link(name.shown, target)}, {count}"

    return LetterItem(name, line, entity.id)


def _in_one_document(
    entity: Entity, name: IndexHeading, place: NamePlace, corpus: Corpus, labels: Labels
) -> LetterItem:
    metadata = corpus.by_source[place.source].metadata
    title = _short(metadata.title.value)
    document = urls.page_path(corpus.addresses[place.source])
    date = metadata.date.value if metadata.date else ""
    meta = f", {markup.span('sb-meta', markup.time(date, labels.date(date)))}" if date else ""

    def line(path: PagePath) -> str:
        target = f"{urls.relative(path, document)}#{place.paragraph}"
        words = f"{name.shown}: {title}"
        return f"{markup.link(words, target)}{meta}"

    return LetterItem(name, line, entity.id)


def _references(
    entity: Entity, name: IndexHeading, language: str, labels: Labels
) -> Iterator[LetterItem]:
    """Yield the other names that stand elsewhere in the index, each with where to look."""
    seen = {name.key.split(" ")[0]}
    for alias in entity.other_names:
        is_person = entity.kind == "person"
        if is_person and " " not in alias.text:
            continue
        other = (
            person_in_index(alias.text, language)
            if is_person
            else thing_in_index(alias.text, language, is_place=entity.kind == "place")
        )
        first = other.key.split(" ")[0]
        if first in seen or len(seen) > _MAX_REFERENCES or fold(alias.text) == fold(entity.name):
            continue
        seen.add(first)
        yield _reference(entity, other, name, labels)


def _reference(
    entity: Entity, other: IndexHeading, name: IndexHeading, labels: Labels
) -> LetterItem:
    def line(path: PagePath) -> str:
        link = markup.link(name.shown, urls.relative(path, urls.entity_page(entity.id)))
        return labels("see", name=markup.escape_line(other.shown), other=link)

    return LetterItem(other, line, entity.id)


def _short(title: str) -> str:
    if len(title) <= _MAX_TITLE:
        return title
    return f"{title[:_MAX_TITLE].rpartition(' ')[0] or title[:_MAX_TITLE]} …"
