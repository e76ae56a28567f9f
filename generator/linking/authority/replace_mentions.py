"""The mentions of a document, with the names of names.csv in place of what rules found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from generator.corrections import AuthorityRecord
from generator.linking.authority.disambiguation import EXCLUDED, Meaning, Meanings, meanings
from generator.linking.authority.matcher import NameMatch, NameMatcher
from generator.linking.names.lexicon import load_gazetteer
from generator.model import Document, Mention
from generator.text import fold

_SCORE = 10.0
"""Score of an authority name: more than any sum of rules."""

_BEFORE_ANY_CAPITAL = '.!?…:;"“”„«»()[]—–'
"""Characters after which a word may have a capital although it is no name."""

_MAX_LINE = 200
"""Characters before and after a name by which a line in capitals is known."""


class AuthorityMatch(NamedTuple):
    """A place in a document where an authority name stands."""

    block: int
    start: int
    end: int
    forms: tuple[str, ...]
    is_doubtful: bool
    """Whether it is an everyday word too, in a place where every word has a capital."""


def find_forms(document: Document, matcher: NameMatcher) -> Iterator[AuthorityMatch]:
    """Yield where the names of a matcher stand in a document, outside of its footer."""
    language = document.metadata.language.value[:2] if document.metadata.language else ""
    everyday = load_gazetteer().everyday.get(language, {})
    for index, block in enumerate(document.blocks):
        if block.kind == "footer":
            continue
        for match in matcher.find(block.text, language):
            word = block.text[match.start : match.end].lower()
            is_doubtful = word in everyday and not _is_capital_by_itself(block.text, match)
            yield AuthorityMatch(index, *match, is_doubtful)


def _is_capital_by_itself(text: str, match: NameMatch) -> bool:
    """Whether a word has its capital because it is a name."""
    before = text[max(0, match.start - _MAX_LINE) : match.start]
    after = text[match.end : match.end + _MAX_LINE]
    word = text[match.start : match.end]
    line = before.rpartition("\n")[2] + word + after.partition("\n")[0]
    last = before.rstrip()[-1:]
    return bool(last) and last not in _BEFORE_ANY_CAPITAL and not line.isupper()


def with_authority_names(
    document: Document, mentions: Iterable[Mention], names: Sequence[AuthorityRecord]
) -> tuple[Mention, ...]:
    """Return the mentions of a document, with the authority names in place of those they overlap.

    A name that rules found stays where it is longer than an authority name in it and there is
    evidence for it: "Whitby Gazette" is not Whitby. So does an everyday word at the start of a
    sentence that rules found to be no name.
    The cost is linear in the document.
    """
    mentions = tuple(mentions)
    if not names:
        return mentions
    matcher = NameMatcher.build(form for record in names for form in record.forms)
    by_block = _by_block(mentions)
    people = {form for record in names if record.kind == "person" for form in record.forms}
    matches = [
        match
        for match in find_forms(document, matcher)
        if _is_wanted(match, by_block.get(match.block, ()), people)
    ]
    date = document.metadata.date.value if document.metadata.date else ""
    known = meanings(names, (form for match in matches for form in match.forms), date)
    overlay = _Overlay(document, known, by_block, _surnames(mentions))
    listed = filter(None, map(overlay.mention, matches))
    others = overlay.renamed(_without_overlaps(mentions, matches))
    return tuple(sorted((*listed, *others), key=lambda mention: (mention.block, mention.start)))


class _Overlay(msgspec.Struct, frozen=True):
    """What is known of one document while its mentions are replaced."""

    document: Document
    meanings: Meanings
    found: Mapping[int, Sequence[Mention]]
    """The mentions that rules found, by block."""
    surnames: Mapping[str, frozenset[str]]
    """The full names of people that rules found, by their folded last words."""

    def mention(self, match: AuthorityMatch) -> Mention | None:
        """Return the mention of an authority name; its name is None if it is open who is meant.

        Where its date or its title excludes all names, it is what rules found.
        """
        block, start, end, forms, _ = match
        text = self.document.blocks[block].text[start:end]
        found = _same_span(match, self.found.get(block, ()))
        meaning = self._meaning(match, found)
        reasons = (meaning.reason, *(found.reasons if found else ()))
        if meaning.record is None:
            if meaning.reason == EXCLUDED:
                return _as_found(found, match, self.meanings)
            sharing = (record for form in forms for record in self.meanings.by_form.get(form, ()))
            kind = next(sharing).kind
            return Mention(block, start, end, text, kind, _SCORE, False, reasons, None)
        record, title = meaning.record, found.title if found else None
        return Mention(
            block, start, end, text, record.kind, _SCORE, True, reasons, record.name, title
        )

    def _meaning(self, match: AuthorityMatch, found: Mention | None) -> Meaning:
        """Return whom a match means.

        A bare surname stays open if the document names somebody else who has it in full.
        """
        meaning = self.meanings.of(
            match.forms, found.kind if found else None, found.title if found else None
        )
        record = meaning.record
        if record is None or record.kind != "person" or " " in match.forms[0]:
            return meaning
        others = self.surnames.get(fold(match.forms[0]), frozenset())
        others -= {fold(form) for form in (*record.forms, record.name)}
        if not others or self._is_named_in_full(record):
            return meaning
        return Meaning(None, f"listed in names.csv, but this document names {min(others)}")

    def _is_named_in_full(self, record: AuthorityRecord) -> bool:
        return any(" " in form for form in record.forms if form in self.meanings.by_form)

    def renamed(self, mentions: Iterable[Mention]) -> Iterator[Mention]:
        """Yield the other mentions; short forms of an authority name get its name, or are left out.

        Rules may have found "Mary" for a ship Mary Ann that they took for a person.
        """
        forms = {fold(form): form for form in self.meanings.by_form}
        for mention in mentions:
            form = forms.get(fold(mention.name)) if mention.name else None
            meaning = self.meanings.of((form,), mention.kind) if form else None
            if meaning is None:
                yield mention
            elif meaning.record is None:
                yield replace(mention, name=None, strong=False)
            elif meaning.record.kind == mention.kind or not mention.has_kind:
                yield replace(mention, kind=meaning.record.kind, name=meaning.record.name)


def _as_found(found: Mention | None, match: AuthorityMatch, known: Meanings) -> Mention | None:
    """Return what rules found where all authority names are excluded.

    It is not one of them: a date that excludes them leaves it open who has the name.
    """
    if found is None or found.name is None:
        return found
    has_form = fold(found.name) in map(fold, (*known.by_form, *match.forms))
    return replace(found, name=None, strong=False) if has_form else found


def _by_block(mentions: Iterable[Mention]) -> dict[int, list[Mention]]:
    by_block: dict[int, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda mention: (mention.block, mention.start)):
        by_block.setdefault(mention.block, []).append(mention)
    return by_block


def _same_span(match: AuthorityMatch, mentions: Sequence[Mention]) -> Mention | None:
    """Return the mention that rules found at the same place."""
    index = bisect_left(mentions, match.start, key=lambda mention: mention.start)
    mention = mentions[index] if index < len(mentions) else None
    return mention if mention and (mention.start, mention.end) == match[1:3] else None


def _is_wanted(match: AuthorityMatch, mentions: Sequence[Mention], people: Set[str]) -> bool:
    """Whether a match counts, given the mentions that rules found in its block.

    `people` are the forms that may mean a person.
    """
    if match.is_doubtful and _same_span(match, mentions) is None:
        return False
    longer = _longer(match, mentions)
    if longer is None:
        return True
    if longer.strong:
        return False
    form = match.forms[0]
    is_surname = " " not in form and form in people
    return not longer.has_kind or (longer.kind == "person" and not is_surname)


def _longer(match: AuthorityMatch, mentions: Sequence[Mention]) -> Mention | None:
    """Return the longer mention of which a match is a part; mentions do not overlap each other."""
    index = bisect_left(mentions, match.start + 1, key=lambda mention: mention.start) - 1
    if index < 0:
        return None
    mention = mentions[index]
    is_longer = mention.end - mention.start > match.end - match.start
    is_inside = mention.start <= match.start and match.end <= mention.end
    return mention if is_longer and is_inside else None


def _without_overlaps(
    mentions: Iterable[Mention], matches: Iterable[AuthorityMatch]
) -> Iterator[Mention]:
    """Yield the mentions that overlap no match; both are in the order of the text."""
    by_block: dict[int, list[AuthorityMatch]] = {}
    for match in matches:
        by_block.setdefault(match.block, []).append(match)
    for mention in mentions:
        own = by_block.get(mention.block, [])
        index = bisect_left(own, mention.end, key=lambda match: match.start) - 1
        if index < 0 or own[index].end <= mention.start:
            yield mention


def _surnames(mentions: Iterable[Mention]) -> dict[str, frozenset[str]]:
    """Return the folded full names of people by their last words."""
    surnames: dict[str, set[str]] = {}
    for mention in mentions:
        words = fold(mention.text).split()
        if mention.kind == "person" and len(words) > 1:
            surnames.setdefault(words[-1], set()).add(" ".join(words))
    return {surname: frozenset(names) for surname, names in surnames.items()}
