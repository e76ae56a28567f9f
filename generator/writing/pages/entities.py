"""The pages of people, organizations and places: every mention in its sentence, co-mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from generator.model import EntityId, OutputFile, PagePath, SeedPath
from generator.writing import feeds, markup
from generator.writing.addresses import urls
from generator.writing.charts.sparkline import sparkline
from generator.writing.document_refs import DocumentRef
from generator.writing.editor_notes import note_html
from generator.writing.labels import Labels
from generator.writing.markup import Meta
from generator.writing.pages import quotes
from generator.writing.pages.common import (
    document_list,
    editor_note,
    index_meta,
    page,
    sorts_last,
    without_empty,
    year_of,
)
from generator.writing.pages.facts import fact_lines, fact_meta
from generator.writing.pages.pagination import chunks, paginate
from generator.writing.pages.quotes import DocumentQuote, Quote
from generator.writing.site_info import SiteInfo
from generator.writing.views import EntityView

_FEW_WORKS = 100
"""Works of a person that stand on the first page with mentions; as HTML about 30 kB."""

_WORKS_PER_PAGE = 300
"""Works on a page of their own; as HTML about 100 kB."""

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
    parts = [[part] for part in _parts(view, list(quotes.paginate_quotes(items)))]
    for page_slice in paginate(first, parts):
        path, is_first = page_slice.path, page_slice.number == 1
        body = list(_head(view, path, site_info)) if is_first else []
        (part,) = page_slice.items
        body += [*_works(part, view, path, labels), *_mentions(part, path, labels)]
        body += page_slice.navigation(labels)
        title = page_slice.title(str(meta["title"]), labels)
        yield page(path, without_empty({**meta, "title": title, "feed": is_first}), body)
    yield feeds.atom(urls.sibling(first, urls.FEED), entity.name, view.newest, site_info)


class _Part(NamedTuple):
    """What one page of an entity has besides its head."""

    works: Sequence[DocumentRef]
    mentions: Sequence[DocumentQuote]


def _parts(view: EntityView, pages: Sequence[Sequence[DocumentQuote]]) -> Iterator[_Part]:
    """Yield the pages of an entity: a few works stand with the first mentions, many before them."""
    newest_first = view.works[::-1]
    works = sorted(newest_first, key=sorts_last)
    if len(works) <= _FEW_WORKS:
        first, *others = pages or [()]
        yield _Part(works, first)
        yield from (_Part((), mentions) for mentions in others)
        return
    yield from (_Part(chunk, ()) for chunk in chunks(works, _WORKS_PER_PAGE))
    yield from (_Part((), mentions) for mentions in pages)


def _works(part: _Part, view: EntityView, path: PagePath, labels: Labels) -> Iterator[str]:
    if part.works:
        yield markup.heading(2, labels("documents_by", name=view.entity.name))
        own = (view.entity.name, *(alias.text for alias in view.entity.other_names))
        others = (
            document._replace(
                authors=tuple(author for author in document.authors if author not in own)
            )
            for document in part.works
        )
        yield document_list(path, others, labels)


def _mentions(part: _Part, path: PagePath, labels: Labels) -> Iterator[str]:
    if part.mentions:
        yield markup.heading(2, labels("mentions"))
        yield from quotes.quote_list(part.mentions, path, labels)


def _meta(view: EntityView, labels: Labels) -> Meta:
    entity = view.entity
    dates = _dates(view)
    years = _years(view)
    meta = index_meta(entity.name, f"{entity.name}: {_summary(view, labels)}", "entity")
    meta |= {
        "entity": entity.kind,
        "entity_name": ""
        if entity.kind in urls.HUBS
        else markup.html_safe(labels.kind(entity.kind)),
        "names": [markup.html_safe(alias.text) for alias in entity.other_names],
        "documents": len(view.documents),
        "mentions": entity.mentions,
        "first": dates[0] if dates else "",
        "last": dates[-1] if dates else "",
        "years": sorted(years),
        "year_counts": [str(years[year]) for year in sorted(years)],
        **fact_meta(entity.facts),
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
    yield from fact_lines(entity.facts, labels)
    yield _summary(view, labels)
    if entity.open_mentions:
        yield labels.count(entity.open_mentions, "open_mentions")
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
