"""Law: front matter is read as MkDocs reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils import meta

from generator.checking.front_matter import OtherFrontMatterError, read_page
from generator.writing import markup
from generator.writing.front_matter import Meta
from tests.support import hostile_text

_LIKE_OTHER_THINGS = (
    "true False yes NO on off null ~ 1851 -3 0x1F 1_000 1.5 1e3 .inf 12:30 1851-05-03 = << - --"
    " --- ... ? : # @a `b %c *d &e !f |g >h [i] {j} 'k \"l a:b a: :b a#b #c -rf 0o7 010"
    " 2001-12-14T21:59:43Z"
).split()
_WORDS = st.one_of(
    st.sampled_from([*_LIKE_OTHER_THINGS, "", "a b", "1 document", "a: b", "a #b", " a", "a "]),
    hostile_text.map(markup.html_safe),
    st.text(),
)
_FLAT = st.dictionaries(st.sampled_from(["a", "names/ship", "title_pages", "on", "y"]), _WORDS)
_VALUES = st.one_of(_WORDS, st.integers(), st.booleans(), st.lists(_WORDS), _FLAT, st.lists(_FLAT))
_META = st.dictionaries(st.sampled_from(["title", "kind", "hide", "names/ship", "no"]), _VALUES)


def is_read(text: str) -> bool:
    """Whether a page is read; fails if MkDocs reads it in another way."""
    try:
        source = read_page(text)
    except OtherFrontMatterError:
        return False
    markdown, values = meta.get_data(text)
    assert (source.markdown, source.meta) == (markdown, values)
    # Also the order, and no number that equals a truth value.
    assert repr(source.meta) == repr(values)
    return True


@given(_META, hostile_text)
def test_pages_are_read_as_mkdocs_reads_them(values: Meta, body: str) -> None:
    """Whatever the values are; what is unusual is left to MkDocs."""
    is_read(markup.page(values, body).decode())


@given(st.lists(st.sampled_from(["---", "...", "a", "a:", "a: b", "- b", "  c: d", ""])))
def test_any_text_is_read_as_mkdocs_reads_it(lines: list[str]) -> None:
    """Or not at all."""
    is_read("\n".join(["---", *lines, "---", "words"]))


def test_usual_front_matter_is_read() -> None:
    """So that builds do not become slow unseen."""
    values: Meta = {
        "title": "“Peru: the bridge” &amp; its builder",
        "date": "1851-05-03",
        "words": 1175,
        "authors": ["Ana Ruiz", "John O'Brien", "-rf"],
        "author_pages": ["authors/ana-ruiz/", ""],
        "contents": [{"id": "h-1", "level": "2", "title": "The sea"}],
        "earlier": {"title": "A letter", "date": "2 May 1851"},
        "feed": True,
    }
    assert is_read(markup.page(values, "Words.").decode())


@pytest.mark.parametrize(
    "text",
    ["words", "---\na: b\n", '---\na: "\\u0041"\n---\n', "---\na:\n---\n", "---\na: b\n---\na\rb"],
)
def test_unusual_front_matter_is_left_to_mkdocs(text: str) -> None:
    """No front matter, none that ends, escapes, nothing, carriage returns."""
    assert not is_read(text)
