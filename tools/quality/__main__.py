"""Print the table of scores; the exit code is 1 if one of them is below its floor."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import yaml

from tools.quality import (
    archives,
    decoding,
    heads,
    hyphens,
    naming,
    rejoin,
    running_heads,
    wikinews,
)
from tools.quality.figures import Figure, MissingError

MEASURES: tuple[tuple[str, Callable[[], Iterable[Figure]]], ...] = (
    ("stories of Wikinews", wikinews.measure),
    ("heads made from parts", heads.measure),
    ("paragraphs cut by machine", rejoin.measure),
    ("words divided by machine", hyphens.measure),
    ("pages set by machine", running_heads.measure),
    ("decoding", decoding.measure),
    ("names", naming.measure),
    ("names in small archives", archives.measure),
    ("the same with a list of their names", archives.measure_with_names_file),
)

FLOORS = Path(__file__).with_name("floors.yml")


def main() -> int:
    """Run every measure and print its scores with their floors."""
    floors = yaml.safe_load(FLOORS.read_text("utf-8"))
    missed = 0
    for title, measure in MEASURES:
        print(f"\n{title}")
        try:
            for figure in measure():
                good, words = verdict(figure, floors)
                missed += not good
                value = f"{figure.value:.1f} %" if figure.unit else f"{figure.value:.0f}"
                print(f"  {figure.name:<44}{value:>9}   {figure.detail:<22}{words}")
        except MissingError as missing:
            print(f"  skipped: {missing}")
    print(f"\n{missed} below their floor" if missed else "\nno figure is below its floor")
    return 1 if missed else 0


def verdict(figure: Figure, floors: Mapping[str, Mapping[str, float]]) -> tuple[bool, str]:
    """Return whether a score is within its bound, and the bound in words; each must have one."""
    if figure.name not in floors:
        return False, "has no line in floors.yml"
    (kind, bound), *_ = floors[figure.name].items()
    good = figure.value >= bound if kind == "at_least" else figure.value <= bound
    return good, f"{kind.replace('_', ' ')} {bound:g}{'' if good else '   MISSED'}"


if __name__ == "__main__":
    sys.exit(main())
