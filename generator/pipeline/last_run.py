"""The inputs and outputs of the last run. If neither changed since, there is nothing to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.engine.cache_entries import peek_entry
from generator.engine.encoding import encode
from generator.engine.fingerprint import (
    Fingerprint,
    combine,
    environment_fingerprint,
    program_fingerprint,
)
from generator.engine.incremental import Build, peek_build_number
from generator.engine.tasks import PROGRAM, Item, Task, TaskSummary
from generator.engine.tesseract import recognition_key
from generator.files import DOCUMENT_ADDRESSES, ENTITY_ADDRESSES, take_seeds_snapshot
from generator.files.file_stats import file_stat
from generator.files.snapshot import Snapshot, folder_fingerprint
from generator.model import Problem, PublishedDocuments, Report
from generator.pipeline.docs_state import DocsState, peek_docs
from generator.pipeline.options import Options
from generator.settings import Settings

if TYPE_CHECKING:
    from generator.pipeline.corpus_state import CorpusState

SCHEMA_FILE = ".seedbed/corrections.schema.json"
"""Schema of corrections.yml for editors; the first line of that file names it."""

REVIEW_FILE = ".seedbed/review.txt"
"""Questions about names that are left for people to decide."""

QUESTIONS_FILE = ".seedbed/questions.json"
"""The same questions for the desk."""

DATABASE_FILE = ".seedbed/cache.sqlite"
"""Results of earlier builds; safe to delete."""

DATABASE_RESET = Problem(
    "W050",
    DATABASE_FILE,
    "this was damaged, or made by another version, and is created again",
    "There is nothing to do",
    severity="warning",
)


class _LastRun(NamedTuple):
    """The result of the task: what the last run left."""

    outputs: str
    """Fingerprint of the files that it left."""
    report: Report


_LAST_RUN: Task[_LastRun] = Task(
    "docs folder",
    "",
    _LastRun,
    (PROGRAM, "the options", "the settings", "the spaCy pipeline", "the seeds folder"),
)
_KEY = "last"


@dataclass(frozen=True, slots=True)
class RunResult:
    """The result of a run, and the folders: the seeds before it, docs after it."""

    report: Report
    docs: DocsState
    seeds: Snapshot
    tasks: tuple[TaskSummary, ...] = ()
    """What was outdated; empty if nothing was and the result is that of the last run."""
    outdated: frozenset[str] = frozenset()
    """The files of the docs folder that were left as they were, because the options said so."""
    state: CorpusState | None = None
    """What is known of the corpus; None if the result is that of the last run."""
    documents: PublishedDocuments | None = None
    """What is published; None if the result is that of the last run."""


def last_build_number(settings: Settings) -> int:
    """Return the number of the last build of a project; 0 if there was none."""
    return peek_build_number(settings.root / DATABASE_FILE)


def result_if_current(
    settings: Settings, options: Options | None = None, seeds: Snapshot | None = None
) -> RunResult | None:
    """Return the result of the last run if a new run would produce the same, else None.

    `seeds` is the seeds folder if it was looked up already. This imports nothing that takes long
    to load.
    """
    options = replace(options or Options(), with_lists=True)  # without them, no run is complete
    seeds = seeds or take_seeds_snapshot(settings.seeds)
    saved = replace(options, save_addresses=True)
    written = {options, saved, replace(saved, release=True)}
    searched = {replace(each, with_search=True) for each in written}
    last = _load(settings, written | searched, seeds)
    if last is None:
        return None
    docs = peek_docs(settings.root / DATABASE_FILE, settings.docs)
    if last.outputs != output_fingerprint(settings, docs):
        return None
    report = last.report
    same = replace(report, written=0, unchanged=report.written + report.unchanged, removed=0)
    return RunResult(same, docs, seeds)


def input_fingerprint(settings: Settings, options: Options, seeds: Snapshot) -> Fingerprint:
    """Return a fingerprint of all that a run depends on."""
    pipelines = [folder_fingerprint(Path(name)) for name in settings.names.values()]
    pipelines += [environment_fingerprint()] if pipelines else []
    inputs = (
        program_fingerprint(),
        options.cache_key,
        settings.cache_key,
        pipelines,
        seeds.fingerprint,
        recognition_key(settings.ocr),
    )
    return combine(map(encode, inputs))


def _load(settings: Settings, options: Iterable[Options], seeds: Snapshot) -> _LastRun | None:
    """Return what the last run left, if it had the same inputs and any of these options.

    A run that saved the addresses, or made them last, writes the same pages as one after it that
    does not. A run that made the index of the search has left a current one.
    """
    entry = peek_entry(settings.root / DATABASE_FILE, _LAST_RUN.name, _KEY)
    inputs = (input_fingerprint(settings, option, seeds).value for option in options)
    if entry is None or entry.fingerprint not in inputs:
        return None
    return _LAST_RUN.decode(entry)


def save(
    build: Build, settings: Settings, inputs: Fingerprint, report: Report, docs: DocsState
) -> None:
    """Save a run as the last one."""
    result = _LastRun(output_fingerprint(settings, docs), report)
    run = build.why_outdated(_LAST_RUN, build.entry(_LAST_RUN, _KEY), inputs)
    if run:  # always, as no output of this task ever counts as intact
        build.save(_LAST_RUN, Item(_KEY, inputs), result, run, (settings.docs.name,))


def output_fingerprint(settings: Settings, docs: DocsState) -> str:
    """Return a fingerprint of all files that a run writes, as they are now."""
    others = [
        settings.root / name
        for name in (
            *(SCHEMA_FILE, REVIEW_FILE, QUESTIONS_FILE),
            *(DOCUMENT_ADDRESSES, ENTITY_ADDRESSES),
        )
    ]
    return f"{docs.version} {[file_stat(path) for path in others]}"
