"""The pages of people, organizations and places: facts, works, and every mention."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.model import EntityId, OutputFile, PagePath, SeedPath
from generator.writing import date_forms, feeds, markup
from generator.writing.addresses import urls
from generator.writing.charts.bins import time_axis
from generator.writing.charts.locator_map import place_map
from generator.writing.charts.time_chart import time_chart
from generator.writing.document_refs import DocumentRef
from generator.writing.editor_notes import note_html
from generator.writing.entity_views import CoMention, EntityView
from generator.writing.front_matter import Meta
from generator.writing.labels import Labels
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
from generator.writing.pages.facts import fact_meta
from generator.writing.pages.nearby import nearby_places
from generator.writing.pages.pagination import chunks, paginate
from generator.writing.pages.quotes import DocumentQuote, Quote
from generator.writing.site_info import SiteInfo

_FEW_WORKS = 100
"""Works of a person that stand on the first page with mentions; as HTML about 30 kB."""

_WORKS_PER_PAGE = 300
"""Works on a page of their own; as HTML about 100 kB."""

QuotesOf = Callable[[SeedPath, EntityId], Sequence[Quote]]
"""Returns the quotes of a document that mention an entity."""


def entity_pages(
    view: EntityView, quotes_of: QuotesOf, site_info: SiteInfo
) -> Iterator[OutputFile]:
    """Yield the pages of an entity, oldest document first, and its feed."""
    entity, labels = view.entity, site_info.labels
    first = urls.entity_page(entity.id)
    items = (
        DocumentQuote(document, quote)
        for document in sorted(view.documents, key=sorts_last)
        for quote in quotes_of(document.source, entity.id)
    )
    meta = _meta(view, site_info)
    parts = [[part] for part in _parts(view, list(quotes.paginate_quotes(items)))]
    for page_slice in paginate(first, parts):
        path, is_first = page_slice.path, page_slice.number == 1
        body = list(_head(view, path, site_info)) if is_first else []
        (part,) = page_slice.items
        body += [*_document_lists(part, view, path, labels), *_mentions(part, path, labels)]
        body += page_slice.navigation(labels)
        title = page_slice.title(str(meta["title"]), labels)
        shown = meta if is_first else {**meta, "facts": [], "life": ""}
        yield page(path, without_empty({**shown, "title": title, "feed": is_first}), body)
    yield feeds.atom(urls.sibling(first, urls.FEED), entity.name, view.newest, site_info)


class _Part(NamedTuple):
    """What one page of an entity has besides its head."""

    lists: Mapping[str, Sequence[DocumentRef]]
    """Documents that are by the entity, to it, or from there, by the label of their heading."""
    mentions: Sequence[DocumentQuote]


def _parts(view: EntityView, pages: Sequence[Sequence[DocumentQuote]]) -> Iterator[_Part]:
    """Yield the pages of an entity: a few works stand with the first mentions, many before them."""
    lists = {
        label: sorted(documents, key=sorts_last)
        for label, documents in (
            ("documents_by", view.works),
            ("received", view.received),
            ("written_at", view.written_here),
        )
        if documents
    }
    if sum(map(len, lists.values())) <= _FEW_WORKS:
        first, *others = pages or [()]
        yield _Part(lists, first)
        yield from (_Part({}, mentions) for mentions in others)
        return
    for label, documents in lists.items():
        yield from (_Part({label: chunk}, ()) for chunk in chunks(documents, _WORKS_PER_PAGE))
    yield from (_Part({}, mentions) for mentions in pages)


def _document_lists(part: _Part, view: EntityView, path: PagePath, labels: Labels) -> Iterator[str]:
    for label, documents in part.lists.items():
        yield markup.heading(2, labels(label, name=view.entity.name))
        shown = _without_own_name(documents, view) if label == "documents_by" else documents
        yield markup.block("sb-titles", [document_list(path, shown, labels)])


def _without_own_name(documents: Sequence[DocumentRef], view: EntityView) -> Iterator[DocumentRef]:
    """Yield documents of a person, with the other authors only."""
    own = (view.entity.name, *(alias.text for alias in view.entity.other_names))
    for document in documents:
        others = tuple(author for author in document.authors if author not in own)
        yield document._replace(authors=others)


def _mentions(part: _Part, path: PagePath, labels: Labels) -> Iterator[str]:
    if part.mentions:
        yield markup.heading(2, labels("every_mention"))
        yield markup.block("sb-mentions", quotes.quote_list(part.mentions, path, labels))


def _meta(view: EntityView, site_info: SiteInfo) -> Meta:
    entity, labels = view.entity, site_info.labels
    dates = _dates(view)
    years = Counter(filter(None, map(year_of, view.documents)))
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
        **fact_meta(view, site_info),
        "same_as": [markup.html_safe(address) for address in entity.same_as],
    }
    return without_empty(meta)


def _dates(view: EntityView) -> list[str]:
    return [document.date for document in view.documents if document.date]


def _summary(view: EntityView, labels: Labels) -> str:
    """Return a sentence with the number of documents that mention an entity, and their span."""
    documents, dates = labels.count(len(view.documents), "document"), _dates(view)
    if not dates:
        return labels("named_undated", documents=documents)
    first = labels.date(date_forms.beginning(dates[0]))
    last = labels.date(date_forms.end(dates[-1]))
    if first == last and len(dates) < len(view.documents):
        return labels("named_undated", documents=documents)
    if first == last:
        return labels("named_once", documents=documents, first=first)
    return labels("named_span", documents=documents, first=first, last=last)


def _head(view: EntityView, path: PagePath, site_info: SiteInfo) -> Iterator[str]:
    entity, labels = view.entity, site_info.labels
    yield from place_map(view, labels)
    if view.note:
        yield editor_note(note_html(view.note, path, site_info.index))
    lines = [_summary(view, labels)]
    if entity.open_mentions:
        lines.append(labels.count(entity.open_mentions, "open_mentions"))
    yield f"{' '.join(lines)}\n{{ .sb-opening }}"
    axis = time_axis(_dates(view))
    chart = time_chart(axis, labels) if axis else ""
    if chart:
        yield markup.block("sb-when", [markup.heading(2, labels("when")), chart], "section")
    yield from nearby_places(view, path, labels)
    yield from _co_mentioned(view, path, labels)


def _co_mentioned(view: EntityView, path: PagePath, labels: Labels) -> Iterator[str]:
    """Yield the names mentioned together with an entity: people, places, and all others."""
    if not view.co_mentioned:
        return
    groups: dict[str, list[CoMention]] = defaultdict(list)
    for kind in ("people", "organizations", "places"):
        groups[kind] = []
    for mention in view.co_mentioned:
        groups[urls.HUBS.get(mention.entity.kind, "other_names_kinds")].append(mention)
    # For a name in one document every count is 1 and means nothing.
    show_counts = len(view.documents) > 1
    sections = []
    for label, mentions in groups.items():
        if mentions:
            lines = (_co_mention(mention, path, labels, show_counts) for mention in mentions)
            heading = markup.heading(3, _heading(label, mentions, labels))
            sections += [markup.block("", [heading, "\n".join(lines)], "section")]
    yield markup.heading(2, labels("often_with"))
    yield markup.block("sb-with", sections)


def _heading(label: str, mentions: Sequence[CoMention], labels: Labels) -> str:
    """Return the heading of a group; that of a single kind of a person's own is its list's."""
    kinds = {mention.entity.kind for mention in mentions} - urls.HUBS.keys()
    return markup.escape(labels.kinds(*kinds)) if len(kinds) == 1 else labels(label)


def _co_mention(mention: CoMention, path: PagePath, labels: Labels, show_count: bool) -> str:
    target = urls.relative(path, urls.entity_page(mention.entity.id))
    count = f" {markup.span('sb-count', labels.number(mention.documents))}" * show_count
    return f"- {markup.link(mention.entity.name, target)}{count}"
