"""Values that many documents have are once in memory, and the documents stay as they are."""

from __future__ import annotations

from generator.engine.encoding import decoder, encode
from generator.model import (
    DocumentRecord,
    EntityId,
    EntityMentions,
    Extracted,
    Metadata,
    SeedPath,
)
from generator.pipeline.shared_values import SharedValues, with_shared_ids


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


def test_mentions_stay_equal_and_have_one_of_each_id() -> None:
    """However many documents mention it."""
    encoded = encode(EntityMentions((EntityId("people/ana"), EntityId("places/lima")), (2, 1), 3))
    decoded = [decoder(EntityMentions).decode(encoded) for _ in range(2)]
    mentions = dict(zip(map(SeedPath, "ab"), decoded, strict=True))
    found = with_shared_ids(mentions)
    assert found == mentions
    assert all(
        one is other for one, other in zip(*(each.entities for each in found.values()), strict=True)
    )
