"""The search index: every word of a text is found, and equal input gives equal files."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from generator.model import Address, OutputFile, PagePath
from generator.search import bm25, file_encoding, shards, split_postings
from generator.search.entry_blocks import EntryBlock, entry_blocks
from generator.search.handwritten_pages import handwritten_entry
from generator.search.index import MANIFEST, LastIndex, build_index, update_index
from generator.search.index_blocks import IndexBlock
from generator.search.index_files import IndexFiles, Listed
from generator.search.saved_parts import SavedParts
from generator.search.search_entries import SearchEntry
from generator.search.stemming import attached_prefixes, stem_groups
from generator.text import fold, is_unspaced, split_words
from generator.text.term_counts import CorpusTerms, terms_in_memory
from generator.text.text_profile import profile_text
from generator.text.vocabulary import Vocabulary
from tests.search.search_reader import Reader
from tests.support import hostile_text


def entry(title: str, text: str = "", kind: str = "document", **more: object) -> SearchEntry:
    """Return an entry with these words."""
    address = Address(f"{kind}s/{title}/")
    return SearchEntry(address, kind, title, texts=(text,) if text else (), **more)  # type: ignore[arg-type]


def read(entries: Sequence[SearchEntry]) -> Reader:
    """Return the index of these entries in a second reader."""
    return Reader({file.path: file.data for file in build_index(entries)})


def blocks_of(
    entries: Sequence[SearchEntry], terms: CorpusTerms | None = None, size: int = 1024
) -> list[EntryBlock]:
    """Return entries in blocks of some size."""
    return [*entry_blocks(entries, terms.keys if terms else (), size)]


@given(st.lists(st.tuples(hostile_text, hostile_text), max_size=6))
def test_every_word_leads_to_every_entry_that_has_it(texts: list[tuple[str, str]]) -> None:
    """And to no other, in texts as in titles."""
    words = read([entry(title, text) for title, text in texts]).words()
    for index, (title, text) in enumerate(texts):
        assert {word for word, (inside, _) in words.items() if index in dict(inside)} == set(
            split_words(text)
        )
        assert {word for word, (_, named) in words.items() if index in dict(named)} == set(
            split_words(title)
        )


@given(st.lists(st.tuples(hostile_text, hostile_text), max_size=6))
def test_counted_words_are_indexed_like_the_words_of_an_entry(
    texts: list[tuple[str, str]],
) -> None:
    """The files are the same."""
    heavy = [entry(title, text) for title, text in texts]
    light = [structs.replace(document, texts=()) for document in heavy]
    terms = terms_in_memory(profile_text("\n".join(document.texts)) for document in heavy)
    assert list(build_index(heavy)) == list(build_index(light, terms))


def test_a_word_is_in_the_file_that_the_bounds_say() -> None:
    """It is the last file whose bound does not sort after the word, by UTF-16 as in browsers."""
    chance = random.Random(1)
    characters = "abcdeé🙂ﷺ東"
    entries = [
        entry(str(index), " ".join("".join(chance.choices(characters, k=7)) for _ in range(3000)))
        for index in range(20)
    ]
    reader = read(entries)
    bounds = [shards.utf16_key(bound) for bound, _ in reader.listed("words")]
    assert len(bounds) > 3
    assert bounds == sorted(bounds)
    for number in range(len(bounds)):
        shard = reader.read("words", number).decode("utf-8", "replace")
        for word in shard.split('"words":"')[1].split('"')[0].split(" "):
            assert sum(bound <= shards.utf16_key(word) for bound in bounds) - 1 == number


def test_a_divided_index_says_the_same() -> None:
    """Its manifest names lists of files."""
    entries = [entry(str(index), f"the bridge {index} of lima") for index in range(20)]
    whole, divided = (
        Reader({file.path: file.data for file in build_index(entries, None, divided_from)})
        for divided_from in (21, 20)
    )
    assert "firsts" not in whole.manifest
    assert set(divided.manifest["firsts"]) == {"words", "beginnings", "endings", "lines"}
    assert (divided.words(), divided.lines()) == (whole.words(), whole.lines())
    assert all(path.count("/") == 3 for path in divided.files if path != MANIFEST)


def test_a_file_more_changes_one_list_of_files() -> None:
    """The others end where they ended; no list has more than 512 files."""
    contents = [(number, str(number).encode()) for number in range(4000)]
    before, after = _listed(contents), _listed([*contents[:1000], (999, b"new"), *contents[1000:]])
    assert len(before.names) > 8
    assert len(set(after.names) - set(before.names)) <= 2
    assert max(end - start for start, end in pairwise([*before.firsts, 4000])) <= 512


def _listed(contents: list[tuple[int, bytes]]) -> Listed[int]:
    with ThreadPoolExecutor(1) as threads:
        return IndexFiles(threads, frozenset(), is_divided=True).add_shards("lines", contents)


def test_a_file_is_named_by_its_content() -> None:
    """The same index twice; a changed word gives other names to the files that have it alone."""
    first = [entry("A", "the mayor cut a ribbon"), entry("B", "the bridge")]
    assert list(build_index(first)) == list(build_index(first))
    second = [entry("A", "the mayor cut a ribbon"), entry("B", "the bridges")]
    before, after = (
        {file.path: file.data for file in build_index(entries)} for entries in (first, second)
    )
    shared = before.keys() & after.keys() - {MANIFEST}
    assert {path.split("/")[1] for path in shared} == {"lines", "facets"}
    assert all(before[path] == after[path] for path in shared)
    assert read(first).manifest["build"] != read(second).manifest["build"]


def test_one_changed_text_leaves_most_files_as_they_were() -> None:
    """Existing files are only named; all others, and the manifest, are written."""
    chance = random.Random(2)
    entries = [
        entry(str(index), " ".join("".join(chance.choices("abcdefgh", k=6)) for _ in range(2000)))
        for index in range(40)
    ]
    intact = {file.path for file in build_index(entries)}
    edited = [*entries[:7], entry("7", f"{entries[7].texts[0]} zebra"), *entries[8:]]
    named = list(update_index(blocks_of(edited), None, LastIndex(intact)).files)
    new = {file.path: file.data for file in named if isinstance(file, OutputFile)}
    assert len(new) < len(named) / 4
    whole = {file.path: file.data for file in build_index(edited)}
    assert whole == new | {path: whole[path] for path in named if not isinstance(path, OutputFile)}


class Edit(NamedTuple):
    """What the next version of a corpus has."""

    position: int
    texts: list[str]
    language: str
    """Of the first entry."""


edits = st.builds(
    Edit,
    st.integers(0, 12),
    st.lists(st.text("abcdé\ufb01 \n", max_size=9), max_size=3),
    st.sampled_from(("en", "fr")),
)


@given(st.lists(st.text("abcdé\ufb01 \n", max_size=9), max_size=9), st.lists(edits, max_size=4))
@settings(max_examples=60)
def test_an_updated_index_is_that_of_a_fresh_build(texts: list[str], edited: list[Edit]) -> None:
    """After texts were added, changed and removed, with blocks of three entries."""
    vocabulary, blocks, parts = Vocabulary(), dict[bytes, IndexBlock](), SavedParts()
    for edit in (Edit(0, [], "en"), *edited):
        texts = [*texts[: edit.position], *edit.texts, *texts[edit.position + 1 :]]
        entries = [
            entry(
                str(number),
                language="en" if number else edit.language,
                authors=("Ana Ruiz",),
                facets={"place": tuple(text[:1])},
            )
            for number, text in enumerate(texts)
        ]
        entries += [entry("Lima", "a place", kind="place")]
        terms = terms_in_memory(map(profile_text, texts), vocabulary)
        last = LastIndex(blocks=blocks, parts=parts)
        updated = update_index(blocks_of(entries, terms, 3), terms, last)
        assert list(updated.files) == list(build_index(entries, terms))
        blocks |= updated.blocks.changed
        parts = updated.parts


def test_parts_that_stay_equal_are_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists that are split, files of their remainders, and columns: what was saved is taken."""
    monkeypatch.setattr(split_postings, "_MAX_WHOLE", 30)
    monkeypatch.setattr(split_postings, "_TOP", 10)
    entries = [
        entry(str(index), "tide " * (1 + index % 9) + "sand " * index, facets={"place": ("Lima",)})
        for index in range(60)
    ]
    first = update_index(blocks_of([*entries, entry("60", "calm water")]), None, LastIndex())
    intact = {file.path for file in first.files if isinstance(file, OutputFile)}
    edited = [*entries, entry("60", "calm waves")]
    again = update_index(blocks_of(edited), None, LastIndex(intact, parts=first.parts))
    written = {file.path: file.data for file in again.files if isinstance(file, OutputFile)}
    whole = {file.path: file.data for file in build_index(edited)}
    assert written == {path: whole[path] for path in whole.keys() - intact | {MANIFEST}}
    assert len(again.parts.lists) == 2
    for made, before in (
        (again.parts.lists, first.parts.lists),
        (again.parts.files, first.parts.files),
    ):
        assert [*map(id, made.values())] == [*map(id, before.values())]


