"""What is made of the words of all documents at once: who is near whom, and the search's index.

Both are made aside, by a process that reads the words from the cache for itself, so that they are
never in the memory of the run. It imports no more than it needs, as that process starts afresh.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from functools import partial
from pathlib import Path

from generator import cache, shelves, workers
from generator.lexicon import Lexicon
from generator.linking.alike import UNWEIGHED, Alike, Text, Weighed, alike
from generator.linking.related import NOTHING, Compared
from generator.model import OutputFile, PagePath, Record, SeedPath
from generator.words import Counted, Numbered, Pieces
from generator.writing import search
from generator.writing.search.entries import Entry

_WEIGHED, _COMPARED = "weighed", "compared"
"""The shelves of what was found when documents were compared: by their words, and by all else."""


def begin_comparing(
    kept: cache.Cache, program: str, documents: Iterable[Record], begin: workers.Begin
) -> Callable[[], Alike]:
    """Have documents compared by their words, which must be numbered."""
    kept.commit()
    return begin(partial(_alike, kept.path, program, shelves.encode([*map(Text.of, documents)])))


def begin_indexing(
    kept: cache.Cache,
    entries: bytes,
    sources: Sequence[SeedPath],
    lying: Set[str],
    begin: workers.Begin,
) -> Callable[[], list[OutputFile | PagePath]]:
    """Have the search's index made of entries that were encoded.

    Of files that are `lying` there the name alone is given.
    """
    kept.commit()
    return begin(partial(_indexed, kept.path, entries, sources, lying))


def compared(kept: cache.Cache, program: str) -> Compared:
    """Give what this program found when it compared documents the last time."""
    found = kept.get(_COMPARED, program)
    return shelves.decoder(Compared).decode(found) if found else NOTHING


def keep_compared(kept: cache.Cache, program: str, words: Alike, found: Compared) -> None:
    """Keep it for the next time, and nothing else of the kind; forget words that none has."""
    Lexicon(kept, shelves.NUMBERED).forget(words.numbers)
    for shelf, value in ((_WEIGHED, words.weighed), (_COMPARED, found)):
        kept.keep_only(shelf, [program])
        kept.put(shelf, [(program, shelves.encode(value))])


def _alike(path: Path, program: str, told: bytes) -> Alike:
    texts = shelves.decoder(tuple[Text, ...]).decode(told)
    with cache.looked_into(path) as kept:
        found = kept.get(_WEIGHED, program)
        before = shelves.decoder(Weighed).decode(found) if found else UNWEIGHED
        return alike(texts, _gathered(kept, [one.source for one in texts]), before)


def _indexed(
    path: Path, told: bytes, sources: Sequence[SeedPath], lying: Set[str]
) -> list[OutputFile | PagePath]:
    entries = shelves.decoder(tuple[Entry, ...]).decode(told)
    with cache.looked_into(path) as kept:
        return list(search.renewed(entries, _gathered(kept, sources), lying))


def _gathered(kept: cache.Cache, sources: Iterable[SeedPath]) -> Counted:
    """Gather the words of documents that were numbered."""
    pieces = Pieces()
    words = shelves.decoder(Numbered)
    for row in kept.several(shelves.NUMBERED, sources):
        pieces.add(words.decode(row))
    return pieces.together(Lexicon(kept, shelves.NUMBERED).words)
