"""What was proved before: a page that is as it was, with sources that are, holds as it did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.checking.page_check import PageReport, companion_paths
from generator.engine.database import Database
from generator.files import take_seeds_snapshot
from generator.files.snapshot import FileStat, Snapshot, take_snapshot
from generator.model import SeedPath
from generator.settings import Settings

_SHELF = "proofs"


class Entry(msgspec.Struct, array_like=True):
    """A page that kept every promise, and what it was proved of."""

    made_of: tuple[str, tuple[FileStat | None, ...]]
    source: str
    """The seed's path below the seeds folder; empty where the page is no document's."""
    words: int
    changes: int
    links: int
    ends: bytes
    ties: bytes


@dataclass(frozen=True, slots=True)
class Snapshots:
    """The files of a site and those that its pages are made of, before any was read."""

    site: Snapshot
    docs: Snapshot
    seeds: Snapshot


def take_snapshots(settings: Settings, site: Path) -> Snapshots:
    """Look at the files of a site and at those that its pages are made of."""
    seeds = take_seeds_snapshot(settings.seeds)
    return Snapshots(take_snapshot(site), take_snapshot(settings.docs), seeds)


@dataclass(frozen=True, slots=True)
class VerifiedPages:
    """The sheets of pages that kept every promise."""

    kept: Database
    trees: Snapshots
    common: str
    """Digest of all that proofs depend on besides these files: the program, the corrections."""

    def still_valid(self, names: Iterable[str]) -> Iterator[PageReport]:
        """Give the sheets that still hold, and forget all others."""
        wanted = set(names)
        removed: list[str] = []
        for name, value in self.kept.items(_SHELF):
            entry = _row(value) if name in wanted else None
            if entry and entry.made_of == self._made_of(name, entry.source):
                yield _sheet(name, entry)
            else:
                removed.append(name)
        self.kept.drop(_SHELF, removed)

    def save(self, sheets: Iterable[PageReport]) -> None:
        """Remember the sheets on which nothing is broken."""
        self.kept.put(
            _SHELF,
            (
                (report.name, self._value(report))
                for report in sheets
                if report.ends and not report.problems
            ),
        )

    def _value(self, report: PageReport) -> bytes:
        source = report.source or ""
        return msgspec.msgpack.encode(
            Entry(
                self._made_of(report.name, source),
                source,
                report.words,
                report.changes,
                report.links,
                report.ends,
                report.ties,
            )
        )

    def _made_of(self, name: str, source: str) -> tuple[str, tuple[FileStat | None, ...]]:
        """Describe all that a proof depends on, as it lies there."""
        site, docs, seeds = self.trees.site.files, self.trees.docs.files, self.trees.seeds.files
        page, ledger = companion_paths(name)
        return self.common, (site.get(name), seeds.get(source), docs.get(page), docs.get(ledger))


_DECODER = msgspec.msgpack.Decoder(Entry)


def _row(value: bytes) -> Entry | None:
    try:
        return _DECODER.decode(value)
    except msgspec.DecodeError:  # another version of the program wrote it
        return None


def _sheet(name: str, entry: Entry) -> PageReport:
    return PageReport(
        name,
        entry.links,
        entry.ends,
        entry.ties,
        SeedPath(entry.source) or None,
        entry.words,
        entry.changes,
    )
