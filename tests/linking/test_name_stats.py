"""The usage of names in a corpus, after some of them were divided among several people."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.linking.entities.namesakes import Namesakes
from generator.linking.entities.usage import collect_stats
from generator.model import NameKey, NameUsage, SeedPath

_NAMES = st.sampled_from(["J. Storr", "J. Storr (1926)", "Ada Hume", None])
_USAGES = st.lists(
    st.builds(
        NameUsage,
        kind=st.sampled_from(["person", "place"]),
        name=_NAMES,
        text=st.sampled_from(["Storr", "J. Storr"]),
        strong=st.booleans(),
        count=st.integers(1, 3),
        title=st.sampled_from([None, "J."]),
        contested=st.booleans(),
    )
)
_DIVIDED: dict[NameKey, NameKey] = {("person", "J. Storr"): ("person", "J. Storr (1926)")}


@given(st.lists(st.tuples(_USAGES, st.booleans())))
def test_names_counted_again_are_counted_as_all_are(
    documents: list[tuple[list[NameUsage], bool]],
) -> None:
    """Whether a text has the name of the other person or not."""
    usages = [(SeedPath(str(number)), names) for number, (names, _) in enumerate(documents)]
    divided = [is_divided for _, is_divided in documents]
    names = {
        source: _DIVIDED for (source, _), is_one in zip(usages, divided, strict=True) if is_one
    }
    namesakes = Namesakes(names)
    counted = namesakes.recount(collect_stats(usages), usages)
    assert [*counted.items()] == [*collect_stats(namesakes.usages(usages)).items()]
