"""Statements of rights."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.text.rights import parse_rights
from tests.support import Case, cases


@cases("rights")
def test_known_licences_have_their_address_and_words_have_none(case: Case) -> None:
    """Each form of a name leads to one address."""
    rights = parse_rights(case.given)
    assert [rights.words, rights.url] == case.expect


@given(st.text())
def test_what_was_parsed_is_parsed_to_the_same(text: str) -> None:
    """Words and address name the same statement."""
    rights = parse_rights(text)
    assert rights.url is None or rights.url.startswith(("http://", "https://"))
    assert parse_rights(rights.url or rights.words) == rights
