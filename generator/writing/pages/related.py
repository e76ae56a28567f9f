"""What a document's page says of other documents: its versions, and what is near it, and why."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import AnyDocument, Corpus, RelatedDocument, Relations, SeedPath
from generator.writing import markup
from generator.writing.labels import Labels
from generator.writing.markup import Meta


def related_meta(document: AnyDocument, corpus: Corpus, labels: Labels, index: str = "") -> Meta:
    """Give the front matter about other documents: titles, addresses and reasons side by side.

    `index` is what addresses have after their folders.
    """
    found = corpus.relations.get(document.source, Relations(document.source))
    related = [neighbour.source for neighbour in found.related]
    return {
        "related": [_title(source, corpus) for source in related],
        "related_dates": [_date(source, corpus, labels) for source in related],
        "related_pages": [f"{corpus.addresses[source]}{index}" for source in related],
        "related_reasons": [markup.html_safe(reason(near, labels)) for near in found.related],
        "versions": [_title(source, corpus) for source in found.versions],
        "versions_dates": [_date(source, corpus, labels) for source in found.versions],
        "versions_pages": [f"{corpus.addresses[source]}{index}" for source in found.versions],
    }


def reason(neighbour: RelatedDocument, labels: Labels) -> str:
    """Say in words what two documents share; only what holds."""
    return "; ".join(_reasons(neighbour, labels))


def _reasons(neighbour: RelatedDocument, labels: Labels) -> Iterator[str]:
    if neighbour.names:
        yield labels("both_mention", names=_listed(neighbour.names, labels))
    elif neighbour.terms:
        words = tuple(labels("quoted", word=term) for term in neighbour.terms)
        yield labels.count(len(words), "both_use", words=_listed(words, labels))
    if neighbour.same_week:
        yield labels("same_week")


def _listed(words: tuple[str, ...], labels: Labels) -> str:
    *others, last = words
    return labels("and", others=", ".join(others), last=last) if others else last


def _title(source: SeedPath, corpus: Corpus) -> str:
    return markup.html_safe(corpus.by_source[source].metadata.title.value)


def _date(source: SeedPath, corpus: Corpus, labels: Labels) -> str:
    date = corpus.by_source[source].metadata.date
    return labels.date(date.value) if date else ""
