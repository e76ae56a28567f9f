"""Values that many documents have are once in memory, and the documents stay as they are."""

from __future__ import annotations

from generator.engine.encoding import decoder, encode
from generator.model import (
    DocumentRecord,
    Extracted,
    Metadata,
    SeedPath,
)
from generator.pipeline.shared_values import SharedValues


def record(source: str) -> DocumentRecord:
    """Return a record as it is read from the database."""
    metadata = Metadata(
        Extracted(f"Title of {source}", "first line", 1, "Title"),
        authors=(Extracted("Ana Ruiz", "byline", 2, "By Ana Ruiz"),),
        language=Extracted("en", "statistics"),
        genre=Extracted("letter", "greeting and closing"),
    )
    made = DocumentRecord(
        SeedPath(source), "0" * 64, "windows-1252", metadata, 9, (("line ends", 2), ("head", 1))
    )
    decoded: DocumentRecord = decoder(DocumentRecord).decode(encode(made))
    return decoded


def test_records_stay_equal_and_share_what_is_equal() -> None:
    """What only one of them has stays its own."""
    one, other = record("a.txt"), record("b.txt")
    shared = SharedValues()
    shared.share_parts(one)
    shared.share_parts(other)
    assert (one, other) == (record("a.txt"), record("b.txt"))
    assert one.repairs is other.repairs
    assert one.encoding is other.encoding
    assert one.metadata.genre is other.metadata.genre
    assert one.metadata.authors[0].rule is other.metadata.authors[0].rule
    assert one.metadata.title.value == "Title of a.txt"


def test_equal_values_of_two_types_are_not_shared() -> None:
    """1 and True are equal, but are not written alike."""
    shared = SharedValues()
    assert [shared.share(value) for value in (1, True, 1.0)] == [1, True, 1.0]
    assert shared.share(True) is True
