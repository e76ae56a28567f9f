"""Print how many links of the archives are right, by genre, kind and language.

P is the share of links that are right, R the share of marked mentions that are linked right, and
"settled" that of the mentions of everything that has a page. Rules find no ships, and nobody can
know whom a mention with `?` means: neither is expected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.model import FOUND_KINDS
from tools.quality.archives import (
    UNKNOWN,
    Outcome,
    Position,
    archives,
    genre_of_title,
    link_archive,
)


@dataclass(slots=True)
class Tally:
    """Numbers of links and of marked mentions; it grows while they are counted."""

    links: int = 0
    expected: int = 0
    right: int = 0
    settled: int = 0

    def row(self, group: str) -> str:
        """Return the line of the table for a group."""
        precision = 100 * self.right / max(self.links, 1)
        recall = 100 * self.right / max(self.expected, 1)
        f1 = 200 * self.right / max(self.links + self.expected, 1)
        settled = 100 * self.right / max(self.settled, 1)
        counts = f"{group:<14}{self.expected:>9}"
        return f"{counts}{precision:>7.1f}{recall:>7.1f}{f1:>7.1f}{settled:>9.1f}"


def main() -> None:
    """Print a table by genre, one by kind and one by language."""
    outcomes = [link_archive(archive) for archive in archives()]
    for title, group_of in (("genre", genre_of), ("kind", _kind_of), ("language", _language_of)):
        print(f"\n{title:<14}{'mentions':>9}{'P':>7}{'R':>7}{'F1':>7}{'settled':>9}")
        for group, tally in sorted(count_by(outcomes, group_of).items()):
            print(tally.row(group))


def count_by(
    outcomes: Iterable[Outcome], group_of: Callable[[Outcome, Position], str]
) -> dict[str, Tally]:
    """Return the numbers of each group, and of all."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for outcome in outcomes:
        settled = set(outcome.settled)
        for position in _positions(outcome):
            for group in (group_of(outcome, position), "all"):
                tally = tallies[group]
                tally.links += position in outcome.links
                tally.expected += _is_expected(outcome, position)
                tally.right += position in outcome.links and outcome.is_right(position)
                tally.settled += position in settled
    return tallies


def _positions(outcome: Outcome) -> Iterator[Position]:
    """Yield where a name begins that is linked, or should be."""
    for position in outcome.archive.gold.keys() | outcome.links.keys():
        if position in outcome.links or _is_expected(outcome, position):
            yield position


def _is_expected(outcome: Outcome, position: Position) -> bool:
    meant = outcome.archive.gold.get(position)
    return meant is not None and meant.kind in FOUND_KINDS and meant.name != UNKNOWN


def genre_of(_: Outcome, position: Position) -> str:
    """Return the genre of the text with a name."""
    return genre_of_title(position.source.removesuffix(".txt"))


def _kind_of(outcome: Outcome, position: Position) -> str:
    meant = outcome.archive.gold.get(position)
    return meant.kind if meant is not None else outcome.links[position].kind


def _language_of(outcome: Outcome, position: Position) -> str:
    (document,) = (d for d in outcome.archive.documents if d.source == position.source)
    language = document.metadata.language
    return language.value if language is not None else "unknown"


if __name__ == "__main__":
    main()
