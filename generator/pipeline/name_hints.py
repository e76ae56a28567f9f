"""The hints of all documents, which are defined at `NAME_HINTS`.

After an edit only documents with another text are read: the sums over the corpus are saved.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple

import numpy as np

from generator.engine.database import Database
from generator.engine.encoding import decoder, encode, get_value
from generator.engine.fingerprint import FINGERPRINT_SIZE
from generator.engine.incremental import Build
from generator.engine.item_states import StateChanges
from generator.engine.stored_vocabulary import StoredVocabulary
from generator.engine.workers import batches as batch_items
from generator.linking import names
from generator.model import DocumentRecord, SeedPath
from generator.pipeline.build_tasks import (
    CASE_COUNTS,
    CASE_COUNTS_BY_ID,
    CASE_SUMS,
    HINT_DIGESTS,
    NAME_HINTS,
)
from generator.pipeline.word_ids import CASES, update_ids, word_changes, word_states

_HINTS_IN_A_VALUE = 1_024
"""Documents whose hints are one value: half a megabyte."""

_KEY = "all"


class NameHints(NamedTuple):
    """The hints of all documents, in the order of their seeds."""

    digests: Sequence[bytes]
    encoded: Callable[[int], bytes]
    """Returns those of a document, by its position."""


def update_name_hints(build: Build, records: Iterable[DocumentRecord]) -> NameHints:
    """Update the hints of all documents, which are in the order of their seeds."""
    states = word_states(records)
    changes, sums = word_changes(build, CASES, states), _load_sums(build.database)
    if not (sums and changes) or changes.changed or changes.removed:
        _update_hints(build, states, changes, sums)
    load = lru_cache(maxsize=1)(partial(_load_hints, build.database))  # mostly asked for in order

    def encoded(position: int) -> bytes:
        number, index = divmod(position, _HINTS_IN_A_VALUE)
        return load(number)[index]

    return NameHints(get_value(build.database, HINT_DIGESTS, _KEY, list[bytes]), encoded)


def case_counts(database: Database, source: SeedPath) -> names.CaseCounts:
    """Return how often a document capitalizes each of its words."""
    counts: names.CaseCounts = get_value(database, CASE_COUNTS, source, names.CaseCounts)
    return counts


class EncodedHints(NamedTuple):
    """The hints of one document, as they are saved."""

    tendencies: bytes
    """Those of its words, as in `CaseModel.tendencies_of`."""
    language: str
    """That of most documents if its own is not known, else an empty string."""


class _SavedSums(NamedTuple):
    """Encoded `CaseSums`."""

    rows: list[bytes]
    languages: dict[str, int]


def _load_sums(database: Database) -> names.CaseSums | None:
    data = database.get(CASE_SUMS, _KEY)
    if data is None:
        return None
    saved: _SavedSums = decoder(_SavedSums).decode(data)
    rows = [np.frombuffer(row, np.int64) for row in saved.rows]
    return names.CaseSums(np.array(rows), saved.languages)


def _save_sums(database: Database, sums: names.CaseSums) -> None:
    saved = _SavedSums([row.tobytes() for row in sums.sums], dict(sums.languages))
    database.put(CASE_SUMS, [(_KEY, encode(saved))])


def _update_hints(
    build: Build,
    states: Mapping[str, str],
    changes: StateChanges | None,
    before: names.CaseSums | None,
) -> None:
    """Save the hints of all documents, many in a value, in the order of their seeds.

    The sums are deleted first and saved last: while they are there, they and the hints are those
    of the documents of the last run.
    """
    database = build.database
    database.drop(CASE_SUMS, [_KEY])
    old = [*_counts_if_any(database, changes.changed)] if changes else []
    vocabulary = update_ids(build, CASES, states, changes)
    if before and changes and not changes.removed:
        sums = before.with_changes(old, _counts_if_any(database, changes.changed))
        some = changes if names.have_same_tendencies(before.model, sums.model) else None
    else:
        sums, some = names.CaseSums.of(_all_counts(database)), None
    model = sums.model
    vocabulary.retain(np.flatnonzero(model.used))
    if some and some.before == tuple(states):
        _replace_hints(database, some, model)
    else:
        hints = _changed_hints(database, states, some, model) if some else _hints(database, model)
        _save_hints(database, hints)
    _save_sums(database, sums)


def _hints(database: Database, model: names.CaseModel) -> Iterator[bytes]:
    return (_hints_for(counts, model) for counts in _all_counts(database))


def _changed_hints(
    database: Database, sources: Iterable[str], changes: StateChanges, model: names.CaseModel
) -> Iterator[bytes]:
    """Yield the hints of each document; those of unchanged texts are as they were saved."""
    saved = dict(zip(changes.before, saved_hints(database), strict=True))
    saved |= _hints_of(database, changes.changed, model)
    return (saved[source] for source in sources)


def _hints_of(
    database: Database, sources: Sequence[str], model: names.CaseModel
) -> dict[str, bytes]:
    counts = _counts_if_any(database, sources)
    return {source: _hints_for(own, model) for source, own in zip(sources, counts, strict=True)}


def _replace_hints(database: Database, changes: StateChanges, model: names.CaseModel) -> None:
    """Save the hints of changed texts, where no document was added or removed."""
    digests = get_value(database, HINT_DIGESTS, _KEY, list[bytes])
    changed: dict[int, dict[int, bytes]] = defaultdict(dict)
    for source, hints in _hints_of(database, changes.changed, model).items():
        position = bisect_left(changes.before, source)
        digests[position] = _digest(hints)
        number, index = divmod(position, _HINTS_IN_A_VALUE)
        changed[number][index] = hints
    for number, own in changed.items():
        saved = enumerate(_load_hints(database, number))
        batch = [own.get(index, hints) for index, hints in saved]
        database.put(NAME_HINTS, [(_label(number), encode(batch))])
    database.put(HINT_DIGESTS, [(_KEY, encode(digests))])


def _hints_for(counts: names.EncodedCaseCounts, model: names.CaseModel) -> bytes:
    language = "" if counts.language else model.language
    return encode(EncodedHints(model.tendencies_of(counts), language))


def hints_of_changed(database: Database, source: SeedPath) -> bytes:
    """Return the hints of a document if it is the only one that changed.

    Raises LookupError while a run is counting the words of the corpus.
    """
    sums = _load_sums(database)
    if sums is None:
        raise LookupError(CASE_SUMS)
    vocabulary = StoredVocabulary(database, CASE_COUNTS_BY_ID)
    new = names.encode_counts(case_counts(database, source), vocabulary.ids)
    return _hints_for(new, sums.with_changes(_counts_if_any(database, [source]), [new]).model)


def saved_hints(database: Database) -> Iterator[bytes]:
    """Yield the hints of each document, in the order of their seeds."""
    decode = decoder(list[bytes]).decode
    return chain.from_iterable(decode(data) for _, data in database.items(NAME_HINTS))


def _load_hints(database: Database, number: int) -> list[bytes]:
    """Return the hints of the documents in a value."""
    hints: list[bytes] = get_value(database, NAME_HINTS, _label(number), list[bytes])
    return hints


def _save_hints(database: Database, hints: Iterable[bytes]) -> None:
    digests: list[bytes] = []
    old = dict(database.items(NAME_HINTS))
    new: dict[str, bytes] = {}
    for number, batch in enumerate(batch_items(hints, _HINTS_IN_A_VALUE)):
        digests += map(_digest, batch)
        new[_label(number)] = encode(batch)
    database.drop(NAME_HINTS, sorted(old.keys() - new.keys()))
    database.put(NAME_HINTS, [(key, batch) for key, batch in new.items() if batch != old.get(key)])
    database.put(HINT_DIGESTS, [(_KEY, encode(digests))])


def _label(number: int) -> str:
    return f"{number:06}"


def _digest(hints: bytes) -> bytes:
    return hashlib.blake2b(hints, digest_size=FINGERPRINT_SIZE).digest()


def _all_counts(database: Database) -> Iterator[names.EncodedCaseCounts]:
    """Yield the counts of all documents: 4 kB each, which are never held."""
    decode = decoder(names.EncodedCaseCounts).decode
    return (decode(data) for _, data in database.items(CASE_COUNTS_BY_ID))


def _counts_if_any(database: Database, sources: Iterable[str]) -> Iterator[names.EncodedCaseCounts]:
    """Yield the counts of those of these documents that have any."""
    decode = decoder(names.EncodedCaseCounts).decode
    saved = (database.get(CASE_COUNTS_BY_ID, source) for source in sources)
    return (decode(data) for data in saved if data is not None)
