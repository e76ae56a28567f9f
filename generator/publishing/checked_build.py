"""Build a site into a folder and check it; documents that a plugin changes are written again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from msgspec import structs

from generator.checking.check import check
from generator.checking.evidence import Decisions
from generator.checking.snapshots import Snapshots, take_snapshots
from generator.checking.verified_pages import VerifiedPages
from generator.engine.database_file import open_database
from generator.engine.fingerprint import program_fingerprint
from generator.engine.incremental import Build
from generator.engine.workers import Progress
from generator.model import SeedPath
from generator.pipeline.last_run import DATABASE_FILE
from generator.pipeline.options import Fallbacks, Options
from generator.publishing import mkdocs_build, plugin_failures
from generator.publishing.publication import Publication
from generator.publishing.rendering.write_site import Prescan
from generator.publishing.site_manifest import add_manifest


def build_and_check(
    project: mkdocs_build.Project,
    staging: Path,
    sources: Snapshots,
    progress: Progress,
    scanned: Prescan,
) -> Publication:
    """Build the docs folder into a staging folder, and check it, with fallbacks for documents."""
    built = _build(project, staging, sources, progress, scanned)
    return _build_with_fallbacks(project, staging, built, progress)


def check_fingerprint(project: mkdocs_build.Project) -> str:
    """Return a digest of what all checks depend on besides the program and files of the page."""
    site = project.settings.site
    paths = f"{site.base_path} {site.directory_urls} {site.alternate_paths}"
    return hashlib.sha256(paths.encode()).hexdigest()


def _build_with_fallbacks(
    project: mkdocs_build.Project, staging: Path, built: Publication, progress: Progress
) -> Publication:
    """Write changed documents fully escaped, and leave out those that still differ.

    If all documents still differ, the site itself is at fault, and none is left out.
    """
    escaped = frozenset(built.proof.unfaithful)
    if escaped:
        built = _rebuild(project, staging, (escaped,), progress)
    left_out = frozenset(built.proof.unfaithful)
    if escaped and 0 < len(left_out) < built.proof.documents:
        wrong_in_docs = left_out.intersection(built.proof.wrong_in_docs)
        plugin_problems = [
            problem for problem in built.proof.broken if problem.code == plugin_failures.CODE
        ]
        built = _rebuild(project, staging, (escaped, left_out, wrong_in_docs), progress)
        built = replace(
            built, report=plugin_failures.with_plugin_failures(built.report, plugin_problems)
        )
    return built


def _rebuild(
    project: mkdocs_build.Project,
    staging: Path,
    fallbacks: Iterable[frozenset[SeedPath]],
    progress: Progress,
) -> Publication:
    from generator.pipeline.generate import generate  # imported here: it takes 0.5 s to load

    options = Options(release=False, fallbacks=Fallbacks(*fallbacks), workers=project.workers)
    result = generate(project.settings, options)
    snapshots = take_snapshots(project.settings, project.site)
    sources = structs.replace(snapshots, documents=result.documents)
    return replace(_build(project, staging, sources, progress), report=result.report)


def _build(
    project: mkdocs_build.Project,
    target: Path,
    sources: Snapshots,
    progress: Progress,
    scanned: Prescan | None = None,
) -> Publication:
    progress("building", 0, 0)
    scanned = replace(scanned or Prescan(), docs=sources.docs, documents=sources.documents)
    built = mkdocs_build.build(project, target, partial(progress, "building"), scanned)
    progress("checking", 0, 0)
    with open_database(project.settings.root / DATABASE_FILE) as database:
        seeds = sources.documents.digests if sources.documents else None
        built, digests = add_manifest(database, target, built, project.settings.jobs, seeds)
        snapshots = structs.replace(sources, site=built.site)
        build = Build.start(database, program_fingerprint(), project.settings.jobs, progress)
        build = replace(build, workers=project.workers)
        decisions = Decisions.read(project.settings.seeds)
        verified = VerifiedPages(build, snapshots, check_fingerprint(project), decisions, digests)
        proof = check(project.settings, target, verified, partial(progress, "checking"))
    failures = plugin_failures.sort_failures(project.settings, built.failures)
    return Publication(
        proof=plugin_failures.add_failures(proof, failures),
        pages=built.pages,
        site=built.site,
        changed_files=built.changed_files,
        problems=(*built.problems, *failures.others, *proof.warnings),
        tasks=(*built.tasks, *build.summaries()),
        listed=built.listed,
        named_folders=built.named_folders,
    )
