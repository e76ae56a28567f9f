"""Corrections from disk, for the run and for `seedbed explain`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from generator import corrections
from generator.corrections.patterns import (
    find_patterns,
    report_patterns,
    with_patterns,
    without_patterns,
)
from generator.files import (
    Rule,
    ignoring_rule,
    read_authority,
    read_corrections,
    read_metadata,
    seed_exists,
)
from generator.model import DocumentAddress, Parsed, Problem, SeedbedError, SeedPath
from generator.reading.formats.parts import containers_of
from generator.reading.refused_files import detect_refused_file
from generator.settings import Settings

DocumentCorrections = Mapping[SeedPath, corrections.DocumentCorrection]


def load_document_corrections(
    settings: Settings, paths: Sequence[SeedPath], addresses: Iterable[DocumentAddress]
) -> Parsed[DocumentCorrections]:
    """Read the corrections of documents, by seed, and the problems in corrections.yml.

    Raises SeedbedError if it is unclear which documents are withdrawn.
    """
    parsed, problems = _parse_corrections(settings)
    removed = _removed_seeds(paths, addresses)
    patterns = find_patterns(parsed.documents, (*paths, *removed))
    entries = without_patterns(parsed.documents, patterns)
    matched = corrections.match_seeds(entries, (*paths, *removed))
    ignored = left_out(settings, matched, paths)
    unused = (_unused_correction(matched[path], rule) for path, rule in ignored.items())
    to_match = {
        path: correction
        for path, correction in matched.items()
        if path not in ignored and not (correction.withdrawn and path in removed)
    }
    problems = (
        *problems,
        *corrections.report_lookalikes(entries, paths),
        *report_patterns(patterns, paths),
        *_unmatched(settings, to_match, paths),
        *filter(None, unused),
    )
    decided = with_patterns(matched, patterns, paths)
    rows, row_problems = _load_metadata_table(settings, paths, removed)
    decided = corrections.with_metadata_table(decided, rows)
    return Parsed(decided, (*problems, *row_problems))


def _file(settings: Settings) -> str:
    """Return the path of corrections.yml, for messages."""
    return f"{settings.seeds.name}/{corrections.FILE}"


def _parse_corrections(settings: Settings) -> Parsed[corrections.Corrections]:
    """Read corrections.yml; raise SeedbedError for a line that may withdraw a document."""
    text, file = read_corrections(settings.seeds), _file(settings)
    placeholder = detect_refused_file(text.encode())
    if placeholder and placeholder.code == "E005":
        message = f"{file}: {placeholder.code} this is {placeholder.name}"
        raise SeedbedError(message, placeholder.hint)
    parsed = corrections.parse_corrections(text)
    if unclear := parsed.value.unclear_lines:
        message = "this line may withdraw a document but cannot be read; nothing is published"
        hint = "Correct the line: quotes around the text often help"
        raise SeedbedError(f"{file}:{unclear[0]}: {message}", hint)
    return parsed


def _removed_seeds(
    paths: Iterable[SeedPath], addresses: Iterable[DocumentAddress]
) -> set[SeedPath]:
    """Return the seeds that had an address and are no longer there, and their containers."""
    former = {link.seed for link in addresses}
    folders = {seed.rpartition("/")[0] for seed in former}
    former |= {SeedPath(path) for folder in folders for path in containers_of(f"{folder}/")}
    return former.difference(paths)


def load_correction(settings: Settings, path: SeedPath) -> corrections.DocumentCorrection | None:
    """Return the corrections of one document; what is wrong in the files is not reported."""
    entries = corrections.parse_corrections(read_corrections(settings.seeds)).value.documents
    patterns = find_patterns(entries, (path,))
    matched = corrections.match_seeds(without_patterns(entries, patterns), (path,))
    rows = corrections.parse_metadata_table(read_metadata(settings.seeds)).value
    decided = corrections.with_metadata_table(
        with_patterns(matched, patterns, (path,)), corrections.match_seeds(rows, (path,))
    )
    return with_withdrawn_parts(decided, (path,)).get(path)


def _load_metadata_table(
    settings: Settings, paths: Sequence[SeedPath], removed: Iterable[SeedPath]
) -> Parsed[DocumentCorrections]:
    """Read the table of documents: the row of each seed, and the problems in it.

    Rows about seeds that were removed are no problem, because the seeds may come back.
    """
    rows, problems = corrections.parse_metadata_table(read_metadata(settings.seeds))
    matched = corrections.match_seeds(rows, (*paths, *removed))
    known = matched.keys() - set(removed)
    unmatched = corrections.unmatched_rows({path: matched[path] for path in known}, paths)
    found = {path: matched[path] for path in paths if path in matched}
    return Parsed(found, (*problems, *unmatched))


def with_withdrawn_parts(
    matched: DocumentCorrections, paths: Iterable[SeedPath]
) -> DocumentCorrections:
    """Return the corrections; the parts of a withdrawn container are withdrawn too."""
    withdrawn = {path: found for path, found in matched.items() if found.withdrawn}
    result = dict(matched)
    for path in paths if withdrawn else ():
        around = (SeedPath(container) for container in containers_of(path))
        container = next((found for found in around if found in withdrawn), None)
        if container is not None and path not in withdrawn:
            own = result.get(path) or replace(withdrawn[container], source=path, title=None)
            result[path] = replace(own, withdrawn=withdrawn[container].withdrawn)
    return result


def left_out(
    settings: Settings, matched: DocumentCorrections, paths: Iterable[SeedPath]
) -> dict[SeedPath, Rule]:
    """Return the corrected files that are not seeds, with the rule that leaves them out.

    The withdrawal of such a file is valid: a copy of it elsewhere is not shown either.
    """
    missing = sorted(set(matched).difference(paths))
    rules = {path: ignoring_rule(settings.seeds, path) for path in missing}
    return {
        path: rule for path, rule in rules.items() if rule and seed_exists(settings.seeds, path)
    }


def _unmatched(
    settings: Settings, decided: DocumentCorrections, paths: Sequence[SeedPath]
) -> tuple[Problem, ...]:
    """Return a problem for each correction of no seed; raise SeedbedError if it withdraws one."""
    unmatched = corrections.unmatched_seeds(decided, paths)
    withdrawals = {correction.line for correction in decided.values() if correction.withdrawn}
    for problem in unmatched:
        if problem.line in withdrawals:
            message = f"{problem.message.partition(';')[0]} to withdraw; nothing is published"
            raise SeedbedError(f"{_file(settings)}:{problem.line}: {message}", problem.hint)
    return unmatched


def _unused_correction(correction: corrections.DocumentCorrection, rule: Rule) -> Problem | None:
    """Return a problem if a correction has no effect because its file is not a seed.

    A withdrawal always has one.
    """
    if correction.withdrawn:
        return None
    message = f'"{correction.source}" is not a seed ({rule.name}); nothing is corrected'
    hint = "`seedbed explain` on it says why"
    return Problem("W032", corrections.FILE, message, hint, correction.line, "warning")


def load_name_corrections(settings: Settings) -> corrections.NameCorrections:
    """Read the corrections of names, and the names of names.csv.

    The problems in corrections.yml are reported with those of documents.
    """
    parsed = corrections.parse_corrections(read_corrections(settings.seeds)).value
    records = corrections.parse_authority(read_authority(settings.seeds)).value
    return replace(parsed.names, authority_records=records)


def authority_problems(settings: Settings) -> tuple[Problem, ...]:
    """Return what is wrong in the list of names."""
    return corrections.parse_authority(read_authority(settings.seeds)).problems
