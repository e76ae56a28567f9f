"""What people decide in corrections.yml, and what is said of their slips."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

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
from tests.support import EXAMPLES, ROOT, Case, cases, hostile_text, seed


def only(text: str) -> DocumentCorrection:
    """The single document of a text without slips."""
    corrections, problems = parse_corrections(text)
    assert problems == ()
    (document,) = corrections.documents
    return document


def bridge() -> Document:
    """A document with all that can be corrected."""
    document, _ = read_document(
        seed(
            "Bridge reopens\n\nBy Ana Ruiz\n3 May 2020\n\nThe mayor cut a ribbon.", "letters/a.txt"
        )
    )
    assert document
    return document


@cases("corrections")
def test_slips_are_named_with_line_and_remedy(case: Case) -> None:
    """Each in a message of its own, and nothing is said of what is right."""
    assert_told(case)


@cases("corrections_syntax")
def test_a_slip_of_syntax_costs_its_own_entry(case: Case) -> None:
    """And is named as any other."""
    assert_told(case)


def assert_told(case: Case) -> None:
    """Compare messages, written as "LINE CODE words", as far as the case goes."""
    _, problems = parse_corrections(case.given)
    messages = [
        f"{problem.line} {problem.code} {problem.message}. {problem.hint}" for problem in problems
    ]
    assert len(messages) == len(case.expect), messages
    assert [
        line[: len(said)] for line, said in zip(messages, case.expect, strict=True)
    ] == case.expect


class Yaml12(yaml.SafeLoader):
    """YAML as editors have it: a date is a text, and `yes` too."""

    yaml_implicit_resolvers: ClassVar = {  # type: ignore[misc]
        first: [
            (tag, pattern)
            for tag, pattern in found
            if not tag.endswith("timestamp") and not (tag.endswith("bool") and first in "yYnNoO")
        ]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@cases("corrections")
def test_editors_and_the_parser_agree(case: Case) -> None:
    """The JSON Schema finds a slip where the parser does, and none where it does not."""
    right = not case.expect or "(not in the schema)" in case.name
    assert validator().is_valid(yaml.load(case.given, Yaml12)) == right  # noqa: S506  (it is safe)


def test_the_starter_names_the_schema_and_its_examples_are_right() -> None:
    """What `seedbed new` puts into the file works once the signs are taken away."""
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
    """The schema, which must be one."""
    found = json.loads(json_schema())
    Draft7Validator.check_schema(found)
    return Draft7Validator(found)


_TOKENS = (
    "documents: names: merge: same-as: a.txt: withdrawn: title: reason: date: 2021-13-01 { } [ ] ,"
    " & * ! | > \" ' # - ? : ~ null Q1 %YAML --- ..."
).split()
_SPACES = ["\n", "\n  ", "\n    ", "\n  - ", " ", "\t", "\x85", "\u2028"]
_YAML = st.lists(st.sampled_from(_TOKENS + _SPACES), max_size=40).map("".join)


@settings(max_examples=3 * EXAMPLES)
@given(st.one_of(_YAML, hostile_text, st.text(st.characters(exclude_categories=()))))
@example("[" * 5000)
@example("a: " * 5000)
@example("x: &a [*a, *a]\n" * 50)
@example("\ufeff")
@example('"\\ud800": "\\ud800"')
def test_no_text_raises(text: str) -> None:
    """Whatever stands in the file, it says something or a message says why not."""
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
def test_what_is_quoted_is_read_to_the_letter_and_in_any_order(
    titles: dict[str, str], order: object
) -> None:
    """Quotes are enough to write any name and title; the order of entries decides nothing."""
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
    found = match_seeds(corrections.documents, paths)
    assert {path: found[path].title.value for path in paths} == titles  # type: ignore[union-attr]


@given(st.sampled_from(["title: A", "date: 1984", "withdrawn: {reason: asked}"]), hostile_text)
def test_a_slip_in_one_entry_leaves_the_next_as_it_is(field: str, slip: str) -> None:
    """Whatever stands in the line of the first, as long as it stays inside it."""
    inside = " ".join(slip.splitlines())
    quoted = "".join(sign for sign in inside if sign not in "'\"[]{}|>\x85\u2028\u2029")
    text = f"documents:\n  bad.txt:\n    {quoted}\n  good.txt:\n    {field}\n"
    corrections, _ = parse_corrections(text)
    if not any("too many" in problem.message for problem in parse_corrections(text)[1]):
        assert "good.txt" in [document.source for document in corrections.documents]


def test_corrections_win_over_every_rule() -> None:
    """Each value is exchanged, and says that people did it, and in which line."""
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


_SAID = st.fixed_dictionaries(
    {},
    optional={
        "title": _PLAIN,
        "authors": st.lists(_PLAIN, max_size=3, unique=True),
        "date": st.sampled_from(["1984", "2021-06-28", "2004-06/2006-08", "1984~", None]),
        "language": st.sampled_from(["en", "pt-BR", None]),
        "section": st.one_of(_PLAIN, st.none()),
    },
)


@given(hostile_text, _SAID)
def test_whatever_a_seed_says_people_have_the_last_word(text: str, said: dict[str, Any]) -> None:
    """Each value that they give stands there, and each that they do not give is as it was."""
    document, _ = read_document(seed(text))
    assume(document is not None)
    assert document
    found, decided = document.metadata, only(json.dumps({"documents": {"a.txt": said}}))
    metadata = apply_to(document, decided).metadata
    for field in ("title", "date", "language", "section"):
        value = getattr(metadata, field)
        if field in said:
            assert (value.value if value else None) == said[field]
        else:
            assert value == getattr(found, field)
    authors = [author.value for author in metadata.authors]
    assert authors == said.get("authors", [author.value for author in found.authors])


def test_people_can_say_that_a_value_is_unknown() -> None:
    """An empty value takes away what a rule has found."""
    correction = only("documents: {letters/a.txt: {authors: [], date: , language: }}")
    metadata = apply_to(bridge(), correction).metadata
    assert (metadata.authors, metadata.date, metadata.language) == ((), None, None)
    assert metadata.title == bridge().metadata.title
    figures, _ = read_document(
        seed("A note\n\n03/04/2021\n\nThe bridge was closed.", "letters/a.txt")
    )
    assert figures
    assert figures.metadata.figures
    assert apply_to(figures, correction).metadata.figures is None


def test_a_document_without_correction_stays_as_it_is() -> None:
    """To the letter."""
    assert apply_to(bridge(), None) == bridge()
    assert apply_to(bridge(), only("documents: {letters/a.txt: }")) == bridge()


@pytest.mark.parametrize(
    "slip",
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
def test_a_withdrawal_with_a_slip_is_a_withdrawal(slip: str) -> None:
    """What was to be taken back must not be published because of a slip."""
    corrections, problems = parse_corrections(f"documents:\n  a.txt:\n    {slip}\n")
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
def test_a_withdrawal_that_cannot_be_read_is_told_apart(text: str) -> None:
    """The pipeline stops there: it cannot be known what is withdrawn."""
    corrections, _ = parse_corrections(text)
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


@settings(max_examples=3 * EXAMPLES)
@given(
    st.integers(0, len(WITHDRAWING) - 1),
    st.sampled_from(["", *"\"'[]{}:,-&*!|>%@`~ \t\n.ax?"]),
    st.booleans(),
)
def test_no_slip_of_one_sign_publishes_what_is_withdrawn(index: int, sign: str, over: bool) -> None:
    """It holds, or the run stops: at the line, or because there is no seed of that name.

    Only the word itself must still be one: cut into two lines, it is two other words.
    """
    assume(sign != "\n" or not WITHDRAWING.index("withdrawn") <= index <= WITHDRAWING.index("wn:"))
    text = WITHDRAWING[:index] + sign + WITHDRAWING[index + (over or not sign) :]
    corrections, _ = parse_corrections(text)
    withdrawn = {correction.source for correction in corrections.documents if correction.withdrawn}
    assert (
        corrections.unclear_lines or "letters/c.txt" in withdrawn or withdrawn - {"a.txt", "d.txt"}
    )


def test_of_two_entries_about_a_document_the_first_counts_but_for_withdrawing() -> None:
    """A second entry cannot change the title, but it can take the document back."""
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


def test_an_entry_that_matches_nothing_names_the_nearest() -> None:
    """With its line, so that an editor can go there."""
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


def test_names_that_match_nothing_are_reported_the_same_way() -> None:
    """By the helper that entities use."""
    problems = list(
        report_unmatched("name", [("Luis Arse", 4), ("CIA", 5)], ["CIA", "Luis Arce", "Lima"])
    )
    assert [(problem.line, problem.hint) for problem in problems] == [
        (4, 'Did you mean "Luis Arce"?')
    ]


@given(st.lists(hostile_text, max_size=8), st.lists(hostile_text, max_size=8))
def test_the_nearest_match_is_one_of_the_known(names: list[str], known: list[str]) -> None:
    """In whatever order they come."""
    found = closest_names(names, known)
    assert set(found.values()) <= set(known)
    assert found == closest_names(list(reversed(names)), list(reversed(known)))


def test_accents_match_in_either_form_of_unicode() -> None:
    """A file name from macOS is decomposed; what people type is not."""
    correction = only("documents: {José.txt: {title: A}}")
    path = SeedPath("Jose\u0301.txt")
    assert match_seeds([correction], [path])[path].title == Extracted("A", "corrections.yml", 1)


def test_messages_about_what_is_settled_are_left_out() -> None:
    """A date that people have set is not open any more; other messages stay."""
    problems = [
        Problem(code, "a.txt", "", "", severity="warning") for code in ("W010", "W011", "W013")
    ]
    decided = {SeedPath("a.txt"): only("documents: {a.txt: {date: 1984}}")}
    assert [problem.code for problem in without_settled(problems, decided)] == ["W010", "W013"]


def test_an_empty_file_says_nothing() -> None:
    """And has no slips."""
    assert parse_corrections("") == (Corrections(), ())
