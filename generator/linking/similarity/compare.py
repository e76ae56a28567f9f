"""Similarity of documents by their words, independent of the names in them.

It can be computed in another process while names are still being found: its input and its output
are smaller than the words of a corpus.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from generator.linking.similarity.cosine_index import CosineIndex, KeywordRows
from generator.linking.similarity.keyword_weights import (
    KeywordBlock,
    WeighedKeywords,
    weigh_keywords,
    with_rows,
)
from generator.linking.similarity.keywords import select_keywords
from generator.linking.similarity.nearest import REMOVED, Mask, NearestTable, update_nearest
from generator.linking.similarity.passages import (
    Passages,
    by_document,
    candidate_pairs,
    pair_passages,
)
from generator.linking.similarity.rare_runs import RareRuns, find_rare_runs
from generator.linking.similarity.survey import SurveyBlock, TextSurvey, survey_texts
from generator.model import AnyDocument, SeedPath
from generator.text.distinct_numbers import distinct_numbers
from generator.text.term_counts import CorpusTerms
from generator.text.text_profile import SKETCH_SIZE
from generator.text.union_find import find_root

_VERSION_COSINE = 0.6
_VERSION_OVERLAP = 0.6
"""From this share of common four-word shingles on, two documents are versions of each other."""


class ComparedDocument(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What the comparison needs of a document besides its words."""

    source: SeedPath
    digest: str
    """SHA-256 of the seed's bytes."""
    language: str | None
    """A BCP 47 tag."""
    rules: str | None = None
    """Digest of what people decided about its structure; None if they decided nothing."""

    @staticmethod
    def from_document(document: AnyDocument) -> ComparedDocument:
        """Return the fields of a document that are compared."""
        language = document.metadata.language
        return ComparedDocument(
            document.source,
            document.digest,
            language.value if language else None,
            document.rules,
        )

    @property
    def key(self) -> str:
        """A key of its text: the same bytes, read in the same way, have the same."""
        return f"{self.digest} {self.rules}\n"


class SavedSimilarity(msgspec.Struct, frozen=True):
    """The nearest documents of every document, with what the next run needs to update them."""

    sources: tuple[SeedPath, ...]
    row_digests: bytes
    """A digest of each document's terms and weights, 16 bytes each."""
    nearest_documents: bytes
    nearest_cosines: bytes
    """The two arrays of a NearestTable."""
    passages: Mapping[str, str | None] = msgspec.field(default_factory=dict)
    """The passage that two documents share, None without one, by the keys of both."""
    rare_runs: RareRuns | None = None

    @property
    def nearest(self) -> NearestTable:
        """The nearest documents of each document."""
        return NearestTable.decode(self.nearest_documents, self.nearest_cosines)

    @property
    def digests(self) -> npt.NDArray[np.uint64]:
        """The digests as rows of two numbers."""
        return np.frombuffer(self.row_digests, np.uint64).reshape(-1, 2)


class Blocks(NamedTuple):
    """What is saved of documents that follow each other, by the number of the block."""

    keywords: Mapping[int, KeywordBlock]
    """Those that were made in this run are without their rows."""
    surveys: Mapping[int, SurveyBlock]


class Similarity(msgspec.Struct, frozen=True):
    """What the words of a corpus say about how its documents are related."""

    saved: SavedSimilarity
    recomputed: Mask
    """The documents whose nearest documents were searched in this run."""
    versions: Mapping[int, tuple[int, ...]]
    """The group of versions of each document that has others, itself among them."""
    keyword_rows: KeywordRows
    vocabulary: tuple[str, ...]
    """Each word by its id, which is the same in every run."""
    used_words: npt.NDArray[np.uint32]
    """The ids of the words that are in any document."""
    blocks: Blocks
    """The blocks that were made in this run."""
    block_count: int
    """The number of all blocks of one kind."""
    passages: Passages = msgspec.field(default_factory=dict)
    """The passages that documents share."""

    @property
    def nearest(self) -> NearestTable:
        """The nearest documents of each document."""
        return self.saved.nearest

    def keyword_blocks(self) -> Iterator[tuple[int, KeywordBlock]]:
        """Yield the blocks of keywords that were made in this run, as they are saved."""
        rows = self.keyword_rows
        return with_rows(self.blocks.keywords, rows.terms, rows.weights)


ReadParagraphs = Callable[[SeedPath], Sequence[str]]
"""Returns the paragraphs of a document that others may quote."""


def no_paragraphs(_source: SeedPath) -> Sequence[str]:
    """Read nothing, so that no passages are found."""
    return ()


def compare_texts(
    documents: Sequence[ComparedDocument],
    terms: CorpusTerms,
    previous: SavedSimilarity | None = None,
    read_paragraphs: ReadParagraphs = no_paragraphs,
    blocks: Blocks | None = None,
) -> Similarity:
    """Return the versions, the nearest documents and the shared passages of every document.

    `terms` has the words of the documents in the same order. The order decides between equals, so
    it should be that of the corpus. Results of the `previous` run are reused where they still
    hold, and its `blocks` as well; words must have had the same ids. Only texts that may share a
    passage are read. Memory: 4 kB a document.
    """
    languages = [each.language for each in documents]
    keywords = weigh_keywords(select_keywords(terms, languages), blocks.keywords if blocks else {})
    compared = _compare_keywords(documents, keywords.weighed, previous)
    # Now that the lists of the index are no longer held.
    survey = survey_texts(terms, blocks.surveys if blocks else {})
    versions = _versions(documents, survey, compared.saved.nearest)
    is_same_size = previous is not None and len(previous.sources) == len(documents)
    rare = find_rare_runs(survey, previous.rare_runs if previous and is_same_size else None)
    pairs = candidate_pairs(rare, versions, len(documents))
    keys = [document.key for document in documents]
    known = {} if previous is None else previous.passages
    found = pair_passages(pairs, keys, compared.saved.sources, read_paragraphs, known)
    return Similarity(
        replace(compared.saved, passages=found, rare_runs=rare),
        compared.recomputed,
        versions,
        compared.rows,
        terms.vocabulary,
        survey.used_words(),
        Blocks(keywords.changed, survey.changed),
        keywords.block_count,
        by_document(pairs, keys, found),
    )


