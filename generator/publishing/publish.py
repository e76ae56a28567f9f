"""Build aside, check, swap: the published site is the old one or the new one, never half of one."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import msgspec

from generator.checking.check import Proof, check
from generator.checking.verified_pages import Snapshots, VerifiedPages, take_snapshots
from generator.engine import workers
from generator.engine.database import DamagedError, open_database, peek
from generator.engine.fingerprint import program_fingerprint
from generator.engine.workers import Progress, silent
from generator.files import folders, read_corrections, take_seeds_snapshot
from generator.files.folders import FolderNames
from generator.files.snapshot import Snapshot, take_snapshot
from generator.files.staging import StagingFolder, find_staging_folder
from generator.model import PageCounts, Problem, Report, SeedbedError, SeedPath
from generator.pipeline.last_run import DATABASE_FILE, RunResult
from generator.pipeline.options import Fallbacks, Options
from generator.publishing import failures, mkdocs_build
from generator.publishing.ownership import Place, others, require_ours, strays
from generator.publishing.rendering.sync import (
    NOTHING_SEEN,
    Prescan,
    PrescanResult,
    mirror,
    prescan,
    rendered_folder,
)


@dataclass(frozen=True, slots=True)
class Publication:
    """What came of a build."""

    proof: Proof
    pages: PageCounts
    site: Snapshot
    """The site as it lies there."""
    changed_files: frozenset[str] = frozenset()
    """What is not in it as it was when the building began, where that is known."""
    report: Report | None = None
    """What was generated anew, where something in the site had changed the words of a page."""
    problems: tuple[Problem, ...] = ()
    """What MkDocs and plugins warn of, and what a person should know of the site's folder."""


_WORTH = 2_000
"""Pages, where nobody says how many processes; a worker takes half a second to start, and to look
at a page's files a tenth of a millisecond."""


_TOLD = 20
"""Lines about broken promises that anybody would read."""


@contextmanager
def prescan_staging(project: mkdocs_build.Project) -> Iterator[PrescanResult | None]:
    """Have the folder aside looked at while others generate, where that takes long.

    It is made where there is none: on ext4 the folders of 11,000 pages take three seconds.
    """
    stage = _ready(project)
    last, jobs = _last(project), project.settings.jobs
    if last is None or not (jobs or last.pages >= _WORTH):
        yield None
        return
    with workers.background(jobs or workers.available_cores()) as begin:
        rendered = rendered_folder(project.settings.root / ".seedbed", "build")
        yield begin(partial(prescan, stage.next, project.site, rendered, _place(project).list))


def publish(
    project: mkdocs_build.Project,
    progress: Progress = silent,
    seen: RunResult | None = None,
    looked: PrescanResult | None = None,
) -> Publication:
    """Build the docs folder into a new site, prove it, and put it in the old one's place.

    A document whose page something in the site changes is written anew, sign by sign; one that
    is changed even so is left out, and the report says so. What others put into the site's folder
    is in the new one, too. Raises SeedbedError, and leaves the old site as it is, when the build
    or the proof fails otherwise, or when the folder is not ours to write in. What was `seen` of
    the folders, if nothing was written since, is not looked at again, nor what was `looked` at
    aside.
    """
    stage = _ready(project)
    try:
        return _publish(project, stage, progress, seen, looked)
    except DamagedError:
        return _publish(project, stage, progress, seen, None)


def _ready(project: mkdocs_build.Project) -> StagingFolder:
    """Return the stage of a project's site, once nothing forbids to publish there."""
    stage = find_staging_folder(project.settings.root / ".seedbed", project.site)
    stage.prepare()
    folders.restore(project.site, stage.old)
    require_ours(_place(project))
    return stage


def _place(project: mkdocs_build.Project) -> Place:
    return Place.of(project.settings.root, project.site)


def _publish(
    project: mkdocs_build.Project,
    stage: StagingFolder,
    progress: Progress,
    seen: RunResult | None,
    looked: PrescanResult | None,
) -> Publication:
    docs = seen.docs if seen else take_snapshot(project.settings.docs)
    seeds = seen.seeds if seen else take_seeds_snapshot(project.settings.seeds)
    before = Snapshots(Snapshot({}, frozenset()), docs, seeds)
    given = _input_fingerprint(project, before)
    standing = _current_if_up_to_date(project, given)
    if standing:
        return standing
    known = looked() if looked else NOTHING_SEEN
    alike = _were_alike(project, stage.next) or known.alike
    built = _build(project, stage.next, before, progress, known)
    published = _build_with_fallbacks(project, stage.next, built, progress)
    if published.proof.broken:
        raise _refusal(published.proof)
    theirs = _put_in_place(project, stage, published)
    told = strays(project.site, theirs.files, published.site.folders)
    told += _finished(project, stage, _Swap(given, published, theirs, alike))
    return replace(published, problems=(*published.problems, *told))


