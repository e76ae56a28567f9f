"""The rule for first words of sentences, which may be capitalized without being names."""

from __future__ import annotations

from generator.linking.names.candidates import is_function_word
from generator.linking.names.capitalized_words import CapitalizedWord
from generator.linking.names.knowledge import Candidate, Knowledge, Words, is_adjacent, spelled
from generator.linking.names.lexicon import Cues


def trim_sentence_start(candidate: Candidate, knowledge: Knowledge) -> list[Candidate]:
    """Cut off first words that are capitalized only because a sentence starts there."""
    words = candidate.words
    start = _skip_function_words(words, knowledge)
    if start == len(words):
        return [Candidate(words[-1:], is_doubtful=True)]
    first, rest = words[start], words[start + 1 :]
    if is_function_word(first.text, knowledge.cues):
        return [Candidate(words[start:])]
    if first.opens_sentence and not _is_name(first, rest, knowledge):
        return [Candidate([first], is_doubtful=True), Candidate(rest)]
    return [Candidate(words[start:])]


def _skip_function_words(words: Words, knowledge: Knowledge) -> int:
    """Return the index after the function words at the start that belong to no name."""
    for index, word in enumerate(words):
        if not is_function_word(word.text, knowledge.cues):
            return index
        if index + 1 < len(words) and (
            _is_particle(word, words[index + 1], knowledge.cues)
            or _is_article(word, words[index + 1], knowledge.cues)
        ):
            return index
        if knowledge.place_size(spelled(words[index : index + 2])) >= 2:
            return index
    return len(words)


def _is_particle(word: CapitalizedWord, following: CapitalizedWord, cues: Cues) -> bool:
    """As in "De la Torre" at the start of a sentence."""
    return word.text.lower() in cues.particles and following.start - word.end > 1


def _is_article(word: CapitalizedWord, following: CapitalizedWord, cues: Cues) -> bool:
    """As in "en La Coruña", where no sentence begins."""
    return (
        word.text in cues.articles_in_names
        and not word.opens_sentence
        and is_adjacent(word, following)
    )


def _is_name(word: CapitalizedWord, rest: Words, knowledge: Knowledge) -> bool:
    """Whether a word at the start of a sentence is a name, or with `rest` begins one."""
    text = word.text
    tendency, frequency = knowledge.capitalization(text), knowledge.word_frequency(text)
    if (text.isupper() and len(text) > 1) or tendency > 0 or text in knowledge.cues.titles:
        return True
    if text in knowledge.cues.demonyms or text in knowledge.cues.organizations:
        return tendency >= 0
    if rest:
        return _begins_name(word, rest, knowledge)
    if knowledge.place_size(text) >= 3:
        return tendency >= 0
    if tendency < 0:
        return False
    is_frequent_name = (
        knowledge.gazetteer.given.get(text, 0) == 2 or knowledge.place_size(text) == 2
    )
    return frequency < (4.8 if is_frequent_name else 3.5)


def _begins_name(word: CapitalizedWord, rest: Words, knowledge: Knowledge) -> bool:
    """Whether a name of several words begins with this one: not "Analistas de BBVA"."""
    text, following, cues = word.text, rest[0].text, knowledge.cues
    tendency, frequency = knowledge.capitalization(text), knowledge.word_frequency(text)
    if text.lower() in cues.particles:
        return True
    is_joined = rest[0].start - word.end > 1 and cues.heads_come_first
    if _stands_before_name(text, rest, is_joined, knowledge):
        return False
    surnames = knowledge.gazetteer.surnames
    if cues.heads_come_first and text in surnames and following in surnames:
        return not is_joined
    is_place = is_adjacent(word, rest[0]) and knowledge.place_size(f"{text} {following}") >= 2
    is_surname = text in cues.surnames_first and not knowledge.word_frequency(following)
    if is_place or is_surname or rest[-1].text in cues.heads or text in cues.heads:
        return True
    if text in knowledge.gazetteer.given or knowledge.place_size(text):
        return tendency >= 0 or frequency < 5
    return tendency >= 0 and frequency < 4.0


def _stands_before_name(text: str, rest: Words, is_joined: bool, knowledge: Knowledge) -> bool:
    """As in "Lawyer Peter Kamau", "Analistas de BBVA", "Recently Peter Kamau"."""
    cues = knowledge.cues
    if text.endswith(("ly", "ing", "ed")) and not knowledge.is_listed_name(text):
        return True
    if text.lower() in cues.organization_words or text.lower() in cues.roles:
        is_head = text in cues.organization_heads or text in cues.teams
        return not is_head or rest[-1].text not in cues.heads
    if text in cues.heads or text in cues.surnames_first or knowledge.is_listed_name(text):
        return False
    following = rest[0].text
    is_before_given_name = (
        knowledge.gazetteer.given.get(following, 0) == 2
        and _looks_like_word(text, knowledge)
        and following.lower() not in cues.particles
    )
    return is_joined or is_before_given_name


def _looks_like_word(text: str, knowledge: Knowledge) -> bool:
    """Whether a word is one of the language, or looks like a plural: Analysts, Prosecutors."""
    return (
        knowledge.word_frequency(text) > 0
        or knowledge.capitalization(text) < 0
        or text.endswith("s")
    )
