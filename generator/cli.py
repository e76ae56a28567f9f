"""The command line: the only module that prints.

What a command works out goes to standard output, what it has to say to standard error. Exit
codes: 0 all well; 1 some seeds got no page, or `--strict` found something; 2 a wrong call;
3 a setting, a file or a promise is broken; 130 interrupted; 143 ended by another program.
"""

from __future__ import annotations

import errno
import gc
import json
import logging
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import __version__
from generator.model import PageCounts, Problem, Report, SeedbedError

if TYPE_CHECKING:
    from types import FrameType

    from generator.checking.check import Proof
    from generator.engine.progress import StageTimer
    from generator.engine.workers import Progress
    from generator.pipeline.last_run import RunResult
    from generator.publishing.mkdocs_build import Project
    from generator.publishing.publish import Publication

# The rooms are imported inside the commands: `--help` must not wait for MkDocs.

_config_file = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The project's configuration.",
)
_as_json = click.option(
    "--json", "as_json", is_flag=True, help="Print the result as one JSON object."
)
_strict = click.option(
    "--strict", is_flag=True, help="Exit with 1 when there is any message at all."
)
_jobs = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    help="How many processes work; mkdocs.yml or all cores decide.",
)
_accept = click.option(
    "--accept",
    is_flag=True,
    help="Go on even if most documents or words of the last run are missing.",
)
_explain = click.option(
    *("--explain", "explained"), is_flag=True, help="Print what was outdated in each task, and why."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="seedbed")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def seedbed(debug: bool) -> None:
    """Turn a folder of documents into an archive that people can read, search and cite."""
    sys.tracebacklimit = 1000 if debug else 0


@seedbed.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", default="My archive", show_default=True, help="The name of the site.")
def new(folder: Path, name: str) -> None:
    """Start a project in FOLDER: mkdocs.yml, seeds/, docs/ and the theme."""
    from generator.starter import create_project

    for path in create_project(folder, name):
        click.echo(f"{folder / path} is yours and stays as it is.", err=True)
    click.echo(
        f"Started {folder}. Put text files into {folder / 'seeds'}, then run `seedbed build` there."
    )


@seedbed.command()
@_config_file
@_accept
@_explain
@_strict
@_as_json
def generate(config_file: Path, accept: bool, explained: bool, strict: bool, as_json: bool) -> None:
    """Turn the seeds into Markdown, without building the site."""
    from generator.files import project_lock

    project = _load(config_file)
    with project_lock(project.settings.root), _progress() as (progress, watch):
        report = _generate(project, progress, accept=accept, explained=explained).report
    _tell_problems(report.problems)
    _print_report(report, None, watch, as_json=as_json)
    sys.exit(_exit_code(report, strict=strict))


@seedbed.command()
@_config_file
@_jobs
@_accept
@_explain
@_strict
@_as_json
def build(config_file: Path, jobs: int, accept: bool, explained: bool, **output: bool) -> None:
    """Turn the seeds into a site: generate, build aside, check, put in place."""
    from generator.files import project_lock
    from generator.pipeline.last_run import result_if_current
    from generator.publishing.publish import prescan_staging, publish

    project = _load(config_file, jobs)
    with project_lock(project.settings.root), _progress() as (progress, watch):
        left, looked = None if explained else result_if_current(project.settings), None
        if left is None:
            with prescan_staging(project) as looked:
                left = _generate(project, progress, accept=accept, explained=explained)
        report = _add_problems(project.problems, left.report)
        _tell_problems(report.problems)
        published = publish(project, progress, left, looked)
    if published.report:
        _tell_problems(
            problem for problem in published.report.problems if problem not in report.problems
        )
        report = _add_problems(project.problems, published.report)
    _tell_problems(published.problems)
    report = _add_problems(published.problems, report)
    _print_report(report, published, watch, as_json=output["as_json"])
    if not output["as_json"]:
        click.echo(f"The site is in {_relative_path(project.site)}.")
    sys.exit(_exit_code(report, strict=output["strict"]))


