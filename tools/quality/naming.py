"""Detected and classified names: our own annotated texts, and WikiGold if it is present.

A mention is right if the annotations of the document have the same words with the same kind, as
often; a leading "the" or title and a trailing 's are ignored. An annotation can have the full name
of a surname, `[[person:Kamau>Peter Kamau]]`, or mark it as ambiguous, `[[person:Kamau>?]]`. It must
if two full names of the text could be meant.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.corrections import NameCorrections
from generator.linking.entities.resolve import count_usages, resolve_entities
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

Names = Counter[tuple[str, str]]
"""The number of occurrences of each (kind, name) in a document."""


@dataclass(frozen=True)
class Short:
    """A part of a person's name that occurs alone, and the full name in the same text."""

    block: int
    start: int
    text: str
    full: str
    """Empty if two people share the part and the text is ambiguous."""


@dataclass(frozen=True)
class Marked:
    """A document and the names that a person annotated in it."""

    document: Document
    gold: Names
    short: tuple[Short, ...] = ()


def measure() -> Iterator[Figure]:
    """Score our own texts, those that rules may be written for and the others, and WikiGold."""
    for part in ("seen", "blind"):
        yield from figures(f"names, {part}", own(part))
        yield from surnames(f"surnames, {part}", own(part))
    yield from figures("names, encyclopaedia", wikigold())


def own(part: str) -> list[Marked]:
    """Read our own texts: `=== language name`, then paragraphs with annotations."""
    text = Path(__file__).with_name("names").joinpath(f"{part}.txt").read_text("utf-8")
    return [_marked(*entry.split("\n", 1)) for entry in text.split("=== ")[1:]]


def wikigold() -> list[Marked]:
    """Read the development part of WikiGold (Balasuriya and others 2009, CC BY 4.0)."""
    folder = shared("gold", "wikigold-dev")
    marked = []
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        data = (folder / "seeds" / row["document"]).read_bytes()
        document, _ = read_document(Seed(SeedPath(row["document"]), data))
        assert document is not None, row["document"]
        marked.append(
            Marked(document, Counter((name["kind"], bare(name["text"])) for name in row["names"]))
        )
    return marked


def figures(name: str, texts: Sequence[Marked]) -> Iterator[Figure]:
    """Yield F1 of all names and of organizations, and the precision of the strong ones."""
    found = mentions(texts)
    for kind in ("all", "organization"):
        right, detected, annotated = score(texts, found, _KINDS if kind == "all" else (kind,))
        yield Figure(
            f"{name}: F1{'' if kind == 'all' else ' of organizations'}",
            200 * right / max(detected + annotated, 1),
            f"P {100 * right / max(detected, 1):.1f} R {100 * right / max(annotated, 1):.1f}",
        )
    strong = [[mention for mention in each if mention.strong] for each in found]
    right, detected, _ = score(texts, strong)
    yield share(f"{name}: strong are right", right, detected)
    for what, size in (("linked", len(texts)), ("linked in a small corpus", 1)):
        right, detected, _ = score(texts, linked(texts, found, size))
        yield share(f"{name}: {what} are right", right, detected)


def surnames(name: str, texts: Sequence[Marked]) -> Iterator[Figure]:
    """Yield the recall and precision of full names for parts of people's names.

    For an ambiguous surname it is right to have no full name.
    """
    right = named = correct = 0
    for text, found in zip(texts, mentions(texts), strict=True):
        by_position = {(mention.block, mention.start): mention for mention in found}
        for short in text.short:
            mention = by_position.get((short.block, short.start))
            full = mention.name if mention and mention.name != mention.text else ""
            right += bare(full) == bare(short.full)
            named += bool(full)
            correct += bool(full) and bare(full) == bare(short.full)
    yield share(f"{name}: with the full name", right, sum(len(text.short) for text in texts))
    yield share(f"{name}: ties are right", correct, named)


def linked(
    texts: Sequence[Marked], found: Iterable[Sequence[Mention]], size: int
) -> list[list[Mention]]:
    """Return the mentions of entities that have a page in a corpus of `size` documents."""
    each = list(zip((text.document.source for text in texts), found, strict=True))
    usages = [(source, count_usages(names)) for source, names in each]
    registry = resolve_entities(usages, size, entity_addresses, NameCorrections())
    return [
        [mention for mention in names if (entity := registry.entity_of(mention)) and entity.address]
        for _, names in each
    ]


def mentions(texts: Sequence[Marked]) -> list[tuple[Mention, ...]]:
    """Return the names of all texts, as one corpus."""
    tables = corpus_hints_for_all([count_case(text.document) for text in texts])
    return [find_names(text.document, table) for text, table in zip(texts, tables, strict=True)]


def score(
    texts: Sequence[Marked],
    found: Iterable[Sequence[Mention]],
    kinds: Sequence[str] = _KINDS,
) -> tuple[int, int, int]:
    """Return the numbers of right, detected and annotated mentions."""
    right = detected = annotated = 0
    for text, each in zip(texts, found, strict=True):
        names: Names = Counter(
            (mention.kind, bare(mention.text)) for mention in each if mention.kind in kinds
        )
        gold: Names = Counter({key: number for key, number in text.gold.items() if key[0] in kinds})
        right += (names & gold).total()
        detected += names.total()
        annotated += gold.total()
    return right, detected, annotated


def bare(name: str) -> str:
    """Return a name without a leading "the" or title and a trailing 's, as annotators differ."""
    text = re.sub(r"(?:['’]s|['’])$", "", " ".join(name.split())).casefold()
    while (match := _TITLE.match(text)) and match.end() < len(text):
        text = text[match.end() :]
    return text


def _marked(head: str, text: str) -> Marked:
    language, name = head.split(" ", 1)
    parts = text.strip().split("\n\n")
    gold: Names = Counter((mark[1], bare(mark[2])) for mark in _MARK.finditer(text))
    blocks = tuple(Block("paragraph", _MARK.sub(r"\2", part)) for part in parts)
    metadata = Metadata(Extracted(name, "given"), language=Extracted(language, "given"))
    document = Document(SeedPath(f"{language} {name}"), "", "utf-8", "", blocks, (), metadata)
    return Marked(document, gold, tuple(_short(parts)))


def _short(parts: Sequence[str]) -> Iterator[Short]:
    marks = (mark for part in parts for mark in _MARK.finditer(part))
    people = {mark[2] for mark in marks if mark[1] == "person"}
    for block, part in enumerate(parts):
        taken = 0
        for mark in _MARK.finditer(part):
            start = mark.start() - taken
            taken += len(mark[0]) - len(mark[2])
            if mark[1] == "person" and (full := _owner(mark, people)) is not None:
                yield Short(block, start, mark[2], full)


def _owner(mark: re.Match[str], people: Iterable[str]) -> str | None:
    """Return the full name, from the annotation or if only one longer name contains it, or None."""
    if mark[3]:
        return "" if mark[3] == "?" else mark[3]
    inside = f" {mark[2].casefold()} "
    longer = [name for name in people if inside in f" {name.casefold()} " and name != mark[2]]
    longest = [
        name for name in longer if not any(name in other for other in longer if other != name)
    ]
    assert len(longest) < 2, f"{mark[0]}: say which of {sorted(longest)} is meant"
    return longest[0] if longest else None
