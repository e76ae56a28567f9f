"""Files of the docs folder that belong to no single document or entity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import msgspec

from generator.engine.database import Database
from generator.engine.file_digests import update_digests
from generator.engine.fingerprint import fingerprint
from generator.engine.incremental import Build
from generator.engine.parallel_digests import compute_digests, digest_below
from generator.files import ExistingFiles
from generator.files.file_stats import file_stat
from generator.model import Address, Corpus, OutputFile, PagePath
from generator.pipeline.page_fingerprints import (
    DocumentFingerprints,
    entity_listing_fingerprint,
    listing_fingerprint,
)
from generator.pipeline.page_stages import PageWriter, site_info
from generator.pipeline.saved_sums import saved_sums
from generator.pipeline.table_files import table_paths
from generator.settings import Settings
from generator.writing import pages, theme_colours
from generator.writing.addresses.redirects import redirect_pages
from generator.writing.data.csv_safe import divided_table
from generator.writing.data.names import entity_table
from generator.writing.data.network import network_files
from generator.writing.data.packages import FileFacts, data_package, ro_crate
from generator.writing.data.places import places_file
from generator.writing.pages.data import data_page
from generator.writing.pages.review import review_page
from generator.writing.search_labels import search_labels
from generator.writing.site_files import site_files

_DATA_DIGESTS = "data file digests"
"""Table of the digests of the data files in the docs folder."""


def site_pages(
    fingerprints: DocumentFingerprints,
    moved: Mapping[Address, Address],
    settings: Settings,
    writer: PageWriter,
) -> Iterator[OutputFile | ExistingFiles]:
    """Yield every file that belongs to no single document or entity.

    They are made one after the other, so few are in memory at a time. `moved` maps old addresses to
    current ones. The page about the data tables is made later, by `DataFiles`.
    """
    corpus, site = fingerprints.index.corpus, site_info(settings)
    listings = partial(pages.document_listings, corpus, site)
    update = partial(writer.update_listings, fingerprints, listings)
    listed = listing_fingerprint(fingerprints)
    yield from writer.write_group("document listings", listed, update)
    make = partial(pages.search_and_feeds, corpus, site)
    yield from writer.write_group("search page and feeds", listed, make)
    make = partial(pages.entity_listings, corpus, site)
    yield from writer.write_group("entity listings", entity_listing_fingerprint(fingerprints), make)
    make = partial(_other_pages, fingerprints, settings, writer.build)
    yield from writer.write_group("other pages", None, make)
    yield search_labels(settings.site.language, settings.labels)
    if settings.colours:
        yield theme_colours.stylesheet(settings.colours)
    yield from redirect_pages(moved, site.base_path, site.index)


def _other_pages(
    fingerprints: DocumentFingerprints, settings: Settings, build: Build
) -> Iterator[OutputFile]:
    corpus, site = fingerprints.index.corpus, site_info(settings)
    sums = saved_sums(build, corpus, fingerprints.records)
    yield from pages.other_pages(corpus, sums, site)
    if settings.review:
        yield review_page(corpus, site.labels)
    yield from site_files(site, pages.index_pages(corpus, site), sums.encodings)


class DataFiles(msgspec.Struct, frozen=True):
    """The data files that belong to no single document."""

    fingerprints: DocumentFingerprints
    settings: Settings
    writer: PageWriter
    _paths: list[PagePath] = msgspec.field(default_factory=list)
    """Of the files about names."""

    @property
    def _corpus(self) -> Corpus:
        return self.fingerprints.index.corpus

    def about_names(self) -> Iterator[OutputFile | ExistingFiles]:
        """Yield the files about names; they can be made while documents are written."""
        for file in self._about_names():
            paths = file.paths if isinstance(file, ExistingFiles) else (file.path,)
            self._paths.extend(map(PagePath, paths))
            yield file

    def _about_names(self) -> Iterator[OutputFile | ExistingFiles]:
        corpus, limit = self._corpus, self.settings.data_file_limit
        known = [document.metadata.date for document in corpus.documents]
        dates = [date.value if date else None for date in known]
        mentioned = self.fingerprints.mentioned.hex()
        dated = fingerprint((mentioned, dates)).hex()
        complete = replace(self.writer, left_outdated=None)  # the desk reads it
        yield from complete.write_group("table of entities", dated, self._entities)
        make = partial(network_files, corpus, limit)
        yield from self.writer.write_group("network", mentioned, make)
        yield places_file(corpus, site_info(self.settings))

    def _entities(self) -> list[OutputFile]:
        table = entity_table(self._corpus, self.settings.site.index)
        return divided_table(table, self.settings.data_file_limit)

    def descriptions(self) -> Iterator[OutputFile | ExistingFiles]:
        """Yield the descriptions of all data files, and the page about them.

        All other data files must be written before, because these have their sizes and digests.
        """
        return self.writer.write_group("descriptions of data", None, self._descriptions)

    def _descriptions(self) -> Iterator[OutputFile]:
        site, database = site_info(self.settings), self.writer.build.database
        # Files of an earlier build may still be there, so the folder does not tell which are ours.
        paths = [*table_paths(self.writer.build), *self._paths]
        facts = _data_file_facts(self.settings, database, paths)
        yield data_package(site, facts)
        yield ro_crate(self._corpus, site, facts)
        yield data_page(self._corpus, site, facts)


def _data_file_facts(
    settings: Settings, database: Database, paths: Iterable[PagePath]
) -> dict[PagePath, FileFacts]:
    """Return the size and the digest of data files; only those that changed are read."""
    docs, jobs = settings.docs, settings.jobs
    found = {str(path): file_stat(docs / path) for path in paths}
    stats = {path: status for path, status in found.items() if status}

    def digests_of(changed: Sequence[str]) -> Iterator[str]:
        size = sum(stats[path].size for path in changed)
        return compute_digests(partial(digest_below, docs), jobs, changed, size)

    digests = update_digests(database, _DATA_DIGESTS, stats, stats, digests_of)
    return {PagePath(path): FileFacts(stats[path].size, digests[path]) for path in stats}
