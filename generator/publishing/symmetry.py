"""The proof that links between documents and entities go both ways, on the built pages.

A link in a paragraph must have its line on the entity's page, to that very paragraph; a document
that an entity's page quotes must link to the entity, in its text or below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.model import Problem
from generator.publishing.html import Page, site_path

_ENTITY = re.compile(r"(?:people|organizations|places)/(?!page-\d+(?:/|$)|index\.html$)[^/]+")
_DOCUMENT = re.compile(r"documents/")
_HINT = "Build the site again; if that does not help, it is a fault of Seedbed or of the theme"

Tie = tuple[str, str]
"""A document's page and an entity's folder."""


def one_way_links(pages: Mapping[str, Page]) -> Iterator[Problem]:
    """Find the links between documents and entities that have no counterpart."""
    spoken = {pair for name, page in pages.items() for pair in _in_paragraphs(name, page)}
    linked = {pair[0] for pair in spoken}
    linked |= {tie for name, page in pages.items() for tie in _from_document(name, page)}
    quoted = {pair for name, page in pages.items() for pair in _from_entity(name, page)}
    for (document, entity), paragraph in sorted(spoken - quoted):
        yield _problem(document, f'"{entity}/" does not quote #{paragraph}, which links to it')
    for document, entity in sorted(linked - {tie for tie, _ in quoted}):
        yield _problem(document, f'"{entity}/" does not quote this document, which links to it')
    for document, entity in sorted({tie for tie, _ in quoted} - linked):
        yield _problem(document, f'there is no link to "{entity}/", which quotes this document')


def _in_paragraphs(name: str, page: Page) -> Iterator[tuple[Tie, str]]:
    if _DOCUMENT.match(name):
        for paragraph, link in page.in_paragraphs:
            entity = _ENTITY.match(site_path(name, link) or "")
            if entity:
                yield (name, entity[0]), paragraph


def _from_document(name: str, page: Page) -> Iterator[Tie]:
    if _DOCUMENT.match(name):
        for link in page.links:
            entity = _ENTITY.match(site_path(name, link) or "")
            if entity:
                yield name, entity[0]


def _from_entity(name: str, page: Page) -> Iterator[tuple[Tie, str]]:
    entity = _ENTITY.match(name)
    if entity:
        for link in page.links:
            target, _, anchor = link.partition("#")
            path = site_path(name, target) or ""
            if anchor.startswith("p-") and _DOCUMENT.match(path):
                page_name = path if path.endswith(".html") else f"{path}/index.html"
                yield (page_name, entity[0]), anchor


def _problem(document: str, message: str) -> Problem:
    return Problem("E026", document, message, _HINT)
