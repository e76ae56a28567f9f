"""What the stages of all documents cost: `python -m tools.bench.simulation 100000 [main|texts]`.

These are the stages that no worker shares: of the main process (`main`), and of the one that
compares texts and makes the index (`texts`); both one after the other without that word. They run
on a `SimulatedCorpus`, so neither texts nor pages exist, and a million documents take half an hour.
Printed are CPU seconds and memory for each stage, as rows of Markdown. Memory is read as Linux
reports it.
"""

from __future__ import annotations

import gc
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from generator.cli.entry_point import GC_THRESHOLDS
from generator.corrections import NO_CORRECTIONS
from generator.engine.database_file import open_database
from generator.engine.encoding import decoder, encode
from generator.engine.fingerprint import fingerprint
from generator.engine.incremental import Build
from generator.engine.stored_vocabulary import StoredVocabulary
from generator.engine.workers import no_progress
from generator.linking.corpus import assemble_corpus
from generator.linking.names import CaseModel
from generator.linking.similarity.compare import (
    ComparedDocument,
    Similarity,
    compare_texts,
)
from generator.model import Corpus, DocumentRecord, SeedPath
from generator.pipeline.background_tasks import TERM_IDS
from generator.pipeline.build_tasks import (
    NAME_USAGES,
    NamesResult,
    NameSummary,
    ReadResult,
)
from generator.pipeline.corpus_stages import relate_documents
from generator.pipeline.entities import LinkedCorpus, update_entities
from generator.pipeline.mention_fingerprints import NameLookup
from generator.pipeline.name_usages import NameUsages
from generator.pipeline.page_blocks import update_page_fingerprints
from generator.pipeline.page_fingerprints import DocumentFingerprints
from generator.search.index import build_index
from generator.search.search_entries import DocumentEntries, SearchEntry, other_entries
from generator.text.term_counts import CorpusTerms, EncodedText
from generator.writing.addresses import document_permalinks, urls
from generator.writing.addresses.document_permalinks import AddressRequest
from tools.bench.simulated_corpus import SimulatedCorpus

T = TypeVar("T")

