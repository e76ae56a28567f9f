"""From evidence to a verdict: the kind of a name, how sure that is, and why."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.linking.names.context_rules import CONTEXT_RULES, Context
from generator.linking.names.features import NameFeatures
from generator.linking.names.short_forms import ShortForm
from generator.linking.names.word_rules import WORD_RULES

_KINDS = ("person", "organization", "place", "none")

_AROUND = 4.0
"""The most that the words around all mentions of a name can add; one title is more than that."""

_LEAST = 1.0
"""With less evidence a name has no kind."""

_MARGIN = 1.5
"""How far a strong name's kind must lie before the next."""

_STRONG: Mapping[str, frozenset[str]] = {
    "person": frozenset(
        {
            "given name first",
            "title",
            "role before",
            "age",
            "born",
            "initial",
            "suffix",
            "surname first",
        }
    ),
    "organization": frozenset(
        {
            "organization",
            "organization head",
            "organization head before of",
            "organization head first",
            "company form",
            "club",
            "acronym beside its long form",
            "initials of an organization",
            "short for an organization",
        }
    ),
    "place": frozenset(
        {
            "land",
            "state",
            "big city",
            "city",
            "acronym of a place",
            "place head",
            "place head first",
            "land after",
            "direction",
        }
    ),
}
"""Evidence without which a name is not strong, however much else there is."""

_LISTED = frozenset(
    {
        "given name first",
        "rare given name first",
        "surname last",
        "no everyday word",
        "speech after",
        "speech before",
    }
)
"""What a name of a person has beyond its shape."""


@dataclass(frozen=True, slots=True)
class Classification:
    """What a name is."""

    kind: str
    score: float
    strong: bool
    reasons: tuple[str, ...]
    name: str
    """The fullest form in the document; empty where two share the name."""
    scores: tuple[float, ...]
    long: bool
    place: int
    is_everyday: bool
    """Whether it is a head word, a demonym or an everyday word."""


def classify(name: NameFeatures, settings: Sequence[Context]) -> Classification:
    """Weigh the words of a name and the words around all its mentions."""
    scores = dict.fromkeys(_KINDS, 0.0)
    reasons: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    for rule in WORD_RULES:
        if rule.holds(name):
            scores[rule.leaning] += rule.weight
            reasons[rule.leaning].append(rule.name)
    for leaning, weight in _around(settings, reasons).items():
        scores[leaning] += _AROUND * math.tanh(weight / _AROUND)
    cues = name.cues
    ordinary = name.common >= 3.5 or name.text in cues.heads or name.text in cues.demonyms
    return _decide(
        tuple(scores.values()), {k: tuple(v) for k, v in reasons.items()}, name, ordinary
    )


def _around(settings: Sequence[Context], reasons: dict[str, list[str]]) -> dict[str, float]:
    weights = dict.fromkeys(_KINDS, 0.0)
    for context in settings:
        for rule in CONTEXT_RULES:
            if rule.matches(context):
                weights[rule.kind] += rule.weight
                if rule.name not in reasons[rule.kind]:
                    reasons[rule.kind].append(rule.name)
    return weights


def _decide(
    scores: tuple[float, ...],
    reasons: Mapping[str, tuple[str, ...]],
    name: NameFeatures,
    ordinary: bool,
) -> Classification:
    kind, score, margin = _best(scores)
    if score < _LEAST:
        kind = "none"
    strong = (
        margin >= _MARGIN
        and score >= 3.5
        and not _STRONG.get(kind, frozenset()).isdisjoint(reasons[kind])
        and (kind != "person" or name.is_multiword)
    )
    return Classification(
        kind,
        score,
        strong,
        reasons[kind],
        name.text,
        scores,
        name.is_multiword,
        name.place,
        ordinary,
    )


def _best(scores: Sequence[float]) -> tuple[str, float, float]:
    ranked = sorted(zip(scores, _KINDS, strict=True), key=lambda pair: -pair[0])
    return ranked[0][1], ranked[0][0], ranked[0][0] - ranked[1][0]


def confirm_person(verdict: Classification) -> Classification:
    """A full name whose surname the document uses alone is a person's, with one list or none."""
    scores = (verdict.scores[0] + 1.5, *verdict.scores[1:])
    _, score, margin = _best(scores)
    listed = not _LISTED.isdisjoint(verdict.reasons)
    strong = verdict.strong or (listed and margin >= _MARGIN and score >= 3.0)
    reasons = (*verdict.reasons, "surname used alone")
    return replace(verdict, score=score, strong=strong, scores=scores, reasons=reasons)


def apply_short_form(verdict: Classification, kin: ShortForm | None) -> Classification:
    """Take into account for which fuller name of the document a name stands."""
    if kin is None:
        return verdict
    scores = tuple(
        score + (kin.weight if kind == kin.kind else 0.0)
        for kind, score in zip(_KINDS, verdict.scores, strict=True)
    )
    kind, score, margin = _best(scores)
    if kind != kin.kind:
        return replace(verdict, kind=kind if score >= _LEAST else "none", score=score)
    reasons = (*(verdict.reasons if verdict.kind == kind else ()), kin.rule)
    strong = margin >= _MARGIN and bool(kin.full) and kin.sure
    return replace(
        verdict,
        kind=kind,
        score=score,
        strong=strong,
        reasons=reasons,
        name=kin.full,
        scores=scores,
    )
