"""Quality of names: our own marked texts, and those of WikiGold if they are present.

A mention is right if the document's gold marks have the same words with the same kind, counted as
often as they occur; a leading "the" or title and a trailing 's are ignored. A mark of our own may
give the full name of a surname, `[[person:Kamau>Peter Kamau]]`, or say that it is ambiguous,
`[[person:Kamau>?]]`. It must do so if two full names of the text are possible.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.linking.entities.resolve import CorrectedUsages, count_usages, resolve_entities
from generator.linking.names import corpus_hints_for_all, count_case, find_names
from generator.model import Block, Document, Extracted, Mention, Metadata, Seed, SeedPath
from generator.reading.read import read_document
from generator.writing.addresses.urls import entity_addresses
from tools.quality.figures import Figure, share, shared

_MARK = re.compile(r"\[\[(person|organization|place):([^\]>]+)(?:>([^\]]+))?\]\]")
_TITLE = re.compile(
    r"(?:the|mr\.?|mrs\.?|ms\.?|dr\.?|sir|president|prime minister|minister|gen\.?|general)\s+"
)
_KINDS = ("person", "organization", "place")

NameCounts = Counter[tuple[str, str]]
"""How often each (kind, name) occurs in a document."""


@dataclass(frozen=True)
class ShortName:
    """A part of a person's name that stands alone, and the full name in the same text."""

    block: int
    start: int
    text: str
    full_name: str
    """Empty if the part is ambiguous."""


@dataclass(frozen=True)
class MarkedText:
    """A document and the names that a reader marked in it."""

    document: Document
    gold: NameCounts
    short_names: tuple[ShortName, ...] = ()


class Score(NamedTuple):
    """Numbers of mentions."""

    right: int
    found: int
    expected: int


def measure() -> Iterator[Figure]:
    """Yield the figures for our own texts, seen and blind, and for WikiGold's.

    Rules may be made from the seen texts only.
    """
    for part in ("seen", "blind"):
        texts = own_texts(part)
        yield from measure_names(f"names, {part}", texts)
        yield from measure_short_names(f"surnames, {part}", texts)
    yield from measure_names("names, encyclopaedia", wikigold())


def own_texts(part: str) -> list[MarkedText]:
    """Return our own texts: `=== language name`, then paragraphs with marks in them."""
    text = Path(__file__).with_name("names").joinpath(f"{part}.txt").read_text("utf-8")
    return [_marked_text(*entry.split("\n", 1)) for entry in text.split("=== ")[1:]]


def wikigold() -> list[MarkedText]:
    """Return the development part of WikiGold (Balasuriya and others 2009, CC BY 4.0)."""
    folder = shared("gold", "wikigold-dev")
    texts = []
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        data = (folder / "seeds" / row["document"]).read_bytes()
        document = read_document(Seed(SeedPath(row["document"]), data)).value
        assert document is not None, row["document"]
        gold = Counter((name["kind"], normalize(name["text"])) for name in row["names"])
        texts.append(MarkedText(document, gold))
    return texts


def measure_names(title: str, texts: Sequence[MarkedText]) -> Iterator[Figure]:
    """Yield F1 of all names and of organizations, and the precision of strong and linked ones."""
    mentions = find_mentions(texts)
    for kind in ("all", "organization"):
        right, found, expected = score(texts, mentions, _KINDS if kind == "all" else (kind,))
        yield Figure(
            f"{title}: F1{'' if kind == 'all' else ' of organizations'}",
            200 * right / max(found + expected, 1),
            f"P {100 * right / max(found, 1):.1f} R {100 * right / max(expected, 1):.1f}",
        )
    strong = [[mention for mention in names if mention.strong] for names in mentions]
    right, found, _ = score(texts, strong)
    yield share(f"{title}: strong are right", right, found)
    for label, corpus_size in (("linked", len(texts)), ("linked in a small corpus", 1)):
        right, found, _ = score(texts, linked(texts, mentions, corpus_size))
        yield share(f"{title}: {label} are right", right, found)


