"""Live preview: one saved seed, one rebuild, then silence."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build

from generator.pipeline import generate
from generator.publishing import mkdocs_plugin, site
from generator.writing.search import numbers
from tests.support import make_project

NOTE = "A note on bridges\n\nThe old bridge was closed.\n"


@pytest.fixture(params=["mkdocs", "generator"])
def preview(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str, Path]]:
    """A project served by `mkdocs serve` or by ours: its folder, its address, what was logged."""
    make_project(tmp_path, {"note.txt": NOTE})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = tmp_path / "log"
    command = [sys.executable, "-m", request.param, "serve", "-a", address]
    with log.open("w") as output, subprocess.Popen(command, cwd=tmp_path, stderr=output) as server:
        wait_for(lambda: "Serving on" in log.read_text())
        yield tmp_path, f"http://{address}/", log
        server.terminate()


def wait_for(happened: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something has happened; fail when it does not."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def assert_silence(log: Path) -> None:
    """After the one rebuild that an edit causes, nothing happens for six looks of it."""
    time.sleep(3)
    assert log.read_text().count("Detected file changes") == 1


def read(address: str) -> str:
    """Fetch a page of the preview."""
    with urllib.request.urlopen(address) as answer:
        return str(answer.read().decode())


def searchable(address: str) -> set[str]:
    """The words that the search of the preview knows."""
    with urllib.request.urlopen(f"{address}search/manifest.bin") as answer:
        folder = numbers.head(answer.read())["folder"]
    with urllib.request.urlopen(f"{address}search/{folder}/words/0.bin") as answer:
        return set(str(numbers.head(answer.read())["words"]).split(" "))


def test_a_saved_seed_is_shown_after_exactly_one_rebuild(preview: tuple[Path, str, Path]) -> None:
    """The page changes, and the pages that we write set nothing off."""
    folder, address, log = preview
    page = f"{address}documents/undated/a-note-on-bridges/"
    assert "The old bridge was closed." in read(page)
    time.sleep(1)  # the watcher looks every half second: let it see the state before the edit
    (folder / "seeds/note.txt").write_text(NOTE.replace("closed", "opened"))
    wait_for(lambda: log.read_text().count("Reloading browsers") == 1)
    assert "The old bridge was opened." in read(page)
    assert {"opened"} == searchable(address) & {"opened", "closed"}
    assert_silence(log)


def test_saved_corrections_are_shown_after_exactly_one_rebuild(
    preview: tuple[Path, str, Path],
) -> None:
    """They are watched with the seeds; the table of addresses is left alone."""
    folder, address, log = preview
    time.sleep(1)
    said = "documents: {note.txt: {title: On bridges, authors: Ana Ruiz}}\n"
    (folder / "seeds/corrections.yml").write_text(said)
    wait_for(lambda: log.read_text().count("Reloading browsers") == 1)
    assert "On bridges" in read(address)
    assert "Ana Ruiz" in read(f"{address}authors/")
    assert_silence(log)
    assert not (folder / "addresses.csv").exists()


def test_a_new_seed_appears(preview: tuple[Path, str, Path]) -> None:
    """With its page and its line on the home page, which we write beside hand-written ones."""
    folder, address, log = preview
    time.sleep(1)
    (folder / "seeds/new.txt").write_text("Bridge reopens\n\nThe mayor cut a ribbon.\n")
    wait_for(lambda: "Reloading browsers" in log.read_text())
    assert "Bridge reopens" in read(address)
    assert_silence(log)


def test_a_hand_written_page_is_watched_too(preview: tuple[Path, str, Path]) -> None:
    """As users of MkDocs expect."""
    folder, address, log = preview
    time.sleep(1)
    (folder / "docs/about.md").write_text("# About\n\nThese are the letters of Ana Ruiz.\n")
    wait_for(lambda: "Reloading browsers" in log.read_text())
    assert "the letters of Ana Ruiz" in read(f"{address}about/")


def test_what_waits_to_be_rendered_is_rendered_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large corpus a preview renders nothing but what a browser wants to see."""
    project = site.load(make_project(tmp_path, {"note.txt": NOTE, "other.txt": "A river\n\nIt.\n"}))
    generate(project.settings)
    config = site._config(project.config_file, site_dir=str(tmp_path / "shown"))
    plugin: Any = config.plugins["seedbed"]
    monkeypatch.setattr(mkdocs_plugin, "AT_ONCE", 0)
    monkeypatch.setattr(plugin, "command", "serve")
    build(config)
    place = "documents/undated/a-note-on-bridges/index.html"
    assert not (tmp_path / "shown" / place).exists()
    plugin.preview.fetch(place)
    plugin.preview.fetch("documents/undated/a-note-on-bridges/ledger.json")
    plugin.preview.fetch("nowhere/index.html")
    assert "The old bridge was closed." in (tmp_path / "shown" / place).read_text()
    assert (tmp_path / "shown" / place).with_name("ledger.json").exists()
    assert not list((tmp_path / "shown").rglob("a-river/*"))