def test_one_changed_text_makes_one_block_again() -> None:
    """As long as the average length stays the same with two digits; so does an entry more."""
    entries = [entry(str(number), f"the bridge {number} of lima") for number in range(200)]
    last = _next_index(entries, LastIndex())
    assert len(last.blocks) > 20
    assert _next_index(entries, last).blocks == {}
    edited = [*entries[:9], entry("9", "the bridge 9 of cusco"), *entries[10:]]
    assert len(_next_index(edited, last).blocks) == 1
    more = [*entries[:9], entry("new", "the bridge"), *entries[9:]]
    assert len(_next_index(more, last).blocks) <= 2  # a new entry may end a block
    longer = [entry("0", "a " * 4000), *entries[1:]]
    assert len(_next_index(longer, last).blocks) == len(last.blocks)


def test_a_word_that_becomes_near_universal_changes_the_names_of_all_blocks() -> None:
    """A name with this word is shorter then; blocks are the same otherwise."""
    entries = [entry(f"The {number}", "the" if number < 39 else "a") for number in range(100)]
    last = _next_index(entries, LastIndex())
    again = _next_index([*entries[:-1], entry("The 99", "the the")], last)
    assert len(again.blocks) == len(last.blocks)
    assert {block.common for block in last.blocks.values()} == {("a",)}
    assert {block.common for block in again.blocks.values()} == {("a", "the")}


