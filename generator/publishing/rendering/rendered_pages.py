"""Rendered pages of earlier builds, and which of them are outdated.

A page depends on its Markdown, on the addresses that its links lead to, and on the inputs that all
pages share: configuration, theme, titles in the navigation, versions of required packages. While
none of these changes, the rendered page in the folder is valid.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import filterfalse
from pathlib import Path

from generator.checking.hashes import hash_texts, rows_with
from generator.engine.cache_entries import Run
from generator.engine.incremental import Build, NewResult
from generator.engine.outdated import Paths
from generator.engine.parallel_digests import digest_below
from generator.engine.tasks import PROGRAM, Item, Items, Task
from generator.engine.workers import batches
from generator.files.file_stats import FileStat, file_stat, is_same_version
from generator.files.names_by_folder import (
    changed_names,
    compare_names,
    encode_names,
    join_names,
)
from generator.files.snapshot import Snapshot
from generator.publishing.rendering.file_levels import FileLevels
from generator.publishing.rendering.lazy_files import UNPUBLISHED_LEVELS
from generator.publishing.rendering.output_paths import PAGE, has_default_path
from generator.publishing.rendering.renderer import RenderedPage
from generator.publishing.rendering.write_site import remove_unwanted, rendered_file

_INPUTS = (
    PROGRAM,
    "the configuration, the theme or the navigation",
    "the page in the docs folder",
    "a file that it links to",
)

_SAVED_TOGETHER = 64
"""Pages that are saved at once."""

_Stat = FileStat | None

RENDER_PAGES: Task[_Stat] = Task(
    "rendered pages", "building", _Stat, _INPUTS, ("links of rendered pages",)
)
"""The result is the file of the page as it was written, the value the hashes of its links."""

RENDER_PREVIEW: Task[_Stat] = Task(
    "pages of the preview", "building", _Stat, _INPUTS, ("links of the preview",)
)
"""A page of a preview contains another address than that of the site."""


def link_targets(levels: FileLevels) -> bytes:
    """Return the files that links can lead to, as `encode_names` does.

    Those of the search index are left out, because nearly every edit replaces some. A link to one
    that is removed stays in its page; then the check of links finds it.
    """
    join = cache(join_names)  # most folders have the same names
    whole = {
        folder: join(frozenset(filterfalse(_is_index_part, names)) if _has_index(folder) else names)
        for folder, names in levels.folders.items()
    }
    single = (path for path, level in levels.others.items() if level not in UNPUBLISHED_LEVELS)
    return encode_names(changed_names(whole, filterfalse(_is_of_index, single), ()))


def _has_index(folder: str) -> bool:
    return folder == "search" or folder.startswith("search/")


def _is_index_part(name: str) -> bool:
    """Whether a file below `search` is one of the search index, which are named by content."""
    return name.endswith(".bin")


def _is_of_index(path: str) -> bool:
    return path.startswith("search/") and _is_index_part(path)


@dataclass(frozen=True, slots=True)
class RenderedPages:
    """The rendered pages in a folder, and the fingerprints of their inputs."""

    build: Build
    task: Task[_Stat]
    docs: Snapshot
    folder: Path
    """The folder that keeps rendered pages between builds."""
    shared: str
    """Digest of the inputs that all pages share; empty if pages may have other inputs."""
    _runs: dict[str, Run] = field(default_factory=dict)
    """Why pages are outdated; filled by `outdated`."""

    def outdated(
        self,
        pages: Collection[str],
        targets: bytes,
        snapshot: Snapshot,
        output_path: Callable[[str], str],
    ) -> list[str]:
        """Return the pages that must be rendered.

        `pages` are their paths in the docs folder, `targets` are the files that links can lead to
        (`link_targets`), `snapshot` is that of the folder, and `output_path` returns the path of a
        page in the site.
        """
        saved = self.build.entries(self.task)
        digest_of = partial(digest_below, Path(self.docs.root))
        items = self._items([*pages], digest_of, self._pages_with_removed_targets(targets))
        intact: Paths = _AllPaths()
        if not self._is_as_left(snapshot):
            stats = saved.results(self.task.result_type)
            existing = dict(snapshot.files.items())
            output_paths = {path: output_path(path) for path in pages}
            intact = frozenset(_intact_pages(output_paths, stats, existing))
        outdated = self.build.find_outdated(self.task, items, intact, saved)
        self._runs.update(outdated.runs)
        return [*outdated.runs]

    def save(self, pages: Iterable[RenderedPage]) -> None:
        """Save pages; those with messages or failures are rendered each time, to repeat them."""
        for batch in batches(pages, _SAVED_TOGETHER):
            digests = {
                page.path: None if page.messages or page.failures else page.digest for page in batch
            }
            items = self._items([*digests], digests.__getitem__)
            results = (self._result(items.make(each), page) for each, page in enumerate(batch))
            self.build.save_together(self.task, items, results)
            self.build.database.put(self._links, [(page.path, page.links) for page in batch])

    def _items(
        self,
        paths: Sequence[str],
        digest_of: Callable[[str], str | None],
        with_dead_links: Set[str] = frozenset(),
    ) -> Items:
        """Return pages; `digest_of` returns the digest of the Markdown of one that may be outdated.

        A page without a digest is rendered. The page of a folder is compared together with the
        files beside it, because to find its state in the listing of the folder takes longer.
        """
        shared = self.build.fingerprint(self.shared) if self.shared else None
        has_dead_link = [path in with_dead_links for path in paths]
        files, listings, end = self.docs.files, self.docs.listings, -len(f"/{PAGE}")
        states = [
            listings.get(path[:end]) if has_default_path(path) else files.get(path)
            for path in paths
        ]

        def item(position: int) -> Item:
            digest = digest_of(paths[position])
            inputs = shared.extended(digest, has_dead_link[position]) if shared and digest else None
            return Item(paths[position], inputs)

        return Items(paths, shared, (states, has_dead_link), item)

    def _result(self, item: Item, page: RenderedPage) -> NewResult[_Stat]:
        stat = file_stat(f"{self.folder}{os.sep}{rendered_file(page.output_path)}")
        return NewResult(item, stat, self._runs[page.path], (page.output_path,))

    def _is_as_left(self, snapshot: Snapshot) -> bool:
        """Whether the folder is as the last build left it; else its files are looked at."""
        left = self.build.database.get(_LEFT, self.task.name)
        return left == self._state(snapshot)

    def _state(self, snapshot: Snapshot) -> bytes:
        return f"{self.build.program.hex()} {snapshot.fingerprint}".encode()

    def finish(
        self,
        pages: Collection[str],
        pending: int,
        targets: bytes,
        snapshot: Snapshot,
        output_path: Callable[[str], str],
    ) -> int:
        """Delete the files of removed pages, save how the folder is left, and count the files.

        `pages` are all pages, of which that many pending ones may have no file.
        """
        if targets != self._last_targets():
            self.build.database.put(_TARGETS, [(self.task.name, targets)])
        self.build.database.put(_LEFT, [(self.task.name, self._state(snapshot))])
        is_each_apart = all(map(has_default_path, pages))  # else two may have one output path
        if is_each_apart and len(snapshot.files) + pending <= len(pages):
            return 0
        wanted = {rendered_file(output_path(path)) for path in pages}
        return len(remove_unwanted(self.folder, snapshot, wanted, snapshot.listings.keys()))

    @property
    def _links(self) -> str:
        """The table of the links of each page."""
        return self.task.value_tables[0]

    def _last_targets(self) -> bytes:
        """Return the files that links could lead to in the last build."""
        return self.build.database.get(_TARGETS, self.task.name) or b""

    def _pages_with_removed_targets(self, targets: bytes) -> set[str]:
        """Return the pages with a link to a file that was removed."""
        previous = self._last_targets()
        if previous == targets:  # mostly, as folders are found in the same order
            return set()
        removed = compare_names(previous, targets).removed
        if not removed:
            return set()
        rows = list(self.build.database.items(self._links))
        return {
            rows[index][0] for index in rows_with(hash_texts(removed), (links for _, links in rows))
        }


class _AllPaths:
    """The set of all paths."""

    def __contains__(self, path: object) -> bool:
        return True

    def issuperset(self, _paths: Iterable[str]) -> bool:
        """Whether all of these are among them."""
        return True


_LEFT = "folders of rendered pages"
"""Table of how builds left the folders that keep rendered pages."""

_TARGETS = "link targets"
"""Table of the files that links could lead to in the last build."""


def _intact_pages(
    output_paths: Mapping[str, str],
    stats: Mapping[str, FileStat | None],
    existing: Mapping[str, FileStat],
) -> Iterator[str]:
    """Yield the output paths of pages that are as they were rendered; all are given by page."""
    for path, output_path in output_paths.items():
        stat = stats.get(path)
        if stat and is_same_version(stat, existing.get(rendered_file(output_path))):
            yield output_path
