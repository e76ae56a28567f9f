"""Clusters for tests: certificates, and the processes of Dask."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from tests.support import ROOT, require


def require_cluster() -> None:
    """Skip a test where the extra is not installed."""
    require(find_spec("distributed"), "the extra `seedbed[cluster]`")


def wait_until(happened: Callable[[], bool]) -> None:
    """Wait until something has happened; fail after two minutes."""
    end = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


def tls_settings(folder: Path) -> dict[str, str]:
    """Make a certificate that signs itself; return Dask's settings, as environment variables."""
    folder.mkdir()
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    prefix = "DASK_DISTRIBUTED__COMM"
    settings = {f"{prefix}__REQUIRE_ENCRYPTION": "true", f"{prefix}__TLS__CA_FILE": certificate}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        settings[f"{prefix}__TLS__{role}__KEY"] = key
        settings[f"{prefix}__TLS__{role}__CERT"] = certificate
    return {name: str(value) for name, value in settings.items()}


@dataclass(slots=True)
class Cluster:
    """The processes of a scheduler and of workers, in a folder of their own."""

    folder: Path
    settings: Mapping[str, str]
    """Environment variables of Dask."""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, program: str, *options: str) -> None:
        """Start `dask_scheduler` or `dask_worker`; both find each other by a file."""
        common = ["--scheduler-file", "scheduler.json", "--no-dashboard"]
        command = [sys.executable, "-m", f"distributed.cli.{program}", *common, *options]
        environment = {**os.environ, **self.settings, "PYTHONPATH": str(ROOT)}
        with (self.folder / "log.txt").open("ab") as log:
            self.processes.append(
                subprocess.Popen(
                    command,
                    cwd=self.folder,
                    env=environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            )

    def kill(self, number: int) -> None:
        """Kill a process with its children: the scheduler is the first one."""
        os.killpg(self.processes[number].pid, signal.SIGKILL)
        self.processes[number].wait()

    @property
    def address(self) -> str:
        """The address of the scheduler, which writes it into a file once it listens."""
        file = self.folder / "scheduler.json"
        wait_until(lambda: file.is_file() and file.read_text().rstrip().endswith("}"))
        return str(json.loads(file.read_text())["address"])

    def kill_working_process(self, number: int) -> None:
        """Kill the process that works for `dask_worker`, which starts another."""
        import psutil

        for child in psutil.Process(self.processes[number].pid).children():
            if any("spawn_main" in word for word in child.cmdline()):
                child.kill()


@contextmanager
def cluster(folder: Path, settings: Mapping[str, str]) -> Iterator[Cluster]:
    """Run a scheduler and two workers with TLS on this computer; all of them end with the block."""
    with _processes(folder, settings) as started:
        started.start("dask_scheduler", "--protocol", "tls", "--host", "127.0.0.1", "--port", "0")
        for _ in range(2):
            started.start("dask_worker", "--nthreads", "1", "--local-directory", "workers")
        yield started


@contextmanager
def one_worker(folder: Path) -> Iterator[Cluster]:
    """Run a scheduler and one worker without TLS, which is not started again when it ends."""
    with _processes(folder, {}) as started:
        started.start("dask_scheduler", "--host", "127.0.0.1", "--port", "0")
        started.start("dask_worker", "--nthreads", "1", "--no-nanny")
        yield started


@contextmanager
def _processes(folder: Path, settings: Mapping[str, str]) -> Iterator[Cluster]:
    folder.mkdir()
    started = Cluster(folder, settings)
    try:
        yield started
    finally:
        for number, process in enumerate(started.processes):
            if process.poll() is None:
                started.kill(number)
