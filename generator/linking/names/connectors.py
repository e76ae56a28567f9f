"""The rules by which two capitalized words and the text between them are one name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

import msgspec

from generator.linking.names.capitalized_words import CAPITALS, CapitalizedWord
from generator.linking.names.lexicon import Cues, load_gazetteer

_LIST = re.compile(rf"(?: [{CAPITALS}]\w+)*(?:, [{CAPITALS}]\w+(?: [{CAPITALS}]\w+)*)*,? and ")

_SUFFIXES = frozenset({"Jr.", "Jr", "Sr."})

_SHARED_ADJECTIVES = frozenset({"National", "Federal", "State", "Central"})
"""Adjectives that begin a name without an article: National Development and Reform Commission."""

_MAX_SHARING = 5
"""Words before "and" that may share a word after it: National Flood Risk and Warning Council."""

_BANKS = frozenset({"Bank"})

_LINES = frozenset(
    """Railway Railroad Canal Regiment Highlanders Yeomanry Infantry Fusiliers Tramways""".split()
)
"""What two places or more may share: Lancashire and Yorkshire Railway."""

_FIRM_ENDINGS = frozenset(
    "Company Co Co. Sons Son Daughters Brothers Bros Bros. Nephews Partners".split()
)
"""What stands after the "and" of a firm: Sutton and Sons."""

_PARTNERS = re.compile(
    rf"(?:, [{CAPITALS}][\w'’-]+)*,?(?: & [{CAPITALS}]| and (?:Company|Co|Sons|Brothers|Bros)\b"
    rf"| and [{CAPITALS}][\w'’-]+ (?:Railway|Railroad)\b)"
)
"""The rest of a name after its first two parts: Baxter, Loomis & Reed."""

_SCHOOLS = frozenset({"College", "School", "Hospital", "Academy"})
"""What may be called after its founder."""

_SAINTS = frozenset({"St", "St.", "Saint"})

_MEMBERS = ("men", "women", "people")
"""Ends of plurals without an s: Longshoremen's Association."""


class Gap(msgspec.Struct, frozen=True, gc=False):
    """The text between a run of words and the next word, and what may make them one name."""

    text: str
    """The text of the whole block."""
    run: Sequence[CapitalizedWord]
    right: CapitalizedWord
    """The word after the gap."""
    cues: Cues

    @property
    def left(self) -> CapitalizedWord:
        """The last word of the run."""
        return self.run[-1]

    @property
    def following(self) -> list[str]:
        """Words in the 40 characters after the word on the right, without punctuation."""
        return [
            word.rstrip(",.'’") for word in self.text[self.right.end : self.right.end + 40].split()
        ]

    def has(self, words: frozenset[str]) -> bool:
        """Whether the run contains one of these words."""
        return any(word.text in words for word in self.run)

    def is_extended(self) -> bool:
        """Whether more than spaces stands inside the run already: "Ministry of Labour"."""
        return any(right.start - left.end > 1 for left, right in pairwise(self.run))


class GapRule(NamedTuple):
    """A rule by which both words around one of these texts belong to one name."""

    name: str
    texts: frozenset[str]
    matches: Callable[[Gap], bool]


def _space(gap: Gap) -> bool:
    """Whether no sentence ends between the words; "Mich." may end one."""
    left = gap.left.text
    is_state = left[-1] == "." and left in gap.cues.places
    return not gap.right.opens_sentence and not is_state


def _of(gap: Gap) -> bool:
    """As in "Bank of Ghana"; not "Zubizar Inc. of Oslo", "the University of Oslo of the UK"."""
    left, cues = gap.left.text, gap.cues
    if left in cues.company_forms:
        return False
    if gap.right.text in cues.acronyms_of_places and gap.is_extended():
        return False
    heads = cues.organization_heads, cues.place_heads, cues.buildings, cues.takes_of
    return any(left in words for words in heads) or gap.has(cues.bodies)


def _for(gap: Gap) -> bool:
    """As in "Centre for Border Studies"; not "Andean League for FC Basel"."""
    return gap.has(gap.cues.takes_for) and gap.right.text not in gap.cues.clubs


def _bank_for(gap: Gap) -> bool:
    """As in "European Bank for Reconstruction"; not "World Bank for Peru"."""
    name = " ".join(word.text for word in gap.run)
    is_known = _is_known(gap.right.text, gap.cues) or name in gap.cues.organizations
    return (
        gap.left.text in _BANKS
        and not is_known
        and gap.right.text not in load_gazetteer().places
        and gap.right.text not in load_gazetteer().given
    )


