"""The second pass: the names of one document, each with its kind and its reasons."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, get_args

from generator.linking.names import short_forms
from generator.linking.names.candidates import find_runs
from generator.linking.names.capitalization import CorpusHints
from generator.linking.names.capitals import CapitalizedWord, find_capitalized_words
from generator.linking.names.classifier import (
    Classification,
    apply_short_form,
    classify,
    confirm_person,
)
from generator.linking.names.context_rules import Context
from generator.linking.names.features import extract_features
from generator.linking.names.headlines import (
    find_repeated_names,
    fold_case,
    is_headline,
    quoted_works,
)
from generator.linking.names.lexicon import load_cues, load_gazetteer
from generator.linking.names.team_rules import is_team, is_town_here, towns_that_are_teams
from generator.linking.names.trimming import Candidate, Knowledge, trim
from generator.model import Document, EntityKind, Mention

_TOKEN = re.compile(r"\w+(?:['’-]\w+)*\.?|[^\w\s]")
_ACRONYM = re.compile(r"[A-ZÀ-Þ][\w&.-]*[A-ZÀ-Þ0-9]\.?|(?:[A-Z]\.)+")
_KINDS = frozenset(get_args(EntityKind))
_HARDLY = 1.3
"""So little evidence, as a surname alone, that a row of names says more."""

_OWNS = frozenset({"'s", "’s"})

_ROW = frozenset({",", "and", "or", "y", "e", "et", "und", "ou", "o"})


class Occurrence(NamedTuple):
    """A possible name where it stands."""

    block: int
    start: int
    end: int
    text: str
    setting: Context
    doubtful: bool


class Headline(NamedTuple):
    """A headline, which is read last."""

    block: int
    words: Sequence[CapitalizedWord]


def find_names(document: Document, table: CorpusHints) -> tuple[Mention, ...]:
    """Find the names of a document, in the order of the text, none overlapping another.

    Cost is linear in the document's length.
    """
    value = document.metadata.language
    knowledge = Knowledge(
        load_cues(value.value if value else table.language or None), load_gazetteer(), table
    )
    spots, headlines = _spots(document, knowledge)
    settings = _settings(spots, knowledge)
    spots = [spot for spot in spots if spot.text in settings]
    verdicts = _verdicts(document, spots, settings, knowledge)
    found = _mentions(spots, verdicts, knowledge)
    found += _echoed(document, headlines, verdicts, knowledge)
    named = (mention for mention in found if mention.kind in _KINDS)
    return tuple(sorted(named, key=lambda mention: (mention.block, mention.start)))


def _settings(spots: Sequence[Occurrence], knowledge: Knowledge) -> dict[str, list[Context]]:
    """Where each name stands; a doubtful one is a name only as the surname of another."""
    settings: dict[str, list[Context]] = defaultdict(list)
    for spot in spots:
        if not spot.doubtful:
            settings[spot.text].append(spot.setting)
    full = [text.split() for text in settings if " " in text]
    surnames = {words[-1] for words in full}
    surnames |= {words[0] for words in full if words[0] in knowledge.cues.surnames_first}
    for spot in spots:
        if spot.doubtful and spot.text in surnames:
            settings[spot.text].append(spot.setting)
    return settings


def _verdicts(
    document: Document,
    spots: Sequence[Occurrence],
    settings: Mapping[str, Sequence[Context]],
    knowledge: Knowledge,
) -> dict[str, Classification]:
    """What each name is: judged by itself, then beside the other names of the document."""
    verdicts = {
        text: classify(extract_features(text, knowledge), around)
        for text, around in settings.items()
    }
    for text in _used_alone(verdicts):
        verdicts[text] = confirm_person(verdicts[text])
    relations = short_forms.match_short_forms(
        _known(verdicts, settings), _acronyms(document, spots)
    )
    verdicts = {text: apply_short_form(one, relations.get(text)) for text, one in verdicts.items()}
    return verdicts | _beside(spots, verdicts)


def _used_alone(verdicts: Mapping[str, Classification]) -> list[str]:
    """Full names of persons whose last word stands alone elsewhere in the document."""
    return [
        text
        for text, verdict in verdicts.items()
        if verdict.kind == "person"
        and verdict.long
        and (alone := verdicts.get(text.rsplit(" ", 1)[-1])) is not None
        and alone.place < 4
        and not alone.is_everyday
    ]


def _beside(
    spots: Sequence[Occurrence], verdicts: Mapping[str, Classification]
) -> dict[str, Classification]:
    """Names of hardly any kind in a row with a sure one: "Owerri, Jos and Kano"."""
    votes: dict[str, set[str]] = defaultdict(set)
    for left, right in pairwise(spots):
        if left.block == right.block and right.start - left.end <= 6 and _in_a_row(left, right):
            for occurrence, other in ((left, right), (right, left)):
                kind = verdicts[other.text].kind if verdicts[other.text].strong else "none"
                # "the councillor for Roads, Ana Ruiz": a comma alone lists no people
                comma = kind == "person" and left.setting.after[0] == ","
                doubtful = max(verdicts[occurrence.text].scores) <= _HARDLY
                if doubtful and kind not in {"none", verdicts[occurrence.text].kind} and not comma:
                    votes[occurrence.text].add(kind)
    return {
        text: replace(verdicts[text], kind=next(iter(kinds)), score=1.0, reasons=("in a row",))
        for text, kinds in votes.items()
        if len(kinds) == 1
    }


def _in_a_row(left: Occurrence, right: Occurrence) -> bool:
    return left.setting.after[0] in _ROW and right.setting.before[-1] in _ROW


def _spots(document: Document, knowledge: Knowledge) -> tuple[list[Occurrence], list[Headline]]:
    spots: list[Occurrence] = []
    headlines: list[Headline] = []
    for number, block in enumerate(document.blocks):
        words = find_capitalized_words(block.text)
        if is_headline(block.text, words, knowledge):
            headlines.append(Headline(number, words))
            continue
        works = quoted_works(block.text)
        for run in find_runs(block.text, words, knowledge.cues):
            if run[0].start in works or block.text[run[-1].end : run[-1].end + 1] == "$":
                continue
            spots += [
                _spot(number, block.text, candidate, knowledge)
                for candidate in trim(run, knowledge)
            ]
    return spots, headlines


def _spot(number: int, text: str, candidate: Candidate, knowledge: Knowledge) -> Occurrence:
    start, end = candidate.words[0].start, candidate.words[-1].end
    before = _TOKEN.findall(text[max(0, start - 60) : start])[-8:]
    after = [*_TOKEN.findall(text[end : end + 80])[:9], *[""] * 9]
    context = Context(
        title=candidate.title,
        before=tuple(before) or ("",),
        after=tuple(after[:9]),
        place_after=knowledge.lexicon.places.get(after[1], 0),
        cues=knowledge.cues,
        word_count=len(candidate.words),
        after_country=bool(before)
        and before[-1][-2:] in _OWNS
        and knowledge.place_size(before[-1][:-2]) == 5,
    )
    return Occurrence(number, start, end, text[start:end], context, candidate.doubtful)


def _known(
    verdicts: Mapping[str, Classification], settings: Mapping[str, Sequence[Context]]
) -> dict[str, short_forms.NameBelief]:
    return {
        text: short_forms.NameBelief(
            text,
            verdict.kind,
            verdict.score,
            sure=verdict.strong,
            titles=frozenset(around.title for around in settings[text] if around.title),
            place=verdict.place,
            ordinary=verdict.is_everyday,
        )
        for text, verdict in verdicts.items()
    }


def _acronyms(document: Document, spots: Sequence[Occurrence]) -> dict[str, str]:
    """Acronyms that stand in brackets behind their long form, or the other way round."""
    found: dict[str, str] = {}
    for left, right in pairwise(spots):
        if left.block != right.block or right.start - left.end > 3:
            continue
        text = document.blocks[left.block].text
        behind = text[right.end : right.end + 2].lstrip()[:1]
        if text[left.end : right.start].strip() != "(" or behind != ")":
            continue
        if _spells(right.text, left.text):
            found.setdefault(right.text, left.text)
        elif _spells(left.text, right.text):
            found.setdefault(left.text, right.text)
    return found


def _spells(acronym: str, full: str) -> bool:
    """Whether the letters fit: most of them are initials, as in a translated name."""
    letters, first = acronym.replace(".", "").replace("-", ""), short_forms.initials(full).upper()
    if " " not in full or len(letters) > 10:
        return False
    if not _ACRONYM.fullmatch(acronym):
        return len(letters) > 3 and letters.upper() in short_forms.pronounced_initials(full)
    if (
        letters != first
        and short_forms.initials(re.split(r" (?:of|for|de|du) ", full)[-1]).upper() == letters
    ):
        return False  # "Centre for the Control of Iodine Deficiency (ID)": of the last part alone
    return letters[0] == first[:1] or sum(letter in first for letter in letters) >= len(letters) - 1


def _mentions(
    spots: Sequence[Occurrence], verdicts: Mapping[str, Classification], knowledge: Knowledge
) -> list[Mention]:
    towns = knowledge.lexicon.places
    clubs = towns_that_are_teams(
        (spot.text, spot.setting)
        for spot in spots
        if verdicts[spot.text].kind == "place"
        and 0 < towns.get(spot.text, 0) <= 3
        and spot.text not in knowledge.cues.takes_article
    )
    return [
        _club(spot)
        if spot.text in clubs and (is_team(spot.setting) or not is_town_here(spot.setting))
        else _mention(spot, verdicts[spot.text])
        for spot in spots
    ]


def _club(spot: Occurrence) -> Mention:
    place = (spot.block, spot.start, spot.end, spot.text)
    return Mention(*place, "organization", 3.0, False, ("a town that plays",), spot.text)


def _mention(spot: Occurrence, verdict: Classification) -> Mention:
    kind, score, strong = verdict.kind, verdict.score, verdict.strong
    reasons = verdict.reasons
    if spot.setting.title and kind != "person":
        kind, score, strong, reasons = "person", 4.5, False, ()
    if spot.setting.title:
        reasons = (f"title: {spot.setting.title}", *(r for r in reasons if r != "title"))
    return Mention(
        spot.block,
        spot.start,
        spot.end,
        spot.text,
        kind,  # type: ignore[arg-type]
        round(score, 2),
        strong,
        reasons,
        verdict.name if kind == verdict.kind else spot.text,
    )


def _echoed(
    document: Document,
    headlines: Sequence[Headline],
    verdicts: Mapping[str, Classification],
    knowledge: Knowledge,
) -> Iterator[Mention]:
    people = [text for text, one in verdicts.items() if one.kind == "person" and one.long]
    names = {fold_case(text.split()[-1]): text for text in people}
    names |= {fold_case(text): text for text, one in verdicts.items() if one.kind in _KINDS}
    for line in headlines:
        text = document.blocks[line.block].text
        for echo in find_repeated_names(text, line.words, names, knowledge):
            verdict = verdicts.get(echo.known_as) or classify(
                extract_features(echo.known_as, knowledge), []
            )
            yield Mention(
                line.block,
                echo.start,
                echo.end,
                text[echo.start : echo.end],
                verdict.kind,  # type: ignore[arg-type]
                round(verdict.score, 2),
                verdict.strong,
                ("in a headline", *verdict.reasons),
                verdict.name,
            )
