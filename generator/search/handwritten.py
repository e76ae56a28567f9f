"""Search entries of pages that people wrote in the docs folder: title and visible text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import frontmatter
import markdown
import yaml

from generator.model import Address, OutputFile
from generator.search.entries import SearchEntry

_EXTENSIONS = ("attr_list", "md_in_html", "tables")
_BLOCKS = frozenset(
    "p div li dt dd td th h1 h2 h3 h4 h5 h6 pre blockquote figcaption br tr summary".split()
)
_INVISIBLE = frozenset(("script", "style"))


def handwritten_entry(file: OutputFile, index: str = "") -> SearchEntry:
    """Return the entry of a hand-written page.

    Its title is from the front matter, the first heading or the file name.

    `index` is what addresses have after the folder of a page; with it, the address is the HTML file
    that MkDocs writes for the page.
    """
    metadata, body = _split_front_matter(file.data.decode("utf-8", "replace"))
    page = _VisibleText()
    page.feed(markdown.markdown(body, extensions=list(_EXTENSIONS)))
    page.close()
    name = re.sub(r"(?:(?:^|/)(?:index|README))?\.md$", "", file.path)
    title = metadata.get("title") or page.heading or name.rpartition("/")[2].replace("-", " ")
    return SearchEntry(
        address=_file_address(file.path) if index else _folder_address(name),
        kind="page",
        title=" ".join(str(title).split()),
        texts=tuple(page.lines()),
    )


def _folder_address(name: str) -> Address:
    return Address(f"{name}/" if name else "")


def _file_address(path: str) -> Address:
    return Address(re.sub(r"(^|/)README\.md$", r"\1index.md", path).removesuffix(".md") + ".html")


def _split_front_matter(text: str) -> tuple[dict[str, object], str]:
    try:
        return frontmatter.parse(text)
    except yaml.YAMLError:
        return {}, text


class _VisibleText(HTMLParser):
    """Collects the text that a reader sees, a line for each paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self._heading: list[str] = []
        self._pieces: list[str] = []
        self._open_tags: list[str] = []
        self._has_heading = False

    @property
    def heading(self) -> str:
        """The text of the first heading of level 1, or an empty string."""
        return " ".join("".join(self._heading).split())

    def lines(self) -> list[str]:
        """Return the paragraphs, without the heading."""
        lines = (" ".join(line.split()) for line in "".join(self._pieces).split("\x00"))
        return [line for line in lines if line and line != self.heading]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._open_tags.append(tag)
        if tag in _BLOCKS:
            self._pieces.append("\x00")

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open_tags and self._open_tags.pop() != tag:
            pass  # elements that were not closed end with it
        self._has_heading |= tag == "h1"
        if tag in _BLOCKS:
            self._pieces.append("\x00")

    def handle_data(self, data: str) -> None:
        if _INVISIBLE.isdisjoint(self._open_tags):
            self._pieces.append(data)
            if "h1" in self._open_tags and not self._has_heading:
                self._heading.append(data)
