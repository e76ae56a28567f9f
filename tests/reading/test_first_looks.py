"""What is fast has the same result as what is plain: first looks, and the model of languages."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid import langid

from generator.linking.names import capitalized_words
from generator.model import Change
from generator.reading import hyphens, mojibake
from generator.reading.characters import is_printable
from generator.reading.head import bylines
from generator.reading.language_scores import LanguageModel
from generator.reading.structure import lists, notes
from generator.reading.structure.page_numbers import page_numbers
from generator.reading.wording_digest import wording_digest

TEXTS = st.text(st.sampled_from("aAbIéßü'’-.,*_ \n\t19٣ſ\u0301()&"), max_size=60)
"""Texts of letters, digits and signs that first looks could take for others."""

SENTENCES = (
    "The council of the town met on the first day and said that nothing would change.",
    "Der Rat der Stadt trat am ersten Tag zusammen und sagte, dass sich nichts ändern werde.",
    "Le conseil de la ville s'est réuni le premier jour et a dit que rien ne changerait.",
    "Совет города собрался в первый день и сказал, что ничего не изменится.",
    "ПРВОГ ДАНА САСТАО СЕ ГРАДСКИ САВЕТ I REKAO DA SE NEĆE PROMENITI NIŠTA.",
    "町の議会は最初の日に開かれ、何も変わらないと述べた。",
)


@pytest.fixture(scope="module")
def identifier() -> langid.LanguageIdentifier:
    """Return py3langid with its model, which takes half a second to load."""
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)


def test_the_best_language_is_that_of_py3langid(identifier: langid.LanguageIdentifier) -> None:
    """Language and margin are those of py3langid, up to rounding, for any length of text."""
    model = LanguageModel.of(identifier)
    for sentence in (*SENTENCES, " ".join(SENTENCES), SENTENCES[0] * 40, "é"):
        (language, score), (_, second) = identifier.rank(sentence)[:2]
        best = model.best(sentence)
        assert best is not None
        assert best.language == language
        assert best.margin == pytest.approx(score - second, abs=0.05)


def test_a_text_without_features_has_no_language(identifier: langid.LanguageIdentifier) -> None:
    """No answer is better than the first language of the list."""
    assert LanguageModel.of(identifier).best("") is None


@given(TEXTS)
def test_words_with_an_article_are_tried_only_in_texts_that_have_one(text: str) -> None:
    """In all other texts the pattern without al-Assad finds the same words."""
    for words in (text, f"{text} al-Assad {text}", text.replace("-", "al-A")):
        found, found_without = (
            [match.span() for match in pattern.finditer(words)]
            for pattern in (capitalized_words._WORD_WITH_ARTICLE, capitalized_words._WORD)
        )
        assert found == found_without or capitalized_words._ARTICLE.search(words)


@given(TEXTS)
def test_the_wording_is_all_letters_and_digits(text: str) -> None:
    """The digest is that of the letters and digits, for texts in ASCII as for others."""
    for words in (text, text.encode("ascii", "ignore").decode()):
        plain = unicodedata.normalize("NFKD", words).casefold()
        letters = "".join(filter(str.isalnum, plain)).encode("utf-8", "replace")
        digest = hashlib.sha256(letters).hexdigest() if letters else None
        assert wording_digest(words) == digest


@pytest.mark.parametrize(
    "character", ["\0", "\r", "\x0b", "\x7f", "\x85", "\u2028", "\x1b", "\ufeff", "\u00ad"]
)
def test_what_repairs_change_is_not_printable(character: str) -> None:
    """A printable text needs none of the repairs of single characters."""
    assert not is_printable(f"a{character}b")
    assert not is_printable(f"a{character}é")
    assert is_printable("a\tb\n\f ~")
    assert is_printable("a\tb\n\fé")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("12", "12"),
        ("xiv.", "xiv"),
        ("- 3 -", "3"),
        ("page12", "12"),
        ("p. 3 of 12", "3"),
        ("12 THE COUNCIL", "12"),
        ("THE COUNCIL xi", "xi"),
    ],
)
def test_a_first_look_passes_numbers_of_pages(text: str, label: str) -> None:
    """Lines that begin or end with a number are read in all forms."""
    assert [number.label for number in page_numbers(text)] == [label]


@given(TEXTS)
def test_whole_words_are_those_of_the_pattern(text: str) -> None:
    """Words that stand alone are taken as they are; only others are searched for words."""
    joined = " ".join(hyphens._without_divided_words(text)).lower()
    assert hyphens.whole_words(text) == frozenset(hyphens._WORD.findall(joined))


@given(st.text(st.sampled_from("aéÃ©â€œ”ÔŃ \x85\n"), max_size=40))
def test_suspect_lines_are_found_from_their_signs(text: str) -> None:
    """A search of the whole text finds the lines that a search of each line finds."""
    changes: list[Change] = []
    position = 0
    for line in text.split("\n"):
        if mojibake._SUSPECT.search(line) and not mojibake._CAPITALS.search(line):
            changes += mojibake._repairs(position, line)
        position += len(line) + 1
    assert [*mojibake.mojibake(text)] == changes


@given(st.text(st.sampled_from("1aivXC.)([*•-–† \t٣"), min_size=1, max_size=12))
def test_markers_and_signs_are_those_of_the_patterns(text: str) -> None:
    """What a look at the first characters excludes, the patterns do not match either."""
    marker = lists._BULLET.match(text) or lists._COUNTED.match(text)
    assert (lists.item_marker(text) is None) == (marker is None)
    assert notes._begins_with_sign(text) == (notes._SIGN.match(text) is not None)


@given(
    st.lists(
        st.sampled_from(
            "Ana Ruiz ANA de la von y and west West Jr. in Lima, été al-Assad o'Neill the &".split()
        ),
        max_size=6,
    )
)
def test_a_line_of_names_has_no_other_small_words(words: list[str]) -> None:
    """A line is excluded by its small words only if it is not wholly names."""
    line = " ".join(words)
    names = bylines._parse_names(line, "names beside the date")
    assert bylines.parse_bare_names(line) == (names if names and names.is_complete else None)