def test_a_word_of_no_entry_is_forgotten() -> None:
    """The only document with it may have been withdrawn."""
    entries = [entry(str(number), f"the bridge {number} of lima") for number in range(20)]
    last = _next_index([*entries, entry("Xylophone", "a secret")], LastIndex())
    assert {"secret", "xylophone"} <= {*last.parts.words}
    again = _next_index(entries, last)
    assert not {"secret", "xylophone"} & {*again.parts.words}
    assert {*_next_index(entries, LastIndex()).parts.words} <= {*again.parts.words}


def _next_index(entries: Sequence[SearchEntry], last: LastIndex) -> LastIndex:
    """Return the next index in blocks of some four entries; only the blocks that were made."""
    updated = update_index(blocks_of(entries, size=4), None, last)
    return LastIndex(blocks=updated.blocks.changed, parts=updated.parts)


def test_an_empty_corpus_has_an_index() -> None:
    """Its search finds nothing."""
    assert read([]).manifest["entries"] == 0
    assert read([]).words() == {}


def test_lines_have_the_fields_of_a_result() -> None:
    """What a result shows, in its order; empty ones at the end are left out."""
    full = entry("A", "b", date="2020-05-03", authors=("Ana Ruiz",), genre="letter", collection="A")
    named = entry("Ana Ruiz", kind="author", documents=2)
    assert read([full, named]).lines() == [
        ["documents/A/", "A", "2020-05-03", ["Ana Ruiz"], "letter", "A"],
        ["authors/Ana Ruiz/", "Ana Ruiz", "", [], "", "", 2],
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


def test_a_long_column_has_only_values_of_several_documents() -> None:
    """A value of one document is found by its name."""
    entries = [entry(str(index), facets={"person": ("Ana", f"P{index}")}) for index in range(300)]
    assert read(entries).column("person") == {"Ana": list(range(300))}
    alone = [entry(str(index), facets={"person": (f"P{index}",)}) for index in range(300)]
    assert read(alone).column("person") == {}


@given(st.lists(st.sets(st.sampled_from("abcde")).map(tuple), min_size=1))
def test_a_column_has_the_documents_of_each_value(values: list[tuple[str, ...]]) -> None:
    """For any number of documents, whether all have the value or one."""
    entries = [entry(str(index), facets={"place": own}) for index, own in enumerate(values)]
    expected = {
        value: [index for index, own in enumerate(values) if value in own]
        for value in sorted({value for own in values for value in own})
    }
    assert not expected or read(entries).column("place") == expected


def test_the_top_entries_of_a_long_list_are_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries with the word in their title, then by impact; the remainder has the others."""
    monkeypatch.setattr(split_postings, "_MAX_WHOLE", 30)
    monkeypatch.setattr(split_postings, "_TOP", 10)
    entries = [
        entry(
            f"Tide {index}" if index % 20 == 7 else str(index),
            "tide " * (1 + index % 9) + "sand " * index,
        )
        for index in range(60)
    ]
    reader = read(entries)
    (name,) = (path.split("/")[2][:-4] for path in reader.files if "/rests/" in path)
    remainder = {number for number, _ in reader.remainders(name)["tide"]}
    assert len(remainder) == 50
    assert remainder.isdisjoint({7, 27, 47, 8})
    assert [number for number, _ in reader.words()["tide"][0]] == list(range(60))


@given(st.lists(st.integers(0, 2**60)))
def test_numbers_are_encoded_together_as_one_by_one(numbers: list[int]) -> None:
    """And decoded again."""
    data, ends = file_encoding.encode_many(np.array(numbers, dtype=np.uint64))
    one_by_one = bytearray()
    for number in numbers:
        file_encoding.append_varint(one_by_one, number)
    assert data == one_by_one
    assert len(ends) == len(numbers)
    assert file_encoding.decode_varints(data).tolist() == numbers


def test_more_occurrences_and_a_shorter_text_raise_the_impact() -> None:
    """As in BM25."""
    counts = np.arange(256, dtype=np.uint64)
    short, long = (
        bm25.quantized_impacts(counts, bm25.length_norms(np.array([length]), 1000.0)).tolist()
        for length in (500, 4000)
    )
    assert short == sorted(short)
    assert all(in_short >= in_long for in_short, in_long in zip(short, long, strict=True))
    assert short[1] > long[1]


def test_a_length_near_the_mean_has_the_impacts_of_the_mean() -> None:
    """Lengths count in steps of half an octave, so a small edit changes no impact."""
    norms = bm25.length_norms(np.array([1000, 850, 1180, 1200, 800, 0]), 1000.0).tolist()
    assert norms[0] == norms[1] == norms[2]
    assert norms[3] > norms[0] > norms[4] > norms[5]


def test_a_query_for_a_whole_name_is_recognized() -> None:
    """By the length of the shortest name with a word, without near-universal words."""
    person = entry("Luis Arce Córdova Arce", kind="person", names=("Arce", "The", "The Who"))
    everywhere = [entry(str(index), "the") for index in range(60)]
    words = read([*everywhere, person]).words()
    lengths = {word: words[word][1] for word in ("luis", "arce", "cordova", "the", "who")}
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
def test_words_are_folded_and_split(text: str, expected: list[str]) -> None:
    """Without accents, case and points; runs without spaces become pairs."""
    assert split_words(text) == expected


@given(hostile_text)
def test_folding_twice_is_folding_once(text: str) -> None:
    """So a query may contain folded words."""
    assert fold(fold(text)) == fold(text)


def grouped(given_words: Iterable[str], language: str) -> set[tuple[str, ...]]:
    """Return the stem groups of these words."""
    return set(stem_groups(dict.fromkeys(given_words, language)).values())


def test_forms_of_a_word_are_a_group() -> None:
    """By the stemmer of its language."""
    assert grouped(["protest", "protests", "protesting", "week"], "en") == {
        ("protest", "protesting", "protests")
    }
    assert grouped(["haus", "hauses", "garten"], "de-AT") == {("haus", "hauses")}


def test_words_that_only_look_alike_are_no_group() -> None:
    """Short stems, other languages, numbers, and pieces of a run without spaces."""
    assert grouped(["and", "andes"], "en") == set()
    assert grouped(["haus", "hauses"], "xx") == set()
    assert grouped(["1990", "1990s"], "en") == set()
    assert is_unspaced("東京")


def test_a_hand_written_page_has_its_visible_text() -> None:
    """Its title, its words without markup, and where it is published."""
    page = b"# The *archive*\n\nA [letter](x.md) & a <b>note</b>.\n\n<script>hidden()</script>\n"
    indexed = handwritten_entry(OutputFile(PagePath("about/index.md"), page))
    assert (indexed.address, indexed.title, indexed.kind) == ("about/", "The archive", "page")
    assert indexed.texts == ("A letter & a note.",)
    with_title = handwritten_entry(
        OutputFile(PagePath("terms.md"), b"---\ntitle: Terms & use\n---\nText")
    )
    assert (with_title.address, with_title.title) == ("terms/", "Terms & use")
    assert (
        handwritten_entry(OutputFile(PagePath("how-to.md"), b"---\n: [\n---\nText")).title
        == "how to"
    )


def test_a_page_without_words_has_a_title_and_a_line() -> None:
    """A home page that somebody wrote may have neither heading nor text."""
    entry = handwritten_entry(OutputFile(PagePath("index.md"), b""))
    assert (entry.address, entry.title, entry.texts) == ("", "index", ())
    assert read([entry, SearchEntry(Address(""), "page", "")]).lines() == [["", "index"], [""]]


def test_prefixes_are_those_of_the_languages_of_the_texts() -> None:
    """A client takes no beginning of a Persian or English word for an Arabic article."""
    assert attached_prefixes(["fa", "en", "he"]) == ()
    assert attached_prefixes(["en", "ar-EG", "ar"])[:2] == ("ال", "وال")
    arabic = SearchEntry(Address(""), "document", "خبر", texts=("الجسر",), language="ar")
    assert read([arabic]).manifest["prefixes"][0] == "ال"