def _is_and_in_body(gap: Gap) -> bool:
    """Whether the run names a body whose name may go on, and no second body follows."""
    is_bank = gap.has(_BANKS) and gap.right.text in gap.cues.portfolios
    takes_and = is_bank or gap.has(gap.cues.takes_and)
    return takes_and and gap.is_extended() and not _is_other_body(gap)


def _is_other_body(gap: Gap) -> bool:
    """As in "Institute of Law and Ohio State University"."""
    following = gap.text[gap.right.start : gap.right.start + 80].split()
    words = [word.rstrip(",.'’") for word in takewhile(_is_capitalized, following)]
    heads = gap.cues.organization_heads - gap.cues.portfolios
    return any(word in heads for word in words)


def _is_capitalized(word: str) -> bool:
    return word[:1].isupper()


def _and_in_body(gap: Gap) -> bool:
    """As in "Ministry of Labour and Pensions"; not "Secretary of Labour and Minister of Trade"."""
    return (
        _is_and_in_body(gap)
        and gap.right.text not in gap.cues.titles
        and " to " not in gap.text[gap.run[0].start : gap.left.end]
    )


def _words_sharing_head(gap: Gap) -> int:
    """Count the words before "and" that may share a word after it: not "Peru and Chile Council"."""
    if _is_and_in_body(gap) or gap.left.opens_sentence or _is_known(gap.left.text, gap.cues):
        return 0
    if gap.left.text in gap.cues.organization_heads or gap.left.text in gap.cues.place_heads:
        return 0
    return sum(word.text.lower() not in gap.cues.function for word in gap.run)


def _and_before_body(gap: Gap) -> bool:
    """As in "Food and Drug Administration"."""
    return _words_sharing_head(gap) == 1 and any(
        word in gap.cues.bodies for word in gap.following[:1]
    )


def _and_before_later_body(gap: Gap) -> bool:
    """As in "the Flood Forecasting and Warning Centre"."""
    if not 1 <= _words_sharing_head(gap) <= _MAX_SHARING:
        return False
    if _is_known(gap.right.text, gap.cues) or not _begins_shared_name(gap):
        return False
    capitalized = takewhile(_is_capitalized, gap.following[:3])
    return not gap.cues.bodies.isdisjoint(capitalized)


def _begins_shared_name(gap: Gap) -> bool:
    """Whether an article stands before the run, or an adjective that needs none begins it."""
    start = gap.run[0].start
    first = gap.run[0].text
    has_article = first == "The" or gap.text[max(0, start - 4) : start] == "the "
    between = gap.text[gap.left.end : gap.right.start]
    return first in _SHARED_ADJECTIVES or (has_article and between == " and ")


def _and_before_line(gap: Gap) -> bool:
    """As in "the Lancashire and Yorkshire Railway", "Argyll and Sutherland Highlanders"."""
    capitalized = list(takewhile(_is_capitalized, gap.following[:2]))
    return not gap.has(gap.cues.organization_heads) and not _LINES.isdisjoint(capitalized)


def _partners(gap: Gap) -> bool:
    """As in "Baxter, Loomis & Reed", "the Madrid, Zaragoza and Alicante Railway"."""
    return _PARTNERS.match(gap.text, gap.right.end, gap.right.end + 80) is not None


def _and_sons(gap: Gap) -> bool:
    """As in "Sutton and Sons"; not "the Labour Board and Company B"."""
    return gap.right.text in _FIRM_ENDINGS and gap.left.text not in gap.cues.heads


def _is_known(word: str, cues: Cues) -> bool:
    return word in cues.demonyms or word in cues.organizations or word in cues.places


def _list(gap: Gap) -> bool:
    """As in "Ministry of Trade, Industry and Competition"."""
    return (
        gap.has(gap.cues.bodies)
        and gap.is_extended()
        and _LIST.match(gap.text, gap.right.end, gap.right.end + 80) is not None
    )


def _nickname(gap: Gap) -> bool:
    """As in "Dorothea "Dot" Van der Berg": a single word in quotes between two others."""
    closing = gap.text[gap.right.end : gap.right.end + 3]
    return closing[:1] in {'"', "”", "’"} and closing[2:].isupper() and closing[1:2] == " "


def _owned_place(gap: Gap) -> bool:
    """As in "Robin Hood's Bay", "Land's End"; not "Chile's Lake District", "Lima's Port"."""
    word, cues = gap.right.text, gap.cues
    is_place = word in cues.place_heads and word not in cues.place_beginnings
    following = gap.text[gap.right.end : gap.right.end + 2]
    return (
        is_place
        and not (following[:1] == " " and following[1:].isupper())
        and not load_gazetteer().places.get(" ".join(word.text for word in gap.run))
        and not _is_known(gap.left.text, cues)
    )


