"""The pages of people, organizations and places: every mention in its sentence, co-mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from generator.model import EntityId, OutputFile, PagePath, SeedPath
from generator.writing import feeds, markup
from generator.writing.addresses import urls
from generator.writing.charts.sparkline import sparkline
from generator.writing.editor_notes import note_html
from generator.writing.labels import Labels
from generator.writing.markup import Meta
from generator.writing.pages import quotes
from generator.writing.pages.common import (
    editor_note,
    index_meta,
    page,
    sorts_last,
    without_empty,
    year_of,
)
from generator.writing.pages.pagination import paginate
from generator.writing.pages.quotes import DocumentQuote, Quote
from generator.writing.site_info import SiteInfo
from generator.writing.views import EntityView

QuotesOf = Callable[[SeedPath, EntityId], Sequence[Quote]]
"""Returns the quotes of a document that mention an entity."""


def entity_pages(
    view: EntityView, quotes_of: QuotesOf, site_info: SiteInfo
) -> Iterator[OutputFile]:
    """Yield the pages of an entity, newest document first, and its feed."""
    entity, labels = view.entity, site_info.labels
    first = urls.entity_page(entity.id)
    newest = view.documents[::-1]
    items = (
        DocumentQuote(document, quote)
        for document in sorted(newest, key=sorts_last)
        for quote in quotes_of(document.source, entity.id)
    )
    meta = _meta(view, labels)
    for page_slice in paginate(first, list(quotes.paginate_quotes(items))):
        path, is_first = page_slice.path, page_slice.number == 1
        body = list(_head(view, path, site_info)) if is_first else []
        body += [
            markup.heading(2, labels("mentions")),
            *quotes.quote_list(page_slice.items, path, labels),
        ]
        body += page_slice.navigation(labels)
        title = page_slice.title(str(meta["title"]), labels)
        yield page(path, without_empty({**meta, "title": title, "feed": is_first}), body)
    yield feeds.atom(urls.sibling(first, urls.FEED), entity.name, view.newest, site_info)


def _meta(view: EntityView, labels: Labels) -> Meta:
    entity = view.entity
    dates = _dates(view)
    years = _years(view)
    meta = index_meta(entity.name, f"{entity.name}: {_summary(view, labels)}", "entity")
    meta |= {
        "entity": entity.kind,
        "names": [markup.html_safe(alias.text) for alias in entity.other_names],
        "documents": len(view.documents),
        "mentions": entity.mentions,
        "first": dates[0] if dates else "",
        "last": dates[-1] if dates else "",
        "years": sorted(years),
        "year_counts": [str(years[year]) for year in sorted(years)],
        "same_as": [markup.html_safe(address) for address in entity.same_as],
    }
    return without_empty(meta)


def _dates(view: EntityView) -> list[str]:
    return [document.date for document in view.documents if document.date]


def _years(view: EntityView) -> Counter[str]:
    return Counter(filter(None, map(year_of, view.documents)))


def _summary(view: EntityView, labels: Labels) -> str:
    mentions = labels.count(view.entity.mentions, "mention")
    documents = labels.count(len(view.documents), "document")
    counts = labels("in_documents", mentions=mentions, documents=documents)
    return f"{counts}{_time_span(_dates(view), labels)}."


def _head(view: EntityView, path: PagePath, site_info: SiteInfo) -> Iterator[str]:
    entity, labels = view.entity, site_info.labels
    if view.note:
        yield editor_note(note_html(view.note, path, site_info.index))
    yield _summary(view, labels)
    forms = [
        f"{markup.escape(alias.text)} ({labels.number(alias.mentions)})"
        for alias in entity.other_names
    ]
    if forms:
        yield labels("also_called", names=", ".join(forms))
    yield from _sparkline(view, labels)
    if entity.same_as:
        links = (
            f'<a href="{markup.attribute(url)}">{markup.escape(url)}</a>' for url in entity.same_as
        )
        yield labels("elsewhere", links=", ".join(links))
    for author in view.authors:
        target = urls.relative(path, urls.page_path(author.address))
        yield markup.link(labels("documents_by", name=author.name), target)
    if view.co_mentioned:
        yield markup.heading(2, labels("together"))
        yield "\n".join(_co_mentioned(view, path, labels))


def _sparkline(view: EntityView, labels: Labels) -> Iterator[str]:
    """Yield a small chart of the documents by year, described in words too."""
    years = _years(view)
    counts = {int(year): years[year] for year in sorted(years)}
    descriptions = (
        labels("bar", when=str(year), documents=labels.count(count, "document"))
        for year, count in counts.items()
    )
    chart = sparkline(counts, "; ".join(descriptions))
    if chart:
        first, last = min(counts), max(counts)
        yield f'<div class="sb-picture">{first} {chart} {last}</div>'


def _time_span(dates: Sequence[str], labels: Labels) -> str:
    if not dates:
        return ""
    first, last = labels.date(dates[0]), labels.date(dates[-1])
    return f", {first}" if first == last else f", {first} – {last}"


def _co_mentioned(view: EntityView, path: PagePath, labels: Labels) -> Iterator[str]:
    # For a name in one document every count is 1 and means nothing.
    show_counts = len(view.documents) > 1
    for other, count in view.co_mentioned:
        target = urls.relative(path, urls.entity_page(other.id))
        yield f"- {markup.link(other.name, target)}" + f" {labels.number(count)}" * show_counts
