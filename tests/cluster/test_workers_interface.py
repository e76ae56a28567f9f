"""Laws that processes of this computer and the workers of a cluster share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from generator.engine import cluster
from generator.engine.database_file import open_database
from generator.engine.jobs import LOCAL_WORKERS, Delivered, Job, Supplies, Workers
from generator.engine.workers import WorkerDiedError
from generator.model import SeedbedError
from generator.settings import cluster_address
from tests.cluster.support import one_worker, require_cluster, wait_until
from tests.cluster.work import copying, doubling_each, job_of, supplies
from tests.engine.worker_functions import doubling, dying_once


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the workers of a cluster do not see."""
    return tmp_path_factory.mktemp("project")


BOTH = ("processes of this computer", "cluster")


@pytest.fixture(scope="module", params=[BOTH[0], pytest.param(BOTH[1], marks=pytest.mark.slow)])
def workers(request: pytest.FixtureRequest, project: Path) -> Iterator[Workers]:
    """Yield both kinds of workers."""
    if request.param != "cluster":
        yield LOCAL_WORKERS
        return
    require_cluster()
    with cluster.cluster_workers("local:2", [project]) as started:
        yield started


def results(workers: Workers, items: Iterable[int], jobs: int = 2) -> list[int]:
    """Return the doubles of numbers."""
    job = job_of(partial(doubling, "x"))
    return [part.value for [part] in workers.map(job, items, jobs)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(workers: Workers, jobs: int) -> None:
    """However long each takes, and however many there are."""
    assert results(workers, range(12, -28, -1), jobs) == list(range(24, -56, -2))
    assert results(workers, (), jobs) == []


def test_an_error_arrives_as_it_was_raised(workers: Workers) -> None:
    """With its remedy, and with the worker's traceback; the workers are of use afterwards."""
    with pytest.raises(SeedbedError, match=r"13 is no number\. Take another") as caught:
        results(workers, [12, 13, 14])
    assert "in double" in "".join(caught.value.__notes__)
    assert results(workers, [1, 2]) == [2, 4]


def test_items_are_taken_as_they_are_needed(workers: Workers) -> None:
    """The corpus is never in memory as a whole: on a cluster of two, 64 items are taken ahead."""
    taken = []

    def items() -> Iterator[int]:
        for number in range(0, 2000, 2):
            taken.append(number)
            yield number

    stream = workers.map(job_of(partial(doubling, "x")), items(), 2)
    assert next(iter(stream))[0].value == 0
    assert len(taken) <= 64 + 1


SLOW_ON_A_CLUSTER = pytest.mark.parametrize(
    "workers", [BOTH[0], pytest.param(BOTH[1], marks=pytest.mark.slow)], indirect=True
)
"""It takes seconds to start a worker again."""


@SLOW_ON_A_CLUSTER
def test_another_worker_takes_the_item_of_one_that_died(workers: Workers, tmp_path: Path) -> None:
    """Nothing is lost, and the order is the same."""
    numbers = [*range(20), 666, *range(20)]
    job = job_of(partial(dying_once, str(tmp_path)))
    done = [part.value for [part] in workers.map(job, numbers, 2)]
    assert done == [2 * number for number in numbers]
    assert (tmp_path / "died").exists()


@SLOW_ON_A_CLUSTER
def test_an_item_on_which_workers_die_is_rescued(workers: Workers) -> None:
    """All others have their results; smaller items are tried alone."""
    job = Job(doubling_each, rescue=_each_alone)
    items: list[Sequence[int]] = [(2, 4), (6, 666), (8, 10)]
    values = [[part.value for part in parts] for parts in workers.map(job, items, 2)]
    assert values == [[4, 8], [12, -1], [16, 20]]


@pytest.mark.slow
def test_when_all_workers_have_left_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build does not wait for ever."""
    require_cluster()
    monkeypatch.setattr(cluster, "_SECONDS_WITHOUT_WORKERS", 1.0)
    with (
        one_worker(tmp_path / "cluster") as started,  # nobody starts it again
        cluster.cluster_workers(started.address, [tmp_path]) as left,
        pytest.raises(SeedbedError, match=r"has no workers\. Start some"),
    ):
        results(left, [2, 666])


@pytest.mark.slow
def test_a_connection_that_was_lost_is_closed_without_another_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Commands have no tracebacks, and Dask looks into them while it tries to connect again.

    When it has given up there is no scheduler, which it does not expect either.
    """
    require_cluster()
    import dask.config

    monkeypatch.setattr(sys, "tracebacklimit", 0, raising=False)
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "2s"}),
        one_worker(tmp_path / "cluster") as started,
        cluster.cluster_workers(started.address, [tmp_path]) as lost,
    ):
        assert results(lost, [2, 4]) == [4, 8]
        started.kill(0)
        with pytest.raises(SeedbedError, match=r"connection to the cluster at .* was lost"):
            results(lost, [2, 4])
        wait_until(lambda: "closing client" in caplog.text)
        with pytest.raises(SeedbedError, match=r"connection to the cluster at .* was lost"):
            results(lost, [2, 4])


