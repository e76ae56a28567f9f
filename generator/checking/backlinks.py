"""The proof that links between documents and entities go both ways, on the built pages.

A link in a paragraph must have its line on the entity's page, to that very paragraph; a document
that an entity's page quotes must link to the entity, in its text or below it. All pages are held
against each other in numbers; who misses whom is told by the pages themselves.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from generator.checking.built_page import BuiltPage
from generator.checking.hashes import hash_texts, missing_hashes
from generator.model import Problem

_ENTITY = re.compile(r"(?:people|organizations|places)/(?!page-\d+(?:/|$)|index\.html$)[^/]+")
_DOCUMENT = re.compile(r"documents/")
_HINT = "Build the site again; if that does not help, it is a fault of Seedbed or of the theme"


@dataclass(frozen=True, slots=True)
class EntityLinks:
    """What one page says of who is spoken of where; nothing, for most kinds of pages."""

    linked_entities: tuple[str, ...] = ()
    """On a document's page: the folders of the entities that it links to, anywhere."""
    linking_paragraphs: tuple[tuple[str, str], ...] = ()
    """On a document's page: entities, each with a paragraph that links to it."""
    entity: str = ""
    """On an entity's page: the entity's folder."""
    quoted_paragraphs: tuple[tuple[str, str], ...] = ()
    """On an entity's page: documents' pages, each with a paragraph that it quotes."""


class HashedLinks(msgspec.Struct, frozen=True, array_like=True):
    """The same in numbers, of document and entity, and of paragraph and entity."""

    linked_documents: bytes
    linking_paragraphs: bytes
    quoted_documents: bytes
    quoted_paragraphs: bytes


def entity_links(name: str, page: BuiltPage, targets: Mapping[str, str]) -> EntityLinks:
    """Find what a page says of who is spoken of where; `meant` are the places of its links."""
    if _DOCUMENT.match(name):
        entities = {link: match[0] for link, at in targets.items() if (match := _ENTITY.match(at))}
        spoken = {
            (entities[link], paragraph)
            for paragraph, link in page.paragraph_links
            if link in entities
        }
        return EntityLinks(
            linked_entities=tuple(sorted(set(entities.values()))), linking_paragraphs=tuple(sorted(spoken))
        )
    entity = _ENTITY.match(name)
    if entity:
        quoted = {tie for at in targets.values() if (tie := _paragraph(at))}
        return EntityLinks(entity=entity[0], quoted_paragraphs=tuple(sorted(quoted)))
    return EntityLinks()


def hash_links(name: str, links: EntityLinks) -> HashedLinks:
    """Give what a page says in numbers."""
    entity = links.entity
    return HashedLinks(
        linked_documents=hash_texts(f"{name} {one}" for one in _linked(links)),
        linking_paragraphs=hash_texts(f"{name}#{paragraph} {one}" for one, paragraph in links.linking_paragraphs),
        quoted_documents=hash_texts(
            f"{page} {entity}" for page in sorted({page for page, _ in links.quoted_paragraphs})
        ),
        quoted_paragraphs=hash_texts(f"{page}#{paragraph} {entity}" for page, paragraph in links.quoted_paragraphs),
    )


def is_symmetric(rows: Iterable[bytes]) -> bool:
    """Tell whether every link between documents and entities has its counterpart.

    `rows` are the numbered ties of every page, encoded.
    """
    decoder = msgspec.msgpack.Decoder(HashedLinks)
    pages = [decoder.decode(row) for row in rows]
    linked, quoting = [page.linked_documents for page in pages], [page.quoted_documents for page in pages]
    spoken, quoted = [page.linking_paragraphs for page in pages], [page.quoted_paragraphs for page in pages]
    return not (
        missing_hashes(spoken, quoted)
        or missing_hashes(linked, quoting)
        or missing_hashes(quoting, linked)
    )


def one_way_links(pages: Mapping[str, EntityLinks]) -> Iterator[Problem]:
    """Find the links between documents and entities that have no counterpart.

    One document is held at a time against what all entities quote of it.
    """
    quotes: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for links in pages.values():
        for document, paragraph in links.quoted_paragraphs:
            quotes[document].add((links.entity, paragraph))
    for document in sorted(pages.keys() | quotes.keys()):
        yield from _one_way(
            document, pages.get(document, EntityLinks()), quotes.get(document, set())
        )


def _linked(links: EntityLinks) -> list[str]:
    """Give every entity that a document links to."""
    return sorted({*links.linked_entities, *(entity for entity, _ in links.linking_paragraphs)})


def _one_way(document: str, links: EntityLinks, quoted: set[tuple[str, str]]) -> Iterator[Problem]:
    quoting = {entity for entity, _ in quoted}
    linked = set(_linked(links))
    for entity, paragraph in sorted(set(links.linking_paragraphs) - quoted):
        yield _problem(document, f'"{entity}/" does not quote #{paragraph}, which links to it')
    for entity in sorted(linked - quoting):
        yield _problem(document, f'"{entity}/" does not quote this document, which links to it')
    for entity in sorted(quoting - linked):
        yield _problem(document, f'there is no link to "{entity}/", which quotes this document')


def _paragraph(place: str) -> tuple[str, str] | None:
    """Give the document's page and the paragraph that a place means."""
    path, _, anchor = place.partition("#")
    if not (anchor.startswith("p-") and _DOCUMENT.match(path)):
        return None
    return (path if path.endswith(".html") else f"{path}/index.html"), anchor


def _problem(document: str, message: str) -> Problem:
    return Problem("E026", document, message, _HINT)
