"""The documents of a site, or of one of its collections, as the chapters of a book."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode
from slugify import slugify

from generator.checking.built_page import ARTICLE, resolve_link
from generator.exporting.published_site import PublishedDocument, PublishedSite
from generator.exporting.xhtml import XhtmlWriter
from generator.model import coded_error, did_you_mean

_HEAD = ".sb-head > :not(.sb-kicker), .sb-note"
"""What is above the text of a document, as far as a book has it."""

_RIGHTS = ".sb-rights"
_WEB_ADDRESS = re.compile(r"(?:https?://|mailto:)[!#-;=?-Z_a-z~]+")
"""An address that no reader of books refuses."""

_PICTURE = re.compile(r"[0-9a-f]{16}\.(?:jpg|png)")
"""The name of a picture is a digest of its content, so it is the same in every folder."""


class Chapter(msgspec.Struct, frozen=True):
    """A document in a book."""

    name: str
    """The name of its file."""
    title: str
    language: str
    address: str
    """Of its page, below the site."""
    body: str
    """XHTML."""
    pictures: tuple[str, ...]
    """The paths of its pictures, below the site."""


@dataclass(frozen=True)
class Book:
    """Some documents of a site, in the order of their dates."""

    site: PublishedSite
    folder: str | None = None
    """Of a collection, below the folder of seeds; None for the whole corpus."""

    @cached_property
    def documents(self) -> Sequence[PublishedDocument]:
        """The documents; those without a date come last.

        Raises SeedbedError if there is none.
        """
        found = [document for document in self.site.documents if self._has(document)]
        if not found:
            raise self._is_empty()
        return sorted(found, key=lambda document: (document.date or "~", document.path))

    def _has(self, document: PublishedDocument) -> bool:
        return self.folder is None or document.path.startswith(f"{self.folder.strip('/')}/")

    def _is_empty(self) -> Exception:
        if self.folder is None:
            return coded_error("E082", self.site.name, "there is no document", "Add seeds")
        folders = {posixpath.dirname(document.path) for document in self.site.documents} - {""}
        known = ", ".join(sorted(folders)[:20]) or "none"
        hint = did_you_mean(self.folder, folders, f"Folders with documents: {known}")
        return coded_error("E082", self.folder, "there is no document in this folder", hint)

    @property
    def slug(self) -> str:
        """The name of the book as a name of files."""
        folder = f"-{slugify(self.folder)}" if self.folder else ""
        return f"{self.site.slug}{folder}"

    @cached_property
    def title(self) -> str:
        """The name of the site, and of the collection."""
        if self.folder is None:
            return self.site.name
        return f"{self.site.name}: {self._collection_title(self.folder.strip('/'))}"

    def _collection_title(self, folder: str) -> str:
        page = f"collections/{folder}/index.html"
        if page not in self.site.digests:
            return folder
        heading = LexborHTMLParser(self.site.read(page).decode()).css_first("h1")
        return heading.text().strip() if heading else folder

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The file of each chapter, by the page of its document."""
        digits = max(4, len(str(len(self.documents))))
        numbered = enumerate(self.documents, 1)
        return {document.page: f"{number:0{digits}}.xhtml" for number, document in numbered}

    def chapters(self) -> Iterator[Chapter]:
        """Yield the chapters, one at a time."""
        for document in self.documents:
            yield self._chapter(document)

    def _chapter(self, document: PublishedDocument) -> Chapter:
        tree = LexborHTMLParser(self.site.read(document.page).decode())
        page = _Page(self, document.page, frozenset(_ids(tree)))
        pictures = tuple(dict.fromkeys(page.pictures(tree)))
        return Chapter(
            self.names[document.page],
            document.title,
            document.language or self.site.language,
            document.address,
            page.body(tree),
            pictures,
        )


class _Page(msgspec.Struct, frozen=True):
    """The page of a document, on its way into a book."""

    book: Book
    path: str
    ids: frozenset[str]

    def body(self, tree: LexborHTMLParser) -> str:
        """Return what the book has of the page."""
        writer = XhtmlWriter(self._link, self._picture)
        head = "\n".join(map(writer.element, tree.css(_HEAD)))
        article = tree.css_first(ARTICLE)
        text = writer.content(article) if article else ""
        direction = ' dir="rtl"' if _is_rightward(tree) else ""
        rights = "\n".join(writer.element(node) for node in tree.css(_RIGHTS))
        return f'<header>{head}</header>\n<div class="text"{direction}>{text}</div>\n{rights}'

    def pictures(self, tree: LexborHTMLParser) -> Iterator[str]:
        """Yield the paths of the pictures in the text."""
        for node in tree.css(f"{ARTICLE} img"):
            path = posixpath.join(posixpath.dirname(self.path), node.attributes.get("src") or "")
            if self._picture(node.attributes.get("src") or ""):
                yield path

    def _picture(self, source: str) -> str | None:
        path = posixpath.join(posixpath.dirname(self.path), source)
        if _PICTURE.fullmatch(source) and path in self.book.site.digests:
            return f"pictures/{source}"
        return None

    def _link(self, target: str) -> str | None:
        if target.startswith("#"):
            return target if target[1:] in self.ids else None
        if _WEB_ADDRESS.fullmatch(target):
            return target
        try:
            path = resolve_link(self.path, target, self.book.site.base_path)
        except ValueError:  # no URL
            return None
        return None if path is None else self.book.names.get(posixpath.join(path, "index.html"))


def _ids(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css(f"{ARTICLE} [id]"):
        yield str(node.attributes["id"])


def _is_rightward(tree: LexborHTMLParser) -> bool:
    article: LexborNode | None = tree.css_first("article")
    return article is not None and article.attributes.get("dir") == "rtl"
