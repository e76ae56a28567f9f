"""Build aside, check, swap: the published site is the old one or the new one, never half of one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from generator import cache, store
from generator.lastrun import CACHE
from generator.model import PageFigures, Report, SeedbedError
from generator.pipeline import Doubts, generate
from generator.publishing import site
from generator.publishing.check import Proof, check
from generator.publishing.proofs import Proofs, Sources


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
    store.recover_folder(project.site)
    standing = _standing(project)
    if standing:
        return standing
    aside = project.site.with_name(f"{project.site.name}-new")
    given = _given(project)
    published = _mended(project, aside, _build(project, aside, stage), stage)
    if published.proof.broken:
        told = "\n".join(map(str, published.proof.broken[:20]))
        raise SeedbedError(f"the new site breaks its promises and is not published:\n{told}")
    store.replace_folder(aside, project.site)
    if published.report is None:
        _remember(project, given, published)
    return published


class _Standing(msgspec.Struct):
    """The site that was published last: what it was made of, how it lay there, its proof."""

    given: str
    lies: str
    pages: int
    proof: Proof


def _standing(project: site.Project) -> Published | None:
    """Give what is known of the standing site, when a build would make it once more."""
    with cache.opened(project.settings.root / CACHE) as kept:
        found = kept.get("run", "published")
    if not found:
        return None
    try:
        last = msgspec.msgpack.decode(found, type=_Standing)
    except msgspec.DecodeError:  # another version of the program wrote it
        return None
    same = last.given == _given(project) and last.lies == cache.tree(project.site)
    return Published(last.proof, PageFigures(unchanged=last.pages)) if same else None


def _remember(project: site.Project, given: str, published: Published) -> None:
    pages = published.pages.rendered + published.pages.unchanged
    lies = cache.tree(project.site)
    last = msgspec.msgpack.encode(_Standing(given, lies, pages, published.proof))
    with cache.opened(project.settings.root / CACHE) as kept:
        kept.put("run", [("published", last)])


def _given(project: site.Project) -> str:
    """Describe everything that a site and its proof depend on."""
    folders = (project.settings.docs, project.settings.seeds)
    return " ".join([cache.program(), project.described, *map(cache.tree, folders)])


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
    return replace(_build(project, aside, stage), report=report)


def _build(project: site.Project, target: Path, stage: Callable[[str], None]) -> Published:
    stage("building")
    pages = site.build(project, store.fresh_folder(target))
    stage("checking")
    with cache.opened(project.settings.root / CACHE) as kept:
        proof = check(project.settings, target, proofs(project, kept))
    return Published(proof, pages)


def proofs(project: site.Project, kept: cache.Cache) -> Proofs:
    """Give what earlier runs of this very program proved, under the same corrections."""
    settings = project.settings
    corrections = store.read_corrections(settings.seeds)
    common = hashlib.sha256(f"{cache.program()} {corrections}".encode()).hexdigest()
    return Proofs(kept, Sources(cache.walk(settings.docs), cache.walk(settings.seeds), common))
