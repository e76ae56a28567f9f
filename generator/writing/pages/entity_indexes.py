"""The lists of names, one for each kind: those that rules find, then those that people named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.model import Corpus, EntityKind, PagePath
from generator.writing.addresses import urls
from generator.writing.labels import Labels


class EntityIndex(NamedTuple):
    """The list of all names of a kind."""

    kind: EntityKind
    path: PagePath
    name: str
    """Its heading, as plain text."""
    about: str
    """A sentence about it."""


def entity_indexes(corpus: Corpus, labels: Labels) -> Iterator[EntityIndex]:
    """Yield every list of names of a corpus.

    Lists of kinds that people named are left out where no name of the kind has a page.
    """
    for kind, folder in urls.HUBS.items():
        yield EntityIndex(kind, urls.hub_page(folder), labels(folder), labels(f"{folder}_about"))
    for kind in own_kinds(corpus):
        path = urls.hub_page(urls.hub_of(kind))
        yield EntityIndex(kind, path, labels.kinds(kind), labels("kind_about"))


def own_kinds(corpus: Corpus) -> tuple[EntityKind, ...]:
    """Return the kinds that people named and of which a name has a page, sorted.

    Of two kinds whose lists would have one address, the first is returned.
    """
    entities = corpus.entities.entities.values()
    kinds = {entity.kind for entity in entities if entity.address} - urls.HUBS.keys()
    by_folder = {urls.hub_of(kind): kind for kind in sorted(kinds, reverse=True)}
    return tuple(sorted(by_folder.values()))
