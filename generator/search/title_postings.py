"""Postings of titles and names: which words occur in the names of which entries."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from generator.search.postings import IMPACT_BITS, PostingsBatch, WordPostings, encode_batch
from generator.search.search_entries import SearchEntry
from generator.search.shards import sort_utf16
from generator.text import split_words
from generator.text.distinct_numbers import distinct_numbers
from generator.text.vocabulary import Vocabulary

_MAX_LENGTH = (1 << IMPACT_BITS) - 1
_LOW_BITS = 32
"""Bits of the lower of two values that are combined into one sort key."""

_Numbers = npt.NDArray[np.int64]
_Mask = npt.NDArray[np.bool_]


def title_postings(
    entries: Sequence[SearchEntry], common: Collection[str], vocabulary: Vocabulary
) -> WordPostings:
    """Return the words of the names of entries, with their postings.

    The impact of a posting is the number of different words, up to 15, of the entry's shortest
    name with the word. So a query for all words of a name is known to ask for the whole name.
    `common` words do not count, because no query looks for them, unless a name has no others.
    """
    owners, names = list[int](), list[list[str]]()
    for number, entry in enumerate(entries):
        for name in (entry.title, *entry.names):
            owners.append(number)
            names.append(split_words(name))
    words = sort_utf16({word for name in names for word in name})
    order = {word: position for position, word in enumerate(words)}
    terms = np.array([order[word] for name in names for word in name], np.int64)
    of_names = np.repeat(np.arange(len(names)), [*map(len, names)])
    is_common = np.array([word in common for word in words], bool)
    batch = _encode(terms, of_names, np.array(owners), is_common)
    return WordPostings(vocabulary.ids(words).tobytes(), batch)


def _encode(terms: _Numbers, names: _Numbers, owners: _Numbers, is_common: _Mask) -> PostingsBatch:
    """Encode the postings of words in names; `owners` has the entry of each name."""
    distinct = distinct_numbers(names << _LOW_BITS | terms)
    names, terms = distinct >> _LOW_BITS, distinct & (1 << _LOW_BITS) - 1
    lengths = _name_lengths(names, is_common[terms], len(owners))
    entries = owners[names]
    keys = np.sort((terms << _LOW_BITS | entries) << IMPACT_BITS | lengths[names])
    term_and_entry = keys >> IMPACT_BITS
    shortest = np.flatnonzero(np.diff(term_and_entry, prepend=-1))
    terms = term_and_entry[shortest] >> _LOW_BITS
    entries = term_and_entry[shortest] & (1 << _LOW_BITS) - 1
    impacts = (keys[shortest] & _MAX_LENGTH).astype(np.uint64)
    language_ranks = np.zeros(int(owners.max(initial=-1)) + 1, np.int64)
    return encode_batch(terms, entries, impacts, language_ranks)


def _name_lengths(names: _Numbers, is_common: _Mask, count: int) -> _Numbers:
    """Return the number of different words of each name; common words count only alone."""
    distinctive = np.bincount(names[~is_common], minlength=count)
    every = np.bincount(names, minlength=count)
    return np.minimum(np.where(distinctive > 0, distinctive, every), _MAX_LENGTH)
