"""Quality of names in small archives: letters, minutes, diaries and interviews in six languages.

Each file of `archives/` is one archive, `=== language date name` before each of its texts. A mark
has the kind, the words and, if they are not the whole name, who or what it is:
`[[person:Pascoe>Hannah Pascoe]]`. `?` says that nobody can know it from the texts. A ship is
marked too: it must not be linked as anything else.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.corrections import AuthorityRecord, parse_authority
from generator.model import (
    Block,
    Document,
    Entity,
    EntityRegistry,
    Extracted,
    Mention,
    Metadata,
    SeedPath,
)
from generator.writing.data.csv_safe import csv_table
from tools.quality.figures import Figure, count, share
from tools.quality.resolving import resolve_names

_MARK = re.compile(r"\[\[([a-z]+):([^\]>]+)(?:>([^\]]+))?\]\]")
UNKNOWN = "?"
"""The name of somebody whom nobody can know from the texts."""


_GENRES = {
    "letter": "letter reply answer telegram carta respuesta resposta lettre réponse brief antwort "
    "lettera",
    "minutes": "minutes meeting board committee acta protokoll procès-verbal conseil",
    "diary": "diary log diario tagebuch journal",
    "interview": "interview entrevista entretien gespräch",
    "article": "newspaper notice obituary zeitung",
}
"""The words by which the title of a text tells its genre; the first genre with one counts."""


class Meant(NamedTuple):
    """Who or what a mention means, according to a reader."""

    kind: str
    name: str


class Position(NamedTuple):
    """Where a name begins in an archive."""

    source: SeedPath
    block: int
    start: int


@dataclass(frozen=True, slots=True)
class Archive:
    """The texts of one archive, and what a reader says of the names in them."""

    name: str
    documents: tuple[Document, ...]
    gold: Mapping[Position, Meant]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The links of an archive, as the program made them and as a reader would."""

    archive: Archive
    links: Mapping[Position, Entity]
    means: Mapping[str, Meant]
    """What most mentions of each entity mean, by its id."""

    def is_right(self, position: Position) -> bool:
        """Whether the link leads to the page of what the reader says."""
        meant = self.archive.gold.get(position)
        return meant is not None and meant == self.means[self.links[position].id]

    @property
    def settled(self) -> Iterator[Position]:
        """Yield the mentions of everything that has a page, linked or not."""
        known = {meant for meant in self.means.values() if meant.name != UNKNOWN}
        return (position for position, meant in self.archive.gold.items() if meant in known)


def measure() -> Iterator[Figure]:
    """Yield the share of right links, of linked mentions of settled names, and wrong ships."""
    outcomes = [link_archive(archive) for archive in archives()]
    links = [(outcome, position) for outcome in outcomes for position in outcome.links]
    right = sum(outcome.is_right(position) for outcome, position in links)
    settled = [(outcome, position) for outcome in outcomes for position in outcome.settled]
    linked = sum(
        position in outcome.links and outcome.is_right(position) for outcome, position in settled
    )
    yield share("archives: links are right", right, len(links))
    yield share("archives: mentions of settled names are linked", linked, len(settled))
    yield share("archives: names of two texts have a page", *_pages(outcomes))
    ships = sum(
        (meant := outcome.archive.gold.get(position)) is not None and meant.kind == "ship"
        for outcome, position in links
    )
    yield count("archives: ships linked as something else", ships, f"of {len(links)} links")


def measure_with_names_file() -> Iterator[Figure]:
    """Yield the same shares if names.csv has the names of all things, with only their kinds."""
    outcomes = [link_archive(archive, authority_names(archive)) for archive in archives()]
    links = [(outcome, position) for outcome in outcomes for position in outcome.links]
    right = sum(outcome.is_right(position) for outcome, position in links)
    names = [
        (outcome, position)
        for outcome in outcomes
        for position, meant in outcome.archive.gold.items()
        if meant.name != UNKNOWN
    ]
    linked = sum(
        position in outcome.links and outcome.is_right(position) for outcome, position in names
    )
    yield share("archives, with a names file: links are right", right, len(links))
    yield share("archives, with a names file: mentions are linked", linked, len(names))


