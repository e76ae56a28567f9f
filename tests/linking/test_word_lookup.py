"""What is remembered of words of other documents changes no name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.linking.names import CorpusHints, WordLookup, count_case, find_names
from generator.linking.names.capitalized_words import CapitalizedWord
from generator.linking.names.knowledge import Knowledge, fold_word
from generator.linking.names.lexicon import load_cues, load_gazetteer
from generator.linking.names.trimming import trim
from tests.linking.test_names import mark_names
from tests.support import load_cases

_FILES = ("connectors", "context_rules", "headlines", "short_forms", "trimming", "word_rules")

_words = st.sampled_from(
    """The Mayor Mayors May January Monday Lima NATO Peru Peruvian Ana Kamau Doctor Dr. Bank Zubizar
    Recently Nguyen La De I A U.S. Betriebsrat Ministre Justice Health Cour""".split()
) | st.text("aAbB.'-éÉ", min_size=1).map(str.title)


def test_a_lookup_that_remembers_words_finds_the_same_names() -> None:
    """In the texts of all cases, one after the other, for corpora that write words differently."""
    remembering = WordLookup.cached()
    for file in _FILES:
        for case in load_cases(f"names/{file}"):
            text, _ = mark_names(case["given"])
            words = count_case(text).words
            for tendency in (-1, 0, 1):
                hints = CorpusHints(dict.fromkeys(words, tendency + 1))
                assert find_names(text, hints, remembering) == find_names(text, hints)


_runs = st.lists(
    st.tuples(_words, st.sampled_from((1, 2, 4)), st.booleans()), min_size=1, max_size=4
)


@given(_runs, st.sampled_from((-1, 0, 1)), st.sampled_from(("en", "de", "es", "fr", "xx")))
def test_a_run_is_trimmed_by_what_is_known_of_its_words_alone(
    words: list[tuple[str, int, bool]], tendency: int, language: str
) -> None:
    """Where it stands and what the corpus says of other words does not matter."""
    run, start = [], 7
    for word, gap, opens_sentence in words:
        run.append(CapitalizedWord(word, start, start + len(word), opens_sentence))
        start += len(word) + gap
    tendencies = {"other": 2} | {fold_word(word.text): tendency + 1 for word in run}
    knowledge = Knowledge(load_cues(language), load_gazetteer(), CorpusHints(tendencies, "de"))
    for lookup in (WordLookup(), _REMEMBERING):
        assert lookup.trim(run, knowledge) == trim(run, knowledge)


_REMEMBERING = WordLookup.cached()
