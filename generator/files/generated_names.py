"""Which files in generated folders Seedbed wrote, recognized by their names and their pages.

The list of its files tells that first. It may be lost, and the docs folder may be replaced by a
copy with other files: a withdrawn text must not stay published then, and no file of others go.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

import msgspec

from generator.files.atomic import read_file

_PAGE = "index.md"
_REDIRECT = "index.html"

_OUR_KEYS = (b"---\ntitle: ", b"\nkind: ", b"\nhide:\n- navigation\n- toc\n")
"""Parts of the front matter of every generated page; other pages hardly have all of them."""

_OUR_REDIRECT = b'<title>This page has moved</title>\n<meta name="robots" content="noindex">\n'
"""A part of every page that leads from an old address to the new one."""

_UNFINISHED = re.compile(r"(?P<folder>.*/)\.(?P<name>[^/]+)\.part")
"""A file that a killed run was writing; it is hidden, and so not published."""


class NameRule(msgspec.Struct, frozen=True):
    """The names of files that Seedbed writes beside a page, or below its folder."""

    pattern: str
    """Of the path; its group is the folder of the page."""
    is_named: bool = False
    """Whether the front matter of the page has the name of each such file."""

    def folder_of(self, path: str) -> str | None:
        """Return the folder of the page to which a file belongs; None if it has another name."""
        match = re.fullmatch(self.pattern, path)
        return match[1] if match else None


NAME_RULES = {
    "texts of a document": NameRule(r"(documents/.+)/(?:text\.txt|source\.txt|tei\.xml)"),
    "ledger of a document": NameRule(r"(documents/.+)/ledger\.json"),
    "citations of a document": NameRule(r"(documents/.+)/cite\.(?:bib|ris|csl\.json)"),
    "PDF of a document": NameRule(r"(documents/.+)/original\.pdf", is_named=True),
    "picture of a document": NameRule(r"(documents/.+)/[0-9a-f]{16}\.(?:jpg|png)"),
    "feed of a list": NameRule(
        r"((?:people|organizations|places|names|authors|collections)/.+)/feed\.xml"
    ),
    "month of the calendar": NameRule(r"(calendar)/(?:0[1-9]|1[0-2])\.json"),
    "data file": NameRule(
        r"(data)/(?:documents\.(?:csv|jsonl)|corpus\.(?:tei\.xml|bib|ris|csl\.json)"
        r"|(?:entities|mentions)\.csv|network\.(?:csv|graphml)|places\.geojson)",
        is_named=True,
    ),
    "numbered data file": NameRule(r"(data)/[a-z]+-\d{3,}\.[a-z.]+", is_named=True),
    "description of the data": NameRule(r"(data)/(?:datapackage|ro-crate-metadata)\.json"),
    "labels of the search": NameRule(r"(search)/labels\.js"),
    "search index": NameRule(
        r"(search)/(?:manifest|[a-z]+/(?:[a-z0-9]/)?[a-z0-9]{8,})\.bin",
    ),
}
"""A name that Seedbed no longer gives stays here: a copy of an old docs folder may have it."""


def has_generated_name(path: str) -> bool:
    """Whether Seedbed gives such a name to files in generated folders."""
    name = path.rpartition("/")[2]
    return name in {_PAGE, _REDIRECT} or any(rule.folder_of(path) for rule in NAME_RULES.values())


class Recognition:
    """Recognizes the files that Seedbed wrote into generated folders."""

    def __init__(self, docs: Path, *, by_name: bool) -> None:
        """Take the docs folder.

        `by_name`: a file beside a page is Seedbed's by its name alone, as after a killed run, which
        may have written it before the page.
        """
        self._docs = docs
        self._by_name = by_name
        self._page_in = lru_cache(maxsize=4)(self._read_page)  # of files in order

    def is_ours(self, path: str) -> bool:
        """Whether Seedbed wrote a file: it is a generated page or redirect, or belongs to one.

        Seedbed writes no links.
        """
        if unfinished := _UNFINISHED.fullmatch(path):
            return has_generated_name(unfinished["folder"] + unfinished["name"])
        if (self._docs / path).is_symlink():
            return False
        folder, _, name = path.rpartition("/")
        if name == _PAGE:
            return bool(self._front_matter(folder))
        if name == _REDIRECT:
            return bool(self._redirect(folder))
        return any(self._belongs(path, rule) for rule in NAME_RULES.values())

    def _belongs(self, path: str, rule: NameRule) -> bool:
        """Whether a file belongs to a generated page or redirect by a rule."""
        folder = rule.folder_of(path)
        if folder is None or self._by_name:
            return folder is not None
        page = self._page_in(folder)
        name = path.rpartition("/")[2].encode()
        return b" %s\n" % name in page if rule.is_named else bool(page)

    def _read_page(self, folder: str) -> bytes:
        """Return the front matter of the page in a folder, or its redirect; none of others."""
        return self._front_matter(folder) or self._redirect(folder)

    def _front_matter(self, folder: str) -> bytes:
        begin, end, _ = _content(self._docs / folder / _PAGE).partition(b"\n---\n")
        front_matter = begin + end
        return front_matter if all(key in front_matter for key in _OUR_KEYS) else b""

    def _redirect(self, folder: str) -> bytes:
        data = _content(self._docs / folder / _REDIRECT)
        return data if _OUR_REDIRECT in data else b""


def _content(file: Path) -> bytes:
    """Return the bytes of a file; none of a link or of anything that cannot be read."""
    if file.is_symlink() or not file.is_file() or not os.access(file, os.R_OK):
        return b""
    return read_file(file)
