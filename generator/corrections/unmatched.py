"""What in corrections.yml matches nothing any more, and what was probably meant."""

from __future__ import annotations

import difflib
import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

from generator.corrections.fields import make_problem
from generator.model import Problem

_LOOKED_UP = 50
"""Entries for which the nearest match is looked for; with more, the corpus was exchanged."""


_RAREST = 6
"""Groups of a name by which others are found; a typing error spoils three of them."""

_LEAST = 0.3
"""The share of groups in common below which nobody would see a likeness."""

_BEST = 10
"""How many are compared letter by letter."""


def report_unmatched(
    noun: str, entries: Iterable[tuple[str, int]], candidates: Collection[str]
) -> Iterator[Problem]:
    """Report the entries, each a name or path with its line, that are not among the known.

    `what` is the noun for the message: "seed", "name". The cost is one pass over the known ones.
    """
    there = frozenset(candidates)
    removed = [(name, line) for name, line in entries if name not in there]
    close = closest_names((name for name, _ in removed[:_LOOKED_UP]), candidates)
    for name, line in removed:
        meant = close.get(name)
        hint = f'Did you mean "{meant}"?' if meant else "Remove the entry if it is not needed"
        yield make_problem(line, f'there is no {noun} "{name}"; nothing is corrected', hint, "W032")


def closest_names(names: Iterable[str], candidates: Collection[str]) -> dict[str, str]:
    """Find for each name the known one that looks most like it, where one does.

    Names are compared by the groups of three characters that they share. Only those that share
    one of a name's rarest groups are looked at, and only the best of them letter by letter, so
    that the cost is two passes over the known ones, however alike they all are.
    """
    wanted = {name: _groups(name) for name in names}
    every = frozenset().union(*wanted.values())
    looked_at = candidates if every else ()
    counts = Counter(group for candidate in looked_at for group in _groups(candidate) & every)
    rare: dict[str, list[str]] = defaultdict(list)
    for name, groups in wanted.items():
        shared = sorted(groups & counts.keys(), key=lambda group: (counts[group], group))
        for group in shared[:_RAREST]:
            rare[group].append(name)
    best: dict[str, list[tuple[float, str]]] = {name: [] for name in wanted}
    for candidate in candidates if rare else ():
        groups = _groups(candidate)
        for name in {name for group in groups & rare.keys() for name in rare[group]}:
            likeness = 2 * len(groups & wanted[name]) / (len(groups) + len(wanted[name]))
            _keep_best(best[name], (likeness, candidate))
    return {name: _closest(name, kept) for name, kept in best.items() if kept}


def _keep_best(kept: list[tuple[float, str]], one: tuple[float, str]) -> None:
    if one[0] > _LEAST:
        (heapq.heappush if len(kept) < _BEST else heapq.heappushpop)(kept, one)


def _closest(name: str, candidates: list[tuple[float, str]]) -> str:
    best = {one[:200].casefold(): one for _, one in sorted(candidates)}
    close = difflib.get_close_matches(name[:200].casefold(), best, n=1, cutoff=0.5)
    return best[close[0]] if close else max(candidates)[1]


def _groups(text: str) -> frozenset[str]:
    padded = f"  {text[:200].casefold()} "
    return frozenset(padded[index : index + 3] for index in range(len(padded) - 2))
