"""Postings of titles and names: which words occur in the names of which entries."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import numpy as np
import numpy.typing as npt

from generator.search import postings
from generator.search.search_entries import SearchEntry
from generator.text import split_words
from generator.text.distinct_numbers import distinct_numbers
from generator.text.vocabulary import IdArray, Vocabulary

_MAX_LENGTH = (1 << postings.IMPACT_BITS) - 1
_LOW_BITS = 32
"""Bits of the lower of two values that are combined into one sort key."""

_Numbers = npt.NDArray[np.int64]


class TitleTerms(msgspec.Struct, frozen=True):
    """The words of the names of all entries, one name after the other."""

    words: list[IdArray]
    """The ids of the words of each name."""
    sizes: list[int]
    """Number of words of each name."""
    entries: list[int]
    """The entry of each name."""
    entry_count: int
    """Number of all entries, those without a name too."""


def split_titles(entries: Iterable[SearchEntry], vocabulary: Vocabulary) -> TitleTerms:
    """Split the names of entries into words; new ones are added to the vocabulary."""
    listed = list(entries)
    terms = TitleTerms([], [], [], len(listed))
    for number, entry in enumerate(listed):
        for name in (entry.title, *entry.names):
            words = vocabulary.ids(split_words(name))
            terms.words.append(words)
            terms.sizes.append(len(words))
            terms.entries.append(number)
    return terms


def build_title_postings(
    names: TitleTerms, common: _Numbers, positions: _Numbers
) -> postings.Postings:
    """Return the postings of all names; `positions` has that of each word by its id.

    The impact of a posting is the number of different words, up to 15, of the entry's shortest
    name with the word. So a query for all words of a name is known to ask for the whole name.
    Words at `common` positions do not count, because no query looks for them, unless a name has no
    others.
    """
    sizes = np.array(names.sizes, dtype=np.int64)
    owners = np.repeat(np.arange(len(sizes)), sizes)
    terms = positions[np.concatenate([np.empty(0, np.uint32), *names.words])]
    distinct = distinct_numbers(owners << _LOW_BITS | terms)
    owners, terms = distinct >> _LOW_BITS, distinct & (1 << _LOW_BITS) - 1
    lengths = _name_lengths(owners, terms, common, len(sizes))
    entries = np.array(names.entries, dtype=np.int64)[owners]
    keys = np.sort((terms << _LOW_BITS | entries) << postings.IMPACT_BITS | lengths[owners])
    term_and_entry = keys >> postings.IMPACT_BITS
    shortest = np.flatnonzero(np.diff(term_and_entry, prepend=-1))
    terms = term_and_entry[shortest] >> _LOW_BITS
    entries = term_and_entry[shortest] & (1 << _LOW_BITS) - 1
    impacts = (keys[shortest] & _MAX_LENGTH).astype(np.uint64)
    language_ranks = np.zeros(names.entry_count, dtype=np.int64)
    batch = postings.encode_batch(terms, entries, impacts, language_ranks)
    in_titles = terms[postings.first_of_each(terms)]
    return postings.merge_batches([postings.PlacedBatch(batch, 0, in_titles)], len(positions))


def _name_lengths(owners: _Numbers, terms: _Numbers, common: _Numbers, count: int) -> _Numbers:
    """Return the number of different words of each name; common words count only alone."""
    distinctive = np.bincount(owners[~np.isin(terms, common)], minlength=count)
    every = np.bincount(owners, minlength=count)
    return np.minimum(np.where(distinctive > 0, distinctive, every), _MAX_LENGTH)
