"""Where a text has certain words, and words by which equal ones are told apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.text.word_places import TextRange, find_only, find_words

WORDS = st.lists(st.sampled_from(["Storr", "John Storr", "came,", "and", "Mrs.", "Ann’s"]))


@given(WORDS)
def test_words_that_decide_about_one_place_are_in_no_other(words: list[str]) -> None:
    """They contain the name, and are found there alone."""
    text = " ".join(words)
    names: list[TextRange] = []
    for place in sorted(find_words(text, "John Storr") + find_words(text, "Storr")):
        if not names or place.start >= names[-1].end:
            names.append(place)
    for name in names:
        only = find_only(text, name, names)
        if only is not None:
            (place,) = find_words(text, only, names)
            assert place.start <= name.start
            assert name.end <= place.end


def test_apostrophes_and_spaces_may_be_written_otherwise() -> None:
    """But words are whole, and a part of a longer name is the last choice."""
    assert find_words("Ann’s  boat and Ann's boats", "Ann's boat") == [TextRange(0, 11)]
    longer = TextRange(0, 10)
    assert find_words("John Storr, Storr", "Storr", [longer]) == [TextRange(12, 17)]
    assert find_words("John Storr", "Storr", [longer]) == [TextRange(5, 10)]


def test_no_words_tell_apart_what_stands_among_the_same_words() -> None:
    """Then a decision is about all of them."""
    text = "Storr Storr Storr"
    names = [TextRange(start, start + 5) for start in (0, 6, 12)]
    assert [find_only(text, name, names) for name in names] == [None, None, None]