@seedbed.command()
@_config_file
@click.option(
    "-a",
    "--dev-addr",
    metavar="HOST:PORT",
    help="Where to serve; mkdocs.yml or 127.0.0.1:8000 decide.",
)
@click.option("-o", "--open", "open_in_browser", is_flag=True, help="Open the site in a browser.")
def serve(config_file: Path, dev_addr: str | None, open_in_browser: bool) -> None:
    """Serve a live preview that follows every change of a seed."""
    from generator.publishing import mkdocs_build

    # What the `mkdocs` command sets up for itself: the address, and every rebuild.
    logging.getLogger("mkdocs").addHandler(logging.StreamHandler())
    logging.getLogger("mkdocs").setLevel(logging.INFO)
    mkdocs_build.serve(_load(config_file), dev_addr, open_in_browser=open_in_browser)


@seedbed.command()
@_config_file
@_as_json
def check(config_file: Path, as_json: bool) -> None:
    """Prove the built site against its seeds."""
    from generator.checking.check import check as prove

    project = _load(config_file)
    proof = prove(project.settings, project.site)
    if as_json:
        click.echo(json.dumps({"schema": 1, **asdict(proof)}))
    else:
        click.echo(_proof_in_words(proof))
        for problem in (*proof.broken, *proof.warnings):
            click.echo(str(problem), err=True)
    sys.exit(3 if proof.broken else 0)


@seedbed.command()
@_config_file
def clean(config_file: Path) -> None:
    """Remove everything that a build makes; hand-written pages stay, and all files of others."""
    from generator.publishing.cleaning import clean as remove_built

    cleaned = remove_built(_load(config_file))
    click.echo(f"Removed {cleaned.removed} generated files and folders.")
    for path in cleaned.left:
        click.echo(f"Left in place, as Seedbed has no record of writing it: {_relative_path(path)}")


@seedbed.command()
@click.argument("what", metavar="SEED|NAME")
@_config_file
@_as_json
def explain(what: str, config_file: Path, as_json: bool) -> None:
    """Tell every decision that was taken about one SEED or one NAME, and why."""
    from generator.explain import name as name_module
    from generator.explain import seed as explain_seed_module

    settings = _load(config_file).settings
    if explain_seed_module.looks_like_seed(settings, what):
        found, words = explain_seed_module.explain_seed(settings, what), explain_seed_module.as_text
    else:
        found, words = name_module.explain_name(settings, what), name_module.as_text
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else words(found))


_REMEDIES = {
    errno.EADDRINUSE: "Another program serves there: choose an address with --dev-addr",
    errno.ENOSPC: "Make room on the disk; the old site stands",
    errno.EISDIR: "A folder stands where a file belongs: move it away",
    errno.ENOTDIR: "A file stands where a folder belongs: move it away",
}


GC_THRESHOLDS = 1_000_000, 20, 100
"""How seldom Python looks for values that hold each other: a run's do not, and there are millions.
With the usual thresholds it took a tenth of an edit."""

SWITCH_INTERVAL = 0.0005
"""Seconds after which a thread gives way to another, a tenth of the usual. The language model comes
in hundreds of pieces, and what loads it would wait so long for its turn after each."""


class _Terminated(BaseException):
    """Another program ended this one, as `kill` and a server that shuts down do."""


_ONCE = 1.0
"""Seconds in which a second signal is the first one again: `timeout` sends it to a program and to
its group, and a terminal to whoever runs in it."""


def _stop(number: int, _frame: FrameType | None) -> None:
    """End at the first signal; let nothing disturb the end but a signal that comes much later."""
    again = partial(_stop_again, time.monotonic())
    signal.signal(signal.SIGTERM, again)
    signal.signal(signal.SIGINT, again)
    raise KeyboardInterrupt if number == signal.SIGINT else _Terminated


def _stop_again(first: float, number: int, _frame: FrameType | None) -> None:
    if time.monotonic() - first > _ONCE:
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)


def main() -> None:
    """Run the command line; every error ends in one line that says what to do now."""
    debug = "--debug" in sys.argv
    gc.set_threshold(*GC_THRESHOLDS)
    sys.setswitchinterval(SWITCH_INTERVAL)
    signal.signal(signal.SIGTERM, _stop)  # or workers that are just starting would cry out
    if signal.getsignal(signal.SIGINT) == signal.default_int_handler:  # unless nobody may interrupt
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
        hint = _REMEDIES.get(error.errno or 0, "Look at the disk and at your rights there")
        where = f"{error.filename}: " if error.filename else ""
        _fail(f"{where}{error.strerror or error}. {hint}", 3)
    finally:
        gc.freeze()  # or Python looks through all that is left once more, before it goes anyway


