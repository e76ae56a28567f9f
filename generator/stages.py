"""The stages that look at one document at a time: in several processes, and only at what changed.

What a stage makes of a document is kept, under the document's path, with a digest of all that it
was made of: the program, the seed's bytes, and for names what the corpus says of its words. Every
stage puts what it makes into the cache and hands it out from there, one document after the other,
so that no process ever holds the work of a stage as a whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache as once
from functools import partial
from typing import Any

import msgspec

from generator import cache, store, workers
from generator.linking import names
from generator.model import Document, Mention, Problem, SeedPath, Tokens
from generator.reading.study import study
from generator.settings import Settings
from generator.words import tokens

Read = tuple[Document | None, tuple[Problem, ...]]
"""What reading a seed gives: its document, if it has one, and what a person should know."""

Progress = Callable[[str, int, int], None]
"""Called with the stage, how many are done, and how many there are."""

_SEEDS, _COUNTS, _TOKENS, _MENTIONS = "seeds", "counts", "tokens", "mentions"
_CHUNK = 16
"""Documents in a message between processes."""
_WORTH_A_WORKER = 150
"""Documents; a worker takes half a second to start, and a document some 4 milliseconds."""


class _Kept(msgspec.Struct, array_like=True):
    """What a stage made, and of what."""

    made_of: str
    signature: cache.Signature | None
    result: msgspec.Raw


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of one run."""

    settings: Settings
    kept: cache.Cache
    program: str
    """Digest of the program: another one may make something else of the same document."""
    progress: Progress

    def read(self, paths: Sequence[SeedPath]) -> Iterator[Read]:
        """Read seeds, in the order of their paths; forget all others, withdrawn ones too."""
        for shelf in (_SEEDS, _COUNTS, _TOKENS, _MENTIONS):
            self.kept.keep_only(shelf, paths)
        unread = [path for path in paths if not self._is_read(path)]
        work = partial(_reader, self.settings, self.program)
        for path, *made in self._dealt("reading", work, unread):
            for shelf, value in zip((_SEEDS, _COUNTS, _TOKENS), made, strict=True):
                self.kept.put(shelf, [(path, value)])
        for path in paths:
            yield _decode(self.kept.get(_SEEDS, path), Read)

    def mentions(self, documents: Sequence[Document]) -> Iterator[tuple[Mention, ...]]:
        """Find the names in documents that were read, in their order."""
        if "spacy" in self.settings.names:
            return self._foreign(documents, self.settings.names["spacy"])
        table = names.tabulate(self._counts(one.source) for one in documents)
        spoken = (table.digest_for(self._counts(one.source)) for one in documents)
        keyed = [(one, self._key(one, words)) for one, words in zip(documents, spoken, strict=True)]
        work = partial(_each, partial(names.find, table=table))
        return self._made("finding names", _MENTIONS, keyed, work, tuple[Mention, ...])

    def _foreign(self, documents: Sequence[Document], name: str) -> Iterator[tuple[Mention, ...]]:
        digest = names.load(name).digest
        keyed = [(one, self._key(one, digest)) for one in documents]
        work = partial(_each_foreign, name)
        return self._made("finding names", _MENTIONS, keyed, work, tuple[Mention, ...])

    def tokens(self, documents: Iterable[Document]) -> Iterator[Tokens]:
        """Give the words of documents that were read, counted, in their order."""
        for one in documents:
            yield _decoder(Tokens).decode(self.kept.get(_TOKENS, one.source) or b"")

    def _made(
        self,
        stage: str,
        shelf: str,
        keyed: Sequence[tuple[Document, str]],
        work: Callable[[], Callable[[Any], Any]],
        shape: Any,
    ) -> Iterator[Any]:
        """Give what work makes of each document, made anew where its key is another one."""
        new = [one for one, key in keyed if self._is_other(shelf, one.source, key)]
        keys = {one.source: key for one, key in keyed}
        for path, made in self._dealt(stage, work, new):
            row = _Kept(keys[path], None, msgspec.Raw(made))
            self.kept.put(shelf, [(path, msgspec.msgpack.encode(row))])
        for one, _ in keyed:
            yield _decode(self.kept.get(shelf, one.source), shape)

    def _dealt(
        self, stage: str, work: Callable[[], Callable[[Any], Any]], items: Sequence[Any]
    ) -> Iterator[Any]:
        worth = len(items) // (_CHUNK if self.settings.jobs else _WORTH_A_WORKER)
        jobs = max(1, min(self.settings.jobs or workers.cores(), worth))
        done = 0
        for results in workers.deal(work, workers.chunks(items, _CHUNK), jobs):
            done += len(results)
            self.progress(stage, done, len(items))
            yield from results

    def _is_read(self, path: SeedPath) -> bool:
        """Tell whether a seed was read by this program as it is; if only touched, note when."""
        row = self.kept.get(_SEEDS, path)
        if row is None:
            return False
        before = _row(row)
        now = cache.signature(self.settings.seeds / path)
        if now is None or not before.made_of.startswith(self.program):
            return False  # another program read it, or nobody could
        if now == before.signature:
            return True
        if before.made_of != f"{self.program} {store.digest(self.settings.seeds / path)}":
            return False
        before.signature = now
        self.kept.put(_SEEDS, [(path, msgspec.msgpack.encode(before))])
        return True

    def _is_other(self, shelf: str, path: SeedPath, key: str) -> bool:
        row = self.kept.get(shelf, path)
        return row is None or _row(row).made_of != key

    def _counts(self, path: SeedPath) -> names.NameCounts:
        counts = self.kept.get(_COUNTS, path)
        return msgspec.msgpack.decode(counts or b"", type=names.NameCounts)

    def _key(self, document: Document, more: str = "") -> str:
        read = msgspec.msgpack.encode(document)
        return hashlib.sha256(f"{self.program} {more} ".encode() + read).hexdigest()


