"""Build into a staging folder, check, swap: the published site is always complete."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from generator.checking.check_result import CheckResult
from generator.checking.snapshots import Snapshots
from generator.engine import workers
from generator.engine.cache_entries import peek_entry
from generator.engine.database import RUN_VALUES, Database
from generator.engine.database_errors import DamagedError
from generator.engine.database_file import open_database
from generator.engine.encoding import encode
from generator.engine.fingerprint import Fingerprint, combine, program_fingerprint
from generator.engine.incremental import Build
from generator.engine.tasks import PROGRAM, Item, Task, TaskSummary
from generator.engine.workers import Progress, no_progress
from generator.files import folder_swap, folders, take_seeds_snapshot
from generator.files.folders import FolderEntries
from generator.files.known_folders import FolderScan
from generator.files.listings import changed_listings
from generator.files.names_by_folder import changed_names, missing_paths
from generator.files.snapshot import Snapshot
from generator.files.staging_folder import StagingFolder, find_staging_folder
from generator.model import PageCounts, Problem, SeedbedError
from generator.pipeline.docs_state import DocsState, peek_docs
from generator.pipeline.last_run import DATABASE_FILE, RunResult
from generator.publishing.ownership import (
    SiteFolder,
    foreign_files,
    report_foreign_files,
    require_own_folder,
)
from generator.publishing.publication import Publication
from generator.publishing.rendering.write_site import (
    Prescan,
    mirror,
    rendered_folder,
)
from generator.publishing.saved_project import PROJECT_KEY
from generator.publishing.site_folders import SiteFolders
from generator.publishing.staging_scan import StagingScan, StartedPrescan, scan_staging

if TYPE_CHECKING:  # a background process, which scans the staging folder, does not load MkDocs
    from generator.publishing import mkdocs_build

_MIN_PRESCAN_PAGES = 2_000
"""Fewest pages for a scan in the background, unless `jobs` is set.

Starting a worker takes 0.5 s, scanning the files of a page 0.1 ms.
"""

_LISTED_PROBLEMS = 20
"""Most problems that a refusal lists."""


@contextmanager
def prescan_staging(project: mkdocs_build.Project) -> Iterator[StartedPrescan | None]:
    """Scan the staging folder in the background during generation, if the site is large.

    A missing staging folder is created: on ext4, the folders of 11,000 pages take three seconds.
    """
    stage = _prepare_staging(project)
    last, jobs = _load_last(project), project.settings.jobs
    if last is None or not (jobs or last.result.pages >= _MIN_PRESCAN_PAGES):
        yield None
        return
    with workers.background(jobs or workers.available_cores()) as submit:
        rendered = rendered_folder(project.settings.root / ".seedbed", "build")
        list_file = _site_folder(project).list_file
        database_file = project.settings.root / DATABASE_FILE
        task = partial(scan_staging, stage, project.site, rendered, list_file, database_file)
        start = cache(partial(submit, task))

        def result() -> StagingScan:
            return start()()

        if stage.next.exists():
            yield StartedPrescan(result, workers.submit_before(submit, start))
            start()
        else:
            yield StartedPrescan(start(), None)


def publish(
    project: mkdocs_build.Project,
    progress: Progress = no_progress,
    run_result: RunResult | None = None,
    prescan_result: Callable[[], StagingScan] | None = None,
) -> Publication:
    """Build the docs folder into a new site, check it, and replace the old site by it.

    A document whose page is changed by a plugin, hook or extension is written again, fully escaped.
    If its page still differs, the document is left out and the report says so. Files of others in
    the site's folder are copied to the new site. Folders in `run_result` and `prescan_result` are
    not scanned again; nothing may have been written there since. Raises SeedbedError, and leaves
    the old site unchanged, if the build or the check fails, or if the folder is not ours.
    """
    stage = _prepare_staging(project)
    try:
        return _publish(project, stage, progress, run_result, prescan_result)
    except DamagedError:
        return _publish(project, stage, progress, run_result, None)


def _prepare_staging(project: mkdocs_build.Project) -> StagingFolder:
    """Return the staging folder of a project's site; raise SeedbedError if it is not ours."""
    stage = find_staging_folder(project.settings.root / ".seedbed", project.site)
    stage.prepare()
    folder_swap.restore(project.site, stage.old)
    require_own_folder(_site_folder(project))
    return stage


def _site_folder(project: mkdocs_build.Project) -> SiteFolder:
    return SiteFolder.for_site(project.settings.root, project.site)


