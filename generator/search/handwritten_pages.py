"""Search entries of pages that people wrote in the docs folder: title and visible text."""

from __future__ import annotations

import re
from typing import NamedTuple

import frontmatter
import markdown
import yaml
from selectolax.lexbor import LexborHTMLParser

from generator.model import Address, OutputFile
from generator.search.search_entries import SearchEntry

_EXTENSIONS = ("attr_list", "md_in_html", "tables")
_BLOCKS = (
    "p, div, li, dt, dd, td, th, h1, h2, h3, h4, h5, h6, pre, blockquote, figcaption, br, tr,"
    " summary"
)
"""Elements before and after which a paragraph ends."""

_BREAK = "\x1e"
"""Put between paragraphs: the record separator, which no page needs."""


def handwritten_entry(file: OutputFile, index: str = "") -> SearchEntry:
    """Return the entry of a hand-written page.

    Its title is from the front matter, the first heading or the file name.

    `index` is what addresses have after the folder of a page; with it, the address is the HTML file
    that MkDocs writes for the page.
    """
    metadata, body = _split_front_matter(file.data.decode("utf-8", "replace"))
    page = _visible_text(markdown.markdown(body, extensions=list(_EXTENSIONS)))
    name = re.sub(r"(?:(?:^|/)(?:index|README))?\.md$", "", file.path)
    stem = name.rpartition("/")[2] or "index"
    title = metadata.get("title") or page.heading or stem.replace("-", " ")
    return SearchEntry(
        address=_file_address(file.path) if index else _folder_address(name),
        kind="page",
        title=" ".join(str(title).split()),
        texts=page.paragraphs,
    )


def _folder_address(name: str) -> Address:
    return Address(f"{name}/" if name else "")


def _file_address(path: str) -> Address:
    return Address(re.sub(r"(^|/)README\.md$", r"\1index.md", path).removesuffix(".md") + ".html")


class _Source(NamedTuple):
    metadata: dict[str, object]
    body: str
    """Markdown."""


def _split_front_matter(text: str) -> _Source:
    try:
        return _Source(*frontmatter.parse(text))
    except yaml.YAMLError:
        return _Source({}, text)


class _VisibleText(NamedTuple):
    """The text that a reader sees."""

    heading: str
    """The first heading of level 1; empty if there is none."""
    paragraphs: tuple[str, ...]
    """All others, without those that repeat the heading."""


def _visible_text(html: str) -> _VisibleText:
    page = LexborHTMLParser(html)
    for element in page.css("script, style"):
        element.decompose()
    title = page.css_first("h1")
    heading = " ".join(title.text().split()) if title else ""
    for element in page.css(_BLOCKS):
        element.insert_before(_BREAK)
        element.insert_after(_BREAK)
    text = page.body.text() if page.body else ""
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split(_BREAK))
    return _VisibleText(heading, tuple(words for words in paragraphs if words not in ("", heading)))
