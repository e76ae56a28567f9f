"""Check a built site: read it again, as a browser would, and compare it with its sources.

The check is independent of the code that writes pages. The text of a page and its ledger must
restore the seed's text exactly. An article may contain only words, and links only to addresses
that its words print. Every value above it has evidence, every internal link and anchor has a
target, and links between documents and names go both ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.checking.check_data import check_data_files
from generator.checking.check_result import CheckResult
from generator.checking.dead_links import Canonical, canonical_of
from generator.checking.link_problems import dead_redirects, find_link_problems
from generator.checking.outdated_exports import find_outdated_exports
from generator.checking.page_proof import PageReport, is_document
from generator.checking.page_supplies import check_job
from generator.checking.shown_documents import ShownDocument, ShownDocuments
from generator.checking.site_summary import (
    ChangedReports,
    SiteSummary,
    SiteTotals,
    shown_documents,
)
from generator.checking.snapshots import Snapshots, take_snapshots
from generator.checking.verified_pages import OutdatedPages, VerifiedPages
from generator.engine import workers
from generator.engine.jobs import LOCAL_WORKERS
from generator.files.names_by_folder import NamesByFolder, paths_ending
from generator.model import Problem, SeedbedError, SeedPath
from generator.settings import Settings

_BATCH_SIZE = 16
"""Pages per message between processes."""

_PAGES_PER_WORKER = 400
"""Fewest pages per worker: starting one takes 0.5 s, checking a page about 1 ms."""


def check(
    settings: Settings,
    site: Path,
    verified: VerifiedPages | None = None,
    count: workers.Count = workers.no_count,
) -> CheckResult:
    """Check a built site against its seeds.

    Pages that are still valid in `verified` are not checked again. If the last check found no
    fault, links of changed pages and those to what was changed are compared, otherwise all.
    `count` is called with the number of pages checked. Raises SeedbedError if there is no site.
    """
    if not (site / "index.html").is_file():
        raise SeedbedError(f"there is no site in {site}", "Build it with `seedbed build`")
    snapshots = verified.snapshots if verified else take_snapshots(settings, site)
    files, names = snapshots.site.names, _page_names(snapshots)
    last = verified.take_summary() if verified else None
    outdated = verified.find_outdated(names, last) if verified else _all_outdated(names)
    checked = [*_check_pages(settings, site, outdated.names, verified, count)]
    reports = _Reports(outdated, checked)
    summary = last and reports.updated(last, files, canonical_of(settings.site))
    if summary:
        link_problems = [*dead_redirects(site, snapshots.site, settings)]
    else:
        link_problems = [*find_link_problems(settings, site, snapshots.site, reports.all)]
    totals = summary.totals if summary else SiteTotals.of(reports.all)
    broken = [problem for report in checked for problem in report.problems]
    broken += (problem for problem in link_problems if problem.severity == "error")
    broken += find_outdated_exports(settings, site, snapshots.site)
    if totals.sums.count or "data/datapackage.json" in snapshots.site.files:  # else all by hand
        documents = ShownDocuments(tuple(totals.sources.pages), totals.sums, reports.documents)
        known = verified.data if verified else None
        broken += check_data_files(site, documents, known, settings.jobs, len(outdated.names))
    if verified and not (broken or link_problems) and reports.are_saved:
        verified.save_summary(summary or SiteSummary.of(files, reports.all, totals), last)
    return _result(totals, checked, broken, link_problems, f"{settings.seeds.name}/")


def _page_names(snapshots: Snapshots) -> set[str]:
    """Return the paths of all pages in the site, those of missing documents too."""
    names = {*paths_ending(snapshots.site.names, ".html")}
    sources = paths_ending(snapshots.docs.names, ".md")
    missing = [page for page in sources if f"{page[:-3]}.html" not in names]
    return names.union(f"{page[:-3]}.html" for page in filter(is_document, missing))


def _result(
    totals: SiteTotals,
    checked: Sequence[PageReport],
    broken: Sequence[Problem],
    link_problems: Sequence[Problem],
    seeds: str,
) -> CheckResult:
    return CheckResult(
        documents=totals.documents,
        words=totals.words,
        changes=totals.changes,
        pages=totals.pages,
        links=totals.links,
        broken=tuple(broken),
        unfaithful=tuple(_unfaithful_seeds(broken, seeds)),
        wrong_in_docs=tuple(
            report.source for report in checked if report.is_wrong_in_docs and report.source
        ),
        warnings=tuple(problem for problem in link_problems if problem.severity == "warning"),
    )


@dataclass(frozen=True)
class _Reports:
    """The reports of all pages of a site."""

    outdated: OutdatedPages
    checked: Sequence[PageReport]
    """Those of outdated pages, from this check."""

    @cached_property
    def all(self) -> list[PageReport]:
        """Those of all pages; after an edit they are seldom asked for, and take long to decode."""
        return [*self.outdated.valid, *self.checked]

    def documents(self) -> dict[SeedPath, ShownDocument]:
        """Return the documents that have a page."""
        return shown_documents(self.all)

    def updated(
        self, last: SiteSummary, files: NamesByFolder, canonical: Canonical
    ) -> SiteSummary | None:
        """Return the summary of the last check as it is now; None if that takes all reports."""
        if self.outdated.known != last.totals.pages:  # another program saved or deleted some
            return None
        changed = ChangedReports([*self.outdated.before], self.checked)
        return last.updated(files, changed, canonical)

    @property
    def are_saved(self) -> bool:
        """Whether all are known to the next check."""
        return all(report.encoded_links and not report.problems for report in self.checked)


def _all_outdated(names: Iterable[str]) -> OutdatedPages:
    """Return that all pages must be checked."""
    return OutdatedPages(tuple(sorted(names)), 0, iter(()), iter(()))


_SINGLE_PAGE_CODES = frozenset({"E023", "E024", "E027", "E028", "E059", "E060", "E061", "E062"})
"""Codes of problems of one page: it can be left out, and the others published."""


def _unfaithful_seeds(broken: Iterable[Problem], folder: str) -> Iterator[SeedPath]:
    """Yield the seeds whose pages do not show exactly their words."""
    sources = (problem.source for problem in broken if problem.code in _SINGLE_PAGE_CODES)
    yield from (SeedPath(source.removeprefix(folder)) for source in dict.fromkeys(sources))


def _check_pages(
    settings: Settings,
    site: Path,
    names: Sequence[str],
    verified: VerifiedPages | None,
    count: workers.Count,
) -> Iterator[PageReport]:
    """Check pages, and save the reports of those without problems."""
    used = verified.build.workers if verified else LOCAL_WORKERS
    most = len(names) // (_BATCH_SIZE if settings.jobs else _PAGES_PER_WORKER)
    jobs = min(used.count(settings.jobs), most) if most > 1 else 1
    size = used.batch_size(_BATCH_SIZE, len(names) // jobs) if jobs > 1 else _BATCH_SIZE
    batches = workers.batches(names, size)
    checked = 0
    for batch in used.map(check_job(settings, site), batches, jobs):
        reports = [report for report, _ in batch]
        if verified:
            verified.save(reports)
        checked += len(reports)
        count(checked, len(names))
        yield from reports
