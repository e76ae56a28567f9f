"""Names of one document that are the same name: a surname, an acronym, a short form, a slip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

_SMALL = frozenset("de da di do du la le el al of jr sr ii iv st mc".split())
"""Words of two letters that are nobody's name; Xi and Li are."""

_ARTICLES = ("al-", "el-", "ad-", "an-", "ar-", "as-", "at-", "ash-")


class NameBelief(NamedTuple):
    """What is believed of one name of the document so far."""

    text: str
    kind: str
    score: float
    sure: bool
    titles: frozenset[str] = frozenset()
    place: int = 0
    """How big a place of this name is, 5 for a land, 0 for none."""
    ordinary: bool = False
    """Whether the name is a head word, a demonym, or an everyday word by itself."""


class ShortForm(NamedTuple):
    """A shorter name, the full name it stands for, and the rule that says so.

    `full` is empty where the name belongs to two of the document.
    """

    text: str
    full: str
    kind: str
    weight: float
    rule: str
    sure: bool = True
    """Whether the full name is beyond doubt."""


class ShortFormRule(NamedTuple):
    """A rule that finds the kin among the names of a document."""

    name: str
    find: Callable[[Mapping[str, NameBelief], Mapping[str, str]], Iterable[ShortForm]]


def match_short_forms(
    names: Mapping[str, NameBelief], acronyms: Mapping[str, str]
) -> dict[str, ShortForm]:
    """Find for each name the one it stands for; the first rule in the table wins.

    `acronyms` maps acronyms to the long forms that the document gives beside them.
    Linear in the number of names.
    """
    found: dict[str, ShortForm] = {}
    for rule in RULES:
        for kin in rule.find(names, acronyms):
            found.setdefault(kin.text, kin)
    return found


def initials(name: str) -> str:
    """First letters of the words with a capital."""
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())


def pronounced_initials(name: str) -> tuple[str, str]:
    """What may be said as a word, as Numsa and Cosatu are: with its small words, and without."""
    words = name.replace("-", " ").split()
    letters = [word if word.isupper() and len(word) < 4 else word[0] for word in words]
    large = "".join(letter for letter in letters if letter[0].isupper())
    return large, "".join(letters).upper()


def _people(names: Mapping[str, NameBelief], _acronyms: Mapping[str, str]) -> Iterable[ShortForm]:
    """A part of a person's full name is that person, unless two share it."""
    owners: dict[str, list[str]] = defaultdict(list)
    for name in names.values():
        if name.kind == "person" and " " in name.text:
            for part in _parts(name.text):
                owners[part].append(name.text)
    for name in names.values():
        fulls = [full for full in owners.get(_folded(name.text), []) if full != name.text]
        if not fulls or (name.kind != "person" and name.place >= 4):
            continue
        ends = [full for full in fulls if _folded(full).endswith(" " + _folded(name.text))]
        wider = [full for end in ends for full in owners.get(_folded(end), ())]
        fulls = _longest([*ends, *wider] or fulls)
        given = all(_folded(full).startswith(_folded(name.text) + " ") for full in fulls)
        if given and name.kind == "place" and name.score >= 3.5:
            continue
        full = _decided(name, fulls, names)
        weight = 2.4 if given else 6.0 if name.place > 2 else 8.0
        sure = bool(full) and names[full].sure
        yield ShortForm(name.text, full, "person", weight, "part of a full name", sure)


def _parts(full: str) -> list[str]:
    """All shorter stretches of words of a full name, without those of particles alone."""
    words = _folded(full).split()[:8]
    size = len(words)
    stretches = [
        " ".join(words[a:b]) for a in range(size) for b in range(a + 1, size + 1) if b - a < size
    ]
    return [part for part in dict.fromkeys(stretches) if len(part) > 1 and part not in _SMALL]


def _folded(name: str) -> str:
    folded = name.casefold().replace('"', "").replace("“", "").replace("”", "")
    return " ".join(_bare(word) for word in folded.split())


def _bare(word: str) -> str:
    return next((word[len(a) :] for a in _ARTICLES if word.startswith(a)), word)


def _longest(fulls: list[str]) -> list[str]:
    """Leave out the full names that are part of another: Luis Arce of Luis Arce Córdova."""
    if len(fulls) > 12:
        return fulls
    folded = {full: f" {_folded(full)} " for full in fulls}
    return [
        full
        for full in fulls
        if not any(folded[full] != other and folded[full] in other for other in folded.values())
    ]


