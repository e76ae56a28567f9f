"""What of a site MkDocs does not write itself, and how it gets into the site's folder."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.engine import workers
from generator.files import folders, read_file
from generator.files.file_list import read_list
from generator.files.snapshot import Snapshot, file_stat, is_same_version, take_snapshot

_CHUNK = 500
"""Files in a message between processes."""

_WORTH_A_WORKER = 8_000
"""Files; a worker takes half a second to start, and a file less than a tenth of a millisecond."""


_WORTH_A_LOOK = 4
"""To look at one file costs as much as to walk by so many."""


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """Files for a site, each place below its folder with the file that belongs there."""

    linked: Mapping[str, str]
    """What only we write, and never in place: it can stand in the site under a second name."""
    copied: Mapping[str, str]
    """What people may write in, and the published site must not change with it."""


NO_PARTS = SiteFiles({}, {})
"""MkDocs writes everything."""


def copy_into(target: Path, parts: SiteFiles, jobs: int) -> None:
    """Put all parts into a folder, in the place of what stands there under their names."""
    needed = {posixpath.dirname(place) for place in (*parts.linked, *parts.copied)}
    folders.make_folders(target / folder for folder in needed)
    for place, source in parts.linked.items():
        folders.link_or_copy(source, target / place)
    min_batch = len(parts.copied) // _WORTH_A_WORKER
    jobs = max(1, min(jobs or workers.available_cores(), min_batch))
    pairs = ((source, str(target / place)) for place, source in parts.copied.items())
    for _ in workers.map_ordered(_copier, workers.batches(pairs, _CHUNK), jobs):
        pass


def rendered_folder(state: Path, kind: str) -> Path:
    """Tell in which folder the pages of `build` or `serve` stand between builds."""
    return state / "pages" / kind


@dataclass(frozen=True, slots=True)
class Prescan:
    """Folders as they were walked, some of them, and nothing was written there since."""

    docs: Snapshot | None = None
    aside: Snapshot | None = None
    """The folder beside a site in which the next one is made."""
    rendered: Snapshot | None = None
    """The pages that a build rendered before."""
    alike: bool = False
    """Whether the folder aside was made the likeness of the site just now."""


NOTHING_SEEN = Prescan()


PrescanResult = Callable[[], Prescan]
"""Tells what was seen aside, while others generated."""


def prescan(folder: Path, site: Path, rendered: Path, listed: Path) -> Prescan:
    """Look at the folder aside and at rendered pages.

    Where there is no folder aside, it is made the likeness of the site, with the files that are
    `listed` as ours.
    """
    alike = not folder.exists() and _made_like(folder, site, listed)
    return Prescan(aside=take_snapshot(folder), rendered=take_snapshot(rendered), alike=alike)


def _made_like(folder: Path, site: Path, listed: Path) -> bool:
    ours = read_list(listed)
    try:
        for place in folders.list_names(site).files & (ours.files if ours else frozenset()):
            folders.link_or_copy(site / place, folder / place)
    except OSError:  # a full disk; the next site is made in whatever stands there
        return False
    return True


def sync(
    snapshot: Snapshot, parts: SiteFiles, standing: Path, jobs: int, seen: Snapshot | None = None
) -> tuple[Snapshot, frozenset[str]]:
    """Make a folder that was walked hold these parts and nothing else; the same stays as it is.

    Gives the folder as it lies there then, and the files that were put there or taken away.

    A file is the same when time and size are. What is the same in the folder `standing` is linked
    from there, and so takes no space. Files of a folder that was `seen` are not looked at again.
    """
    target = Path(snapshot.root)
    removed = remove_unwanted(target, snapshot, parts.linked.keys() | parts.copied.keys())
    linked = dict(_missing(parts.linked, snapshot, seen))
    copied = dict(_missing(parts.copied, snapshot, seen))
    for place, source in list(copied.items()):
        if is_same_version(file_stat(standing / place), file_stat(source)):
            linked[place] = str(standing / place)
            del copied[place]
    copy_into(target, SiteFiles(linked, copied), jobs)
    touched = frozenset((*removed, *linked, *copied))
    few = len(touched) < len(snapshot.files) / _WORTH_A_LOOK
    return snapshot.refreshed(touched) if few else take_snapshot(target), touched


def mirror(target: Path, model: Path, snapshot: Snapshot, unlike: Collection[str]) -> bool:
    """Make a folder the likeness of another, which lies there like this, where they are not alike.

    What is not in the other is removed first. Gives whether all else could be done.
    """
    folders.remove_files(target / place for place in unlike)
    above = {folder for place in unlike for folder in _above(place)}
    try:
        folders.remove_empty_folders(
            target / name for name in sorted(above - snapshot.folders, reverse=True)
        )
        for place in sorted(unlike):
            if place in snapshot.files:
                folders.link_or_copy(model / place, target / place)
    except OSError:  # a full disk, or something that people put there
        return False
    return True


def _above(place: str) -> Iterator[str]:
    """Give every folder in which a file lies."""
    while place := place.rpartition("/")[0]:
        yield place


def mkdocs_output(own: Path, standing: Path) -> dict[str, str]:
    """Give what MkDocs wrote into a folder of its own, as parts that can be linked.

    It writes everything anew each time; what has the same bytes in the standing site is taken
    from there.
    """
    found: dict[str, str] = {}
    for place in take_snapshot(own).files:
        new, old = own / place, standing / place
        status = file_stat(old) if old.is_file() else None
        same = status is not None and status.is_readable and read_file(new) == read_file(old)
        found[place] = str(old if same else new)
    return found


def remove_unwanted(folder: Path, snapshot: Snapshot, wanted: Collection[str]) -> list[str]:
    """Remove the files of a folder that are not wanted, and give their paths.

    Folders in which nothing is wanted go too.
    """
    removed = [place for place in snapshot.files if place not in wanted]
    folders.remove_files(folder / place for place in removed)
    needed = {""}
    level = {place.rpartition("/")[0] for place in wanted}
    while not needed.issuperset(level):
        needed |= level
        level = {place.rpartition("/")[0] for place in level}
    # The deeper ones first.
    folders.remove_empty_folders(
        folder / name for name in sorted(snapshot.folders - needed, reverse=True)
    )
    return removed


def _missing(
    parts: Mapping[str, str], snapshot: Snapshot, seen: Snapshot | None
) -> Iterator[tuple[str, str]]:
    above = f"{seen.root}{os.sep}" if seen else ""
    for place, source in parts.items():
        known = seen.files.get(source.removeprefix(above)) if seen else None
        status = known or file_stat(source)
        if (
            status is None
            or not status.is_readable
            or not is_same_version(snapshot.files.get(place), status)
        ):
            yield place, source


def _copier() -> Callable[[Iterable[tuple[str, str]]], None]:
    return _copy


def _copy(pairs: Iterable[tuple[str, str]]) -> None:
    for source, target in pairs:
        folders.copy(source, target)
