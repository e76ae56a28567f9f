"""The timeline as a chronicle: every document below its year, undated ones at the end.

A small corpus has one page. A larger one has a page for each year, so that a new document changes
the page of its own year only, and the first page links to all of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

import msgspec

from generator.model import Corpus, OutputFile, PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.charts.bins import MONTH, Tick, TimeAxis, axis_of_counts
from generator.writing.charts.time_chart import time_chart
from generator.writing.document_refs import DocumentRef
from generator.writing.labels import Labels
from generator.writing.pages.chronicle import chronicle_lines
from generator.writing.pages.common import index_meta, page, year_of
from generator.writing.pages.listings import Listing
from generator.writing.pages.pagination import chunks, paginate
from generator.writing.site_info import SiteInfo
from generator.writing.views import document_refs

_PER_PAGE = 300
"""Documents on one page; as HTML about 150 kB."""

_WITHOUT_MONTHS = 40
"""Documents of a year up to which it is not divided into months."""

_WITHOUT_JUMPS = 8
"""Years up to which a page needs no links to them."""

_MANY_YEARS = 20
"""Years from which their list is divided into decades."""


class CorpusDates(msgspec.Struct, frozen=True):
    """The dates of all documents."""

    counts: Mapping[str, int]
    """The number of documents by the year and month of their date, in chronological order."""
    undated: int
    is_large: bool
    """Whether each year has a page of its own."""

    @property
    def axis(self) -> TimeAxis | None:
        """The documents counted by periods of time."""
        return axis_of_counts(self.counts)


def corpus_dates(counts: Mapping[str, int], documents: int) -> CorpusDates:
    """Return the dates of documents by their counts, and the number of all."""
    undated = documents - sum(counts.values())
    return CorpusDates(dict(sorted(counts.items())), undated, documents > _PER_PAGE)


class Years(msgspec.Struct, frozen=True):
    """The documents of each year in chronological order; undated ones under the empty text."""

    documents: Mapping[str, Sequence[DocumentRef]]
    is_large: bool
    """Whether each year has a page of its own."""

    @property
    def dates(self) -> CorpusDates:
        """The dates of all documents."""
        every = [document.date for year in self.documents.values() for document in year]
        return corpus_dates(Counter(date[:MONTH] for date in every if date), len(every))


def timeline_listings(corpus: Corpus, site_info: SiteInfo) -> Iterator[Listing]:
    """Yield the listing of the first page, and of a large corpus one of each year."""
    years = group_by_year(corpus)
    first = partial(_first_page, years, corpus, site_info)
    dates = [(year, [ref.date for ref in refs]) for year, refs in years.documents.items()]
    if not years.is_large:
        yield Listing("timeline", [record.source for record in corpus.documents], None, first)
        return
    yield Listing("timeline", (), dates, first)
    ordered = [None, *years.documents, None]
    for before, year, after in zip(ordered, years.documents, ordered[2:], strict=False):
        sources = [document.source for document in years.documents[year]]
        make = partial(_year_pages, year, years, corpus, site_info.labels)
        yield Listing(f"timeline {year}", sources, (before, after), make)


def _first_page(years: Years, corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    labels = site_info.labels
    meta = index_meta(labels("timeline"), labels("timeline_about"), "timeline")
    meta |= {"summary": labels.count(len(corpus.documents), "document")} if corpus.documents else {}
    head = corpus_chart(urls.TIMELINE, years.dates, site_info)
    if not years.is_large:
        jumps = _jumps(years, site_info)
        sections = list(_all_years(years, corpus, labels)) or [labels("timeline_empty")]
        yield page(urls.TIMELINE, meta, [*head, *jumps, *sections])
        return
    yield page(urls.TIMELINE, meta, [*head, *_year_counts(years, labels)])


def group_by_year(corpus: Corpus) -> Years:
    """Return the documents of a corpus by their years."""
    years: dict[str, list[DocumentRef]] = defaultdict(list)
    for document in document_refs(corpus):
        years[year_of(document)].append(document)
    return Years(years, len(corpus.documents) > _PER_PAGE)


def corpus_chart(path: PagePath, dates: CorpusDates, site_info: SiteInfo) -> list[str]:
    """Return a chart of all documents by time, or nothing for a single period."""
    axis = dates.axis
    if axis is None:
        return []

    def link(tick: Tick) -> str:
        return _target(path, tick, dates, site_info)

    chart = time_chart(axis, site_info.labels, dates.undated, link)
    return [chart] if chart else []


def _target(path: PagePath, tick: Tick, dates: CorpusDates, site_info: SiteInfo) -> str:
    """Return the link of a mark to its first documents, on the timeline or on the year's own page.

    The mark of months links to a heading, which may be on a further page of its year.
    """
    first = next(bar.span for bar in tick.bars if bar.count)
    by_month = len(first) == MONTH
    year = first[:4] if by_month else next(date[:4] for date in dates.counts if date >= first[:4])
    target = _page_of_year(year) if dates.is_large else urls.TIMELINE
    if dates.is_large and by_month:
        before = (date for date in dates.counts if year <= date < first)
        index = sum(dates.counts[date] for date in before)
        target = urls.numbered_page(target, index // _PER_PAGE + 1)
    base = site_info.page(urls.relative(path, target).removesuffix("index.md"))
    anchor = f"#m-{first}" if by_month else f"#y-{year}"
    return base if dates.is_large and not by_month else f"{base}{anchor}"


def _jumps(years: Years, site_info: SiteInfo) -> list[str]:
    """Return links to all years of the page, as HTML."""
    if len(years.documents) <= _WITHOUT_JUMPS:
        return []
    links = (
        f'<a href="#y-{year or "undated"}">{markup.escape_html(_name(year, site_info.labels))}</a>'
        for year in years.documents
    )
    label = markup.escape_html(site_info.labels("jump"))
    return [f'<nav class="sb-letters" aria-label="{label}">{"".join(links)}</nav>']


def _name(year: str, labels: Labels) -> str:
    return year or labels("undated")


def _page_of_year(year: str) -> PagePath:
    return urls.sibling(urls.TIMELINE, f"{year or 'undated'}/index.md")


def _all_years(years: Years, corpus: Corpus, labels: Labels) -> Iterator[str]:
    axis = years.dates.axis
    max_undivided = 0 if axis and axis.unit == "month" else _WITHOUT_MONTHS
    for year, documents in years.documents.items():
        heading = f"{markup.heading(2, _name(year, labels))} {{ #y-{year or 'undated'} }}"
        key = _month_of if len(documents) > max_undivided else year_of
        grouped = _grouped(urls.TIMELINE, groupby(documents, key=key), corpus, labels)
        yield markup.block("sb-year", [heading, markup.block("sb-days", grouped)], "section")


def _year_pages(year: str, years: Years, corpus: Corpus, labels: Labels) -> Iterator[OutputFile]:
    documents = years.documents[year]
    count = labels.count(len(documents), "document")
    for page_slice in paginate(_page_of_year(year), chunks(documents, _PER_PAGE)):
        name = page_slice.title(_name(year, labels), labels)
        meta = {**index_meta(name, count, "timeline"), "summary": count}
        groups = groupby(page_slice.items, key=_month_of)
        body = [markup.block("sb-days", _grouped(page_slice.path, groups, corpus, labels))]
        body += [
            *page_slice.navigation(labels),
            *_adjacent_years(year, page_slice.path, years, labels),
        ]
        yield page(page_slice.path, meta, body)


def _adjacent_years(year: str, path: PagePath, years: Years, labels: Labels) -> Iterator[str]:
    """Yield the links to the years before and after, and to the timeline."""
    ordered = list(years.documents)
    index = ordered.index(year)
    timeline = markup.link(labels("timeline"), urls.relative(path, urls.TIMELINE))
    earlier = [f"← {_year_link(ordered[index - 1], path, labels)}"] if index else []
    later = [f"{_year_link(year, path, labels)} →" for year in ordered[index + 1 : index + 2]]
    links = [*earlier, timeline, *later]
    yield f"{' · '.join(links)}\n{{ .sb-years-beside }}"


def _year_link(year: str, path: PagePath, labels: Labels) -> str:
    return markup.link(_name(year, labels), urls.relative(path, _page_of_year(year)))


def _grouped(
    path: PagePath,
    groups: Iterable[tuple[str, Iterable[DocumentRef]]],
    corpus: Corpus,
    labels: Labels,
) -> Iterator[str]:
    """Yield documents in groups; a group that is a month has a heading."""
    for month, group in groups:
        if len(month) > len("1984"):
            yield f"{markup.heading(3, labels.date(month))} {{ #m-{month} }}"
        yield chronicle_lines(path, group, corpus, labels.day_in_year)


def _month_of(document: DocumentRef) -> str:
    return document.date[:7].rstrip("~/") if document.date else ""


def _year_counts(years: Years, labels: Labels) -> Iterator[str]:
    """Yield the list of all years with their pages, by decades if there are many."""
    many = len(years.documents) > _MANY_YEARS
    groups = groupby(years.documents, key=lambda year: year[:3] if many else bool(year))
    for _, group in groups:
        members = list(group)
        lines = "\n".join(_year_count(year, years, labels) for year in members)
        decade = many and members[0]
        title = [markup.heading(2, labels("decade", year=f"{members[0][:3]}0"))] if decade else []
        yield markup.block("sb-yearly", [*title, lines])


def _year_count(year: str, years: Years, labels: Labels) -> str:
    target = urls.relative(urls.TIMELINE, _page_of_year(year))
    count = markup.span("sb-meta", labels.number(len(years.documents[year])))
    return f"- {markup.link(_name(year, labels), target)} {count}"
