"""What a worker is told, once, in plain values: enough to render any page as the parent would."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import load_config
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.nav import get_navigation

from generator.publishing.rendering.lazy_files import FilePaths, LazyFiles
from generator.publishing.rendering.renderer import Renderer
from generator.publishing.rendering.shared_inputs import config_fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import BytecodeCache
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.toc import TableOfContents


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
class RenderJob:
    """How the pages of one build are rendered."""

    config_file: str
    overrides: Mapping[str, Any]
    """What the command line said otherwise than mkdocs.yml."""
    config_fingerprint: str
    """Digest of the configuration, which the worker's own must have too."""
    inclusion_levels: Mapping[str, int]
    """Every file that a link can lead to, with its level of inclusion."""
    nav: tuple[NavPage, ...]
    rendered_folder: str
    """The folder in which rendered pages stand between builds."""
    level: int
    """From which level on MkDocs' messages are wanted."""
    templates: BytecodeCache | None = None
    """Where compiled templates are kept."""

    def renderer(self) -> Renderer:
        """Load what MkDocs needs; raises ConfigurationError when it is not what the parent has."""
        logging.getLogger("mkdocs").setLevel(self.level)
        logging.getLogger("mkdocs").propagate = False  # the parent says it
        config = load_config(config_file=self.config_file, **self.overrides)
        config = config.plugins.on_config(config)
        if config_fingerprint(config) != self.config_fingerprint:
            raise ConfigurationError("a worker process reads another configuration")
        files = _FileTable(self.inclusion_levels, self.nav, config)
        nav = get_navigation(files, config)
        for told, page in zip(self.nav, nav.pages, strict=True):
            page.title, page.meta, page.toc = told.title, dict(told.meta), told.toc
        env = config.theme.get_env()
        env.bytecode_cache = self.templates
        return Renderer(config, env, nav, files, Path(self.rendered_folder))


def make_job(renderer: Renderer) -> RenderJob:
    """Describe what this process would render with, for another to do the same."""
    names = ("site_dir", "site_url", "strict", "use_directory_urls")
    return RenderJob(
        config_file=renderer.config.config_file_path or "mkdocs.yml",
        overrides={name: renderer.config[name] for name in names},
        config_fingerprint=config_fingerprint(renderer.config),
        inclusion_levels=renderer.files.levels(),
        nav=tuple(
            NavPage(page.file.src_uri, page.title, page.meta, page.toc)
            for page in renderer.nav.pages
        ),
        rendered_folder=str(renderer.rendered_folder),
        level=logging.getLogger("mkdocs").getEffectiveLevel(),
        templates=renderer.env.bytecode_cache,
    )


class _FileTable(LazyFiles):
    """The files of a site by name only; of the pages it lists those of the navigation."""

    def __init__(
        self, table: Mapping[str, int], nav: tuple[NavPage, ...], config: MkDocsConfig
    ) -> None:
        place = FilePaths.from_config(config)
        self._nav = [place.file(page.path, InclusionLevel(table[page.path])) for page in nav]
        super().__init__(self._nav, table, place)

    def documentation_pages(
        self, *, inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included
    ) -> list[File]:
        """List the pages of the navigation, which is made of them."""
        return [file for file in self._nav if inclusion(file.inclusion)]
