"""Build aside, check, swap: the published site is the old one or the new one, never half of one."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import msgspec

from generator import cache, store, workers
from generator.lastrun import CACHE, Left
from generator.model import PageFigures, Problem, Report, SeedbedError, SeedPath
from generator.publishing import failures, site
from generator.publishing.check import Proof, check
from generator.publishing.ownership import Place, others, require_ours, strays
from generator.publishing.proofs import Proofs, Trees, trees_of
from generator.publishing.rendering.parts import (
    NOTHING_SEEN,
    Look,
    Seen,
    liken,
    look,
    standing_pages,
)
from generator.store import folders
from generator.store.folders import Names
from generator.store.stage import Stage, stage_of
from generator.workers import Progress, silent


@dataclass(frozen=True, slots=True)
class Published:
    """What came of a build."""

    proof: Proof
    pages: PageFigures
    lies: cache.Tree
    """The site as it lies there."""
    touched: frozenset[str] = frozenset()
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
def ahead(project: site.Project) -> Iterator[Look | None]:
    """Have the folder aside looked at while others generate, where that takes long.

    It is made where there is none: on ext4 the folders of 11,000 pages take three seconds.
    """
    stage = _ready(project)
    last, jobs = _last(project), project.settings.jobs
    if last is None or not (jobs or last.pages >= _WORTH):
        yield None
        return
    with workers.aside(jobs or workers.cores()) as begin:
        rendered = standing_pages(project.settings.root / ".seedbed", "build")
        yield begin(partial(look, stage.next, project.site, rendered, _place(project).list))


def publish(
    project: site.Project,
    progress: Progress = silent,
    seen: Left | None = None,
    looked: Look | None = None,
) -> Published:
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
    except cache.DamagedError:
        return _publish(project, stage, progress, seen, None)


def _ready(project: site.Project) -> Stage:
    """Return the stage of a project's site, once nothing forbids to publish there."""
    stage = stage_of(project.settings.root / ".seedbed", project.site)
    stage.prepare()
    folders.recover(project.site, stage.old)
    require_ours(_place(project))
    return stage


def _place(project: site.Project) -> Place:
    return Place.of(project.settings.root, project.site)


def _publish(
    project: site.Project,
    stage: Stage,
    progress: Progress,
    seen: Left | None,
    looked: Look | None,
) -> Published:
    docs = seen.docs if seen else cache.walk(project.settings.docs)
    seeds = seen.seeds if seen else store.walk_seeds(project.settings.seeds)
    before = Trees(cache.UNSEEN, docs, seeds)
    given = _given(project, before)
    standing = _standing(project, given)
    if standing:
        return standing
    known = looked() if looked else NOTHING_SEEN
    alike = _were_alike(project, stage.next) or known.alike
    built = _build(project, stage.next, before, progress, known)
    published = _mended(project, stage.next, built, progress)
    if published.proof.broken:
        raise _refusal(published.proof)
    theirs = _put_in_place(project, stage, published)
    told = strays(project.site, theirs.files, published.lies.folders)
    told += _finished(project, stage, _Swap(given, published, theirs, alike))
    return replace(published, problems=(*published.problems, *told))


@dataclass(frozen=True, slots=True)
class _Swap:
    """An exchange of the new site for the old one."""

    given: str
    """What the new one was made of."""
    published: Published
    theirs: Names
    """What others had put into the old one."""
    alike: bool
    """Whether the old one was like the one that stood at the stage, but for what is not ours."""


def _put_in_place(project: site.Project, stage: Stage, published: Published) -> Names:
    """Exchange the sites, and return what others had put into the old one."""
    place, lies = _place(project), published.lies
    ours, listed = Names(frozenset(lies.files), lies.folders), place.listed
    theirs = others(place, stage.next, ours, listed)
    if listed is None or not ours.files <= listed:
        # A run that dies after the exchange must know the files of both.
        place.note(ours.files | (listed or frozenset()))
    folders.carry(project.site, stage.next, theirs)
    folders.exchange(stage.next, project.site, stage.old)
    return theirs


def _finished(project: site.Project, stage: Stage, swap: _Swap) -> tuple[Problem, ...]:
    """Make the old site the likeness of the new one, and remember what was published.

    The new site is published whatever fails here: a message tells of it.
    """
    published, theirs, old = swap.published, swap.theirs, stage.next
    try:
        _place(project).note(published.lies.files)
        folders.remove_files(old / path for path in theirs.files)
        folders.remove_if_empty(old / path for path in sorted(theirs.folders, reverse=True))
        same = swap.alike and not published.report
        unlike = published.touched if same else _unlike(old, published.lies)
        alike = liken(old, project.site, published.lies, unlike)
        _remember(project, swap.given, published, _pair(project, old) if alike else "")
    except cache.DamagedError:  # the next run is told
        return ()
    except OSError as error:
        return (_leftover(old, error),)
    return ()


def _leftover(folder: Path, error: OSError) -> Problem:
    where = str(error.filename or folder)
    told = f"the new site is published, but this could not be put in order: {error.strerror}"
    hint = f"Look at the disk and at your rights there; {folder} may hold pages of the old site"
    return Problem("W071", where, told, hint, severity="warning")


def _refusal(proof: Proof) -> SeedbedError:
    told = [*dict.fromkeys(map(str, proof.broken))]  # a page may have the same link twice
    lines = ["the new site breaks its promises and is not published:", *told[:_TOLD]]
    lines += [f"and {len(told) - _TOLD:,} more"] if len(told) > _TOLD else []
    return SeedbedError("\n".join(lines), _where_to_look(proof))


