"""Single mentions that people correct: in one paragraph certain words mean somebody, or nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from generator.corrections import FILE, MentionCorrection, report_unmatched
from generator.corrections.fields import make_problem
from generator.linking.entities.forms import fold_name
from generator.model import (
    UNKNOWN_KIND,
    AnyDocument,
    Document,
    Mention,
    Problem,
    SeedPath,
    composed,
)
from generator.text.paragraph_ids import paragraph_ids
from generator.text.word_places import TextRange, find_words

_SCORE = 100.0
"""Score of a mention that a person corrected."""


class _Place(NamedTuple):
    """Words in a document."""

    block: int
    start: int
    end: int


class MatchedMentions(NamedTuple):
    """Corrections of single mentions, and what is wrong with the others."""

    corrections: tuple[MentionCorrection, ...]
    """With the paths of the documents as the folder has them."""
    unmatched: tuple[Problem, ...]
    """Those of documents that are not shown."""


def match_documents(
    corrections: Iterable[MentionCorrection], documents: Iterable[AnyDocument]
) -> MatchedMentions:
    """Return the corrections of documents that are shown, whatever the Unicode form of a name."""
    corrections = tuple(corrections)
    if not corrections:
        return MatchedMentions((), ())
    sources = {composed(document.source): document.source for document in documents}
    matched: list[MentionCorrection] = []
    missing: dict[str, int] = {}
    for correction in corrections:
        source = sources.get(composed(correction.source))
        if source is None:
            missing.setdefault(correction.source, correction.line)
        else:
            matched.append(replace(correction, source=source))
    unmatched = report_unmatched("document", missing.items(), tuple(sources.values()))
    return MatchedMentions(tuple(matched), tuple(unmatched))


def by_document(
    corrections: Iterable[MentionCorrection],
) -> dict[SeedPath, tuple[MentionCorrection, ...]]:
    """Return the corrections of each document."""
    grouped: dict[SeedPath, list[MentionCorrection]] = defaultdict(list)
    for correction in corrections:
        grouped[correction.source].append(correction)
    return {source: tuple(own) for source, own in grouped.items()}


class CorrectedMentions(NamedTuple):
    """The mentions of a document, and the corrections that match none of its words."""

    mentions: tuple[Mention, ...]
    unmatched: tuple[Problem, ...]


def correct_mentions(
    document: Document, mentions: Iterable[Mention], corrections: Sequence[MentionCorrection]
) -> CorrectedMentions:
    """Return the mentions of a document with its corrections applied.

    A correction is about every place in its paragraph that has the words, but for those in longer
    names, as "Storr" in "John Storr", unless no other place has them. That of a split name is
    about every mention of the name there, as "Mr. Storr" of John Storr. If the document has no
    such paragraph, because its words changed, it is about the words if they are in one place of
    the document only. The name that rules found in the words keeps its place; if they found none,
    or several, the words are the name.
    """
    current = tuple(mentions)
    if not corrections:
        return CorrectedMentions(current, ())
    ids = paragraph_ids(block.text for block in document.blocks)
    paragraphs = {paragraph: block for block, paragraph in enumerate(ids)}
    unmatched: list[Problem] = []
    for correction in corrections:
        places = {
            **dict.fromkeys(_places(document, current, correction, paragraphs)),
            **dict.fromkeys(_places_of_name(current, correction, paragraphs)),
        }
        if not places:
            unmatched.append(_no_such_mention(document, correction, paragraphs))
        for place in places:
            current = tuple(_corrected(current, place, document, correction.means))
    ordered = sorted(current, key=lambda mention: (mention.block, mention.start))
    return CorrectedMentions(tuple(ordered), tuple(unmatched))


def _places(
    document: Document,
    mentions: Iterable[Mention],
    correction: MentionCorrection,
    paragraphs: Mapping[str, int],
) -> Sequence[_Place]:
    """Return where a correction applies."""
    names: dict[int, list[TextRange]] = defaultdict(list)
    for mention in mentions:
        names[mention.block].append(TextRange(mention.start, mention.end))
    block = paragraphs.get(correction.paragraph)
    places = [
        _Place(index, *found)
        for index in (range(len(document.blocks)) if block is None else (block,))
        for found in find_words(document.blocks[index].text, correction.words, names[index])
    ]
    return () if block is None and len(places) > 1 else places


def _places_of_name(
    mentions: Iterable[Mention], correction: MentionCorrection, paragraphs: Mapping[str, int]
) -> Iterator[_Place]:
    """Yield the mentions of a split name in a paragraph; an ambiguous surname can be one."""
    if correction.full_name is None:
        return
    full_name = fold_name(correction.full_name)
    block = paragraphs.get(correction.paragraph)
    for mention in mentions:
        means = fold_name(mention.name or mention.text)
        is_part = not mention.name and f" {means} " in f" {full_name} "
        if mention.block == block and (means == full_name or is_part):
            yield _Place(mention.block, mention.start, mention.end)


def _corrected(
    mentions: Iterable[Mention], place: _Place, document: Document, means: str | None
) -> Iterator[Mention]:
    """Yield the mentions without those at a place, and the one that is meant there."""
    replaced: list[Mention] = []
    for mention in mentions:
        is_there = mention.block == place.block and (
            mention.start < place.end and place.start < mention.end
        )
        if is_there:
            replaced.append(mention)
        else:
            yield mention
    if means is None:
        return
    block, start, end = place
    if len(replaced) == 1 and start <= replaced[0].start and replaced[0].end <= end:
        start, end = replaced[0].start, replaced[0].end
    text = document.blocks[block].text[start:end]
    reasons = (f"{FILE}: this mention", *(reason for old in replaced for reason in old.reasons))
    yield Mention(block, start, end, text, UNKNOWN_KIND, _SCORE, True, reasons, means)


def _no_such_mention(
    document: Document, correction: MentionCorrection, paragraphs: Mapping[str, int]
) -> Problem:
    words, paragraph = correction.words, correction.paragraph
    count = sum(len(find_words(block.text, words)) for block in document.blocks)
    where = f"paragraph {paragraph} of {document.source}"
    if paragraph in paragraphs:
        message = f'{where} does not have the words "{words}"; nothing is corrected'
        hint = "Write them as the page has them, or remove the entry"
    elif count:
        message = f'there is no {where} any more, and "{words}" is in it {count} times'
        hint = "Write the id of the right paragraph, from the ¶ beside it"
    else:
        message = f'there is no {where} any more, and no "{words}"; nothing is corrected'
        hint = "Remove the entry if it is not needed"
    return make_problem(correction.line, message, hint, "W032")
