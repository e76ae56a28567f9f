"""Documents that are read again outside of a run, and names that are found again.

The results replace saved values in an `Overlay`; nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.corrections import NameCorrections
from generator.engine.encoding import get_value
from generator.engine.overlay import Overlay
from generator.engine.tasks import WorkItem
from generator.engine.tesseract import recognition_key
from generator.files import read_seed
from generator.linking.authority.lookup import AuthorityLookup, forms_in
from generator.linking.authority.matcher import NameMatcher
from generator.linking.corrected_mentions import by_document
from generator.model import Corpus, DocumentRecord, Problem, SeedPath
from generator.model.structure_rules import StructureRules
from generator.pipeline.build_tasks import (
    CASE_COUNTS,
    NAME_USAGES,
    NameSummary,
    ReadResult,
    load_document,
)
from generator.pipeline.document_stages import NameInputs, builtin_finder, name_document
from generator.pipeline.name_hints import hints_of_changed, saved_hints
from generator.pipeline.seed_reading import read_worker
from generator.settings import Settings


class CurrentDocument(NamedTuple):
    """A document read from its current seed, by the current decisions about its structure."""

    record: DocumentRecord
    database: Overlay


def current_document(
    settings: Settings, database: Overlay, saved: DocumentRecord, rules: StructureRules | None
) -> CurrentDocument | None:
    """Return a document, read again if its seed or its rules changed.

    None if no document can be read from the seed any more.
    """
    seed = read_seed(settings.seeds, saved.source)
    is_same_seed = isinstance(seed, Problem) or seed.digest == saved.digest  # a part has no file
    if is_same_seed and saved.rules == (rules and rules.digest):
        return CurrentDocument(saved, database)
    all_rules = {saved.source: rules} if rules else {}
    read = read_worker(settings, all_rules, recognition_key(settings.ocr))
    (output,) = read([WorkItem(saved.source, b"")])
    result = output.result
    if not isinstance(result, ReadResult) or result.record is None:
        return None
    values = {(table, str(saved.source)): data for table, data in output.values}
    return CurrentDocument(result.record, database.with_values(values))


def overlay_with_names(
    database: Overlay, corpus: Corpus, decided: NameCorrections, sources: Iterable[SeedPath]
) -> Overlay:
    """Return the database with the names of some documents found again, by these corrections."""
    lookup = AuthorityLookup.build(decided.authority_records)
    corrected = by_document(decided.mentions)
    matcher = NameMatcher.build(lookup.forms)
    values: dict[tuple[str, str], bytes] = {}
    for source, hints in _hints(database, corpus, sources).items():
        document = load_document(database, corpus.by_source[source])
        forms = forms_in(document, matcher) if lookup.forms else ()
        own = corrected.get(source, ())
        inputs = NameInputs(document.record, hints, lookup.names_with(forms), own)
        output = name_document(database, inputs, builtin_finder())
        values |= {(table, str(source)): data for table, data in output.values}
    return database.with_values(values)


def _hints(
    database: Overlay, corpus: Corpus, sources: Iterable[SeedPath]
) -> Mapping[SeedPath, bytes]:
    """Return the hints of documents, also of one that was read again."""
    wanted = frozenset(sources)
    if not wanted:
        return {}
    saved = dict(zip(sorted(corpus.by_source), saved_hints(database), strict=False))
    return {
        source: hints_of_changed(database, source)
        if database.replaces(CASE_COUNTS, source)
        else saved[source]
        for source in sorted(wanted)
    }


def have_same_names(before: Overlay, now: Overlay, sources: Iterable[SeedPath]) -> bool:
    """Whether documents have the same names as before, as often and with the same evidence."""
    return all(
        get_value(before, NAME_USAGES, source, NameSummary).usages
        == get_value(now, NAME_USAGES, source, NameSummary).usages
        for source in sources
    )
