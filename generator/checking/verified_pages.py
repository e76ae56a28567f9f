"""Pages that passed an earlier check, and are valid while they and their sources are unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from generator.checking.evidence import Decisions
from generator.checking.link_changes import KnownTargets
from generator.checking.page_proof import PageReport
from generator.checking.site_summary import PageSources, SiteSummary, SiteTotals
from generator.checking.snapshots import Snapshots
from generator.checking.verified_data import VerifiedData
from generator.engine.cache_entries import Run
from generator.engine.encoding import decoder, encode
from generator.engine.entry_rows import SavedEntries
from generator.engine.incremental import Build, NewResult
from generator.engine.saved_folders import SavedFolder, SavedTree, update_folders
from generator.engine.tasks import PROGRAM, Item, Items, Task
from generator.files.listings import changed_listings
from generator.files.snapshot import Snapshot
from generator.model import SeedPath


class VerifiedPage(NamedTuple):
    """The report of a page that passed the check, without what only a failure has."""

    source: SeedPath | None
    decided_in: tuple[str, ...]
    words: int
    changes: int
    links: int
    encoded_links: bytes
    encoded_entity_links: bytes
    text: bytes


VERIFY_PAGES: Task[VerifiedPage] = Task(
    "verified pages",
    "checking",
    VerifiedPage,
    (
        PROGRAM,
        "the paths of the site",
        "the page of the site or a file beside it",
        "the seed",
        "the page in the docs folder or a file beside it",
        "corrections.yml or metadata.csv",
    ),
)


class OutdatedPages(NamedTuple):
    """The pages of a site that must be checked."""

    names: tuple[str, ...]
    known: int
    """The number of pages that had a report."""
    before: Iterator[PageReport]
    """The last reports of those that had one, and of removed pages.

    Like `valid`, they are decoded when they are asked for, if this program saved them.
    """
    valid: Iterator[PageReport]
    """The reports of all other pages."""


SUMMARY, _ALL, _TARGETS = "summary of verified pages", "all", "targets of links"
"""The table and the keys of what is known of all pages together. The targets are long, and most
edits leave them as they are."""


_SEEDS = "seeds of verified pages"
"""The table of the folders of seeds as they were when outdated reports were last deleted."""


class _SavedSummary(NamedTuple):
    fingerprint: str
    """Of what every check depends on."""
    files: bytes
    totals: msgspec.Raw
    """A `SiteTotals`."""


@dataclass(frozen=True, slots=True)
class VerifiedPages:
    """The reports of pages that passed an earlier check."""

    build: Build
    snapshots: Snapshots
    shared: str
    """What every check depends on besides these files and the program."""
    decisions: Decisions
    """What people decided, on which the check of few pages depends."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of data files by their names, where it is known."""
    _runs: dict[str, Run] = field(default_factory=dict)
    """Why pages are outdated; filled by `find_outdated`."""

    @property
    def data(self) -> VerifiedData:
        """What earlier checks found about the data files of the site."""
        return VerifiedData(self.build, self.snapshots.site, self.digests)

    def find_outdated(self, names: Iterable[str], last: SiteSummary | None = None) -> OutdatedPages:
        """Return which of the pages must be checked, and delete the reports of all but the others.

        `names` are those of all pages, `last` is the summary of the last check if there is one.
        """
        saved = self.build.entries(VERIFY_PAGES)
        sources = last.totals.sources if last else _sources(saved)
        before = SavedTree.load(self.build.database, _SEEDS).listings
        changed = map(SeedPath, Snapshot(before).differences(self.snapshots.seeds))
        to_compare = {sources.pages[seed] for seed in changed if seed in sources.pages}
        items = self._items(sorted(names), sources, to_compare)
        outdated = self.build.find_outdated(VERIFY_PAGES, items, saved=saved)
        self._save_seeds(before)  # after the reports that are outdated since then were deleted
        self._runs.update(outdated.runs)
        deleted = outdated.deleted.items()
        decode = VERIFY_PAGES.decode
        return OutdatedPages(
            tuple(outdated.runs),
            len(saved),
            (_report(name, decode(entry)) for name, entry in deleted),
            (_report(item.key, item.result) for item in outdated.current(VERIFY_PAGES)),
        )

    def take_summary(self) -> SiteSummary | None:
        """Return what the last check found of all pages, if it found no fault; it is deleted.

        So it is never used with the reports of a check that did not come to its end.
        """
        data, targets = (self.build.database.get(SUMMARY, key) for key in (_ALL, _TARGETS))
        self.build.database.drop(SUMMARY, [_ALL])
        saved = decoder(_SavedSummary).decode(data) if data else None
        if not (saved and targets and saved.fingerprint == self._summary_fingerprint):
            return None
        known, totals = decoder(KnownTargets), decoder(SiteTotals)
        return SiteSummary(saved.files, known.decode(targets), totals.decode(saved.totals))

    def save_summary(self, summary: SiteSummary, last: SiteSummary | None) -> None:
        """Save what a check without faults found of all pages; `last` is the summary before it."""
        totals = msgspec.Raw(encode(summary.totals))
        saved = _SavedSummary(self._summary_fingerprint, summary.files, totals)
        self.build.database.put(SUMMARY, [(_ALL, encode(saved))])
        if last is None or last.targets != summary.targets:
            self.build.database.put(SUMMARY, [(_TARGETS, encode(summary.targets))])

    @property
    def _summary_fingerprint(self) -> str:
        return self.build.fingerprint(self.shared).value

    def save(self, reports: Iterable[PageReport]) -> None:
        """Save the reports of pages without problems."""
        without_problems = [
            report for report in reports if report.encoded_links and not report.problems
        ]
        names = [report.name for report in without_problems]
        items = self._items(names, PageSources.of(without_problems))
        results = (
            NewResult(items.make(position), _verified(report), self._runs[report.name])
            for position, report in enumerate(without_problems)
        )
        self.build.save_together(VERIFY_PAGES, items, results)

    def _items(
        self, names: Sequence[str], sources: PageSources, to_compare: Set[str] = frozenset()
    ) -> Items:
        """Return pages with all that their check depends on now.

        For a page with a folder of its own these are all files of the folder: its listing is
        compared as it is, where to find three files in it takes several times as long. While the
        files with decisions are the same, only the pages `to_compare` are looked at besides: those
        of seeds that changed since the reports were saved.
        """
        site, docs, seeds = self.snapshots.site, self.snapshots.docs, self.snapshots.seeds.files
        shared, decided = self.build.fingerprint(self.shared), self.decisions.digests_for
        seed_of = {page: seed for seed, page in sources.pages.items()}
        folders = [_folder(name) for name in names]
        in_site = [
            site.files.get(name) if folder is None else site.listings.get(folder)
            for name, folder in zip(names, folders, strict=True)
        ]
        in_docs = [None if folder is None else docs.listings.get(folder) for folder in folders]
        columns = (in_site, in_docs, [name in to_compare for name in names])

        def item(position: int) -> Item:
            name = names[position]
            seed, files = seed_of.get(name), sources.decided_in.get(name, ())
            inputs = (in_site[position], (seed, seeds.get(seed or "")), in_docs[position])
            return Item(name, shared.extended(*inputs, decided(seed, files)))

        return Items(names, shared.extended(self.decisions.digests), columns, item)

    def _save_seeds(self, before: Mapping[str, bytes]) -> None:
        """Save the listings of the seeds as they are now."""
        now = self.snapshots.seeds.listings
        different = changed_listings(before, now).keys()
        changed = {folder: SavedFolder(now[folder]) for folder in different & now.keys()}
        update_folders(self.build.database, _SEEDS, changed, different - now.keys())


class _Source(msgspec.Struct, array_like=True):
    """The first fields of a `VerifiedPage`, which are decoded alone at a tenth of the cost."""

    source: SeedPath | None = None
    decided_in: tuple[str, ...] = ()


def _sources(saved: SavedEntries) -> PageSources:
    """Return what saved reports say."""
    pages: dict[str, _Source] = saved.results(_Source)
    return PageSources(
        {page.source: name for name, page in pages.items() if page.source is not None},
        {name: page.decided_in for name, page in pages.items() if page.decided_in},
    )


def _folder(name: str) -> str | None:
    """Return the folder whose page this is."""
    folder, _, file = name.rpartition("/")
    return folder if file == "index.html" else None


def _verified(report: PageReport) -> VerifiedPage:
    return VerifiedPage(
        report.source,
        report.decided_in,
        report.words,
        report.changes,
        report.links,
        report.encoded_links,
        report.encoded_entity_links,
        report.text,
    )


def _report(name: str, page: VerifiedPage) -> PageReport:
    return PageReport(
        name,
        page.links,
        page.encoded_links,
        page.encoded_entity_links,
        page.source,
        page.words,
        page.changes,
        text=page.text,
        decided_in=page.decided_in,
    )
