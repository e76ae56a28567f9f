"""Stages that need the words of all documents at once: their similarity, and the search index.

Both run in the background, in a process that reads the words from the database, so that they are
never in the memory of the parent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TypeVar

from msgspec import structs

from generator.engine import workers
from generator.engine.cache_entries import Run
from generator.engine.derived_values import ValueTable, derive
from generator.engine.encoding import encode
from generator.engine.incremental import Build, NewResult
from generator.engine.large_values import load_large, save_large
from generator.engine.outdated import CHANGED
from generator.engine.stored_vocabulary import StoredVocabulary
from generator.engine.tasks import Item, Task
from generator.linking.similarity.compare import (
    Blocks,
    ComparedDocument,
    Similarity,
)
from generator.linking.similarity.linked_names import LinkedNames
from generator.linking.similarity.reasons import DocumentFacts, FactsByPosition, facts_of
from generator.linking.similarity.related import Explainer, SavedRelated, relate_each
from generator.linking.similarity.related import relate_documents as find_related
from generator.model import Corpus, DocumentRecord, OutputFile, PagePath, SeedPath
from generator.pipeline.background_tasks import (
    CORPUS,
    INDEX_BLOCKS,
    INDEX_PARTS,
    SEARCH_ENTRIES,
    SIMILARITY,
    SURVEY_TEXTS,
    TERM_IDS,
    WEIGH_KEYWORDS,
)
from generator.pipeline.background_texts import build_index, compare
from generator.pipeline.build_tasks import RELATED
from generator.search.entry_blocks import BlockPlace

T = TypeVar("T")

_FACTS = ValueTable("facts of documents", DocumentFacts)
_RELATIONS = ValueTable("relations", bytes)

_RELATED_PER_WORKER = 250
"""Fewest documents per worker: to relate one takes 0.6 ms, and workers of earlier stages wait."""

_RELATED_SHARE = 50
"""And one in so many of all: to send what workers need took 8 µs for each document of all."""

_RELATED_BATCH = 64
"""Documents per message between processes."""


def compare_in_background(
    build: Build, documents: Iterable[DocumentRecord], submit: workers.Submit
) -> Callable[[], Similarity]:
    """Compare documents by their words, which must have ids, in the background."""
    build.database.commit()
    compared = encode([*map(ComparedDocument.from_document, documents)])
    return submit(partial(compare, build.database.path, build.fingerprint(), compared))


def index_in_background(
    build: Build,
    blocks: Sequence[BlockPlace],
    sources: Sequence[str],
    intact: Set[str],
    submit: workers.Submit,
) -> Callable[[], list[OutputFile | PagePath]]:
    """Build the search index in the background, of blocks whose entries are saved.

    `sources` are the documents of the first entries.

    Only the paths of files that are `intact` are returned.
    """
    build.database.commit()
    program = build.fingerprint()
    wait = submit(partial(build_index, build.database.path, program, blocks, sources, intact))

    def save_and_return() -> list[OutputFile | PagePath]:
        built = wait()
        _save_blocks(build, INDEX_BLOCKS, built.changed.items(), built.fingerprints)
        item = Item(CORPUS, build.fingerprint())
        build.save(INDEX_PARTS, item, built.parts, Run(build.number, CHANGED))
        return built.files

    return save_and_return


def forget_index(build: Build) -> None:
    """Delete what was saved for the search index, some of which may be withdrawn."""
    for table in (SEARCH_ENTRIES, INDEX_BLOCKS.name, INDEX_PARTS.name):
        build.database.retain(table, ())


def relate_documents(
    build: Build, corpus: Corpus, records: Mapping[SeedPath, bytes], similarity: Similarity
) -> Corpus:
    """Add to every document its versions, and the documents that are related to it.

    `records` are the fingerprints of the documents without their texts.
    """
    similarity = _save_compared(build, similarity)
    sources = similarity.saved.sources
    facts = _facts(build, [*map(corpus.by_source.__getitem__, sources)], records)
    entities = corpus.entities.entities.values()
    linked = {entity.id: entity.name for entity in entities if entity.address}
    names = LinkedNames.of(corpus.mention_table, linked)
    previous = load_large(build.database, RELATED, build.fingerprint(), SavedRelated)
    explainer = Explainer.of(similarity, facts, map(records.__getitem__, sources), names)
    related = find_related(explainer, previous, build.number, partial(_find_relations, build))
    save_large(build.database, RELATED, build.fingerprint(), related.saved)
    return replace(corpus, relations=related.relations)


def _facts(
    build: Build, documents: Sequence[DocumentRecord], records: Mapping[SeedPath, bytes]
) -> FactsByPosition:
    """Return the facts about documents; those of letters, all of which are needed, are saved."""
    facts = FactsByPosition(documents)
    positions = {
        each.source: index for index, each in enumerate(documents) if each.metadata.recipient
    }
    inputs = {source: records[source] for source in positions}

    def make(sources: Sequence[SeedPath]) -> Iterator[DocumentFacts]:
        return (facts_of(documents[positions[source]]) for source in sources)

    known = derive(build.database, _FACTS, build.program, inputs, make)
    facts.update(zip(positions.values(), known.values(), strict=True))
    return facts


def _find_relations(
    build: Build, explainer: Explainer, runs: Mapping[SeedPath, int]
) -> Mapping[SeedPath, bytes]:
    """Return the saved relations, and those that this run finds."""

    def find(sources: Sequence[SeedPath]) -> Iterator[bytes]:
        outdated = frozenset(sources)
        indices = [index for index, source in enumerate(runs) if source in outdated]
        return relate_in_workers(build.jobs, explainer, indices)

    return derive(build.database, _RELATIONS, build.program, runs, find)


def _save_compared(build: Build, similarity: Similarity) -> Similarity:
    """Save what the next build needs to compare; return the rest, which takes half of the memory.

    Words that are in no document any more are forgotten.
    """
    StoredVocabulary(build.database, TERM_IDS).retain(similarity.used_words)
    keys = [*map(_block_key, range(similarity.block_count))]
    _save_blocks(build, WEIGH_KEYWORDS, _by_key(similarity.keyword_blocks()), keys)
    _save_blocks(build, SURVEY_TEXTS, _by_key(similarity.blocks.surveys.items()), keys)
    save_large(build.database, SIMILARITY, build.fingerprint(), similarity.saved)
    return structs.replace(similarity, blocks=Blocks({}, {}))


def relate_in_workers(jobs: int, explainer: Explainer, indices: Sequence[int]) -> Iterator[bytes]:
    """Yield the encoded relations of each of these documents, found by processes of this computer.

    Each of them gets what the relations of the whole corpus depend on: 1 kB a document.
    """
    used = related_worker_count(jobs, len(indices), len(explainer.sources))
    batches = workers.batches(indices, _RELATED_BATCH)
    return chain.from_iterable(workers.map_ordered(partial(_relating, explainer), batches, used))


def related_worker_count(jobs: int, outdated: int, documents: int) -> int:
    """Return how many processes pay for so many outdated documents of a corpus."""
    fewest = max(_RELATED_PER_WORKER, documents // _RELATED_SHARE)
    return max(1, min(jobs or workers.available_cores(), outdated // fewest))


def _relating(explainer: Explainer) -> Callable[[Sequence[int]], list[bytes]]:
    return lambda indices: [*relate_each(explainer, indices)]


def _save_blocks(
    build: Build, task: Task[T], changed: Iterable[tuple[str, T]], keys: Iterable[str]
) -> None:
    """Save blocks of documents by key, and delete all but those with these keys."""
    inputs, run = build.fingerprint(), Run(build.number, CHANGED)
    results = (NewResult(Item(key, inputs), block, run) for key, block in changed)
    build.save_all(task, results)  # an iterator: one block is encoded and saved before the next
    build.database.retain(task.name, keys)


def _by_key(blocks: Iterable[tuple[int, T]]) -> Iterator[tuple[str, T]]:
    return ((_block_key(number), block) for number, block in blocks)


def _block_key(number: int) -> str:
    return f"{number:06}"