_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass(slots=True)
class _Meter:
    """Measures one stage after the other; the making of simulated values does not count."""

    size: int
    making: float = 0.0
    """CPU seconds that were spent on simulated values."""

    def untimed(self, values: Iterable[T]) -> Iterator[T]:
        """Yield values; the time that they take does not count."""
        stream, end = iter(values), object()
        while True:
            before = time.process_time()
            value = next(stream, end)
            self.making += time.process_time() - before
            if value is end:
                return
            yield value  # type: ignore[misc]

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a block and print its row."""
        gc.collect()
        _RESET.write_text("5")  # makes the present memory the highest
        held, cpu, making = _megabytes("VmRSS"), time.process_time(), self.making
        yield
        seconds = time.process_time() - cpu - (self.making - making)
        peak = _megabytes("VmHWM") - held
        gc.collect()
        kept = _megabytes("VmRSS") - held
        each = 1000 * seconds / self.size
        print(f"| {name} | {seconds:,.1f} | {each:.3f} | {peak:,.0f} | {kept:,.0f} |", flush=True)


def _megabytes(field_name: str) -> float:
    found = re.search(rf"{field_name}:\s+(\d+) kB", _STATUS.read_text())
    return int(found[1]) / 1024 if found else 0.0


@dataclass(frozen=True, slots=True)
class _Simulation:
    """One run of all stages."""

    made: SimulatedCorpus
    meter: _Meter
    build: Build

    def run_main(self) -> None:
        """Run the stages of the main process in the order of a build."""
        corpus = self.corpus()
        self.capitalization()
        linked = self.who_is_who(corpus)
        self.fingerprints(linked)
        self.search_entries(linked.corpus)

    def run_texts(self) -> None:
        """Run the stages of the other process; the search has no entries of names here."""
        similarity = self.similarity()  # first, because that process has no records
        corpus = self.corpus()
        self.related(corpus, similarity)
        del similarity
        entries = self.search_entries(corpus)
        del corpus
        self.index(entries)

    def corpus(self) -> Corpus:
        """Measure records and addresses."""
        results = (encode(ReadResult(record, ())) for record in self.made.records())
        decode = decoder(ReadResult).decode
        with self.meter.stage("records"):
            decoded = (decode(data).record for data in self.meter.untimed(results))
            records = tuple(record for record in decoded if record)
        with self.meter.stage("addresses"):
            requests = map(_request, records)
            table = document_permalinks.assign((), requests, None)
            document_permalinks.dump(table)
            addresses = {entry.seed: entry.address for entry in table}
            return assemble_corpus(records, addresses, urls.author_addresses)

    def capitalization(self) -> None:
        """Measure how the words of all documents are capitalized."""
        with self.meter.stage("capitalization"):
            model = CaseModel.fit(self.meter.untimed(self.made.case_counts()))
            for counts in self.meter.untimed(self.made.case_counts()):
                model.tendencies_of(counts)

    def who_is_who(self, corpus: Corpus) -> LinkedCorpus:
        """Measure whom all names mean."""
        sources = frozenset(record.source for record in corpus.documents)
        self.build.database.put(NAME_USAGES, self._name_rows())
        names = NameUsages(self.build, sources, self._names())
        with self.meter.stage("entity resolution"):
            return update_entities(self.build, corpus, names, NO_CORRECTIONS, ())

    def _name_rows(self) -> Iterator[tuple[str, bytes]]:
        for number in range(self.made.size):
            summary = NameSummary(str(number), self.made.usages(number))
            yield self.made.source(number), encode(summary)

    def _names(self) -> dict[SeedPath, NamesResult]:
        """Return what finding the names would result in, by the encoded names."""
        return {
            SeedPath(source): NamesResult((), fingerprint(data), fingerprint(data), b"")
            for source, data in self._name_rows()
        }

    def fingerprints(self, linked: LinkedCorpus) -> None:
        """Measure the fingerprints of the pages of documents."""
        names = NameUsages(self.build, frozenset(linked.corpus.by_source), self._names())
        with self.meter.stage("fingerprints of pages"):
            lookup = NameLookup(names, linked.corrected)
            records = {it.source: fingerprint(it) for it in linked.corpus.documents}
            made = DocumentFingerprints.build(linked.corpus, records, lookup, "00")
            values = update_page_fingerprints(self.build.database, made)
            del made, values, records

    def search_entries(self, corpus: Corpus) -> bytes:
        """Measure the entries of the search."""
        with self.meter.stage("entries of the search"):
            of_documents = DocumentEntries.of(corpus).entries()
            return encode((*of_documents, *other_entries(corpus, ())))

    def similarity(self) -> Similarity:
        """Measure the comparison of texts."""
        vocabulary = StoredVocabulary(self.build.database, TERM_IDS)
        vocabulary.ids(self.made.words)
        vocabulary.save()
        compared = [*map(ComparedDocument.from_document, self.made.records())]
        with self.meter.stage("comparing texts"):
            return compare_texts(compared, self._terms())

    def related(self, corpus: Corpus, similarity: Similarity) -> None:
        """Measure what it means for documents; in a build, workers share it."""
        with self.meter.stage("related documents, without names"):
            records = {it.source: fingerprint(it) for it in corpus.documents}
            relate_documents(self.build, corpus, records, similarity)

    def index(self, entries: bytes) -> None:
        """Measure the index of the search."""
        with self.meter.stage("index of the search"):
            decoded = decoder(tuple[SearchEntry, ...]).decode(entries)
            for _ in build_index(decoded, self._terms()):
                pass

    def _terms(self) -> CorpusTerms:
        """Return the words of the documents, which are made again for each pass in their order."""
        stream: Iterator[EncodedText] = iter(())

        def read(part: slice) -> Iterator[EncodedText]:
            nonlocal stream
            if not part.start:
                stream = self.meter.untimed(self.made.text_counts())
            return islice(stream, part.stop - part.start)

        return CorpusTerms(tuple(self.made.words), tuple(range(self.made.size)), read)


def _request(record: DocumentRecord) -> AddressRequest:
    address = urls.document_address(record)
    return AddressRequest(record.source, record.digest, address, record.wording)


def main(size: int, process: str | None) -> None:
    """Print the table of the stages of one process, or of both."""
    gc.set_threshold(*GC_THRESHOLDS)  # as in a build
    print("| stage | CPU s | ms a document | MB at most | MB kept |\n|---|---:|---:|---:|---:|")
    with (
        tempfile.TemporaryDirectory() as folder,
        open_database(Path(folder, "cache.sqlite")) as database,
    ):
        build = Build.start(database, "simulation", 1, no_progress)
        simulation = _Simulation(SimulatedCorpus(size), _Meter(size), build)
        if process != "texts":
            simulation.run_main()
        if process != "main":
            simulation.run_texts()
    print(f"{size:,} documents: {_megabytes('VmRSS'):,.0f} MB at the end")


if __name__ == "__main__":
    arguments = dict(enumerate(sys.argv))
    main(int(arguments.get(1, 100_000)), arguments.get(2))
