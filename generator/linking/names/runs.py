"""Words with a capital that stand together: how far a name may reach."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.linking.names.lists import Cues
from generator.linking.names.words import CAPITALS, Word

_LONGEST = 12
"""Words in one name; no name of a ministry in the development sets has more."""

_LIST = re.compile(rf"(?: [{CAPITALS}]\w+)*(?:, [{CAPITALS}]\w+(?: [{CAPITALS}]\w+)*)*,? and ")


class Junction(NamedTuple):
    """Two neighbours in a text, and what may make them one name."""

    text: str
    run: Sequence[Word]
    right: Word
    cues: Cues

    @property
    def left(self) -> Word:
        """The last word of the run."""
        return self.run[-1]

    def has(self, words: frozenset[str]) -> bool:
        """Whether one of these words is in the run."""
        return any(word.text in words for word in self.run)

    def grown(self) -> bool:
        """Whether the run has been joined by more than spaces already: "Ministry of Labour"."""
        return any(b.start - a.end > 1 for a, b in pairwise(self.run))


class Connector(NamedTuple):
    """A rule under which the text between two capitals belongs to a name."""

    name: str
    between: frozenset[str]
    holds: Callable[[Junction], bool]


def _between(*texts: str) -> frozenset[str]:
    return frozenset(texts)


def _of(at: Junction) -> bool:
    last = at.left.text
    heads = at.cues.organization_heads | at.cues.place_heads | at.cues.takes_of
    return last in heads or at.has(at.cues.bodies)


def _and(at: Junction) -> bool:
    """As in "Ministry of Labour and Pensions", "Food and Drug Administration"; no two lands."""
    if at.has(at.cues.bodies) and at.grown():
        return True
    rest = at.text[at.right.end : at.right.end + 40].split()[:1]
    single = len(at.run) == 1 and not at.left.first and at.left.text not in at.cues.demonyms
    return single and bool(rest) and rest[0].rstrip(",.'’") in at.cues.bodies


def _listed(at: Junction) -> bool:
    """As in "Ministry of Trade, Industry and Competition"."""
    return (
        at.has(at.cues.bodies)
        and at.grown()
        and _LIST.match(at.text, at.right.end, at.right.end + 80) is not None
    )


def _suffix(at: Junction) -> bool:
    return at.right.text in at.cues.company_forms or at.right.text in {"Jr.", "Jr", "Sr."}


def _nickname(at: Junction) -> bool:
    """As in "Dorothea "Dot" Van der Berg": a single word in quotes between two others."""
    closing = at.text[at.right.end : at.right.end + 3]
    return closing[:1] in {'"', "”", "’"} and closing[2:].isupper() and closing[1:2] == " "


CONNECTORS = (
    Connector("space", _between(" ", "\u00a0"), lambda at: not at.right.first),
    Connector("of", _between(" of ", " of the "), _of),
    Connector(
        "for", _between(" for ", " for the ", " against "), lambda at: at.has(at.cues.takes_for)
    ),
    Connector("on", _between(" on ", " on the "), lambda at: at.has(at.cues.bodies)),
    Connector("ampersand", _between(" & ", "&"), lambda _at: True),
    Connector("and", _between(" and ", " and the ", " y ", " e ", " et ", " und "), _and),
    Connector("list", _between(", "), _listed),
    Connector("suffix", _between(", ", " "), _suffix),
    Connector(
        "owner", _between("'s ", "’s ", "' ", "’ "), lambda at: at.left.text in at.cues.owners
    ),
    Connector("nickname", _between(' "', " “"), _nickname),
    Connector("after nickname", _between('" ', "” "), lambda at: at.left.first and len(at.run) > 1),
)

_BY_TEXT = {
    text: tuple(rule for rule in CONNECTORS if text in rule.between)
    for rule in CONNECTORS
    for text in rule.between
}


def gather(text: str, words: Sequence[Word], cues: Cues) -> list[list[Word]]:
    """Put neighbouring words together into runs; linear in the number of words."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and _joined(Junction(text, runs[-1], word, cues)):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _joined(at: Junction) -> bool:
    start, end = at.left.end, at.right.start
    if end - start > 14 or len(at.run) >= _LONGEST or at.left.text == "I":
        return False
    if is_function(at.right.text, at.cues):
        return False
    gap = at.text[start:end]
    if gap in _BY_TEXT:
        return any(rule.holds(at) for rule in _BY_TEXT[gap])
    if not gap:
        return at.left.text.endswith(".")
    return gap[0] == " " and "\n" not in gap and _particles(gap, at.cues)


def _particles(gap: str, cues: Cues) -> bool:
    """As in "de", "de la", "d'", "von der": articles only behind a particle."""
    between = gap.replace("'", " ").replace("’", " ").split()
    return (
        0 < len(between) <= 2
        and between[0] in cues.particles
        and (len(between) == 1 or between[1] in cues.particles | cues.second_particles)
    )


def is_function(word: str, cues: Cues) -> bool:
    """Whether a word has its capital from its place alone: The, After, Tres."""
    return (
        word.lower() in cues.function
        and word not in cues.function_in_names
        and not (word.isupper() and len(word) > 1)
    )
