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
    questions = corpus.entities.open_questions
    if not questions:
        return page(REVIEW, meta, [say("review_none")])
    parts = (part for question in questions for part in _doubt(question, say))
    return page(REVIEW, meta, [say("review_intro"), *parts])


def review_text(corpus: Corpus) -> bytes:
    """Write the same list as plain text, in English, for those who keep the archive only."""
    lines = [
        f"# {describe(question)} ({question.mentions:,} ×)\n{question.remedy}\n"
        for question in corpus.entities.open_questions
    ]
    return "\n".join(lines or ["# Nothing is open.\n"]).encode()


def describe(question: OpenQuestion, say: Labels | None = None) -> str:
    """Write what is not sure, as plain text; in English where no language is given."""
    say = say or labels_for("en")
    others = ", ".join(say("quoted", word=other) for other in question.other_names)
    counted = say.count(question.documents, "document")
    return say(f"doubt_{question.kind}", name=question.name, others=others, documents=counted)


def _doubt(question: OpenQuestion, say: Labels) -> Iterator[str]:
    yield f"{markup.escape_line(describe(question, say))} ({say.number(question.mentions)}\u00a0×)"
    yield markup.code(question.remedy)
