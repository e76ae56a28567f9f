"""Whole builds on a cluster: two workers that do not see the project's folder, with TLS."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from generator.engine.cache_entries import decode_row
from tests.cluster.seeds import seeds
from tests.cluster.support import Cluster, cluster, require_cluster, tls_settings, wait_until
from tests.support import ROOT, make_project, tree

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return Dask's settings for TLS."""
    require_cluster()
    return tls_settings(tmp_path_factory.mktemp("tls") / "files")


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that was built without a cluster."""
    folder = tmp_path_factory.mktemp("local") / "project"
    folder.mkdir()
    make_project(folder, seeds(200))
    fresh = tmp_path_factory.mktemp("fresh") / "project"
    shutil.copytree(folder, fresh)
    (folder / "fresh").symlink_to(fresh)
    with build(folder, {}) as running:
        output, _ = running.communicate(timeout=600)
    assert running.returncode == 0, output
    return folder


@pytest.fixture
def project(local: Path, tmp_path: Path) -> Path:
    """Return the same project before it was built."""
    return Path(shutil.copytree((local / "fresh").resolve(), tmp_path / "project"))


@pytest.fixture
def two_workers(settings: Mapping[str, str], tmp_path: Path) -> Iterator[Cluster]:
    """Yield a cluster of two workers."""
    with cluster(tmp_path / "cluster", settings) as started:
        yield started


def build(folder: Path, settings: Mapping[str, str], *options: str) -> subprocess.Popen[str]:
    """Start to build a project; two processes are used where there is no cluster."""
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "build", "-j", "2", *options],
        cwd=folder,
        env={**os.environ, **settings, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def count_read(folder: Path) -> int:
    """Return how many seeds a build has read so far."""
    database = folder / ".seedbed/cache.sqlite"
    if not database.is_file():
        return 0
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as opened:
        tables = opened.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        query = "SELECT value FROM entries WHERE name = 'seeds'"
        rows = opened.execute(query).fetchall() if tables else ()
    return sum(found.count for (row,) in rows if (found := decode_row(row)))


def test_a_killed_worker_changes_nothing(
    local: Path, project: Path, two_workers: Cluster, settings: Mapping[str, str]
) -> None:
    """The pages and the site are those of a build without a cluster."""
    with build(project, settings, "--cluster", two_workers.address) as running:
        wait_until(lambda: count_read(project) > 0)
        two_workers.kill_working_process(1)
        output, _ = running.communicate(timeout=600)
    assert running.returncode == 0, output
    assert tree(project / "docs") == tree(local / "docs")
    assert tree(project / "site") == tree(local / "site")
    assert not list(two_workers.folder.rglob("seedbed-*"))  # the texts are gone


def test_a_killed_scheduler_ends_the_build_and_the_next_one_goes_on(
    local: Path, project: Path, two_workers: Cluster, settings: Mapping[str, str]
) -> None:
    """With a message that says what happened, where, and what to do now."""
    with build(project, settings, "--cluster", two_workers.address) as running:
        wait_until(lambda: count_read(project) > 0)
        two_workers.kill(0)
        output, _ = running.communicate(timeout=600)
    assert running.returncode == 3, output
    assert f"the connection to the cluster at {two_workers.address} was lost" in output
    assert "build without a cluster" in output
    assert "Traceback" not in output
    assert not (project / "site").exists()
    read = count_read(project)
    with build(project, {}, "--explain") as running:
        output, _ = running.communicate(timeout=600)
    assert running.returncode == 0, output
    assert f"seeds: {read} up to date" in output
    assert tree(project / "docs") == tree(local / "docs")
    assert tree(project / "site") == tree(local / "site")


def test_who_has_no_certificate_is_refused(project: Path, two_workers: Cluster) -> None:
    """Neither texts nor programs travel."""
    for address in (two_workers.address, two_workers.address.replace("tls:", "tcp:")):
        limit = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s"}
        with build(project, limit, "--cluster", address) as running:
            output, _ = running.communicate(timeout=600)
        assert running.returncode == 3, output
        assert f"there is no connection to the cluster at {address}" in output
        assert "Traceback" not in output
