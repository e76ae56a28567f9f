"""The search index: what stands in a text is found, and nothing depends on chance."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Address, OutputFile, PagePath
from generator.search import bm25, codec, shards, top_postings
from generator.search.entries import SearchEntry
from generator.search.handwritten import handwritten_entry
from generator.search.index import MANIFEST, NOTHING, build_index, update_index
from generator.search.stemming import attached_prefixes, stem_groups
from generator.text import build_matrix, fold, is_unspaced, profile_text, split_words
from tests.support import hostile_text
from tests.writing.search_reader import Reader


def entry(title: str, text: str = "", kind: str = "document", **more: object) -> SearchEntry:
    """An entry with these words."""
    address = Address(f"{kind}s/{title}/")
    return SearchEntry(address, kind, title, texts=(text,) if text else (), **more)  # type: ignore[arg-type]


def read(entries: Sequence[SearchEntry]) -> Reader:
    """The index of these entries, as a second reader sees it."""
    return Reader({file.path: file.data for file in build_index(entries)})


@given(st.lists(st.tuples(hostile_text, hostile_text), max_size=6))
def test_every_word_leads_to_every_entry_that_has_it(texts: list[tuple[str, str]]) -> None:
    """And to no other, in texts as in titles."""
    found = read([entry(title, text) for title, text in texts]).words()
    for index, (title, text) in enumerate(texts):
        assert {word for word, (inside, _) in found.items() if index in dict(inside)} == set(
            split_words(text)
        )
        assert {word for word, (_, named) in found.items() if index in dict(named)} == set(
            split_words(title)
        )


@given(st.lists(st.tuples(hostile_text, hostile_text), max_size=6))
def test_words_counted_before_are_listed_like_words_of_an_entry(
    texts: list[tuple[str, str]],
) -> None:
    """Whoever counted them: the same files, but for what tells of what they were made."""
    heavy = [entry(title, text) for title, text in texts]
    light = [replace(one, texts=()) for one in heavy]
    terms = build_matrix(profile_text("\n".join(one.texts)) for one in heavy)
    assert list(build_index(heavy)) == list(build_index(light, terms))


def test_many_words_are_cut_into_files_that_their_bounds_find() -> None:
    """A word is in the last file whose bound is not behind it, by UTF-16 as browsers compare."""
    made = random.Random(1)
    signs = "abcdeé🙂ﷺ東"
    entries = [
        entry(str(index), " ".join("".join(made.choices(signs, k=7)) for _ in range(3000)))
        for index in range(20)
    ]
    reader = read(entries)
    bounds = [shards.utf16_key(bound) for bound in reader.manifest["words"]]
    assert len(bounds) > 3
    assert bounds == sorted(bounds)
    for number in range(len(bounds)):
        held = reader.read("words", number).decode("utf-8", "replace")
        for word in held.split('"words":"')[1].split('"')[0].split(" "):
            assert sum(bound <= shards.utf16_key(word) for bound in bounds) - 1 == number


def test_a_file_is_named_by_what_is_in_it() -> None:
    """The same index twice; a changed word gives other names to the files that have it alone."""
    one = [entry("A", "the mayor cut a ribbon"), entry("B", "the bridge")]
    assert list(build_index(one)) == list(build_index(one))
    other = [entry("A", "the mayor cut a ribbon"), entry("B", "the bridges")]
    before, after = ({file.path: file.data for file in build_index(some)} for some in (one, other))
    shared = before.keys() & after.keys() - {MANIFEST}
    assert {path.split("/")[1] for path in shared} == {"lines", "facets"}
    assert all(before[path] == after[path] for path in shared)
    assert read(one).manifest["build"] != read(other).manifest["build"]


def test_one_changed_text_leaves_most_files_as_they_were() -> None:
    """Those that lie there already are only named; all others, and the manifest, are made."""
    signs = random.Random(2)
    entries = [
        entry(str(index), " ".join("".join(signs.choices("abcdefgh", k=6)) for _ in range(2000)))
        for index in range(40)
    ]
    lying = {file.path for file in build_index(entries)}
    edited = [*entries[:7], entry("7", f"{entries[7].texts[0]} zebra"), *entries[8:]]
    named = list(update_index(edited, NOTHING, lying))
    new = {file.path: file.data for file in named if isinstance(file, OutputFile)}
    assert len(new) < len(named) / 4
    whole = {file.path: file.data for file in build_index(edited)}
    assert whole == new | {path: whole[path] for path in named if not isinstance(path, OutputFile)}


def test_nothing_to_find_is_an_index_too() -> None:
    """An empty corpus has a search that finds nothing."""
    assert read([]).manifest["entries"] == 0
    assert read([]).words() == {}


def test_lines_say_what_a_result_shows() -> None:
    """Address, title, date, authors, source, documents; empty ones at the end are left out."""
    full = entry("A", "b", date="2020-05-03", authors=("Ana Ruiz",), source="a.txt")
    named = entry("Ana Ruiz", kind="author", documents=2)
    assert read([full, named]).lines() == [
        ["documents/A/", "A", "2020-05-03", ["Ana Ruiz"], "a.txt"],
        ["authors/Ana Ruiz/", "Ana Ruiz", "", [], "", 2],
    ]


def test_columns_hold_the_values_of_documents_alone() -> None:
    """The most frequent first; a document may have several, or none."""
    entries = [
        entry("A", facets={"place": ("Lima", "Cusco")}),
        entry("B", facets={"place": ("Lima",)}),
        entry("C"),
        entry("Lima", kind="place"),
    ]
    reader = read(entries)
    assert reader.manifest["facets"] == ["place"]
    assert reader.column("place") == {"Lima": [0, 1], "Cusco": [0]}
    assert reader.manifest["kinds"] == [["document", 3], ["place", 1]]


def test_a_long_column_keeps_what_several_documents_share() -> None:
    """What only one has is found by its name."""
    entries = [entry(str(at), facets={"person": ("Ana", f"P{at}")}) for at in range(300)]
    assert read(entries).column("person") == {"Ana": list(range(300))}
    alone = [entry(str(index), facets={"person": (f"P{index}",)}) for index in range(300)]
    assert read(alone).column("person") == {}


@given(st.lists(st.sets(st.sampled_from("abcde")).map(tuple), min_size=1))
def test_a_column_tells_who_has_which_value(values: list[tuple[str, ...]]) -> None:
    """Of however many documents, whether all have it or one."""
    entries = [entry(str(at), facets={"place": own}) for at, own in enumerate(values)]
    expected = {
        value: [index for index, own in enumerate(values) if value in own]
        for value in sorted({value for own in values for value in own})
    }
    assert not expected or read(entries).column("place") == expected


@given(st.lists(st.integers(0, 2**40)))
def test_numbers_are_counted_as_they_were_packed(many: list[int]) -> None:
    """Without unpacking them."""
    assert codec.count_varints(codec.encode_varints(many)) == len(many)


def test_the_best_of_a_long_list_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those with the word in their title, then those that have it often; the rest is there too."""
    monkeypatch.setattr(top_postings, "_LONG", 30)
    monkeypatch.setattr(top_postings, "_BEST", 10)
    entries = [
        entry(
            f"Tide {index}" if index % 20 == 7 else str(index),
            "tide " * (1 + index % 9) + "sand " * index,
        )
        for index in range(60)
    ]
    reader = read(entries)
    (name,) = (path.split("/")[2][:-4] for path in reader.files if "/rests/" in path)
    rest = {number for number, _ in reader.rests(name)["tide"]}
    assert len(rest) == 50
    assert rest.isdisjoint({7, 27, 47, 8})
    assert [number for number, _ in reader.words()["tide"][0]] == list(range(60))


