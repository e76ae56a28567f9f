"""Build aside, check, swap: the published site is the old one or the new one, never half of one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from generator import cache, folders, store
from generator.lastrun import CACHE
from generator.model import PageFigures, Report, SeedbedError
from generator.pipeline import Doubts, generate
from generator.publishing import site
from generator.publishing.check import Proof, check
from generator.publishing.preview import PREVIEW
from generator.publishing.proofs import Proofs, Sources
from generator.publishing.rendering.parts import take_out


@dataclass(frozen=True, slots=True)
class Published:
    """What came of a build."""

    proof: Proof
    pages: PageFigures
    report: Report | None = None
    """What was generated anew, where something in the site had changed the words of a page."""


def publish(project: site.Project, stage: Callable[[str], None]) -> Published:
    """Build the docs folder into a new site, prove it, and put it in the old one's place.

    A document whose page something in the site changes is written anew, sign by sign; one that
    is changed even so is left out, and the report says so. Raises SeedbedError, and leaves the
    old site as it is, when the build or the proof fails otherwise.
    """
    folders.recover(project.site)
    sources = sources_of(project)
    given = _given(project, sources)
    before = cache.walk(project.site)
    standing = _standing(project, given, before)
    if standing:
        return standing
    aside = project.site.with_name(f"{project.site.name}-new")
    published = _mended(project, aside, _build(project, aside, sources, stage), stage)
    if published.proof.broken:
        told = "\n".join(map(str, published.proof.broken[:20]))
        raise SeedbedError(f"the new site breaks its promises and is not published:\n{told}")
    after = cache.walk(aside)
    folders.exchange(aside, project.site)
    _forget(project, aside, before, after)
    if published.report is None:
        _remember(project, given, after, published)
    return published


class _Standing(msgspec.Struct):
    """The site that was published last: what it was made of, how it lay there, its proof."""

    given: str
    lies: str
    pages: int
    proof: Proof


def _standing(project: site.Project, given: str, lies: cache.Tree) -> Published | None:
    """Give what is known of the standing site, when a build would make it once more."""
    with cache.opened(project.settings.root / CACHE) as kept:
        found = kept.get("run", "published")
    if not found:
        return None
    try:
        last = msgspec.msgpack.decode(found, type=_Standing)
    except msgspec.DecodeError:  # another version of the program wrote it
        return None
    same = last.given == given and last.lies == lies.digest
    return Published(last.proof, PageFigures(unchanged=last.pages)) if same else None


def _remember(project: site.Project, given: str, lies: cache.Tree, published: Published) -> None:
    pages = published.pages.rendered + published.pages.unchanged
    last = msgspec.msgpack.encode(_Standing(given, lies.digest, pages, published.proof))
    with cache.opened(project.settings.root / CACHE) as kept:
        kept.put("run", [("published", last)])


def _forget(project: site.Project, aside: Path, before: cache.Tree, after: cache.Tree) -> None:
    """Take out of the old site, and of the preview, what is not published any more.

    The old site stays aside, because the next one is nearly the same; but people may have
    withdrawn what is gone.
    """
    same = (path for path, mark in before.files.items() if after.files.get(path) == mark)
    take_out(aside, before, same)
    preview = project.settings.root / PREVIEW
    folders.remove_files(preview / path for path in before.files.keys() - after.files.keys())


def sources_of(project: site.Project) -> Sources:
    """Look at the files that pages are made of; what is proved of them depends on more."""
    settings = project.settings
    corrections = store.read_corrections(settings.seeds)
    common = hashlib.sha256(f"{cache.program()} {corrections}".encode()).hexdigest()
    return Sources(cache.walk(settings.docs), cache.walk(settings.seeds), common)


def _given(project: site.Project, sources: Sources) -> str:
    """Describe everything that a site and its proof depend on."""
    found = (cache.program(), project.described, sources.docs.digest, sources.seeds.digest)
    return " ".join(found)


def _mended(
    project: site.Project, aside: Path, built: Published, stage: Callable[[str], None]
) -> Published:
    """Write changed documents sign by sign, and leave out what is changed even so.

    Where all are, the site itself is at fault, and nothing is left out.
    """
    once = frozenset(built.proof.doubtful)
    if once:
        built = _again(project, aside, Doubts(once), stage)
    twice = frozenset(built.proof.doubtful)
    if once and 0 < len(twice) < built.proof.documents:
        built = _again(project, aside, Doubts(once, twice), stage)
    return built


def _again(
    project: site.Project, aside: Path, doubts: Doubts, stage: Callable[[str], None]
) -> Published:
    report = generate(project.settings, doubts=doubts)
    return replace(_build(project, aside, sources_of(project), stage), report=report)


def _build(
    project: site.Project, target: Path, sources: Sources, stage: Callable[[str], None]
) -> Published:
    stage("building")
    pages = site.build(project, target)
    stage("checking")
    with cache.opened(project.settings.root / CACHE) as kept:
        proof = check(project.settings, target, Proofs(kept, sources))
    return Published(proof, pages)
