"""The proof that links between documents and entities go both ways, on the built pages.

A link in a paragraph must have its line on the entity's page, to that very paragraph; a document
that an entity's page quotes must link to the entity, in its text or below it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

import msgspec

from generator.model import Problem
from generator.publishing.html import Page

_ENTITY = re.compile(r"(?:people|organizations|places)/(?!page-\d+(?:/|$)|index\.html$)[^/]+")
_DOCUMENT = re.compile(r"documents/")
_HINT = "Build the site again; if that does not help, it is a fault of Seedbed or of the theme"


class Ties(msgspec.Struct, frozen=True, array_like=True):
    """What one page says of who is spoken of where; nothing, for most kinds of pages."""

    linked: tuple[str, ...] = ()
    """On a document's page: the folders of the entities that it links to, anywhere."""
    spoken: tuple[tuple[str, str], ...] = ()
    """On a document's page: entities, each with a paragraph that links to it."""
    entity: str = ""
    """On an entity's page: the entity's folder."""
    quoted: tuple[tuple[str, str], ...] = ()
    """On an entity's page: documents' pages, each with a paragraph that it quotes."""


def ties(name: str, page: Page, meant: Mapping[str, str]) -> Ties:
    """Find what a page says of who is spoken of where; `meant` are the places of its links."""
    if _DOCUMENT.match(name):
        entities = {link: found[0] for link, at in meant.items() if (found := _ENTITY.match(at))}
        spoken = {
            (entities[link], paragraph)
            for paragraph, link in page.in_paragraphs
            if link in entities
        }
        return Ties(linked=tuple(sorted(set(entities.values()))), spoken=tuple(sorted(spoken)))
    entity = _ENTITY.match(name)
    if entity:
        quoted = {tie for at in meant.values() if (tie := _paragraph(at))}
        return Ties(entity=entity[0], quoted=tuple(sorted(quoted)))
    return Ties()


def one_way_links(rows: Mapping[str, bytes]) -> Iterator[Problem]:
    """Find the links between documents and entities that have no counterpart.

    `rows` are the ties of every page, encoded. One document is held at a time against what all
    entities quote of it.
    """
    decoder = msgspec.msgpack.Decoder(Ties)
    quotes: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows.values():
        found = decoder.decode(row)
        for document, paragraph in found.quoted:
            quotes[document].add((found.entity, paragraph))
    for document in sorted(rows.keys() | quotes.keys()):
        said = decoder.decode(rows[document]) if document in rows else Ties()
        yield from _one_way(document, said, quotes.get(document, set()))


def _one_way(document: str, said: Ties, quoted: set[tuple[str, str]]) -> Iterator[Problem]:
    quoting = {entity for entity, _ in quoted}
    linked = {*said.linked, *(entity for entity, _ in said.spoken)}
    for entity, paragraph in sorted(set(said.spoken) - quoted):
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
