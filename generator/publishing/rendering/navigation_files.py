"""The files of a site for MkDocs, which is to render only the pages of the navigation.

MkDocs uses its collection of files in two ways. For the navigation, the sitemap and links it
requests all pages or one. In its two rendering loops it requests the pages of an inclusion level.
The hook `on_files` replaces the collection by one that returns only the pages of the navigation for
the second kind of request.
"""

from __future__ import annotations

import itertools
import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.files.names_by_folder import paths_ending
from generator.files.snapshot import Snapshot
from generator.publishing.rendering.lazy_files import FilePaths, LazyFiles, RevealedDocs
from generator.publishing.rendering.lazy_pages import LazyPages
from generator.publishing.rendering.navigation_pages import NavigationPages
from generator.publishing.rendering.output_paths import PAGE, has_default_path
from generator.publishing.rendering.renderer import EPOCH, Renderer
from generator.publishing.rendering.shared_inputs import PAGES
from generator.publishing.rendering.write_site import (
    SiteFiles,
    own_and_other_files,
    rendered_file,
)

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.plugins import BasePlugin

_HARMLESS_EVENTS = frozenset(
    "startup shutdown serve config pre_build post_build build_error".split()
)
"""Events of plugins that do not change pages."""

_OWN_TEMPLATES = frozenset({"404.html", "sitemap.xml"})
"""The static templates of MkDocs and Material, which use only the addresses of all pages."""


class NavigationFiles(LazyFiles):
    """All files for lookups, but only the pages of the navigation for MkDocs' rendering loops."""

    def __init__(
        self,
        revealed: RevealedDocs,
        docs: Snapshot,
        own_files: Path,
        config: MkDocsConfig,
        deliver: Callable[[SiteFiles], None],
    ) -> None:
        super().__init__(revealed.files, revealed.levels, FilePaths.from_config(config))
        self.nav = Navigation([], [])
        self.docs = docs
        """The snapshot of the docs folder."""
        self._own_files = own_files
        """The list of the files that Seedbed wrote into it."""
        self._config = config
        self.pages_outside_nav: dict[str, None] = {}
        """The paths of pages that MkDocs' own loops leave out, in order."""
        self.translated = NavigationPages(config)
        """The pages of the navigation that are translated, after `take_over_pages`."""
        self.all_pages: Sequence[File] = ()
        """All pages, after `take_over_pages`."""
        self.changed_folders: Set[str] | None = None
        """The folders of which files are delivered; None: all."""
        self.rendered_folder = Snapshot({})
        """The folder of rendered pages, as it is now."""
        self.pending_pages: Mapping[str, str] = {}
        """The pages to be rendered on request: output path to Markdown path."""
        self.renderer: Renderer | None = None
        """Renders one of them, and any other page."""
        self._deliver = deliver

    def documentation_pages(
        self, *, inclusion: Callable[[InclusionLevel], bool] | None = None
    ) -> Sequence[File]:
        """Return all pages, or those for MkDocs to render that have an inclusion level.

        Before `take_over_pages`, pages known by name only are left out.
        """
        if inclusion is None:
            return self.all_pages or super().documentation_pages()
        pages = super().documentation_pages(inclusion=inclusion)
        return [file for file in pages if file.src_uri not in self.pages_outside_nav]

    def page(self, path: str) -> File:
        """Return a page as MkDocs creates it."""
        file = self.get_file_from_path(path)
        if file is None:
            raise BuildError(f"'{path}' is not among the files of the site")
        if not file.page:
            Page(None, file, self._config).update_date = EPOCH
        return file

    def copy_static_files(
        self,
        dirty: bool = False,
        *,
        inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included,
    ) -> None:
        """Deliver the files that are not pages, and the pages that MkDocs does not render."""
        others: dict[str, str] = {}
        for file in self:
            if file.is_documentation_page() or not inclusion(file.inclusion):
                continue
            if file.abs_src_path:
                others[file.dest_uri] = file.abs_src_path
            else:
                file.copy_file(dirty)
        docs, folder = self._docs_to_deliver(), self.rendered_folder
        files = own_and_other_files(docs, self.names, self.names.folders, others, self._own_files)
        single = self._rendered(itertools.filterfalse(has_default_path, self.pages_outside_nav))
        linked = {path: f"{folder.root}{os.sep}{file}" for path, file in single.items()}
        self._deliver(
            replace(
                files,
                linked={**linked, **files.linked},
                pages=self._rendered(filter(has_default_path, self._pages_below(docs))),
                scanned=(self.docs, folder),
                rendered=folder,
            )
        )

    def _docs_to_deliver(self) -> Snapshot:
        """Return the docs folder, or only the folders in which anything may have changed."""
        if self.changed_folders is None:
            return self.docs
        listings = self.docs.listings
        changed = {below: listings[below] for below in self.changed_folders & listings.keys()}
        return Snapshot(changed, self.docs.root)

    def _pages_below(self, docs: Snapshot) -> Iterable[str]:
        """Return the pages outside the navigation in these folders."""
        if docs is self.docs:
            return self.pages_outside_nav
        return filter(self.pages_outside_nav.__contains__, paths_ending(docs.names, PAGE))

    def _rendered(self, pages: Iterable[str]) -> dict[str, str]:
        """Return the output paths of pages, each with its file below the rendered folder."""
        return {path: rendered_file(path) for path in map(self.output_path, pages)}


def can_render_apart(
    config: MkDocsConfig, own_plugin: BasePlugin[Any], variables: Collection[str]
) -> bool:
    """Whether each page can be rendered separately, by templates that use these variables.

    It cannot if another plugin or hook changes pages, if a template of the project uses all pages,
    or if MkDocs is to check anchors while rendering.
    """
    return (
        not any(_other_handlers(config, own_plugin))
        and not config.extra_templates
        and config.theme.static_templates <= _OWN_TEMPLATES
        and config.validation.links.anchors <= logging.INFO
        and PAGES not in variables
    )


def take_over_pages(files: NavigationFiles, nav: Navigation, config: MkDocsConfig) -> None:
    """Exclude all pages outside the navigation from MkDocs' rendering loops."""
    shown = {page.file.src_uri for page in nav.pages}
    for file in files.documentation_pages():
        if file.page:
            file.page.update_date = EPOCH
    pages = files.pages()
    files.nav, files.all_pages = nav, LazyPages(pages, files.page, config)
    files.pages_outside_nav = dict.fromkeys(path for path in pages if path not in shown)
    files.translated = NavigationPages.of_site(nav, config)


def _other_handlers(config: MkDocsConfig, own_plugin: BasePlugin[Any]) -> Iterator[object]:
    for event, handlers in config.plugins.events.items():
        if event not in _HARMLESS_EVENTS:
            yield from (
                handler for handler in handlers if getattr(handler, "__self__", None) != own_plugin
            )