def _load(config_file: Path, jobs: int = 0) -> Project:
    from generator.publishing.mkdocs_build import load_project

    project = load_project(config_file)
    settings = replace(project.settings, jobs=jobs or project.settings.jobs)
    return replace(project, settings=settings)


def _generate(project: Project, progress: Progress, *, accept: bool, explained: bool) -> RunResult:
    from generator.reading.language import preload

    preload()
    from generator.pipeline.losses import ACCEPT, STOP
    from generator.pipeline.options import Options
    from generator.pipeline.run import generate  # here, because it takes as long to load

    result = generate(project.settings, Options(losses=ACCEPT if accept else STOP), progress)
    for task in (result.tasks or ["All tasks are up to date."]) if explained else ():
        click.echo(str(task), err=True)
    return result


def _add_problems(problems: Iterable[Problem], report: Report) -> Report:
    return replace(report, problems=(*report.problems, *problems))


def _tell_problems(problems: Iterable[Problem]) -> None:
    from generator.publishing.problem_list import summarize

    for line in summarize(problems):
        click.echo(line, err=True)


def _print_report(
    report: Report, published: Publication | None, watch: StageTimer, *, as_json: bool
) -> None:
    from generator.engine.progress import peak_memory

    seconds, memory = watch.seconds(), peak_memory()
    if as_json:
        result: dict[str, Any] = {"schema": 1, **asdict(report)}
        result["pages"] = asdict(published.pages) if published else None
        result["proof"] = asdict(published.proof) if published else None
        result |= {"seconds": seconds, "peak_memory_mb": memory}
        click.echo(json.dumps(result, ensure_ascii=False))
        return
    click.echo(
        f"{_count(report.documents, 'document')}, {_count(report.words, 'word')},"
        f" {_count(report.names, 'name')};"
        f" files: {report.written} written, {report.unchanged} unchanged, {report.removed} removed;"
        f" {_count(report.errors, 'seed')} without a page{_left_out_in_words(report)}."
    )
    if published:
        click.echo(_pages_in_words(published.pages))
        click.echo(_proof_in_words(published.proof))
    stages = ", ".join(f"{stage} {spent:.1f}" for stage, spent in seconds.items())
    click.echo(f"Seconds: {stages or 'none'}. Peak memory: {memory} MB a process.")


def _left_out_in_words(report: Report) -> str:
    return f"; {len(report.left_out):,} left out" if report.left_out else ""


def _pages_in_words(pages: PageCounts) -> str:
    if pages == PageCounts():
        return "Pages: MkDocs alone rendered them, as a plugin or hook may look at all of them."
    return (
        f"Pages: {pages.rendered:,} rendered, {pages.unchanged:,} unchanged,"
        f" {pages.removed:,} removed."
    )


def _proof_in_words(proof: Proof) -> str:
    broken = len(proof.broken)
    verdict = f"{_count(broken, 'promise')} broken" if broken else "every promise holds"
    if not proof.documents and not broken:
        links = f"{_count(proof.links, 'link')} on {_count(proof.pages, 'page')}"
        return f"Checked {links}, which all hold; there was no document to prove."
    return (
        f"Checked {_count(proof.documents, 'document')} ({_count(proof.words, 'word')} rebuilt"
        f" to the letter by taking back {_count(proof.changes, 'change')})"
        f" and {_count(proof.links, 'link')} on {_count(proof.pages, 'page')}: {verdict}."
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _exit_code(report: Report, *, strict: bool) -> int:
    return int(report.errors > 0 or (strict and bool(report.problems)))


@contextmanager
def _progress() -> Iterator[tuple[Progress, StageTimer]]:
    """A line on the terminal that says how far it is; nothing where nobody watches."""
    from generator.engine.progress import StageTimer

    watch, watched = StageTimer(), sys.stderr.isatty()

    def show(stage: str, done: int, total: int) -> None:
        line = watch.update(stage, done, total)
        if watched:
            click.echo(f"\r\x1b[K{line}", nl=False, err=True)

    yield show, watch
    if watched:
        click.echo("\r\x1b[K", nl=False, err=True)


def _relative_path(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _fail(message: str, code: int) -> None:
    click.echo(f"seedbed: {message}", err=True)
    sys.exit(code)
