"""What helps beside the work: `seedbed doctor`, and completion in a shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import __version__
from generator.cli.entry_point import seedbed
from tests.support import ROOT


def test_doctor_says_what_a_folder_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what it has."""
    (tmp_path / "seeds").mkdir()
    monkeypatch.chdir(tmp_path)
    lines = CliRunner().invoke(seedbed, ["doctor"]).output.splitlines()
    assert lines[0] == f"seedbed {__version__}"
    assert "seeds: found" in lines
    assert any(line.startswith("mkdocs.yml: not found here; run `seedbed new`") for line in lines)


def test_doctor_misses_nothing_before_there_is_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tutorial asks it right after the installation."""
    monkeypatch.chdir(tmp_path)
    lines = CliRunner().invoke(seedbed, ["doctor"]).output.splitlines()
    assert lines[-1].startswith("no project here; `seedbed new` starts one")
    assert not any("not found here" in line for line in lines)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_given_its_completion(shell: str) -> None:
    """By the variable that the docs name."""
    page = (ROOT / "docs-site/docs/commands.md").read_text("utf-8")
    assert f"_SEEDBED_COMPLETE={shell}_source seedbed" in page
    program = "import sys; sys.argv[0] = 'seedbed'; from generator.cli import main; main()"
    environment = {**os.environ, "_SEEDBED_COMPLETE": f"{shell}_source"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "seedbed_completion" in done.stdout, done.stderr
