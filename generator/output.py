"""Everything that is written to the docs folder, in the order in which it is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from generator import shelves, store, workers
from generator.composing import Composer, imprint_of
from generator.gathering import begin_indexing
from generator.model import Address, Corpus, OutputFile
from generator.pagekeys import DocumentKeys, catalogue_key, digest
from generator.settings import Settings
from generator.store import Lying
from generator.writing import colours, feeds, pages
from generator.writing.namesets import entity_table
from generator.writing.pages.data import FILES, data_page
from generator.writing.pages.review import review_page
from generator.writing.redirects import redirects
from generator.writing.search.entries import entries_of
from generator.writing.search.handwritten import entry_of

_SEARCH = "search"


def files(
    keys: DocumentKeys,
    moved: Mapping[Address, Address],
    settings: Settings,
    composer: Composer,
) -> Iterator[OutputFile | Lying]:
    """Make every file of the docs folder that belongs to no single document or entity.

    They are made one after the other; few are in memory at a time. `moved` maps old addresses to
    where their pages are now. What tells of the tables of data is made after these, by `data`.
    """
    corpus, imprint = keys.around.corpus, imprint_of(settings)
    made = partial(pages.catalogue, corpus, imprint)
    yield from composer.together("catalogue", catalogue_key(keys), made)
    yield from pages.lists(corpus, imprint)
    if settings.review:
        yield review_page(corpus, imprint.labels)
    yield from feeds.feeds(corpus, imprint)
    yield from feeds.signposts(imprint, pages.hubs(imprint), corpus)
    if settings.colours:
        yield colours.stylesheet(settings.colours)
    yield from redirects(moved, imprint.home, imprint.index)


def data(corpus: Corpus, settings: Settings) -> Iterator[OutputFile]:
    """Make the table of entities, and the page that tells of all tables, which must lie there.

    Each file does once the next one is asked for, so that its size is known.
    """
    yield entity_table(corpus, settings.site.index)
    sizes = {path: store.size(settings.docs / path) for path in FILES}
    yield data_page(corpus, imprint_of(settings), sizes)


def search_index(
    corpus: Corpus, composer: Composer, begin: workers.Begin
) -> Iterator[OutputFile | Lying]:
    """The index of the search: of the one that lies there, all that would not change.

    The words of the corpus must be numbered. What changes is made aside, and is begun at once.
    """
    site = composer.settings.site
    read = partial(entry_of, index=site.index)
    by_hand = map(read, store.hand_written(composer.settings.docs, composer.there.files))
    entries = shelves.encode(tuple(entries_of(corpus, by_hand, site.index)))
    made_of = digest((entries, [document.digest for document in corpus.documents])).hex()
    if composer.is_made(_SEARCH, made_of):
        return composer.together(_SEARCH, made_of, tuple)
    sources = tuple(document.source for document in corpus.documents)
    lying = composer.left(_SEARCH)
    index = begin_indexing(composer.shelves.kept, entries, sources, lying, begin)
    return composer.together(_SEARCH, made_of, index)
