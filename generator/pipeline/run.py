"""The whole flow from seeds to the docs folder, on one screen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Protocol

from generator import corrections
from generator.engine import workers
from generator.engine.database import open_database, repaired
from generator.engine.fingerprint import program_fingerprint
from generator.engine.incremental import Build
from generator.engine.workers import Progress, silent
from generator.files import (
    DOCUMENT_ADDRESSES,
    ENTITY_ADDRESSES,
    Changes,
    build_date,
    docs_list,
    read_addresses,
    walk_seeds,
    write_addresses,
    write_docs,
    write_file,
)
from generator.files.snapshot import Snapshot
from generator.linking.corpus import assemble_corpus
from generator.linking.date_order import resolve_date_order
from generator.linking.entities import resolve
from generator.linking.similarity.compare import Similarity
from generator.linking.similarity.related import relate_documents
from generator.model import (
    Corpus,
    DocumentAddress,
    DocumentRecord,
    Problem,
    Report,
    SeedPath,
    WithdrawnDocument,
)
from generator.model.problems import with_project_path
from generator.pipeline.admission import Admitted, admit
from generator.pipeline.corpus_stages import compare_in_background, load_related, save_related
from generator.pipeline.corpus_warnings import (
    corpus_warnings,
    duplicate_documents,
    lost,
    require_texts,
    strays,
    unfaithful_page,
)
from generator.pipeline.document_stages import DocumentStages
from generator.pipeline.last_run import (
    DATABASE_FILE,
    DATABASE_RESET,
    REVIEW_FILE,
    SCHEMA_FILE,
    Entry,
    RunResult,
    input_fingerprint,
    intact_docs,
    output_fingerprint,
    result_if_current,
    save,
)
from generator.pipeline.load_corrections import load_name_corrections
from generator.pipeline.losses import STOP, Before, Losses, remember, require_words
from generator.pipeline.outputs import data_files, search_files, site_pages
from generator.pipeline.page_fingerprints import DocumentFingerprints, NameLookup
from generator.pipeline.page_stages import FOLDERS, PageWriter, pages_fingerprint
from generator.reading.language import preload
from generator.settings import Settings
from generator.writing.addresses import documents as document_addresses
from generator.writing.addresses import entities as entity_addresses
from generator.writing.addresses import urls
from generator.writing.addresses.documents import AddressRequest
from generator.writing.addresses.entities import EntityAddress
from generator.writing.markup import is_verified_with
from generator.writing.pages.review import review_text


class Keep(Protocol):
    """Called with all addresses, old and new, of documents and of names."""

    __name__: str

    def __call__(
        self,
        settings: Settings,
        links: Iterable[DocumentAddress],
        names: Iterable[EntityAddress],
        /,
    ) -> None:
        """Keep them, or forget them."""


_WORTH = 2_000
"""Seeds; a worker takes half a second to start, and the index a tenth of a millisecond for each."""

NO_NAMES = corrections.NameCorrections()
"""Nobody decided anything about names."""


@dataclass(frozen=True, slots=True)
class Fallbacks:
    """Documents whose pages did not show their text to the letter, once they were built."""

    escape_fully: frozenset[SeedPath] = frozenset()
    """To be written sign by sign, so that nothing finds anything to change."""
    leave_out: frozenset[SeedPath] = frozenset()
    """Written so and still changed: not to be published."""
    ours: frozenset[SeedPath] = frozenset()
    """Those of them whose pages in the docs folder are wrong already."""

    @property
    def cache_key(self) -> str:
        """The same words for the same doubts."""
        return f"{sorted(self.escape_fully)} {sorted(self.leave_out)} {sorted(self.ours)}"


NONE = Fallbacks()


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller of a run chooses."""

    keep: Keep
    doubts: Fallbacks
    losses: Losses


def save_addresses(
    settings: Settings, links: Iterable[DocumentAddress], names: Iterable[EntityAddress]
) -> None:
    """Write the addresses into the project's tables, which makes them last."""
    write_addresses(settings.root, DOCUMENT_ADDRESSES, document_addresses.dump(links))
    write_addresses(settings.root, ENTITY_ADDRESSES, entity_addresses.dump(names))


def forget_addresses(
    _settings: Settings, _links: Iterable[DocumentAddress], _names: Iterable[EntityAddress]
) -> None:
    """Leave the tables as they are: what is only previewed may still get another title."""


def generate(
    settings: Settings,
    progress: Progress = silent,
    keep: Keep = save_addresses,
    fallbacks: Fallbacks = NONE,
    losses: Losses = STOP,
) -> Report:
    """Read every seed and write every page; give the figures and what a person should know.

    `run` tells how.
    """
    return run(settings, progress, keep, fallbacks, losses).report


