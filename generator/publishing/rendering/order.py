"""What a worker is told, once, in plain values: enough to render any page as the parent would."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from types import FunctionType
from typing import TYPE_CHECKING, Any

from mkdocs.config import load_config
from mkdocs.exceptions import BuildError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import get_navigation

from generator.publishing.rendering.renderer import Renderer

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.toc import TableOfContents

_UNSEEN = frozenset(
    # Where a site goes, how it is watched and built, and what the table of files says already.
    "dev_addr docs_dir draft_docs exclude_docs nav not_in_nav site_dir strict watch".split()
)


class ConfigurationError(BuildError):
    """The configuration cannot be loaded again: `mkdocs build --theme` says what no file says."""


@dataclass(frozen=True, slots=True)
class NavPage:
    """A page of the navigation, as every page's template may show it."""

    path: str
    title: str | None
    meta: Mapping[str, Any]
    toc: TableOfContents


@dataclass(frozen=True, slots=True)
class Order:
    """How the pages of one build are rendered."""

    config_file: str
    overrides: Mapping[str, Any]
    """What the command line said otherwise than mkdocs.yml."""
    configuration: str
    """Digest of the configuration, which the worker's own must have too."""
    table: Mapping[str, int]
    """Every file that a link can lead to, with its level of inclusion."""
    nav: tuple[NavPage, ...]
    level: int
    """From which level on MkDocs' messages are wanted."""

    def renderer(self) -> Renderer:
        """Load what MkDocs needs; raises ConfigurationError when it is not what the parent has."""
        logging.getLogger("mkdocs").setLevel(self.level)
        logging.getLogger("mkdocs").propagate = False  # the parent says it
        config = load_config(config_file=self.config_file, **self.overrides)
        config = config.plugins.on_config(config)
        if configuration(config) != self.configuration:
            raise ConfigurationError("a worker process reads another configuration")
        files = _Table(self.table, self.nav, config)
        nav = get_navigation(files, config)
        for told, page in zip(self.nav, nav.pages, strict=True):
            page.title, page.meta, page.toc = told.title, dict(told.meta), told.toc
        return Renderer(config, config.theme.get_env(), nav, files)


def order(config: MkDocsConfig, nav: Navigation, files: Files) -> Order:
    """Describe a build, once the pages of its navigation are populated."""
    names = ("site_dir", "site_url", "strict", "use_directory_urls")
    return Order(
        config_file=config.config_file_path or "mkdocs.yml",
        overrides={name: config[name] for name in names},
        configuration=configuration(config),
        table={file.src_uri: file.inclusion.value for file in files},
        nav=tuple(
            NavPage(page.file.src_uri, page.title, page.meta, page.toc) for page in nav.pages
        ),
        level=logging.getLogger("mkdocs").getEffectiveLevel(),
    )


def configuration(config: MkDocsConfig) -> str:
    """Give a digest of all in a configuration that a page can show."""
    shown = {key: value for key, value in config.items() if key not in _UNSEEN}
    return hashlib.sha256(json.dumps(shown, default=_plain).encode()).hexdigest()


def _plain(value: object) -> object:
    """Describe a value that JSON does not know, without its place in memory."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if isinstance(value, partial):
        return [value.func, value.args, value.keywords]
    if isinstance(value, BasePlugin):
        return dict(value.config)
    named = value if isinstance(value, FunctionType | type) else type(value)
    if named == value or getattr(named, "__str__", None) is object.__str__:
        return f"{named.__module__}.{named.__qualname__}"
    return str(value)


class _Table(Files):
    """The files of a site by name only: each becomes a `File` when somebody asks for it."""

    def __init__(
        self, table: Mapping[str, int], nav: tuple[NavPage, ...], config: MkDocsConfig
    ) -> None:
        super().__init__(())
        self._table = table
        self._nav = nav
        self._config = config

    def get_file_from_path(self, path: str) -> File | None:
        name = PurePath(path).as_posix()
        found = super().get_file_from_path(name)
        if found is None and name in self._table:
            found = File(
                name,
                self._config.docs_dir,
                self._config.site_dir,
                self._config.use_directory_urls,
                inclusion=InclusionLevel(self._table[name]),
            )
            self.append(found)
        return found

    def documentation_pages(
        self, *, inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included
    ) -> list[File]:
        """List the pages of the navigation, which is made of them."""
        found = (self.get_file_from_path(page.path) for page in self._nav)
        return [file for file in found if file and inclusion(file.inclusion)]
