"""Pages that people wrote in the docs folder, as search reads them: title and plain words."""

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
_SILENT = frozenset(("script", "style"))


def handwritten_entry(file: OutputFile, index: str = "") -> SearchEntry:
    """Read a hand-written page; its title is that of its front matter, its heading or its name.

    `index` is what addresses have after their folders; with it, the address is the file that
    MkDocs makes of the page.
    """
    meta, body = _parted(file.data.decode("utf-8", "replace"))
    page = _VisibleText()
    page.feed(markdown.markdown(body, extensions=list(_EXTENSIONS)))
    page.close()
    name = re.sub(r"(?:(?:^|/)(?:index|README))?\.md$", "", file.path)
    title = meta.get("title") or page.heading or name.rpartition("/")[2].replace("-", " ")
    return SearchEntry(
        address=_file(file.path) if index else _address(name),
        kind="page",
        title=" ".join(str(title).split()),
        texts=tuple(page.lines()),
    )


def _address(name: str) -> Address:
    return Address(f"{name}/" if name else "")


def _file(path: str) -> Address:
    return Address(re.sub(r"(^|/)README\.md$", r"\1index.md", path).removesuffix(".md") + ".html")


def _parted(text: str) -> tuple[dict[str, object], str]:
    try:
        return frontmatter.parse(text)
    except yaml.YAMLError:
        return {}, text


class _VisibleText(HTMLParser):
    """Collects what a reader sees, a line for each paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self._heading: list[str] = []
        self._pieces: list[str] = []
        self._inside: list[str] = []
        self._titled = False

    @property
    def heading(self) -> str:
        return " ".join("".join(self._heading).split())

    def lines(self) -> list[str]:
        found = (" ".join(line.split()) for line in "".join(self._pieces).split("\x00"))
        return [line for line in found if line and line != self.heading]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._inside.append(tag)
        if tag in _BLOCKS:
            self._pieces.append("\x00")

    def handle_endtag(self, tag: str) -> None:
        while tag in self._inside and self._inside.pop() != tag:
            pass  # what was left open ends with it
        self._titled |= tag == "h1"
        if tag in _BLOCKS:
            self._pieces.append("\x00")

    def handle_data(self, data: str) -> None:
        if _SILENT.isdisjoint(self._inside):
            self._pieces.append(data)
            if "h1" in self._inside and not self._titled:
                self._heading.append(data)
