"""The command line: the only module that prints.

Results go to standard output, messages to standard error. Exit codes: 0 success; 1 some seeds have
no page, or there is a message with `--strict`; 2 invalid arguments; 3 an invalid setting or file,
or a failed check; 130 interrupted; 143 ended by another program.
"""

from __future__ import annotations

import errno
import gc
import json
import signal
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import __version__
from generator.cli.addresses import print_drafts, publish_addresses
from generator.cli.builds import (
    generate_docs,
    load,
    print_lines,
    print_problems,
    run_options,
    show_progress,
)
from generator.cli.checks import check, verify_site
from generator.cli.doctor import doctor
from generator.cli.exports import export
from generator.cli.names import names
from generator.cli.options import as_json as _as_json
from generator.cli.options import config_file as _config_file
from generator.cli.projects import new, theme
from generator.model import Problem, Report, SeedbedError

if TYPE_CHECKING:
    from types import FrameType

    from generator.engine.progress import StageTimer
    from generator.publishing.publish import Publication

# Importing MkDocs takes long, so packages are imported inside the commands: `--help` is fast.

_strict = click.option("--strict", is_flag=True, help="Exit with 1 if there is any message.")
_jobs = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    help="Number of worker processes; by default the setting in mkdocs.yml, or all cores.",
)
_accept = click.option(
    "--accept",
    is_flag=True,
    help="Continue even if most documents or words of the last run are missing.",
)
_explain = click.option(
    *("--explain", "explained"),
    is_flag=False,
    flag_value="",
    metavar="[PATH]",
    help="Print what was outdated in each task, and why; with PATH, only for that seed or page.",
)
_release = click.option(
    "--release", is_flag=True, help="Make the addresses of documents last from now on."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="seedbed")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def seedbed(debug: bool) -> None:
    """Turn a folder of documents into an archive that people can read, search and cite."""
    sys.tracebacklimit = 1000 if debug else 0


@seedbed.command()
@_config_file
@_accept
@_explain
@_strict
@_as_json
def generate(
    config_file: Path, accept: bool, explained: str | None, strict: bool, as_json: bool
) -> None:
    """Write the Markdown pages of the seeds, without building the site."""
    from generator.files import project_lock
    from generator.publishing.explanation import explain_tasks, last_build

    project = load(config_file)
    with project_lock(project.settings.root), show_progress() as (progress, timer):
        since = last_build(project)
        result = generate_docs(project, progress, run_options(accept=accept))
        lines = explain_tasks(project, explained, since, result.tasks)
    report = result.report
    print_lines(lines)
    print_problems(report.problems)
    _print_report(report, None, timer, as_json=as_json)
    sys.exit(_exit_code(report, strict=strict))


@seedbed.command()
@_config_file
@_jobs
@_release
@_accept
@_explain
@_strict
@_as_json
def build(
    config_file: Path, jobs: int, accept: bool, release: bool, explained: str | None, **output: bool
) -> None:
    """Build the site of the seeds: generate pages, build, check, publish."""
    from generator.files import project_lock
    from generator.pipeline.last_run import result_if_current
    from generator.publishing.explanation import explain_tasks, last_build
    from generator.publishing.publish import prescan_staging, publish
    from generator.publishing.readiness import reminder

    project = load(config_file, jobs)
    with project_lock(project.settings.root), show_progress() as (progress, timer):
        since = last_build(project)
        options = run_options(accept=accept, release=release)
        result, prescan = result_if_current(project.settings, options), None
        if result is None:
            with prescan_staging(project) as prescan:
                result = generate_docs(project, progress, options)
        report = _add_problems(project.problems, result.report)
        print_problems(report.problems)
        publication = publish(project, progress, result, prescan)
        tasks = (*result.tasks, *publication.tasks)
        lines = explain_tasks(project, explained, since, tasks)
    print_lines(lines)
    if publication.report:
        print_problems(
            problem for problem in publication.report.problems if problem not in report.problems
        )
        report = _add_problems(project.problems, publication.report)
    print_problems(publication.problems)
    report = _add_problems(publication.problems, report)
    _print_report(report, publication, timer, as_json=output["as_json"])
    if not output["as_json"]:
        click.echo(f"The site is in {_relative_path(project.site)}.")
        print_drafts(project.settings)
        if words := reminder(project.settings):
            click.echo(words)
    sys.exit(_exit_code(report, strict=output["strict"]))


@seedbed.command()
@_config_file
@click.option(
    "-a",
    "--dev-addr",
    metavar="HOST:PORT",
    help="Address of the server; by default that in mkdocs.yml, or 127.0.0.1:8000.",
)
@click.option("-o", "--open", "open_in_browser", is_flag=True, help="Open the site in a browser.")
@click.option("--desk/--no-desk", default=True, help="Offer to correct pages in the browser.")
def serve(config_file: Path, dev_addr: str | None, open_in_browser: bool, desk: bool) -> None:
    """Serve a live preview that is updated after every change of a seed."""
    from generator.publishing import mkdocs_build

    mkdocs_build.serve(load(config_file), dev_addr, open_in_browser=open_in_browser, desk=desk)