def _each_alone(
    numbers: Sequence[int], run_alone: Callable[[Sequence[int]], list[Delivered[int]]]
) -> list[Delivered[int]]:
    parts: list[Delivered[int]] = []
    for number in numbers:
        try:
            parts += run_alone((number,))
        except WorkerDiedError:
            parts.append(Delivered(-1))
    return parts


@pytest.fixture
def copy_job(project: Path) -> Job[str, str]:
    """Return a job with files and a database, of which an item needs a part."""
    (project / "rules.txt").write_text("rules")
    for name in ("a", "b", "c", "d"):
        (project / name).write_text(f"text of {name}")
    path = project / "cache.sqlite"
    with open_database(path) as database:
        database.put("words", [(name, name.upper().encode()) for name in "abcd"])
    rules = Supplies({project / "rules.txt": b"rules"})
    return Job(
        partial(copying, project, path),
        project,
        partial(partial, supplies, project),
        rules,
        path,
    )


def test_the_files_of_results_are_in_the_project(
    workers: Workers, project: Path, copy_job: Job[str, str]
) -> None:
    """Whether workers see its folder or not; one with the same bytes does not count as changed."""
    out = project / "out"
    out.mkdir(exist_ok=True)
    (out / "a").write_text("rules A text of a")
    (out / "b").unlink(missing_ok=True)
    done = [part for [part] in workers.map(copy_job, "abcd", 2)]
    assert {path.name: path.read_text() for path in sorted(out.iterdir())} == {
        name: f"rules {name.upper()} text of {name}" for name in "abcd"
    }
    assert [part.changed for part in done[:2]] == [(), ("out/b",)]
    if workers is LOCAL_WORKERS:
        return
    own = {".sound", "cache.sqlite", "cache.sound", "rules.txt"}
    seen = [set(part.value.split(", ")[1:]) - own for part in done]
    assert seen == [{"a"}, {"b"}, {"c"}, {"d"}]  # nothing that an earlier item needed


def test_an_item_whose_file_cannot_be_read_is_worked_on_here(
    workers: Workers, project: Path, copy_job: Job[str, str]
) -> None:
    """Its work finds the same as it finds without a cluster."""
    (project / "c").unlink()
    with pytest.raises(FileNotFoundError, match=r"project0/c"):
        list(workers.map(copy_job, "abcd", 2))


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("tcp://192.168.1.7:8786", True),
        ("tcp://scheduler.example.org:8786", True),
        ("tcp://127.0.0.1:8786", False),
        ("tcp://[::1]:8786", False),
        ("tcp://localhost:8786", False),
        ("tls://192.168.1.7:8786", False),
        ("local:4", False),
    ],
)
def test_only_plain_connections_to_other_computers_are_open(address: str, is_open: bool) -> None:
    """Their texts can be read on the way, and their workers run anybody's programs."""
    assert cluster.is_open_network(address) == is_open


def test_without_the_extra_there_is_a_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Before anything is done."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(SeedbedError, match=r"pip install seedbed\[cluster\]"),
        cluster.cluster_workers("local:2", [tmp_path]),
    ):
        pass


@pytest.mark.parametrize("address", ["tls://example.org:8786", "tcp://[::1]:8786", "local:16"])
def test_addresses_of_clusters(address: str) -> None:
    """Those that Dask listens on with or without TLS, and processes of this computer."""
    assert cluster_address(address) == address


@pytest.mark.parametrize(
    "address",
    ["tls://example.org", "http://example.org:8786", "local:0", "local", "x", "tls://a b:1"],
)
def test_an_address_that_is_none_is_an_error(address: str) -> None:
    """With the forms that there are."""
    with pytest.raises(
        SeedbedError, match=r"not the address of a cluster\. Write `tls://HOST:PORT`"
    ):
        cluster_address(address)
