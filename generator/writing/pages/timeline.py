"""The timeline: every document by its year and month, the undated in a group of their own.

A small corpus has one page. A larger one has a page for each year, so that a new document changes
the page of its own year only, and the first page leads to them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from generator.model import Corpus, DocumentRecord, OutputFile, PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.charts.bar_chart import Bar, axis_labels, bar_chart, bin_dates
from generator.writing.labels import Labels
from generator.writing.pages.common import document_list, index_meta, page, year_of
from generator.writing.pages.pagination import chunks, paginate
from generator.writing.site_info import SiteInfo

_ON_A_PAGE = 300
"""Documents; as HTML about 100 kB."""

_OVERLOOKED = 12
"""Documents of a year up to which they need no months."""

_Years = Mapping[str, Sequence[DocumentRecord]]
"""The documents of each year in the order of time; the undated below the empty string."""


def timeline_pages(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Make the timeline."""
    labels = site_info.labels
    years = _years(corpus)
    meta = index_meta(labels("timeline"), labels("timeline_about"), "timeline")
    meta |= {"summary": labels.count(len(corpus.documents), "document")} if years else {}
    drawn = time_chart(urls.TIMELINE, corpus, site_info)
    if not _is_large(corpus):
        sections = list(_all_years(years, corpus, labels)) or [labels("timeline_empty")]
        yield page(urls.TIMELINE, meta, [*drawn, *sections])
        return
    counted = markup.block("sb-yearly", ["\n".join(_counted(years, labels))])
    yield page(urls.TIMELINE, meta, [*drawn, counted])
    for year, documents in years.items():
        yield from _year_pages(year, documents, years, corpus, labels)


def time_chart(here: PagePath, corpus: Corpus, site_info: SiteInfo) -> list[str]:
    """Draw how many documents there are of each time; nothing where there is only one time."""
    labels = site_info.labels
    bars = bin_dates(_dates(corpus))
    if sum(bar.count > 0 for bar in bars) < 2:
        return []
    years = _years(corpus)
    links = [_link(here, bar, years, site_info, large=_is_large(corpus)) for bar in bars]
    words = [
        labels("bar", when=labels.date(bar.span), documents=labels.count(bar.count, "document"))
        for bar in bars
    ]
    below = axis_labels(bars, labels.table["months_short"])
    return [bar_chart(bars, links, words, labels("by_time"), below)]


def _link(here: PagePath, bar: Bar, years: _Years, site_info: SiteInfo, *, large: bool) -> str:
    """Where a bar leads: to the first of its years, on the timeline or on the year's own page.

    A month leads to where it begins, which may be on a further page of its year.
    """
    if not bar.count:
        return ""
    year = next(year for year in years if year >= bar.span[:4])
    by_month = len(bar.span) == len("1984-05")
    target = _page_of_year(year) if large else urls.TIMELINE
    if large and by_month:
        index = [_month_of(document) for document in years[year]].index(bar.span)
        target = urls.numbered_page(target, index // _ON_A_PAGE + 1)
    base = site_info.page(urls.relative(here, target).removesuffix("index.md"))
    anchor = f"#m-{bar.span}" if by_month else f"#y-{year}"
    return f"{base}{anchor}" if by_month or not large else base


def _years(corpus: Corpus) -> _Years:
    years: dict[str, list[DocumentRecord]] = defaultdict(list)
    for document in corpus.documents:
        years[year_of(document)].append(document)
    return years


def _is_large(corpus: Corpus) -> bool:
    return len(corpus.documents) > _ON_A_PAGE


def _name(year: str, labels: Labels) -> str:
    return year or labels("undated")


def _page_of_year(year: str) -> PagePath:
    return urls.sibling(urls.TIMELINE, f"{year or 'undated'}/index.md")


def _all_years(years: _Years, corpus: Corpus, labels: Labels) -> Iterator[str]:
    few = 0 if _is_short(corpus) else _OVERLOOKED
    for year, documents in years.items():
        yield f"{markup.heading(2, _name(year, labels))} {{ #y-{year or 'undated'} }}"
        key = _month_of if len(documents) > few else year_of
        yield from _listed(urls.TIMELINE, groupby(documents, key=key), corpus, labels)


def _year_pages(
    year: str, documents: Sequence[DocumentRecord], years: _Years, corpus: Corpus, labels: Labels
) -> Iterator[OutputFile]:
    counted = labels.count(len(documents), "document")
    for leaf in paginate(_page_of_year(year), chunks(documents, _ON_A_PAGE)):
        name = leaf.title(_name(year, labels), labels)
        meta = {**index_meta(name, counted, "timeline"), "summary": counted}
        body = list(_listed(leaf.path, groupby(leaf.items, key=_month_of), corpus, labels))
        body += [*leaf.navigation(labels), *_beside(year, leaf.path, years, labels)]
        yield page(leaf.path, meta, body)


def _beside(year: str, here: PagePath, years: _Years, labels: Labels) -> Iterator[str]:
    """The way to the years before and after, and back to them all."""
    known = list(years)
    index = known.index(year)
    there = urls.relative(here, urls.TIMELINE)
    before = [f"← {_to(known[index - 1], here, labels)}"] if index else []
    after = [f"{_to(known[index + 1], here, labels)} →"] if index + 1 < len(known) else []
    links = [*before, markup.link(labels("timeline"), there), *after]
    yield f"{' · '.join(links)}\n{{ .sb-years-beside }}"


def _to(year: str, here: PagePath, labels: Labels) -> str:
    return markup.link(_name(year, labels), urls.relative(here, _page_of_year(year)))


def _listed(
    here: PagePath,
    groups: Iterable[tuple[str, Iterable[DocumentRecord]]],
    corpus: Corpus,
    labels: Labels,
) -> Iterator[str]:
    """Documents in groups, below a heading where a group is a month."""
    for month, group in groups:
        if len(month) > len("1984"):
            yield f"{markup.heading(3, labels.date(month))} {{ #m-{month} }}"
        yield from document_list(here, group, corpus, labels)


def _is_short(corpus: Corpus) -> bool:
    """Tell whether the chart shows the corpus by months; then the list does, too."""
    bars = bin_dates(_dates(corpus))
    return len(bars) > 1 and any(len(bar.span) == len("1984-05") for bar in bars)


def _dates(corpus: Corpus) -> list[str]:
    dates = (document.metadata.date for document in corpus.documents)
    return [date.value for date in dates if date]


def _month_of(document: DocumentRecord) -> str:
    return document.metadata.date.value[:7].rstrip("~/") if document.metadata.date else ""


def _counted(years: _Years, labels: Labels) -> Iterator[str]:
    for year, documents in years.items():
        target = urls.relative(urls.TIMELINE, _page_of_year(year))
        count = markup.span("sb-meta", labels.count(len(documents), "document"))
        yield f"- {markup.link(_name(year, labels), target)} {count}"
