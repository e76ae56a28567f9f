"""Work in several processes is the work of one, and dies with whoever asked for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from generator.engine.jobs import LOCAL_WORKERS
from generator.engine.worker_processes import reused_workers, start_early
from generator.engine.workers import (
    WorkerDiedError,
    background,
    batches,
    map_ordered,
    submit_before,
)
from generator.model import SeedbedError
from tests.engine.worker_functions import double, doubling, dying_once, forever
from tests.support import ROOT


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    """However long each takes, and however many there are."""
    assert list(map_ordered(partial(doubling, "x"), range(12, -28, -1), jobs)) == list(
        range(24, -56, -2)
    )
    assert list(map_ordered(partial(doubling, "x"), (), jobs)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_arrives_as_it_was_raised(jobs: int) -> None:
    """With its remedy."""
    with pytest.raises(SeedbedError, match=r"13 is no number\. Take another"):
        list(map_ordered(partial(doubling, "x"), [12, 13, 14], jobs))


@pytest.mark.parametrize("jobs", [1, 2])
def test_background_work_is_waited_for_when_its_result_is_read(jobs: int) -> None:
    """With its result, or with its error."""
    with background(jobs) as begin:
        first, second = begin(partial(double, 7)), begin(partial(double, 8))
        assert (second(), first()) == (16, 14)
        begin(partial(double, 9))  # nobody needs it, in the end
    with pytest.raises(SeedbedError, match="13 is no number"), background(jobs) as begin:
        begin(partial(double, 13))()


def process_of(_item: int) -> int:
    """Return the number of the process."""
    return os.getpid()


def telling_process() -> Callable[[int], int]:
    """Return a function that tells the process in which it runs."""
    return process_of


@pytest.mark.parametrize("jobs", [1, 2])
def test_late_work_is_started_when_the_first_result_was_taken(jobs: int) -> None:
    """So that it delays nothing that was submitted until then."""
    late: list[str] = []
    with background(jobs) as begin:
        submit = submit_before(begin, lambda: late.append("started"))
        first, second = submit(partial(int, "1")), submit(partial(int, "2"))
        assert late == []
        assert first() == 1
        assert late == ["started"]
        assert second() == 2


def test_workers_do_one_task_after_another_while_they_are_reused() -> None:
    """Also in the background, and after one of them died; without the block they are new."""
    with reused_workers():
        first = set(map_ordered(telling_process, range(20), 2))
        assert list(map_ordered(partial(doubling, "x"), range(3), 2)) == [0, 2, 4]
        with background(2) as begin:
            assert begin(partial(process_of, 0))() in first
        os.kill(min(first), signal.SIGKILL)
        again = set(map_ordered(telling_process, range(20), 2))
        assert max(first) in again
        assert min(first) not in again
    assert again.isdisjoint(map_ordered(telling_process, range(20), 2))
    for process in again:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def has_loaded(module: str) -> bool:
    """Whether the process in which it runs has loaded a module."""
    return module in sys.modules


def test_workers_that_start_early_load_what_they_need() -> None:
    """The last one works first; none is started unless workers are reused and then ended."""
    start_early(["wave"])
    assert not any(map_ordered(partial(partial, has_loaded), ["wave"] * 4, 2))
    with reused_workers():
        start_early(["wave", "colorsys"])
        with background(2) as begin:
            assert begin(partial(has_loaded, "colorsys"))()
            assert not begin(partial(has_loaded, "wave"))()


def test_workers_are_reused_after_the_last_result_was_taken() -> None:
    """Even if the caller did not ask for more; workers that are still at work are ended."""
    with reused_workers():
        results = map_ordered(telling_process, range(4), 2)
        first = {next(results) for _ in range(4)}
        results.close()  # type: ignore[attr-defined]
        assert first & set(map_ordered(telling_process, range(20), 2))
        unfinished = map_ordered(telling_process, range(100), 2)
        ended = {next(unfinished)}
        unfinished.close()  # type: ignore[attr-defined]
        assert ended.isdisjoint(map_ordered(telling_process, range(20), 2))


def test_reused_workers_are_ended_with_an_error() -> None:
    """They may be at work; the next task has new ones."""
    with reused_workers():
        with pytest.raises(SeedbedError, match="13 is no number"):
            list(map_ordered(partial(doubling, "x"), [12, 13, 14], 2))
        assert list(map_ordered(partial(doubling, "x"), range(3), 2)) == [0, 2, 4]


def test_background_work_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    """When something else went wrong meanwhile, nobody waits for it."""

    def give_up() -> None:
        with background(2) as begin:
            begin(partial(forever, str(tmp_path)))
            while not list(tmp_path.iterdir()):
                time.sleep(0.05)
            raise KeyError

    with pytest.raises(KeyError):
        give_up()
    (worker,) = (int(path.name) for path in tmp_path.iterdir())
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_a_worker_that_dies_is_an_error() -> None:
    """Not a wait for ever."""
    with pytest.raises(SeedbedError, match=r"a worker process died \(exit code 9\)"):
        list(map_ordered(partial(doubling, "x"), [1, 666], 2))


def test_another_worker_takes_the_item_of_one_that_died(tmp_path: Path) -> None:
    """Nothing is lost, and the order is the same."""
    numbers = [*range(30), 666, *range(30)]
    prepare = partial(dying_once, str(tmp_path))
    assert list(map_ordered(prepare, numbers, 2)) == [2 * number for number in numbers]
    assert (tmp_path / "died").exists()


def test_an_item_on_which_every_worker_dies_is_rescued() -> None:
    """All others have their results."""
    rescued = []

    def rescue(number: int, run_alone: Callable[[int], int]) -> int:
        with pytest.raises(WorkerDiedError, match="exit code 9"):
            run_alone(number)
        rescued.append(number)
        return -1

    results = list(map_ordered(partial(doubling, "x"), [2, 666, 4, 666, 6], 2, rescue))
    assert results == [4, -1, 8, -1, 12]
    assert rescued == [666, 666]


def test_items_are_taken_as_they_are_needed() -> None:
    """The corpus is never in memory as a whole."""
    taken = []

    def items() -> Iterator[int]:
        for number in range(0, 2000, 2):
            taken.append(number)
            yield number

    stream = map_ordered(partial(doubling, "x"), items(), 2)
    assert next(stream) == 0
    assert len(taken) < 50


def test_chunks_are_tuples_of_at_most_a_size() -> None:
    """The last one may be shorter."""
    assert list(batches(range(5), 2)) == [(0, 1), (2, 3), (4,)]


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_workers_die_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    """No process is left behind, even when nobody could tidy up."""
    code = (
        "import sys; from functools import partial;"
        "from generator.engine.workers import map_ordered;"
        "from tests.engine.worker_functions import endless;"
        "list(map_ordered(partial(endless, sys.argv[1]), [0.2] * 5000, 2))"
    )
    with subprocess.Popen([sys.executable, "-c", code, tmp_path], cwd=ROOT) as parent:
        try:
            wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
        finally:
            parent.send_signal(signal.SIGKILL)
    for path in tmp_path.iterdir():
        wait_until(lambda path=path: not runs(int(path.name)))  # type: ignore[misc]


def runs(process: int) -> bool:
    """Tell whether a process of this number works; one that only waits to be buried does not."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def wait_until(happened: Callable[[], bool]) -> None:
    """Wait until something has happened; fail after two minutes."""
    end = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("share", "expected"), [(0, 16), (100, 16), (16 * 20, 20), (16 * 64, 64), (1_000_000, 64)]
)
def test_batches_are_larger_where_each_worker_has_many(share: int, expected: int) -> None:
    """Or all would wait for the last batch of one of them."""
    assert LOCAL_WORKERS.batch_size(16, share) == expected