def authority_names(archive: Archive) -> tuple[AuthorityRecord, ...]:
    """Return a list of the names of an archive as a person would write it at the least."""
    names = sorted({meant for meant in archive.gold.values() if meant.name != UNKNOWN})
    rows = csv_table(("name", "kind"), [(name, kind) for kind, name in names])
    return parse_authority(rows.decode()).value


def archives() -> list[Archive]:
    """Return our own archives."""
    files = sorted(Path(__file__).with_name("archives").glob("*.txt"))
    return [_parse_archive(file.stem, file.read_text("utf-8")) for file in files]


def link_archive(archive: Archive, records: tuple[AuthorityRecord, ...] = ()) -> Outcome:
    """Find and resolve the names of an archive; only entities with a page are links."""
    found, registry = resolve_names(archive.documents, records)
    links = {
        Position(document.source, mention.block, mention.start): entity
        for document, mentions in zip(archive.documents, found, strict=True)
        for mention, entity in _linked(document.source, mentions, registry)
    }
    meanings: dict[str, Counter[Meant]] = defaultdict(Counter)
    for position, entity in links.items():
        meant = archive.gold.get(position)
        if meant is not None and meant.kind == entity.kind:
            meanings[entity.id][meant] += 1
        else:
            meanings[entity.id][Meant(entity.kind, UNKNOWN)] += 0
    means = {entity: tally.most_common(1)[0][0] for entity, tally in meanings.items()}
    return Outcome(archive, links, means)


def _linked(
    source: SeedPath, mentions: Sequence[Mention], registry: EntityRegistry
) -> Iterator[tuple[Mention, Entity]]:
    for mention in mentions:
        entity = registry.entity_of(mention, source)
        if entity is not None and entity.address:
            yield mention, entity


def _pages(outcomes: Sequence[Outcome]) -> tuple[int, int]:
    """Return how many of the names in two texts or more have a page, and how many there are."""
    pages = names = 0
    for outcome in outcomes:
        sources: dict[Meant, set[SeedPath]] = defaultdict(set)
        for position, meant in outcome.archive.gold.items():
            if meant.name != UNKNOWN and meant.kind != "ship":
                sources[meant].add(position.source)
        frequent = {meant for meant, documents in sources.items() if len(documents) > 1}
        names += len(frequent)
        pages += len(frequent.intersection(outcome.means.values()))
    return pages, names


def genre_of_title(title: str) -> str:
    """Return the genre of a text by its title, as the program calls it."""
    words = set(title.casefold().split())
    genres = (genre for genre, own in _GENRES.items() if not words.isdisjoint(own.split()))
    return next(genres, "other")


def _parse_archive(name: str, text: str) -> Archive:
    documents: list[Document] = []
    gold: dict[Position, Meant] = {}
    for entry in text.split("=== ")[1:]:
        head, body = entry.split("\n", 1)
        language, date, title = head.split(" ", 2)
        source = SeedPath(f"{date} {title}.txt")
        paragraphs = body.strip().split("\n\n")
        for block, paragraph in enumerate(paragraphs):
            gold |= dict(_gold(source, block, paragraph))
        blocks = tuple(Block("paragraph", _MARK.sub(r"\2", part)) for part in paragraphs)
        metadata = Metadata(
            Extracted(title, "given"),
            date=Extracted(date, "given"),
            language=Extracted(language, "given"),
            genre=Extracted(genre_of_title(title), "given"),
        )
        documents.append(Document(source, "", "utf-8", "", blocks, (), metadata))
    return Archive(name, tuple(documents), gold)


def _gold(source: SeedPath, block: int, paragraph: str) -> Iterator[tuple[Position, Meant]]:
    removed = 0
    for mark in _MARK.finditer(paragraph):
        kind, words, name = mark[1], mark[2], mark[3] or mark[2]
        yield Position(source, block, mark.start() - removed), Meant(kind, name)
        removed += len(mark[0]) - len(words)
