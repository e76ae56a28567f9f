"""Whether most of the corpus is missing: then the run stops.

A disk may not be mounted, files may be pointers instead of texts, or a script may have emptied
them: a run cannot tell this from documents that were removed on purpose. What a run published is
saved, seed by seed, and compared with what the next one would publish. Withdrawn documents are not
a loss. Documents that would be hidden for the first time because they resemble a withdrawn text are
one, because texts made from one form also resemble each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set

import msgspec

from generator.engine.database import RUN_VALUES, Database
from generator.model import (
    DocumentAddress,
    Problem,
    SeedbedError,
    SeedPath,
    counted,
)

Words = Mapping[SeedPath, int]
"""Number of words of each document."""

_MIN_LOST = 5
"""Least lost documents at which a run stops; a person can count fewer."""

_KEY = "corpus"
"""Key of the documents of the last run, in the table of runs."""

_CAUSES = 3
"""Most reasons that a message lists."""


class LossPolicy(msgspec.Struct, frozen=True):
    """What a run does if most documents or words are missing."""

    stops: bool
    """Whether it stops; otherwise the user asked it to go on."""
    publishes: bool
    """Whether later runs are compared with it."""


STOP = LossPolicy(stops=True, publishes=True)
ACCEPT = LossPolicy(stops=False, publishes=True)
PREVIEW = LossPolicy(stops=False, publishes=False)
"""A preview publishes nothing, so it never stops, and no later run is compared with it."""


class LastPublished(msgspec.Struct, frozen=True):
    """What the last run published."""

    words: Words
    is_exact: bool = True
    """Whether the last run saved it; the table of addresses also has removed documents."""

    def without(self, seeds: Set[SeedPath]) -> LastPublished:
        """Return the same without withdrawn documents."""
        if not seeds:
            return self
        return LastPublished(
            {path: self.words[path] for path in self.words.keys() - seeds}, self.is_exact
        )


def load_last_published(database: Database, addresses: Iterable[DocumentAddress]) -> LastPublished:
    """Return what the last run published, as far as that is known."""
    data = database.get(RUN_VALUES, _KEY)
    try:
        if data:
            return LastPublished(msgspec.msgpack.decode(data, type=dict[SeedPath, int]))
    except msgspec.DecodeError:  # another version of the program wrote it
        pass
    return LastPublished({link.seed: 1 for link in addresses}, is_exact=False)


def save_published(database: Database, policy: LossPolicy, now: Words) -> None:
    """Save what a run is about to publish, unless it is a preview."""
    if policy.publishes:
        database.put(RUN_VALUES, [(_KEY, msgspec.msgpack.encode(now))])


def require_files(policy: LossPolicy, before: LastPublished, paths: Set[SeedPath]) -> None:
    """Stop a run that has too few files, before it deletes what is saved of the others.

    Raises SeedbedError as `require_words` does.
    """
    if not policy.stops or (before.is_exact and 2 * len(paths) >= len(before.words)):
        return
    # The number of words in new or renamed files is not known yet.
    most = sum(before.words.values())
    if _is_most_lost(before, dict.fromkeys(paths, most)):
        missing = f"{len(before.words.keys() - paths):,} of the old ones are missing"
        raise SeedbedError(_message(before, counted(len(paths), "file"), [missing]), _HINT)


def require_words(
    policy: LossPolicy,
    before: LastPublished,
    now: Words,
    problems: Iterable[Problem],
    near_copies: Set[SeedPath] = frozenset(),
) -> None:
    """Stop a run that would publish less than half of the documents, or words, of the last one.

    `near_copies` are the documents that are hidden because they resemble a withdrawn one.
    Raises SeedbedError with the counts, the most frequent problems and what to do.
    """
    if policy.stops and _is_most_lost(before, now):
        has = _counts(now)
        raise SeedbedError(
            _message(before, has, _causes(before, now, problems, near_copies)), _HINT
        )


_HIDDEN = (
    "would be hidden as near copies of withdrawn ones (W034): release those that only come from"
    " the same form in corrections.yml, by their names or by a pattern, with `withdrawn: false`"
)

_HINT = (
    "Look whether the seeds folder is whole; if you mean it, run `seedbed build --accept`"
    " (`seedbed generate --accept` before `mkdocs build`)"
)


def _is_most_lost(before: LastPublished, now: Words) -> bool:
    if not before.is_exact:
        return not now and len(before.words) >= _MIN_LOST
    fewer = 2 * len(now) < len(before.words)
    shorter = 2 * sum(now.values()) < sum(before.words.values())
    if not (fewer or shorter):
        return False
    return sum(2 * now.get(path, 0) < had for path, had in before.words.items()) >= _MIN_LOST


def _message(before: LastPublished, has: str, causes: Iterable[str]) -> str:
    had = _counts(before.words) if before.is_exact else counted(len(before.words), "document")
    message = f"most of the corpus is missing: there were {had}, and now there are {has}"
    return f"{message} ({'; '.join(causes)}); nothing is published, and the old site stays"


def _counts(words: Words) -> str:
    return f"{counted(len(words), 'document')} with {counted(sum(words.values()), 'word')}"


def _causes(
    before: LastPublished, now: Words, problems: Iterable[Problem], near_copies: Set[SeedPath]
) -> Iterable[str]:
    """Yield the reasons why documents are missing, the most frequent first."""
    refused = [problem for problem in problems if problem.severity == "error"]
    hidden = near_copies & before.words.keys()
    if hidden:
        yield f"{len(hidden):,} {_HIDDEN}"
    counts = Counter((problem.code, problem.message, problem.hint) for problem in refused)
    for (code, message, hint), count in counts.most_common(_CAUSES):
        yield f"{count:,} times {code} {message}: {hint}"
    missing = len(
        before.words.keys() - now.keys() - hidden - {problem.source for problem in refused}
    )
    if missing:
        yield f"{missing:,} of the old ones are missing"
    shorter = sum(2 * now[path] < before.words[path] for path in before.words.keys() & now.keys())
    if shorter:
        yield f"{shorter:,} have less than half of the words that they had"