def read_document(settings: Settings, path: SeedPath) -> Read:
    """Read one seed from disk."""
    seed = store.read_seed(settings.seeds, path)
    return (None, (seed,)) if isinstance(seed, Problem) else study(seed)


def _reader(
    settings: Settings, program: str
) -> Callable[[Iterable[SeedPath]], list[tuple[SeedPath, bytes, bytes, bytes]]]:
    """Get a worker ready to read seeds and to count their words, as the cache keeps them."""
    encode = msgspec.msgpack.encode

    def read(path: SeedPath) -> tuple[SeedPath, bytes, bytes, bytes]:
        signature = cache.signature(settings.seeds / path)  # before the bytes: never too young
        seed = store.read_seed(settings.seeds, path)
        document, problems = (None, (seed,)) if isinstance(seed, Problem) else study(seed)
        made_of = "" if isinstance(seed, Problem) else f"{program} {seed.digest}"
        row = _Kept(made_of, signature, msgspec.Raw(encode((document, problems))))
        counts = names.count(document) if document else None
        words = tokens(document.text) if document else None
        return path, encode(row), encode(counts), encode(words)

    return lambda paths: [read(path) for path in paths]


def _each(
    make: Callable[[Document], object],
) -> Callable[[Iterable[Document]], list[tuple[SeedPath, bytes]]]:
    """Get a worker ready to make something of documents, as the cache keeps it."""
    return lambda documents: [
        (document.source, msgspec.msgpack.encode(make(document))) for document in documents
    ]


def _each_foreign(name: str) -> Callable[[Iterable[Document]], list[tuple[SeedPath, bytes]]]:
    """Get a worker ready to find names with a pipeline that it loads for itself."""
    return _each(names.load(name).find)


def _row(value: bytes) -> _Kept:
    return msgspec.msgpack.decode(value, type=_Kept)


def _decode(value: bytes | None, shape: Any) -> Any:
    return _decoder(shape).decode(_row(value or b"").result)


@once
def _decoder(shape: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(shape)
