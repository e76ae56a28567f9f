"""What commands print about a run: progress, messages, the report."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
import msgspec

from generator.model import Problem, Report

if TYPE_CHECKING:
    from generator.engine.progress import StageTimer
    from generator.engine.workers import Progress
    from generator.publishing.publication import Publication


def add_problems(problems: Iterable[Problem], report: Report) -> Report:
    """Return a report with these problems after its own."""
    return replace(report, problems=(*report.problems, *problems))


def print_problems(problems: Iterable[Problem]) -> None:
    """Print a line for each problem, or for each group of many similar ones."""
    from generator.publishing.problem_list import summarize

    print_lines(summarize(problems))


def print_lines(lines: Iterable[str]) -> None:
    """Print messages: they go to standard error."""
    for line in lines:
        click.echo(line, err=True)


def print_report(
    report: Report, publication: Publication | None, timer: StageTimer, *, as_json: bool
) -> None:
    """Print the result of a run, in words or as one JSON object."""
    from generator.engine.progress import peak_memory
    from generator.publishing.results_in_words import (
        formats_in_words,
        pages_in_words,
        proof_in_words,
        report_in_words,
    )

    seconds, memory = timer.seconds(), peak_memory()
    if as_json:
        result: dict[str, Any] = {"schema": 1, **msgspec.to_builtins(report)}
        result["pages"] = msgspec.to_builtins(publication.pages) if publication else None
        result["proof"] = msgspec.to_builtins(publication.proof) if publication else None
        result |= {"seconds": seconds, "peak_memory_mb": memory}
        click.echo(json.dumps(result, ensure_ascii=False))
        return
    click.echo(report_in_words(report))
    if report.formats:
        click.echo(formats_in_words(report))
    if publication:
        click.echo(pages_in_words(publication.pages))
        click.echo(proof_in_words(publication.proof))
    stages = ", ".join(f"{stage} {duration:.1f}" for stage, duration in seconds.items())
    click.echo(f"Seconds: {stages or 'none'}. Peak memory: {memory} MB per process.")


def exit_code(report: Report, *, strict: bool) -> int:
    """Return 1 if a seed has no page, or if there is any message and the run is strict."""
    return int(report.errors > 0 or (strict and bool(report.problems)))


class ShownProgress(NamedTuple):
    """What shows the progress of a command, and the times of its stages."""

    progress: Progress
    timer: StageTimer


@contextmanager
def show_progress() -> Iterator[ShownProgress]:
    """Show the progress as one line on the terminal; nothing if the output is not a terminal."""
    from generator.engine.progress import StageTimer

    timer, is_terminal = StageTimer(), sys.stderr.isatty()

    def show(stage: str, done: int, total: int) -> None:
        line = timer.update(stage, done, total)
        if is_terminal:
            click.echo(f"\r\x1b[K{line}", nl=False, err=True)

    yield ShownProgress(show, timer)
    if is_terminal:
        click.echo("\r\x1b[K", nl=False, err=True)


def relative_path(path: Path) -> str:
    """Return a path as a person would type it in this folder."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
