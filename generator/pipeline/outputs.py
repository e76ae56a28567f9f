"""Everything that is written to the docs folder, in the order in which it is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from generator.engine import workers
from generator.engine.entries import encode
from generator.engine.fingerprint import fingerprint
from generator.files import ExistingFiles, handwritten_pages, size
from generator.model import Address, Corpus, OutputFile
from generator.pipeline.corpus_stages import index_in_background
from generator.pipeline.page_fingerprints import DocumentFingerprints, listing_fingerprint
from generator.pipeline.page_stages import PageWriter, site_info
from generator.search.entries import search_entries
from generator.search.handwritten import handwritten_entry
from generator.settings import Settings
from generator.writing import feeds, pages, theme_colours
from generator.writing.addresses.redirects import redirect_pages
from generator.writing.data.names import entity_table
from generator.writing.pages.data import FILES, data_page
from generator.writing.pages.review import review_page
from generator.writing.site_files import site_files

_SEARCH = "search"


def site_pages(
    keys: DocumentFingerprints,
    moved: Mapping[Address, Address],
    settings: Settings,
    composer: PageWriter,
) -> Iterator[OutputFile | ExistingFiles]:
    """Make every file of the docs folder that belongs to no single document or entity.

    They are made one after the other; few are in memory at a time. `moved` maps old addresses to
    where their pages are now. What tells of the tables of data is made after these, by `data`.
    """
    corpus, imprint = keys.around.corpus, site_info(settings)
    made = partial(pages.document_listings, corpus, imprint)
    yield from composer.write_group("catalogue", listing_fingerprint(keys), made)
    yield from pages.other_pages(corpus, imprint)
    if settings.review:
        yield review_page(corpus, imprint.labels)
    yield from feeds.feeds(corpus, imprint)
    yield from site_files(imprint, pages.index_pages(imprint), corpus)
    if settings.colours:
        yield theme_colours.stylesheet(settings.colours)
    yield from redirect_pages(moved, imprint.home, imprint.index)


def data_files(corpus: Corpus, settings: Settings) -> Iterator[OutputFile]:
    """Make the table of entities, and the page that tells of all tables, which must lie there.

    Each file does once the next one is asked for, so that its size is known.
    """
    yield entity_table(corpus, settings.site.index)
    sizes = {path: size(settings.docs / path) for path in FILES}
    yield data_page(corpus, site_info(settings), sizes)


def search_files(
    corpus: Corpus, composer: PageWriter, begin: workers.Submit
) -> Iterator[OutputFile | ExistingFiles]:
    """The index of the search: of the one that lies there, all that would not change.

    The words of the corpus must be numbered. What changes is made aside, and is begun at once.
    """
    site = composer.settings.site
    read = partial(handwritten_entry, index=site.index)
    by_hand = map(read, handwritten_pages(composer.settings.docs, composer.docs_before.files))
    entries = encode(tuple(search_entries(corpus, by_hand, site.index)))
    made_of = fingerprint((entries, [document.digest for document in corpus.documents])).hex()
    if composer.is_up_to_date(_SEARCH, made_of):
        return composer.write_group(_SEARCH, made_of, tuple)
    sources = tuple(document.source for document in corpus.documents)
    lying = composer.existing_files(_SEARCH)
    index = index_in_background(composer.build.database, entries, sources, lying, begin)
    return composer.write_group(_SEARCH, made_of, index)