def _decided(name: NameBelief, fulls: list[str], names: Mapping[str, NameBelief]) -> str:
    """The full name, if there is one only or if one alone bears the title of the short one."""
    if len({_folded(full) for full in fulls}) == 1:
        return fulls[0]
    titled = [full for full in fulls if name.titles & names[full].titles]
    return titled[0] if len(titled) == 1 else ""


def _defined(names: Mapping[str, NameBelief], acronyms: Mapping[str, str]) -> Iterable[ShortForm]:
    """An acronym that stands in brackets beside its long form."""
    for acronym, full in acronyms.items():
        if acronym in names and full in names:
            kind = names[full].kind
            if kind == "person":
                continue
            kind = kind if kind in ("organization", "place") else "none"
            yield ShortForm(acronym, full, kind, 4.0, "acronym beside its long form")


def _beginnings(full: str) -> list[str]:
    """Initials of a name, also without words in front: US Central Intelligence Agency, CIA."""
    words = full.split()
    found = [initials(full), *(one for one in pronounced_initials(full) if len(one) > 4)]
    for index in range(1, min(3, len(words))):
        if not words[index - 1][0].isupper() or not words[index][0].isupper():
            break
        found.append(initials(" ".join(words[index:])))
    return [letters for letters in found if len(letters) > 2]


def _spelled_out(
    names: Mapping[str, NameBelief], _acronyms: Mapping[str, str]
) -> Iterable[ShortForm]:
    """An acronym of three letters or more that one organization alone begins with."""
    forms: dict[str, list[str]] = defaultdict(list)
    for name in names.values():
        if name.kind == "organization" and " " in name.text:
            for letters in _beginnings(name.text):
                forms[letters].append(name.text)
    for name in names.values():
        spoken = len(name.text) > 4 and name.text.istitle()
        fulls = forms.get(name.text.upper() if spoken else name.text.replace(".", ""), [])
        fulls = list(dict.fromkeys(fulls))
        if len(fulls) == 1 and name.kind in ("organization", "none"):
            yield ShortForm(name.text, fulls[0], "organization", 2.0, "initials of an organization")


def _short_form(
    names: Mapping[str, NameBelief], _acronyms: Mapping[str, str]
) -> Iterable[ShortForm]:
    """The first words of an organization, or its last: Norland for Norland Steel AB."""
    owners: dict[str, list[str]] = defaultdict(list)
    for name in names.values():
        words = name.text.split()
        if name.kind == "organization" and 1 < len(words) <= 6 and "of" not in words:
            for index in range(1, len(words)):
                owners[" ".join(words[:index])].append(name.text)
            owners[words[-1]].append(name.text)
    for name in names.values():
        fulls = _longest([full for full in owners.get(name.text, []) if full != name.text])
        if len(fulls) != 1 or name.ordinary or name.place >= 2 or name.text.isupper():
            continue
        if name.kind != "person" or name.score < 3.0:
            sure = names[fulls[0]].sure
            yield ShortForm(
                name.text, fulls[0], "organization", 2.5, "short for an organization", sure
            )


def _slip(names: Mapping[str, NameBelief], _acronyms: Mapping[str, str]) -> Iterable[ShortForm]:
    """A long surname that lacks one letter of another in the document: Montesino."""
    lacking: dict[str, set[str]] = defaultdict(set)
    for name in names.values():
        if name.kind == "person" and " " in name.text:
            last = name.text.split()[-1]
            if 8 <= len(last) <= 20:
                for index in range(1, len(last)):
                    lacking[last[:index] + last[index + 1 :]].add(name.text)
    for name in names.values():
        fulls = lacking.get(name.text, set())
        if len(fulls) == 1 and name.place == 0:
            yield ShortForm(
                name.text, next(iter(fulls)), "person", 4.5, "one letter off a full name"
            )


RULES = (
    ShortFormRule("acronym beside its long form", _defined),
    ShortFormRule("part of a full name", _people),
    ShortFormRule("initials of an organization", _spelled_out),
    ShortFormRule("short for an organization", _short_form),
    ShortFormRule("one letter off a full name", _slip),
)
