"""The files of the search index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.engine import workers
from generator.engine.encoding import encode
from generator.engine.fingerprint import FINGERPRINT_SIZE, fingerprint
from generator.engine.incremental import Build
from generator.files import ExistingFiles, handwritten_pages
from generator.model import Corpus, OutputFile, SeedPath
from generator.pipeline.background_tasks import SEARCH_ENTRIES
from generator.pipeline.corpus_stages import forget_index, index_in_background
from generator.pipeline.options import Options
from generator.pipeline.page_stages import PageWriter
from generator.search.entry_blocks import BlockPlace, divide_entries
from generator.search.handwritten_pages import handwritten_entry
from generator.search.search_entries import DocumentEntries, SearchEntry, other_entries

_GROUP = "search"
"""The group of its files."""


def search_files(
    corpus: Corpus,
    records: Mapping[SeedPath, bytes],
    writer: PageWriter,
    submit: workers.Submit,
    options: Options,
) -> Iterator[OutputFile | ExistingFiles]:
    """Return the files of the search index; those that change are made in the background, at once.

    The words of the corpus must have ids. `records` are the fingerprints of its documents. If the
    options ask for no search, an outdated index has no files, and one that may be outdated has none
    where lists are left as they are.
    """
    if writer.left_outdated is not None and not options.with_search:
        forget_index(writer.build)
        return iter(())
    if left := writer.keep_outdated_group(_GROUP):
        return iter((left,))
    entries = Entries.of(corpus, writer)
    blocks = [*entries.divide(writer.build.program, records)]
    inputs = fingerprint([block.inputs for block in blocks]).hex()
    if writer.is_up_to_date(_GROUP, inputs):
        return writer.write_group(_GROUP, inputs, tuple)
    if not options.with_search:
        forget_index(writer.build)
        return iter(())
    entries.save(writer.build, blocks)
    existing = writer.intact_files(_GROUP)
    index = index_in_background(writer.build, blocks, entries.sources, existing, submit)
    return writer.write_group(_GROUP, inputs, index)


class Entries(NamedTuple):
    """The entries of the index."""

    documents: DocumentEntries
    """Made when they are needed."""
    others: Sequence[SearchEntry]
    """The entries after those of documents."""

    @staticmethod
    def of(corpus: Corpus, writer: PageWriter) -> Entries:
        """Return the entries of a corpus and of the pages that people wrote."""
        index = writer.settings.site.index
        files = handwritten_pages(writer.settings.docs, writer.docs_before.names)
        pages = (handwritten_entry(file, index) for file in files)
        documents = DocumentEntries.of(corpus, index)
        return Entries(documents, [*other_entries(corpus, pages, index)])

    @property
    def sources(self) -> tuple[SeedPath, ...]:
        """The documents of the first entries."""
        return self.documents.corpus.mention_table.sources

    def divide(self, program: bytes, records: Mapping[SeedPath, bytes]) -> Iterator[BlockPlace]:
        """Yield the blocks of the entries; `records` are the fingerprints of the documents."""
        common = program, self.documents.index
        keys = [*self.sources, *[entry.address for entry in self.others]]
        for block in divide_entries(keys, [*self._columns(records)]):
            yield block._replace(inputs=fingerprint((common, block.inputs)))

    def _columns(self, records: Mapping[SeedPath, bytes]) -> Iterator[Sequence[object]]:
        """Yield what entries depend on: those of documents on all columns, others on the first."""
        corpus, no_page = self.documents.corpus, bytes(FINGERPRINT_SIZE)
        of_entity = [fingerprint(name) if name else no_page for name in self.documents.names]
        table = corpus.mention_table
        yield [*map(records.__getitem__, table.sources), *self.others]
        yield [*map(corpus.addresses.__getitem__, table.sources)]
        yield [self.documents.collections.get(document.folder) for document in corpus.documents]
        yield table.digests(of_entity)

    def save(self, build: Build, blocks: Sequence[BlockPlace]) -> None:
        """Save the entries of each block, by its fingerprint; only those of new ones are made."""
        parts = {block.inputs.hex(): block.part for block in blocks}
        saved = {*build.database.keys(SEARCH_ENTRIES)}
        build.database.drop(SEARCH_ENTRIES, saved - parts.keys())
        new = ((key, part) for key, part in parts.items() if key not in saved)
        entries = ((key, encode(self._encoded(part))) for key, part in new)
        build.database.put(SEARCH_ENTRIES, entries)

    def _encoded(self, part: slice) -> list[bytes]:
        """Return some of the entries, each encoded."""
        start, stop = (max(0, end - len(self.sources)) for end in (part.start, part.stop))
        documents = self.documents.entries(part.start, part.stop)
        return [*map(encode, documents), *map(encode, self.others[start:stop])]
