"""Words and the white space between them."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from generator.model.spacing import count_words, is_single_spaced, single_spaced

spaced = st.lists(
    st.sampled_from(["a", "Ωb", " ", "  ", "\n", "\t", "\xa0", "\u2028", "\xad", "\x1c"])
)


@given(spaced.map("".join) | st.text())
@example("")
@example(" a")
@example("a ")
def test_words_are_those_of_split(text: str) -> None:
    """The short way finds the same as the long one."""
    assert single_spaced(text) == " ".join(text.split())
    assert count_words(text) == len(text.split())


def test_most_paragraphs_take_the_short_way() -> None:
    """Words with one space between, and nothing that is not printed."""
    assert is_single_spaced("It rained all day.")
    assert not any(map(is_single_spaced, (" It rained", "It rained ", "It  rained", "It\nrained")))
