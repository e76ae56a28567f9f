"""From evidence to a classification: the kind of a name, how sure that is, and why."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from generator.linking.names.case_counts import CorpusHints
from generator.linking.names.context import Context
from generator.linking.names.context_rules import find_context_rules
from generator.linking.names.features import NameFeatures, extract_features, split_name
from generator.linking.names.knowledge import Knowledge, fold_word
from generator.linking.names.lexicon import Cues, load_gazetteer
from generator.linking.names.rule_type import (
    KINDS,
    NONE,
    ORGANIZATION,
    PERSON,
    PLACE,
    SHIP,
    Kind,
    Rule,
)
from generator.linking.names.ship_rules import SHIP_RULES, may_be_ship
from generator.linking.names.short_forms import ShortForm
from generator.linking.names.word_rules import WORD_RULES

T = TypeVar("T")

_CONTEXT_LIMIT = 4.0
"""Most points that all contexts of a name can add; a single title alone has more."""

_MIN_SCORE = 1.0
"""Points below which a name has no kind."""

_MIN_PLACE_SCORE = 0.45
"""The same for a place: a single "to" or "from" before an unknown name."""

_MIN_STRONG_SCORE = 3.5
"""Points below which a name is not strong."""

_MIN_STRONG_PERSON_SCORE = 3.0
"""The same for a full name whose surname the document also uses alone."""

_MIN_MARGIN = 1.5
"""Points by which the kind of a strong name leads the next kind."""

_MIN_MARGIN_OF_SETTLED = 1.0
"""Points by which the kind of a name leads the next kind, if another document makes it certain."""

_SURNAME_ALONE = 1.5
"""Points for a full name whose surname the document also uses alone."""


class Classification(msgspec.Struct, frozen=True):
    """What a name is."""

    kind: Kind
    score: float
    is_strong: bool
    """Whether the evidence is good enough for a page and a link."""
    reasons: tuple[str, ...]
    """Names of the rules that speak for the kind."""
    full_name: str | None
    """The fullest form in the document; None if two full names share this one."""
    scores: Mapping[Kind, float]
    has_outside_evidence: bool
    """Whether a rule with `is_outside` speaks for the kind."""
    is_multiword: bool
    place_size: int
    """Size of the place of this name: 5 for a country, 0 for no place."""
    is_everyday: bool
    """Whether it is an everyday word, a demonym or a word for a kind of thing."""

    @property
    def is_unknown(self) -> bool:
        """Whether no rule speaks for a kind, and none says that it is no name."""
        return self.kind == NONE and not self.is_everyday and max(self.scores.values()) < _MIN_SCORE

    @property
    def is_contested(self) -> bool:
        """Whether the evidence for a place and that for an organization are nearly as good.

        Clubs and governments are called by their towns. The shape of a name alone, which speaks
        for persons, contests nothing.
        """
        place, organization = self.scores[PLACE], self.scores[ORGANIZATION]
        return (
            self.kind in {PLACE, ORGANIZATION}
            and min(place, organization) >= _MIN_SCORE
            and abs(place - organization) < _MIN_MARGIN_OF_SETTLED
        )


class WordEvidence(NamedTuple):
    """What the words of a name say, wherever it stands."""

    features: NameFeatures
    rules: tuple[Rule[NameFeatures], ...]
    """The rules that match."""
    scores: Mapping[Kind, float]
    """The points of these rules."""
    is_everyday: bool
    """Whether it is an everyday word, a demonym or a word for a kind of thing."""


def classify(words: WordEvidence, contexts: Iterable[Context]) -> Classification:
    """Weigh the words of a name and the contexts of all its occurrences."""
    scores = dict(words.scores)
    context_scores: dict[Kind, float] = dict.fromkeys(KINDS, 0.0)
    matched: dict[Rule[Any], None] = dict.fromkeys(words.rules)
    name = words.features
    for context in contexts:
        for found in find_context_rules(context):
            context_scores[found.kind] += found.weight
            matched[found] = None
        if may_be_ship(context):
            before = context_scores[SHIP]
            _weigh(SHIP_RULES, context, context_scores, matched)
            context_scores[PERSON] -= context_scores[SHIP] - before
    for kind, points in context_scores.items():
        if points:
            scores[kind] += _CONTEXT_LIMIT * math.tanh(points / _CONTEXT_LIMIT)

    kind, score, margin = _best(scores)
    if score < (_MIN_PLACE_SCORE if kind == PLACE else _MIN_SCORE):
        kind = NONE
    rules = [rule for rule in matched if rule.kind == kind]
    is_strong = (
        margin >= _MIN_MARGIN
        and score >= _MIN_STRONG_SCORE
        and any(rule.is_strong for rule in rules)
        and (kind != PERSON or name.is_multiword)
    )
    return Classification(
        kind,
        score,
        is_strong,
        reasons=tuple(rule.name for rule in rules),
        full_name=name.text,
        scores=scores,
        has_outside_evidence=any(rule.is_outside for rule in rules),
        is_multiword=name.is_multiword,
        place_size=name.place_size,
        is_everyday=words.is_everyday,
    )


def word_evidence(text: str, tendencies: Sequence[int], cues: Cues) -> WordEvidence:
    """Return what the words of a name say.

    `tendencies` is how the corpus capitalizes each of them.
    """
    words = zip(split_name(text), tendencies, strict=True)
    hints = CorpusHints({fold_word(word): tendency + 1 for word, tendency in words})
    name = extract_features(text, Knowledge(cues, load_gazetteer(), hints))
    rules = tuple([rule for rule in WORD_RULES if rule.matches(name)])
    scores: dict[Kind, float] = dict.fromkeys(KINDS, 0.0)
    for rule in rules:
        scores[rule.kind] += rule.weight
    is_everyday = name.max_frequency >= 3.5 or text in cues.heads or text in cues.demonyms
    return WordEvidence(name, rules, scores, is_everyday)


def _weigh(
    rules: Sequence[Rule[T]], value: T, scores: dict[Kind, float], matched: dict[Rule[Any], None]
) -> None:
    """Add the weights of the rules that match a value, and the rules themselves."""
    for rule in rules:
        if rule.matches(value):
            scores[rule.kind] += rule.weight
            matched[rule] = None


class _Best(NamedTuple):
    """The kind with the best score."""

    kind: Kind
    score: float
    margin: float
    """To the score of the next kind."""


def _best(scores: Mapping[Kind, float]) -> _Best:
    best, second = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
    return _Best(best, scores[best], scores[best] - scores[second])


def confirm_person(classification: Classification) -> Classification:
    """Add the evidence for a person's full name whose surname the document also uses alone.

    Such a name can be strong if it also has evidence beyond the shape of a name.
    """
    scores = dict(classification.scores)
    scores[PERSON] += _SURNAME_ALONE
    _, score, margin = _best(scores)
    is_strong = classification.is_strong or (
        classification.has_outside_evidence
        and margin >= _MIN_MARGIN
        and score >= _MIN_STRONG_PERSON_SCORE
    )
    reasons = (*classification.reasons, "surname used alone")
    return replace(classification, score=score, is_strong=is_strong, scores=scores, reasons=reasons)


def apply_short_form(
    classification: Classification, short_form: ShortForm | None
) -> Classification:
    """Add the evidence that a name stands for a fuller name of the document.

    If another kind is still better, the name keeps its own reasons and form.
    """
    if short_form is None:
        return classification
    scores = dict(classification.scores)
    scores[short_form.kind] += short_form.weight
    kind, score, margin = _best(scores)
    if kind != short_form.kind:
        return replace(classification, kind=kind if score >= _MIN_SCORE else NONE, score=score)
    own_reasons = classification.reasons if classification.kind == kind else ()
    return replace(
        classification,
        kind=kind,
        score=score,
        is_strong=(
            margin >= _MIN_MARGIN and short_form.full_name is not None and short_form.is_sure
        ),
        reasons=(*own_reasons, short_form.rule),
        full_name=short_form.full_name,
        scores=scores,
    )
