"""The whole flow from seeds to the docs folder, on one screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import starmap
from typing import Protocol

import msgspec

from generator import cache, store
from generator.linking import corrections as people
from generator.linking import entities
from generator.linking.dates import settle
from generator.linking.profiles import Profile
from generator.linking.related import relate
from generator.linking.survey import assemble
from generator.linking.withdrawals import as_problem, copies, withdrawals
from generator.model import (
    Corpus,
    Document,
    Mention,
    OutputFile,
    Permalink,
    Problem,
    Report,
    Seed,
    SeedbedError,
    SeedPath,
    Withdrawn,
)
from generator.settings import Settings
from generator.stages import Progress, Stages
from generator.writing import exports, feeds, pages, permalinks, search, urls
from generator.writing.datasets import datasets
from generator.writing.imprint import Imprint
from generator.writing.labels import labels_for
from generator.writing.markup import is_proved
from generator.writing.namesets import namesets
from generator.writing.pages.review import review_page, review_text
from generator.writing.permalinks import Wish
from generator.writing.redirects import redirects
from generator.writing.search.entries import entries_of
from generator.writing.search.handwritten import entry_of


class Keep(Protocol):
    """Called with all addresses, old and new."""

    __name__: str

    def __call__(self, settings: Settings, links: Iterable[Permalink], /) -> None:
        """Keep them, or forget them."""


SCHEMA = ".seedbed/corrections.schema.json"
"""Where editors find what may stand in corrections.yml, as the file's first line tells them."""

REVIEW = ".seedbed/review.txt"
"""What is left for people to decide."""

CACHE = ".seedbed/cache.sqlite"
"""What earlier runs found out; safe to delete."""

Decided = Mapping[SeedPath, people.DocumentCorrection]

NO_NAMES = people.NameCorrections()
"""Nobody decided anything about names."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """Documents whose pages did not show their text to the letter, once they were built."""

    once: frozenset[SeedPath] = frozenset()
    """To be written sign by sign, so that nothing finds anything to change."""
    twice: frozenset[SeedPath] = frozenset()
    """Written so and still changed: not to be published."""

    @property
    def described(self) -> str:
        """The same words for the same doubts."""
        return f"{sorted(self.once)} {sorted(self.twice)}"


NONE = Doubts()

_DROPPED = Problem(
    "W050",
    CACHE,
    "this was damaged, or made by another version, and is begun anew",
    "There is nothing to do",
    severity="warning",
)


def silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def keep_addresses(settings: Settings, links: Iterable[Permalink]) -> None:
    """Write the addresses into the project's table, which makes them last."""
    store.write_addresses(settings.root, permalinks.dump(links))


def forget_addresses(_settings: Settings, _links: Iterable[Permalink]) -> None:
    """Leave the table as it is: what is only previewed may still get another title."""


def generate(
    settings: Settings,
    progress: Progress = silent,
    keep: Keep = keep_addresses,
    doubts: Doubts = NONE,
) -> Report:
    """Read every seed and write every page; give the figures and what a person should know.

    `keep` gets the addresses before the pages are written. What is in `doubts` is written
    sign by sign, or gets no page. Where nothing changed since the last run, on either side,
    nothing is done.
    """
    asked = f"{keep.__name__} {replace(settings, jobs=0)} {doubts.described}"
    program = cache.program()
    given = f"{program} {asked} {cache.tree(settings.seeds)}"
    with cache.opened(settings.root / CACHE) as kept:
        last = _last_run(kept)
        if last and last.given == given and last.made == _made(settings):
            report = last.report
            return replace(
                report, written=0, unchanged=report.written + report.unchanged, removed=0
            )
        stages = Stages(settings, kept, program, progress)
        report = _generate(settings, stages, keep, doubts)
        if kept.dropped:
            report = replace(report, problems=(*report.problems, _DROPPED))
        run = _Run(given, _made(settings), report)
        kept.put("run", [("last", msgspec.msgpack.encode(run))])
    return report


