"""The open questions of the last run, each with the answers that a person can give with one key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec

from generator.corrections import parse_corrections
from generator.desk.effects import count_effect
from generator.desk.known_names import KnownNames
from generator.desk.mention_decisions import Place
from generator.desk.parse_decision import read_decision
from generator.desk.sentences import quote_mentions
from generator.desk.tables import MentionRow, mention_rows
from generator.files import read_file
from generator.model import FOUND_KINDS

FILE = Path(".seedbed") / "questions.json"
_SENTENCES = 5
"""Most sentences that are shown with a question."""

_PLACEHOLDER = "FULL NAME"
"""Stands in an offered line where no name is known."""

Decision = dict[str, Any]
"""A decision as the desk sends it."""


class Question(msgspec.Struct, frozen=True):
    """An open question about a name."""

    name: str
    kind: str
    question: str
    """In the language of the interface."""
    mentions: int
    others: tuple[str, ...]
    remedy: str
    """The lines of corrections.yml that most likely answer it."""

    @property
    def id(self) -> str:
        """Identifies it among the open questions."""
        return f"{self.kind} {self.name}"


class Answer(msgspec.Struct, frozen=True):
    """One of the answers to a question."""

    label: Literal["same", "split", "is", "is_own", "own", "suppress"]
    words: str
    """The name or kind in the label."""
    role: Literal["accept", "reject", "other"]
    decisions: tuple[Decision, ...]


def load_questions(root: Path) -> tuple[Question, ...]:
    """Return the open questions, most consequential first; none before the first run."""
    try:
        return msgspec.json.decode(read_file(root / FILE), type=tuple[Question, ...])
    except (OSError, msgspec.DecodeError):
        return ()


def list_questions(root: Path, docs: Path, seed: str) -> list[dict[str, object]]:
    """Return the questions, or those about names in one document."""
    questions: Iterable[Question] = load_questions(root)
    if seed:
        texts = {mention.text for mention in mention_rows(docs, seed) if mention.seed == seed}
        questions = (question for question in questions if question.name in texts)
    return [
        {
            "id": question.id,
            "kind": question.kind,
            "question": question.question,
            "mentions": question.mentions,
        }
        for question in questions
    ]


def describe_question(
    root: Path, known_names: KnownNames, question_id: str
) -> dict[str, object] | None:
    """Return a question with sentences and answers; None if it is no longer open."""
    wanted = (question for question in load_questions(root) if question.id == question_id)
    question = next(wanted, None)
    if question is None:
        return None
    mentions = _mentions(known_names, question)
    answers = [msgspec.to_builtins(answer) for answer in _answers(question, known_names, mentions)]
    for answer in answers:
        edits = [edit for body in answer["decisions"] for edit in read_decision(body, known_names)]
        answer["effect"] = msgspec.to_builtins(count_effect(edits, known_names))
    by_document = {mention.seed: mention for mention in reversed(mentions)}
    shown = list(reversed(by_document.values()))[:_SENTENCES]
    return {
        "id": question.id,
        "name": question.name,
        "question": question.question,
        "sentences": [
            msgspec.to_builtins(sentence) for sentence in quote_mentions(known_names.docs, shown)
        ],
        "answers": answers,
    }


def _mentions(known_names: KnownNames, question: Question) -> list[MentionRow]:
    """Return the mentions that a question is about; about namesakes, only those left open."""
    return [
        mention
        for mention in mention_rows(known_names.docs, question.name)
        if mention.text == question.name and (question.kind != "namesakes" or not mention.entity)
    ]


def _answers(
    question: Question, known_names: KnownNames, mentions: Iterable[MentionRow]
) -> Iterator[Answer]:
    """Yield the answers: first the offered one, last that the words are not a name."""
    match question.kind.partition("_")[0]:
        case "short" | "same":
            yield from _merge_answers(question)
            yield _own_name_answer(question.name, known_names)
        case "shared" | "outside":
            yield from _split_answers(question, mentions)
        case "namesakes":
            yield _one_person_answer(question, mentions)
        case _:
            yield from _kind_answers(question)
    role: Literal["reject", "other"] = "reject" if question.kind.startswith("weak") else "other"
    yield Answer("suppress", question.name, role, (_name_decision(question, "suppress"),))


def _name_decision(question: Question, map_name: str, value: object = None) -> Decision:
    return {"name": question.name, "map": map_name, "value": value}


def _merge_answers(question: Question) -> Iterator[Answer]:
    """Yield an answer for each name that may be the same; which name stays, the remedy says."""
    names = parse_corrections(f"names:\n  {question.remedy}").value
    for entry in names.names.merge:
        other = entry.value[0] if entry.name == question.name else entry.name
        yield _merge_answer(other, entry.name, entry.value[0], "accept")
    for name in question.others[1:]:
        yield _merge_answer(name, name, question.name, "other")


def _merge_answer(shown: str, name: str, alias: str, role: Literal["accept", "other"]) -> Answer:
    return Answer("same", shown, role, ({"name": name, "map": "merge", "value": [alias]},))


def _own_name_answer(name: str, known_names: KnownNames) -> Answer:
    record = known_names.find_name(name)
    kind = record.kind if record else FOUND_KINDS[0]
    return Answer("own", name, "reject", ({"name": name, "map": "kind", "value": kind},))


def _split_answers(question: Question, mentions: Iterable[MentionRow]) -> Iterator[Answer]:
    """Yield the offered split, and for each person the answer that all mentions mean this one."""
    names = parse_corrections(f"names:\n  {question.remedy}").value
    targets = [target for entry in names.names.split for target in entry.value]
    if len(targets) > 1 and _PLACEHOLDER not in {target.name for target in targets}:
        parts = tuple(_split_decision(question, part.name, part.documents) for part in targets)
        yield Answer("split", ", ".join(target.name for target in targets), "accept", parts)
    seeds = tuple(dict.fromkeys(mention.seed for mention in mentions))
    for name in question.others if seeds else ():
        if name != _PLACEHOLDER:
            yield Answer("same", name, "other", (_split_decision(question, name, seeds),))


def _one_person_answer(question: Question, mentions: Iterable[MentionRow]) -> Answer:
    """Return the answer that a name means one person in all its paragraphs.

    Each sentence links to its paragraph, where a person can say that somebody else is meant.
    """
    name = question.name
    places = sorted({Place(mention.seed, mention.paragraph) for mention in mentions})
    meanings = (
        {"words": name, "name": name, "kind": None, "here": msgspec.to_builtins(place)}
        for place in places
    )
    return Answer("same", name, "accept", tuple(meanings))


def _split_decision(question: Question, name: str, seeds: Iterable[str]) -> Decision:
    return {"split": question.name, "into": name, "documents": list(seeds), "mentions": []}


def _kind_answers(question: Question) -> Iterator[Answer]:
    """Yield an answer for each kind; if the name has a kind, that one rejects the question."""
    names = parse_corrections(f"names:\n  {question.remedy}").value
    offered = next((entry.value for entry in names.names.kind), FOUND_KINDS[0])
    now = question.kind.partition("_")[2] if question.kind.startswith("kind") else None
    for kind in (offered, *(kind for kind in FOUND_KINDS if kind != offered)):
        role: Literal["accept", "reject", "other"] = "reject" if kind == now else "other"
        role = "accept" if kind == offered and kind != now else role
        label: Literal["is", "is_own"] = "is" if kind in FOUND_KINDS else "is_own"
        yield Answer(label, kind, role, (_name_decision(question, "kind", kind),))
