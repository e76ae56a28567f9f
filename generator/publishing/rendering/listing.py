"""The files of a site, most of them by name only.

MkDocs makes a `File` of everything in the docs folder, and works out for each where it belongs.
Six in seven are data that lie beside pages, copied as they are, and looked at only where a link
leads to one. So MkDocs is given an empty folder to list, and then, in its hook `on_files`, a
collection that has the pages, and makes a `File` of anything else when somebody asks for it.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files, InclusionLevel, file_sort_key, get_files
from mkdocs.utils import is_markdown_file

from generator import cache
from generator.store import folders

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class Listing(Files):
    """Files that know which of them were asked for, as a link asks for its target."""

    def __init__(self, files: Iterable[File], names: Mapping[str, int], place: Place) -> None:
        super().__init__(files)
        self.asked: set[str] = set()
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
            self.asked.add(found.src_uri)
        return found

    def release(self) -> None:
        """Let go of the files that somebody asked for, and of what MkDocs knows of their pages."""
        for file in self._made:
            self.remove(file)
        self._made.clear()

    def levels(self) -> dict[str, int]:
        """Give every file with its level of inclusion."""
        return {**self.names, **{file.src_uri: file.inclusion.value for file in self}}


@dataclass(frozen=True, slots=True)
class Place:
    """Where files come from, and where they go."""

    docs: str
    site: str
    use_directory_urls: bool

    @classmethod
    def of(cls, config: MkDocsConfig) -> Place:
        """Give what a configuration says."""
        return cls(config.docs_dir, config.site_dir, config.use_directory_urls)

    def file(self, name: str, level: InclusionLevel = InclusionLevel.UNDEFINED) -> File:
        """Make a file of the docs folder."""
        return File(name, self.docs, self.site, self.use_directory_urls, inclusion=level)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A docs folder in whose place MkDocs lists an empty one."""

    place: Place
    tree: cache.Tree
    """The docs folder as it was walked."""

    def found(self, theirs: Files, config: MkDocsConfig) -> tuple[Iterable[File], dict[str, int]]:
        """Show the folder again; give its files and the theme's, and those by name only.

        `theirs` is what MkDocs found instead: the theme's files.
        """
        config.docs_dir = self.place.docs
        names = dict.fromkeys(self._plain(config), InclusionLevel.INCLUDED.value)
        files = sorted(map(self.place.file, self.tree.files.keys() - names), key=file_sort_key)
        odd = any(stat.S_ISLNK(mode) for _, _, mode in self.tree.files.values())
        if odd or len({*names, *(file.dest_uri for file in files)}) < len(self.tree.files):
            return self._all(config), {}
        there = self.tree.files
        return [*files, *(one for one in theirs if one.src_uri not in there)], names

    def _plain(self, config: MkDocsConfig) -> Iterable[str]:
        """Give what is copied as it is, by MkDocs' rules, if people made none of their own."""
        if config.exclude_docs or config.draft_docs:
            return ()
        return (
            name
            for name in self.tree.files
            if not (name.startswith((".", "templates/")) or "/." in name or is_markdown_file(name))
        )

    def _all(self, config: MkDocsConfig) -> Files:
        """List as MkDocs does: where links lead elsewhere, or two files want one place."""
        files = get_files(config)
        files.add_files_from_theme(config.theme.get_env(), config)
        return files


def hide(config: MkDocsConfig, tree: cache.Tree, empty: Path) -> Hidden:
    """Have MkDocs list an empty folder, which is made for that."""
    hidden = Hidden(Place.of(config), tree)
    config.docs_dir = str(folders.fresh(empty))
    return hidden
