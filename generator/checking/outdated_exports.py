"""Exports that people publish with the site: an earlier state may describe what is hidden now."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from generator.files import generated_paths, read_file
from generator.files.names_by_folder import paths_ending
from generator.files.snapshot import Snapshot
from generator.model import Problem
from generator.settings import Settings

_REPOSITORY = b"http://www.openarchives.org/OAI/2.0/static-repository"
_RECORD = re.compile(rb"<oai:identifier>oai:[^:<]*:([^<]*)</oai:identifier>")
_PAGE = re.compile(r"(documents/.+)/ledger\.json\Z", re.DOTALL)
"""In the name of an entry of an archive: the address of a document."""

_REDIRECT = re.compile(rb'http-equiv="refresh" content="0; url=([^"]*)"')


def find_outdated_exports(settings: Settings, site: Path, snapshot: Snapshot) -> Iterator[Problem]:
    """Yield a problem for each export in the docs folder with documents that the site lacks.

    Exports are the files of `seedbed export` that say where their documents are: the repository for
    harvesters and ZIP archives. `snapshot` is that of the site.
    """
    docs = settings.docs
    generated = {path.relative_to(docs).as_posix() for path in generated_paths(docs)}
    not_generated = {
        folder: names
        for folder, names in snapshot.names.items()
        if folder.partition("/")[0] not in generated
    }
    exports = [
        name
        for end in (".xml", ".zip")
        for name in paths_ending(not_generated, end)
        if name.partition("/")[0] not in generated
    ]
    for name in sorted(exports):
        lacking = sorted(
            address for address in _described(site / name) if not _is_shown(address, site, snapshot)
        )
        if lacking:
            others = f" and {len(lacking) - 1:,} more" if len(lacking) > 1 else ""
            message = (
                f"this export has a document that the site does not show: {lacking[0]}{others}"
            )
            hint = f"Remove {docs.name}/{name}, build the site, and export it again"
            yield Problem("E079", name, message, hint)


def _described(file: Path) -> set[str]:
    """Return the addresses of the documents in an export; none if it is another file."""
    if file.suffix == ".zip":
        return set(_in_archive(file))
    text = read_file(file)
    if _REPOSITORY not in text[:1_000]:
        return set()
    return {match.decode(errors="replace") for match in _RECORD.findall(text)}


def _in_archive(file: Path) -> Iterator[str]:
    try:
        with ZipFile(file) as archive:
            for name in archive.namelist():
                if match := _PAGE.search(name):
                    yield match[1]
    except (BadZipFile, NotImplementedError, ValueError):  # it is no archive of ours
        return


def _is_shown(address: str, site: Path, snapshot: Snapshot) -> bool:
    """Whether a document is at this address, or at the one to which it leads now."""
    if f"{address}/ledger.json" in snapshot.files:
        return True
    page = f"{address}/index.html"
    moved = _REDIRECT.search(read_file(site / page)) if page in snapshot.files else None
    if moved is None:
        return False
    target = posixpath.normpath(posixpath.join(address, moved[1].decode(errors="replace")))
    return f"{target}/ledger.json" in snapshot.files
