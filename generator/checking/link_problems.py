"""Problems of the links of a site, and which of them do not stop a build.

All pages are compared by hashes first (`dead_links`, `backlinks`). Only if these differ are the
pages read again to find the links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from generator.checking.backlinks import entity_links, is_symmetric, one_way_links
from generator.checking.built_page import BuiltPage, parse_page, resolve_link
from generator.checking.dead_links import (
    DeadTargets,
    canonical_of,
    find_dead_targets,
    link_targets,
)
from generator.checking.page_proof import PageReport
from generator.files import generated_paths, read_file
from generator.files.names_by_folder import paths_ending
from generator.files.snapshot import Snapshot
from generator.model import Problem
from generator.settings import Settings


def find_link_problems(
    settings: Settings, site: Path, snapshot: Snapshot, reports: Iterable[PageReport]
) -> Iterator[Problem]:
    """Yield the problems of links: dead ones, redirects, and links without a counterpart."""
    pages = {report.name: report for report in reports if report.encoded_links}
    encoded = {name: report.encoded_links for name, report in pages.items()}
    dead = find_dead_targets(snapshot.files, encoded, canonical_of(settings.site))
    for problem in _dead_links(site, pages, dead, settings) if dead else ():
        hint = _tolerance_hint(problem.source, settings)
        as_warning = replace(problem, code="W063", hint=hint, severity="warning")
        yield as_warning if hint else problem
    yield from dead_redirects(site, snapshot, settings)
    if not is_symmetric(report.encoded_entity_links for report in pages.values()):
        yield from one_way_links(
            {name: entity_links(name, *_parse_with_targets(site, name, settings)) for name in pages}
        )


class _LinkedPage(NamedTuple):
    """A page, read again to describe its problems, and the targets of its links."""

    page: BuiltPage
    targets: dict[str, str]


def _parse_with_targets(site: Path, name: str, settings: Settings) -> _LinkedPage:
    page = parse_page(read_file(site / name))
    return _LinkedPage(page, link_targets(name, page, settings.site))


def _dead_links(
    site: Path, pages: Iterable[str], dead: DeadTargets, settings: Settings
) -> Iterator[Problem]:
    """Yield a problem for each link whose target does not exist."""
    canonical = canonical_of(settings.site)
    for name in sorted(pages):
        page, targets = _parse_with_targets(site, name, settings)
        for link in page.links:
            if link not in targets or not (fault := dead.describe(targets[link], canonical)):
                continue
            message, hint = f'the link "{link}" {fault}', "Correct it, or build the site again"
            is_folder = (site / targets[link].partition("#")[0]).is_dir()
            if is_folder and not settings.site.directory_urls:
                message = f'the link "{link}" leads to a folder, not to its index.html'
                hint = "Correct it: with `use_directory_urls: false` every link names a file"
            yield Problem("E025", name, message, hint)


def _tolerance_hint(name: str, settings: Settings) -> str:
    """Return what to do about dead links on a page that do not stop a build; empty if they do.

    On pages that Seedbed wrote they always do. On pages of a plugin they do not, unless mkdocs.yml
    has `strict: true`; on hand-written pages they do, unless it has `strict: false`.
    """
    strict, docs = settings.site.strict, settings.docs
    generated = {path.relative_to(docs).as_posix() for path in generated_paths(docs)} | {"404.html"}
    if strict or not generated.isdisjoint((name.partition("/")[0], _source(name))):
        return ""
    if strict is False:
        return "Correct it; `strict: false` in mkdocs.yml lets it pass"
    folder = docs / name.removesuffix("index.html")
    sources = (docs / name, docs / _source(name), folder / "README.md", folder.with_suffix(".md"))
    is_handwritten = any(path.is_file() for path in sources)
    return "" if is_handwritten else "A plugin made this page: check its settings in mkdocs.yml"


def _source(name: str) -> str:
    return f"{name.removesuffix('.html')}.md"


def dead_redirects(site: Path, snapshot: Snapshot, settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each redirect without a target.

    Lines with placeholders are not checked, nor are lines that lead out of the site: to another
    site of the host, or to a folder that the site does not have. A host may serve that one itself.
    """
    hint = "Correct the address in addresses.csv or names.csv, or the line if you wrote it"
    for path in sorted(paths_ending(snapshot.names, "_redirects")):
        lines = read_file(site / path).decode(errors="replace").splitlines()
        for line in lines if path.split("/")[-1] == "_redirects" else ():
            target = ([*line.split(), "", ""])[1]
            if target.startswith("/") and not set(target) & set("*:?#"):
                page = resolve_link("", target, settings.site.base_path)
                if page is not None and not _is_served(page, snapshot, settings):
                    yield Problem("E025", path, f'"{line}" leads nowhere', hint)


def _is_served(page: str, snapshot: Snapshot, settings: Settings) -> bool:
    """Whether there is a file at a path, a page of a folder, or no such folder at the top."""
    shown = [f"{page}/index.html".lstrip("/")] if settings.site.directory_urls else []
    if not snapshot.files.keys().isdisjoint((page, *shown)):
        return True
    top = page.partition("/")[0]
    return bool(top) and not any(name.partition("/")[0] == top for name in snapshot.files)
