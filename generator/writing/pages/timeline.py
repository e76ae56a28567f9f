"""The timeline: every document by year and month, undated ones in a separate group.

A small corpus has one page. A larger one has a page for each year, so that a new document changes
the page of its own year only, and the first page links to all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby

from generator.model import Corpus, OutputFile, PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.charts.bar_chart import Bar, axis_labels, bar_chart, bin_dates
from generator.writing.document_refs import DocumentRef
from generator.writing.labels import Labels
from generator.writing.pages.common import document_list, index_meta, page, year_of
from generator.writing.pages.pagination import chunks, paginate
from generator.writing.site_info import SiteInfo
from generator.writing.views import document_refs

_PER_PAGE = 300
"""Documents on one page; as HTML about 100 kB."""

_WITHOUT_MONTHS = 12
"""Documents of a year up to which it is not divided into months."""

_Years = Mapping[str, Sequence[DocumentRef]]
"""The documents of each year in chronological order; undated ones under the empty string."""


def timeline_pages(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Yield the pages of the timeline."""
    labels = site_info.labels
    years = _years(corpus)
    meta = index_meta(labels("timeline"), labels("timeline_about"), "timeline")
    meta |= {"summary": labels.count(len(corpus.documents), "document")} if years else {}
    chart = time_chart(urls.TIMELINE, corpus, site_info)
    if not _is_large(corpus):
        sections = list(_all_years(years, labels)) or [labels("timeline_empty")]
        yield page(urls.TIMELINE, meta, [*chart, *sections])
        return
    counts = markup.block("sb-yearly", ["\n".join(_year_counts(years, labels))])
    yield page(urls.TIMELINE, meta, [*chart, counts])
    for year in years:
        yield from _year_pages(year, years, labels)


def time_chart(path: PagePath, corpus: Corpus, site_info: SiteInfo) -> list[str]:
    """Return a chart of the documents by time, or nothing for a single period."""
    labels = site_info.labels
    years = _years(corpus)
    bars = _bars(years)
    if sum(bar.count > 0 for bar in bars) < 2:
        return []
    links = [_link(path, bar, years, site_info, is_large=_is_large(corpus)) for bar in bars]
    descriptions = [
        labels("bar", when=labels.date(bar.span), documents=labels.count(bar.count, "document"))
        for bar in bars
    ]
    axis = axis_labels(bars, labels.table["months_short"])
    return [bar_chart(bars, links, descriptions, labels("by_time"), axis)]


def _link(path: PagePath, bar: Bar, years: _Years, site_info: SiteInfo, *, is_large: bool) -> str:
    """Return the link of a bar to its first year, on the timeline or on the year's own page.

    The bar of a month links to its heading, which may be on a further page of its year.
    """
    if not bar.count:
        return ""
    year = next(year for year in years if year >= bar.span[:4])
    by_month = len(bar.span) == len("1984-05")
    target = _page_of_year(year) if is_large else urls.TIMELINE
    if is_large and by_month:
        index = [_month_of(document) for document in years[year]].index(bar.span)
        target = urls.numbered_page(target, index // _PER_PAGE + 1)
    base = site_info.page(urls.relative(path, target).removesuffix("index.md"))
    anchor = f"#m-{bar.span}" if by_month else f"#y-{year}"
    return f"{base}{anchor}" if by_month or not is_large else base


def _years(corpus: Corpus) -> _Years:
    years: dict[str, list[DocumentRef]] = defaultdict(list)
    for document in document_refs(corpus):
        years[year_of(document)].append(document)
    return years


def _is_large(corpus: Corpus) -> bool:
    return len(corpus.documents) > _PER_PAGE


def _name(year: str, labels: Labels) -> str:
    return year or labels("undated")


def _page_of_year(year: str) -> PagePath:
    return urls.sibling(urls.TIMELINE, f"{year or 'undated'}/index.md")


def _all_years(years: _Years, labels: Labels) -> Iterator[str]:
    max_undivided = 0 if _is_by_month(years) else _WITHOUT_MONTHS
    for year, documents in years.items():
        yield f"{markup.heading(2, _name(year, labels))} {{ #y-{year or 'undated'} }}"
        key = _month_of if len(documents) > max_undivided else year_of
        yield from _grouped(urls.TIMELINE, groupby(documents, key=key), labels)


def _year_pages(year: str, years: _Years, labels: Labels) -> Iterator[OutputFile]:
    documents = years[year]
    count = labels.count(len(documents), "document")
    for page_slice in paginate(_page_of_year(year), chunks(documents, _PER_PAGE)):
        name = page_slice.title(_name(year, labels), labels)
        meta = {**index_meta(name, count, "timeline"), "summary": count}
        body = list(_grouped(page_slice.path, groupby(page_slice.items, key=_month_of), labels))
        body += [
            *page_slice.navigation(labels),
            *_adjacent_years(year, page_slice.path, years, labels),
        ]
        yield page(page_slice.path, meta, body)


def _adjacent_years(year: str, path: PagePath, years: _Years, labels: Labels) -> Iterator[str]:
    """Yield the links to the years before and after, and to the timeline."""
    ordered = list(years)
    index = ordered.index(year)
    timeline = markup.link(labels("timeline"), urls.relative(path, urls.TIMELINE))
    earlier = [f"← {_year_link(ordered[index - 1], path, labels)}"] if index else []
    later = [f"{_year_link(year, path, labels)} →" for year in ordered[index + 1 : index + 2]]
    links = [*earlier, timeline, *later]
    yield f"{' · '.join(links)}\n{{ .sb-years-beside }}"


def _year_link(year: str, path: PagePath, labels: Labels) -> str:
    return markup.link(_name(year, labels), urls.relative(path, _page_of_year(year)))


def _grouped(
    path: PagePath, groups: Iterable[tuple[str, Iterable[DocumentRef]]], labels: Labels
) -> Iterator[str]:
    """Yield documents in groups; a group that is a month has a heading."""
    for month, group in groups:
        if len(month) > len("1984"):
            yield f"{markup.heading(3, labels.date(month))} {{ #m-{month} }}"
        yield document_list(path, group, labels)


def _is_by_month(years: _Years) -> bool:
    """Whether the chart shows the corpus by months; then the list does too."""
    bars = _bars(years)
    return len(bars) > 1 and any(len(bar.span) == len("1984-05") for bar in bars)


def _bars(years: _Years) -> tuple[Bar, ...]:
    documents = chain.from_iterable(years.values())
    return bin_dates(document.date for document in documents if document.date)


def _month_of(document: DocumentRef) -> str:
    return document.date[:7].rstrip("~/") if document.date else ""


def _year_counts(years: _Years, labels: Labels) -> Iterator[str]:
    for year, documents in years.items():
        target = urls.relative(urls.TIMELINE, _page_of_year(year))
        count = markup.span("sb-meta", labels.count(len(documents), "document"))
        yield f"- {markup.link(_name(year, labels), target)} {count}"
