"""The levels of headings: which of them divide what others divide further."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from generator.reading.structure.regions import Region

_MAX_LEVEL = 5
_LARGE = re.compile(
    r"\b(?:book|part|volume|act|canto|buch|teil|theil|band|akt|aufzug|livre|partie|acte|tome"
    r"|libro|acto|jornada|livro|ato)\b",
    re.IGNORECASE,
)
_RULES = (
    "heading: title",
    "heading: numbered",
    "heading: name of a part",
    "heading: number",
    "heading: capitals",
    "heading: centred",
    "heading: short line alone",
    "heading: question",
)
"""From the rules of the highest headings to those of the lowest."""


def with_levels(regions: Sequence[Region]) -> list[Region]:
    """Return regions with the levels of their headings, from 1 without a gap."""
    ranks = sorted({_rank(region) for region in regions if region.kind == "heading"})
    levels = {rank: min(level, _MAX_LEVEL) for level, rank in enumerate(ranks, 1)}
    return [
        msgspec.structs.replace(region, level=levels[_rank(region)])
        if region.kind == "heading"
        else region
        for region in regions
    ]


def _rank(region: Region) -> tuple[int, int]:
    order = _RULES.index(region.rule) if region.rule in _RULES else len(_RULES)
    return order, 0 if _LARGE.search(region.lines[0].text) else 1
