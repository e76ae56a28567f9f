"""The files of the search index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.engine import workers
from generator.engine.derived_values import derive
from generator.engine.encoding import encode
from generator.engine.fingerprint import fingerprint
from generator.engine.incremental import Build
from generator.files import ExistingFiles, handwritten_pages
from generator.model import Corpus, EntityMentions, OutputFile, SeedPath
from generator.pipeline.build_tasks import SEARCH_ENTRIES
from generator.pipeline.corpus_stages import forget_index, index_in_background
from generator.pipeline.options import Options
from generator.pipeline.page_stages import PageWriter
from generator.search.entry_blocks import EncodedEntries, EntryBlock, divide_entries, encode_entries
from generator.search.handwritten_pages import handwritten_entry
from generator.search.search_entries import DocumentEntries, other_entries

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
    entries = _Entries.of(corpus, records, writer)
    inputs = entries.fingerprint()
    if writer.is_up_to_date(_GROUP, inputs):
        return writer.write_group(_GROUP, inputs, tuple)
    if not options.with_search:
        forget_index(writer.build)
        return iter(())
    blocks, existing = [*entries.blocks(writer.build)], writer.intact_files(_GROUP)
    index = index_in_background(writer.build, blocks, tuple(entries.inputs), existing, submit)
    return writer.write_group(_GROUP, inputs, index)


class _Entries(NamedTuple):
    """The entries of the index."""

    documents: DocumentEntries
    inputs: Mapping[str, bytes]
    """What the entry and the text of each document depend on."""
    others: EncodedEntries
    """The entries after those of documents."""

    @staticmethod
    def of(corpus: Corpus, records: Mapping[SeedPath, bytes], writer: PageWriter) -> _Entries:
        """Return the entries of a corpus and of the pages that people wrote."""
        index = writer.settings.site.index
        documents = DocumentEntries.of(corpus, index)
        inputs = dict(_document_inputs(documents, records))
        files = handwritten_pages(writer.settings.docs, writer.docs_before.names)
        pages = (handwritten_entry(file, index) for file in files)
        return _Entries(documents, inputs, encode_entries(other_entries(corpus, pages, index)))

    def fingerprint(self) -> str:
        """Return a fingerprint of all entries in their order."""
        return fingerprint((tuple(self.inputs.values()), self.others.data)).hex()

    def blocks(self, build: Build) -> Iterator[EntryBlock]:
        """Yield the entries in blocks; those of documents that did not change are not made."""

        def make(sources: Sequence[str]) -> Iterator[bytes]:
            return (encode(self.documents.entry(SeedPath(source))) for source in sources)

        made = derive(build.database, SEARCH_ENTRIES, build.program, self.inputs, make)
        others = self.others
        columns = EncodedEntries(
            [*self.inputs, *others.keys],
            [*self.inputs.values(), *others.inputs],
            [*made.values(), *others.data],
        )
        return divide_entries(columns)


def _document_inputs(
    entries: DocumentEntries, records: Mapping[SeedPath, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Yield for each document all that its entry and its text depend on."""
    names = {entity: fingerprint(value) for entity, value in entries.names.items()}
    addresses, titles = entries.corpus.addresses, entries.collections
    mentions, nothing = entries.corpus.mentions, EntityMentions()
    for document in entries.corpus.documents:
        source = document.source
        named = [*map(names.get, mentions.get(source, nothing).entities)]
        collection = titles.get(document.folder)
        yield source, encode((records[source], addresses[source], entries.index, collection, named))
