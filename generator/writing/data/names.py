"""Tables of names: every entity, and every mention with its position in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.model import Corpus, Entity, EntityMentions, NameFacts, OutputFile, PagePath
from generator.text.formulas import Cell
from generator.text.paragraph_ids import paragraph_ids
from generator.writing.data.csv_safe import csv_file, csv_rows
from generator.writing.mentions import choose_links
from generator.writing.views import DocumentView

ENTITIES_CSV = PagePath("data/entities.csv")
MENTIONS_CSV = PagePath("data/mentions.csv")

ENTITY_COLUMNS = (
    "id",
    "kind",
    "name",
    "other_names",
    "documents",
    "mentions",
    "first",
    "last",
    "address",
    "same_as",
    "born",
    "died",
    "latitude",
    "longitude",
    "note",
)
"""`first` and `last` are dates of documents that mention the entity; `address` is empty without a
page; several values in one cell are separated by semicolons. The last five are from names.csv."""

MENTION_COLUMNS = ("document", "paragraph", "start", "end", "text", "kind", "entity", "linked")
"""The seed's path below the seeds folder; the paragraph's id; the span in that paragraph's text, in
characters; the words; the kind; the entity's id, empty if it is ambiguous; 1 if the page links this
mention."""


MENTIONS_HEADER = csv_file(MENTION_COLUMNS, ())
"""The first line of mentions.csv."""


def entity_table(corpus: Corpus, index: str = "") -> OutputFile:
    """Write the table of entities by id; `index` is what addresses have after the folder."""
    return OutputFile(ENTITIES_CSV, csv_file(ENTITY_COLUMNS, _entities(corpus, index)))


def mention_rows(view: DocumentView) -> bytes:
    """Return the rows of one document in mentions.csv, in the order of its text."""
    return csv_rows(_mentions(view))


def _entities(corpus: Corpus, index: str) -> Iterator[list[Cell]]:
    dates: dict[str, list[str]] = defaultdict(list)
    for document in corpus.documents:
        date = document.metadata.date
        mentions = corpus.mentions.get(document.source, EntityMentions())
        for entity_id in mentions.entities if date else ():
            # Documents are in chronological order: the first and the last date are enough.
            dates[entity_id][1:] = [date.value] if date else []
    for entity in corpus.entities.entities.values():
        first_and_last = dates.get(entity.id, [""])
        address = f"{entity.address}{index}" if entity.address else ""
        yield [
            *_entity(entity),
            first_and_last[0],
            first_and_last[-1],
            address,
            "; ".join(entity.same_as),
            *_facts(entity.facts),
        ]


def _facts(facts: NameFacts) -> list[Cell]:
    return [facts.born, facts.died, facts.latitude, facts.longitude, facts.note]


def _entity(entity: Entity) -> list[Cell]:
    others = "; ".join(alias.text for alias in entity.other_names)
    return [entity.id, entity.kind, entity.name, others, entity.documents, entity.mentions]


def _mentions(view: DocumentView) -> Iterator[list[Cell]]:
    document = view.document
    ids = paragraph_ids(block.text for block in document.blocks)
    links = {
        (block, link.mention.start)
        for block, chosen in choose_links(view).items()
        for link in chosen
    }
    for mention in view.mentions:
        entity = view.entity_of(mention)
        if entity is None and not mention.has_kind:
            continue
        yield [
            document.source,
            ids[mention.block],
            mention.start,
            mention.end,
            mention.text,
            entity.kind if entity else mention.kind,
            entity.id if entity else "",
            int((mention.block, mention.start) in links),
        ]
