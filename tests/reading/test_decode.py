"""Bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.reading.decode import decode
from tests.support import Case, cases

CHINESE = "大学生在日本工作。\n今日天晴。\n" * 4
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


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_a_mark_at_the_beginning_tells_the_encoding(codec: str) -> None:
    """Even of a text in which every other byte is no zero."""
    decoding = decode(f"\ufeff{CHINESE}".encode(codec))
    assert decoding is not None
    assert decoding.text == CHINESE


@pytest.mark.parametrize("codec", ["hz", "iso2022_jp"])
def test_escape_sequences_are_no_ascii(codec: str) -> None:
    """East Asian texts that went through mail of seven bits."""
    decoding = decode(CHINESE.encode(codec))
    assert decoding is not None
    assert decoding.text == CHINESE


@pytest.mark.parametrize("text", ["a~{b~{c", "A formula: ~{\\bf x} ~{y} ~{z}"])
def test_a_tilde_before_a_brace_is_no_escape_sequence(text: str) -> None:
    """Two are too few, and three that are none stay what they are."""
    decoding = decode(text.encode())
    assert decoding is not None
    assert decoding.text == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Pčelár kráča po ulici a nesie škatuľu plnú včelieho vosku. " * 4, "cp1250"),
        ("Река поднялась ночью и унесла старый деревянный мост. " * 4, "cp1251"),
        ("El río subió de noche. ¡Kilos de pan! ¡Cómo no! Así fue.", "cp1252"),
        ("Il dit : ça va, ça va.", "mac_roman"),
        ("Der Fluß stieg über die Brücke.\x1a", "cp1252"),
    ],
)
def test_texts_of_one_byte_a_character(text: str, codec: str) -> None:
    """Statistics with a witness, or else the most common."""
    decoding = decode(text.encode(codec))
    assert decoding is not None
    assert decoding.text == text


def test_a_few_bad_bytes_do_not_cost_the_rest() -> None:
    """UTF-8 with single bytes of Windows-1252 in it is read as both, and the bytes are counted."""
    data = "café naïve élève über señor".encode() + b" \x93quoted"
    decoding = decode(data)
    assert decoding is not None
    assert decoding.text == "café naïve élève über señor “quoted"
    assert decoding.repaired == 1


def test_one_good_sequence_and_three_bad_bytes_are_both_read() -> None:
    """In a short file a single "é" in UTF-8 is as sure a sign as a single curly quote."""
    decoding = decode(b"Good caf\xc3\xa9 \x93quoted\x94 \xff")
    assert decoding is not None
    assert decoding.text == "Good café “quoted” ÿ"
    assert decoding.repaired == 3


@pytest.mark.parametrize("text", ["Um «AMANHÃ» e não", "Der Wirt brachte das „MENÜ“ für zwölf"])
def test_a_capital_before_a_quotation_mark_is_no_utf8(text: str) -> None:
    """Two bytes of Windows-1252 that happen to be a character of UTF-8 stay two characters."""
    decoding = decode(text.encode("cp1252"))
    assert decoding is not None
    assert decoding.text == text


@pytest.mark.parametrize("codec", ["big5", "gb18030", "cp932"])
def test_english_with_the_quotes_of_an_east_asian_page(codec: str) -> None:
    """As word processors of Taipei, Beijing and Tokyo saved it."""
    text = "The President’s report gives “the Congress” what it asked for… and more."
    decoding = decode(text.encode(codec))
    assert decoding is not None
    assert decoding.text == text


@pytest.mark.parametrize("codec", ["mac_roman", "cp850"])
def test_pages_older_than_windows_are_known_by_what_windows_would_make_of_them(codec: str) -> None:
    """No German word has a sign or a capital inside."""
    text = "Der Müller öffnete die Schleuse, als das Wasser über die Straße floss."
    decoding = decode(text.encode(codec))
    assert decoding is not None
    assert decoding.text == text


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, b"\x7fELF\x02\x01\x01" + b"\x00\x03\x07" * 200],
    ids=["picture", "program"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    """A picture or a program among the seeds is not published as letters."""
    assert decode(data) is None


@cases("binary")
def test_a_few_odd_characters_make_no_picture_of_a_text(case: Case) -> None:
    """And no text of a picture; every byte of what is read is in the text."""
    data = case.given["bytes"].encode("latin-1")
    data += case.given.get("before", "").encode("latin-1") * case.given.get("times", 0)
    decoding = decode(data)
    assert ("read" if decoding else "refused") == case.expect
    assert decoding is None or decoding.text.encode(decoding.encoding) == data


@given(st.text("abc é\n", min_size=4), st.integers(0, 50), st.sampled_from(["utf-8", "utf-16-le"]))
def test_what_fills_up_the_last_block_is_no_reason_to_refuse(
    text: str, times: int, codec: str
) -> None:
    """Of a text that is read without it; and it is read as it is."""
    data = text.encode(codec)
    plain, padded = decode(data), decode(data + "\x1a".encode(codec) * times)
    assert plain is None or (padded and padded.text == plain.text + "\x1a" * times)


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