class _Compared(NamedTuple):
    """The nearest documents of every document, and the keywords by which they were found."""

    saved: SavedSimilarity
    recomputed: Mask
    rows: KeywordRows


def _compare_keywords(
    documents: Sequence[ComparedDocument],
    keywords: WeighedKeywords,
    previous: SavedSimilarity | None,
) -> _Compared:
    index = CosineIndex.build(keywords)
    sources = tuple(document.source for document in documents)
    digests = index.rows.digests()
    reusable = _reusable(previous, sources, digests)
    nearest, recomputed = update_nearest(index, reusable.table, reusable.changed)
    saved = SavedSimilarity(
        sources, digests.tobytes(), nearest.documents.tobytes(), nearest.cosines.tobytes()
    )
    return _Compared(saved, recomputed, index.rows)


def map_positions(
    previous: Sequence[SeedPath], current: Sequence[SeedPath]
) -> npt.NDArray[np.int64]:
    """Return the current position of each previous document, REMOVED for those without one."""
    if previous == current:
        return np.arange(len(current))
    positions = {source: index for index, source in enumerate(current)}
    return np.array([positions.get(source, REMOVED) for source in previous], np.int64)


def changed_rows(
    positions: npt.NDArray[np.int64],
    previous: npt.NDArray[np.uint64],
    current: npt.NDArray[np.uint64],
) -> Mask:
    """Return which current documents are new or have another row than in the previous run.

    `positions` has the current position of each previous document.
    """
    changed = np.ones(len(current), bool)
    exists = positions != REMOVED
    changed[positions[exists]] = (previous[exists] != current[positions[exists]]).any(axis=1)
    return changed


class _Reusable(NamedTuple):
    """The nearest documents of the previous run, and which documents changed since."""

    table: NearestTable
    changed: Mask


def _reusable(
    previous: SavedSimilarity | None,
    sources: Sequence[SeedPath],
    digests: npt.NDArray[np.uint64],
) -> _Reusable:
    """Return what the previous run found.

    The table is empty if the order of unchanged documents, which decides between equals, changed.
    """
    if previous is None:
        return _Reusable(NearestTable.empty(len(sources)), np.ones(len(sources), bool))
    positions = map_positions(previous.sources, sources)
    changed = changed_rows(positions, previous.digests, digests)
    existing = positions[positions != REMOVED]
    if (np.diff(existing[~changed[existing]]) < 0).any():
        return _Reusable(NearestTable.empty(len(sources)), changed)
    return _Reusable(previous.nearest.remapped(positions, len(sources)), changed)


def _versions(
    documents: Sequence[ComparedDocument], survey: TextSurvey, nearest: NearestTable
) -> dict[int, tuple[int, ...]]:
    """Return `Similarity.versions`: those with nearly all of a document's words.

    A text without a word is compared by its bytes, so that two pages of symbols are not versions
    of each other.
    """
    first: dict[str, int] = {}
    digests = (
        digest or document.digest
        for document, digest in zip(documents, survey.digests, strict=True)
    )
    same = ((first.setdefault(digest, index), index) for index, digest in enumerate(digests))
    parents = {index: lowest for lowest, index in same if lowest != index}
    for index, other in _version_pairs(survey, nearest):
        lower, higher = sorted((find_root(parents, index), find_root(parents, other)))
        parents[higher] = lower
    groups: dict[int, list[int]] = defaultdict(list)
    for index in sorted({*parents, *parents.values()}):
        groups[find_root(parents, index)].append(index)
    return {index: tuple(group) for group in groups.values() for index in group}


def _version_pairs(survey: TextSurvey, nearest: NearestTable) -> Iterator[tuple[int, int]]:
    """Yield pairs of near documents with nearly all shingles in common."""
    rows, columns = np.nonzero(nearest.cosines >= _VERSION_COSINE)
    others = nearest.documents[rows, columns]
    for index, other in zip(rows.tolist(), others.tolist(), strict=True):
        if other > index:
            overlap = estimate_overlap(survey.sketch(index), survey.sketch(other))
            if overlap >= _VERSION_OVERLAP:
                yield index, other


def estimate_overlap(first: npt.NDArray[np.uint64], second: npt.NDArray[np.uint64]) -> float:
    """Return the share of shingles that two documents have in common, from their sketches.

    The bottom-k (MinHash) estimate of the Jaccard similarity (Broder 1997): of the smallest
    digests of both together, how many are in both. Between 0 and 1; 0 when a text is too short to
    have any.
    """
    smallest = distinct_numbers(np.concatenate((first, second)))[:SKETCH_SIZE]
    both = np.intersect1d(first, second, assume_unique=True)
    return float(np.isin(smallest, both).mean()) if len(smallest) else 0.0
