"""The files of a site, most of them by name only.

MkDocs creates a `File` for everything in the docs folder and a `Page` for all Markdown, and
computes the output path of each. Nearly all of them are needed only if a link leads to them: data
files next to pages, and pages outside the navigation. So MkDocs gets an empty folder to list, and
then, in its hook `on_files`, a collection that creates a `File` when it is requested.
"""

from __future__ import annotations

import logging
import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import chain
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import msgspec
from mkdocs.structure.files import File, Files, InclusionLevel, file_sort_key, get_files
from mkdocs.structure.nav import get_navigation
from mkdocs.utils import is_markdown_file

from generator.files import folders
from generator.files.names_by_folder import NamesByFolder, paths_of, split_names
from generator.files.snapshot import Snapshot
from generator.publishing.rendering.file_levels import FileLevels
from generator.publishing.rendering.output_paths import (
    PAGE,
    default_output_path,
    has_default_path,
)

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class LazyFiles(Files):
    """Files that are created when requested, for example by a link, and record the requests."""

    def __init__(self, files: Iterable[File], names: FileLevels, paths: FilePaths) -> None:
        super().__init__(files)
        self.requested: set[str] = set()
        self.names = names
        """Files known by name only, each with its inclusion level."""
        self._paths = paths
        self._loaded: list[File] = []

    def __contains__(self, path: str) -> bool:
        return super().__contains__(path) or PurePath(path).as_posix() in self.names

    def get_file_from_path(self, path: str) -> File | None:
        """Return a file, and record the request."""
        name = PurePath(path).as_posix()
        if name in self.names and name not in self.src_uris:
            self._loaded.append(self._paths.file(name, InclusionLevel(self.names[name])))
            self.append(self._loaded[-1])
        file = super().get_file_from_path(name)
        if file:
            self.requested.add(file.src_uri)
        return file

    def url(self, path: str) -> str | None:
        """Return the address of a file below the site's; None if it is not published.

        The request is recorded. No `File` is created for a page whose address is known.
        """
        level = self.names.get(path)
        if level is None or path in self.src_uris or not has_default_path(path):
            file = self.get_file_from_path(path)
            return None if file is None or file.inclusion in _UNPUBLISHED else file.url
        self.requested.add(path)
        return None if level in UNPUBLISHED_LEVELS else self._paths.default_url(path)

    def forget_loaded(self) -> None:
        """Release the files that were created on request, and their pages."""
        for file in self._loaded:
            self.remove(file)
        self._loaded.clear()

    def levels(self) -> FileLevels:
        """Return every file with its inclusion level."""
        return self.names.with_others({file.src_uri: file.inclusion.value for file in self})

    def pages(self) -> list[str]:
        """Return all pages in MkDocs' order, created or not."""
        named = chain(self.names.pages(), filter(has_default_path, self.names.others))
        keys = {name: name[: -len(PAGE)].replace("/", "\0") for name in named} | {
            file.src_uri: _sort_key(file) for file in super().documentation_pages()
        }
        return sorted(keys, key=keys.__getitem__)

    def output_path(self, page: str) -> str:
        """Return the path of a page in the site."""
        file = self.src_uris.get(page)
        return file.dest_uri if file else default_output_path(page)


_UNPUBLISHED = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
UNPUBLISHED_LEVELS = frozenset(level.value for level in _UNPUBLISHED)

_UNQUOTED = re.compile(r"[\w./~-]*", re.ASCII)
"""An address that needs no quoting; `quote` takes five times as long to find that out."""


def _sort_key(file: File) -> str:
    """Return the sort key of a page, which sorts as MkDocs' key, of lists, in a third of the time.

    A character that no path has ends the name of each folder, so that pages precede what is below.
    The key of the page of a folder is that of the folder.
    """
    folder, slash, name = file.src_uri.rpartition("/")
    return f"{folder}{slash}".replace("/", "\0") + f"\0{0 if file.name == 'index' else 1}{name}"


class FilePaths(msgspec.Struct, frozen=True):
    """The folders of sources and of output."""

    docs: str
    site: str
    use_directory_urls: bool

    @classmethod
    def from_config(cls, config: MkDocsConfig) -> FilePaths:
        """Return the paths of a configuration."""
        return cls(config.docs_dir, config.site_dir, config.use_directory_urls)

    def default_url(self, page: str) -> str:
        """Return the address of a page that has a default path."""
        is_folder = self.use_directory_urls
        path = page.removesuffix("index.md") if is_folder else default_output_path(page)
        return path if _UNQUOTED.fullmatch(path) else quote(path)

    def file(self, name: str, level: InclusionLevel = InclusionLevel.UNDEFINED) -> File:
        """Create a file of the docs folder."""
        return File(name, self.docs, self.site, self.use_directory_urls, inclusion=level)


class RevealedDocs(NamedTuple):
    """A docs folder that was hidden from MkDocs, as its files."""

    files: Iterable[File]
    """The files that are created at once."""
    levels: FileLevels
    """The names of all others, with the levels of their inclusion."""


