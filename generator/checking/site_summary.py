"""What a check found of all pages together, when it found no fault; and after some changed.

After an edit, the reports of the other pages are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
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
from generator.checking.shown_documents import DocumentSums, ShownDocument
from generator.files.names import Names, compare_names, encode_names
from generator.model import SeedPath


class ChangedReports(NamedTuple):
    """The reports of pages that changed, as they were and as they are."""

    before: Sequence[PageReport]
    """Of removed pages too."""
    after: Sequence[PageReport]
    """Of new pages too."""


class SiteTotals(msgspec.Struct, frozen=True, array_like=True):
    """Sums over all pages of a site, and the seeds of its documents."""

    documents: int
    words: int
    changes: int
    pages: int
    links: int
    sums: DocumentSums
    sources: tuple[SeedPath, ...]
    """Sorted; of the documents that have a page."""

    @classmethod
    def of(cls, reports: Sequence[PageReport]) -> Self:
        """Return the sums over some pages."""
        shown = shown_documents(reports)
        return cls(
            documents=sum(report.source is not None for report in reports),
            words=sum(report.words for report in reports),
            changes=sum(report.changes for report in reports),
            pages=sum(bool(report.encoded_links) for report in reports),
            links=sum(report.links for report in reports),
            sums=DocumentSums.of(shown),
            sources=tuple(sorted(shown)),
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
            sources=_with_changes(self.sources, set(before.sources), set(after.sources)),
        )


class SiteSummary(msgspec.Struct, frozen=True, array_like=True):
    """What is known of all pages of a site in which every link leads somewhere."""

    files: bytes
    """The files of the site, as `encode_names` returns them."""
    targets: KnownTargets
    totals: SiteTotals

    @classmethod
    def of(cls, files: Names, reports: Iterable[PageReport], totals: SiteTotals) -> Self:
        """Return the summary of a site without faults, with the reports of all pages."""
        links = (report.encoded_links for report in reports if report.encoded_links)
        return cls(encode_names(files), KnownTargets.of(links), totals)

    def updated(
        self, files: Names, reports: ChangedReports, canonical: Canonical
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


def _with_changes(
    sources: tuple[SeedPath, ...], before: Set[SeedPath], after: Set[SeedPath]
) -> tuple[SeedPath, ...]:
    """Return sorted seeds, of which some that were there before are replaced by others."""
    return sources if before == after else tuple(sorted((set(sources) - before) | after))
