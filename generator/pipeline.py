"""The whole flow from seeds to the docs folder, on one screen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Protocol

from generator import cache, store, workers
from generator.admission import Admitted, admit
from generator.composing import FOLDERS, Composer, common
from generator.decisions import names_decided
from generator.gathering import begin_comparing, compared, keep_compared
from generator.lastrun import (
    CACHE,
    DROPPED,
    REVIEW,
    SCHEMA,
    Left,
    Run,
    docs_lying,
    given,
    keep_run,
    made,
    unchanged,
)
from generator.linking import corrections, entities
from generator.linking.alike import Alike
from generator.linking.dates import settle
from generator.linking.related import relate
from generator.linking.survey import assemble
from generator.losses import STOP, Before, Losses, remember, require_words
from generator.model import (
    Corpus,
    Permalink,
    Problem,
    Record,
    Report,
    SeedPath,
    Withdrawn,
)
from generator.notices import changed, located, lost, overall, require_texts, strays, twins
from generator.output import data, files, search_index
from generator.pagekeys import DocumentKeys, Names
from generator.readiness import get_ready
from generator.settings import Settings
from generator.shelves import Shelves
from generator.stages import Stages
from generator.workers import Progress, silent
from generator.writing import namelinks, permalinks, urls
from generator.writing.markup import is_proved
from generator.writing.namelinks import NameLink
from generator.writing.pages.review import review_text
from generator.writing.permalinks import Wish


class Keep(Protocol):
    """Called with all addresses, old and new, of documents and of names."""

    __name__: str

    def __call__(
        self, settings: Settings, links: Iterable[Permalink], names: Iterable[NameLink], /
    ) -> None:
        """Keep them, or forget them."""


_WORTH = 2_000
"""Seeds; a worker takes half a second to start, and the index a tenth of a millisecond for each."""

NO_NAMES = corrections.NameCorrections()
"""Nobody decided anything about names."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """Documents whose pages did not show their text to the letter, once they were built."""

    once: frozenset[SeedPath] = frozenset()
    """To be written sign by sign, so that nothing finds anything to change."""
    twice: frozenset[SeedPath] = frozenset()
    """Written so and still changed: not to be published."""
    ours: frozenset[SeedPath] = frozenset()
    """Those of them whose pages in the docs folder are wrong already."""

    @property
    def described(self) -> str:
        """The same words for the same doubts."""
        return f"{sorted(self.once)} {sorted(self.twice)} {sorted(self.ours)}"


NONE = Doubts()


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller of a run chooses."""

    keep: Keep
    doubts: Doubts
    losses: Losses


def keep_addresses(
    settings: Settings, links: Iterable[Permalink], names: Iterable[NameLink]
) -> None:
    """Write the addresses into the project's tables, which makes them last."""
    store.write_addresses(settings.root, store.ADDRESSES, permalinks.dump(links))
    store.write_addresses(settings.root, store.NAMES, namelinks.dump(names))


def forget_addresses(
    _settings: Settings, _links: Iterable[Permalink], _names: Iterable[NameLink]
) -> None:
    """Leave the tables as they are: what is only previewed may still get another title."""


def generate(
    settings: Settings,
    progress: Progress = silent,
    keep: Keep = keep_addresses,
    doubts: Doubts = NONE,
    losses: Losses = STOP,
) -> Report:
    """Read every seed and write every page; give the figures and what a person should know.

    `run` tells how.
    """
    return run(settings, progress, keep, doubts, losses).report


def run(
    settings: Settings,
    progress: Progress = silent,
    keep: Keep = keep_addresses,
    doubts: Doubts = NONE,
    losses: Losses = STOP,
) -> Left:
    """Do the same, and give the folders as they lay there, for whoever goes on with them.

    `keep` gets the addresses before the pages are written. What is in `doubts` is written
    sign by sign, or gets no page. Where nothing changed since the last run, on either side,
    nothing is done. Raises SeedbedError before anything is written when most of what the last run
    published is missing, unless `losses` says to go on.
    """
    how = _how(keep, doubts)
    # A run that kept the addresses left the same pages as one that forgets them.
    seeds = store.walk_seeds(settings.seeds)
    same = unchanged(settings, (how, f"{keep_addresses.__name__} {doubts.described}"), seeds)
    if same:
        return same
    get_ready()
    return cache.repaired(partial(_run, settings, progress, Options(keep, doubts, losses), seeds))


