"""Law: what is translated is what Python-Markdown makes of it with the site's extensions."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checking.front_matter import read_page
from generator.model import Block
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.fast_rendering.markdown_blocks import translate
from generator.publishing.fast_rendering.markdown_inline import OtherMarkdownError
from tests.support import MAX_EXAMPLES, Case, cases, hostile_text, make_project
from tests.writing.blocks.random_blocks import EVERY_KIND, blocks
from tests.writing.blocks.test_body import as_markdown
from tests.writing.site_markdown import markdown

_WORDS = (
    r"a|word|\*|\_|\[|\]|\#|\-|\.|\!|\(|*em*|**10**|[a](x.md)|[b *c* d](y.md#p-1)|é|12"
    "|\u00a0|\u3000"
)
_HTML = (
    '<span class="x">|</span>|<em>|</em>|<a href="https://e.org/a_b" rel="nofollow">|</a>|<bdi>'
    '|</bdi>|<time datetime="2020">|</time>|<q>|</q>|&amp;|&#123;|&lt;'
)
_BLOCKS = (
    '<div class="x">a</div>|<p id="q">x<br>y</p>|<ul class="list">\n<li id="l">a</li>\n</ul>'
    '|<div>|</div>|<svg width="1"><title>x</title><rect x="1"/></svg>|- a\n- b|- |1. |1) '
    "|# |## |### a & b|#"
)
_SYNTAX = (
    "*|**|_|[|]|(|)|![|!|&|<|>|{|}||---|===|~~~|`|+ |> |:|[TOC]|<br>|<hr>|<!-- x -->|[x]: y"
    "|\\|\"|'|\t"
)
_ENDS = " |  |\n|  \n|\n\n|\n\n|\n{ #p-1 }|\n{ #p-2 .lines }|\n{ .c }| { #h-1 }"

_PIECES = st.sampled_from("|".join((_WORDS, _HTML, _BLOCKS, _ENDS)).split("|"))
_ANY_PIECES = st.one_of(_PIECES, st.sampled_from([*_SYNTAX.split("|"), "|"]))
_LINES = st.lists(_PIECES, min_size=1, max_size=4).map("".join)
_TAGS = st.sampled_from(["section", "div", 'div class="a b"'])


def _in_element(tag: str, blocks: list[str]) -> str:
    return "\n\n".join((f"<{tag} markdown>", *blocks, f"</{tag.split(maxsplit=1)[0]}>"))


_ELEMENTS = st.recursive(
    _LINES, lambda blocks: st.builds(_in_element, _TAGS, st.lists(blocks, max_size=3)), max_leaves=5
)

_NESTED_TAGS = st.sampled_from("figure figcaption ol ul li div section".split())
_NESTED_ATTRIBUTES = st.sampled_from(["", ' class="x"', ' class="x" aria-label="y"', " hidden"])
_NESTED_WORDS = st.sampled_from(
    'a|b c|é|1|&amp;|&#123;|<a href="x_y/">1</a>|<svg a="1"><path d="M1"/></svg>|<span>s|</span>'
    "|- x|{ #a }|# h|http://a.b/|<|>|  ".split("|")
)


def _element(tag: str, attributes: str, parts: list[str]) -> str:
    return f"<{tag}{attributes}>{''.join(parts)}</{tag}>"


_NESTED = st.recursive(
    _NESTED_WORDS,
    lambda parts: st.builds(
        _element,
        _NESTED_TAGS,
        _NESTED_ATTRIBUTES,
        st.lists(st.one_of(parts, st.just("\n")), max_size=5),
    ),
    max_leaves=8,
)

pages = st.one_of(
    _NESTED.map(lambda block: f"<div markdown>\n\n## H\n\n{block}\n\nx\n\n</div>"),
    st.lists(_LINES, min_size=1, max_size=4).map("\n\n".join),
    st.lists(_ELEMENTS, min_size=1, max_size=2).map("\n\n".join),
    st.lists(_ANY_PIECES, max_size=12).map("".join),
    hostile_text,
)


def is_translated(source: str) -> bool:
    """Whether a text is translated; fails if the result is not Python-Markdown's."""
    try:
        page = translate(source, str)
    except OtherMarkdownError:
        return False
    parser = markdown().reset()
    assert page.html == parser.convert(source)
    assert page.contents == parser.toc_tokens  # type: ignore[attr-defined]
    return True


@settings(max_examples=3 * MAX_EXAMPLES)
@given(pages)
def test_a_translation_is_what_python_markdown_makes(source: str) -> None:
    """Whatever the text is: nearly all of these are left to Python-Markdown."""
    is_translated(source)


@settings(max_examples=MAX_EXAMPLES // 2)
@given(st.lists(blocks(), max_size=3))
def test_blocks_of_every_kind_are_translated(document: list[Block]) -> None:
    """With hostile words."""
    is_translated(as_markdown(document))


@cases("translated_markdown")
def test_case(case: Case) -> None:
    """Which texts are translated, so that builds do not become slow unseen."""
    assert is_translated(case.given) == case.expect


def test_a_document_of_every_kind_is_translated() -> None:
    """None of them is left to Python-Markdown."""
    assert is_translated(as_markdown(EVERY_KIND))


_SEEDS: dict[str, str | bytes] = {
    "gale.txt": "The gale\n\nBy Ida Marrack\n3 May 1894\n\nJoseph Tarn rowed to Saltmere.",
    "bell.txt": "The bell of Saltmere\n\nBy Ida Marrack\n\nJoseph Tarn rang it, and went home.",
    "untitled.txt": "By Ida Marrack\n3 May 1894\n\nJoseph Tarn came back to Saltmere at night.",
}

_ONE_FOR_A_SITE = {"index.md", "calendar/index.md", "data/corpus/index.md"}
"""Pages of which a site has one each, so that their cost does not matter."""


def test_pages_of_a_site_are_translated(tmp_path: Path) -> None:
    """Those of which there are many: documents, names, authors, lists; untitled ones too."""
    project = mkdocs_build.load_project(make_project(tmp_path, _SEEDS))
    generate(project.settings)
    docs = project.settings.docs
    paths = (path.relative_to(docs).as_posix() for path in docs.rglob("*/*.md"))
    pages = {path: read_page((docs / path).read_text("utf-8")).markdown for path in paths}
    assert any("sb-untitled" in page for page in pages.values())
    left = {path for path, page in pages.items() if not is_translated(page)}
    assert left <= _ONE_FOR_A_SITE
