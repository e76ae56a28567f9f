"""A process with limits: whatever a function does there, only that process ends."""

from __future__ import annotations

import sys
import time

import pytest

from generator.engine.sandbox import LimitedProcess, Limits, resident_bytes
from generator.reading.formats.open_reading import LIMITED_FUNCTION, limited
from tests.reading.formats.making import docx, paragraph, run

_FAST = Limits(seconds=1.5)


@pytest.fixture
def process() -> LimitedProcess:
    """Return a process that does what its data says."""
    return LimitedProcess("tests.engine.sandbox_functions:obey", _FAST)


def test_an_answer_comes_back(process: LimitedProcess) -> None:
    """Large ones too, and one after the other."""
    for size in (0, 1, 5_000_000):
        assert process.call("echo", b"x" * size) == b"echo" + b"x" * size


def test_a_file_that_hangs_costs_its_time(process: LimitedProcess) -> None:
    """The process is ended, and the next file gets another."""
    start = time.monotonic()
    assert process.call("hang", b"") == "time"
    assert time.monotonic() - start < 10
    assert process.call("echo", b"x") == b"echox"


@pytest.mark.parametrize("name", ["abort", "exit", "stop-reading"])
def test_a_process_that_dies_is_replaced(process: LimitedProcess, name: str) -> None:
    """However it ended."""
    assert process.call(name, b"") == "memory"
    assert process.call("echo", b"x") == b"echox"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_memory_is_limited(process: LimitedProcess) -> None:
    """Three gigabytes are refused, and the process goes on or is replaced."""
    assert process.call("memory", b"") in {b"MemoryError", "memory"}
    assert process.call("echo", b"x") == b"echox"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither limits nor signals")
def test_a_process_can_neither_write_much_nor_see_the_environment(
    process: LimitedProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no secrets to tell, and no disk to fill."""
    monkeypatch.setenv("SECRET_TOKEN", "x")
    assert process.call("environment", b"") == b"False"
    assert process.call("print", b"") == b"printed"


def test_a_process_is_replaced_after_some_files() -> None:
    """Libraries lose memory."""
    process = LimitedProcess("tests.engine.sandbox_functions:obey", Limits(calls=2))
    numbers = [process.call("pid", b"") for _ in range(5)]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3] != numbers[4]


def test_the_memory_of_a_process_is_known() -> None:
    """As it is looked at where the system sets no limit."""
    import os

    assert resident_bytes(os.getpid()) > 1_000_000


def test_a_document_is_read_there_as_here() -> None:
    """Text, marks and counts cross the border of the process unchanged."""
    from generator.reading.formats.open_reading import open_reading

    data = docx(paragraph(run("Seen "), run("so", "<w:i/>"), run("not", "<w:vanish/>")))
    process = LimitedProcess(LIMITED_FUNCTION)
    assert limited(process.call)("a.docx", data) == open_reading("a.docx", data)
    assert limited(process.call)("a.txt", b"Words.") == open_reading("a.txt", b"Words.")
