"""Entries of corrections.yml that match nothing, and what was probably meant."""

from __future__ import annotations

import difflib
import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

from generator.corrections.fields import make_problem
from generator.model import Problem

_MAX_LOOKUPS = 50
"""Most entries for which a similar text is searched.

If more match nothing, the whole corpus was probably replaced.
"""

_RAREST = 6
"""Trigrams of a text by which others are found; a typing error changes three of them."""

_MIN_SIMILARITY = 0.3
"""The share of common trigrams (Dice) below which two texts do not look similar."""

_MAX_CANDIDATES = 10
"""Most texts that are compared character by character."""


def report_unmatched(
    noun: str, entries: Iterable[tuple[str, int]], candidates: Collection[str]
) -> Iterator[Problem]:
    """Report the entries that are not among the candidates, with the most similar candidate.

    Each entry is a name or path with its line, `noun` says which: "seed", "name". The cost is
    three passes over the candidates.
    """
    entries = tuple(entries)
    existing = frozenset(candidates if entries else ())
    unmatched = [(text, line) for text, line in entries if text not in existing]
    closest = closest_names((text for text, _ in unmatched[:_MAX_LOOKUPS]), candidates)
    for text, line in unmatched:
        meant = closest.get(text)
        hint = f'Did you mean "{meant}"?' if meant else "Remove the entry if it is not needed"
        yield make_problem(line, f'there is no {noun} "{text}"; nothing is corrected', hint, "W032")


def closest_names(names: Iterable[str], candidates: Collection[str]) -> dict[str, str]:
    """Return for each name the most similar candidate, if one is similar.

    Texts are compared by their trigrams (groups of three characters). Only candidates with one of
    the rarest trigrams of a name are considered, and only the best of them character by character,
    so the cost is two passes over the candidates, however similar they are to each other.
    """
    wanted = {name: _trigrams(name) for name in names}
    names_by_trigram = _names_by_rare_trigram(wanted, candidates)
    best: dict[str, list[tuple[float, str]]] = {name: [] for name in wanted}
    for candidate in candidates if names_by_trigram else ():
        trigrams = _trigrams(candidate)
        common = trigrams & names_by_trigram.keys()
        for name in {name for trigram in common for name in names_by_trigram[trigram]}:
            shared = 2 * len(trigrams & wanted[name])
            similarity = shared / (len(trigrams) + len(wanted[name]))
            if similarity > _MIN_SIMILARITY:
                _add_best(best[name], (similarity, candidate))
    return {name: _closest(name, similar) for name, similar in best.items() if similar}


def _names_by_rare_trigram(
    wanted: dict[str, frozenset[str]], candidates: Collection[str]
) -> dict[str, list[str]]:
    """Return the names by those of their trigrams that are rarest among the candidates."""
    every = frozenset().union(*wanted.values())
    counts = Counter(
        trigram
        for candidate in (candidates if every else ())
        for trigram in _trigrams(candidate) & every
    )
    by_trigram: dict[str, list[str]] = defaultdict(list)
    for name, trigrams in wanted.items():
        rarest = sorted(trigrams & counts.keys(), key=lambda trigram: (counts[trigram], trigram))
        for trigram in rarest[:_RAREST]:
            by_trigram[trigram].append(name)
    return by_trigram


def _add_best(best: list[tuple[float, str]], scored: tuple[float, str]) -> None:
    """Add to the best candidates, and drop the worst of more than ten."""
    (heapq.heappush if len(best) < _MAX_CANDIDATES else heapq.heappushpop)(best, scored)


def _closest(name: str, candidates: list[tuple[float, str]]) -> str:
    by_folded = {candidate[:200].casefold(): candidate for _, candidate in sorted(candidates)}
    close = difflib.get_close_matches(name[:200].casefold(), by_folded, n=1, cutoff=0.5)
    return by_folded[close[0]] if close else max(candidates)[1]


def _trigrams(text: str) -> frozenset[str]:
    padded = f"  {text[:200].casefold()} "
    return frozenset(padded[index : index + 3] for index in range(len(padded) - 2))
