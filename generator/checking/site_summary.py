"""What a check found of all pages together, when it found no fault; and after some changed.

After an edit, only the reports of changed pages are needed to update it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

import msgspec

from generator.checking.dead_links import Canonical
from generator.checking.hashes import hash_texts
from generator.checking.link_changes import (
    ChangedFiles,
    ChangedPages,
    KnownTargets,
    stays_symmetric,
    update_targets,
)
from generator.checking.page_proof import PageReport
from generator.checking.shown_documents import DocumentChecksums, ShownDocument
from generator.files.names_by_folder import NamesByFolder, compare_names, encode_names
from generator.model import SeedPath


class ChangedReports(NamedTuple):
    """The reports of pages that changed, as they were and as they are."""

    before: Sequence[PageReport]
    """Of removed pages too."""
    after: Sequence[PageReport]
    """Of new pages too."""


class PageSources(msgspec.Struct, frozen=True, array_like=True):
    """What pages come from besides the files in their folders."""

    pages: dict[SeedPath, str]
    """The page of each document, by its seed; sorted."""
    decided_in: dict[str, tuple[str, ...]]
    """By page, the names of the files that its decided values come from; most pages have none."""

    @classmethod
    def of(cls, reports: Iterable[PageReport]) -> Self:
        """Return those of some pages."""
        shown = [report for report in reports if report.encoded_links]
        pages = [(report.source, report.name) for report in shown if report.source is not None]
        decided = {report.name: report.decided_in for report in shown if report.decided_in}
        return cls(dict(sorted(pages)), decided)

    def replaced(self, before: PageSources, after: PageSources) -> PageSources:
        """Return those of all pages after some were replaced."""
        if before == after:
            return self
        pages = {seed: page for seed, page in self.pages.items() if seed not in before.pages}
        decided = self.decided_in.items()
        others = {page: files for page, files in decided if page not in before.decided_in}
        return PageSources(
            dict(sorted([*pages.items(), *after.pages.items()])), {**others, **after.decided_in}
        )


class SiteTotals(msgspec.Struct, frozen=True, array_like=True):
    """Sums over all pages of a site, and where its documents come from."""

    documents: int
    words: int
    changes: int
    pages: int
    links: int
    sums: DocumentChecksums
    sources: PageSources

    @classmethod
    def of(cls, reports: Sequence[PageReport]) -> Self:
        """Return the sums over some pages."""
        return cls(
            documents=sum(report.source is not None for report in reports),
            words=sum(report.words for report in reports),
            changes=sum(report.changes for report in reports),
            pages=sum(bool(report.encoded_links) for report in reports),
            links=sum(report.links for report in reports),
            sums=DocumentChecksums.of(shown_documents(reports)),
            sources=PageSources.of(reports),
        )

    def updated(self, reports: ChangedReports) -> SiteTotals:
        """Return the sums after some pages changed."""
        before, after = map(SiteTotals.of, reports)
        return SiteTotals(
            documents=self.documents - before.documents + after.documents,
            words=self.words - before.words + after.words,
            changes=self.changes - before.changes + after.changes,
            pages=self.pages - before.pages + after.pages,
            links=self.links - before.links + after.links,
            sums=self.sums.replaced(before.sums, after.sums),
            sources=self.sources.replaced(before.sources, after.sources),
        )


class SiteSummary(msgspec.Struct, frozen=True, array_like=True):
    """What is known of all pages of a site in which every link leads somewhere."""

    files: bytes
    """The files of the site, as `encode_names` returns them."""
    targets: KnownTargets
    totals: SiteTotals

    @classmethod
    def of(cls, files: NamesByFolder, reports: Iterable[PageReport], totals: SiteTotals) -> Self:
        """Return the summary of a site without faults, with the reports of all pages."""
        links = (report.encoded_links for report in reports if report.encoded_links)
        return cls(encode_names(files), KnownTargets.of(links), totals)

    def updated(
        self, files: NamesByFolder, reports: ChangedReports, canonical: Canonical
    ) -> SiteSummary | None:
        """Return the summary after a change; None if a link may be dead, or without counterpart."""
        encoded = encode_names(files)
        changes = compare_names(self.files, encoded)
        hashes = ChangedFiles(*(hash_texts(map(canonical, paths)) for paths in changes))
        before, after = ([page for page in each if page.encoded_links] for each in reports)
        entity_links = ChangedPages(
            [page.encoded_entity_links for page in before],
            [page.encoded_entity_links for page in after],
        )
        if not stays_symmetric(entity_links):
            return None
        links = ChangedPages(
            [page.encoded_links for page in before], [page.encoded_links for page in after]
        )
        targets = update_targets(self.targets, links, hashes)
        return SiteSummary(encoded, targets, self.totals.updated(reports)) if targets else None


def shown_documents(reports: Iterable[PageReport]) -> dict[SeedPath, ShownDocument]:
    """Return the documents that have a page in the site."""
    return {
        report.source: ShownDocument(
            report.name.removesuffix("index.html"), report.words, report.text
        )
        for report in reports
        if report.source is not None and report.encoded_links
    }
