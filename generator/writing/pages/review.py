"""What the machine is unsure about, for the people who keep the archive."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Corpus, OpenQuestion, OutputFile, PagePath
from generator.writing import markup
from generator.writing.labels import Labels, labels_for
from generator.writing.pages.common import index_meta, page

REVIEW = PagePath("review/index.md")


def review_page(corpus: Corpus, say: Labels) -> OutputFile:
    """List what is open about names, most consequential first, each with its line to paste."""
    meta = index_meta(say("review"), say("review_about"), "index")
    doubts = corpus.entities.doubts
    if not doubts:
        return page(REVIEW, meta, [say("review_none")])
    parts = (part for doubt in doubts for part in _doubt(doubt, say))
    return page(REVIEW, meta, [say("review_intro"), *parts])


def review_text(corpus: Corpus) -> bytes:
    """Write the same list as plain text, in English, for those who keep the archive only."""
    lines = [
        f"# {describe(doubt)} ({doubt.mentions:,} ×)\n{doubt.remedy}\n"
        for doubt in corpus.entities.doubts
    ]
    return "\n".join(lines or ["# Nothing is open.\n"]).encode()


def describe(doubt: OpenQuestion, say: Labels | None = None) -> str:
    """Write what is not sure, as plain text; in English where no language is given."""
    say = say or labels_for("en")
    others = ", ".join(say("quoted", word=other) for other in doubt.others)
    counted = say.count(doubt.documents, "document")
    return say(f"doubt_{doubt.why}", name=doubt.name, others=others, documents=counted)


def _doubt(doubt: OpenQuestion, say: Labels) -> Iterator[str]:
    yield f"{markup.escape_line(describe(doubt, say))} ({say.number(doubt.mentions)}\u00a0×)"
    yield markup.code(doubt.remedy)
