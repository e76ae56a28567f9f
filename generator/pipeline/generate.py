"""Write the docs folder from the seeds: every stage, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import cache, partial
from itertools import chain

import msgspec

from generator import corrections
from generator.engine import workers
from generator.engine.database_errors import DamagedError
from generator.engine.database_file import open_database, repaired
from generator.engine.fingerprint import Fingerprint, program_fingerprint
from generator.engine.incremental import Build
from generator.engine.workers import Progress, Submit, no_progress
from generator.files import (
    Changes,
    ExistingFiles,
    WalkedSeeds,
    docs_list,
    walk_seeds,
    write_file,
)
from generator.files import write_docs as write_docs_folder
from generator.files.snapshot import Snapshot
from generator.linking.corpus import moved_authors
from generator.linking.date_order import resolve_date_order
from generator.linking.entities.resolve import with_split_heads
from generator.model import (
    Address,
    Corpus,
    DocumentAddress,
    DocumentRecord,
    OutputFile,
    PagePath,
    Problem,
    Report,
)
from generator.model.problems import with_project_path
from generator.pipeline import corpus_stages, last_run
from generator.pipeline.build_tasks import QUOTES
from generator.pipeline.corpus_files import DataFiles, site_pages
from generator.pipeline.corpus_state import CorpusState
from generator.pipeline.corpus_warnings import (
    corpus_warnings,
    damaged_page,
    duplicate_documents,
    foreign_file_warnings,
    require_texts,
    unfaithful_page,
)
from generator.pipeline.docs_state import DocsState, docs_state, save_docs
from generator.pipeline.document_addresses import (
    assign_addresses,
    published_documents,
    save_addresses,
)
from generator.pipeline.document_selection import SelectedDocuments, select_documents
from generator.pipeline.document_stages import DocumentStages
from generator.pipeline.editor_notes import EditorNotes, load_editor_notes
from generator.pipeline.entities import load_entity_addresses, match_names, update_entities
from generator.pipeline.format_counts import count_formats, count_omissions
from generator.pipeline.language_model import MIN_SEEDS_TO_SAVE, SavedModel, save_once
from generator.pipeline.large_loss import require_words, save_published
from generator.pipeline.last_run import RunResult
from generator.pipeline.load_corrections import authority_problems, load_name_corrections
from generator.pipeline.mention_fingerprints import NameLookup
from generator.pipeline.options import Options
from generator.pipeline.page_fingerprints import DocumentFingerprints
from generator.pipeline.page_stages import FOLDERS, PageWriter, pages_fingerprint
from generator.pipeline.picture_files import find_picture_files
from generator.pipeline.search_index import search_files
from generator.pipeline.sources import recognition_problems
from generator.pipeline.word_ids import assign_term_ids
from generator.reading.language import preload
from generator.settings import Settings
from generator.writing.addresses import document_permalinks as document_addresses
from generator.writing.addresses import entity_permalinks as entity_addresses
from generator.writing.addresses.entity_permalinks import EntityAddress
from generator.writing.labels import labels_for
from generator.writing.markup import is_verified_with
from generator.writing.pages.review import questions_json, review_text

_MIN_SEEDS = 2_000
"""Seeds per process from which on a background process is worth its start of 0.5 s."""

_MIN_SEEDS_AT_FIRST = 250
"""The same for a first build, in which comparing takes 1.5 ms a seed."""


_OpenRun = Callable[[], AbstractContextManager["_Run"]]


def generate(
    settings: Settings,
    options: Options | None = None,
    progress: Progress = no_progress,
    submit: Submit | None = None,
    walked: WalkedSeeds | None = None,
) -> RunResult:
    """Read every seed and write every page below docs/.

    If neither the inputs nor the outputs changed since the last run, return its result, unless the
    options ask for a run. `submit` starts tasks in the background; None: in a process of the run's
    own. `walked` is the seeds folder if it was walked already. Raises SeedbedError before anything
    is written if most of what the last run published is missing, unless the options accept that.
    """
    options = options or Options()
    walked = walked or walk_seeds(settings.seeds)
    seeds = walked.snapshot
    result = last_run.result_if_current(settings, options, seeds)
    if result and not options.even_if_unchanged:
        return result
    preload(SavedModel(settings.root))
    open_run = partial(_open_run, settings, options, progress, walked, submit)
    return repaired(partial(_generate, settings, open_run, walked, progress))


def _generate(
    settings: Settings, open_run: _OpenRun, walked: WalkedSeeds, progress: Progress
) -> RunResult:
    with open_run() as run:
        options, seeds = run.options, run.seeds
        write_file(settings.root / last_run.SCHEMA_FILE, corrections.json_schema())
        selected = select_documents(run.stages, walked.listed(), options.loss_policy)
        documents, date_problems = resolve_date_order(selected.documents)
        notes, about_names = load_editor_notes(settings, seeds), load_name_corrections(settings)
        documents = notes.settle(run.without_left_out(documents), settings.rights)
        documents = with_split_heads(documents, about_names)
        records = selected.record_fingerprints(documents)
        addressed = assign_addresses(run.build, documents, records, selected, options)
        corpus = notes.add_to(_checked_corpus(run, addressed.corpus, selected))
        assign_term_ids(run.build, corpus.documents)
        similarity = corpus_stages.compare_in_background(run.build, corpus.documents, run.submit)
        decided = match_names(about_names, corpus)
        names = run.stages.find_names(documents, records, decided.corrections)
        entity_table = load_entity_addresses(settings)
        linked = update_entities(run.build, corpus, names, decided.corrections, entity_table)
        entity_table = entity_addresses.assign(entity_table, linked.corpus.entities)

        progress("comparing", 0, 0)
        writer = run.page_writer(linked.corpus)
        index = search_files(linked.corpus, records, writer, run.submit, options)
        if options.save_addresses:  # before the pages: an address that was shown must last
            save_addresses(run.build, settings, addressed, entity_table)
        corpus = corpus_stages.relate_documents(run.build, linked.corpus, records, similarity())
        pictures = find_picture_files(run.build, settings, seeds, corpus, selected.picture_files)
        corpus = replace(corpus, pictures=pictures.by_document)
        _write_questions(settings, corpus)
        progress("writing pages", 0, 0)
        moved = _moved_addresses(addressed.addresses, entity_table, corpus)
        lookup = NameLookup(names, linked.corrected)
        fingerprints = DocumentFingerprints.build(corpus, records, lookup, writer.common)
        changes = _write_docs(run, writer, fingerprints, moved, index)

        problems = [*pictures.with_problems(selected.problems), *recognition_problems(settings.ocr)]
        problems += (*date_problems, *linked.problems, *notes.all_problems(corpus))
        problems += (*decided.problems, *names.problems, *authority_problems(settings))
        report = replace(_summarize(run, corpus, changes, problems), left_out=selected.left_out)
        report = replace(report, has_draft_addresses=addressed.are_drafts)
        state = run.state(selected, notes, corpus, decided.corrections)
        published = published_documents(corpus, addressed.addresses)
        return replace(run.save(report, changes, writer), state=state, documents=published)


def _moved_addresses(
    documents: Iterable[DocumentAddress], entities: Iterable[EntityAddress], corpus: Corpus
) -> dict[Address, Address]:
    """Return the current address for each one that moved."""
    moved = document_addresses.old_addresses(documents, corpus.addresses)
    moved |= entity_addresses.old_addresses(entities, corpus.entities)
    return moved | moved_authors(corpus)


def _write_questions(settings: Settings, corpus: Corpus) -> None:
    labels = labels_for(settings.site.language, settings.labels)
    write_file(settings.root / last_run.REVIEW_FILE, review_text(corpus))
    write_file(settings.root / last_run.QUESTIONS_FILE, questions_json(corpus, labels))


class _Run(msgspec.Struct, frozen=True):
    """What the stages of one run share."""

    settings: Settings
    options: Options
    seeds: Snapshot
    inputs: Fingerprint
    """Of all that the run depends on."""
    shown_before: frozenset[str]
    """The documents of the last run."""
    build: Build
    stages: DocumentStages
    submit: Submit
    docs_state: Callable[[], DocsState]
    """Waits for the state of the docs folder, which is looked up in the background."""

    def without_left_out(self, documents: Iterable[DocumentRecord]) -> tuple[DocumentRecord, ...]:
        """Return the documents that can be shown unchanged."""
        left_out = self.options.fallbacks.leave_out
        return tuple(document for document in documents if document.source not in left_out)

    def page_writer(self, corpus: Corpus) -> PageWriter:
        """Return the writer of the pages, once the state of the docs folder is known."""
        common = pages_fingerprint(self.settings, self.build.program)
        docs = self.docs_state()
        # The lists of other documents could name one that is withdrawn now.
        is_partial = not self.options.with_lists and self.shown_before == corpus.by_source.keys()
        left = set[PagePath]() if is_partial else None
        return PageWriter(self.settings, self.build, common, docs.snapshot, docs.intact.files, left)

    def state(
        self,
        selected: SelectedDocuments,
        notes: EditorNotes,
        corpus: Corpus,
        names: corrections.NameCorrections,
    ) -> CorpusState | None:
        """Return what is known of the corpus; None unless the options ask for it."""
        if not self.options.with_state:
            return None
        read = self.without_left_out(selected.documents)
        return CorpusState(self.settings, self.build.program, read, notes, corpus, names)

    def save(self, report: Report, changes: Changes, writer: PageWriter) -> RunResult:
        """Save the result as that of the last run, and return it."""
        before, database, jobs = self.docs_state(), self.build.database, self.settings.jobs
        docs = save_docs(database, before, changes.changed_paths, changes.foreign_files, jobs)
        last_run.save(self.build, self.settings, self.inputs, report, docs)
        if self.build.database.was_reset:  # reported once, so it is not saved
            report = replace(report, problems=(*report.problems, last_run.DATABASE_RESET))
        outdated = frozenset(writer.left_outdated or ())
        return RunResult(report, docs, self.seeds, self.build.summaries(), outdated)


@contextmanager
def _open_run(
    settings: Settings,
    options: Options,
    progress: Progress,
    walked: WalkedSeeds,
    submit: Submit | None,
) -> Iterator[_Run]:
    seeds = walked.snapshot
    inputs = last_run.input_fingerprint(settings, options, seeds)
    with open_database(settings.root / last_run.DATABASE_FILE) as database:
        build = Build.start(database, program_fingerprint(), settings.jobs, progress)
        build = replace(build, workers=options.workers, output_folder=settings.docs)
        stages = DocumentStages(settings, build, walked.files)
        shown = frozenset(database.keys(QUOTES))
        min_seeds = _MIN_SEEDS if shown else _MIN_SEEDS_AT_FIRST
        process_count = build.worker_count(len(seeds.files), min_seeds)
        with _shared(submit) if submit else workers.background(process_count) as start:
            docs = cache(start(partial(docs_state, database.path, settings.docs)))
            if len(seeds.files) >= MIN_SEEDS_TO_SAVE:  # or each worker would unpack the model
                save_once(SavedModel(settings.root))
            yield _Run(settings, options, seeds, inputs, shown, build, stages, start, docs)


@contextmanager
def _shared(submit: Submit) -> Iterator[Submit]:
    """Use the caller's background process.

    After DamagedError, wait until its tasks end, so that it no longer has the damaged database
    open.
    """
    try:
        yield submit
    except DamagedError:
        submit(partial(bool))()  # when all earlier tasks are done
        raise


def _checked_corpus(run: _Run, corpus: Corpus, selected: SelectedDocuments) -> Corpus:
    """Return the corpus, with the documents to be escaped fully, if there is enough to publish.

    Raises SeedbedError if there is nothing to publish, or if most of it is missing.
    """
    settings, policy = run.settings, run.options.loss_policy
    words = {source: document.words for source, document in corpus.by_source.items()}
    near_copies = selected.hidden.near_copies
    require_words(policy, selected.last_published, words, selected.problems, near_copies)
    if policy.stops and not words and not corpus.withdrawn:
        require_texts(
            with_project_path(problem, settings.seeds.name) for problem in selected.problems
        )
    save_published(run.build.database, policy, words)
    is_verified = is_verified_with(settings.site.extensions)
    escaped = run.options.fallbacks.escape_fully if is_verified else frozenset(words)
    return replace(corpus, fully_escaped=escaped)


def _write_docs(
    run: _Run,
    writer: PageWriter,
    fingerprints: DocumentFingerprints,
    moved: Mapping[Address, Address],
    index: Iterable[OutputFile | ExistingFiles],
) -> Changes:
    """Write every file of the docs folder, and remove generated files that are not wanted now."""
    settings = run.settings
    data = DataFiles(fingerprints, settings, writer)
    others = chain(data.about_names(), site_pages(fingerprints, moved, settings, writer))
    pages = writer.write_pages(fingerprints, others, run.submit)
    files = chain(pages, data.descriptions(), index)
    owned = docs_list(settings.root, settings.docs)
    return write_docs_folder(settings.docs, files, writer.docs_before, owned, FOLDERS)


def _summarize(run: _Run, corpus: Corpus, changes: Changes, problems: Iterable[Problem]) -> Report:
    """Return the statistics of a run, and what the user should know after it."""
    settings, fallbacks = run.settings, run.options.fallbacks
    documents = corpus.by_source.values()
    in_seeds = (
        *problems,
        *duplicate_documents(corpus),
        *map(damaged_page, sorted(fallbacks.wrong_in_docs)),
        *map(unfaithful_page, sorted(fallbacks.leave_out - fallbacks.wrong_in_docs)),
    )
    return Report(
        documents=len(documents),
        words=sum([document.words for document in documents]),
        names=sum(bool(entity.address) for entity in corpus.entities.entities.values()),
        written=changes.written,
        unchanged=changes.unchanged,
        removed=changes.removed,
        formats=count_formats(documents),
        omissions=count_omissions(documents),
        without_rights=sum([not document.metadata.rights for document in documents]),
        problems=(
            *(with_project_path(problem, settings.seeds.name) for problem in in_seeds),
            *corpus_warnings(settings, corpus, changes.handwritten),
            *foreign_file_warnings(settings, changes.foreign_files),
        ),
    )
