"""What a build depends on: the packages that the program requires, and no others."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

import pytest

from generator.engine.installed_packages import all_versions, required_versions
from tests.support import ROOT

PACKAGES = {
    "Press": ("2.0", ["ink>=1", 'Paper.Mill[thick]; extra == "print"', "glue; extra == 'test'"]),
    "ink": ("1.1", ["water (>=0.1) ; python_version > '3'"]),
    "paper-mill": ("3.0", ["wood", "water; extra=='thick'", "absent", 'press[print]; extra=="a"']),
    "water": ("0.1", []),
    "wood": ("7", ["paper-mill"]),
    "glue": ("5", []),
    "kettle": ("1", ["water"]),
}


def install(folder: Path, name: str, version: str, requires: list[str]) -> Distribution:
    """Put the metadata of an installed package into a folder."""
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir(parents=True)
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Requires-Dist: {requirement}" for requirement in requires]
    (info / "METADATA").write_text("\n".join([*lines, ""]))
    return PathDistribution(info)


@pytest.fixture
def installed(tmp_path: Path) -> list[Distribution]:
    """Return some packages that require each other."""
    return [install(tmp_path, name, *details) for name, details in PACKAGES.items()]


@pytest.mark.parametrize(
    ("name", "extras", "required"),
    [
        ("press", [], "ink press water"),
        ("press", ["print"], "ink paper-mill press water wood"),
        ("PRESS", ["test"], "glue ink press water"),
        ("paper_mill", [], "paper-mill wood"),
        ("kettle", ["print"], "kettle water"),
    ],
)
def test_required_packages_are_found_through_other_packages(
    installed: list[Distribution], name: str, extras: list[str], required: str
) -> None:
    """Circles end, missing packages are left out, extras count where they are asked for."""
    packages = {package.name.lower(): package for package in installed}
    versions = required_versions(name, extras, packages.get)
    assert versions == {key: all_versions(installed)[key] for key in required.split()}


def test_a_package_that_is_not_installed_has_no_versions() -> None:
    """Then nobody knows what it requires."""
    assert required_versions("no-such-typewriter", []) is None


def test_of_two_packages_of_a_name_the_first_counts(tmp_path: Path) -> None:
    """It is the one that Python imports."""
    first, second = (install(tmp_path / version, "ink", version, []) for version in ("1", "2"))
    assert all_versions([second, first]) == {"ink": "2"}


def fingerprints(*folders: Path) -> list[str]:
    """Return the fingerprints of the program and of the environment in a new process."""
    code = "from generator.engine.fingerprint import *;"
    code += "print(program_fingerprint(), environment_fingerprint())"
    path = os.pathsep.join(map(str, (*folders, ROOT)))
    environment = {**os.environ, "PYTHONPATH": path}
    command = [sys.executable, "-c", code]
    return subprocess.check_output(command, env=environment, text=True, cwd=ROOT).split()


def test_an_unrelated_package_does_not_change_the_program(tmp_path: Path) -> None:
    """A new version of a package that it requires does."""
    install(tmp_path / "a", "kettle", "1", [])
    install(tmp_path / "b", "msgspec", "999", [])
    program, environment = fingerprints()
    with_kettle, other_environment = fingerprints(tmp_path / "a")
    assert with_kettle == program
    assert other_environment != environment
    assert fingerprints(tmp_path / "b")[0] != program
