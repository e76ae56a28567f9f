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
def test_a_byte_order_mark_decides_the_encoding(codec: str) -> None:
    """Also of a text in which not every other byte is zero."""
    decoding = decode(f"\ufeff{CHINESE}".encode(codec))
    assert decoding is not None
    assert decoding.text == CHINESE


@pytest.mark.parametrize("codec", ["hz", "iso2022_jp"])
def test_escape_sequences_are_decoded(codec: str) -> None:
    """East Asian texts that were sent by email with seven bits."""
    decoding = decode(CHINESE.encode(codec))
    assert decoding is not None
    assert decoding.text == CHINESE


@pytest.mark.parametrize("text", ["a~{b~{c", "A formula: ~{\\bf x} ~{y} ~{z}"])
def test_a_tilde_before_a_brace_is_not_an_escape_sequence(text: str) -> None:
    """Two are too few, and three invalid ones stay as they are."""
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
        ("Wiosną rzeka wylała i zabrała kładkę, którą zbudował młynarz. " * 3, "cp852"),
        ("Wiosną rzeka wylała i zabrała kładkę, którą zbudował młynarz. " * 3, "mac_latin2"),
        ("Na jaře se řeka vylila z břehů a vzala s sebou lávku pod mlýnem. " * 3, "cp852"),
        ("Tavasszal a folyó kiöntött, és elvitte a régi fahidat a malomnál. " * 3, "cp852"),
        ("Spomladi je reka prestopila bregove in odnesla brv, ki jo je čuvala žena. " * 3, "cp852"),
        ("Spomladi je reka prestopila bregove, brv pa je čuvala žena. " * 3, "mac_latin2"),
        ("İlkbaharda ırmak taştı ve değirmenin eski köprüsünü alıp götürdü. " * 3, "cp857"),
        ("Pavasarį upė išsiliejo iš krantų ir nunešė seną medinį tiltą. " * 3, "cp775"),
        ("Au printemps la rivière déborda et emporta le vieux pont près du moulin. " * 3, "cp850"),
    ],
)
def test_encodings_with_one_byte_per_character(text: str, codec: str) -> None:
    """A guess that other evidence supports, or else the most common encoding."""
    decoding = decode(text.encode(codec))
    assert decoding is not None
    assert decoding.text == text


def test_letters_of_an_unknown_page_inside_words_are_counted() -> None:
    """So that a message says that somebody should look at the page."""
    decoding = decode(b"The caf\x82 is old, the ch\x83teau new. " * 9)
    assert decoding is not None
    assert decoding.encoding == "cp1252"
    assert decoding.repaired == 18
    plain = decode("Der Müller sah den Fluß. ".encode("cp1252") * 9)
    assert plain is not None
    assert not plain.repaired


def test_utf8_with_a_few_bad_bytes_is_read() -> None:
    """The bad bytes are read as Windows-1252 and counted."""
    data = "café naïve élève über señor".encode() + b" \x93quoted"
    decoding = decode(data)
    assert decoding is not None
    assert decoding.text == "café naïve élève über señor “quoted"
    assert decoding.repaired == 1


def test_utf8_and_windows_1252_in_one_short_file_are_both_read() -> None:
    """One valid sequence of UTF-8 is enough, even with three bad bytes."""
    decoding = decode(b"Good caf\xc3\xa9 \x93quoted\x94 \xff")
    assert decoding is not None
    assert decoding.text == "Good café “quoted” ÿ"
    assert decoding.repaired == 3


@pytest.mark.parametrize("text", ["Um «AMANHÃ» e não", "Der Wirt brachte das „MENÜ“ für zwölf"])
def test_a_capital_before_a_quotation_mark_is_not_utf8(text: str) -> None:
    """Two bytes of Windows-1252 that are also a character of UTF-8 stay two characters."""
    decoding = decode(text.encode("cp1252"))
    assert decoding is not None
    assert decoding.text == text


@pytest.mark.parametrize("codec", ["big5", "gb18030", "cp932"])
def test_english_with_the_quotes_of_an_east_asian_page(codec: str) -> None:
    """As word processors in Taipei, Beijing and Tokyo saved it."""
    text = "The President’s report gives “the Congress” what it asked for… and more."
    decoding = decode(text.encode(codec))
    assert decoding is not None
    assert decoding.text == text


@pytest.mark.parametrize("codec", ["mac_roman", "cp850"])
def test_macintosh_and_dos_encodings_are_recognised(codec: str) -> None:
    """In Windows-1252, German words would contain symbols or capitals."""
    text = "Der Müller öffnete die Schleuse, als das Wasser über die Straße floss."
    decoding = decode(text.encode(codec))
    assert decoding is not None
    assert decoding.text == text


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, b"\x7fELF\x02\x01\x01" + b"\x00\x03\x07" * 200],
    ids=["picture", "program"],
)
def test_pictures_and_programs_are_refused(data: bytes) -> None:
    """Their bytes are not published as letters."""
    assert decode(data) is None


@cases("binary")
def test_texts_and_other_data_are_told_apart_by_control_characters(case: Case) -> None:
    """A text may have a few; every byte of a text that is read is in the result."""
    data = case.given["bytes"].encode("latin-1")
    data += case.given.get("before", "").encode("latin-1") * case.given.get("times", 0)
    decoding = decode(data)
    assert ("read" if decoding else "refused") == case.expect
    assert decoding is None or decoding.text.encode(decoding.encoding) == data


@given(st.text("abc é\n", min_size=4), st.integers(0, 50), st.sampled_from(["utf-8", "utf-16-le"]))
def test_padding_at_the_end_does_not_change_the_encoding(text: str, count: int, codec: str) -> None:
    """A text that can be read can be read with padding, which is part of the result."""
    data = text.encode(codec)
    plain, padded = decode(data), decode(data + "\x1a".encode(codec) * count)
    assert plain is None or (padded and padded.text == plain.text + "\x1a" * count)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1))
def test_valid_utf8_is_decoded_as_utf8(text: str) -> None:
    """Strict UTF-8 is tried before every guess."""
    decoding = decode(text.encode())
    assert decoding is not None
    assert decoding.text == text.removeprefix("\ufeff")


@given(st.binary(max_size=200))
def test_no_bytes_raise_an_exception(data: bytes) -> None:
    """Any bytes give a text or None."""
    decoding = decode(data)
    assert decoding is None or isinstance(decoding.text, str)
