"""The kind of a document: letter, diary, play, poem and others, by what its blocks are.

A rule asks for evidence that only one kind has; a document for which no rule speaks has no kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import msgspec
from msgspec import structs

from generator.model import Block, Extracted, Metadata
from generator.reading.head.lines_with_dates import is_whole_date
from generator.reading.head.title_rules import is_legal_caption

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
_DIARY = re.compile(
    r"(?:the )?(?:private )?diary of\b|tagebuch (?:von|des|der)\b"
    r"|journal intime\b|di[aá]rio íntimo\b",
    re.IGNORECASE,
)
_HEARING = re.compile(
    r"\b(?:oral argument|hearing|testimony|committee|court|inquest|verhör|anhörung|audiencia"
    r"|audience|audiência)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"(?:\d+\. )?(?:\w+ ){0,3}reports? (?:of|on|to|from|by|upon)\b|\w*bericht\b|rapport\b|informe\b"
    r"|relat[óo]rio\b",
    re.IGNORECASE,
)
_ORDINAL = (
    r"(?:\d+\.?|[ivxlc]+\.?|\w+te[rs]?|\w+th|first|second|third|last|premi[eè]re?|deuxi[eè]me|seconde?"
    r"|troisi[eè]me|derni[eè]re?|primer[ao]?|segund[ao]|tercer[ao]?|[uú]ltim[ao])"
)
_SCENE = re.compile(
    rf"(?:{_ORDINAL} )?(?:act|akt|aufzug|auftritt|s[cz]ene|zwischenakt|acte|scène|acto|escena"
    rf"|jornada|ato|cena)(?:[.,]? {_ORDINAL})?[.:]?",
    re.IGNORECASE,
)
"""The heading of a part of a play: "ACT IV", "Fünfter Auftritt", "ESCENA II"."""

_DIRECTION = re.compile(r"[(\[][^()\[\]]{2,200}\.[)\]]")
"""A direction inside a speech: "(Goes to the window.)"."""

_DAY = len("2021-06-28")

_HEAD = 3
"""Blocks that may say below the name of a body that its minutes follow."""

_MIN_SPEECHES = 4
"""Speeches; fewer are quoted in an article too."""

_MIN_QUESTIONS = 2
"""Questions of the person who asks in an interview."""

_MIN_ENTRIES = 3
"""Dated entries of a diary."""

_MAX_ITEM = 25
"""Words of the items of a list, in the mean; longer ones are numbered paragraphs."""

_MIN_SHARE = 0.6
"""The share of words that verse, rows or items have in a poem, table or list."""


@dataclass(frozen=True)
class Evidence:
    """What the rules look at."""

    metadata: Metadata
    blocks: Sequence[Block]
    counts: Counter[str]
    """The number of blocks of each kind."""

    @cached_property
    def words(self) -> Counter[str]:
        """The number of words in blocks of each kind."""
        words: Counter[str] = Counter()
        for block in self.blocks:
            words[block.kind] += len(block.text.split())
        return words

    @property
    def title(self) -> str:
        """The title of the text itself."""
        return self.metadata.title.value if self.metadata.has_title else ""

    def has_share(self, kind: str) -> bool:
        """Whether most words are in blocks of a kind."""
        count = self.counts[kind]
        if count in {0, len(self.blocks)}:  # nothing to count
            return any(block.text.strip() for block in self.blocks[:count])
        return self.words[kind] >= _MIN_SHARE * max(self.words.total(), 1)


class GenreRule(msgspec.Struct, frozen=True):
    """A rule with the genre that it finds."""

    genre: str
    name: str
    holds: Callable[[Evidence], bool]


def _is_letter(evidence: Evidence) -> bool:
    counts = evidence.counts
    return bool(counts["salutation"] and (counts["valediction"] or counts["signature"]))


def _is_play(evidence: Evidence) -> bool:
    return _speaks(evidence) and evidence.counts["stage"] >= 2


def _is_scene(evidence: Evidence) -> bool:
    """Whether an act or a scene is named above the text."""
    heads = (block.text for block in evidence.blocks[:_HEAD] if block.kind == "heading")
    return any(_SCENE.fullmatch(words) for words in (evidence.title, *heads))


def _has_directions(evidence: Evidence) -> bool:
    speeches = (block.text for block in evidence.blocks if block.kind == "speech")
    return _speaks(evidence) and sum(map(bool, map(_DIRECTION.search, speeches))) >= 2


def _is_interview(evidence: Evidence) -> bool:
    """Whether one speaker asks and others answer, not before a court or a committee."""
    is_hearing = is_legal_caption(evidence.title) or _HEARING.search(evidence.title)
    return _speaks(evidence) and not is_hearing and _somebody_asks(evidence.blocks)


def _somebody_asks(blocks: Sequence[Block]) -> bool:
    speeches: Counter[str] = Counter()
    questions: Counter[str] = Counter()
    for block in blocks:
        label = next((mark for mark in block.marks if mark.kind == "speaker"), None)
        if label is not None:
            speaker = block.text[label.start : label.end].rstrip(" .:—–-")
            speeches[speaker] += 1
            questions[speaker] += block.text.rstrip('"”’» ').endswith("?")
    return any(
        count >= _MIN_QUESTIONS and count >= _MIN_SHARE * speeches[speaker]
        for speaker, count in questions.items()
    )


def _is_named_interview(evidence: Evidence) -> bool:
    return _INTERVIEW.match(evidence.title) is not None


def _speaks(evidence: Evidence) -> bool:
    if evidence.counts["speech"] < _MIN_SPEECHES:
        return False
    return evidence.words["speech"] >= 0.5 * max(evidence.words.total(), 1)


def _is_diary(evidence: Evidence) -> bool:
    dates = (block for block in evidence.blocks if block.kind in {"dateline", "heading"})
    return sum(is_whole_date(block.text) for block in dates) >= _MIN_ENTRIES


def _has_entries(evidence: Evidence) -> bool:
    """Whether the date is that of entries, of which the first says the year."""
    date = evidence.metadata.date
    return date is not None and date.rule.endswith("(entries)")


def _is_named_diary(evidence: Evidence) -> bool:
    return _DIARY.match(evidence.title) is not None


def _is_minutes(evidence: Evidence) -> bool:
    heads = (block.text for block in evidence.blocks[:_HEAD])
    return _MINUTES.search(evidence.title) is not None or any(map(_MINUTES.match, heads))


def _is_poem(evidence: Evidence) -> bool:
    return evidence.has_share("stanza")


def _is_table(evidence: Evidence) -> bool:
    return evidence.has_share("table")


def _is_list(evidence: Evidence) -> bool:
    count = evidence.counts["item"]
    is_list = count >= _MIN_SPEECHES and evidence.has_share("item")
    return is_list and evidence.words["item"] <= _MAX_ITEM * count


def _is_article(evidence: Evidence) -> bool:
    """Whether a byline and a day, or the name of a newspaper, stand above prose."""
    metadata = evidence.metadata
    is_signed = (
        bool(metadata.authors) and metadata.date is not None and len(metadata.date.value) == _DAY
    )
    return (is_signed or metadata.publication is not None) and evidence.has_share("paragraph")


def _is_report(evidence: Evidence) -> bool:
    return _REPORT.match(evidence.title) is not None


RULES = (
    GenreRule("minutes", "minutes named in the title or first lines", _is_minutes),
    GenreRule("diary", "three dated entries", _is_diary),
    GenreRule("diary", "days of entries", _has_entries),
    GenreRule("diary", "diary named in the title", _is_named_diary),
    GenreRule("letter", "salutation and signature", _is_letter),
    GenreRule("play", "speeches with stage directions", _is_play),
    GenreRule("play", "act or scene above the text", _is_scene),
    GenreRule("interview", "questions of one speaker", _is_interview),
    GenreRule("interview", "interview named in the title", _is_named_interview),
    GenreRule("play", "directions inside speeches", _has_directions),
    GenreRule("poem", "most words in stanzas", _is_poem),
    GenreRule("table", "most words in a table", _is_table),
    GenreRule("list", "most words in items", _is_list),
    GenreRule("article", "newspaper, or byline and day above prose", _is_article),
    GenreRule("report", "report named in the title", _is_report),
)
"""In the order in which they are asked: the first that holds decides."""


def find_genre(metadata: Metadata, blocks: Sequence[Block]) -> Extracted[str] | None:
    """Return the kind of a document with the rule that found it; None if no rule holds."""
    evidence = Evidence(metadata, blocks, Counter(block.kind for block in blocks))
    rule = next((rule for rule in RULES if rule.holds(evidence)), None)
    return Extracted(rule.genre, rule.name) if rule else None


def with_genre(metadata: Metadata, blocks: Sequence[Block]) -> Metadata:
    """Return metadata with the kind of the document, unless its head says it already."""
    if metadata.genre:
        return metadata
    return structs.replace(metadata, genre=find_genre(metadata, blocks))
