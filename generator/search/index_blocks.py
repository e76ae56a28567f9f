"""Blocks of a search index: what is made of the entries of each, saved until one of these changes.

Entries are numbered within their block, so it stays as it is wherever it is in the corpus. After an
edit one block is made again, and all are joined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import structs

from generator.search import bm25, facets
from generator.search.entry_blocks import EntryBlock
from generator.search.postings import (
    PlacedBatch,
    Postings,
    PostingsBatch,
    WordPostings,
    merge_batches,
)
from generator.search.search_entries import SearchEntry, result_line
from generator.search.shards import near_universal, sort_utf16
from generator.search.stemming import languages_by_frequency
from generator.search.text_postings import BlockTexts, TextBasis, text_postings
from generator.search.title_postings import title_postings
from generator.text.term_counts import CorpusTerms
from generator.text.vocabulary import Vocabulary

_Numbers = npt.NDArray[np.int64]

_NO_WORD = "\0"
"""Prefix that no word has."""


class KindRun(NamedTuple):
    """Entries of one kind that follow each other."""

    kind: str
    entries: int


class EntryColumns(msgspec.Struct, array_like=True, frozen=True):
    """What an index has of some entries besides their words."""

    kinds: tuple[KindRun, ...]
    languages: dict[str, int]
    """The number of entries in each language."""
    lengths: bytes
    """The length of each text in characters, eight bytes each."""
    lines: tuple[bytes, ...]
    """What a result shows of each."""
    dates: bytes
    """Of each document, encoded."""
    facets: dict[str, bytes]
    """The values of each document by facet, encoded; only of facets that have some."""

    @staticmethod
    def of(entries: Sequence[SearchEntry], lengths: _Numbers) -> EntryColumns:
        """Return the columns of entries, whose texts have these lengths."""
        documents = [entry for entry in entries if entry.kind == "document"]
        used = dict.fromkeys(name for each in documents for name, own in each.facets.items() if own)
        return EntryColumns(
            tuple(KindRun(kind, len([*group])) for kind, group in groupby(entries, _kind)),
            Counter(entry.language for entry in entries if entry.language),
            lengths.tobytes(),
            tuple(map(result_line, entries)),
            facets.encode_part([document.date for document in documents]),
            {
                name: facets.encode_part([document.facets.get(name, ()) for document in documents])
                for name in used
            },
        )

    @property
    def entries(self) -> int:
        """The number of entries."""
        return sum(run.entries for run in self.kinds)

    @property
    def documents(self) -> int:
        """The number of documents among the entries."""
        return sum(run.entries for run in self.kinds if run.kind == "document")


class IndexBlock(msgspec.Struct, array_like=True, frozen=True):
    """What is made of the entries of a block."""

    columns: EntryColumns
    basis: TextBasis | None
    """What the postings of their texts were made with; None if they are not made."""
    texts: WordPostings
    common: tuple[str, ...] | None
    """The near-universal words with which the postings of their names were made, if they are."""
    titles: WordPostings


class UpdatedBlocks(NamedTuple):
    """The blocks of all entries."""

    blocks: Sequence[IndexBlock]
    fingerprints: Sequence[bytes]
    """Of the entries of each."""
    changed: Mapping[bytes, IndexBlock]
    """Those that were made again, by their fingerprints."""
    words: tuple[str, ...]
    """The words of all blocks by their ids; an id without a word has an impossible one."""
    common: tuple[str, ...]
    """The near-universal words."""
    languages: Sequence[str]
    """The most frequent first."""


class Dictionary(msgspec.Struct, frozen=True):
    """All words of an index, sorted, with their postings."""

    words: list[str]
    texts: Postings
    titles: Postings
    common: tuple[str, ...]
    languages: Sequence[str]
    """By their ranks."""


def update_blocks(
    entries: Iterable[EntryBlock],
    terms: CorpusTerms,
    saved: Mapping[bytes, IndexBlock],
    words: Sequence[str],
) -> UpdatedBlocks:
    """Return the blocks of all entries; those that are `saved` and still valid are not made again.

    `words` are those of the saved blocks by their ids. The average length is rounded, so that it
    seldom changes.
    """
    vocabulary = Vocabulary(words)
    sources = [*_with_texts(entries, terms)]
    fingerprints = [source.block.inputs for source in sources]
    blocks = [saved.get(source.block.inputs) or _without_words(source) for source in sources]
    ranks = languages_by_frequency(_language_counts(blocks))
    lengths = [np.frombuffer(block.columns.lengths, np.int64) for block in blocks]
    average = bm25.average_length(np.concatenate([np.empty(0, np.int64), *lengths]))
    blocks = [
        _indexed(block, source, TextBasis(average, _own(ranks, block)), vocabulary)
        for block, source in zip(blocks, sources, strict=True)
    ]
    common = _common_words(blocks, vocabulary.words)
    blocks = [_titled(*pair, common, vocabulary) for pair in zip(blocks, sources, strict=True)]
    made = dict(zip(fingerprints, blocks, strict=True))
    changed = {key: block for key, block in made.items() if block is not saved.get(key)}
    used = _used_words(blocks, vocabulary.words)
    return UpdatedBlocks(blocks, fingerprints, changed, used, common, [*ranks] or [""])


def _with_texts(entries: Iterable[EntryBlock], terms: CorpusTerms) -> Iterator[BlockTexts]:
    start = 0
    for block in entries:
        stop = start + block.size
        yield BlockTexts(terms, slice(start, stop), block)
        start = stop


def _without_words(source: BlockTexts) -> IndexBlock:
    columns = EntryColumns.of(source.entries, source.lengths())
    nothing = WordPostings(b"", PostingsBatch(b"", b""))
    return IndexBlock(columns, None, nothing, None, nothing)


def _language_counts(blocks: Iterable[IndexBlock]) -> Counter[str]:
    counts = Counter[str]()
    for block in blocks:
        counts.update(block.columns.languages)
    return counts


def _own(ranks: Mapping[str, int], block: IndexBlock) -> dict[str, int]:
    """Return the ranks of the languages of a block."""
    return {language: ranks[language] for language in block.columns.languages}


def _indexed(
    block: IndexBlock, source: BlockTexts, basis: TextBasis, vocabulary: Vocabulary
) -> IndexBlock:
    """Return a block with the postings of its texts; itself if it has these."""
    if block.basis == basis:
        return block
    lengths = np.frombuffer(block.columns.lengths, np.int64)
    texts = text_postings(source, lengths, basis, vocabulary)
    return structs.replace(block, basis=basis, texts=texts)


def _titled(
    block: IndexBlock, source: BlockTexts, common: tuple[str, ...], vocabulary: Vocabulary
) -> IndexBlock:
    """Return a block with the postings of its names; itself if it has these."""
    if block.common == common:
        return block
    titles = title_postings(source.entries, frozenset(common), vocabulary)
    return structs.replace(block, common=common, titles=titles)


def _common_words(blocks: Iterable[IndexBlock], words: Sequence[str]) -> tuple[str, ...]:
    """Return the words that are in nearly all texts, in order."""
    counts, entries = np.zeros(len(words), np.int64), 0
    for block in blocks:
        counts[block.texts.word_ids] += block.texts.batch.columns()["count"]
        entries += block.columns.entries
    common = near_universal(counts, entries)
    return tuple(sort_utf16(words[number] for number in common.tolist()))


def _used_words(blocks: Iterable[IndexBlock], words: Sequence[str]) -> tuple[str, ...]:
    """Return words by their ids, without those that are in no block any more.

    The only text with such a word may have been withdrawn.
    """
    is_unused = np.ones(len(words), bool)
    for block in blocks:
        is_unused[block.texts.word_ids] = False
        is_unused[block.titles.word_ids] = False
    used = [*words]
    for word_id in np.flatnonzero(is_unused).tolist():
        used[word_id] = f"{_NO_WORD}{word_id}"
    return tuple(used)


def join_blocks(updated: UpdatedBlocks) -> Dictionary:
    """Return all words of texts and of names, with their postings in all blocks."""
    words = sort_utf16(word for word in updated.words if not word.startswith(_NO_WORD))
    positions = np.empty(len(updated.words), np.int64)
    positions[Vocabulary(updated.words).ids(words)] = np.arange(len(words))
    starts = [0, *accumulate(block.columns.entries for block in updated.blocks)]

    def merged(own: Iterable[WordPostings]) -> Postings:
        placed = [
            PlacedBatch(postings.batch, start, positions[postings.word_ids])
            for postings, start in zip(own, starts, strict=False)
        ]
        return merge_batches(placed, len(words))

    return Dictionary(
        words,
        merged(block.texts for block in updated.blocks),
        merged(block.titles for block in updated.blocks),
        updated.common,
        updated.languages,
    )


def _kind(entry: SearchEntry) -> str:
    return entry.kind
