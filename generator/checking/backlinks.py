"""Check on the built pages that links between documents and entities go both ways.

A link in a paragraph must have a line on the entity's page that leads to the same paragraph. A
document that an entity's page quotes must link to the entity, in its text or below it. An entity's
page must list every document that links to it, be it for a mention or for its author. All pages
are compared by hashes; only if these differ are the pages read again to name the missing links.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from generator.checking.built_page import BuiltPage
from generator.checking.hashes import hash_texts, missing_hashes
from generator.model import Problem

_NO_LIST = r"(?!page-\d+(?:/|$)|index\.html$)"
"""Before the last part of a path: it is not that of a page of a list."""

_HUB = rf"(?:people|organizations|places|names/{_NO_LIST}[^/]+)"
_ENTITY = re.compile(f"{_HUB}/{_NO_LIST}[^/]+")
"""The folder of an entity."""

_DOCUMENT = re.compile(r"documents/")
_HINT = "Build the site again; if that does not help, this is a fault of Seedbed or of the theme"


class EntityLinks(msgspec.Struct, frozen=True):
    """The links of one page between documents and entities; most kinds of pages have none."""

    linked_entities: tuple[str, ...] = ()
    """On a document's page: the folders of the entities to which the document links, in its text or
    beside it."""
    linking_paragraphs: tuple[tuple[str, str], ...] = ()
    """On a document's page: entities, each with a paragraph that links to it."""
    entity: str | None = None
    """On an entity's page: the entity's folder."""
    quoted_paragraphs: tuple[tuple[str, str], ...] = ()
    """On an entity's page: documents' pages, each with a paragraph that it quotes."""
    listed_documents: tuple[str, ...] = ()
    """On an entity's page: every document's page to which it links."""


class HashedLinks(msgspec.Struct, frozen=True, array_like=True):
    """The same links as hashes: of document and entity, and of paragraph and entity."""

    linked_documents: bytes
    linking_paragraphs: bytes
    listed_documents: bytes
    quoted_documents: bytes
    quoted_paragraphs: bytes


def entity_links(name: str, page: BuiltPage, targets: Mapping[str, str]) -> EntityLinks:
    """Return a page's links between documents and entities; `targets` maps links to paths."""
    if _DOCUMENT.match(name):
        entities = {
            link: match[0]
            for link in page.document_links & targets.keys()
            if (match := _ENTITY.match(targets[link]))
        }
        linking_paragraphs = {
            (entities[link], paragraph)
            for paragraph, link in page.paragraph_links
            if link in entities
        }
        return EntityLinks(
            linked_entities=tuple(sorted(set(entities.values()))),
            linking_paragraphs=tuple(sorted(linking_paragraphs)),
        )
    entity = _ENTITY.match(name)
    if entity:
        quoted = {
            paragraph for target in targets.values() if (paragraph := _quoted_paragraph(target))
        }
        listed = {path for target in targets.values() if (path := _document_page(target))}
        return EntityLinks(
            entity=entity[0],
            quoted_paragraphs=tuple(sorted(quoted)),
            listed_documents=tuple(sorted(listed)),
        )
    return EntityLinks()


def hash_links(name: str, links: EntityLinks) -> HashedLinks:
    """Return the links of a page as hashes."""
    return HashedLinks(
        linked_documents=hash_texts(f"{name} {entity}" for entity in _linked_entities(links)),
        linking_paragraphs=hash_texts(
            f"{name}#{paragraph} {entity}" for entity, paragraph in links.linking_paragraphs
        ),
        listed_documents=hash_texts(f"{page} {links.entity}" for page in links.listed_documents),
        quoted_documents=hash_texts(
            f"{page} {links.entity}"
            for page in sorted({page for page, _ in links.quoted_paragraphs})
        ),
        quoted_paragraphs=hash_texts(
            f"{page}#{paragraph} {links.entity}" for page, paragraph in links.quoted_paragraphs
        ),
    )


def is_symmetric(rows: Iterable[bytes]) -> bool:
    """Whether every link between documents and entities has its counterpart.

    `rows` are the encoded `HashedLinks` of every page.
    """
    decoder = msgspec.msgpack.Decoder(HashedLinks)
    pages = [decoder.decode(row) for row in rows]
    linked = [page.linked_documents for page in pages]
    quoting = [page.quoted_documents for page in pages]
    listing = [page.listed_documents for page in pages]
    linking_paragraphs = [page.linking_paragraphs for page in pages]
    quoted_paragraphs = [page.quoted_paragraphs for page in pages]
    return not (
        missing_hashes(linking_paragraphs, quoted_paragraphs)
        or missing_hashes(linked, listing)
        or missing_hashes(quoting, linked)
    )


def one_way_links(pages: Mapping[str, EntityLinks]) -> Iterator[Problem]:
    """Yield a problem for each link between documents and entities without a counterpart.

    Each document is compared with what all entities quote of it.
    """
    quotes: dict[str, set[tuple[str, str]]] = defaultdict(set)
    listing: dict[str, set[str]] = defaultdict(set)
    for links in pages.values():
        if links.entity is None:
            continue
        for document, paragraph in links.quoted_paragraphs:
            quotes[document].add((links.entity, paragraph))
        for document in links.listed_documents:
            listing[document].add(links.entity)
    for document in sorted(pages.keys() | quotes.keys()):
        links = pages.get(document, EntityLinks())
        quoted = quotes.get(document, set())
        yield from _missing_backlinks(document, links, quoted, listing.get(document, set()))


def _linked_entities(links: EntityLinks) -> list[str]:
    """Return every entity that a document links to."""
    return sorted({*links.linked_entities, *(entity for entity, _ in links.linking_paragraphs)})


def _missing_backlinks(
    document: str, links: EntityLinks, quoted: set[tuple[str, str]], listing: set[str]
) -> Iterator[Problem]:
    quoting = {entity for entity, _ in quoted}
    linked = set(_linked_entities(links))
    for entity, paragraph in sorted(set(links.linking_paragraphs) - quoted):
        yield _problem(document, f'"{entity}/" does not quote #{paragraph}, which links to it')
    for entity in sorted(linked - listing):
        yield _problem(document, f'"{entity}/" does not list this document, which links to it')
    for entity in sorted(quoting - linked):
        yield _problem(document, f'there is no link to "{entity}/", which quotes this document')


def _quoted_paragraph(target: str) -> tuple[str, str] | None:
    """Return the document's page and the paragraph of a link's target."""
    page, anchor = _document_page(target), target.partition("#")[2]
    return (page, anchor) if page and anchor.startswith("p-") else None


def _document_page(target: str) -> str | None:
    """Return the document's page of a link's target."""
    path = target.partition("#")[0]
    if not _DOCUMENT.match(path):
        return None
    return path if path.endswith(".html") else f"{path}/index.html"


def _problem(document: str, message: str) -> Problem:
    return Problem("E026", document, message, _HINT)
