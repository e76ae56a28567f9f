"""Addresses of links between pages, as MkDocs writes them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from urllib.parse import unquote

from mkdocs.structure.files import File, Files
from mkdocs.utils import get_relative_url

from generator.publishing.direct.inline import OtherMarkdownError


@dataclass(frozen=True, slots=True)
class Links:
    """The links of one page."""

    files: Files
    page: File
    folder: str
    known: dict[str, str] = field(default_factory=dict)
    """The addresses of files that were linked to before."""

    @classmethod
    def for_page(cls, files: Files, page: File) -> Links:
        """Return the links of a page among the files of the site."""
        return cls(files, page, posixpath.dirname(page.src_uri))

    def resolve(self, target: str) -> str:
        """Return the address of a link's target; raise OtherMarkdownError if MkDocs might warn."""
        path, sign, anchor = target.partition("#")
        address = self.known.get(path)
        if address is None:
            address = self.known[path] = self._address(path)
        return f"{address}{sign}{anchor}"

    def _address(self, path: str) -> str:
        if not path or path.startswith("/"):
            raise OtherMarkdownError(path)
        name = posixpath.normpath(posixpath.join(self.folder, unquote(path)))
        file = self.files.get_file_from_path(name)
        if file is None or file.inclusion.is_excluded():
            raise OtherMarkdownError(path)
        return get_relative_url(file.url, self.page.url)
