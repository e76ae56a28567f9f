"""The proof: re-reads what was built, as a browser would, and holds it against the sources.

It knows nothing of how pages are made. What it finds on a page, with the ledger that lies beside
the page, must rebuild the seed's text to the letter; nothing but words may stand in an article,
and no link but to addresses that its words print; every value above it has its evidence, every
internal link and anchor leads somewhere, and links between documents and names go both ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator.checking.backlinks import entity_links, is_symmetric, one_way_links
from generator.checking.built_page import BuiltPage, parse_page, resolve_link
from generator.checking.dead_links import DeadTargets, canonical_of, find_dead_targets, link_targets
from generator.checking.page_check import PageReport, is_document, page_checker
from generator.checking.verified_pages import VerifiedPages, take_snapshots
from generator.engine import workers
from generator.files import generated_paths, read_file
from generator.files.snapshot import Snapshot
from generator.model import Problem, SeedbedError, SeedPath
from generator.settings import Settings

_CHUNK = 16
"""Pages in a message between processes."""

_WORTH_A_WORKER = 400
"""Pages; a worker takes half a second to start, and a page about a millisecond."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved, in figures, and what was not."""

    documents: int
    words: int
    changes: int
    """Entries of all ledgers that were taken back."""
    pages: int
    links: int
    broken: tuple[Problem, ...]
    doubtful: tuple[SeedPath, ...] = ()
    """Documents whose pages do not show their words, and nothing but them."""
    ours: tuple[SeedPath, ...] = ()
    """Those of them whose pages are wrong in the docs folder already."""
    warnings: tuple[Problem, ...] = ()
    """What is wrong on pages that are not ours, and may stay."""


def check(
    settings: Settings,
    site: Path,
    proofs: VerifiedPages | None = None,
    count: workers.Count = workers.untold,
) -> Proof:
    """Prove a built site against its seeds; a site that is not there raises SeedbedError.

    `count` hears how many pages are proved. What `proofs` knows of pages that are as they were,
    and of sources that are, is not proved again; whether links hold and go both ways is proved
    for all pages every time.
    """
    if not (site / "index.html").is_file():
        raise SeedbedError(f"there is no site in {site}", "Build it with `seedbed build`")
    trees = proofs.trees if proofs else take_snapshots(settings, site)
    names = {name for name in trees.site.files if name.endswith(".html")}
    names |= {f"{name.removesuffix('.md')}.html" for name in trees.docs.files if is_document(name)}
    sheets = list(proofs.still_valid(names) if proofs else ())
    unknown = sorted(names - {sheet.name for sheet in sheets})
    sheets += _proved(settings, site, unknown, proofs, count)
    broken = [problem for sheet in sheets for problem in sheet.problems]
    ends = {sheet.name: sheet.ends for sheet in sheets if sheet.ends}
    dead = find_dead_targets(trees.site.files, ends, canonical_of(settings.site))
    links = list(_dead_links(site, ends, dead, settings)) if dead else []
    passed = {one.source: why for one in links if (why := _may_pass(one.source, settings))}
    broken += (one for one in links if one.source not in passed)
    broken += _dead_redirects(site, trees.site, settings)
    if not is_symmetric(sheet.ties for sheet in sheets if sheet.ends):
        broken += one_way_links(
            {name: entity_links(name, *_read(site, name, settings)) for name in ends}
        )
    return Proof(
        documents=sum(sheet.source is not None for sheet in sheets),
        words=sum(sheet.words for sheet in sheets),
        changes=sum(sheet.changes for sheet in sheets),
        pages=len(ends),
        links=sum(sheet.links for sheet in sheets),
        broken=tuple(broken),
        doubtful=tuple(_doubtful(broken, f"{settings.seeds.name}/")),
        ours=tuple(report.source for report in sheets if report.ours and report.source),
        warnings=tuple(_passed(one, passed[one.source]) for one in links if one.source in passed),
    )


_OF_ITS_OWN = frozenset({"E023", "E024", "E027", "E028"})
"""What is wrong with one page only: it can be left out, and the others published."""


