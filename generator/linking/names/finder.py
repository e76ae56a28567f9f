"""The second pass: find the names of one document, each with its kind and its reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from generator.linking.names.acronyms import find_defined_acronyms
from generator.linking.names.case_counts import CorpusHints
from generator.linking.names.classifier import (
    Classification,
    apply_short_form,
    classify,
    confirm_person,
)
from generator.linking.names.context import Context
from generator.linking.names.explanations import EXPLANATIONS
from generator.linking.names.headlines import (
    find_repeated_names,
    fold_case,
)
from generator.linking.names.knowledge import Knowledge
from generator.linking.names.lexicon import load_cues, load_gazetteer
from generator.linking.names.occurrences import (
    Headline,
    Occurrence,
    collect_contexts,
    find_occurrences,
)
from generator.linking.names.rule_type import NONE, ORGANIZATION, PERSON, PLACE, SHIP, Kind
from generator.linking.names.ship_rules import is_named_as_ship
from generator.linking.names.short_forms import NameBelief, match_short_forms
from generator.linking.names.surnames import ends_letter, person_meant
from generator.linking.names.team_rules import (
    has_club_ending,
    is_team,
    is_town_here,
    towns_that_are_teams,
)
from generator.linking.names.titled import (
    FullName,
    PeopleOfDocument,
    TitledName,
    is_surname_with_particle,
)
from generator.linking.names.word_lookup import WordLookup
from generator.linking.names.words_of_letters import is_relative
from generator.model import UNKNOWN_KIND, Document, Mention
from generator.text.honorifics import Bearer

_TITLE_SCORE = 4.5
"""Score of a name that is a person's by its title alone."""

_TEAM_SCORE = 3.0
"""Score of a club that is called by its town."""

_WEAK_SCORE = 1.3
"""Score up to which a neighbour in an enumeration decides the kind; a surname alone has 1.2."""

_ENUMERATION_SCORE = 1.0
"""Score of a name that has its kind from a neighbour in an enumeration."""

_CONJUNCTIONS = frozenset({",", "and", "or", "y", "e", "et", "und", "ou", "o"})


def find_names(
    document: Document, hints: CorpusHints, lookup: WordLookup | None = None
) -> tuple[Mention, ...]:
    """Find the names of a document, in the order of the text, without overlaps.

    Documents of a corpus share words, so a `lookup` with a cache saves a fifth of the time.
    Cost is linear in the document's length.
    """
    language = document.metadata.language
    cues = load_cues(language.value if language else hints.language or None)
    knowledge = Knowledge(cues, load_gazetteer(), hints)
    lookup = lookup or WordLookup()
    occurrences, headlines = find_occurrences(document, knowledge, lookup)
    contexts = collect_contexts(occurrences, knowledge)
    classifications = _classify_all(document, occurrences, contexts, knowledge, lookup)
    people = _people(document, occurrences, classifications, knowledge)
    mentions = [
        *_mentions(document, occurrences, classifications, people, knowledge),
        *_headline_mentions(document, headlines, classifications, knowledge, lookup),
    ]
    return tuple(sorted(mentions, key=lambda mention: (mention.block, mention.start)))


# classification


def _classify_all(
    document: Document,
    occurrences: Sequence[Occurrence],
    contexts: Mapping[str, Sequence[Context]],
    knowledge: Knowledge,
    lookup: WordLookup,
) -> dict[str, Classification]:
    """Classify each name by itself, then together with the other names of the document."""
    classifications = {
        text: classify(lookup.evidence_of(text, knowledge), own) for text, own in contexts.items()
    }
    for text in _people_used_by_surname(classifications):
        classifications[text] = confirm_person(classifications[text])
    short_forms = match_short_forms(
        _beliefs(classifications, contexts), find_defined_acronyms(document, occurrences)
    )
    classifications = {
        text: apply_short_form(classification, short_forms.get(text))
        for text, classification in classifications.items()
    }
    return classifications | _classify_enumerated(occurrences, classifications)


def _people_used_by_surname(classifications: Mapping[str, Classification]) -> list[str]:
    """Return the full names of people whose last word the document also uses alone."""
    return [
        text
        for text, classification in classifications.items()
        if classification.kind == PERSON
        and classification.is_multiword
        and (surname := classifications.get(text.rsplit(" ", 1)[-1])) is not None
        and surname.place_size < 4
        and not surname.is_everyday
    ]