def _how(keep: Keep, doubts: Doubts) -> str:
    return f"{keep.__name__} {doubts.described}"


def _run(settings: Settings, progress: Progress, options: Options, seeds: cache.Tree) -> Left:
    """Generate, and remember the run as the last one.

    That the cache was damaged is told once, and is no part of what is remembered.
    """
    before = given(settings, _how(options.keep, options.doubts), seeds)
    with cache.opened(settings.root / CACHE) as kept:
        shelves = Shelves(kept, settings.jobs, progress)
        stages = Stages(settings, shelves, cache.program(), seeds)
        with workers.aside(shelves.hands(len(seeds.files), _WORTH)) as begin:
            report, docs = _generate(stages, begin, options)
        keep_run(kept, Run(before, made(settings, docs), report), docs)
    if kept.dropped:
        report = replace(report, problems=(*report.problems, DROPPED))
    return Left(report, docs, seeds)


def _generate(stages: Stages, begin: workers.Begin, options: Options) -> tuple[Report, cache.Tree]:
    """Give the docs folder, too, as it lies there after the run."""
    settings, doubts, losses = stages.settings, options.doubts, options.losses
    lying = begin(partial(docs_lying, stages.shelves.kept.path, settings.docs))
    store.write_file(settings.root / SCHEMA, corrections.schema())
    admitted = admit(stages, losses)
    dated, open_dates = settle(admitted.documents)
    dated = tuple(one for one in dated if one.source not in doubts.twice)
    corpus, links = _published(dated, admitted)
    _require_corpus(settings, losses, admitted.before, corpus, admitted.problems)
    remember(stages.shelves.kept, losses, corpus.documents)
    corpus = replace(corpus, sign_by_sign=_sign_by_sign(corpus, settings, doubts))
    stages.number(corpus.documents)
    alike = begin_comparing(stages.shelves.kept, stages.program, corpus.documents, begin)
    said = names_decided(settings)
    names = stages.namings(corpus.documents)
    named = known_names(settings)
    corpus, told, gone = who_is_who(corpus, names, said, named)
    named = namelinks.settle(named, corpus.register)
    stages.shelves.progress("comparing", 0, 0)
    composer = Composer(settings, stages.shelves, common(settings, stages.program), *lying())
    index = search_index(corpus, composer, begin)
    options.keep(settings, links, named)
    corpus = with_neighbours(corpus, stages, alike())
    store.write_file(settings.root / REVIEW, review_text(corpus))
    moved = permalinks.redirects(links, corpus.addresses)
    moved |= namelinks.redirects(named, corpus.register)
    stages.shelves.progress("writing pages", 0, 0)
    keys = DocumentKeys.of(corpus, Names(names, told), composer.common)
    others = files(keys, moved, settings, composer)
    made = chain(composer.files(keys, others, begin), data(corpus, settings), index)
    listed = store.docs_list(settings.root, settings.docs)
    changes = store.write_tree(settings.docs, made, composer.there.files, FOLDERS, listed)
    problems = [*admitted.problems, *open_dates, *gone, *twins(corpus)]
    problems += map(lost, sorted(doubts.ours))
    problems += map(changed, sorted(doubts.twice - doubts.ours))
    report = _report(settings, corpus, changes, problems)
    return replace(report, left_out=admitted.left_out), composer.there.again(changes.touched)


