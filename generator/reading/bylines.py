"""Who wrote it: names of persons in a line that says so, never an organization, never a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BY = re.compile(
    r"^(?:(?:written|words|text|story|report(?:ed|ing)?|analysis)\s+)?"
    r"(?:by|por|par|von|di|door|af|av|(?:authors?|autore?s?|auteurs?|autor(?:in|en)|text)\s*:)"
    r"\s+(?=\S)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,|;|\||/|&|\band\b|\by\b|\bund\b|\bet\b|\be\b)\s*")
_SUFFIX = re.compile(r",?\s+(Jr|Sr|II|III|IV|PhD|Ph\.D|MD|M\.D)\.?(?=\W|$)")
_TOKEN = re.compile(r"[^\W\d_](?:[\w.'’-]*[\w.])?", re.UNICODE)
_INITIAL = re.compile(r"(?:[^\W\d_]\.?){1,2}")

_PARTICLES = frozenset(
    """
    al bin ben da das de del della den der di do dos du el ibn la las le los of san santa st ter
    van vande vom von y zu zum zur
    """.split()
)

_NOT_IN_A_NAME = frozenset(
    # What makes a line of capitals an office, a source or a heading, and not a person.
    """
    agence agencia agencies agency agentur alliance army asociación associated association
    authority bank board bulletin bureau center centre church city club college comité
    commission committee company congress contents corporation correspondent council country
    court daily department desk editor editorial edition embassy federal federation forces
    foundation general government group guardian herald institute international interview
    introduction journal league magazine ministry monde movement national news newspaper
    office official opinion organization part party police post press preface prize redacción
    redaktion report reporter reporters reuters review school section service society staff
    star state statement states street studies summary syndicate team telegraph the times
    today tribune union united university war week weekly workers world writer writers xinhua
    year years chapter chronicle by from for with in on at and our your about after before
    background conclusion monday tuesday wednesday thursday friday saturday sunday north south
    east west new
    """.split()
)


@dataclass(frozen=True, slots=True)
class Byline:
    """The persons that a line names, and whether the line says nothing else."""

    names: tuple[str, ...]
    rule: str
    complete: bool


def read_byline(line: str) -> Byline | None:
    """Read a line such as "By Ana Ruiz and Tom Lee, Jr."; None when it names no author.

    The cue must be there ("By", "Por", "Von", "Author:") and at least one name must look like
    a person's. `complete` is false when words are left over, such as "in Lima".
    """
    cue = _BY.match(line)
    return _names(line[cue.end() :], "byline cue") if cue else None


def read_bare_names(line: str) -> Byline | None:
    """Read a line of nothing but names; only its place, beside a date, can make it a byline."""
    byline = _names(line, "names beside the date")
    return byline if byline and byline.complete else None


def looks_like_person(name: str) -> bool:
    """Tell whether a name has the shape of a person's: two to five capitalised words, no office."""
    words = _SUFFIX.sub("", name).split()
    capitals = [word for word in words if word.lower() not in _PARTICLES]
    return (
        2 <= len(words) <= 6
        and 2 <= len(capitals) <= 4
        and words[-1] in capitals
        and all(map(_is_name_word, capitals))
        and not all(map(_INITIAL.fullmatch, capitals))
    )


def _names(text: str, rule: str) -> Byline | None:
    parts = [part.strip(" .*–—-") for part in _AND.split(_SUFFIX.sub(r" \1", text))]
    parts = [part for part in parts if part]
    names = tuple(_calm(part) for part in parts if looks_like_person(_calm(part)))
    return Byline(names, rule, len(names) == len(parts)) if names else None


def _is_name_word(word: str) -> bool:
    return (
        word[0].isupper()
        and _TOKEN.fullmatch(word) is not None
        and word.lower() not in _NOT_IN_A_NAME
    )


def _calm(name: str) -> str:
    """A name in capitals only, as typewriters wrote it, gets the usual mixed case."""
    words = name.split()
    if not all(word.isupper() for word in words):
        return " ".join(words)
    calm = [word if _INITIAL.fullmatch(word) and "." in word else word.title() for word in words]
    return " ".join(word.lower() if word.lower() in _PARTICLES else word for word in calm)
