"""`seedbed generate`, `build` and `clean`: write the pages and the site, and remove them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import options, output
from generator.cli.addresses import print_drafts
from generator.cli.project import generate_docs, load, with_workers

if TYPE_CHECKING:
    from generator.engine.tasks import TaskSummary
    from generator.pipeline.options import Options
    from generator.publishing.mkdocs_build import Project


@click.command()
@options.config_file
@options.cluster
@options.accept
@options.explain
@options.strict
@options.as_json
def generate(
    config_file: Path, cluster: str, accept: bool, explained: str | None, **how: bool
) -> None:
    """Write the Markdown pages of the seeds, but no site."""
    from generator.engine.worker_processes import reused_workers
    from generator.files import project_lock
    from generator.pipeline.last_run import last_build_number

    project = load(config_file, cluster=cluster)
    with (
        project_lock(project.settings.root),
        reused_workers(),
        with_workers(project) as project,
        output.show_progress() as (progress, timer),
    ):
        since = last_build_number(project.settings)
        result = generate_docs(project, progress, _options(project, accept=accept))
        lines = _explanation(project, explained, since, result.tasks)
    report = result.report
    output.print_lines(lines)
    output.print_problems(report.problems)
    output.print_report(report, None, timer, as_json=how["as_json"])
    sys.exit(output.exit_code(report, strict=how["strict"]))


@click.command()
@options.config_file
@options.jobs
@options.cluster
@options.release
@options.accept
@options.explain
@options.strict
@options.as_json
def build(config_file: Path, jobs: int, cluster: str, explained: str | None, **how: bool) -> None:
    """Build the site of the seeds, check it, and publish it."""
    from generator.engine.worker_processes import reused_workers
    from generator.files import project_lock, walk_seeds
    from generator.pipeline.last_run import last_build_number, result_if_current
    from generator.publishing.publication_gaps import reminder
    from generator.publishing.publish import prescan_staging, publish

    project = load(config_file, jobs, cluster)
    with (
        project_lock(project.settings.root),
        reused_workers(),
        with_workers(project) as project,
        output.show_progress() as (progress, timer),
    ):
        since = last_build_number(project.settings)
        chosen = _options(project, accept=how["accept"], release=how["release"])
        walked = walk_seeds(project.settings.seeds)
        result, prescan = result_if_current(project.settings, chosen, walked.snapshot), None
        if result is None:
            with prescan_staging(project) as started:
                prescan = started and started.result
                submit = started and started.submit
                result = generate_docs(project, progress, chosen, submit, walked)
        report = output.add_problems(project.problems, result.report)
        output.print_problems(report.problems)
        publication = publish(project, progress, result, prescan)
        tasks = (*result.tasks, *publication.tasks)
        lines = _explanation(project, explained, since, tasks)
    output.print_lines(lines)
    if publication.report:
        output.print_problems(
            problem for problem in publication.report.problems if problem not in report.problems
        )
        report = output.add_problems(project.problems, publication.report)
    output.print_problems(publication.problems)
    report = output.add_problems(publication.problems, report)
    output.print_report(report, publication, timer, as_json=how["as_json"])
    if not how["as_json"]:
        click.echo(f"The site is in {output.relative_path(project.site)}.")
        print_drafts(report)
        if words := reminder(project.settings, report):
            click.echo(words)
    sys.exit(output.exit_code(report, strict=how["strict"]))


@click.command()
@options.config_file
def clean(config_file: Path) -> None:
    """Remove all that builds wrote. Handwritten pages and other files stay."""
    from generator.publishing.remove_built_files import clean as remove_built

    cleaned = remove_built(load(config_file))
    click.echo(f"Removed {cleaned.removed} generated files and folders.")
    for path in cleaned.remaining:
        click.echo(
            f"Not removed, as Seedbed has no record of writing it: {output.relative_path(path)}"
        )


def _explanation(
    project: Project, path: str | None, since: int, tasks: Iterable[TaskSummary]
) -> list[str]:
    """Return what `--explain` prints; without it nothing is imported, which takes half a second."""
    if path is None:
        return []
    from generator.publishing.rebuild_reasons import explain_tasks

    return explain_tasks(project, path, since, tasks)


def _options(project: Project, *, accept: bool = False, release: bool = False) -> Options:
    from generator.pipeline.large_loss import ACCEPT, STOP
    from generator.pipeline.options import Options

    return Options(release=release, loss_policy=ACCEPT if accept else STOP, workers=project.workers)
