"""An edit of a few lines of corrections.yml gives what the library makes of the whole text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.desk.edits import DecisionError, YamlEdit
from generator.desk.yaml_edits import apply_edit, edit_whole
from generator.desk.yaml_parts import find_part

SEEDS = ("a.txt", "letters/b.txt", "1894", "Zoë.txt", "Zoe\u0308.txt")
NAMES = ("Ana Ruiz", "Arce", "no", "Zoë")

between = st.sampled_from(["", "", "", "# a comment\n", "\n", "\n# after a line\n\n", "    # in\n"])
"""What may stand between two entries."""


def quoted(words: str) -> st.SearchStrategy[str]:
    """Return words as a key or a value, with and without quotes."""
    return st.sampled_from([words, f"'{words}'", f'"{words}"'])


@st.composite
def mappings(
    draw: st.DrawFn, keys: tuple[str, ...], values: st.SearchStrategy[str], depth: int
) -> str:
    """Return the lines of a mapping: each key once, each with the lines of its value."""
    text = ""
    for key in draw(st.lists(st.sampled_from(keys), unique=True, min_size=1, max_size=3)):
        text += f"{draw(between)}{' ' * depth}{draw(quoted(key))}:{draw(values)}"
    return text + draw(between)


ends = st.sampled_from(["\n", "\n", "  # known\n"])
scalars = st.builds(lambda words, end: f" {words}{end}", quoted("Ana Ruiz"), ends)
flow = st.builds(
    lambda words, end: f" {words}{end}",
    st.sampled_from(["[]", "[Arce, 'B: C']", '{"Luis": [Arce]}']),
    ends,
)
lists = st.sampled_from(["\n    - Arce\n", "\n    - 'B'  # one\n    - C\n", " [Arce]\n", "\n"])
prose = st.sampled_from([" |\n      two\n       lines\n", " >-\n      folded\n", " 1894-05-03\n"])


def block(
    keys: tuple[str, ...], values: st.SearchStrategy[str], depth: int
) -> st.SearchStrategy[str]:
    """Return a mapping on lines of its own, below its key."""
    return mappings(keys, values, depth).map(lambda text: f"\n{text}")


documents = block(SEEDS, block(("title", "date", "place"), scalars | prose, 4) | flow, 2)
names = block(("merge", "kind", "suppress"), block(NAMES, scalars | flow, 4) | lists | flow, 2)


@st.composite
def sections(draw: st.DrawFn) -> str:
    """Return a file with one or two sections, in any order."""
    text = draw(between).lstrip("\n")  # which the library leaves out
    for name in draw(st.permutations(["documents", "names", "structure"]))[
        : draw(st.integers(1, 2))
    ]:
        text += f"{name}:{draw(names if name == 'names' else documents | flow)}"
    return text


edits = st.one_of(
    st.builds(
        lambda seed, field: YamlEdit(("documents", seed, field), "A title: new"),
        st.sampled_from((*SEEDS, "new.txt")),
        st.sampled_from(["title", "date", "section"]),
    ),
    st.builds(
        lambda name, kind: YamlEdit(("names", kind, name), ("Arce", "X"), "add"),
        st.sampled_from((*NAMES, "New")),
        st.sampled_from(["merge", "same-as"]),
    ),
    st.just(YamlEdit(("names", "suppress"), ("Somebody",), "add")),
    st.just(YamlEdit(("structure", "a.txt", "verse"), ("3-9",), "add")),
)


def result(edited: Callable[[], str]) -> str:
    """Return the text after an edit, or why it is refused."""
    try:
        return edited()
    except DecisionError as error:
        return str(error)


@given(sections(), edits)
def test_a_part_is_edited_as_the_whole_text_is(text: str, edit: YamlEdit) -> None:
    """To the byte, with comments, quotes, lists in braces and lines without a value."""
    assert result(lambda: apply_edit(text, edit)) == result(lambda: edit_whole(text, edit))


LONG = "names:\n  merge: {a: b,\n    c: d}   # as it is\n"


def test_other_lines_stay_where_the_library_would_join_them() -> None:
    """Which it does to a list in braces on two lines."""
    text = f"documents:\n  a.txt:\n      title:  'Mine'\n{LONG}"
    edit = YamlEdit(("documents", "a.txt", "date"), "1894")
    added = "      date: 1894\n"
    assert apply_edit(text, edit) == text.replace(LONG, added + LONG)


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        (("documents", "a.txt", "title"), "    title: A\n"),
        (("documents", "a.txt", "date"), "    place: Hull\n    # about b\n"),
        (("documents", "new.txt", "title"), "    title: B\n\n"),
        (("names", "merge", "Arce"), "  merge: {Arce: [Lucho]}\n"),
        (("structure", "a.txt", "verse"), "  suppress:\n    - X\n    - Y\n"),
    ],
)
def test_a_part_is_an_entry_or_what_a_new_one_follows(path: tuple[str, ...], lines: str) -> None:
    """With the comments below it."""
    text = (
        "documents:\n  a.txt:\n    title: A\n    place: Hull\n    # about b\n"
        "  b.txt:\n    title: B\n\n"
        "names:\n  merge: {Arce: [Lucho]}\n  suppress:\n    - X\n    - Y\n"
    )
    part = find_part(text, path)
    assert part is not None
    assert part.lines == lines
    assert text.startswith(f"{part.above}{part.lines}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing yet\n",
        "documents: {a.txt: {title: A}}\ndocuments: {}\n",
        "documents:\n  a.txt: &a\n    title: A\n",
        "documents:\n  a.txt: !tag\n    title: A\n",
        "documents:\n  a.txt: [\n",
        "documents:\n  a.txt:\n    title: A\u2028B\n",
        "? documents\n: a.txt\n",
        "{documents: {},\n names: {}}\n",
        "- documents\n",
    ],
)
def test_all_lines_are_read_where_a_part_is_not_certain(text: str) -> None:
    """Without a file, with a key given twice, an anchor, a tag, a fault, an unusual line end."""
    assert find_part(text, ("documents", "a.txt", "title")) is None


def test_a_key_that_may_be_a_number_is_left_to_the_library() -> None:
    """Which takes `1894` without quotes for another key than "1894"."""
    assert find_part("documents:\n  1894:\n    title: A\n", ("documents", "1894", "title")) is None
