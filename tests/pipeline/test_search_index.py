"""The entries of the search are saved in blocks; after an edit only changed blocks are made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.engine.database_file import open_database
from generator.engine.encoding import decoder
from generator.engine.fingerprint import fingerprint
from generator.engine.incremental import Build
from generator.engine.workers import no_progress
from generator.linking.corpus import assemble_corpus
from generator.model import Address, Corpus
from generator.pipeline.background_tasks import SEARCH_ENTRIES
from generator.pipeline.search_index import Entries
from generator.search.search_entries import DocumentEntries, SearchEntry
from generator.writing.addresses import urls
from tools.bench.simulated_corpus import SimulatedCorpus

_PAGE = SearchEntry(Address("about/"), "page", "About")


def saved_entries(build: Build, corpus: Corpus) -> dict[str, list[SearchEntry]]:
    """Return what is saved of a corpus and of one page, by block."""
    entries = Entries(DocumentEntries.of(corpus), [_PAGE])
    records = {record.source: fingerprint(record) for record in corpus.documents}
    blocks = [*entries.divide(build.program, records)]
    entries.save(build, blocks)
    saved = dict(build.database.items(SEARCH_ENTRIES))
    assert saved.keys() == {block.inputs.hex() for block in blocks}
    decode_all, decode = decoder(list[bytes]).decode, decoder(SearchEntry).decode
    keys = [block.inputs.hex() for block in blocks]
    return {key: [*map(decode, decode_all(saved[key]))] for key in keys}


def test_the_entries_of_one_block_are_saved_again_after_an_edit(tmp_path: Path) -> None:
    """Those of an edited document are no longer saved as they were; all others are."""
    records = [*SimulatedCorpus(3_000).records()]
    addresses = {record.source: Address(f"{record.source}/") for record in records}
    corpus = assemble_corpus(records, addresses, urls.author_addresses)
    moved = corpus.addresses | {records[1_500].source: Address("moved/")}
    with open_database(tmp_path / "cache.sqlite") as database:
        build = Build.start(database, "test", 1, no_progress)
        for current in (corpus, replace(corpus, addresses=moved)):
            saved = saved_entries(build, current)
            made = DocumentEntries.of(current).entries()
            assert [entry for own in saved.values() for entry in own] == [*made, _PAGE]
        assert len(saved) > 3
        assert len(saved.keys() - saved_entries(build, corpus).keys()) == 1
