"""Titles speak for a sex and a rank, and against others."""

from __future__ import annotations

from generator.text.honorifics import Bearer, find_honorific
from tests.support import Case, cases


@cases("titles")
def test_a_title_speaks_against_people_of_another_sex_or_rank(case: Case) -> None:
    """By the given name and the titles that somebody has."""
    bearer = Bearer.of(case.given["first"], case.given["titles"])
    assert bearer.may_have(find_honorific(case.given["title"])) is case.expect
