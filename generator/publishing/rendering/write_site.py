"""The files of a site that MkDocs does not write, and how they get into the site's folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from generator.engine import workers
from generator.engine.parallel_listings import list_in_workers
from generator.files import folders, read_file
from generator.files.file_list import read_list
from generator.files.file_stats import FileStat, file_stat, is_same_version
from generator.files.known_folders import (
    FolderScan,
    disk_time,
    rescan_files,
    scan_all_files,
)
from generator.files.listings import listed_names, packed_stats, renaming
from generator.files.names_by_folder import paths_of
from generator.files.snapshot import Snapshot, SnapshotFiles, take_snapshot
from generator.model import PublishedDocuments
from generator.publishing.rendering.output_paths import has_default_path

_BATCH_SIZE = 500
"""Files per message between processes."""

_FILES_PER_WORKER = 2_000
"""Fewest files per worker: starting one takes 0.5 s if none of an earlier stage is waiting, and
creating a file 0.1 to 0.3 ms."""


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """Files of a site: output paths, each with the source file."""

    linked: Mapping[str, str]
    """Files that only Seedbed writes, and always replaces as a whole: they can be hard-linked."""
    copied: Mapping[str, str]
    """Files that users may edit; they are copied, so that the published site does not change."""
    own: Snapshot = field(default_factory=partial(Snapshot, {}))
    """Folders of the docs folder of which all files but the page are linked too: these are too many
    to name each."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """The rendered pages, which are linked too: output paths, each with its file below the folder
    of rendered pages."""
    scanned: tuple[Snapshot, ...] = ()
    """Folders of sources, as they are now."""
    rendered: Snapshot = field(default_factory=partial(Snapshot, {}))
    """The folder of rendered pages, as it is now."""

    @property
    def named_folders(self) -> frozenset[str]:
        """The folders with files that are named each."""
        return frozenset(path.rpartition("/")[0] for path in chain(self.linked, self.copied))

    def expanded(self) -> SiteFiles:
        """Return the same with the path of each file."""
        own = {
            path: f"{self.own.root}{os.sep}{path}"
            for path in paths_of(self.own.names)
            if not has_default_path(path)
        }
        pages = {path: f"{self.rendered.root}{os.sep}{file}" for path, file in self.pages.items()}
        linked = {**own, **pages, **self.linked}
        return replace(self, linked=linked, own=Snapshot({}), pages={})

    def outside_of(self, same: Set[str]) -> SiteFiles:
        """Return the files that are not in these folders.

        The folders have no files but own ones and a rendered page.
        """
        own = {path: files for path, files in self.own.listings.items() if path not in same}
        pages = {
            path: file for path, file in self.pages.items() if path.rpartition("/")[0] not in same
        }
        return replace(self, own=Snapshot(own, self.own.root), pages=pages)

    def sources(self) -> dict[str, str]:
        """Return the path of each file, with its source."""
        return {**self.copied, **self.expanded().linked}


_TABLES = "data"
"""The folder of tables, which people open in programs that save in place."""

_PAGE, _RENDERED = "index.md", "index.html"
"""The page of a folder, and where it is rendered."""


def own_and_other_files(
    docs: Snapshot,
    names: Container[str],
    shown: Container[str],
    others: Mapping[str, str],
    list_file: Path,
) -> SiteFiles:
    """Tell the files that only Seedbed writes in the docs folder from those of users and tables.

    `names` are the files that the site shows as they are, and pages, `shown` folders in which these
    are all files; `others` are more files, each with its source. `list_file` lists what Seedbed
    wrote.
    """
    saved = read_list(list_file)
    own = saved.names if saved else {}
    whole = {
        folder: docs.listings[folder]
        for folder, joined in docs.names.items()
        if folder in shown and own.get(folder) == joined and not _is_of_tables(folder)
    }
    rest = {folder: joined for folder, joined in docs.names.items() if folder not in whole}
    single = (path for path in paths_of(rest) if path in names and not has_default_path(path))
    files = {**{path: f"{docs.root}{os.sep}{path}" for path in single}, **others}
    linkable = set(
        paths_of({below: own.get(below, b"") for below in rest if not _is_of_tables(below)})
    )
    linked = {
        path: source
        for path, source in files.items()
        if path in linkable and source == f"{docs.root}{os.sep}{path}"
    }
    copied = {path: files[path] for path in files.keys() - linked}
    return SiteFiles(linked, copied, Snapshot(whole, docs.root))


def _is_of_tables(folder: str) -> bool:
    return folder == _TABLES or folder.startswith(f"{_TABLES}/")


def copy_into(target: Path, files: SiteFiles, jobs: int) -> None:
    """Write all files into a folder, replacing existing ones."""
    files = files.expanded()
    count = (len(files.linked) + len(files.copied)) // _FILES_PER_WORKER
    used = max(1, min(jobs or workers.available_cores(), count))
    batches = (
        _Batch(put, tuple([(source, f"{target}{os.sep}{path}") for path, source in some]))
        for put, sources in ((folders.link_or_copy, files.linked), (folders.copy, files.copied))
        for some in workers.batches(sources.items(), _BATCH_SIZE)
    )
    for _ in workers.map_ordered(_putting, batches, used):
        pass


def rendered_folder(state: Path, kind: str) -> Path:
    """Return the folder that keeps the rendered pages of `build` or `serve` between builds."""
    return state / "pages" / kind


def rendered_file(output_path: str) -> str:
    """Return the path in that folder of a page of the site.

    A page of the site has a folder of its own; here some hundred folders hold all pages, because
    creating a folder takes as long as writing a page, and finding its files takes longer.
    """
    name = hashlib.sha256(os.fsencode(output_path)).hexdigest()
    return f"{name[:2]}/{name[2:34]}.html"


@dataclass(frozen=True, slots=True)
class Prescan:
    """Snapshots of folders in which nothing was written since; None if not scanned."""

    docs: Snapshot | None = None
    staging: FolderScan | None = None
    """The folder in which the next site is built."""
    rendered: Snapshot | None = None
    """The rendered pages of earlier builds."""
    documents: PublishedDocuments | None = None
    """What is known of the documents in the docs folder."""
    changed: frozenset[str] | None = None
    """The folders in which the staging folder may differ from the next site; None: any."""


def copy_site(staging: Path, site: Path, list_file: Path) -> None:
    """Create the staging folder as a copy of the files in the list, or of some on a full disk.

    The next site is built into whatever the folder contains.
    """
    saved = read_list(list_file)
    own = paths_of(saved.names) if saved else ()
    with suppress(OSError):
        for path in take_snapshot(site).files.keys() & {*own}:
            folders.link_or_copy(site / path, staging / path)


class SyncedFolder(NamedTuple):
    """A folder after it was made equal to the files of a site."""

    scan: FolderScan
    """The folder, as it is then."""
    changed: frozenset[str]
    """The files that were written or removed."""


def sync(
    snapshot: Snapshot,
    files: SiteFiles,
    published: Path,
    jobs: int,
    changed_folders: Set[str] | None = None,
) -> SyncedFolder:
    """Make a folder contain these files and nothing else; unchanged files are not written.

    A file is unchanged if its time and size are. Files that are the same in the `published` site
    are linked from there, and so take no space. Of `changed_folders` all files are given, of other
    folders none but those that may be other ones; None: all files are given.
    """
    target = Path(snapshot.root)
    same = _same_folders(snapshot, files)
    files = files.outside_of(same).expanded()
    wanted = files.linked.keys() | files.copied.keys()
    given = snapshot.listings.keys() if changed_folders is None else changed_folders
    removed = remove_unwanted(target, snapshot, wanted, given - same)
    linked = dict(_outdated(files.linked, snapshot, files.scanned))
    copied = dict(_outdated(files.copied, snapshot, files.scanned))
    for path, source in list(copied.items()):
        if is_same_version(file_stat(published / path), file_stat(source)):
            linked[path] = str(published / path)
            del copied[path]
    copy_into(target, SiteFiles(linked, copied), jobs)
    changed, now = frozenset((*removed, *linked, *copied)), disk_time(target.parent)
    is_small = len(changed) < len(snapshot.listings)
    list_all = list_in_workers(jobs, now)
    scan = (
        rescan_files(snapshot, changed, now) if is_small else scan_all_files(target, now, list_all)
    )
    return SyncedFolder(scan, changed)


def mirror(target: Path, model: Path, snapshot: Snapshot, different: Collection[str]) -> None:
    """Make a folder equal to `model`, of which `snapshot` was taken, in the `different` files.

    Files that are not in `model` are removed first. On a full disk, or where files of others are in
    the way, some of the others are not written.
    """
    folders.remove_files(target / path for path in different)
    parents = folders.parent_folders(different)
    with suppress(OSError):
        folders.remove_empty_folders(
            target / name for name in sorted(parents - snapshot.folders, reverse=True)
        )
        for path in sorted(different):
            if path in snapshot.files:
                folders.link_or_copy(model / path, target / path)


def mkdocs_output(output: Path, published: Path) -> dict[str, str]:
    """Return the files that MkDocs wrote into its own folder, each with a file to link.

    MkDocs writes everything again each time. A file with the same bytes in the published site is
    linked from there.
    """
    sources: dict[str, str] = {}
    for path in take_snapshot(output).files:
        new, old = output / path, published / path
        status = file_stat(old) if old.is_file() else None
        same = status is not None and status.is_readable and read_file(new) == read_file(old)
        sources[path] = str(old if same else new)
    return sources


def _same_folders(snapshot: Snapshot, files: SiteFiles) -> frozenset[str]:
    """Return the folders of own files that are in the snapshot, each with its page and no others.

    Folders with more files that have a name here are left out: they are few.
    """
    rendered = files.rendered.listings
    parts = {file.rpartition("/")[0] for file in files.pages.values()} & rendered.keys()
    stats = dict(chain.from_iterable(_stats_by_path(part, rendered[part]) for part in parts))
    with_page, same = renaming(_PAGE, _RENDERED), set[str]()
    for folder, listing in files.own.listings.items():
        page = files.pages.get(f"{folder}/{_RENDERED}")
        stat = stats.get(page) if page else None
        wanted = with_page(listing, stat) if stat else listing
        if wanted == snapshot.listings.get(folder) and bool(page) == bool(stat):
            same.add(folder)
    return frozenset(same - files.named_folders)


def _stats_by_path(path: str, listing: bytes) -> Iterator[tuple[str, bytes]]:
    prefix = f"{path}/" if path else ""
    names = [prefix + name for name in listed_names(listing)]
    yield from zip(names, packed_stats(listing), strict=True)


def remove_unwanted(
    folder: Path, snapshot: Snapshot, wanted: Collection[str], among: Set[str]
) -> list[str]:
    """Remove the files of a folder that are not wanted, and return their paths.

    Folders without wanted files are removed too. Only the folders `among` are looked at: in all
    others, every file is wanted.
    """
    listings = snapshot.listings
    looked = Snapshot({path: listings[path] for path in among & listings.keys()})
    removed = [path for path in paths_of(looked.names) if path not in wanted]
    folders.remove_files(folder / path for path in removed)
    unneeded = looked.folders - folders.parent_folders(wanted)
    if unneeded:
        unneeded -= folders.parent_folders(listings.keys() - looked.listings.keys())
    # The deepest folders first.
    folders.remove_empty_folders(folder / name for name in sorted(unneeded, reverse=True))
    return removed


def _outdated(
    files: Mapping[str, str], snapshot: Snapshot, scanned: Iterable[Snapshot]
) -> Iterator[tuple[str, str]]:
    """Yield the files that differ from the snapshot of the target, with their sources."""
    roots = {f"{each.root}{os.sep}": each.files for each in scanned}
    for path, source in files.items():
        existing = snapshot.files.get(path)
        status = _stat_of(source, roots) if existing else None
        # Nearly all are the same file, and to compare all of it takes a third of the time.
        is_same = existing == status or is_same_version(existing, status)
        if status is None or not (is_same and status.is_readable):
            yield path, source


def _stat_of(source: str, roots: Mapping[str, SnapshotFiles]) -> FileStat | None:
    """Return the stat of a file, if possible from a snapshot of a folder, by its path."""
    for root, files in roots.items():
        if source.startswith(root):
            return files.get(source[len(root) :]) or file_stat(source)
    return file_stat(source)


class _Batch(NamedTuple):
    """Files that get to their places in one way."""

    put: Callable[[str, str], None]
    pairs: tuple[tuple[str, str], ...]
    """Files, each with the path at which it is to be."""


def _putting() -> Callable[[_Batch], None]:
    return _put_all


def _put_all(batch: _Batch) -> None:
    folders.make_folders({os.path.dirname(target) for _, target in batch.pairs})  # noqa: PTH120
    for source, target in batch.pairs:
        batch.put(source, target)
