"""What the commands that build have in common: loading, generating, progress and messages."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.model import Problem

if TYPE_CHECKING:
    from generator.engine.progress import StageTimer
    from generator.engine.workers import Progress
    from generator.pipeline.last_run import RunResult
    from generator.pipeline.options import Options
    from generator.publishing.mkdocs_build import Project

# Importing MkDocs takes long, so packages are imported inside the functions.


def load(config_file: Path, jobs: int = 0) -> Project:
    """Return a project, with another number of worker processes unless it is 0."""
    from generator.publishing.mkdocs_build import load_project

    project = load_project(config_file)
    settings = replace(project.settings, jobs=jobs or project.settings.jobs)
    return replace(project, settings=settings)


def run_options(*, accept: bool = False, release: bool = False) -> Options:
    """Return the options of a run."""
    from generator.pipeline.loss_guard import ACCEPT, STOP
    from generator.pipeline.options import Options

    return Options(release=release, loss_policy=ACCEPT if accept else STOP)


def generate_docs(project: Project, progress: Progress, options: Options) -> RunResult:
    """Write the pages of the seeds, and return the result."""
    from generator.reading.language import preload

    preload()
    from generator.pipeline.run import generate  # imported while `preload` works

    return generate(project.settings, options, progress)


def print_problems(problems: Iterable[Problem]) -> None:
    """Print messages, many of one kind as one."""
    from generator.publishing.problem_list import summarize

    print_lines(summarize(problems))


def print_lines(lines: Iterable[str]) -> None:
    """Print lines to standard error."""
    for line in lines:
        click.echo(line, err=True)


@contextmanager
def show_progress() -> Iterator[tuple[Progress, StageTimer]]:
    """Show the progress as one line on the terminal; nothing if the output is not a terminal."""
    from generator.engine.progress import StageTimer

    timer, is_terminal = StageTimer(), sys.stderr.isatty()

    def show(stage: str, done: int, total: int) -> None:
        line = timer.update(stage, done, total)
        if is_terminal:
            click.echo(f"\r\x1b[K{line}", nl=False, err=True)

    yield show, timer
    if is_terminal:
        click.echo("\r\x1b[K", nl=False, err=True)
