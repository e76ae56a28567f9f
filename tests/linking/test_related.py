"""Neighbours and versions: what is said of two documents holds."""

from __future__ import annotations

import random
import string

from hypothesis import given
from hypothesis import strategies as st

from generator.linking.similarity.compare import (
    ComparedDocument,
    SavedSimilarity,
    compare_texts,
    estimate_overlap,
)
from generator.linking.similarity.related import MAX_RELATED, SavedRelated, relate_documents
from generator.model import Block, Document, Extracted, Metadata, Relations, SeedPath
from generator.text import TermMatrixBuilder, Vocabulary, build_matrix, encode_text, profile_text

SUBJECTS = {
    "harbour": "harbour crane dockers cargo freight pilots quay tide vessel tugboat",
    "orchard": "orchard apples pruning grafting blossom cider harvest rootstock scions bees",
    "court": "court verdict jurors appeal prosecutor testimony bail sentence hearing judge",
}


def document(name: str, text: str, date: str = "") -> Document:
    """One paragraph in English."""
    metadata = Metadata(
        Extracted(name, "test"),
        date=Extracted(date, "test") if date else None,
        language=Extracted("en", "test"),
    )
    return Document(SeedPath(name), name, "utf-8", "", (Block("paragraph", text),), (), metadata)


def essay(subject: str, seed: int, length: int = 80) -> str:
    """A text about one subject: half its words telling, half of them filling."""
    chance = random.Random(f"{subject}{seed}")
    words = SUBJECTS[subject].split()
    return " ".join(
        chance.choice(words) if index % 2 else "".join(chance.choices(string.ascii_lowercase, k=7))
        for index in range(length)
    )


def kin(*documents: Document, **names: tuple[str, ...]) -> dict[str, Relations]:
    """The corpus of these documents, with who is named in which."""
    by_name = {SeedPath(name): listed for name, listed in names.items()}
    terms = build_matrix(profile_text(one.text) for one in documents)
    found = relate_documents(
        documents,
        compare_texts([*map(ComparedDocument.from_document, documents)], terms),
        by_name,
    )
    return {each.source: each for each in found.relations}


def test_documents_of_one_subject_are_neighbours_for_a_reason_that_both_contain() -> None:
    """What is given as a reason stands in both texts."""
    texts = {f"{subject}{n}": essay(subject, n) for subject in SUBJECTS for n in range(3)}
    found = kin(*(document(name, text) for name, text in texts.items()))
    for name, each in found.items():
        assert each.related
        for neighbour in each.related:
            assert neighbour.source[:-1] == name[:-1]
            assert len(neighbour.terms) >= 2
            assert all(term in texts[name] for term in neighbour.terms)
            assert all(term in texts[neighbour.source] for term in neighbour.terms)


def test_a_copy_is_a_version_and_takes_no_place_among_the_neighbours() -> None:
    """Eight copies fill nobody's list."""
    base = essay("court", 1, 400)
    copy = base.replace(base.split()[7], "edited").upper() + " Printed by the archive."
    found = kin(
        *(document(f"copy{n}", copy) for n in range(8)),
        document("base", base),
        document("other", essay("court", 2, 400)),
        *(document(f"far{n}", essay("orchard", n, 400)) for n in range(12)),
    )
    assert set(found["base"].versions) == {f"copy{n}" for n in range(8)}
    assert [neighbour.source for neighbour in found["base"].related][:1] == ["other"]
    assert found["other"].versions == ()
    assert sum(n.source.startswith(("copy", "base")) for n in found["other"].related) == 1


def test_shared_names_are_the_reason_and_their_words_are_not_said_twice() -> None:
    """A reason says a name once."""
    texts = {n: f"judge harbour Marta Quispe {essay('court', n)} quispe" for n in range(4)}
    documents = [document(f"d{n}", text) for n, text in texts.items()]
    far = [document(f"far{n}", essay("orchard", n)) for n in range(6)]
    found = kin(*documents, *far, d0=("Marta Quispe",), d1=("Marta Quispe",))
    first = next(n for n in found["d0"].related if n.source == "d1")
    assert first.names == ("Marta Quispe",)
    assert not {"marta", "quispe"} & set(first.terms)


def test_the_same_week_is_said_of_days_less_than_seven_apart_only() -> None:
    """A month alone is no day."""
    dated = {"a": "2021-06-28", "b": "2021-07-03", "c": "2021-07-05", "d": "2021-06", "e": ""}
    documents = [
        document(n, essay("harbour", index), day) for index, (n, day) in enumerate(dated.items())
    ]
    far = [document(f"far{n}", essay("orchard", n)) for n in range(6)]
    weeks = {n.source: n.same_week for n in kin(*documents, *far)["a"].related}
    assert weeks == {"b": True, "c": False, "d": False, "e": False}


