"""Names found and told apart: our own texts with gold marks, and WikiGold's where it is present.

A mention is right when the same words with the same kind stand in the gold of the same document,
as often as they stand there; a leading "the" or title and a trailing 's are ignored.
A mark of our own may say whose a surname is, `[[person:Kamau>Peter Kamau]]`, or that nobody can
tell, `[[person:Kamau>?]]`; it must where two full names of the text could be meant.
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
"""How often each (kind, name) stands in a document."""


@dataclass(frozen=True)
class Short:
    """A part of a person's name where it stands alone, and the full name in the same text."""

    block: int
    start: int
    text: str
    full: str
    """Nothing where two share the part, and nobody can tell."""


@dataclass(frozen=True)
class Marked:
    """A document and the names that a reader marked in it."""

    document: Document
    gold: Names
    short: tuple[Short, ...] = ()


def measure() -> Iterator[Figure]:
    """Score our own texts, those that rules may be made from and the others, and WikiGold's."""
    for part in ("seen", "blind"):
        yield from figures(f"names, {part}", own(part))
        yield from surnames(f"surnames, {part}", own(part))
    yield from figures("names, encyclopaedia", wikigold())


def own(part: str) -> list[Marked]:
    """Read the texts of our own: `=== language name`, then paragraphs with marks in them."""
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
        marked.append(Marked(document, Counter((n["kind"], bare(n["text"])) for n in row["names"])))
    return marked


def figures(name: str, texts: Sequence[Marked]) -> Iterator[Figure]:
    """Give F1 of all names and of organizations, and the precision of the strong ones."""
    found = mentions(texts)
    for kind in ("all", "organization"):
        right, told, there = score(texts, found, _KINDS if kind == "all" else (kind,))
        yield Figure(
            f"{name}: F1{'' if kind == 'all' else ' of organizations'}",
            200 * right / max(told + there, 1),
            f"P {100 * right / max(told, 1):.1f} R {100 * right / max(there, 1):.1f}",
        )
    strong = [[mention for mention in each if mention.strong] for each in found]
    right, told, _ = score(texts, strong)
    yield share(f"{name}: strong are right", right, told)
    for what, size in (("linked", len(texts)), ("linked in a small corpus", 1)):
        right, told, _ = score(texts, linked(texts, found, size))
        yield share(f"{name}: {what} are right", right, told)


def surnames(name: str, texts: Sequence[Marked]) -> Iterator[Figure]:
    """Give how many parts of people's names are tied to the full one, and how many ties are right.

    Where nobody can tell whose a surname is, it is right to leave it alone.
    """
    right = tied = good = 0
    for text, found in zip(texts, mentions(texts), strict=True):
        at = {(mention.block, mention.start): mention for mention in found}
        for short in text.short:
            mention = at.get((short.block, short.start))
            full = mention.name if mention and mention.name != mention.text else ""
            right += bare(full) == bare(short.full)
            tied += bool(full)
            good += bool(full) and bare(full) == bare(short.full)
    yield share(f"{name}: with the full name", right, sum(len(text.short) for text in texts))
    yield share(f"{name}: ties are right", good, tied)


def linked(
    texts: Sequence[Marked], found: Iterable[Sequence[Mention]], size: int
) -> list[list[Mention]]:
    """Leave the mentions of whoever has a page, if the texts were a corpus of so many documents."""
    each = list(zip((text.document.source for text in texts), found, strict=True))
    namings = [(source, count_usages(names)) for source, names in each]
    who = resolve_entities(namings, size, entity_addresses, NameCorrections())
    return [
        [mention for mention in names if (entity := who.entity_of(mention)) and entity.address]
        for _, names in each
    ]


def mentions(texts: Sequence[Marked]) -> list[tuple[Mention, ...]]:
    """Find the names of all texts, as one corpus."""
    tables = corpus_hints_for_all([count_case(text.document) for text in texts])
    return [find_names(text.document, table) for text, table in zip(texts, tables, strict=True)]


def score(
    texts: Sequence[Marked],
    found: Iterable[Sequence[Mention]],
    kinds: Sequence[str] = _KINDS,
) -> tuple[int, int, int]:
    """Count the mentions that are right, that were found, and that are there."""
    right = told = there = 0
    for text, each in zip(texts, found, strict=True):
        names: Names = Counter((m.kind, bare(m.text)) for m in each if m.kind in kinds)
        gold: Names = Counter({key: n for key, n in text.gold.items() if key[0] in kinds})
        right += (names & gold).total()
        told += names.total()
        there += gold.total()
    return right, told, there


def bare(name: str) -> str:
    """A name without what annotators differ on: a leading "the" or title, a trailing 's."""
    text = re.sub(r"(?:['’]s|['’])$", "", " ".join(name.split())).casefold()
    while (match := _TITLE.match(text)) and match.end() < len(text):
        text = text[match.end() :]
    return text


def _marked(head: str, text: str) -> Marked:
    language, name = head.split(" ", 1)
    parts = text.strip().split("\n\n")
    gold: Names = Counter((m[1], bare(m[2])) for m in _MARK.finditer(text))
    blocks = tuple(Block("paragraph", _MARK.sub(r"\2", part)) for part in parts)
    metadata = Metadata(Extracted(name, "given"), language=Extracted(language, "given"))
    document = Document(SeedPath(f"{language} {name}"), "", "utf-8", "", blocks, (), metadata)
    return Marked(document, gold, tuple(_short(parts)))


def _short(parts: Sequence[str]) -> Iterator[Short]:
    people = {m[2] for part in parts for m in _MARK.finditer(part) if m[1] == "person"}
    for block, part in enumerate(parts):
        taken = 0
        for mark in _MARK.finditer(part):
            start = mark.start() - taken
            taken += len(mark[0]) - len(mark[2])
            if mark[1] == "person" and (full := _owner(mark, people)) is not None:
                yield Short(block, start, mark[2], full)


def _owner(mark: re.Match[str], people: Iterable[str]) -> str | None:
    """Whose the name is, by its mark or because one longer name alone has it; None for nobody."""
    if mark[3]:
        return "" if mark[3] == "?" else mark[3]
    inside = f" {mark[2].casefold()} "
    longer = [one for one in people if inside in f" {one.casefold()} " and one != mark[2]]
    longest = [one for one in longer if not any(one in other for other in longer if other != one)]
    assert len(longest) < 2, f"{mark[0]}: say which of {sorted(longest)} is meant"
    return longest[0] if longest else None
