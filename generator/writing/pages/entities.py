"""The pages of people, organizations and places: every mention in its sentence, and who else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.model import (
    Address,
    Author,
    Corpus,
    Document,
    Entity,
    EntityId,
    OutputFile,
    PagePath,
)
from generator.writing import feeds, markup, urls
from generator.writing.imprint import Imprint
from generator.writing.labels import Labels
from generator.writing.markup import Meta
from generator.writing.mentions import Sighting, person_of, sightings
from generator.writing.pages import quotes
from generator.writing.pages.common import hub_meta, known, page, titled, turning, year_of
from generator.writing.pictures.sparkline import sparkline

_TOGETHER = 10
"""How many entities are told that are seen together with one."""

_MOST_NAMED = 25
"""Entities of a document that count as seen together: the others it names only in passing."""


@dataclass(slots=True)
class _Seen:
    """Where an entity is seen: it grows while documents are walked through."""

    authors: list[Author] = field(default_factory=list)
    """Who has the same name and writes."""
    documents: list[int] = field(default_factory=list)
    """Their places in the corpus, oldest first."""
    sightings: list[list[Sighting]] = field(default_factory=list)
    """For each of these documents."""
    together: Counter[EntityId] = field(default_factory=Counter)


def entity_pages(corpus: Corpus, imprint: Imprint) -> Iterator[OutputFile]:
    """Make the pages of every entity that has one."""
    for entity_id, seen in _walk(corpus).items():
        entity = corpus.register.entities[entity_id]
        yield from _pages_of(entity, seen, corpus, imprint.labels)
        yield _feed(entity, seen, corpus, imprint)


def _walk(corpus: Corpus) -> dict[EntityId, _Seen]:
    """Go through the documents once, and note who is seen where and with whom."""
    paged = [entity for entity in corpus.register.entities.values() if entity.address]
    found = {entity.id: _Seen() for entity in paged}
    for author in corpus.authors:
        if person := person_of(author, corpus):
            found[person.id].authors.append(author)
    for at, document in enumerate(corpus.documents):
        here: dict[EntityId, list[Sighting]] = defaultdict(list)
        for entity_id, sighting in sightings(document, corpus):
            if entity_id in found:
                here[entity_id].append(sighting)
        most = sorted(here, key=lambda entity_id: (-len(here[entity_id]), entity_id))[:_MOST_NAMED]
        for entity_id, seen in here.items():
            found[entity_id].documents.append(at)
            found[entity_id].sightings.append(seen)
        for entity_id in most:
            found[entity_id].together.update(most)
    return {entity_id: seen for entity_id, seen in found.items() if seen.documents}


def _pages_of(entity: Entity, seen: _Seen, corpus: Corpus, labels: Labels) -> Iterator[OutputFile]:
    first = urls.page_of(Address(f"{entity.id}/"))
    newest_first = zip(reversed(seen.documents), reversed(seen.sightings), strict=True)
    found = (
        quotes.quote(corpus.documents[at], sighting)
        for at, here in newest_first
        for sighting in here
    )
    chunks = list(quotes.pages_of(found))
    meta = _meta(entity, seen, corpus, labels)
    for number, chunk in enumerate(chunks, start=1):
        here = urls.further(first, number)
        body = list(_head(entity, seen, corpus, here, labels)) if number == 1 else []
        body += [markup.heading(2, labels("mentions")), *quotes.listed(chunk, here, corpus, labels)]
        title = titled(str(meta["title"]), number, labels)
        body += turning(first, number, len(chunks), labels)
        yield page(here, known({**meta, "title": title, "feed": number == 1}), body)


def _feed(entity: Entity, seen: _Seen, corpus: Corpus, imprint: Imprint) -> OutputFile:
    """Write the feed of the newest documents that speak of an entity."""
    newest_first = (corpus.documents[at] for at in reversed(seen.documents))
    path = urls.beside(urls.page_of(Address(f"{entity.id}/")), feeds.FEED)
    return feeds.atom(path, entity.name, newest_first, corpus, imprint)


def _meta(entity: Entity, seen: _Seen, corpus: Corpus, labels: Labels) -> Meta:
    documents = [corpus.documents[at] for at in seen.documents]
    dates = [document.metadata.date.value for document in documents if document.metadata.date]
    years = Counter(filter(None, map(year_of, documents)))
    meta = hub_meta(entity.name, f"{entity.name}: {_counted(entity, documents, labels)}", "entity")
    meta |= {
        "entity": entity.kind,
        "names": [markup.html_safe(name) for name in _other_names(entity)],
        "documents": len(documents),
        "mentions": entity.mentions,
        "first": dates[0] if dates else "",
        "last": dates[-1] if dates else "",
        "years": sorted(years),
        "year_counts": [str(years[year]) for year in sorted(years)],
        "same_as": [markup.html_safe(address) for address in entity.same_as],
    }
    return known(meta)


def _counted(entity: Entity, documents: Sequence[Document], labels: Labels) -> str:
    mentions = labels.count(entity.mentions, "mention")
    counted = labels(
        "in_documents", mentions=mentions, documents=labels.count(len(documents), "document")
    )
    return f"{counted}{_time_span(documents, labels)}."


def _other_names(entity: Entity) -> list[str]:
    return [alias.text for alias in entity.aliases if alias.text != entity.name]


def _head(
    entity: Entity, seen: _Seen, corpus: Corpus, here: PagePath, labels: Labels
) -> Iterator[str]:
    yield _counted(entity, [corpus.documents[at] for at in seen.documents], labels)
    yield from _drawn(seen, corpus, labels)
    others = [alias for alias in entity.aliases if alias.text != entity.name]
    if others:
        forms = (f"{markup.text(alias.text)} ({labels.number(alias.mentions)})" for alias in others)
        yield labels("also_called", names=", ".join(forms))
    if entity.same_as:
        links = (
            f'<a href="{markup.attribute(one)}">{markup.text(one)}</a>' for one in entity.same_as
        )
        yield labels("elsewhere", links=", ".join(links))
    for author in seen.authors:
        target = urls.relative(here, urls.page_of(author.address))
        yield markup.link(labels("documents_by", name=author.name), target)
    together = _together(entity, seen, corpus, here, labels)
    if together:
        yield markup.heading(2, labels("together"))
        yield "\n".join(together)


def _drawn(seen: _Seen, corpus: Corpus, labels: Labels) -> Iterator[str]:
    """How many documents there are of each year, as a small picture that says it in words too."""
    years = Counter(filter(None, (year_of(corpus.documents[at]) for at in seen.documents)))
    counts = {int(year): years[year] for year in sorted(years)}
    said = (
        labels("bar", when=str(year), documents=labels.count(count, "document"))
        for year, count in counts.items()
    )
    drawn = sparkline(counts, "; ".join(said))
    if drawn:
        yield f'<div class="sb-picture">{drawn}</div>'


def _time_span(documents: Iterable[Document], labels: Labels) -> str:
    dates = [document.metadata.date.value for document in documents if document.metadata.date]
    if not dates:
        return ""
    first, last = labels.date(dates[0]), labels.date(dates[-1])
    span = first if first == last else labels("span", first=first, last=last)
    return f", {span}"


def _together(
    entity: Entity, seen: _Seen, corpus: Corpus, here: PagePath, labels: Labels
) -> list[str]:
    others = [
        (count, corpus.register.entities[other])
        for other, count in seen.together.items()
        if other != entity.id
    ]
    others.sort(key=lambda pair: (-pair[0], -pair[1].mentions, pair[1].id))
    return [
        f"- {markup.link(other.name, urls.relative(here, urls.page_of(Address(f'{other.id}/'))))}"
        f" {markup.span('sb-meta', labels.count(count, 'document'))}"
        for count, other in others[:_TOGETHER]
    ]
