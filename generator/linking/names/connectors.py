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


def _side_by_side(at: Gap) -> bool:
    """Not over the end of a sentence, nor behind "Mich.", which may be one."""
    left = at.left.text
    return not at.right.first and not (left[-1] == "." and left in at.cues.places)


def _of(at: Gap) -> bool:
    last = at.left.text
    if last in at.cues.company_forms or (
        at.right.text in at.cues.acronyms_of_places and at.is_extended()
    ):
        return False  # "Zubizar Inc. of Oslo", "the University of Oslo of the UK"
    cues = at.cues
    heads = cues.organization_heads, cues.place_heads, cues.buildings, cues.takes_of
    return any(last in some for some in heads) or at.has(cues.bodies)


def _and(at: Gap) -> bool:
    """As in "Ministry of Labour and Pensions", "Food and Drug Administration"; no two lands."""
    if at.has(at.cues.takes_and) and at.is_extended() and not _another(at):
        apart = at.right.text in at.cues.titles
        return not apart and " to " not in at.text[at.run[0].start : at.left.end]
    names = [word for word in at.run if word.text.lower() not in at.cues.function]
    if not names or at.left.first or _is_known(at.left.text, at.cues):
        return False
    heads = at.cues.organization_heads, at.cues.place_heads
    if any(at.left.text in some for some in heads):
        return False
    following = [word.rstrip(",.'’") for word in at.text[at.right.end : at.right.end + 40].split()]
    if len(names) == 1 and following[:1] and following[0] in at.cues.bodies:
        return True
    ahead = list(takewhile(lambda word: word[:1].isupper(), following[:3]))
    new = len(names) <= 3 and not _is_known(at.right.text, at.cues) and _after_the(at)
    return new and not at.cues.bodies.isdisjoint(ahead)


def _is_known(word: str, cues: Cues) -> bool:
    return word in cues.demonyms or word in cues.organizations or word in cues.places


def _after_the(at: Gap) -> bool:
    """As in "the Flood Forecasting and Warning Centre"."""
    start = at.run[0].start
    if at.run[0].text in {"National", "Federal", "State", "Central"}:
        return True
    return at.text[max(0, start - 4) : start] in {"the ", "The "} and (
        at.text[at.left.end : at.right.start] == " and "
    )


def _another(at: Gap) -> bool:
    """Whether a body of its own follows, as in "Institute of Law and Ohio State University"."""
    following = at.text[at.right.start : at.right.start + 80].split()
    names = takewhile(lambda word: word[:1].isupper(), following)
    return any(word.rstrip(",.'’") in at.cues.organization_heads for word in names)


def _listed(at: Gap) -> bool:
    """As in "Ministry of Trade, Industry and Competition"."""
    return (
        at.has(at.cues.bodies)
        and at.is_extended()
        and _LIST.match(at.text, at.right.end, at.right.end + 80) is not None
    )


def _suffix(at: Gap) -> bool:
    return at.right.text in at.cues.company_forms or at.right.text in {"Jr.", "Jr", "Sr."}


def _nickname(at: Gap) -> bool:
    """As in "Dorothea "Dot" Van der Berg": a single word in quotes between two others."""
    closing = at.text[at.right.end : at.right.end + 3]
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
