"""Related documents and versions: their reasons are true."""

from __future__ import annotations

import random
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.engine.fingerprint import fingerprint
from generator.linking.similarity.compare import (
    Blocks,
    ComparedDocument,
    SavedSimilarity,
    Similarity,
    compare_texts,
    estimate_overlap,
)
from generator.linking.similarity.linked_names import LinkedNames
from generator.linking.similarity.reasons import FactsByPosition
from generator.linking.similarity.related import (
    MAX_RELATED,
    Explainer,
    FindRelations,
    RelatedDocuments,
    find_each,
    relate_each,
)
from generator.linking.similarity.related import relate_documents as find_related
from generator.linking.similarity.survey import survey_texts
from generator.model import (
    AnyDocument,
    Block,
    Document,
    EntityId,
    EntityMentions,
    Extracted,
    Metadata,
    Relations,
    SeedPath,
)
from generator.model.mention_table import MentionTable
from generator.pipeline import corpus_stages
from generator.text.term_counts import CorpusTerms, terms_in_memory
from generator.text.text_profile import profile_text
from generator.text.vocabulary import Vocabulary

SUBJECTS = {
    "harbour": "harbour crane dockers cargo freight pilots quay tide vessel tugboat",
    "orchard": "orchard apples pruning grafting blossom cider harvest rootstock scions bees",
    "court": "court verdict jurors appeal prosecutor testimony bail sentence hearing judge",
}


def document(name: str, text: str, date: str = "") -> Document:
    """Return a document of one paragraph in English."""
    metadata = Metadata(
        Extracted(name, "test"),
        date=Extracted(date, "test") if date else None,
        language=Extracted("en", "test"),
    )
    return Document(SeedPath(name), name, "utf-8", "", (Block("paragraph", text),), (), metadata)


def relate_documents(
    documents: Sequence[AnyDocument],
    similar: Similarity,
    names: Mapping[SeedPath, Sequence[str]],
    find: FindRelations = find_each,
) -> RelatedDocuments:
    """Return the relations of documents with the names in each of them."""
    return find_related(explainer(documents, similar, names), find=find)


def explainer(
    documents: Sequence[AnyDocument],
    similar: Similarity,
    names: Mapping[SeedPath, Sequence[str]],
) -> Explainer:
    """Return what finds the reasons, with the names in each document."""
    mentions = {
        source: EntityMentions(tuple(map(EntityId, own)), (1,) * len(own))
        for source, own in names.items()
    }
    table = MentionTable.of(mentions).in_order([document.source for document in documents])
    linked = LinkedNames.of(table, {name: str(name) for name in table.ids})
    facts = FactsByPosition(documents)
    facts.update({at: facts[at] for at, it in enumerate(documents) if it.metadata.recipient})
    return Explainer.of(similar, facts, map(fingerprint, documents), linked)


@dataclass(frozen=True)
class Found:
    """What earlier runs found, each with its run."""

    saved: dict[SeedPath, tuple[int, bytes]] = field(default_factory=dict)

    def find(self, explainer: Explainer, runs: Mapping[SeedPath, int]) -> Mapping[SeedPath, bytes]:
        """Return the same as `find_each`; only those of other runs are found again."""
        for index, (source, run) in enumerate(runs.items()):
            if self.saved.get(source, (0, b""))[0] != run:
                [relations] = relate_each(explainer, [index])
                self.saved[source] = run, relations
        return {source: self.saved[source][1] for source in runs}


def essay(subject: str, seed: int, length: int = 80) -> str:
    """Return a text about one subject: half of its words are about it, half are random."""
    chance = random.Random(f"{subject}{seed}")
    words = SUBJECTS[subject].split()
    return " ".join(
        chance.choice(words) if index % 2 else "".join(chance.choices(string.ascii_lowercase, k=7))
        for index in range(length)
    )