def run(
    settings: Settings,
    progress: Progress = silent,
    keep: Keep = save_addresses,
    fallbacks: Fallbacks = NONE,
    losses: Losses = STOP,
) -> RunResult:
    """Do the same, and give the folders as they lay there, for whoever goes on with them.

    `keep` gets the addresses before the pages are written. What is in `doubts` is written
    sign by sign, or gets no page. Where nothing changed since the last run, on either side,
    nothing is done. Raises SeedbedError before anything is written when most of what the last run
    published is missing, unless `losses` says to go on.
    """
    how = _how(keep, fallbacks)
    # A run that kept the addresses left the same pages as one that forgets them.
    seeds = walk_seeds(settings.seeds)
    same = result_if_current(
        settings, (how, f"{save_addresses.__name__} {fallbacks.cache_key}"), seeds
    )
    if same:
        return same
    preload()
    return repaired(partial(_run, settings, progress, Options(keep, fallbacks, losses), seeds))


def _how(keep: Keep, fallbacks: Fallbacks) -> str:
    return f"{keep.__name__} {fallbacks.cache_key}"


def _run(settings: Settings, progress: Progress, options: Options, seeds: Snapshot) -> RunResult:
    """Generate, and remember the run as the last one.

    That the cache was damaged is told once, and is no part of what is remembered.
    """
    before = input_fingerprint(settings, _how(options.keep, options.doubts), seeds)
    with open_database(settings.root / DATABASE_FILE) as database:
        build = Build(database, settings.jobs, progress, program_fingerprint())
        stages = DocumentStages(settings, build, seeds)
        with workers.background(build.worker_count(len(seeds.files), _WORTH)) as begin:
            report, docs = _generate(stages, begin, options)
        save(database, Entry(before, output_fingerprint(settings, docs), report), docs)
    if database.was_reset:
        report = replace(report, problems=(*report.problems, DATABASE_RESET))
    return RunResult(report, docs, seeds)


def _generate(
    stages: DocumentStages, begin: workers.Submit, options: Options
) -> tuple[Report, Snapshot]:
    """Give the docs folder, too, as it lies there after the run."""
    settings, fallbacks, losses = stages.settings, options.doubts, options.losses
    lying = begin(partial(intact_docs, stages.build.database.path, settings.docs))
    write_file(settings.root / SCHEMA_FILE, corrections.json_schema())
    admitted = admit(stages, losses)
    dated, open_dates = resolve_date_order(admitted.documents)
    dated = tuple(document for document in dated if document.source not in fallbacks.leave_out)
    corpus, links = _assign_addresses(dated, admitted)
    _require_corpus(settings, losses, admitted.before, corpus, admitted.problems)
    remember(stages.build.database, losses, corpus.documents)
    corpus = replace(corpus, fully_escaped=_fully_escaped(corpus, settings, fallbacks))
    stages.assign_term_ids(corpus.documents)
    alike = compare_in_background(stages.build, corpus.documents, begin)
    said = load_name_corrections(settings)
    names = stages.find_names(corpus.documents)
    named = load_entity_addresses(settings)
    corpus, corrected, gone = link_entities(corpus, names, said, named)
    named = entity_addresses.assign(named, corpus.entities)
    stages.build.progress("comparing", 0, 0)
    composer = PageWriter(
        settings, stages.build, pages_fingerprint(settings, stages.build.program), *lying()
    )
    index = search_files(corpus, composer, begin)
    options.keep(settings, links, named)
    corpus = add_relations(corpus, stages, alike())
    write_file(settings.root / REVIEW_FILE, review_text(corpus))
    moved = document_addresses.old_addresses(links, corpus.addresses)
    moved |= entity_addresses.old_addresses(named, corpus.entities)
    stages.build.progress("writing pages", 0, 0)
    keys = DocumentFingerprints.build(corpus, NameLookup(names, corrected), composer.common)
    others = site_pages(keys, moved, settings, composer)
    made = chain(composer.write_pages(keys, others, begin), data_files(corpus, settings), index)
    listed = docs_list(settings.root, settings.docs)
    changes = write_docs(settings.docs, made, composer.docs_before.files, FOLDERS, listed)
    problems = [*admitted.problems, *open_dates, *gone, *duplicate_documents(corpus)]
    problems += map(lost, sorted(fallbacks.ours))
    problems += map(unfaithful_page, sorted(fallbacks.leave_out - fallbacks.ours))
    report = _report(settings, corpus, changes, problems)
    return replace(report, left_out=admitted.left_out), composer.docs_before.refreshed(
        changes.touched
    )