def test_nothing_is_said_where_nothing_is_shared() -> None:
    """One document, or texts without words, stand alone."""
    alone = kin(document("one", essay("court", 1)))
    assert alone["one"] == Relations(SeedPath("one"))
    figures = kin(document("a", "12 34"), document("b", "56 78"))
    assert figures["a"].versions == ()


WORDS = st.sampled_from([*" ".join(SUBJECTS.values()).split(), "the", "日本語", "12", "ǅ"])


@given(st.lists(st.lists(WORDS, max_size=30).map(" ".join), max_size=12))
def test_versions_are_mutual_and_nobody_is_a_neighbour_of_itself(texts: list[str]) -> None:
    """Whatever the texts."""
    found = kin(*(document(f"{at}", text) for at, text in enumerate(texts)))
    assert list(found) == [f"{index}" for index in range(len(texts))]
    for name, each in found.items():
        listed = [neighbour.source for neighbour in each.related]
        assert len(listed) == len(set(listed)) <= MAX_RELATED
        assert name not in {*listed, *each.versions}
        assert not set(listed) & set(each.versions)
        assert all(name in found[version].versions for version in each.versions)


def test_which_word_has_which_number_changes_nothing() -> None:
    """Reasons of one weight are in the order of the document, whichever word came first of all."""
    subject = SUBJECTS["harbour"].split()
    texts = [" ".join(subject), " ".join(subject[::-1]), *(essay("court", n) for n in range(4))]
    documents = [document(f"d{index}", text) for index, text in enumerate(texts)]
    found = []
    for first in subject:
        numbering, pieces = Vocabulary([first]), TermMatrixBuilder()
        for text in texts:
            pieces.add(encode_text(profile_text(text), numbering.ids))
        words = compare_texts(
            [*map(ComparedDocument.from_document, documents)], pieces.build(numbering.words)
        )
        found.append(relate_documents(documents, words, {}).relations)
    assert found[0][0].related[0].terms == tuple(subject[:3])
    assert all(one == found[0] for one in found)


def test_what_was_found_before_saves_looking_and_changes_nothing() -> None:
    """After edits of texts, of names, and in another order: the same as from nothing."""
    chance = random.Random(11)
    numbering = Vocabulary()
    before: SavedRelated | None = None
    words: SavedSimilarity | None = None
    people = ("Ana", "Eva", "Ivo", "Luis", "Rosa", "Uma", "Vera", "Wanda")
    texts = {
        f"d{index:02}": essay([*SUBJECTS][index // 2 % 3], index // 2, 40) for index in range(60)
    }
    listed = {name: tuple(chance.sample(people, 3)) for name in texts}
    order = sorted(texts)
    for step in range(24):
        one, other, third = chance.sample(order, 3)
        if step % 6 < 2:
            for name in chance.sample(order, chance.choice((1, 2, 5))):
                texts[name] += f" {' '.join(chance.choices(SUBJECTS['court'].split(), k=4))}"
        elif step % 6 == 2:
            listed[one], listed[other] = listed[other], listed[one]
        elif step % 6 == 3:
            listed[one] = tuple(chance.sample(people, chance.randint(0, 2)))
        elif step % 6 == 4:
            order.sort(reverse=step % 2 == 0)
        else:
            order[order.index(third)] = new = f"{third}x"
            texts[new], listed[new] = essay("orchard", step), ("Rosa",)
        pieces = TermMatrixBuilder()
        for name in order:
            pieces.add(encode_text(profile_text(texts[name]), numbering.ids))
        terms = pieces.build(numbering.words)
        documents = [document(name, texts[name]) for name in order]
        names = {SeedPath(name): listed[name] for name in order}
        texts_of = [*map(ComparedDocument.from_document, documents)]
        found, anew = compare_texts(texts_of, terms, words), compare_texts(texts_of, terms)
        before, words = relate_documents(documents, found, names, before), found.saved
        assert words == anew.saved
        assert before == relate_documents(documents, anew, names)


@given(st.text(), st.text())
def test_likeness_is_mutual_and_one_with_itself(one: str, other: str) -> None:
    """A measure between 0 and 1."""
    here, there = (build_matrix([profile_text(text)]).sketches[0] for text in (one, other))
    assert estimate_overlap(here, there) == estimate_overlap(there, here)
    assert 0 <= estimate_overlap(here, there) <= 1
    assert estimate_overlap(here, here) == float(len(here) > 0)
