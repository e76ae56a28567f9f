"""Passages that two documents have in the same words, as a letter and one that quotes it.

Documents whose sketches share runs of words that hardly any other document has are compared word by
word. In a long document a sketch has few of all runs, so a short quotation in it may be missed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from generator.linking.similarity.rare_runs import RareRuns, count_shared
from generator.model import BlockKind, Document, SeedPath

_MIN_SHARED = 2
"""Rare runs in both sketches from which on two documents are compared word by word."""
_MAX_PARTNERS = 3
"""Documents with which one is compared: those with most rare runs in common."""
_WINDOW = 6
"""Words by which the beginning of a common passage is found."""
MIN_WORDS = 8
"""Words of a passage; a formula of politeness seldom has as many in the midst of a letter."""
_MAX_COMPARED = 50_000
"""Words of a text that are compared; no further paragraph is after them."""
_MAX_SHOWN = 12
"""Words of a passage that are shown."""

_WORD = re.compile(r"\w+")
_QUOTABLE: frozenset[BlockKind] = frozenset(
    {"paragraph", "lines", "stanza", "item", "note", "speech", "postscript"}
)
_BETWEEN = ""
"""Stands between two paragraphs, and is no word."""

Passages = Mapping[int, Mapping[int, str]]
"""For each document the documents that have a passage of it, with its words."""


class Pair(NamedTuple):
    """The positions of two documents in the corpus, the lower first."""

    first: int
    second: int


_Window = tuple[str, ...]
"""Some words in their order."""


def quotable_paragraphs(document: Document) -> tuple[str, ...]:
    """Return the paragraphs of a document without dates, addresses and formulas of a letter."""
    return tuple(block.text for block in document.blocks if block.kind in _QUOTABLE)


def pair_passages(
    pairs: Sequence[Pair],
    keys: Sequence[str],
    sources: Sequence[SeedPath],
    read_paragraphs: Callable[[SeedPath], Sequence[str]],
    previous: Mapping[str, str | None],
) -> dict[str, str | None]:
    """Return the passage of each pair, None for those without one, by the keys of both together.

    A text has the key that it had in the `previous` run if it is the same; then it is not read.
    """
    passages: dict[str, str | None] = {}
    last: tuple[int, Sequence[str]] | None = None
    for first, second in pairs:
        key = keys[first] + keys[second]
        if key in previous:
            passages[key] = previous[key]
            continue
        if last is None or last[0] != first:
            last = first, read_paragraphs(sources[first])
        passages[key] = find_passage(last[1], read_paragraphs(sources[second]))
    return passages


def by_document(
    pairs: Sequence[Pair], keys: Sequence[str], found: Mapping[str, str | None]
) -> Passages:
    """Return the passages that were found, for both documents of each pair."""
    passages: dict[int, dict[int, str]] = defaultdict(dict)
    for first, second in pairs:
        passage = found[keys[first] + keys[second]]
        if passage is not None:
            passages[first][second] = passages[second][first] = passage
    return passages


def candidate_pairs(
    rare: RareRuns, versions: Mapping[int, tuple[int, ...]], documents: int
) -> list[Pair]:
    """Return the pairs of documents that may have a passage in common, in their order.

    Versions of one document are none. The cost grows with the number of documents.
    """
    counts = {
        Pair(first, second): count
        for first, second, count in count_shared(rare, documents)
        if count >= _MIN_SHARED and second not in versions.get(first, ())
    }
    partners: Counter[int] = Counter()
    chosen: list[Pair] = []
    for pair in sorted(counts, key=lambda pair: (-counts[pair], pair)):
        if partners[pair.first] < _MAX_PARTNERS and partners[pair.second] < _MAX_PARTNERS:
            partners.update(pair)
            chosen.append(pair)
    return sorted(chosen)


def find_passage(first: Sequence[str], second: Sequence[str]) -> str | None:
    """Return the longest passage of at least eight words that two texts share; None without one.

    Its words are those of the shorter text, the first twelve of them. The cost grows with the
    length of both texts, of which no more than 50,000 words are compared.
    """
    (words, paragraphs), (others, _) = sorted(
        ((_split(text), text) for text in (first, second)), key=lambda split: len(split[0])
    )
    starts = _window_starts(words)
    shared = [item for item in enumerate(_windows(others)) if item[1] in starts]
    best_start, best_length, end = 0, 0, 0
    for position, window in shared:
        if position < end or _BETWEEN in window:
            continue
        start = starts[window]
        before = _common_before(words, start, others, position)
        length = _common_length(words, start, others, position)
        if before + length > best_length:
            best_start, best_length = start - before, before + length
        end = position + length - _WINDOW + 1
    return _shown(words, paragraphs, best_start, best_length) if best_length >= MIN_WORDS else None


def _windows(words: Sequence[str]) -> Iterator[_Window]:
    """Yield each run of six words."""
    return zip(*(words[offset:] for offset in range(_WINDOW)), strict=False)


def _window_starts(words: Sequence[str]) -> dict[_Window, int]:
    """Return where each run of six words begins first, also those across paragraphs."""
    windows = list(_windows(words))
    return dict(zip(reversed(windows), range(len(windows) - 1, -1, -1), strict=True))


def _split(paragraphs: Sequence[str]) -> list[str]:
    """Return the words of a text as they are compared, with a sign after each paragraph."""
    words: list[str] = []
    for paragraph in paragraphs:
        if len(words) > _MAX_COMPARED:
            break
        if paragraph.isascii():  # then the words are the same if all are folded at once
            words += _WORD.findall(paragraph.lower())
        else:
            words += map(str.casefold, _WORD.findall(paragraph))
        words.append(_BETWEEN)
    return words


def _common_length(first: Sequence[str], start: int, second: Sequence[str], position: int) -> int:
    """Return how many words follow that are the same in both, in one paragraph."""
    length = 0
    while first[start + length] == second[position + length] != _BETWEEN:
        length += 1
    return length


def _common_before(first: Sequence[str], start: int, second: Sequence[str], position: int) -> int:
    """Return how many words before are the same in both; no more than a passage needs."""
    most = min(start, position, MIN_WORDS)
    length = 0
    while length < most and first[start - length - 1] == second[position - length - 1] != _BETWEEN:
        length += 1
    return length


def _shown(words: Sequence[str], paragraphs: Sequence[str], start: int, length: int) -> str:
    """Return the words of a passage as they are written, with an ellipsis if it goes on."""
    before = words[:start]
    paragraph = paragraphs[before.count(_BETWEEN)]
    index = start if _BETWEEN not in before else before[::-1].index(_BETWEEN)
    shown = list(islice(_WORD.finditer(paragraph), index, index + min(length, _MAX_SHOWN)))
    text = " ".join(paragraph[shown[0].start() : shown[-1].end()].split())
    return f"{text} …" if len(shown) < length else text
