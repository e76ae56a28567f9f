"""The command `seedbed`: its subcommands, signals, and errors as one line.

Results go to standard output, messages to standard error. Exit codes: 0 success; 1 some seeds have
no page, or there is a message with `--strict`; 2 invalid arguments; 3 an invalid setting or file,
or a failed check; 130 interrupted; 143 ended by another program.
"""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import click

from generator import __version__
from generator.cli.addresses import publish_addresses
from generator.cli.build import build, clean, generate
from generator.cli.checks import check, verify_site
from generator.cli.doctor import doctor
from generator.cli.explain import explain
from generator.cli.exports import export
from generator.cli.names import names
from generator.cli.projects import new, theme
from generator.cli.serve import serve
from generator.model import SeedbedError

if TYPE_CHECKING:
    from types import FrameType

# Importing MkDocs takes long, so packages are imported inside the commands: `--help` is fast.


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="seedbed")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def seedbed(debug: bool) -> None:
    """Turn a folder of documents into an archive that people can read, search and cite."""
    sys.tracebacklimit = 1000 if debug else 0


_COMMANDS = (
    *(build, check, clean, doctor, explain, export, generate, names, new),
    *(publish_addresses, serve, theme, verify_site),
)
for command in _COMMANDS:
    seedbed.add_command(command)


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

NUMPY_THREADS = "OPENBLAS_NUM_THREADS"
"""The variable for the threads that NumPy starts in each process. One is enough, because other
processes use the other cores; more wait in a busy loop, for 0.02 to 0.07 s in each process."""


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
    os.environ.setdefault(NUMPY_THREADS, "1")  # workers and background processes get it too
    # Otherwise workers that are still starting print a traceback.
    signal.signal(signal.SIGTERM, _stop)
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


def _fail(message: str, code: int) -> None:
    click.echo(f"seedbed: {message}", err=True)
    sys.exit(code)
