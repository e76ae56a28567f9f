"""What the machine is unsure about, for the people who keep the archive."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Corpus, Doubt, OutputFile, PagePath
from generator.writing import markup
from generator.writing.pages.common import hub_meta, page

REVIEW = PagePath("review/index.md")


def review_page(corpus: Corpus) -> OutputFile:
    """List what is open about names, most consequential first, each with its line to paste."""
    meta = hub_meta(
        "Review", "What nobody could decide about names, and how to settle it.", "index"
    )
    doubts = corpus.register.doubts
    if not doubts:
        return page(REVIEW, meta, ["Nothing is open."])
    intro = (
        "Each line below settles one question: put it below `names:` in `seeds/corrections.yml`,"
        " and change it if another answer is right. Names that stay open are plain text."
    )
    return page(REVIEW, meta, [intro, *(part for doubt in doubts for part in _doubt(doubt))])


def review_text(corpus: Corpus) -> bytes:
    """Write the same list as plain text, for those who keep the archive only."""
    doubts = corpus.register.doubts
    lines = [
        f'# "{doubt.name}" {doubt.question} ({doubt.mentions:,} ×)\n{doubt.remedy}\n'
        for doubt in doubts
    ]
    return "\n".join(lines or ["# Nothing is open.\n"]).encode()


def _doubt(doubt: Doubt) -> Iterator[str]:
    yield f"{markup.line(f'“{doubt.name}” {doubt.question}')} ({doubt.mentions:,} ×)"
    yield markup.code(doubt.remedy)
