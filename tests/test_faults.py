"""What goes wrong outside of the program: it is killed, the disk is full, a file cannot be written.

In each case every file in `docs/` is the old one or the new one, whole; the published site is the
old one until a whole new one takes its place; and the next run recovers by itself.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.files import MARKER
from generator.model import SeedbedError
from generator.pipeline.generate import generate
from generator.pipeline.options import Options
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from tests.engine.test_workers import wait_until
from tests.support import make_project, tree

pytestmark = pytest.mark.slow

KILLS = 30
"""In each of four runs, so that they can go side by side."""
INTERRUPTS = 16
"""Of each kind."""

FULL = "Bridge reopens\n\nBy Ana Ruiz\n3 May 2020\n\nThe mayor of Cusco cut a ribbon.\n"
STATES: tuple[dict[str, str | bytes], ...] = (
    {"bridge.txt": FULL, "note.txt": "A note on bridges\n\nThe old bridge was closed.\n"},
    {"bridge.txt": FULL.replace("Ana", "Tom"), "ferry.txt": "The ferry\n\nIt sails at noon.\n"},
)


def put(folder: Path, state: int) -> None:
    """Make the seeds folder hold this state of the corpus."""
    for path in (folder / "seeds").glob("*.txt"):
        path.unlink()
    for name, text in STATES[state].items():
        (folder / "seeds" / name).write_text(str(text), "utf-8")


def build(folder: Path, jobs: int = 1) -> subprocess.Popen[str]:
    """Start a build; what it starts is in a group of its own with it."""
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "build", "--jobs", str(jobs)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finished(folder: Path) -> tuple[int, str]:
    """Build to the end: exit code, and what was said of errors."""
    process = build(folder)
    _, message = process.communicate()
    return process.returncode, message


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that has published both states of its corpus, so that all addresses last."""
    folder = tmp_path_factory.mktemp("faults")
    config_file = make_project(folder, {})
    config = config_file.read_text("utf-8")
    config_file.write_text(config.replace("https://example.org/", "https://bridges.org/"), "utf-8")
    for state in (1, 0):
        put(folder, state)
        generate(mkdocs_build.load_project(config_file).settings, Options(release=True))
        assert finished(folder) == (0, "")
    return folder


@pytest.fixture(scope="module")
def sites(built_once: Path) -> list[dict[str, bytes]]:
    """Return the whole site of each state; the project is left in the first one."""
    made = {}
    for state in (1, 0):
        put(built_once, state)
        assert finished(built_once)[0] == 0
        made[state] = tree(built_once / "site")
    return [made[0], made[1]]


@pytest.fixture(scope="module")
def pages(built_once: Path, sites: list[dict[str, bytes]]) -> dict[str, set[bytes]]:
    """All that a file in the docs folder may hold, in any state."""
    assert len(sites) == len(STATES)
    held: dict[str, set[bytes]] = {}
    for state in (1, 0):
        put(built_once, state)
        generate(mkdocs_build.load_project(built_once / "mkdocs.yml").settings)
        for name, data in tree(built_once / "docs").items():
            held.setdefault(name, set()).add(data)
    return held


@pytest.fixture
def project(built_once: Path, pages: dict[str, set[bytes]], tmp_path: Path) -> Path:
    """Return a copy of the project for one test, in the first state."""
    assert pages
    return shutil.copytree(built_once, tmp_path / "project", symlinks=True)


def assert_whole(project: Path, pages: dict[str, set[bytes]]) -> None:
    """No file is torn; what a run was writing when it died has a name that nobody reads."""
    for name, data in tree(project / "docs").items():
        if not name.endswith(".part") and Path(name).name != MARKER:
            assert data in pages[name], f"{name} is torn"


@pytest.mark.parametrize("run", range(4))
def test_killed_at_any_moment(
    project: Path, sites: list[dict[str, bytes]], pages: dict[str, set[bytes]], run: int
) -> None:
    """More than a hundred times in all: the site is old or new, and the next build is right."""
    chance = random.Random(run)
    begun = time.monotonic()
    assert finished(project)[0] == 0
    length = time.monotonic() - begun
    for number in range(KILLS):
        put(project, number % 2)
        process = build(project)
        time.sleep(chance.uniform(0, length))
        process.kill()
        process.communicate()
        there = project / "site"
        # On systems that cannot exchange folders in one step the old one may still be beside it.
        there = there if there.exists() else project / ".seedbed/stage/old"
        assert tree(there) in sites, f"kill {number}"
        assert_whole(project, pages)
    put(project, 1)
    assert finished(project)[0] == 0
    assert tree(project / "site") == sites[1]
    assert not list(project.rglob("*.part"))
    assert [path.name for path in project.glob("site*")] == ["site"]


