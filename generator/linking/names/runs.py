"""Words with a capital that stand together: how far a name may reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.linking.names.lists import Cues
from generator.linking.names.words import Word

_OWNERS = frozenset(
    "People Women Workers Children Farmers Teachers Men Peoples Citizens Students Writers Lord King"
    " Queen Mother Father Valentine Veterans Journalists Lawyers Doctors Prime Soldiers".split()
)
_COMMON_OF = frozenset(
    """Archbishop Bishop Republic Kingdom Isle Commonwealth Order Knights Sons Daughters Sisters
    Statue Declaration Treaty Battle Day War Book Prince Duke Bank House Democratic Cities
    Heads Doctors Reporters States Confederation Ivory""".split()
)
_BODY = frozenset(
    """Ministry Department Bureau Office Committee Commission Institute Center Centre Council
    Agency School College Faculty Board Society Association Federation Organization Organisation
    Directorate Authority Administration Subcommittee Chamber Court Union Foundation Minister
    Secretary University Conference Convention""".split()
)
_FOR = _BODY | frozenset(
    "Fund Movement Campaign Party Alliance Coalition Network Programme Program Front".split()
)


@dataclass(frozen=True, slots=True)
class Connector:
    """A rule under which words between two capitals belong to one name."""

    name: str
    between: frozenset[str]
    holds: Callable[[Sequence[Word], Word, Cues], bool]


def _any(run: Sequence[Word], words: frozenset[str]) -> bool:
    return any(word.text in words for word in run)


def _of(run: Sequence[Word], _right: Word, cues: Cues) -> bool:
    last = run[-1].text
    return (
        last in _COMMON_OF
        or last in cues.organization_heads
        or last in cues.place_heads
        or _any(run, _BODY)
    )


CONNECTORS = (
    Connector("space", frozenset([" ", "\u00a0"]), lambda _run, right, _cues: not right.first),
    Connector("of", frozenset([" of ", " of the "]), _of),
    Connector("for", frozenset([" for ", " for the "]), lambda run, _right, _cues: _any(run, _FOR)),
    Connector(
        "on", frozenset([" on ", " on the ", " in "]), lambda run, _right, _cues: _any(run, _BODY)
    ),
    Connector("ampersand", frozenset([" & ", "&"]), lambda _run, _right, _cues: True),
    Connector(
        "and",
        frozenset([" and ", " y ", " e ", " et ", " und "]),
        lambda run, _right, _cues: _any(run, _BODY) and len(run) > 1 and _gapped(run),
    ),
    Connector(
        "suffix",
        frozenset([", "]),
        lambda _run, right, _cues: right.text in {"Inc", "Inc.", "Ltd", "Ltd.", "LLC", "Jr.", "Jr"},
    ),
    Connector(
        "owner",
        frozenset(["'s ", "’s ", "' ", "’ "]),
        lambda run, _right, _cues: run[-1].text in _OWNERS,
    ),
)


def _gapped(run: Sequence[Word]) -> bool:
    """Whether the run has been joined by more than spaces: "Ministry of Labour"."""
    return any(b.start - a.end > 1 for a, b in pairwise(run))


def gather(text: str, words: Sequence[Word], cues: Cues) -> list[list[Word]]:
    """Put neighbouring words together into runs; linear in the number of words."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and _joined(text[runs[-1][-1].end : word.start][:20], runs[-1], word, cues):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _joined(gap: str, run: Sequence[Word], word: Word, cues: Cues) -> bool:
    if run[-1].text in {"I", "I'm"} or len(run) > 11 or word.text.lower() in cues.function:
        return False
    for connector in CONNECTORS:
        if gap in connector.between:
            return connector.holds(run, word, cues)
    between = gap.split()
    return bool(between) and len(between) <= 2 and cues.particles.issuperset(between)
