"""The whole flow from seeds to the docs folder, on one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from generator import store
from generator.linking import corrections as people
from generator.linking.dates import settle
from generator.linking.survey import assemble
from generator.model import (
    Address,
    Corpus,
    Document,
    OutputFile,
    Problem,
    Report,
    SeedbedError,
    SeedPath,
)
from generator.reading.study import study
from generator.settings import Settings
from generator.writing import exports, pages, search, urls
from generator.writing.search.entries import entries_of
from generator.writing.search.handwritten import entry_of

Progress = Callable[[str, int, int], None]
"""Called with the stage, how many are done, and how many there are."""


Decided = Mapping[SeedPath, people.DocumentCorrection]


def silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def generate(settings: Settings, progress: Progress = silent) -> Report:
    """Read every seed and write every page; give the figures and what a person should know."""
    paths, problems = store.seed_paths(settings.seeds)
    decided, slips = read_corrections(settings, paths)
    problems += slips
    paths = [path for path in paths if not is_withdrawn(decided, path)]
    documents: list[Document] = []
    for done, (document, found) in enumerate(map(partial(read_document, settings), paths), start=1):
        progress("reading", done, len(paths))
        problems += people.still_open(found, decided)
        documents += [people.corrected(document, decided.get(document.source))] if document else []
    dated, open_dates = settle(documents)
    problems += open_dates
    corpus = assemble(dated, _addresses(dated), urls.author_address)
    changes = store.write_tree(settings.docs, _files(corpus, settings))
    problems += _twins(corpus)
    in_seeds = tuple(located(settings, problem) for problem in problems)
    return Report(
        documents=len(documents),
        words=sum(document.words for document in documents),
        written=changes.written,
        unchanged=changes.unchanged,
        removed=changes.removed,
        problems=(*in_seeds, *_overall(settings, corpus, changes.kept)),
    )


def read_document(
    settings: Settings, path: SeedPath
) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read one seed from disk."""
    seed = store.read_seed(settings.seeds, path)
    return (None, (seed,)) if isinstance(seed, Problem) else study(seed)


def read_corrections(
    settings: Settings, paths: Sequence[SeedPath]
) -> tuple[Decided, tuple[Problem, ...]]:
    """Read what people decided about documents, by seed, and what in it is wrong or stale.

    Raises SeedbedError when it cannot be told what is withdrawn.
    """
    said, slips = people.read_corrections(store.read_corrections(settings.seeds))
    if said.unclear:
        where = f"{settings.seeds.name}/{people.FILE}:{said.unclear[0]}"
        told = "a withdrawal stands here that cannot be read; nothing is published"
        raise SeedbedError(f"{where}: {told}", "Mend the line: quotes around the text often help")
    decided = people.by_seed(said.documents, paths)
    return decided, (*slips, *people.stale(decided, paths))


def is_withdrawn(decided: Decided, path: SeedPath) -> bool:
    """Tell whether people took a seed back."""
    return path in decided and decided[path].withdrawn is not None


def located(settings: Settings, problem: Problem) -> Problem:
    """Name a problem's seed as people and editors find it: from the project's folder on."""
    return replace(problem, source=f"{settings.seeds.name}/{problem.source}")


def _addresses(documents: Iterable[Document]) -> dict[SeedPath, Address]:
    return urls.allocate(
        (document.source, urls.document_address(document)) for document in documents
    )


def _files(corpus: Corpus, settings: Settings) -> Iterator[OutputFile]:
    yield from pages.compose(corpus, settings.site_description)
    yield from exports.ledgers(corpus)
    by_hand = map(entry_of, store.hand_written(settings.docs))
    yield from search.index(tuple(entries_of(corpus, by_hand)))


def _overall(settings: Settings, corpus: Corpus, kept: Iterable[str]) -> Iterator[Problem]:
    if not corpus.documents:
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
