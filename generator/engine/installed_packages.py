"""Versions of installed packages: of those that a package requires, or of all of them.

What a build makes depends on the packages that it imports. Any other package may be installed,
renewed or removed without anything being built again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from email.parser import HeaderParser
from functools import cache
from importlib.metadata import Distribution, distributions
from typing import NamedTuple

_REQUIREMENT = re.compile(
    r"\s*(?P<name>[\w.-]+)\s*(\[(?P<extras>[^\]]*)\])?[^;]*(;(?P<marker>.*))?"
)
"""A requirement as in PEP 508."""

_EXTRA = re.compile(r"""\bextra\s*==\s*["'](?P<extra>[\w.-]+)["']""")
"""The part of a marker that asks for an extra. Other parts ask for a system or a Python version;
they are not evaluated, so a package that only another system requires counts if it is installed."""


FindPackage = Callable[[str], Distribution | None]


def find_installed(name: str) -> Distribution | None:
    """Return an installed package; if there are several of a name, Python imports the first."""
    return next(iter(Distribution.discover(name=name)), None)


def required_versions(
    name: str, extras: Iterable[str], find: FindPackage = find_installed
) -> dict[str, str] | None:
    """Return the versions of a package and of all installed packages that it requires.

    Packages that these require count too, with the extras that are asked for. None if the package
    itself is not installed, as when its source code is run in place. Only these are looked up: to
    read the metadata of all packages takes a tenth of a second.
    """
    read = cache(lambda required: _read(find(required)))
    if read(_normalized(name)) is None:
        return None
    waiting = [(_normalized(name), frozenset(map(_normalized, extras)))]
    visited = set(waiting)
    while waiting:
        new = set(_requirements(read, *waiting.pop())) - visited
        visited |= new
        waiting += new
    packages = {required: read(required) for required, _ in sorted(visited)}
    return {required: package.version for required, package in packages.items() if package}


def installed_versions() -> dict[str, str]:
    """Return the version of every installed package."""
    return all_versions(distributions())


def all_versions(installed: Iterable[Distribution]) -> dict[str, str]:
    """Return the version of every package."""
    versions: dict[str, str] = {}
    for package in filter(None, map(_read, installed)):
        if package.name:  # a damaged installation has none
            # If there are several of a name, Python imports the first.
            versions.setdefault(_normalized(package.name), package.version)
    return dict(sorted(versions.items()))


class _Package(NamedTuple):
    """What the metadata of an installed package says."""

    name: str
    version: str
    requires: Sequence[str]


def _read(package: Distribution | None) -> _Package | None:
    """Return the metadata of a package, read once and without its description, the longest part."""
    if package is None:
        return None
    text = package.read_text("METADATA")
    if text is None:  # a format before wheels, which has several files
        return _Package(package.name, package.version, package.requires or ())
    headers = HeaderParser().parsestr(text.partition("\n\n")[0])
    return _Package(
        headers["Name"] or "", headers["Version"] or "", headers.get_all("Requires-Dist", [])
    )


def _requirements(
    read: Callable[[str], _Package | None], name: str, extras: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the installed packages that a package with these extras requires."""
    package = read(name)
    for text in package.requires if package else ():
        requirement = _REQUIREMENT.match(text)
        if requirement is None:
            continue
        asked_by = _EXTRA.findall(requirement["marker"] or "")
        if asked_by and extras.isdisjoint(map(_normalized, asked_by)):
            continue
        required = _normalized(requirement["name"])
        if read(required):
            own = (requirement["extras"] or "").split(",")
            yield required, frozenset(_normalized(extra) for extra in own if extra.strip())


def _normalized(name: str) -> str:
    """Return a name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()
