"""What the last run was given and what it left: while neither changed, nothing needs doing."""

from __future__ import annotations

import msgspec

from generator import cache, store
from generator.model import Problem, Report
from generator.settings import Settings

SCHEMA = ".seedbed/corrections.schema.json"
"""Where editors find what may stand in corrections.yml, as the file's first line tells them."""

REVIEW = ".seedbed/review.txt"
"""What is left for people to decide."""

CACHE = ".seedbed/cache.sqlite"
"""What earlier runs found out; safe to delete."""

DROPPED = Problem(
    "W050",
    CACHE,
    "this was damaged, or made by another version, and is begun anew",
    "There is nothing to do",
    severity="warning",
)


class Run(msgspec.Struct):
    """A run: what it was given, what lay there after it, and what it had to say."""

    given: str
    made: str
    report: Report


def last_run(kept: cache.Cache) -> Run | None:
    """Give the last run, if the cache knows of one."""
    last = kept.get("run", "last")
    try:
        return msgspec.msgpack.decode(last, type=Run) if last else None
    except msgspec.DecodeError:  # another version of the program wrote it
        return None


def keep_run(kept: cache.Cache, run: Run) -> None:
    """Remember a run as the last one."""
    kept.put("run", [("last", msgspec.msgpack.encode(run))])


def made(settings: Settings) -> str:
    """Describe all that a run leaves behind, as it lies there now."""
    others = [settings.root / name for name in (SCHEMA, REVIEW, store.ADDRESSES, store.NAMES)]
    return f"{cache.tree(settings.docs)} {[cache.signature(path) for path in others]}"
