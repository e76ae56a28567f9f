"""A copy of a site that works when its pages are opened from disk, without a server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape

from selectolax.lexbor import LexborHTMLParser

from generator.exporting.local_links import LocalLinks
from generator.exporting.local_scripts import (
    OFFLINE_SCRIPT,
    UnknownFormError,
    bytes_as_script,
    classic_script,
    offline_script,
    text_as_script,
)
from generator.exporting.published_site import PublishedSite
from generator.files.archives import ArchiveEntry
from generator.model import Problem

MAX_DOCUMENTS = 2_000
"""Most documents of a copy with search: every file of the index is a script that a browser keeps
in memory, and every page has its text a second time."""

_FOR_SERVERS = re.compile(
    r"_headers|_redirects|\.nojekyll|robots\.txt|404\.html|sitemap\.xml(\.gz)?|data/manifest\.json"
)
"""Files that only a server or a crawler reads, and the manifest of the pages as they were."""

_MODULES = re.compile(r"(?:assets|search)/((?:search[\w-]*|labels|reading|today)\.js)")
_CLASSIC_SCRIPTS = ("assets/seedbed.js", "assets/listings.js")
_INDEX_FILES = re.compile(r"search/.*\.bin")
_CALENDAR = re.compile(r"calendar/\d\d\.json")
_SEARCH_SCRIPT = re.compile(r'<script type="module" src="([^"]*)assets/search\.js">')
_TEXT_ELEMENTS = "p, li, dd, th, td, h2, h3, h4, h5, h6, pre"
"""Those from which the search takes excerpts (assets/search-passages.js)."""


@dataclass(frozen=True)
class LocalCopy:
    """What becomes of each file of a site in a copy for the disk."""

    site: PublishedSite

    @cached_property
    def has_search(self) -> bool:
        """Whether a browser can search the copy."""
        return len(self.site.documents) <= MAX_DOCUMENTS and self._script is not None

    @cached_property
    def _script(self) -> str | None:
        """The script with all modules; None if the theme's own ones cannot be rewritten."""
        try:
            return offline_script(self._modules)
        except UnknownFormError:
            return None

    @cached_property
    def _modules(self) -> Mapping[str, str]:
        found = {path: _MODULES.fullmatch(path) for path in self.site.digests}
        return {name[1]: self._text(path) for path, name in found.items() if name}

    def _text(self, path: str) -> str:
        return self.site.read(path).decode()

    def entries(self, folder: str) -> Iterator[ArchiveEntry]:
        """Yield the files of the copy, below a folder of the archive."""
        for path, content in self._files():
            yield ArchiveEntry(f"{folder}/{path}", content)

    def _files(self) -> Iterator[tuple[str, bytes]]:
        paths = [path for path in self.site.digests if not _FOR_SERVERS.fullmatch(path)]
        links = LocalLinks(frozenset(paths), self.site.base_path)
        for path in paths:
            if path.endswith(".html"):
                yield from self._page(path, links)
            elif not self.has_search:
                yield path, self.site.read(path)
            else:
                yield from self._searchable(path)
        if self.has_search and self._script:
            yield OFFLINE_SCRIPT, self._script.encode()

    def _page(self, path: str, links: LocalLinks) -> Iterator[tuple[str, bytes]]:
        html = self._text(path)
        local = links.in_html(html, path)
        if not self.has_search:
            yield path, local.encode()
            return
        yield path, _SEARCH_SCRIPT.sub(rf'<script src="\1{OFFLINE_SCRIPT}">', local).encode()
        yield f"{path}.js", text_as_script(path, _searched_text(html))

    def _searchable(self, path: str) -> Iterator[tuple[str, bytes]]:
        """Yield a file, or the script that takes its place."""
        if _MODULES.fullmatch(path):
            return
        if path in _CLASSIC_SCRIPTS:
            yield path, classic_script(self._text(path)).encode()
        elif _INDEX_FILES.fullmatch(path):
            yield f"{path}.js", bytes_as_script(path, self.site.read(path))
        elif _CALENDAR.fullmatch(path):
            yield f"{path}.js", text_as_script(path, _with_pages(self._text(path)))
        else:
            yield path, self.site.read(path)


def _searched_text(html: str) -> str:
    """Return the texts of a page from which a search takes excerpts, and no other HTML."""
    tree = LexborHTMLParser(html)
    article = tree.css_first(".sb-text") or tree.css_first("article")
    found = article.css(_TEXT_ELEMENTS) if article else ()
    texts = (" ".join(node.text().split()) for node in found)
    paragraphs = (f"<p>{escape(text, quote=False)}</p>" for text in texts if text)
    return f"<article>{''.join(paragraphs)}</article>"


def _with_pages(days: str) -> str:
    """Return the documents of a month with the addresses of files, not of folders."""
    calendar = {
        day: [entry | {"page": _page_path(entry["page"])} for entry in entries]
        for day, entries in json.loads(days).items()
    }
    return json.dumps(calendar, ensure_ascii=False)


def _page_path(address: str) -> str:
    return f"{address}index.html" if address.endswith("/") else address


def no_search(copy: LocalCopy) -> Iterator[Problem]:
    """Yield a warning if the copy has no search, with the reason."""
    if copy.has_search:
        return
    count = len(copy.site.documents)
    if count > MAX_DOCUMENTS:
        message = f"the copy has no search: {count:,} documents are more than {MAX_DOCUMENTS:,}"
        hint = (
            "Readers of the copy browse its lists; `seedbed serve` shows the site with its search"
        )
    else:
        message = "the copy has no search: a script of the theme was changed in an unknown way"
        hint = "Compare the scripts in theme/assets with those of `seedbed theme eject`"
    yield Problem("W121", "search", message, hint, severity="warning")