def _beliefs(
    classifications: Mapping[str, Classification], contexts: Mapping[str, Sequence[Context]]
) -> dict[str, NameBelief]:
    """Return what the search for short forms must know of each name."""
    return {
        text: NameBelief(
            text,
            classification.kind,
            classification.score,
            is_sure=classification.is_strong,
            titles=frozenset(context.title for context in contexts[text] if context.title),
            place_size=classification.place_size,
            is_everyday=classification.is_everyday,
            is_explained=any(reason in EXPLANATIONS for reason in classification.reasons),
        )
        for text, classification in classifications.items()
    }


def _classify_enumerated(
    occurrences: Sequence[Occurrence], classifications: Mapping[str, Classification]
) -> dict[str, Classification]:
    """Classify names with little evidence by a strong neighbour: "Owerri, Jos and Kano"."""
    kinds: dict[str, set[Kind]] = defaultdict(set)
    for left, right in pairwise(occurrences):
        if _are_enumerated(left, right):
            is_comma = left.context.after[0] == ","
            for occurrence, neighbour in ((left, right), (right, left)):
                classification = classifications[occurrence.text]
                kind = _kind_from(classifications[neighbour.text], is_comma=is_comma)
                is_weak = max(classification.scores.values()) <= _WEAK_SCORE
                if is_weak and kind not in {NONE, classification.kind}:
                    kinds[occurrence.text].add(kind)
    return {
        text: replace(
            classifications[text],
            kind=next(iter(possible)),
            score=_ENUMERATION_SCORE,
            reasons=("enumerated with a name of this kind",),
        )
        for text, possible in kinds.items()
        if len(possible) == 1
    }


def _are_enumerated(left: Occurrence, right: Occurrence) -> bool:
    """Whether only a comma or a conjunction stands between two names."""
    return (
        left.block == right.block
        and right.start - left.end <= 6
        and left.context.after[0] in _CONJUNCTIONS
        and right.context.before[-1] in _CONJUNCTIONS
    )


def _kind_from(neighbour: Classification, *, is_comma: bool) -> Kind:
    """Return the kind that a neighbour in an enumeration suggests.

    A comma alone does not enumerate people: "the councillor for Roads, Ana Ruiz".
    """
    if not neighbour.is_strong or (neighbour.kind == PERSON and is_comma):
        return NONE
    return neighbour.kind


# mentions


def _people(
    document: Document,
    occurrences: Sequence[Occurrence],
    classifications: Mapping[str, Classification],
    knowledge: Knowledge,
) -> PeopleOfDocument:
    """Return the people whom the document names in full, with their titles."""
    titles: dict[str, set[str]] = defaultdict(set)
    named: set[str] = set()
    for occurrence in occurrences:
        titles[occurrence.text].add(occurrence.context.title)
        if not _is_signature(document, occurrence):
            named.add(occurrence.text)
    full_names = [
        FullName(
            text,
            Bearer.of(text.split()[0], sorted(filter(None, titles[text]))),
            classification.is_strong,
            is_writer=text not in named,
        )
        for text, classification in classifications.items()
        if classification.kind == PERSON
        and classification.is_multiword
        and classification.full_name == text
        and not is_surname_with_particle(text, knowledge.cues)
    ]
    known = {full_name.name for full_name in full_names}
    return PeopleOfDocument.of(
        full_names,
        (
            TitledName(occurrence.context.title, occurrence.text)
            for occurrence in occurrences
            if occurrence.context.title and occurrence.text not in known
        ),
    )


def _is_signature(document: Document, occurrence: Occurrence) -> bool:
    """Whether a name ends the document's last words, or a short block after its middle."""
    text = document.blocks[occurrence.block].text
    return 2 * occurrence.block >= len(document.blocks) and ends_letter(occurrence.end, text)


def _mentions(
    document: Document,
    occurrences: Sequence[Occurrence],
    classifications: Mapping[str, Classification],
    people: PeopleOfDocument,
    knowledge: Knowledge,
) -> Iterator[Mention]:
    """Yield the mentions outside of headlines."""
    teams = _find_teams(occurrences, classifications, knowledge)
    for occurrence in occurrences:
        context = occurrence.context
        if occurrence.text in teams and (is_team(context) or not is_town_here(context)):
            yield _team_mention(occurrence)
        elif mention := _mention(occurrence, classifications[occurrence.text]):
            block = document.blocks[occurrence.block].text
            meant = person_meant(mention, context, people, block)
            words = block[mention.start : mention.end]  # with a line break, if the name has one
            yield meant if words == mention.text else replace(meant, text=words)