def measure_short_names(title: str, texts: Sequence[MarkedText]) -> Iterator[Figure]:
    """Yield the share of short names with the right full name, and of full names that are right.

    For an ambiguous part, having no full name is right.
    """
    right = linked_count = right_links = 0
    for text, mentions in zip(texts, find_mentions(texts), strict=True):
        by_position = {(mention.block, mention.start): mention for mention in mentions}
        for short_name in text.short_names:
            mention = by_position.get((short_name.block, short_name.start))
            full_name = (mention.name or "") if mention and mention.name != mention.text else ""
            is_right = normalize(full_name) == normalize(short_name.full_name)
            right += is_right
            linked_count += bool(full_name)
            right_links += bool(full_name) and is_right
    yield share(f"{title}: with the full name", right, sum(len(t.short_names) for t in texts))
    yield share(f"{title}: ties are right", right_links, linked_count)


def linked(
    texts: Sequence[MarkedText], mentions: Iterable[Sequence[Mention]], corpus_size: int
) -> list[list[Mention]]:
    """Return the mentions of entities that have a page in a corpus of so many documents."""
    by_source = list(zip((text.document.source for text in texts), mentions, strict=True))
    usages = [(source, count_usages(names)) for source, names in by_source]
    entities = resolve_entities(CorrectedUsages(usages), corpus_size, entity_addresses)
    return [
        [mention for mention in names if (entity := entities.entity_of(mention)) and entity.address]
        for _, names in by_source
    ]


def find_mentions(texts: Sequence[MarkedText]) -> list[tuple[Mention, ...]]:
    """Find the names of all texts, as one corpus."""
    hints = corpus_hints_for_all([count_case(text.document) for text in texts])
    return [find_names(text.document, own) for text, own in zip(texts, hints, strict=True)]


def score(
    texts: Sequence[MarkedText],
    mentions: Iterable[Sequence[Mention]],
    kinds: Sequence[str] = _KINDS,
) -> Score:
    """Count the mentions of these kinds that are right, that were found and that are expected."""
    right = found = expected = 0
    for text, own in zip(texts, mentions, strict=True):
        names: NameCounts = Counter((m.kind, normalize(m.text)) for m in own if m.kind in kinds)
        gold: NameCounts = Counter({key: n for key, n in text.gold.items() if key[0] in kinds})
        right += (names & gold).total()
        found += names.total()
        expected += gold.total()
    return Score(right, found, expected)


def normalize(name: str) -> str:
    """Return a name without what annotators differ on: a leading "the" or title, a trailing 's."""
    text = re.sub(r"(?:['’]s|['’])$", "", " ".join(name.split())).casefold()
    while (match := _TITLE.match(text)) and match.end() < len(text):
        text = text[match.end() :]
    return text


def _marked_text(head: str, text: str) -> MarkedText:
    language, name = head.split(" ", 1)
    paragraphs = text.strip().split("\n\n")
    gold: NameCounts = Counter((m[1], normalize(m[2])) for m in _MARK.finditer(text))
    blocks = tuple(Block("paragraph", _MARK.sub(r"\2", paragraph)) for paragraph in paragraphs)
    metadata = Metadata(Extracted(name, "given"), language=Extracted(language, "given"))
    document = Document(SeedPath(f"{language} {name}"), "", "utf-8", "", blocks, (), metadata)
    return MarkedText(document, gold, tuple(_short_names(paragraphs)))


def _short_names(paragraphs: Sequence[str]) -> Iterator[ShortName]:
    """Yield the parts of people's names, with their positions in the text without marks."""
    people = {m[2] for text in paragraphs for m in _MARK.finditer(text) if m[1] == "person"}
    for block, text in enumerate(paragraphs):
        removed = 0
        for mark in _MARK.finditer(text):
            start = mark.start() - removed
            removed += len(mark[0]) - len(mark[2])
            if mark[1] == "person" and (full_name := _full_name(mark, people)) is not None:
                yield ShortName(block, start, mark[2], full_name)


def _full_name(mark: re.Match[str], people: Iterable[str]) -> str | None:
    """Return the full name in the mark, or the only longer name with these words.

    Empty if the mark says that the name is ambiguous; None if it is no part of a longer name.
    """
    if mark[3]:
        return "" if mark[3] == "?" else mark[3]
    words = f" {mark[2].casefold()} "
    longer = [name for name in people if words in f" {name.casefold()} " and name != mark[2]]
    longest = [
        name for name in longer if not any(name in other for other in longer if other != name)
    ]
    assert len(longest) < 2, f"{mark[0]}: mark which of {sorted(longest)} is meant"
    return longest[0] if longest else None