def _generate(settings: Settings, stages: Stages, keep: Keep, doubts: Doubts) -> Report:
    store.write_file(settings.root / SCHEMA, people.schema())
    paths, problems = store.seed_paths(settings.seeds)
    known = permalinks.load(store.read_addresses(settings.root), store.ADDRESSES)
    decided, slips = read_corrections(settings, paths, known)
    withdrawn = withdrawals(decided, _digests(settings, decided, paths, known))
    paths = [path for path in paths if path not in decided or not decided[path].withdrawn]
    documents: list[Document] = []
    for document, found in stages.read(paths):
        problems += people.still_open(found, decided)
        documents += [people.corrected(document, decided.get(document.source))] if document else []
    dated, open_dates = settle(documents)
    dated = tuple(one for one in dated if one.source not in doubts.twice)
    corpus, links, copied = _published(dated, withdrawn, known)
    corpus = replace(corpus, sign_by_sign=_sign_by_sign(corpus, settings, doubts))
    keep(settings, links)
    corpus, gone = who_is_who(corpus, stages.mentions(corpus.documents), names_decided(settings))
    corpus = with_neighbours(corpus, stages.profiles(corpus.documents))
    store.write_file(settings.root / REVIEW, review_text(corpus))
    stages.progress("writing pages", 0, 0)
    changes = store.write_tree(settings.docs, _files(corpus, links, settings))
    problems = [one for one in (*problems, *open_dates) if one.source not in copied]
    problems += (*slips, *gone, *starmap(as_problem, copied.items()), *_twins(corpus))
    problems += map(_changed, sorted(doubts.twice))
    in_seeds = tuple(located(settings, problem) for problem in problems)
    return Report(
        documents=len(corpus.documents),
        words=sum(document.words for document in corpus.documents),
        written=changes.written,
        unchanged=changes.unchanged,
        removed=changes.removed,
        problems=(*in_seeds, *_overall(settings, corpus, changes.kept)),
    )


class _Run(msgspec.Struct):
    """A run: what it was given, what lay there after it, and what it had to say."""

    given: str
    made: str
    report: Report


def _last_run(kept: cache.Cache) -> _Run | None:
    last = kept.get("run", "last")
    return msgspec.msgpack.decode(last, type=_Run) if last else None


def _made(settings: Settings) -> str:
    others = [settings.root / name for name in (SCHEMA, REVIEW, store.ADDRESSES)]
    return f"{cache.tree(settings.docs)} {[cache.signature(path) for path in others]}"


def read_corrections(
    settings: Settings, paths: Sequence[SeedPath], known: Iterable[Permalink]
) -> tuple[Decided, tuple[Problem, ...]]:
    """Read what people decided about documents, by seed, and what in it is wrong or stale.

    Raises SeedbedError when it cannot be told what is withdrawn.
    """
    said, slips = people.read_corrections(store.read_corrections(settings.seeds))
    here = f"{settings.seeds.name}/{people.FILE}"
    if said.unclear:
        told = "nobody can tell what is withdrawn here; nothing is published"
        hint = "Mend the line: quotes around the text often help"
        raise SeedbedError(f"{here}:{said.unclear[0]}: {told}", hint)
    decided = people.by_seed(said.documents, paths)
    removed = {link.seed for link in known}.difference(paths)
    to_match = {
        path: one for path, one in decided.items() if not (one.withdrawn and path in removed)
    }
    stale = people.stale(to_match, paths)
    lost = {one.line for one in to_match.values() if one.withdrawn}
    for slip in stale:
        if slip.line in lost:
            told = f"{slip.message.partition(';')[0]} to withdraw; nothing is published"
            raise SeedbedError(f"{here}:{slip.line}: {told}", slip.hint)
    return decided, (*slips, *stale)


def names_decided(settings: Settings) -> people.NameCorrections:
    """Read what people decided about names; what is wrong in it is told with the documents'."""
    said, _ = people.read_corrections(store.read_corrections(settings.seeds))
    return said.names


def who_is_who(
    corpus: Corpus,
    mentions: Iterable[tuple[Mention, ...]],
    said: people.NameCorrections = NO_NAMES,
) -> tuple[Corpus, tuple[Problem, ...]]:
    """Tell whom the names in all documents mean, and which corrections are stale."""
    found = {
        document.source: entities.spoken_of(document, named)
        for document, named in zip(corpus.documents, mentions, strict=True)
    }
    told = dict(entities.split(found.items(), said))
    register = entities.register(told, len(corpus.documents), urls.entity_addresses, said)
    named = replace(corpus, mentions=told, register=register)
    return named, entities.stale(found, said)


def with_neighbours(corpus: Corpus, profiles: Iterable[Profile]) -> Corpus:
    """Find for every document its versions, and the documents that are near it."""
    named = {
        source: entities.names_in(told, corpus.register) for source, told in corpus.mentions.items()
    }
    found = relate(profiles, named)
    return replace(corpus, kinship={one.source: one for one in found})


def located(settings: Settings, problem: Problem) -> Problem:
    """Name a problem's seed as people and editors find it: from the project's folder on."""
    return replace(problem, source=f"{settings.seeds.name}/{problem.source}")


def _changed(path: SeedPath) -> Problem:
    told = "something in the site changes its words, however they are written; not published"
    return Problem("E029", path, told, "Look which hook, plugin or extension in mkdocs.yml does it")


def _sign_by_sign(corpus: Corpus, settings: Settings, doubts: Doubts) -> frozenset[SeedPath]:
    if is_proved(settings.site.extensions):
        return doubts.once
    return frozenset(document.source for document in corpus.documents)


