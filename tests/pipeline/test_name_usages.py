"""The names in documents are those that were saved, and equal usages are one value."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from generator.engine.database_file import open_database
from generator.engine.encoding import encode
from generator.engine.incremental import Build
from generator.engine.workers import no_progress
from generator.model import NameUsage, SeedPath
from generator.pipeline.build_tasks import NAME_USAGES, NameSummary
from generator.pipeline.name_usages import NameUsages

_USAGES = st.builds(
    NameUsage,
    st.sampled_from(["person", "place"]),
    st.sampled_from(["Ana Ruiz", "Lima", None]),
    st.sampled_from(["Ana", "Lima"]),
    st.booleans(),
    st.integers(1, 2),
    st.sampled_from(["Mrs.", None]),
)


@given(st.lists(st.lists(_USAGES, max_size=4).map(tuple), min_size=1, max_size=5))
def test_names_are_those_that_were_saved(documents: list[tuple[NameUsage, ...]]) -> None:
    """All of them and single ones, without those of a document that is not asked for."""
    saved = {SeedPath(f"{n}.txt"): NameSummary(str(n), own) for n, own in enumerate(documents)}
    with TemporaryDirectory() as folder, open_database(Path(folder, "a.sqlite")) as database:
        database.put(NAME_USAGES, [(source, encode(own)) for source, own in saved.items()])
        database.put(NAME_USAGES, [("hidden.txt", encode(NameSummary("", ())))])
        names = NameUsages(Build.start(database, "1", 1, no_progress), frozenset(saved))
        assert {source: names.for_document(source) for source in saved} == saved
        assert dict(names.items()) == saved
        assert [*names] == [(source, own.usages) for source, own in sorted(saved.items())]
        assert {source: names.for_document(source) for source in saved} == saved
        held = [usage for _, usages in names for usage in usages]
        assert len({id(usage) for usage in held}) == len(set(held))
