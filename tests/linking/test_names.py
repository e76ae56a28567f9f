"""Names are found where they stand, and told apart."""

from __future__ import annotations

from itertools import pairwise

import pytest

from generator.linking.names import count, find, tabulate
from generator.model import Document, Mention
from generator.reading.study import study
from tests.support import THE_SEED, needed, seed


def mentions(text: str | bytes) -> tuple[Document, tuple[Mention, ...]]:
    """Read one text as a corpus of its own and find its names."""
    document, _ = study(seed(text))
    assert document
    return document, find(document, tabulate([count(document)]))


@pytest.fixture(scope="module")
def peru() -> tuple[Document, tuple[Mention, ...]]:
    """The customer's seed with its names."""
    needed(THE_SEED.exists(), "the customer's seed")
    return mentions(THE_SEED.read_bytes())


def test_spans_hold_the_words_in_the_order_of_the_text(
    peru: tuple[Document, tuple[Mention, ...]],
) -> None:
    """A mention's span is exact, and no mention overlaps the next."""
    document, found = peru
    assert found
    for mention in found:
        assert document.blocks[mention.block].text[mention.start : mention.end] == mention.text
    for one, other in pairwise(found):
        assert (one.block, one.end) <= (other.block, other.start) or one.block < other.block


def test_a_surname_stands_for_the_full_name(
    peru: tuple[Document, tuple[Mention, ...]],
) -> None:
    """A later "Sendón" is Guillermo Sendón; a surname that two people share is nobody's."""
    names = {mention.text: mention.name for mention in peru[1] if mention.kind == "person"}
    assert names["Sendón"] == "Guillermo Sendón"
    assert names["Castillo"] == "Pedro Castillo"
    assert names["Fujimori"] == ""
