"""Letters and what they enclose."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.model import SeedPath
from generator.writing.enclosed_documents import NO_FAMILY, Family, find_families

_PATHS = st.lists(st.sampled_from(["a", "b.eml", "c.zip"]), min_size=1, max_size=4).map(
    lambda names: SeedPath("/".join(names))
)


def paths(*names: str) -> list[SeedPath]:
    """Return the paths of some seeds."""
    return [SeedPath(name) for name in names]


def test_a_letter_has_its_enclosures_and_they_their_letter() -> None:
    """A letter in a letter has both; an archive or a folder is no document, so it has none."""
    inner, leaf = "a.eml/1-b.eml", "a.eml/1-b.eml/1-c.txt"
    families = find_families(paths("a.eml", inner, leaf, "box.zip/d.txt", "folder/e.txt"))
    assert families == {
        "a.eml": Family(None, (SeedPath(inner),)),
        inner: Family(SeedPath("a.eml"), (SeedPath(leaf),)),
        leaf: Family(SeedPath(inner)),
    }
    assert NO_FAMILY.members == ()


@given(st.sets(_PATHS))
def test_parents_and_parts_agree(sources: set[SeedPath]) -> None:
    """Each part names its parent, and each parent lists its parts; all of them are documents."""
    families = find_families(sources)
    for source, family in families.items():
        assert {source, *family.members} <= sources
        assert all(families[part].parent == source for part in family.parts)
        if family.parent:
            assert source in families[family.parent].parts
