"""Passages that two documents have in the same words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.linking.similarity.compare import (
    ComparedDocument,
    SavedSimilarity,
    Similarity,
    compare_texts,
)
from generator.linking.similarity.passages import (
    find_passage,
    quotable_paragraphs,
)
from generator.model import Block, Document, Extracted, Metadata, SeedPath
from generator.text.term_counts import terms_in_memory
from generator.text.text_profile import profile_text
from tests.linking.test_related import relate_documents
from tests.support import Case, cases

_WORDS = st.lists(st.sampled_from("ab"), max_size=40)


@cases("passages")
def test_a_passage_is_what_two_texts_have_in_the_same_words(case: Case) -> None:
    """Eight words at least, in one paragraph."""
    first, second = (text.split(" / ") for text in case.given)
    assert find_passage(first, second) == case.expect


@given(_WORDS, _WORDS, st.lists(st.sampled_from("cdefghij"), min_size=8, max_size=12))
def test_a_passage_in_both_is_found_whatever_is_around_it(
    before: list[str], after: list[str], passage: list[str]
) -> None:
    """And its words are in both."""
    first, second = " ".join([*before, *passage]), " ".join([*passage, *after])
    found = find_passage([first], [second])
    assert found is not None
    words = found.removesuffix(" …")
    assert f" {words} " in f" {first} "
    assert f" {words} " in f" {second} "


def _document(name: str, text: str) -> Document:
    metadata = Metadata(Extracted(name, "test"), language=Extracted("en", "test"))
    blocks = tuple(Block("paragraph", paragraph) for paragraph in text.split(" / "))
    return Document(SeedPath(name), text, "utf-8", "", blocks, (), metadata)


def _compare(
    documents: list[Document], read: list[SeedPath], previous: SavedSimilarity | None = None
) -> Similarity:
    """Return what documents share; `read` gets those whose texts were read."""
    by_source = {document.source: document for document in documents}
    terms = terms_in_memory(profile_text(document.text) for document in documents)
    compared = [*map(ComparedDocument.from_document, documents)]

    def paragraphs(source: SeedPath) -> tuple[str, ...]:
        read.append(source)
        return quotable_paragraphs(by_source[source])

    return compare_texts(compared, terms, previous, paragraphs)


_PASSAGE = "the breakwater gave way at the seaward gallery"
_TEXTS = {
    "a": f"We heard that {_PASSAGE} in the night.",
    "b": f"He wrote to me: {_PASSAGE}, as you know.",
    "c": "The apples are in, and Ann has gone to the fair with the children.",
    "d": "Nothing is known here of the matter, and nobody asks.",
}


def test_a_letter_that_quotes_another_is_related_to_it() -> None:
    """By the words of the passage, which is a reason on its own; the others are not read."""
    documents = [_document(name, text) for name, text in _TEXTS.items()]
    read: list[SeedPath] = []
    relations = relate_documents(documents, _compare(documents, read), {}).relations
    assert read == ["a", "b"]
    related = {r.source: [(d.source, d.passage) for d in r.related] for r in relations.values()}
    assert related == {"a": [("b", _PASSAGE)], "b": [("a", _PASSAGE)], "c": [], "d": []}


def test_a_formula_of_politeness_is_no_reason() -> None:
    """Its words are common."""
    formula = "I am with all my love to you and the children your old friend"
    texts = (f"{_TEXTS['c']} / {formula}", f"{_TEXTS['d']} / {formula}")
    documents = [_document(name, text) for name, text in zip("ab", texts, strict=True)]
    read: list[SeedPath] = []
    similarity = _compare([*documents, _document("e", "x")], read)
    assert read == ["a", "b"]
    assert similarity.passages
    relations = relate_documents([*documents, _document("e", "x")], similarity, {}).relations
    assert not any(relation.related for relation in relations.values())


def test_unchanged_texts_are_not_read_again() -> None:
    """And the result is that of a fresh comparison, also after an edit of one of them."""
    documents = [_document(name, text) for name, text in _TEXTS.items()]
    saved = _compare(documents, []).saved
    read: list[SeedPath] = []
    assert _compare(documents, read, saved).saved == saved
    assert read == []
    edited = _document("b", _TEXTS["b"].replace("seaward gallery", "Seaward Gallery"))
    updated = _compare([documents[0], edited, *documents[2:]], read, saved)
    fresh = _compare([documents[0], edited, *documents[2:]], [])
    assert (updated.saved, updated.passages) == (fresh.saved, fresh.passages)
    assert read == ["a", "b"]
