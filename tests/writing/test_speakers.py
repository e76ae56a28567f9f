"""Who speaks in an interview or a play, among the facts of its page."""

from __future__ import annotations

import frontmatter

from tests.writing.test_pages import composed

PLAY = (
    "THE OLD MILL\n\nACT I\n\n[Enter the MILLER and his WIFE.]\n\nMILLER. The wheel stands still, "
    "and the river is low since Monday.\n\nWIFE. Then we shall eat what is left of it.\n\n[He goes "
    "to the window.]\n\nMILLER. I hear the carts, and nobody has sent for them.\n\nWIFE. They "
    "bring the sacks that you have lent.\n\n[Exeunt.]"
)
TURNS = (
    "When did you come?",
    "In the spring of the year.",
    "Were you alone?",
    "There were two of us.",
    "And in winter?",
    "We mended nets.",
)


def interview(*speakers: str) -> str:
    """Return an interview of these speakers."""
    turns = (f"{speakers[n % len(speakers)]}: {turn}" for n, turn in enumerate(TURNS))
    return "\n\n".join(("Interview with the keeper of the light", *turns))


def facts(text: str) -> dict[str, object]:
    """Return the front matter of the page of a text."""
    pages = composed(("a.txt", text))
    page = next(text for path, text in pages.items() if path.startswith("documents/"))
    return dict(frontmatter.loads(page).metadata)


def test_each_speaker_is_named_once_in_the_order_of_the_text() -> None:
    """As printed; nobody knows more of them."""
    assert facts(PLAY)["speakers"] == ["MILLER", "WIFE"]
    assert facts(interview("FINCH", "ORME"))["speakers"] == ["FINCH", "ORME"]


def test_a_known_person_has_the_full_name() -> None:
    """Whatever the capitals of the label."""
    text = interview("IDA MARRACK", "FINCH").replace(
        "We mended nets.", "We mended nets, Mrs Ida Marrack, and Mrs Marrack knows it."
    )
    assert facts(text)["speakers"] == ["Ida Marrack", "FINCH"]


def test_initials_and_questions_name_nobody() -> None:
    """They say something beside the text only."""
    assert "speakers" not in facts(interview("Q", "A"))
    assert "speakers" not in facts(interview("MD", "JS"))


def test_other_documents_have_no_speakers() -> None:
    """Whatever stands before a colon."""
    assert "speakers" not in facts("A note\n\nMILLER: gone to the river.\n\nThe wheel stands.")
