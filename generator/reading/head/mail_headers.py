"""The header of a mail: lines with labels such as "From:", of which long ones are folded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from generator.reading.head.lines import HeadField, HeadLine, is_adjacent

MAIL_LABELS = {
    "sender": "from|von|de|da",
    "recipient": "to|an|para|à|a|per",
    "subject": "subject|betreff|betr|asunto|assunto|objet|oggetto|re",
    "date": "date|sent|datum|gesendet|fecha|data|enviado",
    "other": "cc|bcc|reply-to|message-id|x-[a-z-]+|mime-version|content-type|in-reply-to"
    r"|attachments?",
}
"""The labels of a mail's header, by what follows them."""

_LABEL = re.compile(
    "|".join(rf"(?P<{role}>{words})" for role, words in MAIL_LABELS.items()), re.IGNORECASE
)
_FIELD = re.compile(rf"(?:{_LABEL.pattern})\s*:\s*(?P<value>.*)", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*[<\[(]\s*\S+@\S+\s*[>\])]|\S+@\S+")
_LONGEST_NAME = 200
"""Characters of a header in which the first name is looked for."""

_LEAST = 3
"""Fields that make a header; a letter may begin with "To:" and "From:" only."""


class MailHeaders(msgspec.Struct, frozen=True):
    """What the header of a mail says."""

    sender: HeadField | None
    recipient: HeadField | None
    subject: HeadField | None
    subject_lines: tuple[HeadLine, ...]
    genre: HeadField


class _Field(msgspec.Struct):
    role: str
    lines: list[HeadLine]
    words: str


def parse_mail_headers(lines: Sequence[HeadLine]) -> MailHeaders | None:
    """Return the header that the first lines are; None if they are none.

    A line without a label goes on with the field above it, if the header goes on below it.
    """
    fields = list(_fields(lines))
    roles = {field.role for field in fields}
    if len(fields) < _LEAST or not (
        roles & {"sender", "recipient"} and roles & {"subject", "date"}
    ):
        return None
    first = {field.role: field for field in reversed(fields)}
    subject = first.get("subject")
    return MailHeaders(
        _person(first.get("sender")),
        _person(first.get("recipient")),
        _subject(subject),
        tuple(subject.lines) if subject else (),
        HeadField(fields[0].lines[0], "mail", "header of a mail"),
    )


def _fields(lines: Sequence[HeadLine]) -> Iterator[_Field]:
    current: _Field | None = None
    previous: HeadLine | None = None
    for line in lines:
        if previous is not None and not is_adjacent(previous, line):
            break
        match = _FIELD.fullmatch(line.text)
        if match:
            if current is not None:
                yield current
            role = next(role for role in MAIL_LABELS if match[role])
            current = _Field(role, [line], match["value"].strip())
        elif current is None:
            continue  # a line above the header: "MEMORANDUM"
        else:
            current.lines.append(line)
            current.words = f"{current.words} {line.text}"
        previous = line
    if current is not None:
        yield current


def _subject(field: _Field | None) -> HeadField | None:
    if field is None or not field.words:
        return None
    return HeadField(field.lines[0], field.words, "title named in the head")


def _person(field: _Field | None) -> HeadField | None:
    if field is None:
        return None
    name = _ADDRESS.sub("", field.words[:_LONGEST_NAME].split(",")[0]).strip(" \"'")
    return HeadField(field.lines[0], name, "header of a mail") if re.search(r"\w", name) else None
