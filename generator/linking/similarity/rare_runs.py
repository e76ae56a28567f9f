"""Runs of words that two or three texts have in their sketches, and hardly any other text.

After an edit only those runs are looked at that a changed text has or had.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from generator.linking.similarity.survey import Halves, Sketch, TextSurvey, halves_of
from generator.text.distinct_numbers import bounds_of_equal, distinct_numbers, is_among

_MAX_DOCUMENTS = 3
"""Documents in whose sketches a run is rare."""
_SORTED_TOGETHER = 8_192
"""Documents whose runs are sorted together; with more, the runs are sorted in parts: 25 MB each."""
_BATCH = 4_096
"""Documents whose sketches are in one array."""
_MAX_ALIKE = 32
"""Documents that may have the lower half of a rare run: with a million documents, one has that of
another run by chance in 3 of 100 cases."""

_Numbers = npt.NDArray[np.int64]


class RareRuns(msgspec.Struct, frozen=True):
    """The rare runs, in order, each with the documents that have it in theirs."""

    runs: bytes
    """Each as often as documents have it, eight bytes each."""
    documents: bytes
    """The positions of these, four bytes each."""

    @staticmethod
    def of(runs: Sketch, documents: _Numbers) -> RareRuns:
        """Return the rare ones of all that these documents have."""
        order = np.lexsort((documents, runs))
        runs, documents = runs[order], documents[order]
        sizes = np.diff(bounds_of_equal(runs))
        is_rare = np.repeat((sizes > 1) & (sizes <= _MAX_DOCUMENTS), sizes)
        return RareRuns(runs[is_rare].tobytes(), documents[is_rare].astype(np.int32).tobytes())

    @property
    def run_array(self) -> Sketch:
        """The runs as numbers."""
        return np.frombuffer(self.runs, np.uint64)

    @property
    def document_array(self) -> _Numbers:
        """The positions of their documents."""
        return np.frombuffer(self.documents, np.int32).astype(np.int64)


class SharedRuns(NamedTuple):
    """How many rare runs two documents share; the lower position first."""

    first: int
    second: int
    runs: int


def find_rare_runs(survey: TextSurvey, previous: RareRuns | None) -> RareRuns:
    """Return the rare runs of all texts.

    `previous` are those of the run that saved what the survey knows from before.
    """
    if previous is None or not survey.before:
        return rare_runs([survey.sketch(text) for text in range(len(survey.terms))])
    changed = survey.changed_texts()
    return _updated(survey, previous, changed) if changed else previous


def rare_runs(sketches: Sequence[Sketch], sorted_together: int = _SORTED_TOGETHER) -> RareRuns:
    """Return the rare runs of sketches; the cost grows with their number."""
    parts = 1 << math.ceil(math.log2(max(1, len(sketches) / sorted_together)))
    return _joined([_rare_of_part(sketches, part, parts) for part in range(parts)])


def _rare_of_part(sketches: Sequence[Sketch], part: int, parts: int) -> RareRuns:
    """Return one of so many parts of the rare runs; some thousand sketches are copied at a time."""
    runs, documents = [np.empty(0, np.uint64)], [np.empty(0, np.int64)]
    for first in range(0, len(sketches), _BATCH):
        batch = sketches[first : first + _BATCH]
        in_batch = np.concatenate(batch)
        owners = np.repeat(np.arange(first, first + len(batch)), [*map(len, batch)])
        chosen = in_batch & np.uint64(parts - 1) == part
        runs.append(in_batch[chosen])
        documents.append(owners[chosen])
    return RareRuns.of(np.concatenate(runs), np.concatenate(documents))


def _joined(parts: Sequence[RareRuns]) -> RareRuns:
    return RareRuns.of(
        np.concatenate([part.run_array for part in parts]),
        np.concatenate([part.document_array for part in parts]),
    )


def _updated(survey: TextSurvey, previous: RareRuns, changed: Mapping[int, Halves]) -> RareRuns:
    """Return the rare runs after some texts changed, which had these halves before."""
    own = [halves_of(survey.sketch(text)) for text in changed]
    sharing = _texts_sharing(survey, distinct_numbers(np.concatenate([*own, *changed.values()])))
    texts = sorted(changed.keys() | sharing.texts)
    sketches = [survey.sketch(text) for text in texts]
    runs = np.concatenate(sketches)
    documents = np.repeat(np.array(texts, np.int64), [*map(len, sketches)])
    is_affected = is_among(halves_of(runs), sharing.halves)
    stays = ~is_among(halves_of(previous.run_array), sharing.halves)
    return RareRuns.of(
        np.concatenate((previous.run_array[stays], runs[is_affected])),
        np.concatenate((previous.document_array[stays], documents[is_affected])),
    )


class _Sharing(NamedTuple):
    """The halves that few texts have, and these texts."""

    halves: Halves
    texts: frozenset[int]


def _texts_sharing(survey: TextSurvey, halves: Halves) -> _Sharing:
    places, texts = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for found in survey.texts_with(halves):
        places.append(found.places)
        texts.append(found.texts)
    place, text = np.concatenate(places), np.concatenate(texts)
    counts = np.bincount(place, minlength=len(halves))
    few = text[counts[place] <= _MAX_ALIKE]
    return _Sharing(halves[counts <= _MAX_ALIKE], frozenset(few.tolist()))


def count_shared(rare: RareRuns, total: int) -> Iterator[SharedRuns]:
    """Yield every two of all documents that share rare runs, with the number of these."""
    documents, bounds = rare.document_array, bounds_of_equal(rare.run_array)
    codes = [np.empty(0, np.int64)]
    for size in range(2, _MAX_DOCUMENTS + 1):
        groups = bounds[:-1][np.diff(bounds) == size]
        codes += [
            documents[groups + first] * total + documents[groups + second]
            for first, second in combinations(range(size), 2)
        ]
    in_order = np.sort(np.concatenate(codes))
    bounds = bounds_of_equal(in_order)
    counts = np.diff(bounds).tolist()
    for code, count in zip(in_order[bounds[:-1]].tolist(), counts, strict=True):
        first, second = divmod(code, total)
        yield SharedRuns(first, second, count)