@dataclass(frozen=True)
class Ending:
    """A way to end a build from outside, the code it ends with, and what it says."""

    send: Callable[[int, int], None]
    signal: int
    code: int
    word: str


@pytest.mark.skipif(os.name != "posix", reason="sends signals as POSIX does")
@pytest.mark.parametrize(
    "ending",
    [
        pytest.param(lambda: Ending(os.killpg, signal.SIGINT, 130, "interrupted"), id="ctrl-c"),
        pytest.param(
            lambda: Ending(os.kill, signal.SIGTERM, 143, "ended by another program"), id="kill"
        ),
    ],
)
def test_interrupted_at_any_moment(
    project: Path, sites: list[dict[str, bytes]], ending: Callable[[], Ending]
) -> None:
    """One line, nobody left, and the next build is right; Ctrl-C is heard by every process.

    With a folder aside to be looked at, and with none, so that it is being made.
    """
    # Whoever runs the tests in the background ignores Ctrl-C, and all that they start would, too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    end = ending()
    chance = random.Random(end.code)
    begun = time.monotonic()
    assert finished(project)[0] == 0
    length = time.monotonic() - begun
    ends = set()
    for turn in range(INTERRUPTS):
        put(project, turn % 2)
        if turn % 4 > 1:
            shutil.rmtree(project / ".seedbed/stage/next", ignore_errors=True)
        process = build(project, jobs=2)
        wait_until(lambda process=process: holds(process, project))  # type: ignore[misc]
        time.sleep(chance.uniform(0, length))
        end.send(process.pid, end.signal)
        _, message = process.communicate(timeout=60)
        ends.add((process.returncode, message))
        wait_until(lambda group=process.pid: not lives(group))  # type: ignore[misc]
        assert tree(project / "site") in sites, f"interrupt {turn}"
    codes = {ended for ended, _ in ends}
    assert codes <= {0, end.code, -end.signal}, "the last where Python itself was interrupted"
    assert end.code in codes
    assert {message.strip() for _, message in ends} <= {"", f"seedbed: {end.word}"}
    put(project, 1)
    assert finished(project) == (0, "")
    assert tree(project / "site") == sites[1]


def holds(process: subprocess.Popen[str], project: Path) -> bool:
    """Tell whether a build has begun."""
    message = (project / ".seedbed/owner").read_text("utf-8")
    return message == f"process {process.pid}" or process.poll() is not None


