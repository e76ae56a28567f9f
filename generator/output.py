"""Everything that is written to the docs folder, in the order in which it is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import partial

from generator import store
from generator.composing import Composer, imprint_of
from generator.model import Address, Corpus, OutputFile
from generator.pagekeys import catalogue_key
from generator.settings import Settings
from generator.store import Lying
from generator.words import Counted
from generator.writing import colours, feeds, pages, search
from generator.writing.datasets import document_table
from generator.writing.imprint import Imprint
from generator.writing.namesets import entity_table
from generator.writing.pages.data import FILES, data_page
from generator.writing.pages.review import review_page
from generator.writing.redirects import redirects
from generator.writing.search.entries import entries_of
from generator.writing.search.handwritten import entry_of


def files(
    corpus: Corpus,
    moved: Mapping[Address, Address],
    settings: Settings,
    counted: Counted,
    composer: Composer,
) -> Iterator[OutputFile | Lying]:
    """Make every file of the docs folder that belongs to no single document or entity.

    They are made one after the other; few are in memory at a time. `moved` maps old addresses to
    where their pages are now.
    """
    imprint = imprint_of(settings)
    made = partial(_catalogue, corpus, imprint)
    yield from composer.together("catalogue", catalogue_key(corpus), made)
    yield from pages.lists(corpus, imprint)
    if settings.review:
        yield review_page(corpus, imprint.labels)
    yield from _data(corpus, imprint, settings)
    yield from feeds.feeds(corpus, imprint)
    yield from feeds.signposts(imprint, pages.hubs(imprint))
    if settings.colours:
        yield colours.stylesheet(settings.colours)
    yield from _search(corpus, settings, counted, composer)
    yield from redirects(moved)


def _catalogue(corpus: Corpus, imprint: Imprint, _lying: Set[str]) -> Iterator[OutputFile]:
    yield from pages.catalogue(corpus, imprint)


def _data(corpus: Corpus, imprint: Imprint, settings: Settings) -> Iterator[OutputFile]:
    """The tables, and the page that tells of them, and of the files that documents made.

    Each file lies there once the next one is asked for, so that its size is known.
    """
    yield document_table(corpus)
    yield entity_table(corpus)
    sizes = {path: store.size(settings.docs / path) for path in FILES}
    yield data_page(corpus, imprint, sizes)


def _search(
    corpus: Corpus, settings: Settings, counted: Counted, composer: Composer
) -> Iterator[OutputFile | Lying]:
    """The index of the search: of the one that lies there, all that would not change."""
    by_hand = map(entry_of, store.hand_written(settings.docs, composer.there.files))
    entries = tuple(entries_of(corpus, by_hand))
    made_of = search.digest(entries, (document.digest for document in corpus.documents))
    make = partial(search.renewed, entries, counted)
    yield from composer.together("search", made_of, make)
