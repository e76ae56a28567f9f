"""The files that a check compares: those of a site and of its sources."""

from __future__ import annotations

from pathlib import Path

import msgspec

from generator.files import take_seeds_snapshot
from generator.files.snapshot import Snapshot, take_snapshot
from generator.model import PublishedDocuments
from generator.settings import Settings


class Snapshots(msgspec.Struct, frozen=True):
    """The files of a site and of its sources, taken before any of them was read."""

    site: Snapshot
    docs: Snapshot
    seeds: Snapshot
    documents: PublishedDocuments | None = None
    """What is known of the documents in the docs folder."""


def take_snapshots(settings: Settings, site: Path) -> Snapshots:
    """Take snapshots of a site, of the docs folder and of the seeds."""
    seeds = take_seeds_snapshot(settings.seeds)
    return Snapshots(take_snapshot(site), take_snapshot(settings.docs), seeds)