def _find_teams(
    occurrences: Iterable[Occurrence],
    classifications: Mapping[str, Classification],
    knowledge: Knowledge,
) -> frozenset[str]:
    """Return the names of towns that are used for clubs at least once."""
    places = knowledge.gazetteer.places
    return towns_that_are_teams(
        (occurrence.text, occurrence.context)
        for occurrence in occurrences
        if classifications[occurrence.text].kind == PLACE
        and (0 < places.get(occurrence.text, 0) <= 3 or has_club_ending(occurrence.text))
        and occurrence.text not in knowledge.cues.takes_article
    )


def _team_mention(occurrence: Occurrence) -> Mention:
    block, start, end, text, *_ = occurrence
    reasons = ("name of a town used for its club",)
    return Mention(block, start, end, text, ORGANIZATION, _TEAM_SCORE, False, reasons, text)


def _mention(occurrence: Occurrence, classification: Classification) -> Mention | None:
    """Return the mention, or None if it has no kind; a title makes it a person's in any case."""
    block, start, end, text, context, _ = occurrence
    here = _in_context(classification, context, text)
    if here.kind == NONE:
        return _unknown_mention(occurrence) if classification.is_unknown else None
    reasons = here.reasons
    if context.title:
        others = (reason for reason in reasons if reason != "title before")
        reasons = (f"title before: {context.title}", *others)
    return Mention(
        block,
        start,
        end,
        text,
        here.kind,
        round(here.score, 2),
        here.is_strong,
        reasons,
        here.full_name,
        context.title or None,
        contested=not here.is_strong and classification.is_contested,
    )


def _in_context(classification: Classification, context: Context, text: str) -> Classification:
    """Return what a name is where it stands: the words beside it decide against all others."""
    kind = classification.kind
    here: Kind | None = None
    reasons: tuple[str, ...] = ()
    if kind != NONE and is_named_as_ship(context):
        here, reasons = SHIP, ("word for a ship before",)
    elif kind == PLACE and is_relative(context):
        here, reasons = PERSON, ("relative follows (and his brother)",)
    elif context.title:
        here = PERSON
    elif _is_place_of_organization(classification, context, text):
        here, reasons = PLACE, ("preposition of place before",)
    if here is None or here == kind:
        return classification
    return replace(
        classification,
        kind=here,
        score=_TITLE_SCORE,
        is_strong=False,
        reasons=reasons,
        full_name=text,
    )


def _is_place_of_organization(classification: Classification, context: Context, text: str) -> bool:
    """Whether the first word of an organization is its place here: "the pit at Zubizar"."""
    is_short_form = classification.kind == ORGANIZATION and classification.full_name != text
    is_there = context.previous == "at" or context.previous in context.cues.place_prepositions
    is_employer = len(context.before) > 1 and context.before[-2].lower() in context.cues.staff
    return is_short_form and is_there and not is_employer


def _unknown_mention(occurrence: Occurrence) -> Mention:
    """Return a mention of something; it counts only if other documents say what it is."""
    block, start, end, text, *_ = occurrence
    return Mention(block, start, end, text, UNKNOWN_KIND, 0.0, False, ("no evidence",), text)


def _headline_mentions(
    document: Document,
    headlines: Sequence[Headline],
    classifications: Mapping[str, Classification],
    knowledge: Knowledge,
    lookup: WordLookup,
) -> Iterator[Mention]:
    """Yield the mentions in headlines: names that the rest of the document has, and big places."""
    names = _names_by_folded_form(classifications)
    for headline in headlines:
        text = document.blocks[headline.block].text
        for repeated in find_repeated_names(text, headline.words, names, knowledge):
            classification = classifications.get(repeated.name) or classify(
                lookup.evidence_of(repeated.name, knowledge), ()
            )
            if classification.kind != NONE:
                yield Mention(
                    headline.block,
                    repeated.start,
                    repeated.end,
                    text[repeated.start : repeated.end],
                    classification.kind,
                    round(classification.score, 2),
                    classification.is_strong,
                    ("in a headline", *classification.reasons),
                    classification.full_name,
                )


def _names_by_folded_form(classifications: Mapping[str, Classification]) -> dict[str, str]:
    """Map the folded names, and the folded last words of people's names, to the names."""
    surnames = {
        fold_case(text.split()[-1]): text
        for text, classification in classifications.items()
        if classification.kind == PERSON and classification.is_multiword
    }
    return surnames | {
        fold_case(text): text
        for text, classification in classifications.items()
        if classification.kind != NONE
    }