def _where_to_look(proof: Proof) -> str:
    """Say where a fault lies that every document has; of others each says its own remedy."""
    if proof.ours or not proof.documents or len(proof.doubtful) < proof.documents:
        return ""
    return "This is so with every document: look at `theme`, plugins and hooks in mkdocs.yml"


class _Standing(msgspec.Struct):
    """The site that was published last: what it was made of, how it lay there, its proof."""

    given: str
    lies: str
    pages: int
    proof: Proof
    problems: tuple[Problem, ...]


def _last(project: site.Project) -> _Standing | None:
    found = cache.glance(project.settings.root / CACHE, "run", "published")
    try:
        return msgspec.msgpack.decode(found, type=_Standing) if found else None
    except msgspec.DecodeError:  # another version of the program wrote it
        return None


def _standing(project: site.Project, given: str) -> Published | None:
    """Give what is known of the standing site, when a build would make it once more."""
    last = _last(project) if project.described else None
    if last is None or last.given != given:
        return None
    found = lies = cache.walk(project.site)
    if last.lies != lies.digest:  # others may have put something there
        lies = found.only(_place(project).listed or ())
    if last.lies != lies.digest:
        return None
    told = strays(project.site, found.files.keys() - lies.files.keys(), lies.folders)
    return Published(
        last.proof, PageFigures(unchanged=last.pages), lies, problems=(*last.problems, *told)
    )


def _remember(project: site.Project, given: str, published: Published, alike: str) -> None:
    """Remember what was published, unless more was generated for it than we were given."""
    pages = published.pages.rendered + published.pages.unchanged
    standing = _Standing(given, published.lies.digest, pages, published.proof, published.problems)
    last = msgspec.msgpack.encode(standing)
    found = [] if published.report else [("published", last)]
    with cache.opened(project.settings.root / CACHE) as kept:
        kept.put("run", [*found, (_ALIKE, alike.encode())])


_ALIKE = "alike"
"""Where it is kept which two folders are the same, file by file.

The old site stays aside, because the next one is nearly the same; but people may have withdrawn
what is gone. So it is made the likeness of the new one at once. Then the next site differs from
both in the same files, and nobody needs to look for them in the old one.
"""


def _were_alike(project: site.Project, aside: Path) -> bool:
    """Tell whether the old site is like the new one, and forget it: from now on it will not be."""
    place = project.settings.root / CACHE
    found = cache.glance(place, "run", _ALIKE)
    if not found or found != _pair(project, aside).encode():
        return False
    with cache.opened(place) as kept:
        kept.drop("run", [_ALIKE])
    return True


def _pair(project: site.Project, aside: Path) -> str:
    """Describe the two folders, as long as both are there."""
    both = [folders.identity(folder) for folder in (project.site, aside)]
    return " ".join(both) if all(both) else ""


def _unlike(aside: Path, lies: cache.Tree) -> Collection[str]:
    """Look in which files the old site is not like the new one, if there is an old one."""
    old, new = cache.walk(aside).files, lies.files
    everywhere = old.keys() | new.keys() if old else ()
    return {path for path in everywhere if old.get(path) != new.get(path)}


def common(project: site.Project) -> str:
    """Give a digest of what all proofs depend on, besides files of a page's own."""
    corrections = store.read_corrections(project.settings.seeds)
    site = project.settings.site
    places = f"{site.home} {site.directory_urls} {site.sisters}"
    depends = f"{cache.program()} {places} {corrections}"
    return hashlib.sha256(depends.encode()).hexdigest()


def _given(project: site.Project, trees: Trees) -> str:
    """Describe everything that a site and its proof depend on."""
    found = (cache.program(), project.described, trees.docs.digest, trees.seeds.digest)
    return " ".join(found)


def _mended(project: site.Project, aside: Path, built: Published, progress: Progress) -> Published:
    """Write changed documents sign by sign, and leave out what is changed even so.

    Where all are, the site itself is at fault, and nothing is left out.
    """
    once = frozenset(built.proof.doubtful)
    if once:
        built = _again(project, aside, (once,), progress)
    twice = frozenset(built.proof.doubtful)
    if once and 0 < len(twice) < built.proof.documents:
        ours = twice.intersection(built.proof.ours)
        why = [one for one in built.proof.broken if one.code == failures.CODE]
        built = _again(project, aside, (once, twice, ours), progress)
        built = replace(built, report=failures.explained(built.report, why))
    return built


def _again(
    project: site.Project, aside: Path, doubts: Iterable[frozenset[SeedPath]], progress: Progress
) -> Published:
    from generator.pipeline import Doubts, generate  # here, because it takes half a second to load

    report = generate(project.settings, doubts=Doubts(*doubts))
    trees = trees_of(project.settings, project.site)
    return replace(_build(project, aside, trees, progress), report=report)


def _build(
    project: site.Project,
    target: Path,
    before: Trees,
    progress: Progress,
    looked: Seen = NOTHING_SEEN,
) -> Published:
    progress("building", 0, 0)
    seen = replace(looked, docs=before.docs)
    built = site.build(project, target, partial(progress, "building"), seen)
    progress("checking", 0, 0)
    with cache.opened(project.settings.root / CACHE) as kept:
        now = replace(before, site=built.lies)
        proofs = Proofs(kept, now, common(project))
        proof = check(project.settings, target, proofs, partial(progress, "checking"))
    failed = failures.sort_out(project.settings, built.failures)
    return Published(
        proof=failures.counted(proof, failed),
        pages=built.pages,
        lies=built.lies,
        touched=built.touched,
        problems=(*built.problems, *failed.others, *proof.warnings),
    )