class HiddenDocs(msgspec.Struct, frozen=True):
    """A docs folder that is hidden from MkDocs, which lists an empty one instead."""

    paths: FilePaths
    snapshot: Snapshot
    """The snapshot of the docs folder."""

    def reveal(self, theme_files: Files, config: MkDocsConfig) -> RevealedDocs:
        """Show the folder again, and return its files.

        `theme_files` is what MkDocs listed instead.
        """
        config.docs_dir = self.paths.docs
        every_folder = self.snapshot.names
        folders = _whole_folders(every_folder, config)
        rest = sorted(every_folder.keys() - folders.keys())  # few folders are left
        every = [*paths_of({folder: every_folder[folder] for folder in rest})]
        public = _public_files(every, config)
        pages = dict.fromkeys(_silent_pages(public, config), InclusionLevel.NOT_IN_NAV.value)
        data = (name for name in public if not is_markdown_file(name))
        names = {**dict.fromkeys(data, InclusionLevel.INCLUDED.value), **pages}
        others = set(every).difference(names)
        files = sorted(map(self.paths.file, others), key=file_sort_key)
        output_paths = {
            *(names.keys() - pages),
            *map(default_output_path, pages),
            *(file.dest_uri for file in files),
        }
        levels = FileLevels(folders, names)
        is_twice = len(output_paths) < len(every) or any(map(levels.shows_at, output_paths))
        if is_twice or self.snapshot.has_links:
            return RevealedDocs(self._list_with_mkdocs(config), FileLevels({}))
        existing = self.snapshot.files
        files += (file for file in theme_files if file.src_uri not in existing)
        return RevealedDocs(files, levels)

    def _list_with_mkdocs(self, config: MkDocsConfig) -> Files:
        """Return the files that MkDocs lists, for symbolic links and colliding output paths."""
        files = get_files(config)
        files.add_files_from_theme(config.theme.get_env(), config)
        return files


def _public_files(files: Iterable[str], config: MkDocsConfig) -> list[str]:
    """Return the files of the site by MkDocs' default rules; none if mkdocs.yml has its own."""
    if config.exclude_docs or config.draft_docs:
        return []
    hidden = (".", "templates/")
    return [name for name in files if not (name.startswith(hidden) or "/." in name)]


def _silent_pages(names: Iterable[str], config: MkDocsConfig) -> Iterable[str]:
    """Return the pages outside the navigation about which MkDocs logs nothing."""
    if config.nav is None:
        return ()  # the navigation contains all pages
    shown = set(_paths(config.nav))
    pages = [name for name in names if has_default_path(name) and name not in shown]
    if not _logs_omitted_pages(config):
        return pages
    return config.not_in_nav.match_files(pages) if config.not_in_nav else ()


def _logs_omitted_pages(config: MkDocsConfig) -> bool:
    log = logging.getLogger(get_navigation.__module__)
    return log.isEnabledFor(config.validation.nav.omitted_files)


def _whole_folders(names: NamesByFolder, config: MkDocsConfig) -> dict[str, frozenset[str]]:
    """Return the folders of which all files are public, and the only page, if any, is silent.

    With many documents these are nearly all, and have the same few lists of names.
    """
    if config.exclude_docs or config.draft_docs:
        return {}
    is_silent = config.nav is not None and not _logs_omitted_pages(config)
    shown = set(_paths(config.nav))
    regular = cache(partial(_regular_names, with_page=is_silent))
    return {
        folder: files
        for folder, joined in names.items()
        if (files := regular(joined)) and _is_public(folder) and f"{folder}/{PAGE}" not in shown
    }


def _regular_names(joined: bytes, *, with_page: bool) -> frozenset[str] | None:
    """Return the names of files of which each has a place of its own in a site by default.

    None if one is hidden, or if there is another page than the folder's, as a page may be for that.
    """
    files = frozenset(split_names(joined))
    others = files - {PAGE} if with_page else files
    is_irregular = any(name.startswith(".") or is_markdown_file(name) for name in others)
    return None if is_irregular or files >= {PAGE, "index.html"} else files


def _is_public(folder: str) -> bool:
    """Whether a folder below another is shown by MkDocs' default rules."""
    return not (
        folder in {"", "templates"} or folder.startswith((".", "templates/")) or "/." in folder
    )


def _paths(nav: object) -> Iterator[str]:
    """Yield every path in the navigation of mkdocs.yml."""
    if isinstance(nav, str):
        yield posixpath.normpath(nav).lstrip("/")
    for item in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _paths(item)


def hide_docs(config: MkDocsConfig, snapshot: Snapshot, empty: Path) -> HiddenDocs:
    """Make MkDocs list an empty folder, which is created here."""
    hidden = HiddenDocs(FilePaths.from_config(config), snapshot)
    config.docs_dir = str(folders.recreate(empty))
    return hidden
