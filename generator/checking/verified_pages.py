"""Pages that passed an earlier check, and are valid while they and their sources are unchanged."""

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

_TABLE = "proofs"


class Entry(msgspec.Struct, array_like=True):
    """A page that passed the check, and the files that the result depends on."""

    inputs: tuple[str, tuple[FileStat | None, ...]]
    source: str
    """The seed's path below the seeds folder; empty for pages other than documents."""
    words: int
    changes: int
    links: int
    encoded_links: bytes
    encoded_entity_links: bytes


@dataclass(frozen=True, slots=True)
class Snapshots:
    """The files of a site and of its sources, taken before any of them was read."""

    site: Snapshot
    docs: Snapshot
    seeds: Snapshot


def take_snapshots(settings: Settings, site: Path) -> Snapshots:
    """Take snapshots of a site, of the docs folder and of the seeds."""
    seeds = take_seeds_snapshot(settings.seeds)
    return Snapshots(take_snapshot(site), take_snapshot(settings.docs), seeds)


@dataclass(frozen=True, slots=True)
class VerifiedPages:
    """The reports of pages that passed an earlier check."""

    database: Database
    snapshots: Snapshots
    check_fingerprint: str
    """Digest of what every check depends on besides these files: the program, the corrections."""

    def still_valid(self, names: Iterable[str]) -> Iterator[PageReport]:
        """Yield the reports that are still valid, and delete all others."""
        wanted = set(names)
        removed: list[str] = []
        for name, value in self.database.items(_TABLE):
            entry = _decode(value) if name in wanted else None
            if entry and entry.inputs == self._inputs(name, entry.source):
                yield _report(name, entry)
            else:
                removed.append(name)
        self.database.drop(_TABLE, removed)

    def save(self, reports: Iterable[PageReport]) -> None:
        """Save the reports of pages without problems."""
        self.database.put(
            _TABLE,
            (
                (report.name, self._value(report))
                for report in reports
                if report.encoded_links and not report.problems
            ),
        )

    def _value(self, report: PageReport) -> bytes:
        source = report.source or ""
        return msgspec.msgpack.encode(
            Entry(
                self._inputs(report.name, source),
                source,
                report.words,
                report.changes,
                report.links,
                report.encoded_links,
                report.encoded_entity_links,
            )
        )

    def _inputs(self, name: str, source: str) -> tuple[str, tuple[FileStat | None, ...]]:
        """Return everything that the check of a page depends on, as it is now."""
        snapshots = self.snapshots
        site, docs, seeds = snapshots.site.files, snapshots.docs.files, snapshots.seeds.files
        page, ledger = companion_paths(name)
        return self.check_fingerprint, (
            site.get(name),
            seeds.get(source),
            docs.get(page),
            docs.get(ledger),
        )


_DECODER = msgspec.msgpack.Decoder(Entry)


def _decode(value: bytes) -> Entry | None:
    try:
        return _DECODER.decode(value)
    except msgspec.DecodeError:  # another version of the program wrote it
        return None


def _report(name: str, entry: Entry) -> PageReport:
    return PageReport(
        name,
        entry.links,
        entry.encoded_links,
        entry.encoded_entity_links,
        SeedPath(entry.source) or None,
        entry.words,
        entry.changes,
    )
