"""Safe Markdown: a browser shows exactly the text."""

from __future__ import annotations

import re
from html import unescape

import frontmatter
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from generator.writing import markup
from tests.support import hostile_text, settled_draft
from tests.writing.site_markdown import markdown

DELIMITERS = (
    "{{ }}",
    "{% %}",
    "{# #}",
    "[[ ]]",
    "[% %]",
    "[# #]",
    "(( ))",
    "(% %)",
    "%% %%",
    "@@ @@",
)
"""Delimiters of expressions in templates, as projects choose them."""

template_text = st.lists(
    st.one_of(st.sampled_from([*"{}[]()%#@=!$ \n", "1/0", "x"]), st.sampled_from(DELIMITERS)),
    max_size=30,
).map("".join)


def written_forms(words: str) -> dict[str, str]:
    """Return words in every form in which pages contain them."""
    return {
        "text": markup.escape(words),
        "heading": markup.heading(1, words),
        "link": markup.link(words, "a/index.md"),
        "front matter": markup.html_safe(words),
        "in HTML": markup.escape_html(words),
        "code": markup.code(words),
        "folded": markup.details(words, [(words, words)]),
    }


@given(template_text)
@example("{{ self.__init__ }}{% raw %}{# a comment that never ends")
@example("## [[ x ]] (( x )) (% if x %)")
@example("#%#@#(#[[")
@example("({% x %}) [{{ x }}]")
def test_no_template_finds_an_expression_in_words(text: str) -> None:
    """The words of a seed are not code, for any delimiters of a plugin."""
    for form, written in written_forms(text.strip() or "x").items():
        # A heading's own marks stand apart.
        inside = written.removeprefix("# ")
        for delimiters in DELIMITERS:
            assert delimiters.split()[0] not in inside, form


@given(st.one_of(st.text(), hostile_text, template_text))
def test_every_form_in_html_shows_the_words(text: str) -> None:
    """Browsers decode the entities, and so does the theme where it writes JSON."""
    words = " ".join(text.split())
    assert unescape(markup.html_safe(text)) == words
    assert unescape(markup.escape_html(text)) == text


@given(st.one_of(st.text(), hostile_text))
def test_front_matter_is_read_back_unchanged(text: str) -> None:
    """By python-frontmatter and by MkDocs; nothing in it can close a tag."""
    words = markup.html_safe(text)
    data = markup.page({"title": words, "authors": [words], "words": 3}, "Body")
    assert not set('<>"') & set(words)
    assert frontmatter.loads(data.decode()).metadata == {
        "title": words,
        "authors": [words],
        "words": 3,
    }
    assert get_data(data.decode()) == ("Body\n", {"title": words, "authors": [words], "words": 3})


@given(hostile_text)
def test_headings_and_links_show_their_words(text: str) -> None:
    """Titles in lists and headings are text too."""
    words = " ".join(settled_draft(text).text.split())
    if not words:
        return
    html = markdown().reset().convert(f"- {markup.link(words, 'a/index.md')}")
    assert re.fullmatch(r'<ul>\n<li><a href="a/index.md">[^<]*</a></li>\n</ul>', html), html
    html = markdown().reset().convert(markup.heading(2, words))
    assert re.fullmatch(r'<h2 id="[^"]*">[^<]*</h2>', html), html


def test_strings_that_look_like_other_things_stay_strings() -> None:
    """YAML would read a year as a number and `no` as false."""
    data = markup.page({"date": "2021", "title": "no", "description": "12:30:45"}, "")
    assert yaml.safe_load(data.decode().split("---")[1]) == {
        "date": "2021",
        "title": "no",
        "description": "12:30:45",
    }


@given(template_text | hostile_text, st.integers(1, 9))
def test_escaped_characters_are_counted(words: str, count: int) -> None:
    """A limit is passed by one more; without any, nothing is escaped."""
    assert markup.has_more_special(words, 0) == (markup.escape(words) != words)
    assert markup.has_more_special("a*" * count, count - 1)
    assert not markup.has_more_special("a*" * count, count)