def _require_corpus(
    settings: Settings, losses: Losses, before: Before, corpus: Corpus, problems: Iterable[Problem]
) -> None:
    """Stop where there is nothing to publish, or most of it is missing."""
    now = {document.source: document.words for document in corpus.documents}
    require_words(losses, before, now, problems)
    if losses.stops and not now and not corpus.withdrawn:
        require_texts(located(settings, problem) for problem in problems)


def _report(
    settings: Settings, corpus: Corpus, changes: store.Changes, problems: Iterable[Problem]
) -> Report:
    """Give the figures of a run, and what a person should know after it."""
    in_seeds = tuple(located(settings, problem) for problem in problems)
    return Report(
        documents=len(corpus.documents),
        words=sum(document.words for document in corpus.documents),
        names=sum(bool(one.address) for one in corpus.register.entities.values()),
        written=changes.written,
        unchanged=changes.unchanged,
        removed=changes.removed,
        problems=(
            *in_seeds,
            *overall(settings, corpus, changes.kept),
            *strays(settings, changes.strays),
        ),
    )


def known_names(settings: Settings) -> tuple[NameLink, ...]:
    """Read where people, organizations and places were published."""
    return namelinks.load(store.read_addresses(settings.root, store.NAMES), store.NAMES)


def who_is_who(
    corpus: Corpus,
    names: Iterable[entities.Naming],
    said: corrections.NameCorrections = NO_NAMES,
    known: Iterable[NameLink] = (),
) -> tuple[Corpus, entities.Told, tuple[Problem, ...]]:
    """Tell whom the names in all documents mean, whose people say they are, and what is stale.

    The names are walked through several times. Who is `known` has the address as before.
    """
    told = entities.Told(names, said)
    register = entities.register(told, len(corpus.documents), namelinks.allocator(known), said)
    spoken = {source: entities.speaks_of(usages, register) for source, usages in told}
    named = replace(corpus, register=register, spoken=spoken)
    return named, told, entities.stale(names, said)


def with_neighbours(corpus: Corpus, stages: Stages, alike: Alike) -> Corpus:
    """Find for every document its versions, and the documents that are near it."""
    known = corpus.register.entities
    named = {
        source: tuple(known[one].name for one in spoken.entities if known[one].address)
        for source, spoken in corpus.spoken.items()
    }
    kept, program = stages.shelves.kept, stages.program
    found = relate(corpus.documents, alike, named, compared(kept, program))
    keep_compared(kept, program, alike, found)
    return replace(corpus, kinship={one.source: one for one in found.kinship})


def _sign_by_sign(corpus: Corpus, settings: Settings, doubts: Doubts) -> frozenset[SeedPath]:
    if is_proved(settings.site.extensions):
        return doubts.once
    return frozenset(document.source for document in corpus.documents)


def _published(shown: Sequence[Record], admitted: Admitted) -> tuple[Corpus, tuple[Permalink, ...]]:
    """Give every document its address; one that is withdrawn keeps the address that it had."""
    held = admitted.withheld
    homes = {link.seed: link.address for link in admitted.known}
    copies = (one for one in held.copies.values() if one.source in homes)
    left = (*held.withdrawn, *(replace(one.original, source=one.source) for one in copies))
    wishes = [
        Wish(one.source, one.digest, urls.document_address(one), one.wording) for one in shown
    ]
    wishes += [_wish(one, held.memory.get(one.source, frozenset())) for one in left]
    links = permalinks.settle(admitted.known, wishes, store.today())
    here = {wish.seed for wish in wishes}
    addresses = {link.seed: link.address for link in links if link.seed in here}
    first = {
        link.seed: link.published[0]
        for link in links
        if link.seed in here and link.published[0] != link.address
    }
    corpus = assemble(shown, addresses, urls.author_addresses)
    return replace(corpus, withdrawn=left, first_addresses=first), links


def _wish(one: Withdrawn, hidden: Collection[str]) -> Wish:
    """Ask for the address of a document that is withdrawn; it may have one already."""
    address = urls.withdrawn_address(one)
    return Wish(one.source, one.digest, address, one.wording, tuple(sorted(hidden)))
