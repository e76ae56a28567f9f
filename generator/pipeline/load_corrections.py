"""What people decided, read from disk for the flow and for explaining it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator import corrections
from generator.files import Rule, ignoring_rule, read_corrections, seed_exists
from generator.model import DocumentAddress, Problem, SeedbedError, SeedPath
from generator.reading.refused_files import detect_refused_file
from generator.settings import Settings

Decided = Mapping[SeedPath, corrections.DocumentCorrection]


def load_document_corrections(
    settings: Settings, paths: Sequence[SeedPath], addresses: Iterable[DocumentAddress]
) -> tuple[Decided, tuple[Problem, ...]]:
    """Read what people decided about documents, by seed, and what in it is wrong or stale.

    Raises SeedbedError when it cannot be told what is withdrawn.
    """
    text = read_corrections(settings.seeds)
    here = f"{settings.seeds.name}/{corrections.FILE}"
    instead = detect_refused_file(text.encode())
    if instead:
        raise SeedbedError(f"{here}: {instead.code} this is {instead.name}", instead.hint)
    said, slips = corrections.parse_corrections(text)
    if said.unclear_lines:
        message = "nobody can tell what is withdrawn here; nothing is published"
        hint = "Mend the line: quotes around the text often help"
        raise SeedbedError(f"{here}:{said.unclear_lines[0]}: {message}", hint)
    removed = {link.seed for link in addresses}.difference(paths)
    decided = corrections.match_seeds(said.documents, (*paths, *removed))
    slips = (*slips, *corrections.report_lookalikes(said.documents, paths))
    ignored = left_out(settings, decided, paths)
    to_match = {
        path: one
        for path, one in decided.items()
        if path not in ignored and not (one.withdrawn and path in removed)
    }
    idle = (_idle(decided[path], rule) for path, rule in ignored.items())
    stale = corrections.unmatched_seeds(to_match, paths)
    lost = {correction.line for correction in to_match.values() if correction.withdrawn}
    for slip in stale:
        if slip.line in lost:
            message = f"{slip.message.partition(';')[0]} to withdraw; nothing is published"
            raise SeedbedError(f"{here}:{slip.line}: {message}", slip.hint)
    return decided, (*slips, *stale, *(one for one in idle if one))


def left_out(
    settings: Settings, decided: Decided, paths: Iterable[SeedPath]
) -> dict[SeedPath, Rule]:
    """Return the files that people decided about and that are no seeds, with the rule that says so.

    A withdrawal of one stands: a copy of it elsewhere is not shown either.
    """
    missing = sorted(decided.keys() - set(paths))
    found = {path: ignoring_rule(settings.seeds, path) for path in missing}
    return {
        path: rule for path, rule in found.items() if rule and seed_exists(settings.seeds, path)
    }


def _idle(correction: corrections.DocumentCorrection, rule: Rule) -> Problem | None:
    """Say that a correction is of no use where its file is no seed; a withdrawal always is."""
    if correction.withdrawn:
        return None
    message = f'"{correction.source}" is no seed ({rule.name}); nothing is corrected'
    hint = "`seedbed explain` on it says why"
    return Problem("W032", corrections.FILE, message, hint, correction.line, "warning")


def load_name_corrections(settings: Settings) -> corrections.NameCorrections:
    """Read what people decided about names; what is wrong in it is told with the documents'."""
    said, _ = corrections.parse_corrections(read_corrections(settings.seeds))
    return said.names
