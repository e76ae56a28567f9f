"""The result of a build in words, as the commands print it."""

from __future__ import annotations

from generator.checking.check_result import CheckResult
from generator.model import PageCounts, Report, counted


def report_in_words(report: Report) -> str:
    """Return what was generated from how many documents."""
    return (
        f"{counted(report.documents, 'document')}, {counted(report.words, 'word')},"
        f" {counted(report.names, 'name')};"
        f" files: {report.written:,} written, {report.unchanged:,} unchanged,"
        f" {report.removed:,} removed;"
        f" {counted(report.errors, 'seed')} without a page{_left_out_in_words(report)}."
    )


def formats_in_words(report: Report) -> str:
    """Return how many documents have each format, and what their files hold besides the text."""
    formats = ", ".join(f"{tally.count:,} {tally.kind}" for tally in report.formats)
    omissions = ", ".join(f"{tally.kind} {tally.count:,}" for tally in report.omissions)
    left_out = f" Left out of files: {omissions}." if omissions else ""
    return f"Formats: {formats}.{left_out}"


def _left_out_in_words(report: Report) -> str:
    return f"; {len(report.left_out):,} left out" if report.left_out else ""


def pages_in_words(pages: PageCounts) -> str:
    """Return how many pages were rendered."""
    if pages == PageCounts():
        return "Pages: all rendered by MkDocs itself, as a plugin or hook may need all of them."
    return (
        f"Pages: {pages.rendered:,} rendered, {pages.unchanged:,} unchanged,"
        f" {pages.removed:,} removed."
    )


def proof_in_words(proof: CheckResult) -> str:
    """Return what was checked, and with which result."""
    broken = len(proof.broken)
    result = f"{counted(broken, 'error')} found" if broken else "no errors found"
    links = f"{counted(proof.links, 'link')} on {counted(proof.pages, 'page')}"
    if not proof.documents and not broken:
        return f"Checked {links}: {result}. There are no documents."
    return (
        f"Checked {counted(proof.documents, 'document')} ({counted(proof.words, 'word')}, restored"
        f" exactly by undoing {counted(proof.changes, 'change')}) and {links}: {result}."
    )