@given(st.lists(st.integers(0, 2**60)))
def test_many_numbers_are_packed_as_one_by_one(many: list[int]) -> None:
    """And read back."""
    data, ends = codec.encode_many(np.array(many, dtype=np.uint64))
    assert data == codec.encode_varints(many)
    assert len(ends) == len(many)
    assert codec.decode_varints(data).tolist() == many


def test_more_and_in_a_shorter_text_says_more() -> None:
    """As BM25 has it."""
    times = np.arange(256, dtype=np.uint64)
    short, long = (
        bm25.quantized_impacts(times, bm25.length_norms(np.array([length]), 1000.0)).tolist()
        for length in (500, 4000)
    )
    assert short == sorted(short)
    assert all(one >= other for one, other in zip(short, long, strict=True))
    assert short[1] > long[1]


def test_a_name_is_known_to_be_asked_for_as_a_whole() -> None:
    """By the length of the shortest name that a word is in, without words that are everywhere."""
    named = entry("Luis Arce Córdova Arce", kind="person", names=("Arce", "The", "The Who"))
    everywhere = [entry(str(index), "the") for index in range(60)]
    found = read([*everywhere, named]).words()
    lengths = {word: found[word][1] for word in ("luis", "arce", "cordova", "the", "who")}
    assert {word: dict(own)[60] for word, own in lengths.items()} == {
        "luis": 3,
        "arce": 1,
        "cordova": 3,
        "the": 1,
        "who": 1,
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Perú's PRESIDENT", ["peru", "s", "president"]),
        ("Łódź, Straße, Œuvre, İstanbul", ["lodz", "strasse", "oeuvre", "istanbul"]),
        ("東京2020年", ["東京", "京", "2020", "年"]),
        ("ภาษา", ["ภา", "าษ", "ษา", "า"]),
        ("한국어 हिन्दी", ["한국어", "हिन्दी"]),
        ("مُحَمَّد שָׁלוֹם", ["محمد", "שלום"]),
        ("soft\u00adhyphen zero\u200bwidth", ["softhyphen", "zerowidth"]),
        ("ﬁne Ⅳ ½", ["fine", "iv", "1", "2"]),
        ("*+?[(", []),
    ],
)
def test_words_are_folded_and_cut(text: str, expected: list[str]) -> None:
    """Accents, case, points and compatibility forms go; runs without spaces become pairs."""
    assert split_words(text) == expected


