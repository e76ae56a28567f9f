"""Documents without a title: a letter is named by who wrote to whom, others are reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.model import CORRESPONDENTS, Document, Extracted, Metadata, Problem

_TO = {"de": "an", "en": "to", "es": "a", "fr": "à", "it": "a", "pt": "a"}
"""By language: the word between who writes and who is addressed."""


def with_letter_title(metadata: Metadata) -> Metadata:
    """Return the metadata with a title made of sender and recipient, for an untitled letter.

    The title is in the language of the letter. Its evidence is that of the recipient.
    """
    names = [author.value for author in metadata.authors]
    sender = names[0] if len(names) == 1 else metadata.sender and metadata.sender.value
    recipient, genre, language = metadata.recipient, metadata.genre, metadata.language
    word = _TO.get(language.value.split("-")[0]) if language else None
    is_letter = genre is not None and genre.value == "letter"
    if not (metadata.is_untitled and is_letter and sender and recipient and word):
        return metadata
    value = f"{sender} {word} {recipient.value}"
    title = Extracted(value, CORRESPONDENTS, recipient.line, recipient.quote)
    return replace(metadata, title=title)


def title_problems(document: Document, hint: str) -> Iterator[Problem]:
    """Yield a warning if the first words of a document stand for its title."""
    if document.metadata.is_untitled:
        message = "no title found; the first words are shown instead"
        yield Problem("W013", document.source, message, hint, None, "warning")
