"""Addresses of links between pages, as MkDocs writes them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import unquote

import msgspec
from mkdocs.utils import get_relative_url

from generator.publishing.fast_rendering.markdown_inline import OtherMarkdownError

if TYPE_CHECKING:
    from mkdocs.structure.files import File


class Links(msgspec.Struct, frozen=True):
    """The links of one page."""

    page: File
    url: Callable[[str], str | None]
    """Returns the address of a file below the site's, or None if there is no such file."""
    folder: str
    """The folder of the page's Markdown, with a slash at its end unless it is the docs folder."""
    to_root: str
    """The relative address of the site's root, empty on a page there."""
    known: dict[str, str] = msgspec.field(default_factory=dict)
    """The addresses of files that the page linked to before."""

    @classmethod
    def of_page(cls, page: File, url: Callable[[str], str | None]) -> Links:
        """Return the links of a page, before any is resolved."""
        folder, slash, _ = page.src_uri.rpartition("/")
        root = get_relative_url("", page.url)
        return cls(page, url, folder + slash, "" if root == "." else f"{root}/")

    def resolve(self, target: str) -> str:
        """Return the address of a link's target; raise OtherMarkdownError if MkDocs may warn."""
        path, hash_character, anchor = target.partition("#")
        address = self.known.get(path)
        if address is None:
            address = self.known[path] = self._address(path)
        return f"{address}{hash_character}{anchor}"

    def _address(self, path: str) -> str:
        if not path or path.startswith("/"):
            raise OtherMarkdownError(path)
        url = self.url(posixpath.normpath(self.folder + unquote(path)))
        if url is None:
            raise OtherMarkdownError(path)
        top = url.partition("/")[0]
        if top in (".", self.page.url.partition("/")[0]):
            return get_relative_url(url, self.page.url)
        return self.to_root + url  # a fifth of the time