@seedbed.command()
@_config_file
def clean(config_file: Path) -> None:
    """Remove everything that a build writes; handwritten pages and other files stay."""
    from generator.publishing.cleaning import clean as remove_built

    cleaned = remove_built(load(config_file))
    click.echo(f"Removed {cleaned.removed} generated files and folders.")
    for path in cleaned.remaining:
        click.echo(f"Not removed, as Seedbed has no record of writing it: {_relative_path(path)}")


@seedbed.command()
@click.argument("what", metavar="SEED|NAME")
@_config_file
@_as_json
def explain(what: str, config_file: Path, as_json: bool) -> None:
    """Show every decision about one SEED or one NAME, with its reason."""
    from generator.explain import name as names
    from generator.explain import seed as seeds

    settings = load(config_file).settings
    if seeds.looks_like_seed(settings, what):
        decisions, as_text = seeds.explain_seed(settings, what), seeds.as_text
    else:
        decisions, as_text = names.explain_name(settings, what), names.as_text
    click.echo(json.dumps(decisions, ensure_ascii=False) if as_json else as_text(decisions))


seedbed.add_command(doctor)
seedbed.add_command(new)
seedbed.add_command(theme)
seedbed.add_command(check)
seedbed.add_command(export)
seedbed.add_command(names)
seedbed.add_command(publish_addresses)
seedbed.add_command(verify_site)

_REMEDIES = {
    errno.EADDRINUSE: "Another program uses this address: choose another one with --dev-addr",
    errno.ENOSPC: "Free some disk space; the published site was not changed",
    errno.EISDIR: "There is a folder where a file is needed: move it",
    errno.ENOTDIR: "There is a file where a folder is needed: move it",
}


GC_THRESHOLDS = 1_000_000, 20, 100
"""Thresholds of Python's garbage collector, far above the default. A run has millions of values
and no reference cycles; with the default, collection took a tenth of a build after an edit."""

SWITCH_INTERVAL = 0.0005
"""Thread switch interval in seconds, a tenth of the default. A background thread loads the language
model in hundreds of small steps and would wait for the interpreter lock after each one."""


class _Terminated(BaseException):
    """Raised when another program ends this one, such as `kill` or a shutdown."""


_REPEAT_INTERVAL = 1.0
"""Seconds in which a second signal counts as the first one: `timeout` sends it to a program and to
its group, and a terminal to all programs in it."""


def _stop(number: int, _frame: FrameType | None) -> None:
    """Stop at the first signal; until the program has ended, only a much later one is obeyed."""
    handler = partial(_stop_again, time.monotonic())
    signal.signal(signal.SIGTERM, handler)
    signal.signal(signal.SIGINT, handler)
    raise KeyboardInterrupt if number == signal.SIGINT else _Terminated


def _stop_again(first: float, number: int, _frame: FrameType | None) -> None:
    if time.monotonic() - first > _REPEAT_INTERVAL:
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)


def main() -> None:
    """Run the command line; an error is printed as one line that says what to do now."""
    debug = "--debug" in sys.argv
    gc.set_threshold(*GC_THRESHOLDS)
    sys.setswitchinterval(SWITCH_INTERVAL)
    signal.signal(
        signal.SIGTERM, _stop
    )  # otherwise workers that are still starting print a traceback
    # A shell sets another handler for programs that must not be interrupted.
    if signal.getsignal(signal.SIGINT) == signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)
    try:
        seedbed.main(standalone_mode=False)
    except SeedbedError as error:
        if debug:
            raise
        _fail(str(error), 3)
    except click.exceptions.Abort:
        _fail("interrupted", 130)
    except _Terminated:
        _fail("ended by another program", 143)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except OSError as error:
        if debug:
            raise
        hint = _REMEDIES.get(error.errno or 0, "Check the disk and your permissions")
        where = f"{error.filename}: " if error.filename else ""
        _fail(f"{where}{error.strerror or error}. {hint}", 3)
    finally:
        gc.freeze()  # otherwise Python collects garbage once more before it exits


def _add_problems(problems: Iterable[Problem], report: Report) -> Report:
    return replace(report, problems=(*report.problems, *problems))


def _print_report(
    report: Report, publication: Publication | None, timer: StageTimer, *, as_json: bool
) -> None:
    from generator.engine.progress import peak_memory
    from generator.publishing.results_in_words import (
        formats_in_words,
        pages_in_words,
        proof_in_words,
        report_in_words,
    )

    seconds, memory = timer.seconds(), peak_memory()
    if as_json:
        result: dict[str, Any] = {"schema": 1, **asdict(report)}
        result["pages"] = asdict(publication.pages) if publication else None
        result["proof"] = asdict(publication.proof) if publication else None
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


def _exit_code(report: Report, *, strict: bool) -> int:
    return int(report.errors > 0 or (strict and bool(report.problems)))


def _relative_path(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _fail(message: str, code: int) -> None:
    click.echo(f"seedbed: {message}", err=True)
    sys.exit(code)
