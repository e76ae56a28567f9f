"""Everything that is written to the docs folder, in the order in which it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator import store
from generator.model import Corpus, OutputFile, Permalink, Seed
from generator.settings import Settings
from generator.words import Counted
from generator.writing import colours, exports, feeds, pages, permalinks, search
from generator.writing.datasets import datasets
from generator.writing.imprint import Imprint
from generator.writing.labels import labels_for
from generator.writing.namesets import namesets
from generator.writing.pages.review import review_page
from generator.writing.redirects import redirects
from generator.writing.search.entries import entries_of
from generator.writing.search.handwritten import entry_of


def files(
    corpus: Corpus, links: Iterable[Permalink], settings: Settings, counted: Counted
) -> Iterator[OutputFile]:
    """Make every file of the docs folder, one after the other; few are in memory at a time."""
    imprint = _imprint(settings)
    yield from pages.compose(corpus, imprint)
    yield from exports.ledgers(corpus)
    if settings.review:
        yield review_page(corpus)
    yield from datasets(corpus)
    yield from namesets(corpus)
    yield from exports.citation_files(corpus, imprint)
    yield from _raw_seeds(corpus, settings)
    yield from feeds.feeds(corpus, imprint)
    yield from feeds.signposts(imprint, pages.hubs(imprint))
    if settings.colours:
        yield colours.stylesheet(settings.colours)
    yield from _search(corpus, settings, counted)
    yield from redirects(permalinks.redirects(links, corpus.addresses) | corpus.register.moved)


def _imprint(settings: Settings) -> Imprint:
    return Imprint(
        name=settings.site.name,
        description=settings.site.description,
        url=settings.site.url,
        genre="news" if settings.genre == "news" else "document",
        labels=labels_for(settings.site.language, settings.labels),
        hubs=settings.hubs,
        raw=settings.raw_seeds,
        hidden=settings.noindex,
    )


def _raw_seeds(corpus: Corpus, settings: Settings) -> Iterator[OutputFile]:
    """Copy the seeds beside their pages, unless that is turned off; one at a time is in memory."""
    for document in corpus.documents if settings.raw_seeds else ():
        seed = store.read_seed(settings.seeds, document.source)
        if isinstance(seed, Seed):
            yield exports.raw_seed(document, corpus, seed.data)


def _search(corpus: Corpus, settings: Settings, counted: Counted) -> Iterator[OutputFile]:
    """The index of the search: the one that lies there, while nothing in it would change."""
    by_hand = map(entry_of, store.hand_written(settings.docs))
    entries = tuple(entries_of(corpus, by_hand))
    try:
        known = store.read_file(settings.docs / search.MANIFEST)
        paths = search.still_right(known, entries, counted)
        same = tuple(OutputFile(path, store.read_file(settings.docs / path)) for path in paths)
    except FileNotFoundError:
        same = ()
    yield from same or search.index(entries, counted)