def _publish(
    project: mkdocs_build.Project,
    stage: StagingFolder,
    progress: Progress,
    run_result: RunResult | None,
    prescan_result: Callable[[], StagingScan] | None,
) -> Publication:
    settings, database_file = project.settings, project.settings.root / DATABASE_FILE
    docs = run_result.docs if run_result else peek_docs(database_file, settings.docs)
    seeds = run_result.seeds if run_result else take_seeds_snapshot(settings.seeds)
    documents = run_result.documents if run_result else None
    sources = Snapshots(Snapshot({}), docs.snapshot, seeds, documents)
    inputs = _input_fingerprint(project, docs, seeds)
    if current := _current_if_up_to_date(project, stage, inputs):
        return current
    # With the same inputs, it is the site that changed, and maybe in files only, not in folders.
    is_edited = _last_inputs(project) == inputs.value
    scan, known = prescan_result() if prescan_result else None, _site_folders(project)
    staging = known.restored(scan.staging) if scan else None
    if staging is None or is_edited:
        scan_due = partial(known.scan, scan_number=known.tree.save_count)
        scan_now = known.scan_files if is_edited else scan_due
        staging = scan_now(stage.next, stage.folder)
    # Imported here: a build in which nothing changed does not need it, and it takes 0.2 s to load.
    from generator.publishing.checked_build import build_and_check

    known_inputs = None if docs.snapshot.has_links else inputs
    begun = _Begun(known_inputs, staging, is_edited, known, _made_of(project, docs.version))
    changed = _changed_folders(project, docs, begun)
    rendered = scan.rendered if scan else None
    scanned = Prescan(staging=staging, rendered=rendered, changed=changed)
    publication = build_and_check(project, stage.next, sources, progress, scanned)
    if publication.proof.broken:
        raise _refusal(publication.proof)
    return _replace_site(project, stage, publication, begun)


class _Begun(NamedTuple):
    """What is known before a site is replaced."""

    inputs: Fingerprint | None
    """None if links in the docs folder lead to files that may change: the next build is due."""
    staging: FolderScan
    """The staging folder before the build."""
    is_edited: bool
    """Whether somebody changed files of the site."""
    known: SiteFolders
    """The last site."""
    made_of: str
    """What the new site is made of, as `_made_of` returns it."""


def _made_of(project: mkdocs_build.Project, docs_version: str | None) -> str:
    """Return a fingerprint of all that the files of a site depend on."""
    inputs = (program_fingerprint(), project.fingerprint, docs_version)
    return combine(map(encode, inputs)).value


def _changed_folders(
    project: mkdocs_build.Project, docs: DocsState, begun: _Begun
) -> frozenset[str] | None:
    """Return the folders in which the next site may differ from the staging folder; None: any.

    The last site was made of the docs folder, and the staging folder became equal to it. Where
    neither changed since, and no page is outdated, nothing is to be done in a folder whose files
    come from one folder of documents alone.
    """
    saved, tree = _load_last(project) if project.fingerprint else None, begun.known.tree
    if saved is None or saved.result.site != tree.version:
        return None
    versions = {_made_of(project, docs.last_version): docs.changed, begun.made_of: frozenset[str]()}
    changed = versions.get(saved.result.made_of)
    if changed is None:
        return None
    different = changed_listings(tree.listings, begun.staging.snapshot.listings)
    return changed.union(different, saved.result.named_folders)


def _replace_site(
    project: mkdocs_build.Project, stage: StagingFolder, publication: Publication, begun: _Begun
) -> Publication:
    """Publish a new site, and make the staging folder equal to it.

    The old site stays there, because the next one is nearly the same. It may contain documents that
    were withdrawn, so it is made equal to the new site at once.
    """
    known = begun.known
    scan = known.scan_files if begun.is_edited else known.scan
    existing = scan(project.site, stage.folder)
    foreign = _swap_sites(project, stage, existing.snapshot, publication)
    warnings = report_foreign_files(project.site, foreign.files, publication.site.folders)
    try:
        _site_folder(project).save(publication.site.names)  # now of this folder, and of its files
        _remove_copied(stage.next, foreign)
        if stage.next.exists():
            different = existing.snapshot.differences(publication.site)
            changed = publication.changed_files.union(different)
            mirror(stage.next, project.site, publication.site, changed)
        with open_database(project.settings.root / DATABASE_FILE) as database:
            if project.encoded:
                database.put(RUN_VALUES, [(PROJECT_KEY, project.encoded)])
            found = begun.staging.listed, existing.listed, publication.listed
            version = known.save(database, publication.site, found)
            tasks = _save(database, begun, publication, version)
        publication = replace(publication, tasks=(*publication.tasks, *tasks))
    except DamagedError:  # the next run reports it
        pass
    except OSError as error:  # the new site is published whatever fails after the exchange
        warnings += (_cleanup_warning(stage.next, error),)
    return replace(publication, problems=(*publication.problems, *warnings))


def _site_folders(project: mkdocs_build.Project) -> SiteFolders:
    return SiteFolders.load(project.settings.root / DATABASE_FILE)


def _swap_sites(
    project: mkdocs_build.Project, stage: StagingFolder, old: Snapshot, publication: Publication
) -> FolderEntries:
    """Exchange the old site and the new one, and return the files of others in the old one."""
    folder, snapshot = _site_folder(project), publication.site
    own_files = folder.own_files
    foreign = foreign_files(folder, old, stage.next, snapshot, own_files)
    new = missing_paths(snapshot.names, own_files or {})
    if own_files is None or new:
        # If the run is killed after the exchange, the list must contain the files of both sites.
        folder.save(changed_names(own_files or {}, new, ()))
    folders.link_or_copy_all(project.site, stage.next, foreign)
    folder_swap.swap(stage.next, project.site, stage.old)
    return foreign


