"""What a document's page says of other documents: its versions, and what is near it, and why."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Corpus, Document, Kinship, Neighbour, SeedPath
from generator.writing import markup
from generator.writing.dates import in_words
from generator.writing.markup import MetaValue
from generator.writing.pages.common import known


def kin(document: Document, corpus: Corpus) -> dict[str, MetaValue]:
    """Give the front matter about other documents: titles, addresses and reasons side by side."""
    found = corpus.kinship.get(document.source, Kinship(document.source))
    related = [neighbour.source for neighbour in found.related]
    return known(
        {
            "related": [_title(source, corpus) for source in related],
            "related_pages": [corpus.addresses[source] for source in related],
            "related_reasons": [markup.html_safe(reason(near)) for near in found.related],
            "versions": [_title(source, corpus) for source in found.versions],
            "versions_pages": [corpus.addresses[source] for source in found.versions],
        }
    )


def reason(neighbour: Neighbour) -> str:
    """Say in words what two documents share; only what holds."""
    return "; ".join(_reasons(neighbour))


def _reasons(neighbour: Neighbour) -> Iterator[str]:
    if neighbour.names:
        yield f"both mention {_listed(neighbour.names)}"
    elif neighbour.terms:
        words = tuple(f"“{term}”" for term in neighbour.terms)
        yield f"both use the words {_listed(words)}" if len(words) > 1 else f"both use {words[0]}"
    if neighbour.same_week:
        yield "both are from the same week"


def _listed(words: tuple[str, ...]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def _title(source: SeedPath, corpus: Corpus) -> str:
    said = corpus.by_source[source].metadata
    date = f" ({in_words(said.date.value)})" if said.date else ""
    return markup.html_safe(f"{said.title.value}{date}")
