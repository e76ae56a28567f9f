"""Safe Markdown: a browser shows exactly the text."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import frontmatter
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.utils.meta import get_data

from generator.checking.built_page import parse_page
from generator.model import Block, Span
from generator.writing import markup
from tests.support import ROOT, hostile_text, settled_draft


@cache
def markdown(*others: str) -> Markdown:
    """Return Python-Markdown with the site's own extensions, as MkDocs loads them, and others."""
    config = load_config(config_file=str(ROOT / "mkdocs.yml"))
    extensions = dict.fromkeys((*config.markdown_extensions, *others))
    return Markdown(extensions=list(extensions), extension_configs=config.mdx_configs or {})


VERIFIED = tuple(sorted(markup.VERIFIED_EXTENSIONS))
CHANGING = (*VERIFIED, "nl2br", "smarty", "pymdownx.fancylists", "pymdownx.smartsymbols")


def shown(source: str, others: tuple[str, ...] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a browser shows of Markdown: its paragraphs, and all that is not text."""
    html = markdown(*others).reset().convert(source)
    page = parse_page(f'<div class="sb-text">{html}</div>'.encode())
    return page.paragraphs, page.foreign_elements


settled = st.one_of(st.text(), hostile_text).map(lambda text: settled_draft(text).text)


@given(settled)
@example("1986. It was a good year")
@example("LONDON: The minister")
@example("[note]: http://example.org/x")
@example("- one\n- two")
@example("Title\n=====\n# no")
@example("| a | b |\n|---|---|\n| 1 | 2 |")
@example('{: onclick="x" }')
@example("&copy; &#x6A; &lt;b&gt; \\*x\\* <b>")
def test_markdown_renders_back_to_the_text(text: str) -> None:
    """Promises 1 and 2, with the site's own extensions."""
    paragraphs = text.split("\n\n") if text else []
    source = "\n\n".join(
        markup.paragraph(Block("paragraph", paragraph), f"p-{number:08}")
        for number, paragraph in enumerate(paragraphs)
    )
    assert shown(source) == (tuple(paragraphs), ())
    assert shown(source, VERIFIED) == (tuple(paragraphs), ())


@given(settled)
@example('1. "Quoted" -- (c) 1/2 it\'s...\na. b')
def test_html_shows_the_text_with_any_extension(text: str) -> None:
    """Every character, with every extension that changes words."""
    paragraphs = text.split("\n\n") if text else []
    source = markup.join_html_paragraphs(
        markup.html_paragraph(Block("paragraph", paragraph), f"p-{number:08}")
        for number, paragraph in enumerate(paragraphs)
    )
    assert shown(source, CHANGING) == (tuple(paragraphs), ())


@given(settled.filter(lambda text: text.strip() != ""))
def test_a_dense_paragraph_renders_back_too(text: str) -> None:
    """A paragraph with many special characters is HTML instead of Markdown, and shows the same."""
    paragraph = f"{'[`*<&' * 60}{text.split(chr(10) + chr(10), maxsplit=1)[0]}"
    block = Block("footer", paragraph, (Span(0, 5),))
    source = markup.paragraph(block, "p-00000000", "sb-footer")
    assert source.startswith("<p ")
    assert shown(f"Before\n\n{source}\n\nAfter")[0][1] == paragraph
    assert shown(source) == ((paragraph,), ())
    assert shown(source, VERIFIED) == ((paragraph,), ())


@pytest.mark.parametrize("address", ["a@example.org", "http://example.org/", "mailto:a@b.org"])
def test_a_paragraph_of_addresses_is_dense(address: str) -> None:
    """Python-Markdown searches all links of a paragraph for each of them."""
    block = Block("paragraph", " ".join([address] * 250))
    source = markup.paragraph(block, "p-00000000")
    assert source.startswith("<p ")
    assert source.count("<a ") == 250


@given(st.data(), settled.filter(lambda text: text.strip() != ""))
def test_emphasis_changes_no_word(data: st.DataObject, text: str) -> None:
    """Emphasised words are unchanged."""
    paragraph = text.split("\n\n", maxsplit=1)[0]
    words = [match.span() for match in re.finditer(r"[^\W_]+", paragraph)]
    chosen = [span for span in words if data.draw(st.booleans())]
    apart = [
        Span(*span)
        for span in chosen
        if paragraph[span[0] - 1 : span[0]] in {"", " "}
        and paragraph[span[1] : span[1] + 1] in {"", " "}
    ]
    source = markup.paragraph(Block("paragraph", paragraph, tuple(apart)), "p-00000000")
    assert shown(source) == ((paragraph,), ())
    assert markdown().reset().convert(source).count("<em>") == len(apart)


@given(st.data(), settled.filter(lambda text: text.strip() != ""))
@example(None, "Stop!Castillo! [Castillo](x) a@b.org")
def test_internal_links_change_no_word(data: st.DataObject | None, text: str) -> None:
    """Linked words are unchanged, inside an emphasis and outside."""
    paragraph = text.split("\n\n", maxsplit=1)[0]
    words = [Span(*match.span()) for match in re.finditer(r"[^\W_]+(?: [^\W_]+)?", paragraph)]
    chosen = [span for span in words if data is None or data.draw(st.booleans())]
    emphasis = tuple(
        span
        for span in chosen
        if paragraph[span.start - 1 : span.start] in {"", " "}
        and paragraph[span.end : span.end + 1] in {"", " "}
        and (data is None or data.draw(st.booleans()))
    )
    block = Block("paragraph", paragraph, emphasis)
    links = [markup.InternalLink(span.start, span.end, "a/index.md") for span in chosen]
    source = markup.paragraph(block, "p-00000000", "", links)
    assert shown(source) == ((paragraph,), ())
    made = markdown().reset().convert(source).count('<a href="a/index.md">')
    assert made == len(markup.usable_links(block, chosen))


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
    block = Block("paragraph", words)
    return {
        "paragraph": markup.paragraph(block, "p-00000000"),
        "html": markup.html_paragraph(block, "p-00000000"),
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
        # A heading's own marks, and the attributes of a paragraph, stand apart.
        inside = written.removeprefix("# ").partition("\n{ #p-")[0]
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
