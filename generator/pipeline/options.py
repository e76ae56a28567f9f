"""What the caller of a run chooses."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.engine.jobs import LOCAL_WORKERS, Workers
from generator.model import SeedPath
from generator.pipeline.large_loss import STOP, LossPolicy


@dataclass(frozen=True, slots=True)
class Fallbacks:
    """Documents whose pages did not show their text unchanged in the built site."""

    escape_fully: frozenset[SeedPath] = frozenset()
    """To be written with every character escaped, so that no plugin changes anything."""
    leave_out: frozenset[SeedPath] = frozenset()
    """Escaped fully and still changed: not to be published."""
    wrong_in_docs: frozenset[SeedPath] = frozenset()
    """Those of them whose pages are wrong in the docs folder already."""

    @property
    def cache_key(self) -> str:
        """A text that is the same for the same fallbacks."""
        parts = (self.escape_fully, self.leave_out, self.wrong_in_docs)
        return " ".join(str(sorted(part)) for part in parts)


@dataclass(frozen=True, slots=True)
class Options:
    """How one run differs from another with the same settings."""

    save_addresses: bool = True
    """Whether the tables of addresses are written; a preview leaves them alone."""
    release: bool = False
    """Whether addresses that are drafts are made to last; those that last already always do."""
    fallbacks: Fallbacks = Fallbacks()
    loss_policy: LossPolicy = STOP
    with_search: bool = True
    """Whether an outdated index of the search is made again; otherwise it is removed, as it may
    have words that are hidden now."""
    with_lists: bool = True
    """Whether outdated lists, feeds and indexes are made again. Otherwise those of the last run
    stay, and the result names them, as long as the documents are the same."""
    with_state: bool = field(default=False, compare=False)
    """Whether the result of a run has the state of the corpus; it takes memory as long as it is
    kept."""
    even_if_unchanged: bool = field(default=False, compare=False)
    """Whether a run looks at all documents although nothing changed since the last one."""
    workers: Workers = field(default=LOCAL_WORKERS, compare=False)
    """The processes that do the work; results do not depend on them."""

    @property
    def cache_key(self) -> str:
        """A text that is the same for options with which the same is written."""
        fallbacks = self.fallbacks.cache_key
        parts = self.save_addresses, self.release, self.with_search, self.with_lists
        return f"{' '.join(map(str, parts))} {fallbacks}"
