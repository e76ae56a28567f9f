"""Names in an index: by the customs of their language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text import sort_names
from generator.text.alphabets import alphabet_of
from generator.text.sort_names import PLAIN, RULES, person_in_index, thing_in_index
from tests.support import Case, cases, load_cases


@cases("sort_names")
def test_names_of_people_are_sorted_by_their_customs(case: Case) -> None:
    """And shown with the family name first."""
    assert sorted_as(case.given) == case.expect


def sorted_as(given: str) -> str:
    """Return a name as it is shown, and as it is sorted."""
    name, _, language = given.partition(" / ")
    found = person_in_index(name, language)
    return f"{found.shown} | {found.key}"


def test_every_custom_is_needed_by_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, one of them is sorted otherwise."""
    names = load_cases("sort_names")
    for rule in RULES:
        monkeypatch.setattr(sort_names, "RULES", [other for other in RULES if other is not rule])
        assert any(sorted_as(case["given"]) != case["expect"] for case in names), rule.name


def test_articles_are_not_sorted_by() -> None:
    """English ones nowhere, those of the language of the documents but in names of places."""
    assert thing_in_index("The Times").shown == "Times, The"
    assert thing_in_index("Die Zeit", "de").key == "zeit"
    assert thing_in_index("La Paz", "es", is_place=True).key == "la paz"
    assert thing_in_index("The Hague", is_place=True).key == "hague"
    assert thing_in_index("Theatre Royal").key == "theatre royal"
    assert thing_in_index("R.N.L.I.").key == thing_in_index("RNLI").key
    assert thing_in_index("St. Ives").key == "st ives"
    assert thing_in_index("4th Hussars").letter_in(PLAIN) == "0–9"


@cases("alphabets")
def test_lists_are_in_the_order_of_the_sites_language(case: Case) -> None:
    """Its own letters have a place and a heading of their own, those of others have not."""
    language, _, names = case.given.partition(": ")
    alphabet = alphabet_of(language)
    found = [thing_in_index(name) for name in names.split(", ")]
    found.sort(key=lambda name: name.key_in(alphabet))
    shown = [f"{name.letter_in(alphabet)} {name.shown}" for name in found]
    assert ", ".join(shown) == case.expect


def test_every_own_letter_of_every_alphabet_is_needed() -> None:
    """Each changes the order of two words."""
    for language in ("sv", "es", "pl", "tr", "et", "is"):
        alphabet = alphabet_of(language)
        for letter, place in alphabet.places.items():
            key = thing_in_index(f"{letter}a").key_in(alphabet)
            assert key.startswith(place)
            assert alphabet.first_letter(key) == letter.upper()


@given(st.text(st.sampled_from("Aa Bé.'-()12VIvon de al李")), st.sampled_from(("", "es", "hu")))
def test_no_name_raises_and_no_word_is_lost(name: str, language: str) -> None:
    """The words of a name are all in the index, in some order."""
    shown = person_in_index(name, language).shown
    assert sorted(shown.replace(",", " ").split()) == sorted(name.replace(",", " ").split()) or (
        "(" in name
    )


def test_every_rule_has_a_name_of_its_own() -> None:
    """So that a case can name it."""
    assert len({rule.name for rule in RULES}) == len(RULES)
