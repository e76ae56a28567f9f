"""The pages of people, organizations and places: every mention in its sentence, and who else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from generator.model import DocumentRecord, EntityId, OutputFile, PagePath, SeedPath
from generator.writing import feeds, markup
from generator.writing.addresses import urls
from generator.writing.charts.sparkline import sparkline
from generator.writing.labels import Labels
from generator.writing.markup import Meta
from generator.writing.pages import quotes
from generator.writing.pages.common import index_meta, page, sorts_last, without_empty, year_of
from generator.writing.pages.pagination import paginate
from generator.writing.pages.quotes import Quote
from generator.writing.site_info import SiteInfo
from generator.writing.views import EntityView

Quoted = Callable[[SeedPath, EntityId], Sequence[Quote]]
"""Gives the sentences of a document that name somebody."""


def entity_pages(shown: EntityView, quoted: Quoted, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Make the pages of an entity, the newest document first."""
    entity, labels = shown.entity, site_info.labels
    first = urls.entity_page(entity.id)
    newest = shown.documents[::-1]
    found = (
        (document, quote)
        for document in sorted(newest, key=lambda listed: sorts_last(listed[0]))
        for quote in quoted(document[0].source, entity.id)
    )
    meta = _meta(shown, labels)
    for leaf in paginate(first, list(quotes.paginate_quotes(found))):
        here, is_first = leaf.path, leaf.number == 1
        body = list(_head(shown, here, labels)) if is_first else []
        body += [
            markup.heading(2, labels("mentions")),
            *quotes.quote_list(leaf.items, here, labels),
        ]
        body += leaf.navigation(labels)
        title = leaf.title(str(meta["title"]), labels)
        yield page(here, without_empty({**meta, "title": title, "feed": is_first}), body)
    yield feeds.atom(
        urls.sibling(first, urls.FEED), entity.name, shown.newest, site_info, shown.first
    )


def _meta(shown: EntityView, labels: Labels) -> Meta:
    entity = shown.entity
    dates = _dates(shown)
    years = _years(shown)
    meta = index_meta(entity.name, f"{entity.name}: {_counted(shown, labels)}", "entity")
    meta |= {
        "entity": entity.kind,
        "names": [markup.html_safe(alias.text) for alias in entity.other_names],
        "documents": len(shown.documents),
        "mentions": entity.mentions,
        "first": dates[0] if dates else "",
        "last": dates[-1] if dates else "",
        "years": sorted(years),
        "year_counts": [str(years[year]) for year in sorted(years)],
        "same_as": [markup.html_safe(address) for address in entity.same_as],
    }
    return without_empty(meta)


def _records(shown: EntityView) -> Iterator[DocumentRecord]:
    return (record for record, _ in shown.documents)


def _dates(shown: EntityView) -> list[str]:
    dates = (record.metadata.date for record in _records(shown))
    return [date.value for date in dates if date]


def _years(shown: EntityView) -> Counter[str]:
    return Counter(filter(None, map(year_of, _records(shown))))


def _counted(shown: EntityView, labels: Labels) -> str:
    mentions = labels.count(shown.entity.mentions, "mention")
    documents = labels.count(len(shown.documents), "document")
    counted = labels("in_documents", mentions=mentions, documents=documents)
    return f"{counted}{_time_span(_dates(shown), labels)}."


def _head(shown: EntityView, here: PagePath, labels: Labels) -> Iterator[str]:
    entity = shown.entity
    yield _counted(shown, labels)
    forms = [
        f"{markup.escape(alias.text)} ({labels.number(alias.mentions)})"
        for alias in entity.other_names
    ]
    if forms:
        yield labels("also_called", names=", ".join(forms))
    yield from _drawn(shown, labels)
    if entity.same_as:
        links = (
            f'<a href="{markup.attribute(one)}">{markup.escape(one)}</a>' for one in entity.same_as
        )
        yield labels("elsewhere", links=", ".join(links))
    for author in shown.authors:
        target = urls.relative(here, urls.page_path(author.address))
        yield markup.link(labels("documents_by", name=author.name), target)
    if shown.together:
        yield markup.heading(2, labels("together"))
        yield "\n".join(_together(shown, here, labels))


def _drawn(shown: EntityView, labels: Labels) -> Iterator[str]:
    """How many documents there are of each year, as a small picture that says it in words too."""
    years = _years(shown)
    counts = {int(year): years[year] for year in sorted(years)}
    said = (
        labels("bar", when=str(year), documents=labels.count(count, "document"))
        for year, count in counts.items()
    )
    drawn = sparkline(counts, "; ".join(said))
    if drawn:
        first, last = min(counts), max(counts)
        yield f'<div class="sb-picture">{first} {drawn} {last}</div>'


def _time_span(dates: Sequence[str], labels: Labels) -> str:
    if not dates:
        return ""
    first, last = labels.date(dates[0]), labels.date(dates[-1])
    return f", {first}" if first == last else f", {first} – {last}"


def _together(shown: EntityView, here: PagePath, labels: Labels) -> Iterator[str]:
    # Of a name in one document every count is one, and says nothing.
    counted = len(shown.documents) > 1
    for other, count in shown.together:
        target = urls.relative(here, urls.entity_page(other.id))
        yield f"- {markup.link(other.name, target)}" + f" {labels.number(count)}" * counted
