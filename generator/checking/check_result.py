"""The result of a check. A build in which nothing changed loads it without the check itself."""

from __future__ import annotations

import msgspec

from generator.model import Problem, SeedPath


class CheckResult(msgspec.Struct, frozen=True):
    """The result of a check: counts, and the problems."""

    documents: int
    words: int
    changes: int
    """Ledger entries that were undone."""
    pages: int
    links: int
    broken: tuple[Problem, ...]
    unfaithful: tuple[SeedPath, ...] = ()
    """Documents whose pages do not show exactly their words."""
    wrong_in_docs: tuple[SeedPath, ...] = ()
    """Those of them whose pages are already wrong in the docs folder."""
    warnings: tuple[Problem, ...] = ()
    """Dead links on pages that Seedbed did not write; they do not stop a build."""
