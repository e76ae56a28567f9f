"""Assembly of the corpus: the order of time, and the authors."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from generator.linking.corpus import assemble_corpus
from generator.model import DocumentRecord, Extracted, Metadata, SeedPath
from generator.writing.addresses import urls

NAMES = ("José Pérez", "Jose Perez", "Ana Ruiz", "Tom Lee", "ana ruiz")

dates = st.sampled_from((None, "2020", "2021-05", "2021-05-03"))
heads = st.tuples(dates, st.sampled_from("ab"), st.lists(st.sampled_from(NAMES), max_size=3))


def record(number: int, date: str | None, title: str, authors: list[str]) -> DocumentRecord:
    """Return a document."""
    metadata = Metadata(
        Extracted(title, "first line"),
        authors=tuple(Extracted(name, "byline") for name in authors),
        date=Extracted(date, "line with a date") if date else None,
    )
    return DocumentRecord(SeedPath(f"{number}.txt"), str(number), "utf-8", metadata)


@given(st.lists(heads, max_size=8), st.lists(st.booleans(), min_size=8, max_size=8), st.randoms())
def test_documents_get_their_places_among_those_in_order(
    made: list[tuple[str | None, str, list[str]]], known: list[bool], chance: random.Random
) -> None:
    """As if all were sorted; also where most of many are known."""
    some = [record(number, *head) for number, head in enumerate(made)]
    many = [record(number, "2020", "b", []) for number in range(100, 100 + chance.choice([0, 900]))]
    corpus = assemble_corpus([*some, *many], {}, urls.author_addresses)
    changed = {it.source for it, is_known in zip(some, known, strict=False) if not is_known}
    ordered = [it.source for it in corpus.documents if it.source not in changed]
    assert assemble_corpus([*some, *many], {}, urls.author_addresses, ordered) == corpus
    assert [*corpus.documents] == sorted(
        [*some, *many],
        key=lambda it: (
            it.metadata.date.value if it.metadata.date else "~",
            it.metadata.title.value,
            it.source,
        ),
    )


@given(st.lists(heads, max_size=8))
def test_an_author_has_the_documents_under_each_spelling(
    made: list[tuple[str | None, str, list[str]]],
) -> None:
    """In the order of time, under the name that comes first."""
    corpus = assemble_corpus(
        [record(number, *head) for number, head in enumerate(made)], {}, urls.author_addresses
    )
    by_address: dict[str, list[tuple[str, SeedPath]]] = {}
    for document in corpus.documents:
        for author in document.metadata.authors:
            address = corpus.author_pages[author.value]
            by_address.setdefault(address, []).append((author.value, document.source))
    found = {it.address: (it.name, it.documents) for it in corpus.authors}
    assert found == {
        address: (uses[0][0], tuple(source for _, source in uses))
        for address, uses in by_address.items()
    }
