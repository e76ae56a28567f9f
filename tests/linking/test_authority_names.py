"""Names that people teach: where texts have them, and whom they mean there."""

from __future__ import annotations

import re
from functools import partial
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from generator.corrections import AuthorityRecord, MentionCorrection
from generator.linking.authority.matcher import NameMatcher
from generator.linking.authority.replace_mentions import find_forms, with_authority_names
from generator.linking.corrected_mentions import correct_mentions
from generator.model import Block, Document, Extracted, Mention, Metadata, NameFacts, SeedPath
from generator.text import fold
from generator.text.paragraph_ids import paragraph_ids
from tests.counting_calls import count_calls
from tests.support import Case, cases, hostile_text

_BRACKETS = re.compile(r"\[(~?\w+) ([^\]=]+)(?:=([^\]@]*))?(?:@([^\]]*))?\]")
_RECORD = re.compile(
    r"(?P<kind>[^:]+): (?P<name>[^={]+)(?:= (?P<forms>[^{]+))?(?:\{(?P<facts>.*)\})?"
)


@cases("authority_forms")
def test_names_are_found_in_texts(case: Case) -> None:
    """As whole words, without accents, longest first."""
    text = case.given["text"]
    matches = NameMatcher.build(case.given["names"]).find(text, case.given.get("language", ""))
    assert [text[match.start : match.end] for match in matches] == case.expect


@cases("authority_names")
def test_authority_names_replace_what_rules_found(case: Case) -> None:
    """Where it is certain whom they mean."""
    text, found = parse_text(case.given["text"])
    date, language = case.given.get("date", ""), case.given.get("language", "")
    document = a_document(text, date=date, language=language)
    names = [parse_record(line) for line in case.given["records"]]
    mentions = with_authority_names(document, found, names)
    assert [f"{one.kind} {one.text}={one.name or ''}" for one in mentions] == case.expect
    for mention in mentions:
        assert document.blocks[mention.block].text[mention.start : mention.end] == mention.text


@cases("corrected_mentions")
def test_single_mentions_are_corrected(case: Case) -> None:
    """In their paragraph, or where the words are in one place only."""
    parts = [parse_text(marked) for marked in case.given["text"]]
    document = a_document(*(part.text for part in parts))
    found = [structs.replace(one, block=n) for n, part in enumerate(parts) for one in part.mentions]
    ids = paragraph_ids(block.text for block in document.blocks)
    corrections = [parse_correction(line, ids) for line in case.given["corrections"]]
    corrected = correct_mentions(document, found, corrections)
    mentions = [f"{one.kind} {one.text}={one.name or ''}" for one in corrected.mentions]
    assert mentions == case.expect["mentions"]
    messages = [problem.message for problem in corrected.unmatched]
    expected = case.expect.get("messages", [])
    assert len(messages) == len(expected)
    assert all(map(str.startswith, messages, expected)), messages


def parse_correction(line: str, ids: list[str]) -> MentionCorrection:
    """Return a correction from a line of a case; words in `{}` are a full name that is split."""
    paragraph, _, rest = line.partition(": ")
    words, _, means = rest.partition(" = ")
    number = ids[int(paragraph) - 1] if paragraph.isdigit() else paragraph
    is_split = words.startswith("{")
    words = words.strip("{}")
    full_name = words if is_split else None
    return MentionCorrection(SeedPath("a.txt"), number, words, means or None, 1, full_name)


def parse_record(line: str) -> AuthorityRecord:
    """Return an authority name from a line of a case."""
    match = _RECORD.fullmatch(line)
    assert match
    name = match["name"].strip()
    forms = tuple(form.strip() for form in (match["forms"] or name).split("|"))
    facts = dict(pair.split(": ") for pair in (match["facts"] or "").split(", ") if pair)
    dates = NameFacts(born=facts.get("born"), first=facts.get("from"), last=facts.get("to"))
    return AuthorityRecord(name, match["kind"], forms, 1, dates)


class MarkedText(NamedTuple):
    """A text, and the mentions in it."""

    text: str
    mentions: tuple[Mention, ...]


def parse_text(marked: str) -> MarkedText:
    """Return a text without its brackets, and the mentions in them."""
    text, mentions, position = "", [], 0
    for match in _BRACKETS.finditer(marked):
        text += marked[position : match.start()]
        kind, words, name, title = match.groups()
        span = (len(text), len(text) + len(words))
        name = (words if name is None else name).strip()
        mentions.append(
            Mention(
                *(0, *span, words, kind.removeprefix("~"), 1.0, kind[0] not in "~u", ("a rule",)),
                name,
                title=title or "",
            )
        )
        text, position = text + words, match.end()
    return MarkedText(text + marked[position:], tuple(mentions))


def a_document(*texts: str, date: str = "", language: str = "") -> Document:
    """Return a document with these paragraphs."""
    metadata = Metadata(
        Extracted("A title", "test"),
        date=Extracted(date, "test") if date else None,
        language=Extracted(language, "test") if language else None,
    )
    blocks = tuple(Block("paragraph", text) for text in texts)
    return Document(SeedPath("a.txt"), "", "utf-8", "", blocks, (), metadata)


_NAMES = st.lists(
    st.text(st.sampled_from("AaBbÁá. -'’\n李1_&"), min_size=1, max_size=8), max_size=5
)


@given(_NAMES, st.one_of(hostile_text, st.text(st.sampled_from("AaBbÁá. -'’s\n李1_&\t"))))
def test_matches_are_names_in_order_and_do_not_overlap(names: list[str], text: str) -> None:
    """And a match differs from its name in case, accents and signs only."""
    end = 0
    for match in NameMatcher.build(names).find(text):
        assert end <= match.start < match.end <= len(text)
        end = match.end
        letters = _letters(text[match.start : match.end])
        assert {_letters(form) for form in match.forms} == {letters}
        assert set(match.forms) <= set(names)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


@given(st.text(st.sampled_from("AB ab.'"), min_size=1, max_size=20))
def test_every_name_is_found_in_a_text_that_is_it(name: str) -> None:
    """However it is written, unless it has no letter."""
    matches = NameMatcher.build([name]).find(name)
    assert bool(matches) == any(map(str.isalnum, name))


def test_the_cost_grows_with_the_text_not_with_the_names() -> None:
    """Thousands of names that begin alike cost no more than a few."""
    text = "John Adam Storm met John Adam Wind. " * 100
    few, many = (
        NameMatcher.build(f"John Adam Q{number}" for number in range(count))
        for count in (10, 10_000)
    )
    assert few.find(text) == many.find(text) == []
    assert count_calls(partial(many.find, text)) < 1.5 * count_calls(partial(few.find, text))


def test_a_long_block_is_looked_at_around_each_name() -> None:
    """An everyday word counts by the characters beside it, however much text is before it."""
    matcher = NameMatcher.build(["Bell"])
    for start in ("", "The harbour was closed. " * 1_000):
        found = find_forms(
            a_document(f"{start}Nobody saw Bell. Bell saw all.", language="en"), matcher
        )
        assert [match.is_doubtful for match in found] == [False, True]