@given(hostile_text)
def test_folding_twice_is_folding_once(text: str) -> None:
    """So a folded word can be asked for."""
    assert fold(fold(text)) == fold(text)


def grouped(given_words: Iterable[str], language: str) -> set[tuple[str, ...]]:
    """The families among these words."""
    return set(stem_groups(dict.fromkeys(given_words, language)).values())


def test_forms_of_a_word_are_a_family() -> None:
    """By the stemmer of its language."""
    assert grouped(["protest", "protests", "protesting", "week"], "en") == {
        ("protest", "protesting", "protests")
    }
    assert grouped(["haus", "hauses", "garten"], "de-AT") == {("haus", "hauses")}


def test_what_only_looks_alike_is_none() -> None:
    """Short stems, other languages, numbers, and pieces of a run without spaces."""
    assert grouped(["and", "andes"], "en") == set()
    assert grouped(["haus", "hauses"], "xx") == set()
    assert grouped(["1990", "1990s"], "en") == set()
    assert is_unspaced("東京")


def test_a_hand_written_page_is_read_as_its_readers_see_it() -> None:
    """Its title, its words without markup, and where it is published."""
    page = b"# The *archive*\n\nA [letter](x.md) & a <b>note</b>.\n\n<script>hidden()</script>\n"
    found = handwritten_entry(OutputFile(PagePath("about/index.md"), page))
    assert (found.address, found.title, found.kind) == ("about/", "The archive", "page")
    assert found.texts == ("A letter & a note.",)
    titled = handwritten_entry(
        OutputFile(PagePath("terms.md"), b"---\ntitle: Terms & use\n---\nText")
    )
    assert (titled.address, titled.title) == ("terms/", "Terms & use")
    assert (
        handwritten_entry(OutputFile(PagePath("how-to.md"), b"---\n: [\n---\nText")).title
        == "how to"
    )


def test_prefixes_are_those_of_the_languages_of_the_texts() -> None:
    """A client takes no beginning of a Persian or English word for an Arabic article."""
    assert attached_prefixes(["fa", "en", "he"]) == ()
    assert attached_prefixes(["en", "ar-EG", "ar"])[:2] == ("ال", "وال")
    arabic = SearchEntry(Address(""), "document", "خبر", texts=("الجسر",), language="ar")
    assert read([arabic]).manifest["prefixes"][0] == "ال"
