"""All pages as templates see them, who ask for the addresses of most and for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, cast, overload
from urllib.parse import quote, urljoin, urlsplit

from generator.publishing.rendering.lazy_files import default_output_path, has_default_path
from generator.publishing.rendering.renderer import EPOCH

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File


class LazyAttributes:
    """Some attributes of a thing, which is made when somebody asks for another one."""

    def __init__(self, make: Callable[[], object], **known: object) -> None:
        self.__dict__.update(known)
        self._make = make

    def __getattr__(self, name: str) -> Any:
        """Ask the thing itself."""
        return getattr(self._make(), name)


class LazyPages(Sequence["File"]):
    """Pages of a site in their order; `make` gives one of them, by its path, as MkDocs has it."""

    def __init__(
        self, paths: Sequence[str], make: Callable[[str], File], config: MkDocsConfig
    ) -> None:
        self._paths = paths
        self._make = make
        self._folders = config.use_directory_urls
        self._root = (
            urljoin(f"{config.site_url.removesuffix('/')}/", ".") if config.site_url else ""
        )
        self._path = urlsplit(self._root).path

    def __len__(self) -> int:
        """Count the pages."""
        return len(self._paths)

    @cached_property
    def _pages(self) -> list[File]:
        """All of them, which MkDocs goes through twice."""
        return [*map(self._page, self._paths)]

    @overload
    def __getitem__(self, index: int) -> File: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[File]: ...
    def __getitem__(self, at: int | slice) -> File | Sequence[File]:
        """Give a page, or several."""
        return self._pages[at]

    def _page(self, path: str) -> File:
        if not has_default_path(path):
            return self._make(path)
        make = partial(self._make, path)
        place = default_output_path(path)
        url = quote(place.removesuffix("index.html") if self._folders else place)
        page = LazyAttributes(
            lambda: make().page,
            canonical_url=f"{self._root}{url}" if self._root else None,
            abs_url=f"{self._path}{url}" if self._root else None,
            update_date=EPOCH,
            is_link=False,
        )
        return cast("File", LazyAttributes(make, src_uri=path, page=page))
