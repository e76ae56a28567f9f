"""Which words of a document the search finds: those of every kind of block, headings doubly."""

from __future__ import annotations

from generator.reading.read import read_document
from generator.text.text_profile import profile_text
from tests.support import seed

TEXT = """---
title: A year at the mill
---
CHAPTER II. OF THE FERRY

The miller sold his bread[1] on the other side of the river, where nobody knew
him, and came home in the evening with the empty baskets.

herring            12 pounds
oatmeal             3 pounds
candles             1 pound

[1] It was of barley, as the ledger of the parish has it.
"""


def test_words_in_tables_and_notes_are_found_and_headings_count_twice() -> None:
    """A word of a paragraph counts once."""
    document = read_document(seed(TEXT)).value
    assert document
    kinds = [block.kind for block in document.blocks]
    assert kinds == ["heading", "paragraph", "table", "note"]
    profile = profile_text(document.text, document.headings)
    counts = dict(zip(profile.words.split(), profile.counts, strict=True))
    assert counts["oatmeal"] == counts["barley"] == counts["baskets"] == 1
    assert counts["ferry"] == 2
