"""What may stand between two words with capitals inside one name: a table of named rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from generator.linking.names.capitals import CAPITALS, CapitalizedWord
from generator.linking.names.lexicon import Cues

_LIST = re.compile(rf"(?: [{CAPITALS}]\w+)*(?:, [{CAPITALS}]\w+(?: [{CAPITALS}]\w+)*)*,? and ")


class Gap(NamedTuple):
    """Two neighbours in a text, and what may make them one name."""

    text: str
    run: Sequence[CapitalizedWord]
    right: CapitalizedWord
    cues: Cues

    @property
    def left(self) -> CapitalizedWord:
        """The last word of the run."""
        return self.run[-1]

    def has(self, words: frozenset[str]) -> bool:
        """Whether one of these words is in the run."""
        return any(word.text in words for word in self.run)

    def is_extended(self) -> bool:
        """Whether the run has been joined by more than spaces already: "Ministry of Labour"."""
        return any(b.start - a.end > 1 for a, b in pairwise(self.run))


class GapRule(NamedTuple):
    """A rule under which the text between two capitals belongs to a name."""

    name: str
    between: frozenset[str]
    holds: Callable[[Gap], bool]


def _between(*texts: str) -> frozenset[str]:
    return frozenset(texts)


def _side_by_side(gap: Gap) -> bool:
    """Not over the end of a sentence, nor behind "Mich.", which may be one."""
    left = gap.left.text
    return not gap.right.first and not (left[-1] == "." and left in gap.cues.places)


def _of(gap: Gap) -> bool:
    last = gap.left.text
    if last in gap.cues.company_forms or (
        gap.right.text in gap.cues.acronyms_of_places and gap.is_extended()
    ):
        return False  # "Zubizar Inc. of Oslo", "the University of Oslo of the UK"
    cues = gap.cues
    heads = cues.organization_heads, cues.place_heads, cues.buildings, cues.takes_of
    return any(last in some for some in heads) or gap.has(cues.bodies)


def _and(gap: Gap) -> bool:
    """As in "Ministry of Labour and Pensions", "Food and Drug Administration"; no two lands."""
    if gap.has(gap.cues.takes_and) and gap.is_extended() and not _another(gap):
        apart = gap.right.text in gap.cues.titles
        return not apart and " to " not in gap.text[gap.run[0].start : gap.left.end]
    names = [word for word in gap.run if word.text.lower() not in gap.cues.function]
    if not names or gap.left.first or _is_known(gap.left.text, gap.cues):
        return False
    heads = gap.cues.organization_heads, gap.cues.place_heads
    if any(gap.left.text in some for some in heads):
        return False
    following = [
        word.rstrip(",.'’") for word in gap.text[gap.right.end : gap.right.end + 40].split()
    ]
    if len(names) == 1 and following[:1] and following[0] in gap.cues.bodies:
        return True
    ahead = list(takewhile(lambda word: word[:1].isupper(), following[:3]))
    new = len(names) <= 3 and not _is_known(gap.right.text, gap.cues) and _after_the(gap)
    return new and not gap.cues.bodies.isdisjoint(ahead)


def _is_known(word: str, cues: Cues) -> bool:
    return word in cues.demonyms or word in cues.organizations or word in cues.places


def _after_the(gap: Gap) -> bool:
    """As in "the Flood Forecasting and Warning Centre"."""
    start = gap.run[0].start
    if gap.run[0].text in {"National", "Federal", "State", "Central"}:
        return True
    return gap.text[max(0, start - 4) : start] in {"the ", "The "} and (
        gap.text[gap.left.end : gap.right.start] == " and "
    )


def _another(gap: Gap) -> bool:
    """Whether a body of its own follows, as in "Institute of Law and Ohio State University"."""
    following = gap.text[gap.right.start : gap.right.start + 80].split()
    names = takewhile(lambda word: word[:1].isupper(), following)
    return any(word.rstrip(",.'’") in gap.cues.organization_heads for word in names)


def _listed(gap: Gap) -> bool:
    """As in "Ministry of Trade, Industry and Competition"."""
    return (
        gap.has(gap.cues.bodies)
        and gap.is_extended()
        and _LIST.match(gap.text, gap.right.end, gap.right.end + 80) is not None
    )


def _suffix(gap: Gap) -> bool:
    return gap.right.text in gap.cues.company_forms or gap.right.text in {"Jr.", "Jr", "Sr."}


def _nickname(gap: Gap) -> bool:
    """As in "Dorothea "Dot" Van der Berg": a single word in quotes between two others."""
    closing = gap.text[gap.right.end : gap.right.end + 3]
    return closing[:1] in {'"', "”", "’"} and closing[2:].isupper() and closing[1:2] == " "


CONNECTORS = (
    GapRule("space", _between(" ", "\u00a0"), _side_by_side),
    GapRule("of", _between(" of ", " of the "), _of),
    GapRule(
        "for",
        _between(
            " for ", " for the ", " against ", " für ", " para ", " para la ", " pour ", " pour la "
        ),
        lambda at: at.has(at.cues.takes_for) and at.right.text not in at.cues.clubs,
    ),
    GapRule("on", _between(" on ", " on the "), lambda at: at.left.text in at.cues.takes_on),
    GapRule("to", _between(" to ", " to the "), lambda at: at.left.text in at.cues.takes_to),
    GapRule(
        "the",
        _between(" the "),
        lambda at: f"{at.left.text} the {at.right.text}" in at.cues.organizations,
    ),
    GapRule("ampersand", _between(" & ", "&"), lambda _at: True),
    GapRule("and", _between(" and ", " and the ", " y ", " e ", " et ", " und "), _and),
    GapRule("list", _between(", "), _listed),
    GapRule("suffix", _between(", ", " "), _suffix),
    GapRule(
        "owner",
        _between("'s ", "’s ", "' ", "’ ", " 's ", " ' "),
        lambda at: at.left.text in at.cues.owners,
    ),
    GapRule("nickname", _between(' "', " “"), _nickname),
    GapRule("after nickname", _between('" ', "” "), lambda at: at.left.first and len(at.run) > 1),
)
