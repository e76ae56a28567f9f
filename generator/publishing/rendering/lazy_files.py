"""The files of a site, most of them by name only.

MkDocs makes a `File` of everything in the docs folder, and a `Page` of all Markdown, and works out
for each where it belongs. Nearly all of them are looked at only where a link leads to one: data
that lie beside pages, and pages that the navigation does not show. So MkDocs is given an empty
folder to list, and then, in its hook `on_files`, a collection that makes a `File` of a name when
somebody asks for it.
"""

from __future__ import annotations

import logging
import posixpath
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files, InclusionLevel, file_sort_key, get_files
from mkdocs.structure.nav import get_navigation
from mkdocs.utils import is_markdown_file

from generator.files import folders
from generator.files.snapshot import Snapshot

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class LazyFiles(Files):
    """Files that know which of them were asked for, as a link asks for its target."""

    def __init__(self, files: Iterable[File], names: Mapping[str, int], place: FilePaths) -> None:
        super().__init__(files)
        self.requested: set[str] = set()
        self.names = names
        """Files that nobody asked for yet, each with its level of inclusion."""
        self._place = place
        self._made: list[File] = []

    def __contains__(self, path: str) -> bool:
        return super().__contains__(path) or PurePath(path).as_posix() in self.names

    def get_file_from_path(self, path: str) -> File | None:
        """Find a file, and note that it was asked for."""
        name = PurePath(path).as_posix()
        if name in self.names and name not in self.src_uris:
            self._made.append(self._place.file(name, InclusionLevel(self.names[name])))
            self.append(self._made[-1])
        found = super().get_file_from_path(name)
        if found:
            self.requested.add(found.src_uri)
        return found

    def forget_loaded(self) -> None:
        """Let go of the files that somebody asked for, and of what MkDocs knows of their pages."""
        for file in self._made:
            self.remove(file)
        self._made.clear()

    def levels(self) -> dict[str, int]:
        """Give every file with its level of inclusion."""
        return {**self.names, **{file.src_uri: file.inclusion.value for file in self}}

    def pages(self) -> list[str]:
        """List all pages in MkDocs' order, whether somebody asked for them or not."""
        by_name = {name: _index_key(name) for name in self.names if has_default_path(name)}
        made = {file.src_uri: file_sort_key(file) for file in super().documentation_pages()}
        keys = {**by_name, **made}
        return sorted(keys, key=keys.__getitem__)

    def output_path(self, page: str) -> str:
        """Tell where in the site a page belongs."""
        file = self.src_uris.get(page)
        return file.dest_uri if file else default_output_path(page)


_INDEX = "/index.md"


def has_default_path(name: str) -> bool:
    """Tell whether a file is a page whose place in the site is plain to see."""
    return name.endswith(_INDEX)


def default_output_path(name: str) -> str:
    """Tell where such a page belongs, whatever the settings say: it lies in a folder of its own."""
    return f"{name.removesuffix('.md')}.html"


def _index_key(name: str) -> tuple[object, ...]:
    """Give what MkDocs sorts such a page by."""
    return tuple(name.split("/")[:-1]), False, "index.md"


@dataclass(frozen=True, slots=True)
class FilePaths:
    """Where files come from, and where they go."""

    docs: str
    site: str
    use_directory_urls: bool

    @classmethod
    def from_config(cls, config: MkDocsConfig) -> FilePaths:
        """Give what a configuration says."""
        return cls(config.docs_dir, config.site_dir, config.use_directory_urls)

    def file(self, name: str, level: InclusionLevel = InclusionLevel.UNDEFINED) -> File:
        """Make a file of the docs folder."""
        return File(name, self.docs, self.site, self.use_directory_urls, inclusion=level)


@dataclass(frozen=True, slots=True)
class HiddenDocs:
    """A docs folder in whose place MkDocs lists an empty one."""

    paths: FilePaths
    snapshot: Snapshot
    """The docs folder as it was walked."""

    def reveal(self, theirs: Files, config: MkDocsConfig) -> tuple[Iterable[File], dict[str, int]]:
        """Show the folder again; give its files and the theme's, and those by name only.

        `theirs` is what MkDocs found instead: the theme's files.
        """
        config.docs_dir = self.paths.docs
        plain = self._plain(config)
        pages = dict.fromkeys(_unseen_pages(plain, config), InclusionLevel.NOT_IN_NAV.value)
        data = (name for name in plain if not is_markdown_file(name))
        names = {**dict.fromkeys(data, InclusionLevel.INCLUDED.value), **pages}
        files = sorted(map(self.paths.file, self.snapshot.files.keys() - names), key=file_sort_key)
        places = {
            *(names.keys() - pages),
            *map(default_output_path, pages),
            *(file.dest_uri for file in files),
        }
        odd = any(stat.S_ISLNK(mode) for _, _, mode in self.snapshot.files.values())
        if odd or len(places) < len(self.snapshot.files):
            return self._all(config), {}
        there = self.snapshot.files
        return [*files, *(one for one in theirs if one.src_uri not in there)], names

    def _plain(self, config: MkDocsConfig) -> list[str]:
        """Give what belongs to the site, by MkDocs' rules, if people made none of their own."""
        if config.exclude_docs or config.draft_docs:
            return []
        hidden = (".", "templates/")
        return [
            name for name in self.snapshot.files if not (name.startswith(hidden) or "/." in name)
        ]

    def _all(self, config: MkDocsConfig) -> Files:
        """List as MkDocs does: where links lead elsewhere, or two files want one place."""
        files = get_files(config)
        files.add_files_from_theme(config.theme.get_env(), config)
        return files


def _unseen_pages(names: Iterable[str], config: MkDocsConfig) -> Iterable[str]:
    """Give the pages that the navigation does not show, and of which MkDocs has nothing to say."""
    if config.nav is None:
        return ()  # it is made of all pages
    shown = set(_paths(config.nav))
    pages = [name for name in names if has_default_path(name) and name not in shown]
    log = logging.getLogger(get_navigation.__module__)
    if not log.isEnabledFor(config.validation.nav.omitted_files):
        return pages
    return config.not_in_nav.match_files(pages) if config.not_in_nav else ()


def _paths(nav: object) -> Iterator[str]:
    """Give every path in the navigation, as mkdocs.yml has it."""
    if isinstance(nav, str):
        yield posixpath.normpath(nav).lstrip("/")
    for item in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _paths(item)


def hide_docs(config: MkDocsConfig, snapshot: Snapshot, empty: Path) -> HiddenDocs:
    """Have MkDocs list an empty folder, which is made for that."""
    hidden = HiddenDocs(FilePaths.from_config(config), snapshot)
    config.docs_dir = str(folders.recreate(empty))
    return hidden
