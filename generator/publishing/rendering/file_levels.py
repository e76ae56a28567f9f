"""The files of a site by name, each with its inclusion level: of most folders, all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mkdocs.structure.files import InclusionLevel

from generator.publishing.rendering.output_paths import PAGE

_PAGE_LEVEL, _FILE_LEVEL = InclusionLevel.NOT_IN_NAV.value, InclusionLevel.INCLUDED.value


class FileLevels(Mapping[str, int]):
    """Inclusion levels by path.

    In `folders`, every file is shown as it is, and the page is not in the navigation; `others` are
    the levels of single files. Folders with the same names of files share the set of these.
    """

    def __init__(
        self, folders: Mapping[str, frozenset[str]], others: Mapping[str, int] | None = None
    ) -> None:
        self.folders = folders
        self.others = others or {}

    def __getitem__(self, path: str) -> int:
        """Return the level of a file; raise KeyError if there is none."""
        level = self.others.get(path)
        if level is not None:
            return level
        folder, _, name = path.rpartition("/")
        if name not in self.folders.get(folder, ()):
            raise KeyError(path)
        return _PAGE_LEVEL if name == PAGE else _FILE_LEVEL

    def __contains__(self, path: object) -> bool:
        """Whether there is a file at a path."""
        folder, _, name = str(path).rpartition("/")
        return name in self.folders.get(folder, ()) or path in self.others

    def __iter__(self) -> Iterator[str]:
        """Iterate over the paths."""
        yield from self.others
        for folder, names in self.folders.items():
            yield from (path for name in names if (path := f"{folder}/{name}") not in self.others)

    def __len__(self) -> int:
        """Return the number of files."""
        return sum(1 for _ in self)

    def with_others(self, levels: Mapping[str, int]) -> FileLevels:
        """Return the same with the levels of single files, which replace those of before."""
        return FileLevels(self.folders, {**self.others, **levels})

    def pages(self) -> list[str]:
        """Return the pages of the folders."""
        return [f"{folder}/{PAGE}" for folder, names in self.folders.items() if PAGE in names]

    def shows_at(self, output_path: str) -> bool:
        """Whether a folder has a file that is shown at this path of the site."""
        folder, _, name = output_path.rpartition("/")
        names = self.folders.get(folder, ())
        return name in names or (name == "index.html" and PAGE in names)
