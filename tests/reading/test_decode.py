"""Bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.reading.decode import decode

ENGLISH = "He said “yes” — the café’s bill came to £4.2m, and nobody paid. " * 6


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_english_is_read_in_every_common_encoding(codec: str) -> None:
    """The six ways in which English text usually arrives."""
    decoding = decode(ENGLISH.encode(codec))
    assert decoding is not None
    assert decoding.text == ENGLISH
    assert decoding.reason


def test_a_few_bad_bytes_do_not_cost_the_rest() -> None:
    """UTF-8 with single bytes of Windows-1252 in it is read as both, and the bytes are counted."""
    data = "café naïve élève über señor".encode() + b" \x93quoted"
    decoding = decode(data)
    assert decoding is not None
    assert decoding.text == "café naïve élève über señor “quoted"
    assert decoding.repaired == 1


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, b"\x7fELF\x02\x01\x01" + b"\x00\x03\x07" * 200],
    ids=["picture", "program"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    """A picture or a program among the seeds is not published as letters."""
    assert decode(data) is None


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1))
def test_utf8_is_read_as_it_is(text: str) -> None:
    """Strict UTF-8 comes before every guess."""
    decoding = decode(text.encode())
    assert decoding is not None
    assert decoding.text == text.removeprefix("\ufeff")


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    """Any bytes give a text or a refusal."""
    decoding = decode(data)
    assert decoding is None or isinstance(decoding.text, str)
