"""What people decide in corrections.yml, and the messages about errors in it."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from msgspec import structs

from generator.corrections import (
    Corrections,
    DocumentCorrection,
    NameEntry,
    apply_to,
    closest_names,
    json_schema,
    match_seeds,
    parse_corrections,
    report_unmatched,
    unmatched_seeds,
    without_settled,
)
from generator.model import Document, Extracted, Problem, SeedPath, Withdrawal
from generator.pipeline.last_run import SCHEMA_FILE
from generator.reading.read import read_document
from tests.support import MAX_EXAMPLES, ROOT, Case, cases, hostile_text, seed


def only(text: str) -> DocumentCorrection:
    """Return the only document of a text without errors."""
    corrections, problems = parse_corrections(text)
    assert problems == ()
    (document,) = corrections.documents
    return document


def bridge() -> Document:
    """Return a document with every value that can be corrected."""
    document, _ = read_document(
        seed(
            "Bridge reopens\n\nBy Ana Ruiz\n3 May 2020\n\nThe mayor cut a ribbon.", "letters/a.txt"
        )
    )
    assert document
    return document


@cases("corrections")
def test_errors_are_reported_with_line_and_remedy(case: Case) -> None:
    """Each has its own message, and correct entries have none."""
    assert_messages(case)


@cases("corrections_syntax")
def test_a_syntax_error_costs_its_own_entry_only(case: Case) -> None:
    """It is reported like any other error."""
    assert_messages(case)


def assert_messages(case: Case) -> None:
    """Compare the beginnings of messages, written as "LINE CODE words"."""
    _, problems = parse_corrections(case.given)
    messages = [
        f"{problem.line} {problem.code} {problem.message}. {problem.hint}" for problem in problems
    ]
    assert len(messages) == len(case.expect), messages
    assert [
        message[: len(expected)] for message, expected in zip(messages, case.expect, strict=True)
    ] == case.expect


class Yaml12(yaml.SafeLoader):
    """YAML as in editors: a date is a text, and `yes` too."""

    yaml_implicit_resolvers: ClassVar = {  # type: ignore[misc]
        first: [
            (tag, pattern)
            for tag, pattern in resolvers
            if not tag.endswith("timestamp") and not (tag.endswith("bool") and first in "yYnNoO")
        ]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@cases("corrections")
def test_editors_and_the_parser_agree(case: Case) -> None:
    """The JSON Schema finds an error if and only if the parser does."""
    is_valid = not case.expect or "(not in the schema)" in case.name
    assert validator().is_valid(yaml.load(case.given, Yaml12)) == is_valid  # noqa: S506  (it is safe)


def test_the_starter_refers_to_the_schema_and_its_examples_are_valid() -> None:
    """The examples that `seedbed new` writes work once they are no comments any more."""
    text = (ROOT / "generator/starter/corrections.yml").read_text("utf-8")
    first, _, _, *examples = text.splitlines()
    assert first == f"# yaml-language-server: $schema=../{SCHEMA_FILE}"
    corrections, problems = parse_corrections(
        "\n".join(line.removeprefix("# ") for line in examples)
    )
    assert problems == ()
    assert len(corrections.documents) == 2
    assert corrections.names.same_as
    assert parse_corrections(text) == (Corrections(), ())


def validator() -> Draft7Validator:
    """Return a validator of the schema, which must itself be valid."""
    schema = json.loads(json_schema())
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


_TOKENS = (
    "documents: names: merge: same-as: a.txt: withdrawn: title: reason: date: 2021-13-01 { } [ ] ,"
    " & * ! | > \" ' # - ? : ~ null Q1 %YAML --- ..."
).split()
_SPACES = ["\n", "\n  ", "\n    ", "\n  - ", " ", "\t", "\x85", "\u2028"]
_YAML = st.lists(st.sampled_from(_TOKENS + _SPACES), max_size=40).map("".join)


@settings(max_examples=3 * MAX_EXAMPLES)
@given(st.one_of(_YAML, hostile_text, st.text(st.characters(exclude_categories=()))))
@example("[" * 5000)
@example("a: " * 5000)
@example("x: &a [*a, *a]\n" * 50)
@example("\ufeff")
@example('"\\ud800": "\\ud800"')
def test_no_text_raises(text: str) -> None:
    """Whatever is in the file, problems and entries have lines of the file."""
    corrections, problems = parse_corrections(text)
    lines = text.count("\n") + text.count("\r") + 1
    assert all(1 <= (problem.line or 0) <= lines for problem in problems)
    assert all(1 <= document.line <= lines for document in corrections.documents)
    assert len(
        {document.source for document in corrections.documents if not document.withdrawn}
    ) == sum(not document.withdrawn for document in corrections.documents)


_PLAIN = st.text(st.sampled_from("abc é'\"#:[]{}-&*!|>%@`,?"), min_size=1, max_size=12).filter(
    lambda text: text.strip() == text and "  " not in text
)


@given(st.dictionaries(_PLAIN, _PLAIN, min_size=1, max_size=5), st.randoms())
def test_quoted_texts_are_read_exactly_and_in_any_order(
    titles: dict[str, str], order: object
) -> None:
    """Quotes are enough to write any name and title; the order of entries does not matter."""
    import random

    assert isinstance(order, random.Random)
    entries = list(titles.items())
    order.shuffle(entries)
    text = "documents:\n" + "".join(
        f"  {json.dumps(path, ensure_ascii=False)}: {{title: {json.dumps(title)}}}\n"
        for path, title in entries
    )
    corrections, problems = parse_corrections(text)
    assert problems == ()
    paths = [SeedPath(path) for path in titles]
    matches = match_seeds(corrections.documents, paths)
    assert {path: matches[path].title.value for path in paths} == titles  # type: ignore[union-attr]


@given(st.sampled_from(["title: A", "date: 1984", "withdrawn: {reason: asked}"]), hostile_text)
def test_an_error_in_one_entry_does_not_affect_the_next(field: str, error: str) -> None:
    """Whatever is in the line of the first, as long as it is a single line."""
    line = " ".join(error.splitlines())
    plain = "".join(character for character in line if character not in "'\"[]{}|>\x85\u2028\u2029")
    text = f"documents:\n  bad.txt:\n    {plain}\n  good.txt:\n    {field}\n"
    corrections = parse_corrections(text).value
    if not any("too many" in problem.message for problem in parse_corrections(text).problems):
        assert "good.txt" in [document.source for document in corrections.documents]


def test_corrections_win_over_every_rule() -> None:
    """Each value is replaced, with the file and the line as evidence."""
    correction = only(
        "documents:\n  letters/a.txt:\n    title: T\n    authors: [B, C]\n    date: 1984~\n"
        "    language: pt\n    section: S\n"
    )
    metadata = apply_to(bridge(), correction).metadata
    assert metadata.title == Extracted("T", "corrections.yml", 3)
    assert metadata.authors == (
        Extracted("B", "corrections.yml", 4),
        Extracted("C", "corrections.yml", 4),
    )
    assert metadata.date == Extracted("1984~", "corrections.yml", 5)
    assert metadata.language == Extracted("pt", "corrections.yml", 6)
    assert metadata.section == Extracted("S", "corrections.yml", 7)


@pytest.mark.parametrize(
    ("title", "is_kept"), [("Of the bridge", True), ("BRIDGE reopened: at last", False)]
)
def test_a_printed_title_whose_words_a_correction_lacks_is_kept(title: str, is_kept: bool) -> None:
    """The page shows it: its line has left the text."""
    document = bridge()
    printed = structs.replace(
        document.metadata.title, value="Bridge reopened", quote="Bridge reopened"
    )
    document = structs.replace(document, metadata=structs.replace(document.metadata, title=printed))
    correction = only(f"documents: {{letters/a.txt: {{title: '{title}'}}}}")
    once = apply_to(document, correction)
    twice = apply_to(once, correction)
    assert once.metadata.printed_title == twice.metadata.printed_title
    assert once.metadata.printed_title == (printed if is_kept else None)
    assert apply_to(document, None).metadata.printed_title is None


_FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": _PLAIN,
        "authors": st.lists(_PLAIN, max_size=3, unique=True),
        "date": st.sampled_from(["1984", "2021-06-28", "2004-06/2006-08", "1984~", None]),
        "language": st.sampled_from(["en", "pt-BR", None]),
        "section": st.one_of(_PLAIN, st.none()),
        "subtitle": st.one_of(_PLAIN, st.none()),
        "place": st.one_of(_PLAIN, st.none()),
    },
)


@given(hostile_text, _FIELDS)
def test_corrections_win_over_whatever_a_seed_says(text: str, fields: dict[str, Any]) -> None:
    """Each value in them is used, and each other value stays the same."""
    document = read_document(seed(text)).value
    assume(document is not None)
    assert document
    correction = only(json.dumps({"documents": {"a.txt": fields}}))
    metadata = apply_to(document, correction).metadata
    for field in ("title", "date", "language", "section", "subtitle", "place"):
        own_name = {"subtitle": "standfirst"}.get(field, field)
        value = getattr(metadata, own_name)
        if field in fields:
            assert (value.value if value else None) == fields[field]
        else:
            assert value == getattr(document.metadata, own_name)
    authors = [author.value for author in metadata.authors]
    extracted = [author.value for author in document.metadata.authors]
    assert authors == fields.get("authors", extracted)


def test_an_empty_value_means_that_it_is_unknown() -> None:
    """It removes the value that a rule has extracted."""
    correction = only("documents: {letters/a.txt: {authors: [], date: , language: }}")
    metadata = apply_to(bridge(), correction).metadata
    assert (metadata.authors, metadata.date, metadata.language) == ((), None, None)
    assert metadata.title == bridge().metadata.title
    figures, _ = read_document(
        seed("A note\n\n03/04/2021\n\nThe bridge was closed.", "letters/a.txt")
    )
    assert figures
    assert figures.metadata.ambiguous_date
    assert apply_to(figures, correction).metadata.ambiguous_date is None


def test_a_document_without_correction_does_not_change() -> None:
    """Not in any field."""
    assert apply_to(bridge(), None) == bridge()
    assert apply_to(bridge(), only("documents: {letters/a.txt: }")) == bridge()


@pytest.mark.parametrize(
    "field",
    [
        "withdrawn: yes",
        "withdrawn:",
        "withdrawn: [asked]",
        "withdrawn: {reason: [asked]}",
        "withdrawn: {because: asked}",
        "withdrawn: *asked",
        "withdrwan: {reason: asked}",
        "Withdrawn: {reason: asked}",
        "date: 2021-13-01\n    withdrawn: {date: soon}",
    ],
)
def test_a_withdrawal_with_an_error_is_a_withdrawal(field: str) -> None:
    """A document must not be published because of an error in its withdrawal."""
    corrections, problems = parse_corrections(f"documents:\n  a.txt:\n    {field}\n")
    assert [bool(document.withdrawn) for document in corrections.documents] == [True]
    assert problems


@pytest.mark.parametrize(
    "text",
    [
        "documents:\n  a.txt:\n    withdrawn: {reason: asked\n",
        'documents:\n  a.txt:\n    withdrawn:\n      reason: "asked\n',
        "documents:\n  a.txt: {title: A: B, withdrawn: {reason: asked}}\n",
        "documents:\n  a.txt:\n    withdrawn: @asked\n",
    ],
)
def test_an_unreadable_withdrawal_is_reported_as_unclear(text: str) -> None:
    """The run stops there, as it is unknown what is withdrawn."""
    corrections = parse_corrections(text).value
    withdrawn = [document for document in corrections.documents if document.withdrawn]
    assert corrections.unclear_lines or withdrawn


WITHDRAWING = """\
documents:
  a.txt:
    title: "A: b"
    authors: [Ana, Tom]
  letters/c.txt:
    date: 2021
    withdrawn:
      reason: "asked by the author"
      date: 2026-01-02
  d.txt: {title: x}
