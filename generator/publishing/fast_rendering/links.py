"""Addresses of links between pages, as MkDocs writes them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mkdocs.utils import get_relative_url

from generator.publishing.fast_rendering.markdown_inline import OtherMarkdownError

if TYPE_CHECKING:
    from mkdocs.structure.files import File


@dataclass(frozen=True, slots=True)
class Links:
    """The links of one page."""

    page: File
    url: Callable[[str], str | None]
    """Returns the address of a file below the site's, or None if there is no such file."""
    known: dict[str, str] = field(default_factory=dict)
    """The addresses of files that the page linked to before."""

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
        folder = posixpath.dirname(self.page.src_uri)
        url = self.url(posixpath.normpath(posixpath.join(folder, unquote(path))))
        if url is None:
            raise OtherMarkdownError(path)
        return get_relative_url(url, self.page.url)