def relate(*documents: Document, **names: tuple[str, ...]) -> dict[str, Relations]:
    """Return the relations of documents, with the names in each of them."""
    by_name = {SeedPath(source): entities for source, entities in names.items()}
    terms = terms_in_memory(profile_text(document.text) for document in documents)
    similar = compare_texts([*map(ComparedDocument.from_document, documents)], terms)
    related = relate_documents(documents, similar, by_name)
    return {relation.source: relation for relation in related.relations.values()}


def test_workers_find_the_same_relations(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order of the documents, whichever process is done first."""
    monkeypatch.setattr(corpus_stages, "_RELATED_PER_WORKER", 1)
    monkeypatch.setattr(corpus_stages, "_RELATED_BATCH", 2)
    documents = [document(f"{name}{n}", essay(name, n)) for name in SUBJECTS for n in range(3)]
    terms = terms_in_memory(profile_text(each.text) for each in documents)
    similar = compare_texts([*map(ComparedDocument.from_document, documents)], terms)
    here = relate_documents(documents, similar, {})

    def in_workers(explainer: Explainer, runs: Mapping[SeedPath, int]) -> Mapping[SeedPath, bytes]:
        found = corpus_stages.relate_in_workers(2, explainer, range(len(runs)))
        return dict(zip(runs, found, strict=True))

    assert relate_documents(documents, similar, {}, find=in_workers) == here
    found = [relations.source for relations in here.relations.values()]
    assert found == [each.source for each in documents]


@pytest.mark.parametrize(
    ("outdated", "documents", "processes"),
    [(400, 400, 1), (600, 1_000, 2), (600, 100_000, 1), (4_000, 100_000, 2), (9_000, 10_000, 4)],
)
def test_workers_are_used_where_they_save_more_than_they_take(
    outdated: int, documents: int, processes: int
) -> None:
    """Each gets what the relations of all documents depend on."""
    assert corpus_stages.related_worker_count(4, outdated, documents) == processes


def test_documents_of_one_subject_are_related_by_terms_that_both_contain() -> None:
    """Every reason is in both texts."""
    texts = {f"{subject}{n}": essay(subject, n) for subject in SUBJECTS for n in range(3)}
    by_source = relate(*(document(name, text) for name, text in texts.items()))
    for name, relations in by_source.items():
        assert relations.related
        for neighbour in relations.related:
            assert neighbour.source[:-1] == name[:-1]
            assert len(neighbour.terms) >= 2
            assert all(term in texts[name] for term in neighbour.terms)
            assert all(term in texts[neighbour.source] for term in neighbour.terms)


def test_a_copy_is_a_version_and_no_related_document() -> None:
    """Eight copies fill no list of related documents."""
    base = essay("court", 1, 400)
    copy = base.replace(base.split()[7], "edited").upper() + " Printed by the archive."
    by_source = relate(
        *(document(f"copy{n}", copy) for n in range(8)),
        document("base", base),
        document("other", essay("court", 2, 400)),
        *(document(f"far{n}", essay("orchard", n, 400)) for n in range(12)),
    )
    assert set(by_source["base"].versions) == {f"copy{n}" for n in range(8)}
    assert [neighbour.source for neighbour in by_source["base"].related][:1] == ["other"]
    assert by_source["other"].versions == ()
    assert sum(n.source.startswith(("copy", "base")) for n in by_source["other"].related) == 1


def test_words_of_shared_names_are_not_repeated_as_terms() -> None:
    """A reason has a name once."""
    texts = {n: f"judge harbour Marta Quispe {essay('court', n)} quispe" for n in range(4)}
    documents = [document(f"d{n}", text) for n, text in texts.items()]
    far = [document(f"far{n}", essay("orchard", n)) for n in range(6)]
    by_source = relate(*documents, *far, d0=("Marta Quispe",), d1=("Marta Quispe",))
    first = next(n for n in by_source["d0"].related if n.source == "d1")
    assert first.names == ("Marta Quispe",)
    assert not {"marta", "quispe"} & set(first.terms)


def test_the_same_week_needs_two_days_less_than_seven_apart() -> None:
    """A month alone is not enough."""
    dated = {"a": "2021-06-28", "b": "2021-07-03", "c": "2021-07-05", "d": "2021-06", "e": ""}
    documents = [
        document(n, essay("harbour", index), day) for index, (n, day) in enumerate(dated.items())
    ]
    far = [document(f"far{n}", essay("orchard", n)) for n in range(6)]
    weeks = {n.source: n.same_week for n in relate(*documents, *far)["a"].related}
    assert weeks.pop(SeedPath("b")) is True
    assert set(weeks) < {"c", "d", "e"}
    assert not any(weeks.values())


def test_documents_with_nothing_in_common_are_not_related() -> None:
    """One document, or texts without words, have no relations."""
    alone = relate(document("one", essay("court", 1)))
    assert alone["one"] == Relations(SeedPath("one"))
    numbers = relate(document("a", "12 34"), document("b", "56 78"))
    assert numbers["a"].versions == ()


WORDS = st.sampled_from([*" ".join(SUBJECTS.values()).split(), "the", "日本語", "12", "ǅ"])


@given(st.lists(st.lists(WORDS, max_size=30).map(" ".join), max_size=12))
def test_versions_are_mutual_and_no_document_is_related_to_itself(texts: list[str]) -> None:
    """Whatever the texts."""
    by_source = relate(*(document(f"{index}", text) for index, text in enumerate(texts)))
    assert list(by_source) == [f"{index}" for index in range(len(texts))]
    for name, relations in by_source.items():
        sources = [neighbour.source for neighbour in relations.related]
        assert len(sources) == len(set(sources)) <= MAX_RELATED
        assert name not in {*sources, *relations.versions}
        assert not set(sources) & set(relations.versions)
        assert all(name in by_source[version].versions for version in relations.versions)


def letter(name: str, author: str, recipient: str, day: str) -> Document:
    """Return a letter without a word that another one has."""
    metadata = Metadata(
        Extracted("", "test"),
        authors=(Extracted(author, "test"),),
        date=Extracted(day, "test"),
        recipient=Extracted(recipient, "test"),
    )
    block = Block("paragraph", f"{name}{name} {name}x{name}")
    return Document(SeedPath(name), name, "utf-8", "", (block,), (), metadata)


def test_a_letter_and_its_answer_need_no_common_word() -> None:
    """The answer is the next one on the way back; others of the two are not related."""
    related = relate(
        letter("a", "Ana Ruiz", "Mr. Roe", "1890-02-01"),
        letter("b", "John Roe", "Miss Ruiz", "1890-02-09"),
        letter("c", "John Roe", "Miss Ruiz", "1890-04-09"),
        letter("d", "Ana Ruiz", "Miss Holt", "1890-02-02"),
    )
    found = {
        name: [(other.source, other.is_answer) for other in relations.related]
        for name, relations in related.items()
    }
    assert found == {"a": [("b", True)], "b": [("a", True)], "c": [("a", True)], "d": []}


def test_an_answer_to_a_given_name_is_found() -> None:
    """As sisters write: "My dear Margaret", by Eliza Thornby."""
    related = relate(
        letter("a", "Eliza Thornby", "Margaret", "1868-03-02"),
        letter("b", "Margaret Marsden", "Eliza", "1868-03-20"),
    )
    assert [other.source for other in related["a"].related] == ["b"]


def test_a_changed_name_in_an_answer_is_a_changed_reason() -> None:
    """Also if the two have no common word."""
    first = letter("a", "Ana Ruiz", "Mr. Roe", "1890-02-01")
    second = letter("b", "John Roe", "Miss Ruiz", "1890-02-09")
    documents = (first, second, document("c", "nothing"))
    terms = terms_in_memory(profile_text(each.text) for each in documents)
    compared = [*map(ComparedDocument.from_document, documents)]
    before, after = (
        {SeedPath(source): ("Whitby",) for source in sources} for sources in ("ac", "ab")
    )
    similar = compare_texts(compared, terms)
    found = Found()
    saved = relate_documents(documents, similar, before, find=found.find)
    again = compare_texts(compared, terms, similar.saved)
    updated = find_related(explainer(documents, again, after), saved.saved, 2, found.find)
    assert updated.relations == relate_documents(documents, similar, after).relations
    assert updated.relations[SeedPath("a")].related[0].names == ("Whitby",)


def test_the_ids_of_words_change_nothing() -> None:
    """Terms of equal weight are in the order of the document, whatever their ids."""
    subject = SUBJECTS["harbour"].split()
    texts = [" ".join(subject), " ".join(subject[::-1]), *(essay("court", n) for n in range(4))]
    documents = [document(f"d{index}", text) for index, text in enumerate(texts)]
    compared = [*map(ComparedDocument.from_document, documents)]
    results = []
    for first in subject:
        terms = encode(texts, Vocabulary([first]))
        results.append(relate_documents(documents, compare_texts(compared, terms), {}).relations)
    assert results[0][SeedPath("d0")].related[0].terms == tuple(subject[:3])
    assert all(relations == results[0] for relations in results)


def encode(texts: Iterable[str], vocabulary: Vocabulary) -> CorpusTerms:
    """Return the words of texts; new ones are added to the vocabulary."""
    return terms_in_memory(map(profile_text, texts), vocabulary)


def test_an_update_gives_the_same_as_a_fresh_comparison() -> None:
    """After edits of texts and of names, and in another order."""
    chance = random.Random(11)
    vocabulary = Vocabulary()
    found = Found()
    related: RelatedDocuments | None = None
    similar: SavedSimilarity | None = None
    blocks = Blocks({}, {})
    people = ("Ana", "Eva", "Ivo", "Luis", "Rosa", "Uma", "Vera", "Wanda")
    texts = {
        f"d{index:02}": essay([*SUBJECTS][index // 2 % 3], index // 2, 40) for index in range(60)
    }
    names = {name: tuple(chance.sample(people, 3)) for name in texts}
    order = sorted(texts)
    for step in range(24):
        first, second, third = chance.sample(order, 3)
        if step % 6 < 2:
            for name in chance.sample(order, chance.choice((1, 2, 5))):
                texts[name] += f" {' '.join(chance.choices(SUBJECTS['court'].split(), k=4))}"
        elif step % 6 == 2:
            names[first], names[second] = names[second], names[first]
        elif step % 6 == 3:
            names[first] = tuple(chance.sample(people, chance.randint(0, 2)))
        elif step % 6 == 4:
            order.sort(reverse=step % 2 == 0)
        else:
            order[order.index(third)] = new = f"{third}x"
            texts[new], names[new] = essay("orchard", step), ("Rosa",)
        terms = encode((texts[name] for name in order), vocabulary)
        documents = [document(name, texts[name]) for name in order]
        entities = {SeedPath(name): names[name] for name in order}
        compared = [*map(ComparedDocument.from_document, documents)]
        fresh = compare_texts(compared, terms)
        updated = compare_texts(compared, terms, similar, blocks=blocks)
        blocks = Blocks(
            {**blocks.keywords, **dict(updated.keyword_blocks())},
            {**blocks.surveys, **updated.blocks.surveys},
        )
        current = explainer(documents, updated, entities)
        related = find_related(current, related and related.saved, step + 1, found.find)
        again = relate_documents(documents, fresh, entities)
        similar = updated.saved
        assert similar == fresh.saved
        assert related.relations == again.relations
        assert related.saved.fingerprints == again.saved.fingerprints


@given(st.text(), st.text())
def test_overlap_is_symmetric_and_one_with_itself(text: str, other_text: str) -> None:
    """A measure between 0 and 1."""
    survey = survey_texts(terms_in_memory(map(profile_text, (text, other_text))), {})
    first, second = survey.sketch(0), survey.sketch(1)
    assert estimate_overlap(first, second) == estimate_overlap(second, first)
    assert 0 <= estimate_overlap(first, second) <= 1
    assert estimate_overlap(first, first) == float(len(first) > 0)
