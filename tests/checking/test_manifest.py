"""The manifest of a site, and what is found with it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.checking.manifest import MANIFEST, verify
from generator.cli.entry_point import seedbed
from generator.files import sha256
from generator.model import SeedbedError
from generator.publishing import mkdocs_build


@pytest.fixture
def copy(built: mkdocs_build.Project, tmp_path: Path) -> Path:
    """Return a copy of a built site and of its seeds, as on another machine."""
    shutil.copytree(built.site, tmp_path / "site")
    shutil.copytree(built.settings.seeds, tmp_path / "seeds")
    return tmp_path


def differences(copy: Path) -> list[tuple[str, str]]:
    """Return code and path of each difference."""
    result = verify(copy / "seeds", copy / "site")
    return [(problem.code, problem.source) for problem in (*result.differences, *result.others)]


def test_a_copy_is_verified(copy: Path) -> None:
    """Every file of the site is listed with its digest, except the manifest itself."""
    manifest = json.loads((copy / "site" / MANIFEST).read_text("utf-8"))
    files = {
        path.relative_to(copy / "site").as_posix(): sha256(path)
        for path in (copy / "site").rglob("*")
        if path.is_file()
    }
    del files[MANIFEST]
    assert manifest["files"] == files
    assert len(manifest["seeds"]) == 3
    assert differences(copy) == []


def test_every_change_is_reported(copy: Path) -> None:
    """Of a page or a seed: changed, missing, and additional files."""
    (copy / "site/index.html").write_text("Another page.\n")
    (copy / "site/feed.xml").unlink()
    (copy / "site/CNAME").write_text("letters.example\n")
    changed, missing, *_ = sorted((copy / "seeds").glob("*.txt"))
    changed.write_text("Another text.\n")
    missing.unlink()
    assert sorted(differences(copy)) == [
        ("E077", "feed.xml"),
        ("E077", "index.html"),
        *sorted([("E078", changed.name), ("E078", missing.name)]),
        ("W140", "CNAME"),
    ]


@pytest.mark.parametrize(
    "path", ["../site.zip", "/dev/zero", "a\0b", "\ud800", "a" * 5_000], ids=ascii
)
def test_a_path_out_of_the_folders_is_not_read(copy: Path, path: str) -> None:
    """A manifest can be written by anybody."""
    (copy / "site.zip").write_bytes(b"x")
    digest = sha256(copy / "site.zip")
    manifest = {"files": {path: digest}, "seeds": {path: digest}}
    (copy / "site" / MANIFEST).write_text(json.dumps(manifest))
    found = verify(copy / "seeds", copy / "site").differences
    assert [(problem.code, problem.source) for problem in found] == [("E077", path), ("E078", path)]
    assert all("leaves the" in problem.message for problem in found)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"files": {}, "seeds": {}}', '{"files": []}'])
def test_a_manifest_that_compares_nothing_is_an_error(copy: Path, text: str) -> None:
    """Not "all unchanged"."""
    (copy / "site" / MANIFEST).write_text(text)
    with pytest.raises(SeedbedError, match=r"manifest\.json (cannot be read|lists no file)"):
        verify(copy / "seeds", copy / "site")


def test_a_site_without_manifest_is_an_error(tmp_path: Path) -> None:
    """The message names the file."""
    with pytest.raises(SeedbedError, match=r"there is no .*manifest\.json"):
        verify(tmp_path, tmp_path)


def test_the_command_fails_if_anything_differs(copy: Path) -> None:
    """It needs no configuration."""
    arguments = ["verify", str(copy / "seeds"), str(copy / "site")]
    result = CliRunner().invoke(seedbed, arguments)
    assert result.exit_code == 0, result.output
    assert "3 seeds: all unchanged" in result.output
    (copy / "site/index.html").write_text("Another page.\n")
    assert CliRunner().invoke(seedbed, arguments).exit_code == 3
