"""Everything that is written to the docs folder, in the order in which it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from generator import cache, store, workers
from generator.composing import Composer, imprint_of
from generator.model import Address, Corpus, OutputFile, PagePath, SeedPath
from generator.pagekeys import catalogue_key
from generator.settings import Settings
from generator.stages import gathered
from generator.store import Lying
from generator.writing import colours, feeds, pages, search
from generator.writing.imprint import Imprint
from generator.writing.namesets import entity_table
from generator.writing.pages.data import FILES, data_page
from generator.writing.pages.review import review_page
from generator.writing.redirects import redirects
from generator.writing.search.entries import Entry, entries_of
from generator.writing.search.handwritten import entry_of

_SEARCH = "search"

_WORTH = 2_000
"""Seeds; a worker takes half a second to start, and an entry a tenth of a millisecond."""


def files(
    corpus: Corpus,
    moved: Mapping[Address, Address],
    settings: Settings,
    composer: Composer,
) -> Iterator[OutputFile | Lying]:
    """Make every file of the docs folder that belongs to no single document or entity.

    They are made one after the other; few are in memory at a time. `moved` maps old addresses to
    where their pages are now.
    """
    imprint = imprint_of(settings)
    made = partial(pages.catalogue, corpus, imprint)
    yield from composer.together("catalogue", catalogue_key(corpus), made)
    yield from pages.lists(corpus, imprint)
    if settings.review:
        yield review_page(corpus, imprint.labels)
    yield from _data(corpus, imprint, settings)
    yield from feeds.feeds(corpus, imprint)
    yield from feeds.signposts(imprint, pages.hubs(imprint))
    if settings.colours:
        yield colours.stylesheet(settings.colours)
    yield from redirects(moved)


def _data(corpus: Corpus, imprint: Imprint, settings: Settings) -> Iterator[OutputFile]:
    """The table of entities, and the page that tells of all tables.

    Each file lies there once the next one is asked for, so that its size is known.
    """
    yield entity_table(corpus)
    sizes = {path: store.size(settings.docs / path) for path in FILES}
    yield data_page(corpus, imprint, sizes)


@contextmanager
def searching(composer: Composer, seeds: int) -> Iterator[Search]:
    """Get ready to make the index of the search, in a process of its own, while others work.

    Where there are few seeds it is made when somebody asks for it.
    """
    work = partial(_indexer, composer.shelves.kept.path)
    with workers.aside(work, composer.shelves.hands(seeds, _WORTH)) as begin:
        yield partial(_search_index, composer, begin)


def _search_index(
    composer: Composer,
    begin: Callable[[_Indexed], Callable[[], list[OutputFile | PagePath]]],
    corpus: Corpus,
) -> Iterator[OutputFile | Lying]:
    by_hand = map(entry_of, store.hand_written(composer.settings.docs, composer.there.files))
    entries = tuple(entries_of(corpus, by_hand))
    made_of = search.digest(entries, (document.digest for document in corpus.documents))
    if composer.is_made(_SEARCH, made_of):
        return composer.together(_SEARCH, made_of, tuple)
    sources = tuple(document.source for document in corpus.documents)
    composer.shelves.kept.commit()
    found = begin((entries, sources, composer.left(_SEARCH)))
    return composer.together(_SEARCH, made_of, found)


def _indexer(path: Path) -> Callable[[_Indexed], list[OutputFile | PagePath]]:
    """Get a worker ready to make an index of entries, with the words of documents."""

    def work(item: _Indexed) -> list[OutputFile | PagePath]:
        entries, sources, lying = item
        with cache.looked_into(path) as kept:
            return list(search.renewed(entries, gathered(kept, sources), lying))

    return work


Search = Callable[[Corpus], Iterator[OutputFile | Lying]]
"""Begins to make the index of a corpus whose words are counted and whose names are known, and gives
its files: of the one that lies there, all that would not change, by their names alone."""

_Indexed = tuple[Sequence[Entry], Sequence[SeedPath], Set[str]]
