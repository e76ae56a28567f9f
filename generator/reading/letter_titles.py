"""Documents without a title: a letter is named by who wrote to whom, others are reported."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from msgspec import structs

from generator.model import CORRESPONDENTS, Document, Extracted, Metadata, Problem


class _Form(msgspec.Struct, frozen=True):
    """How a letter is named in a language."""

    both: str
    sender: str
    recipient: str


_FORMS = {
    "de": _Form("{sender} an {recipient}", "Brief von {sender}", "Brief an {recipient}"),
    "en": _Form("{sender} to {recipient}", "Letter from {sender}", "Letter to {recipient}"),
    "es": _Form("{sender} a {recipient}", "Carta de {sender}", "Carta a {recipient}"),
    "fr": _Form("{sender} à {recipient}", "Lettre de {sender}", "Lettre à {recipient}"),
    "it": _Form("{sender} a {recipient}", "Lettera di {sender}", "Lettera a {recipient}"),
    "nl": _Form("{sender} aan {recipient}", "Brief van {sender}", "Brief aan {recipient}"),
    "pt": _Form("{sender} a {recipient}", "Carta de {sender}", "Carta a {recipient}"),
}
_ELISION = re.compile(r"\b(Lettre d)e (?=[AEIOUYÀÂÉÈÊÎÔ])")


def with_letter_title(metadata: Metadata) -> Metadata:
    """Return the metadata with a title made of sender and recipient, for an untitled letter.

    The title is in the language of the letter, and names only one of them if the other is unknown.
    """
    author = metadata.authors[0] if len(metadata.authors) == 1 else metadata.sender
    recipient, genre, language = metadata.recipient, metadata.genre, metadata.language
    forms = _FORMS.get(language.value.split("-")[0]) if language else None
    evidence = recipient or author
    is_letter = genre is not None and genre.value == "letter"
    if not (metadata.is_untitled and is_letter and evidence and forms):
        return metadata
    form = forms.both if author and recipient else forms.recipient if recipient else forms.sender
    value = form.format(
        sender=author.value if author else "", recipient=recipient.value if recipient else ""
    )
    value = _ELISION.sub(r"\1’", value)
    title = Extracted(value, CORRESPONDENTS, evidence.line, evidence.quote)
    return structs.replace(metadata, title=title)


def title_problems(document: Document, hint: str) -> Iterator[Problem]:
    """Yield a warning if the first words of a document stand for its title."""
    if document.metadata.is_untitled:
        message = "no title found; the first words are shown instead"
        yield Problem("W013", document.source, message, hint, None, "warning")
