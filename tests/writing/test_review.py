"""Open questions are in the language of the site."""

from __future__ import annotations

from typing import get_args

import pytest

from generator.model import OpenQuestion, QuestionKind
from generator.writing.labels import LANGUAGES, labels_for
from generator.writing.pages.review import describe


@pytest.mark.parametrize("why", get_args(QuestionKind))
def test_every_open_question_has_words_in_every_language(why: QuestionKind) -> None:
    """With the name and the others in them, and different in each."""
    question = OpenQuestion(
        "Arce", why, 3, "merge: {}", other_names=("Luis Arce", "Ana Arce"), documents=2
    )
    texts = {language: describe(question, labels_for(language)) for language in LANGUAGES}
    assert len(set(texts.values())) == len(LANGUAGES)
    for language, words in texts.items():
        quoted = [labels_for(language)("quoted", word=other) for other in question.other_names]
        assert "Arce" in words
        assert "{" not in words
        if why in {"short", "same", "shared"}:
            assert ", ".join(quoted) in words