names:
  suppress: ["Monday Press"]
"""


@settings(max_examples=3 * MAX_EXAMPLES)
@given(
    st.integers(0, len(WITHDRAWING) - 1),
    st.sampled_from(["", *"\"'[]{}:,-&*!|>%@`~ \t\n.ax?"]),
    st.booleans(),
)
def test_no_error_of_one_character_publishes_a_withdrawn_document(
    index: int, character: str, overwrites: bool
) -> None:
    """The withdrawal holds, or the run stops: at the line, or because no seed has that name.

    The word itself is not cut into two lines, as that makes two other words of it.
    """
    assume(
        character != "\n" or not WITHDRAWING.index("withdrawn") <= index <= WITHDRAWING.index("wn:")
    )
    text = WITHDRAWING[:index] + character + WITHDRAWING[index + (overwrites or not character) :]
    corrections = parse_corrections(text).value
    withdrawn = {correction.source for correction in corrections.documents if correction.withdrawn}
    assert (
        corrections.unclear_lines or "letters/c.txt" in withdrawn or withdrawn - {"a.txt", "d.txt"}
    )


def test_of_two_entries_about_a_document_the_first_is_used_except_for_withdrawals() -> None:
    """A second entry cannot change the title, but it can withdraw the document."""
    corrections, problems = parse_corrections(
        "documents:\n  a.txt: {title: A}\n  a.txt: {title: B, withdrawn: {reason: asked}}\n"
    )
    correction = match_seeds(corrections.documents, [SeedPath("a.txt")])[SeedPath("a.txt")]
    assert correction.title == Extracted("A", "corrections.yml", 2)
    assert correction.withdrawn == Withdrawal("asked", line=3)
    assert len(problems) == 1


def test_names_are_read_with_their_lines() -> None:
    """All six maps, in the order of the file."""
    corrections, problems = parse_corrections(
        "names:\n  merge:\n    Luis Arce: [Lucho Arce]\n  split:\n    Juan:\n"
        "      Juan (senator): [a.txt, ./b.txt]\n  rename:\n    CIA: Agency\n  kind:\n"
        "    Amazon: place\n  suppress:\n    - Monday Press\n  same-as:\n    Luis Arce:\n"
        "      - http://www.wikidata.org/entity/Q7\n      - Q7\n      - https://viaf.org/viaf/1\n"
    )
    names = corrections.names
    assert problems == ()
    assert names.merge == (NameEntry("Luis Arce", ("Lucho Arce",), 3),)
    assert [(part.name, part.documents, part.line) for part in names.split[0].value] == [
        ("Juan (senator)", ("a.txt", "b.txt"), 6)
    ]
    assert names.rename == (NameEntry("CIA", "Agency", 8),)
    assert names.kind == (NameEntry("Amazon", "place", 10),)
    assert names.suppress == (NameEntry("Monday Press", None, 12),)
    assert names.same_as == (
        NameEntry("Luis Arce", ("https://www.wikidata.org/wiki/Q7", "https://viaf.org/viaf/1"), 14),
    )


def test_an_unmatched_entry_is_reported_with_the_most_similar_seed() -> None:
    """With its line, so that editors can show it."""
    corrections, _ = parse_corrections(
        "documents:\n  leters/a.txt: {title: A}\n  zzz: {title: B}\n  Letters/A.txt: {title: C}\n"
    )
    seeds = [SeedPath("letters/a.txt"), SeedPath("letters/b.txt")]
    problems = unmatched_seeds(match_seeds(corrections.documents, seeds), seeds)
    assert [(problem.code, problem.line, problem.hint) for problem in problems] == [
        ("W032", 2, 'Did you mean "letters/a.txt"?'),
        ("W032", 3, "Remove the entry if it is not needed"),
        ("W032", 4, 'Did you mean "letters/a.txt"?'),
    ]


def test_unmatched_names_are_reported_the_same_way() -> None:
    """By the function that entities use."""
    problems = list(
        report_unmatched("name", [("Luis Arse", 4), ("CIA", 5)], ["CIA", "Luis Arce", "Lima"])
    )
    assert [(problem.line, problem.hint) for problem in problems] == [
        (4, 'Did you mean "Luis Arce"?')
    ]


@given(st.lists(hostile_text, max_size=8), st.lists(hostile_text, max_size=8))
def test_the_closest_name_is_a_candidate(names: list[str], candidates: list[str]) -> None:
    """Whatever the order of both."""
    closest = closest_names(names, candidates)
    assert set(closest.values()) <= set(candidates)
    assert closest == closest_names(names[::-1], candidates[::-1])


def test_accents_match_in_either_form_of_unicode() -> None:
    """A file name from macOS is decomposed; typed text is composed."""
    correction = only("documents: {José.txt: {title: A}}")
    path = SeedPath("Jose\u0301.txt")
    assert match_seeds([correction], [path])[path].title == Extracted("A", "corrections.yml", 1)


def test_messages_that_a_correction_settles_are_left_out() -> None:
    """A corrected date is not open any more; other messages stay."""
    problems = [
        Problem(code, "a.txt", "", "", severity="warning") for code in ("W010", "W011", "W013")
    ]
    corrections = {SeedPath("a.txt"): only("documents: {a.txt: {date: 1984}}")}
    assert [problem.code for problem in without_settled(problems, corrections)] == ["W010", "W013"]


def test_an_empty_file_has_no_corrections() -> None:
    """And no errors."""
    assert parse_corrections("") == (Corrections(), ())
