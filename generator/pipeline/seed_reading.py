"""Work on seeds: the parts of containers, and the documents in files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.engine.encoding import encode
from generator.engine.tasks import Output, Work, WorkItem
from generator.engine.tesseract import recognition_key
from generator.linking import names
from generator.model import Document, Parsed, Problem, SeedbedError, SeedPath
from generator.model.structure_rules import StructureRules
from generator.pipeline.background_tasks import DOCUMENTS
from generator.pipeline.build_tasks import (
    CASE_COUNTS,
    TEXT_PROFILES,
    ReadResult,
)
from generator.pipeline.language_model import SavedModel
from generator.pipeline.sources import seed_source
from generator.reading.formats.parts import SeedSource
from generator.reading.read import read_document
from generator.settings import Settings
from generator.text.text_profile import profile_text

_LETTERS = ("mail", "msg")
"""Readers whose quotations are older letters."""


def read_seed_document(
    source: SeedSource, path: SeedPath, rules: Mapping[SeedPath, StructureRules]
) -> Parsed[Document | None]:
    """Read one seed, by the decisions about its structure."""
    seed = source(path)
    if isinstance(seed, Problem):
        return Parsed(None, (seed,))
    return read_document(seed, rules.get(path), source.read_file)


def parts_worker(seeds: Path) -> Work:
    """Return the function that lists the parts of containers.

    The work on each has its digest; if it changed since, the result is for this build only.
    """
    source = seed_source(seeds)

    def find(item: WorkItem) -> Output:
        path = SeedPath(item.key)
        found = source.parts_of(path)
        return Output(path, found, is_reusable=source.is_same(path, item.extra.decode()))

    return lambda items: [find(item) for item in items]


def read_worker(
    settings: Settings, rules: Mapping[SeedPath, StructureRules], recognition: str
) -> Work:
    """Return the function that reads seeds and counts their words.

    The work on each has the digest of its file. If that changed since, the result is for this
    build only: the next one may find the old file again.
    Raises SeedbedError if another program than `recognition` would recognise the words of scans.
    """
    if recognition_key(settings.ocr) != recognition:
        message = f"this computer reads scans with {recognition or 'nothing'}, a worker does not"
        raise SeedbedError(
            message, "Install the same tesseract, with its languages, on all workers"
        )
    source = seed_source(settings.seeds, settings.ocr)
    SavedModel(settings.root).use()

    def read(item: WorkItem) -> Output:
        path = SeedPath(item.key)
        seed = source(path)
        if isinstance(seed, Problem):  # perhaps a disk that is not mounted just now
            return Output(path, ReadResult(None, (seed,)), is_reusable=False)
        is_same = item.extra == seed.file_digest.encode()
        document, problems = read_document(seed, rules.get(path), source.read_file)
        if document is None:
            return Output(path, ReadResult(None, problems), is_reusable=is_same)
        values = {
            DOCUMENTS: encode(document),
            CASE_COUNTS: encode(names.count_case(document)),
            TEXT_PROFILES: encode(profile_text(_compared_text(document), document.headings)),
        }
        result = ReadResult(document.record, problems)
        return Output(path, result, values=tuple(values.items()), is_reusable=is_same)

    return lambda items: [read(item) for item in items]


def _compared_text(document: Document) -> str:
    """Return the text that is compared with others: a letter without those that it quotes."""
    is_letter = document.origin is not None and document.origin.reader.startswith(_LETTERS)
    if not is_letter:
        return document.text
    own = [block.text for block in document.blocks if not block.quoted]
    return "\n\n".join(own) or document.text