def _doubtful(broken: Iterable[Problem], folder: str) -> Iterator[SeedPath]:
    """Yield the seeds whose pages do not show their words, and nothing but them."""
    sources = (problem.source for problem in broken if problem.code in _OF_ITS_OWN)
    yield from (SeedPath(source.removeprefix(folder)) for source in dict.fromkeys(sources))


def _proved(
    settings: Settings,
    site: Path,
    names: Sequence[str],
    proofs: VerifiedPages | None,
    count: workers.Count,
) -> Iterator[PageReport]:
    """Prove pages, and keep what was found where nothing is broken."""
    min_batch = len(names) // (_CHUNK if settings.jobs else _WORTH_A_WORKER)
    jobs = max(1, min(settings.jobs or workers.available_cores(), min_batch))
    chunks = workers.batches(names, _CHUNK)
    proved = 0
    for done in workers.map_ordered(partial(page_checker, settings, site), chunks, jobs):
        if proofs:
            proofs.save(done)
        proved += len(done)
        count(proved, len(names))
        yield from done


def _read(site: Path, name: str, settings: Settings) -> tuple[BuiltPage, dict[str, str]]:
    """Read a page once more, to tell what is wrong with it; with the places of its links."""
    page = parse_page(read_file(site / name))
    return page, link_targets(name, page, settings.site)


def _dead_links(
    site: Path, pages: Iterable[str], dead: DeadTargets, settings: Settings
) -> Iterator[Problem]:
    """Say on which pages which links lead to a place that is not there."""
    for name in sorted(pages):
        page, meant = _read(site, name, settings)
        for link in page.links:
            wrong = dead.describe(meant[link], canonical_of(settings.site)) if link in meant else ""
            if wrong:
                message = f'the link "{link}" {wrong}'
                hint = "Mend it, or build the site again"
                folder = (site / meant[link].partition("#")[0]).is_dir()
                if folder and not settings.site.directory_urls:
                    message = f'the link "{link}" leads to a folder, not to its index.html'
                    hint = "Mend it: with `use_directory_urls: false` every link names a file"
                yield Problem("E025", name, message, hint)


def _may_pass(name: str, settings: Settings) -> str:
    """Say why dead links on a page may stay, and what to do; empty where they may not.

    On pages of ours they never may; on those that a plugin made they may where nothing is said.
    """
    strict, docs = settings.site.strict, settings.docs
    ours = {"404.html", *(one.relative_to(docs).as_posix() for one in generated_paths(docs))}
    if strict or not ours.isdisjoint((name.partition("/")[0], _source(name))):
        return ""
    if strict is False:
        return "Mend it; `strict: false` in mkdocs.yml lets it pass"
    folder = docs / name.removesuffix("index.html")
    sources = (docs / name, docs / _source(name), folder / "README.md", folder.with_suffix(".md"))
    by_hand = any(path.is_file() for path in sources)
    return "" if by_hand else "A plugin made this page: look at its settings in mkdocs.yml"


def _source(name: str) -> str:
    return f"{name.removesuffix('.html')}.md"


def _passed(problem: Problem, hint: str) -> Problem:
    return replace(problem, code="W063", hint=hint, severity="warning")


def _dead_redirects(site: Path, snapshot: Snapshot, settings: Settings) -> Iterator[Problem]:
    """Every line for servers must lead to a page; those with placeholders are people's own.

    So are lines that lead to something else on the host of the site.
    """
    hint = "Mend the address in addresses.csv or names.csv, or the line if you wrote it"
    for path in sorted(name for name in snapshot.files if name.split("/")[-1] == "_redirects"):
        for line in read_file(site / path).decode(errors="replace").splitlines():
            target = ([*line.split(), "", ""])[1]
            if target.startswith("/") and not set(target) & set("*:?#"):
                page = resolve_link("", target, settings.site.base_path)
                if page is not None and not _leads(page, snapshot, settings):
                    yield Problem("E025", path, f'"{line}" leads nowhere', hint)


def _leads(page: str, snapshot: Snapshot, settings: Settings) -> bool:
    """Whether a path below the root of the site is that of a page or file."""
    shown = [f"{page}/index.html".lstrip("/")] if settings.site.directory_urls else []
    return not snapshot.files.keys().isdisjoint((page, *shown))
