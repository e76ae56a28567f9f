"""The kind of a document: letter, diary, play, poem and others, by what its blocks are.

A rule asks for evidence that only one kind has; a document for which no rule speaks has no kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from generator.model import Block, Extracted, Metadata
from generator.reading.head.date_lines import is_whole_date

_MINUTES = re.compile(
    r"\bminutes (?:of|from|for)\b|^minutes\b|\bproceedings of (?:a|the) meeting\b"
    r"|\b(?:protokoll|niederschrift|procès-verbal|acta de (?:la )?(?:sesión|reunión)"
    r"|ata da (?:sessão|reunião))\b",
    re.IGNORECASE,
)
_INTERVIEW = re.compile(
    r"(?:an? )?(?:interview|conversation) (?:with|of)\b|interview mit\b"
    r"|(?:entretien|interview) (?:avec|de)\b"
    r"|entrevista (?:a|al|con|com)\b",
    re.IGNORECASE,
)
_DAY = len("2021-06-28")

_HEAD = 3
"""Blocks that may say below the name of a body that its minutes follow."""

_MIN_SPEECHES = 4
"""Speeches; fewer are quoted in an article too."""

_MIN_ENTRIES = 3
"""Dated entries of a diary."""

_MIN_SHARE = 0.6
"""The share of words that verse, rows or items have in a poem, table or list."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the rules look at."""

    metadata: Metadata
    blocks: Sequence[Block]
    counts: Counter[str]
    """The number of blocks of each kind."""
    words: Counter[str]
    """The number of words in blocks of each kind."""

    @property
    def title(self) -> str:
        """The title of the text itself."""
        return self.metadata.title.value if self.metadata.has_title else ""

    def has_share(self, kind: str) -> bool:
        """Whether most words are in blocks of a kind."""
        return self.words[kind] >= _MIN_SHARE * max(self.words.total(), 1)


@dataclass(frozen=True, slots=True)
class GenreRule:
    """A rule with the genre that it finds."""

    genre: str
    name: str
    holds: Callable[[Evidence], bool]


def _is_letter(evidence: Evidence) -> bool:
    counts = evidence.counts
    return bool(counts["salutation"] and (counts["valediction"] or counts["signature"]))


def _is_play(evidence: Evidence) -> bool:
    return _speaks(evidence) and evidence.counts["stage"] >= 2


def _is_interview(evidence: Evidence) -> bool:
    return _speaks(evidence)


def _is_named_interview(evidence: Evidence) -> bool:
    return _INTERVIEW.match(evidence.title) is not None


def _speaks(evidence: Evidence) -> bool:
    share = evidence.words["speech"] >= 0.5 * max(evidence.words.total(), 1)
    return evidence.counts["speech"] >= _MIN_SPEECHES and share


def _is_diary(evidence: Evidence) -> bool:
    dates = (block for block in evidence.blocks if block.kind in {"dateline", "heading"})
    return sum(is_whole_date(block.text) for block in dates) >= _MIN_ENTRIES


def _is_minutes(evidence: Evidence) -> bool:
    heads = (block.text for block in evidence.blocks[:_HEAD])
    return _MINUTES.search(evidence.title) is not None or any(map(_MINUTES.match, heads))


def _is_poem(evidence: Evidence) -> bool:
    return evidence.has_share("stanza")


def _is_table(evidence: Evidence) -> bool:
    return evidence.has_share("table")


def _is_list(evidence: Evidence) -> bool:
    return evidence.has_share("item") and evidence.counts["item"] >= _MIN_SPEECHES


def _is_article(evidence: Evidence) -> bool:
    """Whether a byline and a day, or the name of a newspaper, stand above prose."""
    metadata = evidence.metadata
    is_signed = (
        bool(metadata.authors) and metadata.date is not None and len(metadata.date.value) == _DAY
    )
    return evidence.has_share("paragraph") and (is_signed or metadata.publication is not None)


def _is_report(evidence: Evidence) -> bool:
    return evidence.counts["heading"] >= 3 and evidence.counts["note"] >= 1


RULES = (
    GenreRule("minutes", "minutes named in the title or first lines", _is_minutes),
    GenreRule("diary", "three dated entries", _is_diary),
    GenreRule("letter", "salutation and signature", _is_letter),
    GenreRule("play", "speeches with stage directions", _is_play),
    GenreRule("interview", "speeches", _is_interview),
    GenreRule("interview", "interview named in the title", _is_named_interview),
    GenreRule("poem", "most words in stanzas", _is_poem),
    GenreRule("table", "most words in a table", _is_table),
    GenreRule("list", "most words in items", _is_list),
    GenreRule("report", "headings and notes", _is_report),
    GenreRule("article", "newspaper, or byline and day above prose", _is_article),
)
"""In the order in which they are asked: the first that holds decides."""


def find_genre(metadata: Metadata, blocks: Sequence[Block]) -> Extracted[str] | None:
    """Return the kind of a document with the rule that found it; None if no rule holds."""
    words: Counter[str] = Counter()
    for block in blocks:
        words[block.kind] += len(block.text.split())
    evidence = Evidence(metadata, blocks, Counter(block.kind for block in blocks), words)
    rule = next((rule for rule in RULES if rule.holds(evidence)), None)
    return Extracted(rule.genre, rule.name) if rule else None


def with_genre(metadata: Metadata, blocks: Sequence[Block]) -> Metadata:
    """Return metadata with the kind of the document, unless its head says it already."""
    if metadata.genre:
        return metadata
    return replace(metadata, genre=find_genre(metadata, blocks))
