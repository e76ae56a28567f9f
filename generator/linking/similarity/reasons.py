"""Reasons that a person would give why two documents belong together; each weighs something.

Rare names that both mention, a letter and its answer, a passage that one quotes from the other, the
same week, and a subject: several words that few documents have and that are rare in the language.
Common words are no reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import msgspec

from generator.linking.entities.forms import fold_name
from generator.linking.names.lexicon import load_gazetteer
from generator.model import AnyDocument, RelatedDocument, SeedPath
from generator.text.honorifics import Bearer, find_honorific, sex_of

MAX_LISTED = 3
"""How many names, and how many words, a reason lists."""

_MIN_WEIGHT = 2
"""The least that the reasons for a document weigh together."""

_RARE_NAME = 0.1
_KNOWN_NAME = 0.25
"""Shares of all documents up to which a name weighs 2, and up to which it weighs 1."""

_MAX_NAMES_WEIGHT = 6
"""What all shared names weigh together at most."""

_MIN_WORDS = 3
_MAX_FREQUENCY = 4.5
"""How many words make a subject, and how often the language may use each of them (Zipf scale)."""

_MIN_RARE_WORDS = 2
"""How many words of a passage the language uses less often than that."""

_FORMULAS = frozenset(
    """affectionate affectionately obedient servant humble humbly sincerely faithfully truly
    esteemed beg undersigned chairman resolved adjourned treulich ergebenst gehorsamst
    hochachtungsvoll affettuosamente atento servidor afectísimo affectueux affectueusement dévoué
    serviteur atenciosamente""".split()
)
"""Words that belong to the form of letters and minutes, not to what they are about."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MAX_DAYS_TO_ANSWER = 180
_WEEK = 7


class DocumentFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What reasons use of one document besides its names and words."""

    day: date | None
    """Its date, if it is known to the day."""
    authors: tuple[str, ...]
    """The folded names of those who wrote it."""
    recipient: str | None
    """To whom it is written, as printed."""


class Shared(NamedTuple):
    """What two documents share, and the facts of both."""

    names: Mapping[str, int]
    """Names that both mention, the rarest first, with what each weighs."""
    words: tuple[str, ...]
    """Words that few documents have, the most significant first."""
    own: DocumentFacts
    other: DocumentFacts
    own_names: frozenset[str]
    other_names: frozenset[str]
    passage: str | None = None
    """A passage that both have in the same words."""


class ReasonRule(NamedTuple):
    """A reason that a person would give."""

    name: str
    weight: Callable[[Shared], int]
    """0 if it does not hold."""


class FactsByPosition(dict[int, DocumentFacts]):
    """The facts about documents by their positions, made when they are asked for first.

    Sent to another process, it is a dict of all.
    """

    def __init__(self, documents: Sequence[AnyDocument]) -> None:
        super().__init__()
        self._documents = documents

    def __missing__(self, position: int) -> DocumentFacts:
        """Make the facts about a document."""
        self[position] = found = facts_of(self._documents[position])
        return found

    def __reduce__(self) -> tuple[type[dict[int, DocumentFacts]], tuple[object]]:
        """Return how it is made in another process."""
        return dict, ({position: self[position] for position in range(len(self._documents))},)


def facts_of(document: AnyDocument) -> DocumentFacts:
    """Return the facts about a document."""
    metadata = document.metadata
    edtf = metadata.date.value if metadata.date else ""
    day = date.fromisoformat(edtf) if _DAY.fullmatch(edtf) else None
    authors = tuple(fold_name(author.value) for author in metadata.authors)
    recipient = metadata.recipient.value if metadata.recipient else None
    return DocumentFacts(day, authors, recipient)


def name_weight(count: int, documents: int) -> int:
    """Return what a name weighs that so many of all documents have."""
    if count <= max(2, _RARE_NAME * documents):
        return 2
    return 1 if count <= max(3, _KNOWN_NAME * documents) else 0


def weigh(shared: Shared) -> int:
    """Return what the reasons for another document weigh together; 0 if they are too weak."""
    weight = sum([rule.weight(shared) for rule in REASON_RULES])
    return weight if weight >= _MIN_WEIGHT else 0


def explain(shared: Shared, source: SeedPath) -> RelatedDocument:
    """Return the other document with the reasons for it."""
    names = tuple(name for name, name_weight in shared.names.items() if name_weight)[:MAX_LISTED]
    words = _subject(shared, names)
    return RelatedDocument(
        source,
        names,
        words if len(words) >= _MIN_WORDS or not names else (),
        same_week=_is_same_week(shared),
        is_answer=_is_answer(shared),
        passage=shared.passage if _is_telling(shared.passage) else None,
    )


def _subject(shared: Shared, names: Iterable[str]) -> tuple[str, ...]:
    """Return words that are rare in the language too, without those of the names."""
    words_of_names = {word for name in names for word in name.casefold().split()}
    words = (word for word in shared.words if word not in words_of_names and _may_be_subject(word))
    return tuple(islice(words, MAX_LISTED))


@lru_cache(maxsize=65_536)  # the same words are asked for with each of many documents
def _may_be_subject(word: str) -> bool:
    """Whether a word is rare in the language, and neither a given name nor a title."""
    return (
        not word.isdigit()
        and _is_rare(word)
        and sex_of(word.capitalize()) is None
        and not find_honorific(word).says_something
    )


@lru_cache(maxsize=64)  # asked twice for each pair of documents
def _is_telling(passage: str | None) -> bool:
    """Whether a passage has words that are rare in the language, besides names.

    Formulas of letters and lists of those present have few.
    """
    words = {word for word in re.findall(r"[^\W\d_]+", passage or "") if word.islower()}
    return sum(_is_rare(word) for word in words) >= _MIN_RARE_WORDS


def _is_rare(word: str) -> bool:
    """Whether the language seldom uses a word, in lower case, that is no formula of letters."""
    return load_gazetteer().frequency(word) < _MAX_FREQUENCY and word not in _FORMULAS


def _passage_weight(shared: Shared) -> int:
    return 3 if _is_telling(shared.passage) else 0


def _names_weight(shared: Shared) -> int:
    """Weigh the names that both mention."""
    return min(sum(shared.names.values()), _MAX_NAMES_WEIGHT)


def _subject_weight(shared: Shared) -> int:
    has_words = len(shared.words) >= _MIN_WORDS
    return 2 if has_words and len(_subject(shared, shared.names)) >= _MIN_WORDS else 0


def _days_between(shared: Shared) -> int | None:
    day, other_day = shared.own.day, shared.other.day
    return abs((day - other_day).days) if day and other_day else None


def _is_same_week(shared: Shared) -> bool:
    days = _days_between(shared)
    return days is not None and days < _WEEK


def _is_answer(shared: Shared) -> bool:
    """Whether each names the author of the other or is written to them, within half a year."""
    days = _days_between(shared)
    if days is None or days > _MAX_DAYS_TO_ANSWER or shared.own.authors == shared.other.authors:
        return False
    own_names, other_names = map(_folded, (shared.own_names, shared.other_names))
    return _reaches(shared.own, own_names, shared.other.authors) and _reaches(
        shared.other, other_names, shared.own.authors
    )


def _reaches(facts: DocumentFacts, names: Set[str], authors: Sequence[str]) -> bool:
    """Whether a document names one of the authors in full, or is written to one of them."""
    return any(
        author in names or (facts.recipient is not None and _may_be(facts.recipient, author))
        for author in authors
    )


def _may_be(recipient: str, author: str) -> bool:
    """Whether somebody may be called so: Miss Hume is Ada Hume, and not John Hume."""
    title, _, rest = recipient.partition(" ")
    honorific = find_honorific(title)
    called = fold_name(rest if rest and honorific.says_something else recipient).split()
    words = author.split()
    bearer = Bearer.of(words[0].capitalize(), ())
    return bool(called) and set(called) <= set(words) and bearer.may_have(honorific)


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold_name, names))


REASON_RULES = (
    ReasonRule("a letter and its answer", lambda shared: 4 if _is_answer(shared) else 0),
    ReasonRule("a passage in the same words", _passage_weight),
    ReasonRule("names that both mention", _names_weight),
    ReasonRule("the same week", lambda shared: 1 if _is_same_week(shared) else 0),
    ReasonRule("a subject: words that few documents have", _subject_weight),
)