@dataclass(frozen=True, slots=True)
class _Swap:
    """An exchange of the new site for the old one."""

    given: str
    """What the new one was made of."""
    published: Publication
    theirs: FolderNames
    """What others had put into the old one."""
    alike: bool
    """Whether the old one was like the one that stood at the stage, but for what is not ours."""


def _put_in_place(
    project: mkdocs_build.Project, stage: StagingFolder, published: Publication
) -> FolderNames:
    """Exchange the sites, and return what others had put into the old one."""
    place, snapshot = _place(project), published.site
    ours, listed = FolderNames(frozenset(snapshot.files), snapshot.folders), place.listed
    theirs = others(place, stage.next, ours, listed)
    if listed is None or not ours.files <= listed:
        # A run that dies after the exchange must know the files of both.
        place.note(ours.files | (listed or frozenset()))
    folders.link_or_copy_all(project.site, stage.next, theirs)
    folders.swap(stage.next, project.site, stage.old)
    return theirs


def _finished(
    project: mkdocs_build.Project, stage: StagingFolder, swap: _Swap
) -> tuple[Problem, ...]:
    """Make the old site the likeness of the new one, and remember what was published.

    The new site is published whatever fails here: a message tells of it.
    """
    published, theirs, old = swap.published, swap.theirs, stage.next
    try:
        _place(project).note(published.site.files)
        folders.remove_files(old / path for path in theirs.files)
        folders.remove_if_empty(old / path for path in sorted(theirs.folders, reverse=True))
        same = swap.alike and not published.report
        unlike = published.changed_files if same else _unlike(old, published.site)
        alike = mirror(old, project.site, published.site, unlike)
        _remember(project, swap.given, published, _pair(project, old) if alike else "")
    except DamagedError:  # the next run is told
        return ()
    except OSError as error:
        return (_leftover(old, error),)
    return ()


def _leftover(folder: Path, error: OSError) -> Problem:
    where = str(error.filename or folder)
    message = f"the new site is published, but this could not be put in order: {error.strerror}"
    hint = f"Look at the disk and at your rights there; {folder} may hold pages of the old site"
    return Problem("W071", where, message, hint, severity="warning")


def _refusal(proof: Proof) -> SeedbedError:
    messages = [*dict.fromkeys(map(str, proof.broken))]  # a page may have the same link twice
    lines = ["the new site breaks its promises and is not published:", *messages[:_TOLD]]
    lines += [f"and {len(messages) - _TOLD:,} more"] if len(messages) > _TOLD else []
    return SeedbedError("\n".join(lines), _where_to_look(proof))


def _where_to_look(proof: Proof) -> str:
    """Say where a fault lies that every document has; of others each says its own remedy."""
    if proof.ours or not proof.documents or len(proof.doubtful) < proof.documents:
        return ""
    return "This is so with every document: look at `theme`, plugins and hooks in mkdocs.yml"


class Entry(msgspec.Struct):
    """The site that was published last: what it was made of, how it lay there, its proof."""

    given: str
    lies: str
    pages: int
    proof: Proof
    problems: tuple[Problem, ...]


def _last(project: mkdocs_build.Project) -> Entry | None:
    found = peek(project.settings.root / DATABASE_FILE, "run", "published")
    try:
        return msgspec.msgpack.decode(found, type=Entry) if found else None
    except msgspec.DecodeError:  # another version of the program wrote it
        return None


def _current_if_up_to_date(project: mkdocs_build.Project, given: str) -> Publication | None:
    """Give what is known of the standing site, when a build would make it once more."""
    last = _last(project) if project.described else None
    if last is None or last.given != given:
        return None
    found = snapshot = take_snapshot(project.site)
    if last.lies != snapshot.fingerprint:  # others may have put something there
        snapshot = found.only(_place(project).listed or ())
    if last.lies != snapshot.fingerprint:
        return None
    told = strays(project.site, found.files.keys() - snapshot.files.keys(), snapshot.folders)
    return Publication(
        last.proof, PageCounts(unchanged=last.pages), snapshot, problems=(*last.problems, *told)
    )


