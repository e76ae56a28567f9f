"""What speaks against a surname that stands for somebody's full name, where it stands.

`a Verrill` is anybody of that family, and a surname that signs a letter may be the writer's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from generator.linking.names.context import Context
from generator.linking.names.titled import PeopleOfDocument
from generator.model import Mention

_SENTENCE_END = re.compile(r"(?:^|[.!?…:;—–\n])[\s*_\"“”'’«»—–-]*$")
_TEXT_END = re.compile(r"[\s*_\"“”'’«»—–.-]*$")
_ARTICLES = frozenset("a an another ein eine einer un una une um uma".split())
_BEING = frozenset(
    """was is were be been born war ist geborene es era fue est était née sou é foi são
    nasceu""".split()
)
_MAX_WORDS_OF_SIGNATURE = 10
"""Words of a block with a signature: "Your loving brother and obedient servant, John Roe"."""

_WINDOW = 40
"""Characters before a name in which a sentence may end."""


def _is_of_family(context: Context) -> bool:
    """As in "my mother was a Verrill"; not "a Verrill in good form"."""
    before = context.before
    return context.previous in _ARTICLES and before[-2:-1] != () and before[-2] in _BEING


def ends_letter(end: int, text: str) -> bool:
    """Whether a name that ends there is the last of a block with few words: a signature."""
    return _TEXT_END.match(text, end) is not None and len(text.split()) <= _MAX_WORDS_OF_SIGNATURE


class SurnameRule(NamedTuple):
    """A reason why a surname without a title means nobody in particular."""

    name: str
    matches: Callable[[Mention, Context, str], bool]
    """Of the mention, the words around it, and the text of its block."""


def _is_alone(mention: Mention, text: str) -> bool:
    """Whether a name is the last sentence of a text and has no other word."""
    before = text[max(0, mention.start - _WINDOW) : mention.start]
    return (
        _TEXT_END.match(text, mention.end) is not None
        and _SENTENCE_END.search(before) is not None
        and " " not in mention.text
    )


_NOT_WRITER = "given name of the writer, but not in the signature"

SURNAME_RULES = (
    SurnameRule("signature by a surname alone", lambda mention, _, text: _is_alone(mention, text)),
    SurnameRule("anybody of a family", lambda _mention, context, _text: _is_of_family(context)),
)


def person_meant(
    mention: Mention, context: Context, people: PeopleOfDocument, text: str
) -> Mention:
    """Return a mention of a person with the name that its title and its context allow.

    `text` is that of the block.
    """
    if mention.kind != "person":
        return mention
    is_full = mention.text in people.full_names
    name, title = mention.name, context.title
    if name is not None and people.may_be_namesake(name, title, is_full=is_full):
        return replace(mention, name=None, strong=False)
    if is_full:
        return mention
    if context.title:
        return _by_title(mention, context.title, people)
    return _without_title(mention, context, people, text)


def _without_title(
    mention: Mention, context: Context, people: PeopleOfDocument, text: str
) -> Mention:
    """Return a mention of a part of a name, unless its place speaks against the full name."""
    if mention.name == mention.text:
        titled = people.titled_name(mention.text)
        return replace(mention, name=titled) if titled else mention
    if _is_given_name(mention):
        return mention if _may_be_writer(mention, people, text) else _nobody(mention, _NOT_WRITER)
    rules = (rule for rule in SURNAME_RULES if rule.matches(mention, context, text))
    matching = next(rules, None)
    return _nobody(mention, matching.name) if matching else mention


def _nobody(mention: Mention, reason: str) -> Mention:
    """Return a mention that stands for itself."""
    reasons = (*mention.reasons, reason)
    return replace(mention, name=mention.text, strong=False, reasons=reasons)


def _may_be_writer(mention: Mention, people: PeopleOfDocument, text: str) -> bool:
    """Whether a given name may mean its full name: nobody writes "tell Edward" of himself."""
    full_name = people.full_names.get(mention.name or "")
    return full_name is None or not full_name.is_writer or ends_letter(mention.end, text)


def _is_given_name(mention: Mention) -> bool:
    """Whether a mention has the first words of the name that it stands for."""
    return mention.name is not None and mention.name.startswith(f"{mention.text} ")


def _by_title(mention: Mention, title: str, people: PeopleOfDocument) -> Mention:
    """Return a mention with the full name that its title allows, or with the title."""
    meant = None if _is_given_name(mention) else people.bearer_of(mention.text, title)
    if meant is None or meant.name == mention.name:
        return mention
    reason = "title decides" if meant.name else "title fits several people"
    return replace(
        mention, name=meant.name, strong=meant.is_strong, reasons=(*mention.reasons, reason)
    )
