"""The second pass: the names of one document, each with its kind and its reasons."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.linking.names.counts import NameTable
from generator.linking.names.cuts import Cutter, Piece
from generator.linking.names.evidence import INNER, OUTER, Name, Setting, describe
from generator.linking.names.lists import Cues, Lexicon, cues, lexicon
from generator.linking.names.runs import gather
from generator.linking.names.words import scan
from generator.model import Document, EntityKind, Mention

_TOKEN = re.compile(r"\w+(?:['’-]\w+)*\.?|[^\w\s]")
_KINDS: tuple[EntityKind, ...] = ("person", "organization", "place")


class _Place(NamedTuple):
    """One possible name where it stands."""

    block: int
    start: int
    end: int
    text: str
    setting: Setting


class _Verdict(NamedTuple):
    kind: str
    score: float
    reasons: tuple[str, ...]
    sure: bool


def find(document: Document, table: NameTable) -> tuple[Mention, ...]:
    """Find the names of a document, in the order of the text, none overlapping another.

    Cost is linear in the document's length.
    """
    said = document.metadata.language
    words = lexicon()
    spoken = cues(said.value if said else None)
    places = list(_candidates(document, Cutter(spoken, words, table)))
    settings: dict[str, list[Setting]] = defaultdict(list)
    for place in places:
        settings[place.text].append(place.setting)
    names = {text: describe(text, words, spoken) for text in settings}
    verdicts = {text: _judge(names[text], settings[text]) for text in settings}
    fullest = _fullest(verdicts)
    for surname in fullest:
        if verdicts[surname].kind != "place":
            sure = bool(fullest[surname])
            verdicts[surname] = _Verdict("person", 4.5, ("surname of a full name",), sure)
    return tuple(
        Mention(
            place.block,
            place.start,
            place.end,
            place.text,
            verdict.kind,
            round(verdict.score, 2),
            verdict.sure,
            verdict.reasons,
            fullest.get(place.text, place.text) if verdict.kind == "person" else place.text,
        )
        for place in places
        if (verdict := verdicts[place.text]).kind in _KINDS
    )


def _candidates(document: Document, cutter: Cutter) -> Iterator[_Place]:
    for number, block in enumerate(document.blocks):
        text = block.text
        for run in gather(text, scan(text), cutter.cues):
            for piece in cutter.cut(run):
                start, end = piece.words[0].start, piece.words[-1].end
                setting = _setting(text, piece, cutter.cues, cutter.lexicon)
                yield _Place(number, start, end, text[start:end], setting)


def _setting(text: str, piece: Piece, spoken: Cues, words: Lexicon) -> Setting:
    start, end = piece.words[0].start, piece.words[-1].end
    before = ["", "", *_TOKEN.findall(text[max(0, start - 30) : start])]
    after = [*_TOKEN.findall(text[end : end + 50]), "", "", ""]
    return Setting(
        piece.title,
        (before[-2], before[-1]),
        (after[0], after[1], after[2]),
        words.places.get(after[1], 0),
        spoken,
    )


def _judge(name: Name, settings: list[Setting]) -> _Verdict:
    scores: dict[str, float] = dict.fromkeys((*_KINDS, "none"), 0.0)
    reasons: list[str] = []
    for rule in INNER:
        if rule.holds(name):
            scores[rule.leaning] += rule.weight
            reasons.append(rule.name)
    around: Counter[str] = Counter()
    for setting in settings:
        for outer in OUTER:
            if outer.holds(setting):
                around[outer.leaning] += outer.weight  # type: ignore[assignment]
                reasons.append(f"title: {setting.title}" if outer.name == "title" else outer.name)
    for leaning, weight in around.items():
        scores[leaning] += 4.5 * math.tanh(weight / 4.5)
    kind, score = max(scores.items(), key=lambda item: item[1])
    second = sorted(scores.values())[-2]
    if score < 1.0:
        return _Verdict("none", score, (), False)
    sure = score >= 4.0 and score - second >= 2.0
    return _Verdict(kind, score, tuple(dict.fromkeys(reasons)), sure)


def _fullest(verdicts: Mapping[str, _Verdict]) -> dict[str, str]:
    """Map each bare surname to the full name it stands for, or to nothing when there are two."""
    full: dict[str, list[str]] = defaultdict(list)
    for text, verdict in verdicts.items():
        parts = text.split()
        if verdict.kind == "person" and len(parts) > 1:
            full[parts[-1]].append(text)
    return {
        surname: names[0] if len(names) == 1 else ""
        for surname, names in full.items()
        if surname in verdicts
    }
