"""The order of documents in time: the newest ones, and those before and after each."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from generator.linking.corpus import assemble_corpus
from generator.model import Corpus, DocumentRecord, Extracted, Metadata, SeedPath
from generator.writing.addresses import urls
from generator.writing.document_refs import FEED_ENTRIES, newest_entries
from generator.writing.views import build_context_index

_DATES = st.sampled_from([None, "1891", "1891-03-14", "1902-05"])
_FACTS = st.lists(
    st.tuples(st.sampled_from(["", "a/", "a/b/"]), _DATES, st.sampled_from([None, "2024", "2025"])),
    max_size=3 * FEED_ENTRIES,
)


def corpus(facts: list[tuple[str, str | None, str | None]]) -> Corpus:
    """Return a corpus of documents, each with its folder, its date and its day of addition."""
    sources = [SeedPath(f"{folder}{number}.txt") for number, (folder, _, _) in enumerate(facts)]
    dates = [Extracted(date, "test") if date else None for _, date, _ in facts]
    metadata = [Metadata(Extracted("A title", "test"), date=date) for date in dates]
    records = [
        DocumentRecord(source, source, "utf-8", facts)
        for source, facts in zip(sources, metadata, strict=True)
    ]
    addresses = {
        source: urls.document_address(record)
        for source, record in zip(sources, records, strict=True)
    }
    added = {source: day for source, (_, _, day) in zip(sources, facts, strict=True) if day}
    return replace(assemble_corpus(records, addresses, urls.author_addresses), added=added)


@given(_FACTS)
def test_the_newest_documents_are_the_last_of_a_sort(
    facts: list[tuple[str, str | None, str | None]],
) -> None:
    """By day of addition, then those with a date, then the latest; some facts must be known."""
    made = corpus(facts)
    order = [
        (made.added.get(record.source, ""), record.metadata.date is not None, number)
        for number, record in enumerate(made.documents)
    ]
    newest = sorted((rank for rank in order if any(rank[:2])), reverse=True)[:FEED_ENTRIES]
    entries = newest_entries((record.source for record in made.documents), made)
    assert [entry.document.source for entry in entries] == [
        made.documents[number].source for _, _, number in newest
    ]


@given(_FACTS)
def test_the_documents_before_and_after_are_the_nearest_of_the_folder(
    facts: list[tuple[str, str | None, str | None]],
) -> None:
    """Those of a document in no folder are the nearest of the whole corpus; only dated ones."""
    made = corpus(facts)
    index = build_context_index(made)
    dated = [record for record in made.documents if record.metadata.date]
    assert {*index.earlier, *index.later} <= {record.source for record in dated}
    for number, record in enumerate(dated):
        before, after = (
            [other.source for other in others if other.folder == record.folder or not record.folder]
            for others in (dated[:number], dated[number + 1 :])
        )
        expected = (before[-1] if before else None, after[0] if after else None)
        assert (index.earlier.get(record.source), index.later.get(record.source)) == expected
