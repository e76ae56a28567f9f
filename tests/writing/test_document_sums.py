"""Sums over documents: those of parts are added up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.model import DocumentRecord, Extracted, Metadata, SeedPath
from generator.writing.document_sums import add_sums, sum_documents

_TEXTS = st.builds(Extracted, st.sampled_from(["a", "b"]), st.just("test"))
_DATES = st.builds(
    Extracted,
    st.sampled_from(["1891", "1891-03-14", "1902-05", "1901~", "1890-12/1904", "1921-02-30"]),
    st.just("test"),
)
_METADATA = st.builds(
    Metadata,
    st.builds(Extracted, st.just("A"), st.sampled_from(["test", "file name"])),
    authors=st.lists(_TEXTS, max_size=2).map(tuple),
    date=st.none() | _DATES,
    language=st.none() | _TEXTS,
    genre=st.none() | st.builds(Extracted, st.sampled_from(["table", "letter"]), st.just("test")),
    collection=st.none() | _TEXTS,
)
_RECORDS = st.lists(
    st.builds(
        DocumentRecord,
        st.tuples(st.sampled_from(["", "a/", "a/b/"]), st.integers(0, 99)).map(
            lambda parts: SeedPath(f"{parts[0]}{parts[1]}.txt")
        ),
        st.just("digest"),
        st.sampled_from(["utf-8", "cp1252"]),
        _METADATA,
        st.integers(0, 200),
        st.lists(st.tuples(st.sampled_from(["ends", "dots"]), st.integers(0, 3))).map(tuple),
    ),
    max_size=30,
    unique_by=lambda record: record.source,
)


@given(_RECORDS, st.lists(st.integers(0, 30), max_size=3).map(sorted))
def test_the_sums_of_parts_add_up(records: list[DocumentRecord], cuts: list[int]) -> None:
    """Wherever documents are divided, also into parts without any."""
    parts = zip([0, *cuts], [*cuts, len(records)], strict=True)
    added = add_sums(sum_documents(records[start:end]) for start, end in parts)
    assert added == sum_documents(records)


def test_what_is_counted() -> None:
    """A document counts where something is known of it."""
    metadata = Metadata(
        Extracted("Prices", "file name"),
        date=Extracted("1891-03-14", "test"),
        language=Extracted("en", "test"),
    )
    table = DocumentRecord(SeedPath("a/b.txt"), "", "cp1252", metadata, 7, (("dots", 2),))
    sums = sum_documents([table, table])
    assert (sums.documents, sums.words, sums.titled, sums.with_authors) == (2, 14, 0, 0)
    assert (sums.languages, sums.encodings, sums.repairs) == ({"en": 2}, {"cp1252": 2}, {"dots": 4})
    assert sums.dates == {"1891-03": 2}
    assert sums.first_date == sums.last_date == "1891-03-14"
    assert sums.months == {"03"}
    assert sums.folders["a"].years == "1891"
    assert sums.longest_in["a"] == sums.longest[0]
    assert sums.longest[0].source == table.source