def _digests(
    settings: Settings, decided: Decided, paths: Iterable[SeedPath], known: Iterable[Permalink]
) -> dict[SeedPath, str]:
    """Give the digests of withdrawn seeds, which are read for nothing else, and of removed ones."""
    digests = {link.seed: link.digest for link in known}
    for path in paths:
        if path in decided and decided[path].withdrawn:
            seed = store.read_seed(settings.seeds, path)
            digests |= {} if isinstance(seed, Problem) else {path: seed.digest}
    return digests


def _published(
    documents: Sequence[Document], withdrawn: tuple[Withdrawn, ...], known: Sequence[Permalink]
) -> tuple[Corpus, tuple[Permalink, ...], dict[SeedPath, Withdrawn]]:
    """Set apart what may not be shown, and give everything else its address."""
    copied = copies(documents, withdrawn, known)
    shown = [document for document in documents if document.source not in copied]
    had_a_page = {link.seed for link in known}
    left = (
        *withdrawn,
        *(replace(one, source=path) for path, one in copied.items() if path in had_a_page),
    )
    wishes = [Wish(one.source, one.digest, urls.document_address(one)) for one in shown]
    wishes += [Wish(one.source, one.digest, urls.withdrawn_address(one)) for one in left]
    links = permalinks.settle(known, wishes)
    here = {wish.seed for wish in wishes}
    addresses = {link.seed: link.address for link in links if link.seed in here}
    corpus = assemble(shown, addresses, urls.author_address)
    return replace(corpus, withdrawn=left), links, copied


def _files(corpus: Corpus, links: Iterable[Permalink], settings: Settings) -> Iterator[OutputFile]:
    imprint = _imprint(settings)
    yield from pages.compose(corpus, imprint)
    yield from exports.ledgers(corpus)
    if settings.review:
        yield review_page(corpus)
    yield from datasets(corpus)
    yield from namesets(corpus)
    yield from exports.citation_files(corpus, imprint)
    yield from _raw_seeds(corpus, settings)
    yield from feeds.feeds(corpus, imprint)
    yield from feeds.signposts(imprint, pages.hubs(imprint))
    yield from _search(corpus, settings)
    yield from redirects(permalinks.redirects(links, corpus.addresses) | corpus.register.moved)


def _imprint(settings: Settings) -> Imprint:
    return Imprint(
        name=settings.site.name,
        description=settings.site.description,
        url=settings.site.url,
        genre="news" if settings.genre == "news" else "document",
        labels=labels_for(settings.site.language, settings.labels),
        hubs=settings.hubs,
        raw=settings.raw_seeds,
        hidden=settings.noindex,
    )


def _raw_seeds(corpus: Corpus, settings: Settings) -> Iterator[OutputFile]:
    """Copy the seeds beside their pages, unless that is turned off; one at a time is in memory."""
    for document in corpus.documents if settings.raw_seeds else ():
        seed = store.read_seed(settings.seeds, document.source)
        if isinstance(seed, Seed):
            yield exports.raw_seed(document, corpus, seed.data)


def _search(corpus: Corpus, settings: Settings) -> Iterator[OutputFile]:
    """The index of the search: the one that lies there, while nothing in it would change."""
    by_hand = map(entry_of, store.hand_written(settings.docs))
    entries = tuple(entries_of(corpus, by_hand))
    try:
        known = store.read_file(settings.docs / search.MANIFEST)
        paths = search.still_right(known, entries)
        same = tuple(OutputFile(path, store.read_file(settings.docs / path)) for path in paths)
    except FileNotFoundError:
        same = ()
    yield from same or search.index(entries)


def _overall(settings: Settings, corpus: Corpus, kept: Iterable[str]) -> Iterator[Problem]:
    if not corpus.documents and not corpus.withdrawn:
        yield Problem(
            "W001",
            settings.seeds.name,
            "no document in this folder",
            "Put plain-text files in",
            severity="warning",
        )
    for path in kept:
        yield Problem(
            "W002",
            f"docs/{path}",
            "this page is yours and is kept",
            "Remove it to get the generated one",
            severity="warning",
        )


def _twins(corpus: Corpus) -> Iterator[Problem]:
    first: dict[tuple[str, str], SeedPath] = {}
    for document in sorted(corpus.documents, key=lambda document: document.source):
        said = document.metadata
        twin = first.setdefault(
            (said.title.value, said.date.value if said.date else ""), document.source
        )
        if twin != document.source:
            yield Problem(
                "W014",
                document.source,
                f'same title and date as {twin}: "{said.title.value}"; both have a page',
                "Remove one if they are the same document",
                severity="warning",
            )