def _owned_by_members(gap: Gap) -> bool:
    """As in "Mechanics' Institute", "Ladies' Christian Association"; not "Williams' Club"."""
    word, gazetteer = gap.left.text, load_gazetteer()
    words = [gap.right.text, *takewhile(_is_capitalized, gap.following[:2])]
    is_somebody = any(word in names for names in (gazetteer.surnames, gazetteer.given))
    return (
        word.endswith("s")
        and not gap.cues.organization_heads.isdisjoint(words)
        and not is_somebody
        and word not in gazetteer.places
        and not _is_known(word, gap.cues)
    )


def _owned_by_plural(gap: Gap) -> bool:
    """As in "Longshoremen's Association"; not "Freeman's Bank"."""
    word = gap.left.text
    words = [gap.right.text, *takewhile(_is_capitalized, gap.following[:2])]
    return (
        word.endswith(_MEMBERS)
        and word not in load_gazetteer().surnames
        and not gap.cues.organization_heads.isdisjoint(words)
    )


def _owned_by_saint(gap: Gap) -> bool:
    """As in "St. Andrew's Ambulance Association", "St. John's Hospital"."""
    words = [gap.right.text, *takewhile(_is_capitalized, gap.following[:2])]
    heads = gap.cues.organization_heads | gap.cues.buildings | gap.cues.place_heads
    return len(gap.run) > 1 and gap.run[-2].text in _SAINTS and not heads.isdisjoint(words)


def _owned_by_founder(gap: Gap) -> bool:
    """As in "Churcher's College", "Guy's Hospital"; not "Peru's School of Mines"."""
    word = gap.left.text
    return (
        gap.right.text in _SCHOOLS
        and word not in load_gazetteer().places
        and not _is_known(word, gap.cues)
        and gap.text[gap.right.end : gap.right.end + 4] != " of "
    )


_AND = frozenset({" and ", " and the ", " y ", " e ", " et ", " und "})
_FOR = frozenset(
    {" for ", " for the ", " against ", " für ", " para ", " para la ", " pour ", " pour la "}
)

GAP_RULES = (
    GapRule("space", frozenset({" ", "\u00a0"}), _space),
    GapRule("of", frozenset({" of ", " of the "}), _of),
    GapRule("for", _FOR, _for),
    GapRule("for after a bank", _FOR, _bank_for),
    GapRule("on", frozenset({" on ", " on the "}), lambda g: g.left.text in g.cues.takes_on),
    GapRule("to", frozenset({" to ", " to the "}), lambda g: g.left.text in g.cues.takes_to),
    GapRule(
        "the",
        frozenset({" the "}),
        lambda g: f"{g.left.text} the {g.right.text}" in g.cues.organizations,
    ),
    GapRule("ampersand", frozenset({" & ", "&"}), lambda _gap: True),
    GapRule("and in a body", _AND, _and_in_body),
    GapRule("and before a body", _AND, _and_before_body),
    GapRule("and before a later body", _AND, _and_before_later_body),
    GapRule("and before a line", frozenset({" and "}), _and_before_line),
    GapRule("and of a firm", frozenset({" and "}), _and_sons),
    GapRule("partners", frozenset({", "}), _partners),
    GapRule("list", frozenset({", "}), _list),
    GapRule(
        "suffix",
        frozenset({", ", " "}),
        lambda g: g.right.text in g.cues.company_forms or g.right.text in _SUFFIXES,
    ),
    GapRule("possessive before a place", frozenset({"'s ", "’s "}), _owned_place),
    GapRule(
        "possessive",
        frozenset({"'s ", "’s ", "' ", "’ ", " 's ", " ' "}),
        lambda g: g.left.text in g.cues.owners,
    ),
    GapRule("possessive of a plural", frozenset({"' ", "’ "}), _owned_by_members),
    GapRule("possessive of a plural without s", frozenset({"'s ", "’s "}), _owned_by_plural),
    GapRule("possessive of a founder", frozenset({"'s ", "’s "}), _owned_by_founder),
    GapRule("possessive of a saint", frozenset({"'s ", "’s "}), _owned_by_saint),
    GapRule("nickname", frozenset({' "', " “"}), _nickname),
    GapRule(
        "after nickname",
        frozenset({'" ', "” "}),
        lambda g: g.left.opens_sentence and len(g.run) > 1,
    ),
)
