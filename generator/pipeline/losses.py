"""Whether most of the corpus is missing: a run that would publish so little asks first.

A disk that is not mounted, pointers in the place of texts, a script that emptied files: all look
like the wish to have a small archive. What a run published is remembered, seed by seed, and held
against what the next one would publish. What people withdraw is no loss; what would be held back
for the first time, because it is like a withdrawn text, is one: texts from one form are alike, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

import msgspec

from generator.engine.database import Database
from generator.model import DocumentAddress, DocumentRecord, Problem, SeedbedError, SeedPath

Words = Mapping[SeedPath, int]
"""How many words each document has."""

_FEW = 5
"""Documents; who has fewer, or loses fewer, knows what they do."""

_KEY = "corpus"
"""Where the documents of the last run are kept, on the shelf of runs."""

_CAUSES = 3
"""Reasons that a message gives."""


@dataclass(frozen=True, slots=True)
class Losses:
    """How a run deals with the loss of most documents or words."""

    stops: bool
    """Whether it stops; otherwise it was asked to go on."""
    publishes: bool
    """Whether what it makes is what later runs are held against."""


STOP = Losses(stops=True, publishes=True)
ACCEPT = Losses(stops=False, publishes=True)
PREVIEW = Losses(stops=False, publishes=False)
"""A preview publishes nothing."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was published."""

    words: Words
    sure: bool = True
    """Whether the last run said so; the table of addresses also has what people removed."""

    def without(self, seeds: Set[SeedPath]) -> Before:
        """Return the same without what people withdrew."""
        return Before({path: self.words[path] for path in self.words.keys() - seeds}, self.sure)


def published(database: Database, addresses: Iterable[DocumentAddress]) -> Before:
    """Return what the last run published, as far as that is known."""
    found = database.get("run", _KEY)
    try:
        if found:
            return Before(msgspec.msgpack.decode(found, type=dict[SeedPath, int]))
    except msgspec.DecodeError:  # another version of the program wrote it
        pass
    return Before({link.seed: 1 for link in addresses}, sure=False)


def remember(database: Database, losses: Losses, documents: Iterable[DocumentRecord]) -> None:
    """Keep what a run is about to publish, where it publishes anything."""
    if losses.publishes:
        now = {document.source: document.words for document in documents}
        database.put("run", [(_KEY, msgspec.msgpack.encode(now))])


def require_files(losses: Losses, before: Before, paths: Set[SeedPath]) -> None:
    """Stop a run that has too few files, before it forgets what it knows of the others.

    Raises SeedbedError as `require_words` does.
    """
    # Nobody knows yet how many words are in files that are new, or were renamed.
    most = sum(before.words.values())
    if losses.stops and _is_most_lost(before, dict.fromkeys(paths, most)):
        missing = f"{len(before.words.keys() - paths):,} of the old ones are missing"
        raise SeedbedError(_message(before, f"{len(paths):,} files", [missing]), _HINT)


def require_words(losses: Losses, before: Before, now: Words, problems: Iterable[Problem]) -> None:
    """Stop a run that would publish less than half of the documents, or words, of the last one.

    Raises SeedbedError with the figures, the most frequent problems and what to do.
    """
    if losses.stops and _is_most_lost(before, now):
        has = f"{len(now):,} documents with {sum(now.values()):,} words"
        raise SeedbedError(_message(before, has, _causes(before, now, problems)), _HINT)


_HELD = (
    "would be held back as near copies of withdrawn ones (W034): release those that only come from"
    " the same form in corrections.yml, each with `withdrawn: false`"
)

_HINT = (
    "Look whether the seeds folder is whole; if you mean it, run `seedbed build --accept`"
    " (`seedbed generate --accept` before `mkdocs build`)"
)


def _is_most_lost(before: Before, now: Words) -> bool:
    if not before.sure:
        return not now and len(before.words) >= _FEW
    smaller = sum(2 * now.get(path, 0) < words for path, words in before.words.items())
    fewer = 2 * len(now) < len(before.words)
    shorter = 2 * sum(now.values()) < sum(before.words.values())
    return smaller >= _FEW and (fewer or shorter)


def _message(before: Before, has: str, causes: Iterable[str]) -> str:
    had = f"{len(before.words):,} documents"
    if before.sure:
        had += f" with {sum(before.words.values()):,} words"
    message = f"most of the corpus is missing: there were {had}, and now there are {has}"
    return f"{message} ({'; '.join(causes)}); nothing is published, and the old site stands"


def _causes(before: Before, now: Words, problems: Iterable[Problem]) -> Iterable[str]:
    """Say what became of the documents, the most frequent first."""
    problems = tuple(problems)
    refused = [problem for problem in problems if problem.severity == "error"]
    held = {one.source for one in problems if one.code == "W034"} & before.words.keys()
    if held:
        yield f"{len(held):,} {_HELD}"
    found = Counter((one.code, one.message, one.hint) for one in refused)
    for (code, message, hint), count in found.most_common(_CAUSES):
        yield f"{count:,} times {code} {message}: {hint}"
    missing = len(before.words.keys() - now.keys() - held - {one.source for one in refused})
    if missing:
        yield f"{missing:,} of the old ones are missing"
    shorter = sum(2 * now[path] < before.words[path] for path in before.words.keys() & now.keys())
    if shorter:
        yield f"{shorter:,} have less than half of the words that they had"