def lives(group: int) -> bool:
    """Tell whether any process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


class Failing:
    """Fails the n-th operation on files below a folder; the interpreter tells of every one."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.left = -1
        self.seen = 0
        sys.addaudithook(self.watch)

    def watch(self, event: str, arguments: tuple[object, ...]) -> None:
        """Count what changes the disk, and fail when it is time."""
        if self.left < 0 or not arguments or not str(arguments[0]).startswith(self.folder):
            return
        writes = event == "open" and isinstance(arguments[1], str) and arguments[1][:1] in "wax"
        if writes or event in {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree"}:
            self.seen += 1
            if self.seen == self.left:
                raise OSError(errno.ENOSPC, "No space left on device", str(arguments[0]))

    def fail(self, number: int) -> None:
        """Fail this operation from now; 0 fails none, and a negative number stops watching."""
        self.left, self.seen = number, 0


def all_of_it(project: mkdocs_build.Project) -> None:
    """Generate and publish."""
    generate(project.settings)
    publish(project)


def places(operations: int) -> Iterator[int]:
    """Forty operations all over the run, and every one of the first and the last."""
    yield from sorted({*range(1, 12), *range(operations - 11, operations + 1)})
    yield from range(12, operations - 11, max(1, operations // 40))


def test_any_file_operation_can_fail(
    project: Path, sites: list[dict[str, bytes]], pages: dict[str, set[bytes]]
) -> None:
    """Each in its turn, while documents come and go; then the same run works."""
    ours = mkdocs_build.load_project(project / "mkdocs.yml")
    failing = Failing(project)
    put(project, 1)
    failing.fail(0)
    all_of_it(ours)
    operations = failing.seen
    failing.fail(-1)
    failed = 0
    for turn, number in enumerate(places(operations)):
        put(project, turn % 2)
        before = tree(project / "site")
        failing.fail(number)
        try:
            all_of_it(ours)
        except (OSError, SeedbedError):
            failed += 1
            assert tree(project / "site") == before, "who hears of an error has the old site"
        failing.fail(-1)
        assert tree(project / "site") in sites, f"operation {number}"
        assert_whole(project, pages)
    put(project, 1)
    all_of_it(ours)
    assert tree(project / "site") == sites[1]
    assert failed > 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a disk of our own whose size can be changed."""
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(path)]
    if os.name != "posix" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield path
    subprocess.run(["umount", str(path)], check=True)


LONG = "A long story\n\n" + "\n\n".join(
    f"On day {day} nothing came but the rain, and the ferry sailed as always."
    for day in range(4000)
)
"""Pages and index need more room for it than the cache does."""


def test_a_full_disk_costs_the_new_site_only(small_disk: Path) -> None:
    """With any part of the room that the run would need; with more, the next build is right."""
    project, copy = small_disk / "project", small_disk / "copy"
    make_project(project, {})
    put(project, 0)
    assert finished(project)[0] == 0
    before = tree(project / "site")
    put(project, 1)
    (project / "seeds/long.txt").write_text(LONG, "utf-8")
    subprocess.run(["cp", "-a", project, copy], check=True)
    needed = room_needed(copy)
    for part in (0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9):
        shutil.rmtree(copy)
        subprocess.run(["cp", "-a", project, copy], check=True)
        resize(small_disk, used(small_disk) + int(part * needed))
        assert_recovers(copy, before, small_disk)


def assert_recovers(project: Path, before: dict[str, bytes], disk: Path) -> None:
    """Check that a build fails on a full disk, leaves the old site, and works with more room."""
    code, message = finished(project)
    assert code == 3
    assert "seedbed: " in message
    assert "Traceback" not in message
    assert tree(project / "site") == before
    resize(disk, 64_000_000)
    code, message = finished(project)
    assert code == 0, message
    assert "It sails at noon." in "".join(
        path.read_text("utf-8") for path in project.glob("site/documents/*/*/index.html")
    )


def used(disk: Path) -> int:
    """How many bytes of a disk are taken."""
    status = os.statvfs(disk)
    return (status.f_blocks - status.f_bfree) * status.f_frsize


def room_needed(folder: Path) -> int:
    """How many bytes of its disk a build takes at most, as far as looking again and again tells."""
    before = most = used(folder)
    process = build(folder)
    while process.poll() is None:
        most = max(most, used(folder))
        time.sleep(0.001)
    process.communicate()
    assert process.returncode == 0
    return most - before


def resize(disk: Path, size: int) -> None:
    """Change the size of a disk, in bytes."""
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


def test_of_two_builds_at_once_one_succeeds(project: Path) -> None:
    """The other one says whose turn it is."""
    both = [build(project), build(project)]
    messages = [process.communicate()[1] for process in both]
    codes = [process.returncode for process in both]
    assert 0 in codes
    if 3 in codes:
        assert "another run of Seedbed is using" in messages[codes.index(3)]
        assert "(process " in messages[codes.index(3)]


def test_the_environment_changes_no_byte_of_the_site(tmp_path: Path) -> None:
    """Time zone, locale, hash seed, workers, the ages of the seeds, the order they came in."""
    trees = []
    for number, (zone, locale) in enumerate([("UTC", "C"), ("Pacific/Kiritimati", "tr_TR.UTF-8")]):
        folder = tmp_path / str(number)
        make_project(folder, dict(sorted(STATES[0].items(), reverse=bool(number))))
        for path in (folder / "seeds").glob("*.txt"):
            os.utime(path, (number * 1e9, number * 1e9))
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": str(number)}
        command = [sys.executable, "-m", "generator", "build", "--jobs", str(number + 1)]
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        trees.append((tree(folder / "docs"), tree(folder / "site")))
    assert trees[0] == trees[1]
