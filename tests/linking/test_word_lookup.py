"""What is remembered of words of other documents changes no name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.linking.names import CorpusHints, WordLookup, count_case, find_names
from generator.linking.names.capitalized_words import CapitalizedWord
from generator.linking.names.knowledge import Knowledge, fold_word
from generator.linking.names.lexicon import load_cues, load_gazetteer
from generator.linking.names.trimming import trim, trim_word
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
                hints = CorpusHints(dict.fromkeys(words, tendency))
                assert find_names(text, hints, remembering) == find_names(text, hints)


@given(
    _words,
    st.sampled_from((-1, 0, 1)),
    st.sampled_from(("en", "de", "es", "fr", "xx")),
    st.booleans(),
)
def test_a_word_is_trimmed_by_what_is_known_of_it_alone(
    word: str, tendency: int, language: str, opens_sentence: bool
) -> None:
    """Where it stands and what the corpus says of other words does not matter."""
    cues = load_cues(language)
    hints = CorpusHints({"other": 1, fold_word(word): tendency}, "de")
    run = [CapitalizedWord(word, 7, 7 + len(word), opens_sentence)]
    names = trim(run, Knowledge(cues, load_gazetteer(), hints))
    assert [name.words for name in names] in ([], [run])
    assert {name.title for name in names} <= {""}
    expected = names[0].is_doubtful if names else None
    assert trim_word(word, tendency, cues, opens_sentence=opens_sentence) == expected
