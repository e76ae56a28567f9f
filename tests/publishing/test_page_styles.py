"""The shorter stylesheet of our pages."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config import load_config

from generator.publishing.page_styles import OWN, PageNeeds, page_needs, shorten, without_comments
from tests.support import make_project, published

NEEDS = PageNeeds(re.compile(r"\.(?:admonition|cards)(?![\w-])"), frozenset({"white"}))


@pytest.mark.parametrize(
    ("given_styles", "expected"),
    [
        ("a{b:c}", "a{b:c}"),
        (".admonition{a:b}.md-nav{c:d}", ".md-nav{c:d}"),
        (".md-typeset .admonition,.md-typeset details{a:b}", ".md-typeset details{a:b}"),
        (":is(.admonition,details) p{a:b}i{c:d}", "i{c:d}"),
        (":is(a,b:not(c,.d)) i,.admonition i{a:b}", ":is(a,b:not(c,.d)) i{a:b}"),
        ("[data-md-color-accent=red]{a:b}i{c:d}", "i{c:d}"),
        ("[data-md-color-primary=white]{a:b}", "[data-md-color-primary=white]{a:b}"),
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
    assert shorten(given_styles, NEEDS) == expected


@given(st.text(st.sampled_from("{};,.ab@\"'() \n")))
def test_any_text_is_shortened_once(text: str) -> None:
    """Whatever it is, no error, and nothing is added."""
    assert len(shorten(text, NEEDS)) <= len(text)
    assert shorten(shorten(text, NEEDS), NEEDS) == shorten(text, NEEDS)


def test_the_stylesheets_of_the_theme_become_shorter(tmp_path: Path) -> None:
    """What the header, the search and the texts need stays, and what a setting brings."""
    config = make_project(tmp_path, {})
    folder = Path(str(resources.files("material"))) / "templates/assets/stylesheets"
    (main,) = (path.read_text("utf-8") for path in folder.glob("main.*.css"))
    needs = page_needs(load_config(str(config)))
    short = shorten(main, needs)
    assert len(short) < len(main) * 0.6
    assert not re.search(r"\.(admonition|md-source|md-tooltip)[^\w-]", short)
    for part in ("md-header", "md-search", "md-tabs", "md-nav", "md-clipboard", "md-dialog"):
        assert short.count(f".{part}") >= main.count(f".{part}") - 1, part
    config.write_text(f"{config.read_text('utf-8')}\nrepo_url: https://example.org/a\n", "utf-8")
    needs = page_needs(load_config(str(config)))
    assert ".md-source{" in shorten(main, needs)
    (palette,) = (path.read_text("utf-8") for path in folder.glob("palette.*.css"))
    assert len(shorten(palette, needs)) < len(palette) / 2
    assert "[data-md-color-scheme=slate]" in shorten(palette, needs)


@pytest.mark.parametrize(
    ("given_styles", "expected"),
    [
        ("/* Ours. */\na{b:c}", " a{b:c}"),
        ("a{b:c /* d\ne */}", "a{b:c  }"),
        ("a/**/b{c:d}", "a b{c:d}"),
        ('a{content:"/* words */"}', 'a{content:"/* words */"}'),
        ("a{b:url(data:x/*y*/)}", "a{b:url(data:x/*y*/)}"),
    ],
)
def test_comments_are_left_out(given_styles: str, expected: str) -> None:
    """Strings and addresses stay."""
    assert without_comments(given_styles) == expected


def test_a_site_has_our_stylesheets_without_comments_and_yours_as_they_are(tmp_path: Path) -> None:
    """A stylesheet of the same name in the docs folder stands for ours."""
    from generator.publishing.publish import publish

    project = published(tmp_path, {"a.txt": "A title\n\nIt rained."})
    for own in OWN:
        styles = (project.site / own).read_text("utf-8")
        assert "@media" in styles
        assert "/*" not in styles
    yours = project.settings.docs / OWN[0]
    yours.parent.mkdir(exist_ok=True)
    yours.write_text("/* Mine. */\np { color: red }\n", "utf-8")
    publish(project)
    assert (project.site / OWN[0]).read_bytes() == yours.read_bytes()
