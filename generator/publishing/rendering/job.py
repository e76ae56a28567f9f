"""The job of a worker: plain values with which it renders any page as its parent would."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from mkdocs.config import load_config
from mkdocs.exceptions import BuildError, MkDocsException
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.nav import get_navigation

from generator.publishing import late_script
from generator.publishing.fast_rendering.page_renderer import DirectRenderer
from generator.publishing.rendering.file_levels import FileLevels
from generator.publishing.rendering.lazy_files import FilePaths, LazyFiles
from generator.publishing.rendering.renderer import Renderer
from generator.publishing.rendering.shared_inputs import config_fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import BytecodeCache
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.toc import TableOfContents


class ConfigurationError(BuildError):
    """A worker loads another configuration than its parent, as with `mkdocs build --theme`."""


class NavPage(msgspec.Struct, frozen=True):
    """A page of the navigation, with what the templates of other pages may show of it."""

    path: str
    title: str | None
    meta: Mapping[str, Any]
    toc: TableOfContents


class RenderJob(msgspec.Struct, frozen=True):
    """Everything that a worker needs to render the pages of one build."""

    config_file: Path
    overrides: Mapping[str, Any]
    """Settings from the command line that differ from mkdocs.yml."""
    config_fingerprint: str
    """Digest of the configuration, which that of the worker must equal."""
    inclusion_levels: FileLevels
    """Every file that a link can lead to, with its inclusion level."""
    nav: tuple[NavPage, ...]
    rendered_folder: Path
    """The folder that keeps rendered pages between builds."""
    level: int
    """The lowest level of MkDocs' messages that are collected."""
    is_direct: bool
    """Whether pages are rendered without Python-Markdown where that is sure."""
    templates: BytecodeCache | None = None
    """The cache of compiled templates."""
    compared: frozenset[str] = frozenset()
    """The pages that are rendered by MkDocs too."""

    def renderer(self) -> Renderer:
        """Load the configuration; raise ConfigurationError if it differs from the parent's."""
        logging.getLogger("mkdocs").setLevel(self.level)
        logging.getLogger("mkdocs").propagate = False  # the parent logs it
        try:
            config = load_config(config_file=str(self.config_file), **self.overrides)
        except MkDocsException as error:  # as it names a file that a worker of a cluster lacks
            raise ConfigurationError("a worker process cannot read the configuration") from error
        config = config.plugins.on_config(config)
        late_script.set_flag(config)
        if config_fingerprint(config) != self.config_fingerprint:
            raise ConfigurationError("a worker process reads another configuration")
        files = _FileTable(self.inclusion_levels, self.nav, config)
        nav = get_navigation(files, config)
        for nav_page, page in zip(self.nav, nav.pages, strict=True):
            page.title, page.meta, page.toc = (
                nav_page.title,
                dict(nav_page.meta),
                nav_page.toc,
            )
        env = config.theme.get_env()
        env.bytecode_cache, env.auto_reload = self.templates, False
        direct = DirectRenderer.for_site(config, env, nav, files) if self.is_direct else None
        return Renderer(config, env, nav, files, self.rendered_folder, direct, self.compared)


def make_job(renderer: Renderer) -> RenderJob:
    """Return a job with which another process renders like this renderer."""
    names = ("site_dir", "site_url", "strict", "use_directory_urls")
    return RenderJob(
        config_file=Path(renderer.config.config_file_path or "mkdocs.yml"),
        overrides={name: renderer.config[name] for name in names},
        config_fingerprint=config_fingerprint(renderer.config),
        inclusion_levels=renderer.files.levels(),
        nav=tuple(
            NavPage(page.file.src_uri, page.title, page.meta, page.toc)
            for page in renderer.nav.pages
        ),
        rendered_folder=renderer.rendered_folder,
        level=logging.getLogger("mkdocs").getEffectiveLevel(),
        is_direct=renderer.direct is not None,
        templates=renderer.env.bytecode_cache,
        compared=renderer.compared,
    )


class _FileTable(LazyFiles):
    """The files of a site by name; only the pages of the navigation are listed."""

    def __init__(
        self, inclusion_levels: FileLevels, nav: tuple[NavPage, ...], config: MkDocsConfig
    ) -> None:
        paths = FilePaths.from_config(config)
        self._nav = [
            paths.file(page.path, InclusionLevel(inclusion_levels[page.path])) for page in nav
        ]
        super().__init__(self._nav, inclusion_levels, paths)

    def documentation_pages(
        self, *, inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included
    ) -> list[File]:
        """Return the pages of the navigation, from which MkDocs builds it."""
        return [file for file in self._nav if inclusion(file.inclusion)]
