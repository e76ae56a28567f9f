"""All pages for templates, which use only the addresses of most of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
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


class LazyAttributes:
    """Some attributes of an object, which is created when another attribute is requested."""

    def __init__(self, create: Callable[[], object], **attributes: object) -> None:
        self.__dict__.update(attributes)
        self._create = create

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the object itself."""
        return getattr(self._create(), name)


class LazyPages(Sequence["File"]):
    """Pages of a site in order; `create` returns one of them, by its path, as MkDocs creates it."""

    def __init__(
        self, paths: Sequence[str], create: Callable[[str], File], config: MkDocsConfig
    ) -> None:
        self._paths = paths
        self._create = create
        self._file_paths = FilePaths.from_config(config)
        self._root = (
            urljoin(f"{config.site_url.removesuffix('/')}/", ".") if config.site_url else ""
        )
        self._path = urlsplit(self._root).path

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
        root = escape(self._root)
        for path in self._paths:
            if not has_default_path(path):
                page: Any = self._create(path).page
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

    def _page(self, path: str) -> File:
        if not has_default_path(path):
            return self._create(path)
        create = partial(self._create, path)
        url = self._file_paths.default_url(path)
        page = LazyAttributes(
            lambda: create().page,
            canonical_url=f"{self._root}{url}" if self._root else None,
            abs_url=f"{self._path}{url}" if self._root else None,
            update_date=EPOCH,
            is_link=False,
        )
        return cast("File", LazyAttributes(create, src_uri=path, page=page))


def _last_modified(day: str | None) -> str:
    return f"<lastmod>{day}</lastmod>" if day else ""
