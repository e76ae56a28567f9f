"""All that a site lacks before it is published, and which hosts would refuse it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.desk.missing_values import list_unsettled
from generator.files import read_file
from generator.files.snapshot import take_snapshot
from generator.model import Problem, counted
from generator.pipeline.draft_addresses import has_draft_addresses
from generator.pipeline.last_run import QUESTIONS_FILE
from generator.publishing.host_limits import exceeded_limits
from generator.publishing.publication_gaps import (
    documents_in_words,
    missing_from_documents,
    missing_from_site,
)
from generator.settings import Settings


def open_in_documents(settings: Settings) -> Iterator[Problem]:
    """Yield what documents may lack: dates, titles, answers to questions about names.

    What a person called unknown is settled. The ledger of each document is read.
    """
    for field in ("date", "title"):
        rows = list_unsettled(settings.docs, settings.seeds, field)
        if rows:
            message = f"{documents_in_words([row['path'] for row in rows])} without a {field}"
            hint = f"Give {field}s in seeds/metadata.csv if you know them"
            yield _open(settings.seeds.name, message, hint)
    questions = settings.root / QUESTIONS_FILE
    count = len(json.loads(read_file(questions))) if questions.is_file() else 0
    if count:
        message = f"{counted(count, 'open question')} about names"
        hint = "Answer those that matter with `seedbed serve`, or see .seedbed/review.txt"
        yield _open(settings.seeds.name, message, hint)


class Readiness(msgspec.Struct, frozen=True):
    """What a site lacks."""

    problems: tuple[Problem, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing but open questions is left."""
        return all(problem.severity != "error" for problem in self.problems)


NOT_ASKED = Readiness(())


def readiness(settings: Settings, site: Path) -> Readiness:
    """Return all that a site lacks before it is published, and which hosts would refuse it."""
    missing = (*missing_from_site(settings), *missing_from_documents(settings))
    unsettled = (*drafts(settings), *open_in_documents(settings))
    return Readiness((*missing, *unsettled, *exceeded_limits(take_snapshot(site).files)))


def drafts(settings: Settings) -> Iterator[Problem]:
    """Yield a warning if addresses may still change: so long, no document was added on a day."""
    if has_draft_addresses(settings):
        message = "the addresses of documents are drafts, so feeds list no document"
        hint = "Run `seedbed build --release` when you publish: it makes addresses last"
        yield Problem("W123", "addresses.csv", message, hint, severity="warning")


def _open(source: str, message: str, hint: str) -> Problem:
    return Problem("W139", source, message, hint, severity="warning")
