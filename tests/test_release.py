"""What is released, tried as a stranger would: installed where nothing else is, and used."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

from generator import __version__
from tests.support import ROOT, tree

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed, without this checkout on its path; return its output."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    result = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the wheel and the sdist."""
    folder = tmp_path_factory.mktemp("released")
    run(sys.executable, "-m", "hatchling", "build", "-d", folder, cwd=ROOT)
    return folder


def wheel_in(folder: Path) -> Path:
    """Return the only wheel of a folder."""
    (wheel,) = folder.glob("*.whl")
    return wheel


def test_the_wheel_has_the_program_and_nothing_else(released: Path) -> None:
    """Every file of the package, as it is here."""
    with ZipFile(wheel_in(released)) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
        files = {name: wheel.read(name) for name in names}
    here = {f"generator/{name}": data for name, data in tree(ROOT / "generator").items()}
    assert files == {name: data for name, data in here.items() if "__pycache__" not in name}


def test_the_sdist_makes_the_same_wheel(released: Path, tmp_path: Path) -> None:
    """So distributions can build it from source."""
    (sdist,) = released.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    source = tmp_path / f"seedbed-{__version__}"
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=source)
    assert wheel_in(tmp_path).read_bytes() == wheel_in(released).read_bytes()


def test_it_works_where_nothing_else_is_installed(released: Path, tmp_path: Path) -> None:
    """From an empty environment to a site that can be taken away; the packages come from PyPI."""
    run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    scripts = tmp_path / "venv" / "bin"
    run(scripts / "python", "-m", "pip", "install", "-q", wheel_in(released), cwd=tmp_path)
    seedbed = scripts / "seedbed"
    assert run(seedbed, "--version", cwd=tmp_path).strip().endswith(__version__)
    run(seedbed, "new", "letters", "--example", "--name", "Letters", cwd=tmp_path)
    project = tmp_path / "letters"
    assert "no errors found" in run(seedbed, "build", cwd=project)
    run(seedbed, "verify", "seeds", "site", cwd=project)
    assert "Wrote letters.zip" in run(seedbed, "export", "zip", cwd=project)
    assert "Wrote letters.epub" in run(seedbed, "export", "epub", cwd=project)
    assert f"seedbed {__version__}" in run(seedbed, "doctor", cwd=project)
