"""Build aside, check, swap: the published site is the old one or the new one, never half of one."""

from __future__ import annotations

from collections.abc import Callable

from generator import store
from generator.model import SeedbedError
from generator.publishing import site
from generator.publishing.check import Proof, check


def publish(project: site.Project, stage: Callable[[str], None]) -> Proof:
    """Build the docs folder into a new site, prove it, and put it in the old one's place.

    Raises SeedbedError, and leaves the old site as it is, when the build or the proof fails.
    """
    store.recover_folder(project.site)
    aside = store.fresh_folder(project.site.with_name(f"{project.site.name}-new"))
    stage("building")
    site.build(project, aside)
    stage("checking")
    proof = check(project.settings, aside)
    if proof.broken:
        told = "\n".join(map(str, proof.broken[:20]))
        raise SeedbedError(f"the new site breaks its promises and is not published:\n{told}")
    store.replace_folder(aside, project.site)
    return proof
