"""The shorter stylesheet of our pages."""

from __future__ import annotations

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.publishing.page_styles import shorten


@pytest.mark.parametrize(
    ("given_styles", "expected"),
    [
        ("a{b:c}", "a{b:c}"),
        (".admonition{a:b}.md-nav{c:d}", ".md-nav{c:d}"),
        (".md-typeset .admonition,.md-typeset details{a:b}", ".md-typeset details{a:b}"),
        (":is(.admonition,details) p{a:b}i{c:d}", "i{c:d}"),
        (":is(a,b:not(c,.d)) i,.admonition i{a:b}", ":is(a,b:not(c,.d)) i{a:b}"),
        (".cards-of-ours{a:b}", ".cards-of-ours{a:b}"),
        ("@media print{.admonition{a:b}}i{c:d}", "i{c:d}"),
        ("@media print{.admonition{a:b}i{c:d}}", "@media print{i{c:d}}"),
        ("@keyframes x{0%{a:b}}", "@keyframes x{0%{a:b}}"),
        ('@charset "UTF-8";i{a:b}', '@charset "UTF-8";i{a:b}'),
        (':root{--md-admonition-icon--a:url("x{}y");--md-b:c}', ":root{--md-b:c}"),
        ('i::after{content:"}"}.admonition{a:b}', 'i::after{content:"}"}'),
        ("i{a:b", "i{a:b"),
        (".admonition{a:b}}", ".admonition{a:b}}"),
    ],
)
def test_only_rules_for_what_pages_never_contain_are_left_out(
    given_styles: str, expected: str
) -> None:
    """What cannot be divided into rules stays as it is."""
    assert shorten(given_styles) == expected


@given(st.text(st.sampled_from("{};,.ab@\"'() \n")))
def test_any_text_is_shortened_once(text: str) -> None:
    """Whatever it is, no error, and nothing is added."""
    assert len(shorten(text)) <= len(text)
    assert shorten(shorten(text)) == shorten(text)


def test_the_stylesheet_of_the_theme_becomes_a_third_shorter() -> None:
    """What the header, the search and the texts need is in it."""
    folder = resources.files("material").joinpath("templates/assets/stylesheets")
    (main,) = (
        file
        for file in folder.iterdir()
        if file.name.startswith("main.") and file.name.endswith(".css")
    )
    whole = main.read_text("utf-8")
    short = shorten(whole)
    assert len(short) < len(whole) * 2 / 3 + 5_000
    assert ".admonition" not in short
    for needed in (
        ".md-header",
        ".md-search",
        ".md-tabs",
        ".md-typeset table",
        "blockquote",
        "details",
    ):
        assert short.count(needed) > whole.count(needed) / 3, needed
