"""Build aside, check, swap: the published site is the old one or the new one, never half of one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from generator import cache, store
from generator.model import SeedbedError
from generator.publishing import site
from generator.publishing.check import Proof, check
from generator.publishing.proofs import Proofs


def publish(project: site.Project, stage: Callable[[str], None]) -> Proof:
    """Build the docs folder into a new site, prove it, and put it in the old one's place.

    Raises SeedbedError, and leaves the old site as it is, when the build or the proof fails.
    """
    store.recover_folder(project.site)
    aside = store.fresh_folder(project.site.with_name(f"{project.site.name}-new"))
    stage("building")
    site.build(project, aside)
    stage("checking")
    with cache.opened(project.settings.root / ".seedbed/cache.sqlite") as kept:
        proof = check(project.settings, aside, proofs(project, aside, kept))
    if proof.broken:
        told = "\n".join(map(str, proof.broken[:20]))
        raise SeedbedError(f"the new site breaks its promises and is not published:\n{told}")
    store.replace_folder(aside, project.site)
    return proof


def proofs(project: site.Project, aside: Path, kept: cache.Cache) -> Proofs:
    """Give what earlier runs of this very program proved, under the same corrections."""
    corrections = store.read_corrections(project.settings.seeds)
    common = hashlib.sha256(f"{cache.program()} {corrections}".encode()).hexdigest()
    return Proofs(kept, project.settings.root, aside, common)
