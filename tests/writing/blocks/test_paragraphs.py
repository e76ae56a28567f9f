"""Plain paragraphs: settled texts, dense ones, emphasis and links."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.model import Block, Span
from generator.writing.blocks.body import Surroundings, html_body, markdown_body
from generator.writing.blocks.inline import InternalLink, usable_links
from tests.writing.site_markdown import CHANGING, VERIFIED, markdown, settled, shown_page


def as_markdown(*blocks: Block) -> str:
    """Return blocks in Markdown."""
    names = [f"p-{number:08}" for number, _ in enumerate(blocks)]
    return "\n\n".join(markdown_body(blocks, Surroundings(names, {})))


def paragraphs_of(text: str) -> list[Block]:
    """Return the paragraphs of a text."""
    return [Block("paragraph", part) for part in text.split("\n\n")] if text else []


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
    blocks = paragraphs_of(text)
    for others in ((), VERIFIED):
        page = shown_page(as_markdown(*blocks), others)
        assert page.blocks == tuple(blocks)
        assert page.foreign_elements == ()


@given(settled)
@example('1. "Quoted" -- (c) 1/2 it\'s...\na. b')
def test_html_shows_the_text_with_any_extension(text: str) -> None:
    """Every character, with every extension that changes words."""
    blocks = paragraphs_of(text)
    names = [f"p-{number:08}" for number, _ in enumerate(blocks)]
    page = shown_page(html_body(blocks, Surroundings(names, {})), CHANGING)
    assert page.blocks == tuple(blocks)
    assert page.foreign_elements == ()


@given(settled.filter(lambda text: text.strip() != ""))
@example("```\nx\n```")
@example("/// html | p\nx\n///")
def test_a_dense_paragraph_renders_back_too(text: str) -> None:
    """A paragraph with many special characters is HTML instead of Markdown, and shows the same."""
    paragraph = f"{'[`*<&' * 60}\n{text.split(chr(10) + chr(10), maxsplit=1)[0]}"
    block = Block("footer", paragraph, (Span(0, 5),))
    source = as_markdown(block)
    assert source.startswith("<p ")
    assert shown_page(f"Before\n\n{source}\n\nAfter").paragraphs[1] == paragraph
    for others in ((), VERIFIED):
        page = shown_page(source, others)
        assert (page.paragraphs, page.foreign_elements) == ((paragraph,), ())


@pytest.mark.parametrize("address", ["a@example.org", "http://example.org/", "mailto:a@b.org"])
def test_a_paragraph_of_addresses_is_dense(address: str) -> None:
    """Python-Markdown searches all links of a paragraph for each of them."""
    source = as_markdown(Block("paragraph", " ".join([address] * 250)))
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
    source = as_markdown(Block("paragraph", paragraph, tuple(apart)))
    page = shown_page(source)
    assert (page.paragraphs, page.foreign_elements) == ((paragraph,), ())
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
    links = [InternalLink(span.start, span.end, "a/index.md") for span in chosen]
    (source,) = markdown_body([block], Surroundings(["p-00000000"], {0: links}))
    page = shown_page(source)
    assert (page.paragraphs, page.foreign_elements) == ((paragraph,), ())
    made = markdown().reset().convert(source).count('<a href="a/')
    assert made == len(usable_links(block, chosen))


def test_a_plain_paragraph_is_plain_markdown() -> None:
    """People read and change the Markdown too: only what needs elements has them."""
    block = Block("paragraph", "It rained *again*.\nAll day.", (Span(10, 17),))
    assert as_markdown(block) == ("It rained *\\*again\\**.  \nAll day.\n{ #p-00000000 }")
    assert as_markdown(Block("caption", "The mill")) == "The mill\n{ #p-00000000 .caption }"
