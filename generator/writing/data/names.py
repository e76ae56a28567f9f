"""The names as data: every entity, and every mention of one with its place in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.model import Corpus, Entity, EntityMentions, OutputFile, PagePath
from generator.writing.addresses import urls
from generator.writing.data.csv_safe import Cell, csv_rows, csv_table
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
)
"""`first` and `last` are dates of documents that mention it; `address` is empty without a page;
several values stand in one cell with a semicolon between."""

MENTION_COLUMNS = ("document", "paragraph", "start", "end", "text", "kind", "entity", "linked")
"""The seed's path below the seeds folder; the paragraph's id; the span in that paragraph's text, in
characters; the words; the kind; the entity's id, empty where nobody can tell; 1 where the page
links this very mention."""


MENTIONS_HEAD = csv_rows([MENTION_COLUMNS])
"""The first line of the table of mentions."""


def entity_table(corpus: Corpus, index: str = "") -> OutputFile:
    """Write the table of entities, by id; `index` is what addresses have after their folders."""
    return OutputFile(ENTITIES_CSV, csv_table(ENTITY_COLUMNS, _entities(corpus, index)))


def mention_rows(shown: DocumentView) -> bytes:
    """Write the rows of one document for the table of mentions, in the order of its text."""
    return csv_rows(_mentions(shown))


def _entities(corpus: Corpus, index: str) -> Iterator[list[Cell]]:
    dates: dict[str, list[str]] = defaultdict(list)
    for document in corpus.documents:
        date = document.metadata.date
        mentions = corpus.mentions.get(document.source, EntityMentions())
        for entity_id in mentions.entities if date else ():
            # Documents are in the order of time: the first and the last one are enough.
            dates[entity_id][1:] = [date.value] if date else []
    for entity in corpus.entities.entities.values():
        span = dates.get(entity.id, [""])
        address = f"{entity.address}{index}" if entity.address else ""
        yield [*_entity(entity), span[0], span[-1], address, "; ".join(entity.same_as)]


def _entity(entity: Entity) -> list[Cell]:
    others = "; ".join(alias.text for alias in entity.other_names)
    return [entity.id, entity.kind, entity.name, others, entity.documents, entity.mentions]


def _mentions(shown: DocumentView) -> Iterator[list[Cell]]:
    document = shown.document
    ids = urls.paragraph_ids(block.text for block in document.blocks)
    links = {
        (index, one.mention.start) for index, found in choose_links(shown).items() for one in found
    }
    for mention in shown.mentions:
        entity = shown.corpus.entities.entity_of(mention)
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