def _remove_copied(old: Path, foreign: FolderEntries) -> None:
    """Remove the files of others, which the new site has, from the old site."""
    folders.remove_files(old / path for path in foreign.files)
    folders.remove_if_empty(old / path for path in sorted(foreign.folders, reverse=True))


def _cleanup_warning(folder: Path, error: OSError) -> Problem:
    where = str(error.filename or folder)
    message = f"the new site is published, but cleaning up after it failed: {error.strerror}"
    hint = f"Check the disk and its permissions; {folder} may contain pages of the old site"
    return Problem("W071", where, message, hint, severity="warning")


def _refusal(proof: CheckResult) -> SeedbedError:
    messages = [*dict.fromkeys(map(str, proof.broken))]  # a page may contain the same link twice
    lines = ["the new site failed the check and was not published:", *messages[:_LISTED_PROBLEMS]]
    lines += (
        [f"and {len(messages) - _LISTED_PROBLEMS:,} more"]
        if len(messages) > _LISTED_PROBLEMS
        else []
    )
    return SeedbedError("\n".join(lines), _where_to_look(proof))


def _where_to_look(proof: CheckResult) -> str:
    """Return a hint if every document is affected; otherwise each problem has its own hint."""
    if proof.wrong_in_docs or not proof.documents or len(proof.unfaithful) < proof.documents:
        return ""
    return "Every document is affected, so check `theme`, `plugins` and `hooks` in mkdocs.yml"


class _Published(NamedTuple):
    """The published site: its files and its check."""

    site: str
    """The version of the files that we wrote."""
    pages: int
    proof: CheckResult
    problems: tuple[Problem, ...]
    made_of: str
    """The fingerprint of what its files depend on."""
    named_folders: tuple[str, ...]
    """Its folders with files that do not come from one folder of documents."""


PUBLISH: Task[_Published] = Task(
    "published site",
    "building",
    _Published,
    (PROGRAM, "the configuration, the theme or the hooks", "the docs folder", "the seeds"),
)

_SITE = "site"
"""Key of its only item, whose output is the whole folder."""


class _LastPublished(NamedTuple):
    """What the last build published."""

    fingerprint: str
    """Of its inputs."""
    result: _Published


def _load_last(project: mkdocs_build.Project) -> _LastPublished | None:
    entry = peek_entry(project.settings.root / DATABASE_FILE, PUBLISH.name, _SITE)
    try:
        return _LastPublished(entry.fingerprint, PUBLISH.decode(entry)) if entry else None
    except msgspec.DecodeError:  # another version of the program wrote it
        return None


def _last_inputs(project: mkdocs_build.Project) -> str | None:
    """Return the fingerprint of the inputs of the last build; None if it says nothing."""
    last = _load_last(project) if project.fingerprint else None
    return last.fingerprint if last else None


def _current_if_up_to_date(
    project: mkdocs_build.Project, stage: StagingFolder, inputs: Fingerprint
) -> Publication | None:
    """Return the published site if a build would produce the same, else None."""
    saved = _load_last(project) if project.fingerprint else None
    if saved is None or saved.fingerprint != inputs.value:
        return None
    last, known = saved.result, _site_folders(project)
    existing = known.scan(project.site, stage.folder, pages=".html").snapshot
    foreign = known.files_of_others(existing)
    if foreign is None or last.site != known.tree.version:
        return None
    site = Snapshot(known.tree.listings, str(project.site))
    warnings = report_foreign_files(project.site, foreign, site.folders)
    return Publication(
        last.proof,
        PageCounts(unchanged=last.pages),
        site,
        problems=(*last.problems, *warnings),
        tasks=(TaskSummary(PUBLISH.name, 1, {}),),
    )


def _save(
    database: Database, begun: _Begun, publication: Publication, version: str
) -> tuple[TaskSummary, ...]:
    """Save what was published, except after fallbacks, which the fingerprint does not include.

    Returns why it was not up to date.
    """
    pages = publication.pages.rendered + publication.pages.unchanged
    result = _Published(
        version,
        pages,
        publication.proof,
        publication.problems,
        begun.made_of,
        tuple(sorted(publication.named_folders)),
    )
    build = Build.start(database, program_fingerprint(), 0, no_progress)
    run = build.why_outdated(PUBLISH, build.entry(PUBLISH, _SITE), begun.inputs)
    if run and not publication.report:
        build.save(PUBLISH, Item(_SITE, begun.inputs), result, run, (_SITE,))
    return build.summaries()


def _input_fingerprint(
    project: mkdocs_build.Project, docs: DocsState, seeds: Snapshot
) -> Fingerprint:
    """Return the fingerprint of everything that a site and its check depend on."""
    inputs = (program_fingerprint(), project.fingerprint, docs.version, seeds.fingerprint)
    return combine(map(encode, inputs))
