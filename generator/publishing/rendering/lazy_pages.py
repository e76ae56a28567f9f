"""All pages for templates, which use only the addresses of most of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast, overload
from urllib.parse import urljoin, urlsplit

from markupsafe import escape

from generator.model import PagePath
from generator.publishing.rendering.lazy_files import FilePaths
from generator.publishing.rendering.output_paths import has_default_path
from generator.publishing.rendering.renderer import EPOCH

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File


class _LazyFile:
    """The file of a page by its path; it is created when any other attribute is requested.

    Few attributes of few of these are, and MkDocs lists them all, so that each must be small.
    """

    __slots__ = ("_pages", "src_uri")

    def __init__(self, src_uri: str, pages: LazyPages) -> None:
        self.src_uri = src_uri
        self._pages = pages

    @property
    def page(self) -> _LazyPage:
        """The page."""
        return _LazyPage(self.src_uri, self._pages)

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the file itself."""
        return getattr(self._pages.create(self.src_uri), name)


class _LazyPage:
    """The addresses of a page; it is created when another attribute is requested."""

    __slots__ = ("_pages", "_path")
    update_date = EPOCH
    is_link = False

    def __init__(self, path: str, pages: LazyPages) -> None:
        self._path = path
        self._pages = pages

    @property
    def canonical_url(self) -> str | None:
        """The whole address; None if that of the site is not known."""
        return self._pages.address(self._path, self._pages.root)

    @property
    def abs_url(self) -> str | None:
        """The same without the host."""
        return self._pages.address(self._path, urlsplit(self._pages.root).path)

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the page itself."""
        return getattr(self._pages.create(self._path).page, name)


class LazyPages(Sequence["File"]):
    """Pages of a site in order; `create` returns one of them, by its path, as MkDocs creates it."""

    def __init__(
        self, paths: Sequence[str], create: Callable[[str], File], config: MkDocsConfig
    ) -> None:
        self._paths = paths
        self.create = create
        self._file_paths = FilePaths.from_config(config)
        self.root = urljoin(f"{config.site_url.removesuffix('/')}/", ".") if config.site_url else ""

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self._paths)

    def sitemap_entries(self, days: Mapping[PagePath, str]) -> str:
        """Return the entries of the theme's sitemap, in a tenth of the time of its template.

        `days` are those on which pages changed, by path. Without an address of the site there is no
        entry.
        """
        return "".join(
            f"\n  <url><loc>{location}</loc>{_last_modified(days.get(PagePath(path)))}</url>"
            for path, location in zip(self._paths, self._locations(), strict=True)
            if location
        )

    def _locations(self) -> Iterator[str]:
        """Yield the address of each page as it is in XML; an empty one if it is not known."""
        root = escape(self.root)
        for path in self._paths:
            if not has_default_path(path):
                page: Any = self.create(path).page
                yield escape(page.canonical_url or "")
            else:  # nothing is left to escape in it
                yield f"{root}{self._file_paths.default_url(path)}" if root else ""

    @cached_property
    def _pages(self) -> list[File]:
        """All pages; cached, because MkDocs iterates over them twice."""
        return [*map(self._page, self._paths)]

    @overload
    def __getitem__(self, index: int) -> File: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[File]: ...
    def __getitem__(self, index: int | slice) -> File | Sequence[File]:
        """Return a page, or a slice of pages."""
        return self._pages[index]

    def address(self, path: str, root: str) -> str | None:
        """Return the address of a page that has a default path, below the site's."""
        return f"{root}{self._file_paths.default_url(path)}" if self.root else None

    def _page(self, path: str) -> File:
        return cast("File", _LazyFile(path, self)) if has_default_path(path) else self.create(path)


def _last_modified(day: str | None) -> str:
    return f"<lastmod>{day}</lastmod>" if day else ""