def _require_corpus(
    settings: Settings, losses: Losses, before: Before, corpus: Corpus, problems: Iterable[Problem]
) -> None:
    """Stop where there is nothing to publish, or most of it is missing."""
    now = {document.source: document.words for document in corpus.documents}
    require_words(losses, before, now, problems)
    if losses.stops and not now and not corpus.withdrawn:
        require_texts(with_project_path(problem, settings.seeds.name) for problem in problems)


def _report(
    settings: Settings, corpus: Corpus, changes: Changes, problems: Iterable[Problem]
) -> Report:
    """Give the figures of a run, and what a person should know after it."""
    in_seeds = tuple(with_project_path(problem, settings.seeds.name) for problem in problems)
    return Report(
        documents=len(corpus.documents),
        words=sum(document.words for document in corpus.documents),
        names=sum(bool(entity.address) for entity in corpus.entities.entities.values()),
        written=changes.written,
        unchanged=changes.unchanged,
        removed=changes.removed,
        problems=(
            *in_seeds,
            *corpus_warnings(settings, corpus, changes.kept),
            *strays(settings, changes.strays),
        ),
    )


def load_entity_addresses(settings: Settings) -> tuple[EntityAddress, ...]:
    """Read where people, organizations and places were published."""
    return entity_addresses.load(read_addresses(settings.root, ENTITY_ADDRESSES), ENTITY_ADDRESSES)


def link_entities(
    corpus: Corpus,
    names: Iterable[resolve.Naming],
    said: corrections.NameCorrections = NO_NAMES,
    addresses: Iterable[EntityAddress] = (),
) -> tuple[Corpus, resolve.CorrectedUsages, tuple[Problem, ...]]:
    """Tell whom the names in all documents mean, whose people say they are, and what is stale.

    The names are walked through several times. Who is `known` has the address as before.
    """
    corrected = resolve.CorrectedUsages(names, said)
    register = resolve.resolve_entities(
        corrected, len(corpus.documents), entity_addresses.allocator(addresses), said
    )
    spoken = {source: resolve.count_entities(usages, register) for source, usages in corrected}
    named = replace(corpus, entities=register, mentions=spoken)
    return named, corrected, resolve.unmatched_names(names, said)


def add_relations(corpus: Corpus, stages: DocumentStages, alike: Similarity) -> Corpus:
    """Find for every document its versions, and the documents that are near it."""
    known = corpus.entities.entities
    named = {
        source: tuple(
            known[entity_id].name for entity_id in mentions.entities if known[entity_id].address
        )
        for source, mentions in corpus.mentions.items()
    }
    found = relate_documents(corpus.documents, alike, named, load_related(stages.build))
    save_related(stages.build, alike, found)
    return replace(corpus, relations={one.source: one for one in found.kinship})


def _fully_escaped(corpus: Corpus, settings: Settings, fallbacks: Fallbacks) -> frozenset[SeedPath]:
    if is_verified_with(settings.site.extensions):
        return fallbacks.escape_fully
    return frozenset(document.source for document in corpus.documents)


def _assign_addresses(
    shown: Sequence[DocumentRecord], admitted: Admitted
) -> tuple[Corpus, tuple[DocumentAddress, ...]]:
    """Give every document its address; one that is withdrawn keeps the address that it had."""
    held = admitted.withheld
    homes = {link.seed: link.address for link in admitted.known}
    copies = (one for one in held.copies.values() if one.source in homes)
    left = (*held.withdrawn, *(replace(one.original, source=one.source) for one in copies))
    requests = [
        AddressRequest(one.source, one.digest, urls.document_address(one), one.wording)
        for one in shown
    ]
    requests += [
        _wish(document, held.memory.get(document.source, frozenset())) for document in left
    ]
    links = document_addresses.assign(admitted.known, requests, build_date())
    here = {request.seed for request in requests}
    addresses = {link.seed: link.address for link in links if link.seed in here}
    first = {
        link.seed: link.published[0]
        for link in links
        if link.seed in here and link.published[0] != link.address
    }
    corpus = assemble_corpus(shown, addresses, urls.author_addresses)
    return replace(corpus, withdrawn=left, first_addresses=first), links


def _wish(document: WithdrawnDocument, hidden: Collection[str]) -> AddressRequest:
    """Ask for the address of a document that is withdrawn; it may have one already."""
    address = urls.withdrawn_address(document)
    return AddressRequest(
        document.source, document.digest, address, document.wording, tuple(sorted(hidden))
    )
