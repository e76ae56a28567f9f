"""Open questions about names, for the people who keep the archive."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.model import Corpus, OpenQuestion, OutputFile, PagePath
from generator.writing import markup
from generator.writing.labels import Labels, labels_for
from generator.writing.pages.common import index_meta, page

REVIEW = PagePath("review/index.md")


def review_page(corpus: Corpus, labels: Labels) -> OutputFile:
    """Return the page of open questions, most consequential first, each with a line to paste."""
    meta = index_meta(labels("review"), labels("review_about"), "index")
    questions = corpus.entities.open_questions
    if not questions:
        return page(REVIEW, meta, [labels("review_none")])
    parts = (part for question in questions for part in _question(question, labels))
    return page(REVIEW, meta, [labels("review_intro"), *parts])


def review_text(corpus: Corpus) -> bytes:
    """Return the open questions as plain text in English, for a list that is not published."""
    english = labels_for("en")
    lines = [
        f"# {describe(question, english)} ({question.mentions:,} ×)\n{question.remedy}\n"
        for question in corpus.entities.open_questions
    ]
    return "\n".join(lines or ["# Nothing is open.\n"]).encode()


def questions_json(corpus: Corpus, labels: Labels) -> bytes:
    """Return the open questions for the desk, in the language of the interface."""
    questions = [
        {
            "name": question.name,
            "kind": question.kind,
            "question": describe(question, labels),
            "mentions": question.mentions,
            "others": list(question.other_names),
            "remedy": question.remedy,
        }
        for question in corpus.entities.open_questions
    ]
    return json.dumps(questions, ensure_ascii=False).encode()


def describe(question: OpenQuestion, labels: Labels) -> str:
    """Return an open question as plain text."""
    others = ", ".join(labels("quoted", word=other) for other in question.other_names)
    documents = labels.count(question.documents, "document")
    return labels(f"doubt_{question.kind}", name=question.name, others=others, documents=documents)


def _question(question: OpenQuestion, say: Labels) -> Iterator[str]:
    yield f"{markup.escape_line(describe(question, say))} ({say.number(question.mentions)}\u00a0×)"
    yield markup.code(question.remedy)
