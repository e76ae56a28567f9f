"""The recipes for web servers in the docs, tried with the servers themselves."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.support import ROOT, make_project, require

pytestmark = pytest.mark.slow

_RECIPES = (ROOT / "docs-site/docs/hosting.md").read_text("utf-8")
_PROGRAMS = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
_MODULES = "mpm_event authz_core alias dir mime headers unixd".split()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers."""

    status: int
    headers: dict[str, str]
    text: str


def recipe(language: str) -> str:
    """Return the recipe in a language of settings."""
    found = re.search(rf"```{language}\n(.*?)```", _RECIPES, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site below a path of its host; one of its documents has moved."""
    folder = tmp_path_factory.mktemp("hosted")
    text = "A café\n\nBy Ana Ruiz\n\nThe café is open.\n".encode("latin-1")
    config = make_project(folder, {"a.txt": text})
    words = config.read_text("utf-8").replace("example.org/", "example.org/letters/")
    config.write_text(words, "utf-8")
    build = [sys.executable, "-m", "generator", "build", "--release"]
    subprocess.run(build, cwd=folder, check=True, capture_output=True)
    table = folder / "addresses.csv"
    rows = table.read_text("utf-8").replace(",documents/undated/a-cafe/,", ",documents/cafe/,", 1)
    table.write_text(rows, "utf-8")
    subprocess.run(build[:-1], cwd=folder, check=True, capture_output=True)
    return folder / "site"


def free_port() -> int:
    """Return a port that no program uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(command: list[str], port: int) -> Iterator[int]:
    """Run a server until the block ends."""
    with subprocess.Popen(command, stderr=subprocess.PIPE) as server:
        try:
            for _ in range(100):
                with socket.socket() as connection:
                    if connection.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield port
        finally:
            server.terminate()


@contextmanager
def nginx(site: Path, folder: Path) -> Iterator[int]:
    """Serve a site with the recipe for nginx."""
    program = shutil.which("nginx", path=_PROGRAMS)
    require(program, "nginx")
    port = free_port()
    (folder / "mime.types").write_text(
        "types { text/html html; text/plain txt; text/css css; application/json json; }"
    )
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in "client_body proxy fastcgi uwsgi scgi".split()
    )
    server = recipe("nginx").replace("listen 80;", f"listen 127.0.0.1:{port};")
    server = server.replace("/srv/letters/", f"{site}/")
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;"
        f"events {{}} http {{ access_log off; {temporary} include mime.types;"
        f"{server} }}"
    )
    with running([str(program), "-c", str(folder / "nginx.conf")], port):
        yield port


@contextmanager
def apache(site: Path, folder: Path) -> Iterator[int]:
    """Serve a site with the recipe for Apache."""
    program = shutil.which("apache2", path=_PROGRAMS)
    require(program, "apache2")
    port = free_port()
    modules = Path(str(program)).resolve().parents[1] / "lib/apache2/modules"
    files = ((name, modules / f"mod_{name}.so") for name in _MODULES)
    loads = "\n".join(f"LoadModule {name}_module {file}" for name, file in files if file.exists())
    (folder / "types").write_text("text/html html\ntext/plain txt\ntext/css css\n")
    (folder / "apache.conf").write_text(
        f"ServerRoot {folder}\nServerName localhost\nListen 127.0.0.1:{port}\n"
        f"PidFile {folder}/pid\nErrorLog {folder}/error.log\nDocumentRoot {folder}\n{loads}\n"
        f"TypesConfig {folder}/types\n{recipe('apache').replace('/srv/letters', str(site))}"
    )
    command = [str(program), "-X", "-f", str(folder / "apache.conf")]
    with running(command, port):
        yield port


def get(port: int, path: str) -> Answer:
    """Return the answer to a request."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": "example.org"})
    response = connection.getresponse()
    headers = {name.lower(): value for name, value in response.getheaders()}
    answer = Answer(response.status, headers, response.read().decode("utf-8", "replace"))
    connection.close()
    return answer


@pytest.mark.parametrize("serve", [nginx, apache])
def test_a_recipe_serves_the_site_below_its_path(site: Path, tmp_path: Path, serve: object) -> None:
    """With its page for lost readers, its headers, and no encoding for a seed's own bytes."""
    assert callable(serve)
    tmp_path.chmod(0o755)
    with serve(site, tmp_path) as port:
        home = get(port, "/letters/")
        assert (home.status, "Test archive" in home.text) == (200, True)
        assert home.headers["content-type"].lower() == "text/html; charset=utf-8"
        assert home.headers["x-content-type-options"] == "nosniff"
        lost = get(port, "/letters/documents/none/")
        assert lost.status == 404
        assert lost.text == (site / "404.html").read_text("utf-8")
        text = get(port, "/letters/documents/cafe/text.txt").headers["content-type"].lower()
        assert text == "text/plain; charset=utf-8"
        source = get(port, "/letters/documents/cafe/source.txt").headers["content-type"]
        assert source == "text/plain"
        table = get(port, "/letters/data/documents.csv").headers
        assert table["content-type"].lower() == "text/csv; charset=utf-8"
        assert table["cache-control"] == "no-cache"
        moved = get(port, "/letters/documents/undated/a-cafe/")
        assert (moved.status, 'http-equiv="refresh"' in moved.text) == (200, True)
        assert get(port, "/letters/documents").status == 301


def test_a_commit_builds_the_site_first(tmp_path: Path) -> None:
    """The recipe for pre-commit writes the addresses, and passes when they are committed."""
    program = Path(sys.executable).with_name("pre-commit")
    require(program.exists() and shutil.which("git"), "pre-commit and git")
    make_project(tmp_path, {"a.txt": "A note\n\nThe harbour.\n"})
    hooks = _RECIPES.partition("## Before every commit")[2]
    (tmp_path / ".pre-commit-config.yaml").write_text(hooks.split("```")[1].removeprefix("yaml"))
    path = f"{program.parent}:{os.environ['PATH']}"
    home = {"HOME": str(tmp_path / "home"), "PRE_COMMIT_HOME": str(tmp_path / "home/hooks")}
    environment = {**os.environ, **home, "PATH": path, "PYTHONPATH": str(ROOT)}

    def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    run("git", "init", "-q")
    run("git", "add", ".")
    first = run(program, "run")
    assert "seedbed build" in first.stdout
    assert (tmp_path / "site/index.html").is_file(), first.stdout
    run("git", "add", ".")
    assert run(program, "run").returncode == 0
