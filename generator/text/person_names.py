"""Parts of authors' names: which words are the family name, where that is certain.

In a bibliography, a wrong family name is worse than a name that is not split. So either a rule
knows the order of the words, or the name stays whole: "Luis Arce Córdova" may have one family name
or two. The first of the `_RULES` that applies decides. The language of the document, a BCP 47 tag,
helps where the form of a name does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec

from generator.text.person_tables import (
    AFTER_CHINESE_FAMILY,
    ARABIC_BEGINNINGS,
    ARTICLES,
    CHINESE_FAMILIES,
    CHINESE_LONG_FAMILIES,
    COMPANIES,
    DEGREES,
    FAMILY_FIRST,
    GERMAN_ORGANIZATION,
    GERMANIC_PARTICLES,
    KOREAN_FAMILIES,
    KOREAN_LONG_FAMILIES,
    ORGANIZATIONS,
    PATRONYMIC,
    POPES,
    ROMANCE_PARTICLES,
    SUFFIXES,
    TITLES,
    UNSURE,
)

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_EAST_ASIAN = re.compile(rf"[{_HAN}\u3041-\u309f\u30a1-\u30ff\uac00-\ud7a3 ]+")
_ONLY_HAN = re.compile(f"[{_HAN}]+")
_ONLY_HANGUL = re.compile("[\uac00-\ud7a3]+")
_KATAKANA_WORD = re.compile(r"[\u30a1-\u30ff]+")
_DIVIDED_SCRIPTS = re.compile(
    # Latin, Greek, Cyrillic, Armenian, Georgian: given name before family name.
    r"(?:[A-Za-z\u00c0-\u024f\u0370-\u052f\u0531-\u0587\u10a0-\u10ff\u1e00-\u1fff]"
    r"|[.'’ʼ‘`´-]|[\u0300-\u036f\u2010\u2011])+"
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+|[A-Z]")
_CAPITALS_AT_END = re.compile(r"[A-Z]{1,3}|(?:[A-Z]\.-?){1,3}")
_ARABIC_ARTICLE = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|az)[-‐‑’']\w.*", re.IGNORECASE)
_KOREAN_GIVEN = re.compile(r"[A-Z][a-z]+-[a-z]+")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,}(?:\d+)?")
_SEVERAL = re.compile(r"[\d&+;/()]|\s(?:and|und|et)\s", re.IGNORECASE)
"""What no name of a single person contains."""

_MAX_WORDS = 4
"""Words before and after the comma of "Last, First"; longer parts are not names."""


class CitedName(msgspec.Struct, frozen=True):
    """The name of an author; `family` is None if it is not known which part that is."""

    whole: str
    family: str | None = None
    given: str | None = None
    suffix: str | None = None
    """Jr., III, or a degree."""
    is_organization: bool = False

    @property
    def inverted(self) -> str:
        """`Family, Given, Suffix`, or the whole name if it is not split."""
        parts = (self.family, self.given, self.suffix)
        return ", ".join(filter(None, parts)) if self.family else self.whole

    @property
    def natural(self) -> str:
        """The name in the order of its language: "O'Brien, Pat" becomes "Pat O'Brien"."""
        if "," not in self.whole or not self.family or _EAST_ASIAN.fullmatch(self.family):
            return self.whole
        return " ".join(filter(None, (self.given, self.family, self.suffix)))


class _NameWords(msgspec.Struct, frozen=True):
    """The words of a name without a suffix, as rules see them."""

    words: tuple[str, ...]
    language: str
    suffix: str | None

    @property
    def folded(self) -> tuple[str, ...]:
        """The words in lower case, without full stops."""
        return tuple(word.lower().replace(".", "") for word in self.words)


class _Split(msgspec.Struct, frozen=True):
    """The family name as a slice of the words; without a `start` the name stays whole."""

    start: int | None = None
    end: int | None = None


_WHOLE = _Split()


class _Rule(msgspec.Struct, frozen=True):
    """A case in which the family name is known, or known to be ambiguous."""

    name: str
    split: Callable[[_NameWords], _Split | None]
    """Returns the split, or None if the rule does not apply."""


def split_name(name: str, language: str = "") -> CitedName:
    """Split the name of an author if its parts are certain; `language` is that of the document."""
    whole = " ".join(name.split())
    parts = [part.strip() for part in whole.replace("，", ",").replace("、", ",").split(",")]
    if is_organization(whole) or _SEVERAL.search(whole):
        return CitedName(whole, is_organization=is_organization(whole))
    if len(parts) == 1:
        return _in_order(whole, whole, language)
    suffix = " ".join(parts[1:])
    if parts[0] and all(map(_is_suffix, parts[1:])):
        return _in_order(whole, parts[0], language, suffix)
    return _inverted(whole, parts)


def is_organization(name: str) -> bool:
    """Whether a name is certainly that of an organization."""
    words = re.findall(r"[\w&.’']+", name)
    folded = [word.lower().strip(".'’") for word in words]
    is_compound = any(map(GERMAN_ORGANIZATION.fullmatch, folded))
    has_cue = is_compound or not ORGANIZATIONS.isdisjoint(folded)
    if len(words) < 2:
        return has_cue or (bool(words) and _ACRONYM.fullmatch(words[0]) is not None)
    return (
        has_cue
        or words[-1] in COMPANIES
        or words[-1].removesuffix(".") in COMPANIES - {"Co."}
        or folded[0] in ARTICLES
        or (len(words) == 3 and words[1] == "&")
    )


def is_form_of(name: str, other: str) -> bool:
    """Whether one of two names is the other with fewer words, or with initials for some."""
    short, long = sorted((_folded_words(name), _folded_words(other)), key=len)
    if not short or short[-1] != long[-1]:
        return False
    return all(word in long or _is_initial_of(word, long) for word in short)


def _folded_words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", name.casefold())


def _is_initial_of(word: str, words: Iterable[str]) -> bool:
    return len(word) == 1 and any(whole.startswith(word) for whole in words)


def _inverted(whole: str, parts: list[str]) -> CitedName:
    """Split "Last, First", "Last, First, Jr." and "Last, Jr., First"."""
    family, *others = parts
    suffixes = [part for part in others if _is_suffix(part)]
    given = [part for part in others if not _is_suffix(part)]
    is_clear = family and len(given) == 1 and given[0] and len(suffixes) <= 1
    if not is_clear or max(len(family.split()), len(given[0].split())) > _MAX_WORDS:
        return CitedName(whole)
    return CitedName(whole, family, given[0], "".join(suffixes) or None)


def _in_order(whole: str, name: str, language: str, suffix: str | None = None) -> CitedName:
    """Split a name without a comma inside."""
    words = name.split()
    if not suffix and len(words) > 2 and words[-1].lower().strip(".") in SUFFIXES:
        *words, suffix = words
        if suffix in {"II", "III", "IV"} and " ".join(words).lower() in POPES:
            return CitedName(whole)
    if _EAST_ASIAN.fullmatch(name):
        return _east_asian(whole, name.split(), language)
    name_words = _NameWords(tuple(words), language.split("-", maxsplit=1)[0].lower(), suffix)
    split = next(filter(None, (rule.split(name_words) for rule in _RULES)), _WHOLE)
    if split.start is None:
        return CitedName(whole)
    family = " ".join(words[split.start : split.end])
    given = " ".join((*words[: split.start], *(words[split.end :] if split.end else ())))
    return CitedName(whole, family, given, suffix)


def _is_suffix(part: str) -> bool:
    folded = part.lower().replace(".", "").replace(" ", "")
    return folded in SUFFIXES or folded in DEGREES


def _is_initials(word: str) -> bool:
    return _INITIALS.fullmatch(word) is not None


def _only_initials(words: Iterable[str]) -> bool:
    return all(map(_is_initials, words))


def _one_word(name: _NameWords) -> _Split | None:
    return _WHOLE if len(name.words) < 2 else None


def _other_script(name: _NameWords) -> _Split | None:
    is_known = all(_DIVIDED_SCRIPTS.fullmatch(word) for word in name.words)
    return None if is_known else _WHOLE


def _with_a_title(name: _NameWords) -> _Split | None:
    return _WHOLE if name.folded[0] in TITLES else None


def _unsure_word(name: _NameWords) -> _Split | None:
    return _WHOLE if any(word in UNSURE for word in name.folded[1:]) else None


def _family_first(name: _NameWords) -> _Split | None:
    """Abstain where the family name may come first: Hungarian, Vietnamese, Chinese, Korean."""
    by_language = name.language in {"hu", "vi", "zh", "ja", "ko"}
    is_korean = any(map(_KOREAN_GIVEN.fullmatch, name.words[1:]))
    by_name = name.folded[0] in FAMILY_FIRST and not _is_initials(name.words[-1])
    return _WHOLE if by_language or is_korean or by_name else None


def _initials_last(name: _NameWords) -> _Split | None:
    return _WHOLE if _CAPITALS_AT_END.fullmatch(name.words[-1]) else None


def _begins_with_particle(name: _NameWords) -> _Split | None:
    """Abstain: "Van Morrison" begins with a given name, "de la Cruz" with a family name."""
    has_particle = name.folded[0] in GERMANIC_PARTICLES | ROMANCE_PARTICLES
    is_given_name = name.words[0] == "Ben" or len(name.words) > 2
    return _WHOLE if has_particle and (name.words[0].islower() or not is_given_name) else None


def _patronymic(name: _NameWords) -> _Split | None:
    """Split a Russian name at the patronymic, which is before the family name or at the end."""
    if len(name.words) != 3:
        return None
    if PATRONYMIC.fullmatch(name.folded[1]):
        return _Split(2)
    return _Split(0, 1) if PATRONYMIC.fullmatch(name.folded[2]) else None


def _with_y(name: _NameWords) -> _Split | None:
    """Split "Santiago Ramón y Cajal": both words around "y" are the family name."""
    applies = len(name.words) >= 4 and name.words[-2] in {"y", "i"}
    return _Split(len(name.words) - 3) if applies else None


def _arabic(name: _NameWords) -> _Split | None:
    last = len(name.words) - 1
    if not _ARABIC_ARTICLE.fullmatch(name.words[last]):
        return None
    return _WHOLE if last == 1 and name.folded[0] in ARABIC_BEGINNINGS else _Split(last)


def _germanic(name: _NameWords) -> _Split | None:
    index = _first_of(name, GERMANIC_PARTICLES)
    return _Split(index) if index else None


def _romance(name: _NameWords) -> _Split | None:
    """Split "Charles de Gaulle"; "Juan Ponce de León" may have a family name before "de"."""
    index = _first_of(name, ROMANCE_PARTICLES)
    if not index:
        return None
    return _Split(index) if _only_initials(name.words[1:index]) else _WHOLE


def _first_of(name: _NameWords, particles: frozenset[str]) -> int:
    """Return the index of the first particle between other words; 0 if there is none."""
    inner = range(1, len(name.words) - 1)
    return next((index for index in inner if name.folded[index] in particles), 0)


def _initials_between(name: _NameWords) -> _Split | None:
    """Split "Ana M. Ruiz" and "J. R. R. Tolkien"."""
    last = len(name.words) - 1
    applies = last > 1 and _only_initials(name.words[1:last])
    return _Split(last) if applies else None


def _before_a_suffix(name: _NameWords) -> _Split | None:
    """Split "Martin Luther King, Jr.": names with this suffix are English, with one family name."""
    if name.suffix is None or len(name.words) < 3:
        return None
    return _Split(len(name.words) - 1) if name.suffix.lower().strip(".") in SUFFIXES else None


def _two_words(name: _NameWords) -> _Split | None:
    if len(name.words) != 2 or (name.folded[0] in ARABIC_BEGINNINGS):
        return None
    return _Split(1)


_RULES = (
    _Rule("one word", _one_word),
    _Rule("a script without a known order", _other_script),
    _Rule("a title first", _with_a_title),
    _Rule("a word in names of organizations and people", _unsure_word),
    _Rule("the family name may come first", _family_first),
    _Rule("initials last", _initials_last),
    _Rule("a particle first", _begins_with_particle),
    _Rule("a patronymic", _patronymic),
    _Rule("two family names with y", _with_y),
    _Rule("a family name with an Arabic article", _arabic),
    _Rule("a Germanic or Arabic particle", _germanic),
    _Rule("a Romance particle", _romance),
    _Rule("initials in the middle", _initials_between),
    _Rule("Jr. or a similar suffix", _before_a_suffix),
    _Rule("two words", _two_words),
)


def _east_asian(whole: str, words: list[str], language: str) -> CitedName:
    """Split a Chinese, Japanese or Korean name if its parts are certain."""
    if len(words) == 2:
        family, given = words
        is_foreign = all(map(_KATAKANA_WORD.fullmatch, words))
        is_unknown = _ONLY_HANGUL.fullmatch(family) and not _is_korean_family(family)
        return CitedName(whole) if is_foreign or is_unknown else CitedName(whole, family, given)
    name = words[0]
    if len(words) != 1 or len(name) not in {2, 3, 4}:
        return CitedName(whole)
    size = 0
    if _ONLY_HANGUL.fullmatch(name):
        size = _family_of(name, KOREAN_LONG_FAMILIES, KOREAN_FAMILIES)
    elif _ONLY_HAN.fullmatch(name) and not language.startswith("ja"):
        size = _chinese(name, language)
    return CitedName(whole, name[:size], name[size:]) if size else CitedName(whole)


def _chinese(name: str, language: str) -> int:
    """Return the length of a Chinese family name; 0 if the name may be a Japanese one."""
    size = _family_of(name, CHINESE_LONG_FAMILIES, CHINESE_FAMILIES)
    is_certain = size == 2 or language.startswith("zh") or name[1] not in AFTER_CHINESE_FAMILY
    return size if is_certain else 0


def _family_of(name: str, long: frozenset[str], short: frozenset[str]) -> int:
    if len(name) > 2 and name[:2] in long:
        return 2
    return 1 if len(name) < 4 and name[0] in short else 0


def _is_korean_family(word: str) -> bool:
    return word in KOREAN_FAMILIES or word in KOREAN_LONG_FAMILIES
