"""Ends of sentences, abbreviations and prose."""

from __future__ import annotations

import re

import pytest

from generator.text.sentences import (
    CLOSING,
    STOPS,
    looks_like_prose,
    sentence_end,
    split_sentences,
    whole_sentences,
)

END = re.compile(sentence_end())


@pytest.mark.parametrize("stop", STOPS)
@pytest.mark.parametrize("closing", ["", *CLOSING, "”)"])
def test_a_stop_ends_a_sentence_with_its_quotation_marks(stop: str, closing: str) -> None:
    """A closing quotation mark or bracket belongs to the sentence."""
    assert END.search(f"He left{stop}{closing}")
    assert not END.search(f"He left{stop}{closing} and")


@pytest.mark.parametrize("text", ["He left", "He left:", "He left;", "He left,", "He left)"])
def test_other_marks_end_no_sentence_by_default(text: str) -> None:
    """A caller that takes a colon for an end says so."""
    assert not END.search(text)
    assert re.search(sentence_end(f"{STOPS}:;,t", CLOSING), text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One two three four five six seven.", False),
        ("One two three four five six seven eight.", True),
        ("One two three four five six seven eight", False),
        ("word " * 24, False),
        ("word " * 25, True),
    ],
)
def test_prose_is_long_or_a_sentence_of_eight_words(text: str, expected: bool) -> None:
    """A title seldom ends with a full stop and has few words."""
    assert looks_like_prose(text, END) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It snowed. It hailed.", "It rained. It snowed."),
        ("“It rained.” It snowed all day.", "“It rained.”"),
        ("It rained for twenty-two days.", None),
        ("Ask Dr. Roe about the rain there.", None),
        ("On Sept. 3 it rained all day.", None),
        ("It rained in z.B. all towns of it.", None),
        ("He met J. R. Ewing there in town.", None),
        ("下雨了。 It snowed all day long.", "下雨了。"),
    ],
)
def test_a_summary_has_whole_sentences(text: str, expected: str | None) -> None:
    """Within 21 characters; an abbreviation does not end a sentence."""
    assert whole_sentences(text, 21) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It rained. It snowed.", 2),
        ("It rained.\nIt snowed", 2),
        ("“It rained!” (It snowed.)", 2),
        ("It rained. it snowed.", 1),
        ("Ask Dr. Roe. He knows.", 2),
        ("She belongs to Messrs. Roe and the Hon. Ana Doe.", 1),
        ("In the U.S. Army of old.", 1),
        ("By J. Roe (Mr. Doe).", 1),
        ("One. Two! Three? “Four.” Five", 5),
        ("Mr. Smith met Gen. Juan Velasco in the U.S. Senate.", 1),
        ("J. R. Smith went. He came back.", 2),
        ("In 1986. it was", 1),
        ("", 1),
    ],
)
def test_sentences_cover_their_paragraph(text: str, count: int) -> None:
    """Every character is in one sentence."""
    sentences = split_sentences(text)
    assert len(sentences) == count
    assert "".join(text[sentence.start : sentence.end] for sentence in sentences) == text
