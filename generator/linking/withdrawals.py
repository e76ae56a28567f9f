"""Documents that people took back: what is left of them, and copies that must go with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.linking.corrections import DocumentCorrection
from generator.model import AnyDocument, Permalink, Problem, SeedPath, Withdrawn


def withdrawals(
    decided: Mapping[SeedPath, DocumentCorrection], digests: Mapping[SeedPath, str]
) -> tuple[Withdrawn, ...]:
    """Give what is left of each withdrawn document whose bytes are or were known."""
    return tuple(
        Withdrawn(path, said.withdrawn, digests[path], said.title.value if said.title else "")
        for path, said in sorted(decided.items())
        if said.withdrawn and path in digests
    )


def copies(
    documents: Iterable[AnyDocument], withdrawn: Iterable[Withdrawn], known: Iterable[Permalink]
) -> dict[SeedPath, Withdrawn]:
    """Find documents with the very bytes of a withdrawn one, now or when it was last published.

    A file that was renamed or copied must not bring back what people took back by its old name.
    """
    taken_back = {one.source: one for one in withdrawn}
    by_digest = {link.digest: taken_back[link.seed] for link in known if link.seed in taken_back}
    by_digest |= {one.digest: one for one in taken_back.values()}
    return {
        document.source: by_digest[document.digest]
        for document in documents
        if document.digest in by_digest
    }


def as_problem(copy: SeedPath, original: Withdrawn) -> Problem:
    """Say that a copy is withdrawn with its original."""
    message = f"this seed has the bytes of {original.source}, which is withdrawn; it is not shown"
    hint = "Remove it, or name it in corrections.yml"
    return Problem("W033", copy, message, hint, severity="warning")
