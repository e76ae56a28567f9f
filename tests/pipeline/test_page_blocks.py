"""The fingerprints of pages that are saved by blocks are those of a first run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.engine.database import Database
from generator.engine.database_file import open_database
from generator.engine.encoding import encode
from generator.engine.fingerprint import fingerprint
from generator.engine.incremental import Build
from generator.engine.workers import no_progress
from generator.linking.collections import find_collections
from generator.linking.corpus import assemble_corpus
from generator.linking.entities.split_names import CorrectedUsages
from generator.model import (
    Corpus,
    DocumentRecord,
    EditorNote,
    Extracted,
    Metadata,
    Relations,
    SeedPath,
)
from generator.model.pictures import DocumentPictures, Picture
from generator.pipeline.build_tasks import NAME_USAGES, NamesResult, NameSummary
from generator.pipeline.mention_fingerprints import NameLookup
from generator.pipeline.name_usages import NameUsages
from generator.pipeline.page_blocks import update_page_fingerprints
from generator.pipeline.page_fingerprints import DocumentFingerprints
from generator.pipeline.saved_sums import saved_sums
from generator.writing.addresses import urls
from generator.writing.document_sums import sum_documents

_NUMBERED = map("{}.txt".format, range(9_999))

_ENDS = [path for path in _NUMBERED if not crc32(path.encode()) % 256]

SEEDS = [SeedPath(path) for path in (*_ENDS[:4], "x.txt", "y.txt", "x.txt/part.txt", "f/z.txt")]
"""Some end a block, one is enclosed in another one, and one is in a folder."""

Facts = Mapping[str, int]
"""What is known of a document: any of the `FACTS` by a small number."""

FACTS = (
    *("missing", "title", "day", "author", "sender", "related", "version", "moved", "added"),
    *("note", "escaped", "picture", "names", "lead"),
)


def record(source: SeedPath, facts: Facts) -> DocumentRecord:
    """Return a document with such facts."""
    metadata = Metadata(
        Extracted(f"Title {facts['title']}", "test"),
        authors=(Extracted(f"Writer {facts['author']}", "test"),),
        date=Extracted(f"1891-03-0{facts['day']}", "test") if facts["day"] else None,
        sender=Extracted("Somebody", "test") if facts["sender"] else None,
        description=f"Lead {facts['lead']}",
    )
    return DocumentRecord(source, source, "utf-8", metadata)


def corpus(state: Mapping[SeedPath, Facts]) -> Corpus:
    """Return a corpus of the documents that are not missing."""
    known = {source: facts for source, facts in state.items() if not facts["missing"]}
    records = [record(source, facts) for source, facts in known.items()]
    addresses = {
        source: urls.document_address(record(source, {**facts, "title": facts["moved"]}))
        for source, facts in known.items()
    }
    order = sorted(known)
    others = {source: order[~known[source]["related"] % len(order)] for source in order}
    return replace(
        assemble_corpus(records, addresses, urls.author_addresses),
        relations={
            source: Relations(source, (others[source],) if facts["version"] else ())
            for source, facts in known.items()
        },
        added={source: f"202{facts['added']}-01-01" for source, facts in known.items()},
        notes={
            source: EditorNote(f"A note {facts['note']} with a [link](x.txt).")
            for source, facts in known.items()
            if facts["note"]
        },
        fully_escaped=frozenset(source for source, facts in known.items() if facts["escaped"]),
        pictures={
            source: DocumentPictures(thumbnail=Picture(None, 9, facts["picture"]))
            for source, facts in known.items()
            if facts["picture"]
        },
    )


def fingerprints(database: Database, state: Mapping[SeedPath, Facts]) -> DocumentFingerprints:
    """Return what pages depend on, with what earlier calls saved in the database."""
    made = corpus(state)
    made = replace(
        made, collections=find_collections(made.documents, {}, urls.collection_addresses)
    )
    build = Build.start(database, "test", 1, no_progress)
    summaries = {
        source: encode(NameSummary(str(state[source]["names"]), ())) for source in made.by_source
    }
    build.database.put(NAME_USAGES, summaries.items())
    results = {
        source: NamesResult((), fingerprint(data), fingerprint(data), b"")
        for source, data in summaries.items()
    }
    names = NameUsages(build, frozenset(made.by_source), results)
    records = {record.source: fingerprint(record) for record in made.documents}
    lookup = NameLookup(names, CorrectedUsages(names))
    return DocumentFingerprints.build(made, records, lookup, "00")


_EDITS = st.lists(
    st.lists(
        st.tuples(st.sampled_from(SEEDS), st.sampled_from(FACTS), st.integers(0, 2)), max_size=2
    ),
    max_size=8,
)


_X, _Y = SEEDS[4:6]


@settings(max_examples=60)
@example([[(_X, "note", 1)], [(_X, "note", 0), (_Y, "note", 1)]])
@example([[(_X, "sender", 1)], [(_X, "sender", 0), (_Y, "sender", 1)]])
@example([[(_X, "picture", 1)], [(_X, "picture", 0), (_Y, "picture", 1)]])
@given(_EDITS)
def test_saved_fingerprints_are_those_of_a_first_run(
    edits: list[list[tuple[SeedPath, str, int]]],
) -> None:
    """Whatever changed: a document, how others name it, or which of them there are."""
    state = {source: defaultdict(int, version=1, related=at) for at, source in enumerate(SEEDS)}
    with TemporaryDirectory() as folder, open_database(Path(folder, "cache.sqlite")) as database:
        for edit in ([], *edits):
            for source, fact, value in edit:
                state[source][fact] = value
            if all(facts["missing"] for facts in state.values()):
                continue
            documents = fingerprints(database, state)
            found = update_page_fingerprints(database, documents)
            sources = [each.source for each in documents.index.corpus.documents]
            expected = [documents.fingerprint(source).value for source in sources]
            assert [*found.sources] == sources
            assert [value.hex() for value in found.values] == expected
            made = documents.index.corpus
            sums = saved_sums(documents.names.usages.build, made, documents.records)
            assert sums == sum_documents(made.documents)
            with TemporaryDirectory() as other, open_database(Path(other, "new.sqlite")) as new:
                first = fingerprints(new, state)
                assert first.own == documents.own
                assert update_page_fingerprints(new, first) == found
            saved = b"".join(data for _, data in database.items("blocks of pages"))
            for source in SEEDS:
                assert (encode(source) in saved) == (not state[source]["missing"])


def test_blocks_of_another_version_are_replaced() -> None:
    """It may have saved other parts of a block."""
    state = {source: defaultdict(int, version=1) for source in SEEDS}
    with TemporaryDirectory() as folder, open_database(Path(folder, "cache.sqlite")) as database:
        documents = fingerprints(database, state)
        found = update_page_fingerprints(database, documents)
        saved = [*database.items("blocks of pages")]
        label, data = saved[0]
        for older in (encode((1,)), encode((b"", (b"", b""), b"")), data.replace(b"\0", b"\1")):
            database.put("blocks of pages", [("older", data), (label, older)])
            assert update_page_fingerprints(database, documents) == found
            assert [*database.items("blocks of pages")] == saved
