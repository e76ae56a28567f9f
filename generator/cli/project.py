"""The project that a command is about."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.output import print_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.engine.workers import Progress, Submit
    from generator.files import WalkedSeeds
    from generator.model import Problem
    from generator.pipeline.last_run import RunResult
    from generator.pipeline.options import Options
    from generator.publishing.mkdocs_build import Project
    from generator.settings import Settings

_MIN_SEEDS = 250
"""Seeds for each worker that is started before it is known how many there are to read."""

_BACKGROUND = "generator.pipeline.background_texts"


def load(config_file: Path, jobs: int = 0, cluster: str = "") -> Project:
    """Return the project of a configuration; `jobs` and `cluster` replace the settings."""
    from generator.publishing.mkdocs_build import load_project
    from generator.settings import cluster_address

    project = load_project(config_file)
    settings = replace(
        project.settings,
        jobs=jobs or project.settings.jobs,
        cluster=cluster_address(cluster) or project.settings.cluster,
    )
    return replace(project, settings=settings)


def generate_docs(
    project: Project,
    progress: Progress,
    chosen: Options,
    submit: Submit | None = None,
    walked: WalkedSeeds | None = None,
) -> RunResult:
    """Write the pages of the seeds into the docs folder.

    `submit` starts tasks in the background; None: in a process of the run's own. `walked` is the
    seeds folder if it was walked already.
    """
    from generator.pipeline.language_model import SavedModel
    from generator.reading.language import preload

    if walked:
        _start_workers(project.settings, len(walked.snapshot.files))
    preload(SavedModel(project.settings.root))
    from generator.pipeline.generate import generate  # imported while `preload` works

    return generate(project.settings, chosen, progress, submit, walked)


def _start_workers(settings: Settings, seeds: int) -> None:
    """Start the workers of a first build, which load their modules while this process does."""
    from generator.engine.worker_processes import start_early
    from generator.engine.workers import available_cores
    from generator.pipeline.last_run import DATABASE_FILE

    count = min(settings.jobs or available_cores(), seeds // _MIN_SEEDS)
    if count > 1 and not settings.cluster and not (settings.root / DATABASE_FILE).exists():
        # The last one works in the background, and is asked for first.
        start_early((*repeat("generator.pipeline.seed_reading", count), _BACKGROUND))


@contextmanager
def with_workers(project: Project) -> Iterator[Project]:
    """Yield the project with the workers of the cluster in its settings, if there is one.

    Prints a warning if others on the network may read the texts.
    """
    address = project.settings.cluster
    if address is None:
        yield project
        return
    from generator.engine.cluster import cluster_workers, is_open_network

    if is_open_network(address):
        print_problems([_unprotected(address)])
    with cluster_workers(address, _folders(project)) as workers:
        yield replace(project, workers=workers)


def _folders(project: Project) -> tuple[Path, ...]:
    """Return all folders of a project; most are below the first."""
    from generator.files.staging_folder import find_staging_folder

    settings = project.settings
    staging = find_staging_folder(settings.root / ".seedbed", project.site).next
    return (settings.root, settings.docs, settings.seeds, project.site, staging)


def _unprotected(address: str) -> Problem:
    from generator.model import Problem

    message = f"the texts travel to the cluster at {address} unprotected, and so do programs"
    hint = "Use `tls://` and certificates of your own, unless the network is private"
    return Problem("W146", "mkdocs.yml", message, hint, severity="warning")
