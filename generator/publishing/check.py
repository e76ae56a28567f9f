"""The proof: re-reads what was built, as a browser would, and holds it against the sources.

It knows nothing of how pages are made. What it finds on a page, with the ledger that lies beside
the page, must rebuild the seed's text to the letter; nothing but words may stand in an article,
and no link but to addresses that its words print; every value above it has its evidence, every
internal link and anchor leads somewhere, and links between documents and names go both ways.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from html import unescape
from pathlib import Path

from generator import store, workers
from generator.model import Problem, SeedbedError, SeedPath
from generator.publishing.html import Page, site_path
from generator.publishing.proofs import Proofs
from generator.publishing.sheet import Sheet, prover
from generator.publishing.symmetry import one_way_links
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


def check(settings: Settings, site: Path, proofs: Proofs | None = None) -> Proof:
    """Prove a built site against its seeds; a site that is not there raises SeedbedError.

    What `proofs` knows of pages that are as they were, and of sources that are, is not proved
    again; whether links hold and go both ways is proved for all pages every time.
    """
    if not (site / "index.html").is_file():
        raise SeedbedError(f"there is no site in {site}", "Build it with `seedbed build`")
    sheets = list(_sheets(settings, site, proofs))
    pages = {sheet.name: sheet.page for sheet in sheets if sheet.page}
    broken = [problem for sheet in sheets for problem in sheet.problems]
    broken += (*_dead_links(site, pages), *_dead_redirects(site), *one_way_links(pages))
    return Proof(
        documents=sum(sheet.document for sheet in sheets),
        words=sum(sheet.words for sheet in sheets),
        changes=sum(sheet.changes for sheet in sheets),
        pages=len(pages),
        links=sum(len(page.links) for page in pages.values()),
        broken=tuple(broken),
        doubtful=tuple(_doubtful(broken, f"{settings.seeds.name}/")),
    )


_OF_ITS_OWN = frozenset({"E023", "E024", "E027", "E028"})
"""What is wrong with one page only: it can be left out, and the others published."""


def _doubtful(broken: Iterable[Problem], folder: str) -> Iterator[SeedPath]:
    """The seeds whose pages do not show their words, and nothing but them."""
    sources = (one.source for one in broken if one.code in _OF_ITS_OWN)
    yield from (SeedPath(source.removeprefix(folder)) for source in dict.fromkeys(sources))


def _sheets(settings: Settings, site: Path, proofs: Proofs | None) -> Iterator[Sheet]:
    """Give what is found on every page and of every document, known or proved now."""
    pages = {path.relative_to(site) for path in store.files_below(site, "*.html")}
    documents = store.files_below(settings.docs / "documents", "index.md")
    pages |= {path.relative_to(settings.docs).with_suffix(".html") for path in documents}
    names = sorted(path.as_posix() for path in pages)
    known = proofs.known(names) if proofs else {}
    unknown = [name for name in names if name not in known]
    worth = len(unknown) // (_CHUNK if settings.jobs else _WORTH_A_WORKER)
    jobs = max(1, min(settings.jobs or workers.cores(), worth))
    chunks = workers.chunks(unknown, _CHUNK)
    for done in workers.deal(partial(prover, settings, site), chunks, jobs):
        if proofs:
            proofs.keep(done)
        yield from done
    yield from known.values()


def _dead_links(site: Path, pages: dict[str, Page]) -> Iterator[Problem]:
    """Every internal link must lead to a file, and to an element of it where it names one."""
    there = {path.relative_to(site).as_posix() for path in store.files_below(site, "*")}
    for name, page in pages.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            path = _resolve(there, name, target)
            if path is None:
                continue
            if path not in there:
                yield Problem(
                    "E025",
                    name,
                    f'the link "{link}" leads nowhere',
                    "Mend it, or build the site again",
                )
            elif anchor and path in pages and unescape(anchor) not in pages[path].ids:
                yield Problem(
                    "E025",
                    name,
                    f'the link "{link}" names no place on its page',
                    "Mend it, or build the site again",
                )


def _dead_redirects(site: Path) -> Iterator[Problem]:
    """Every line for servers must lead to a page; those with placeholders are people's own."""
    for path in store.files_below(site, "_redirects"):
        for line in store.read_file(path).decode().splitlines():
            target = ([*line.split(), "", ""])[1]
            if target.startswith("/") and not set(target) & set("*:?#"):
                page = site / target.strip("/")
                if not (page.is_file() or (page / "index.html").is_file()):
                    hint = "Mend the address in addresses.csv, or build the site again"
                    yield Problem("E025", "_redirects", f'"{line}" leads nowhere', hint)


def _resolve(there: Collection[str], page: str, target: str) -> str | None:
    """Give the file of the site that a link means; None for a link that leaves the site."""
    path = site_path(page, target)
    if path is None or path in there:
        return path
    return f"{path}/index.html".lstrip("/")
