"""What in corrections.yml matches nothing any more, and what was probably meant."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

from generator.linking.corrections.readers import problem
from generator.model import Problem

_LOOKED_UP = 50
"""Entries for which the nearest match is looked for; with more, the corpus was exchanged."""


def unmatched(
    what: str, entries: Iterable[tuple[str, int]], known: Collection[str]
) -> Iterator[Problem]:
    """Report the entries, each a name or path with its line, that are not among the known.

    `what` is the noun for the message: "seed", "name". The cost is one pass over the known ones.
    """
    there = frozenset(known)
    gone = [(name, line) for name, line in entries if name not in there]
    close = nearest((name for name, _ in gone[:_LOOKED_UP]), known)
    for name, line in gone:
        meant = close.get(name)
        hint = f'Did you mean "{meant}"?' if meant else "Remove the entry if it is not needed"
        yield problem(line, f'there is no {what} "{name}"; nothing is corrected', hint, "W032")


def nearest(names: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Find for each name the known one that looks most like it, where one does.

    Candidates are counted by the groups of three characters that they share with a name, so that
    only the best of them are compared letter by letter.
    """
    wanted: dict[str, list[str]] = defaultdict(list)
    names = tuple(dict.fromkeys(names))
    for name in names:
        for group in _groups(name):
            wanted[group].append(name)
    if not wanted:
        return {}
    shared: dict[str, list[tuple[float, str]]] = {name: [] for name in names}
    for candidate in known:
        groups = _groups(candidate)
        hits = Counter(name for group in groups for name in wanted.get(group, ()))
        for name, count in hits.items():
            likeness = 2 * count / (len(groups) + len(_groups(name)))
            if likeness > 0.3:
                shared[name].append((-likeness, candidate))
    found = {name: _closest(name, candidates) for name, candidates in shared.items()}
    return {name: close for name, close in found.items() if close}


def _closest(name: str, candidates: list[tuple[float, str]]) -> str:
    best = [candidate for _, candidate in sorted(candidates)[:10]]
    close = difflib.get_close_matches(name[:200], best, n=1, cutoff=0.5)
    return close[0] if close else next(iter(best), "")


def _groups(text: str) -> frozenset[str]:
    padded = f"  {text[:200].casefold()} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