def _remember(
    project: mkdocs_build.Project, given: str, published: Publication, alike: str
) -> None:
    """Remember what was published, unless more was generated for it than we were given."""
    pages = published.pages.rendered + published.pages.unchanged
    standing = Entry(given, published.site.fingerprint, pages, published.proof, published.problems)
    last = msgspec.msgpack.encode(standing)
    found = [] if published.report else [("published", last)]
    with open_database(project.settings.root / DATABASE_FILE) as database:
        database.put("run", [*found, (_ALIKE, alike.encode())])


_ALIKE = "alike"
"""Where it is kept which two folders are the same, file by file.

The old site stays aside, because the next one is nearly the same; but people may have withdrawn
what is gone. So it is made the likeness of the new one at once. Then the next site differs from
both in the same files, and nobody needs to look for them in the old one.
"""


def _were_alike(project: mkdocs_build.Project, staging: Path) -> bool:
    """Tell whether the old site is like the new one, and forget it: from now on it will not be."""
    path = project.settings.root / DATABASE_FILE
    found = peek(path, "run", _ALIKE)
    if not found or found != _pair(project, staging).encode():
        return False
    with open_database(path) as database:
        database.drop("run", [_ALIKE])
    return True


def _pair(project: mkdocs_build.Project, staging: Path) -> str:
    """Describe the two folders, as long as both are there."""
    both = [folders.folder_identity(folder) for folder in (project.site, staging)]
    return " ".join(both) if all(both) else ""


def _unlike(staging: Path, snapshot: Snapshot) -> Collection[str]:
    """Look in which files the old site is not like the new one, if there is an old one."""
    old, new = take_snapshot(staging).files, snapshot.files
    everywhere = old.keys() | new.keys() if old else ()
    return {path for path in everywhere if old.get(path) != new.get(path)}


def check_fingerprint(project: mkdocs_build.Project) -> str:
    """Give a digest of what all proofs depend on, besides files of a page's own."""
    corrections = read_corrections(project.settings.seeds)
    site = project.settings.site
    places = f"{site.base_path} {site.directory_urls} {site.alternate_paths}"
    depends = f"{program_fingerprint()} {places} {corrections}"
    return hashlib.sha256(depends.encode()).hexdigest()


def _input_fingerprint(project: mkdocs_build.Project, trees: Snapshots) -> str:
    """Describe everything that a site and its proof depend on."""
    found = (
        program_fingerprint(),
        project.described,
        trees.docs.fingerprint,
        trees.seeds.fingerprint,
    )
    return " ".join(found)


def _build_with_fallbacks(
    project: mkdocs_build.Project, staging: Path, built: Publication, progress: Progress
) -> Publication:
    """Write changed documents sign by sign, and leave out what is changed even so.

    Where all are, the site itself is at fault, and nothing is left out.
    """
    once = frozenset(built.proof.doubtful)
    if once:
        built = _rebuild(project, staging, (once,), progress)
    twice = frozenset(built.proof.doubtful)
    if once and 0 < len(twice) < built.proof.documents:
        ours = twice.intersection(built.proof.ours)
        why = [problem for problem in built.proof.broken if problem.code == failures.CODE]
        built = _rebuild(project, staging, (once, twice, ours), progress)
        built = replace(built, report=failures.explained(built.report, why))
    return built


def _rebuild(
    project: mkdocs_build.Project,
    staging: Path,
    doubts: Iterable[frozenset[SeedPath]],
    progress: Progress,
) -> Publication:
    from generator.pipeline.run import generate  # here, because it takes half a second to load

    report = generate(project.settings, Options(fallbacks=Fallbacks(*doubts))).report
    trees = take_snapshots(project.settings, project.site)
    return replace(_build(project, staging, trees, progress), report=report)


def _build(
    project: mkdocs_build.Project,
    target: Path,
    before: Snapshots,
    progress: Progress,
    looked: Prescan = NOTHING_SEEN,
) -> Publication:
    progress("building", 0, 0)
    seen = replace(looked, docs=before.docs)
    built = mkdocs_build.build(project, target, partial(progress, "building"), seen)
    progress("checking", 0, 0)
    with open_database(project.settings.root / DATABASE_FILE) as database:
        now = replace(before, site=built.lies)
        proofs = VerifiedPages(database, now, check_fingerprint(project))
        proof = check(project.settings, target, proofs, partial(progress, "checking"))
    failed = failures.sort_out(project.settings, built.failures)
    return Publication(
        proof=failures.counted(proof, failed),
        pages=built.pages,
        site=built.lies,
        changed_files=built.touched,
        problems=(*built.problems, *failed.others, *proof.warnings),
    )
