"""The judge of `make quality`: a figure below its floor, or without one, is noticed."""

from __future__ import annotations

import pytest

from generator.model import Entity, EntityId, SeedPath
from tools.quality.__main__ import verdict
from tools.quality.archives import Archive, Meant, Outcome, Position, archives
from tools.quality.figures import Figure, count, share
from tools.quality.genres import count_by, genre_of


@pytest.mark.parametrize(
    ("figure", "good"),
    [
        (share("right", 19, 20), True),
        (share("right", 18, 20), False),
        (share("right", 0, 0), False),
        (count("wrong", 0, "in 5"), True),
        (count("wrong", 1, "in 5"), False),
        (Figure("unheard of", 100, ""), False),
    ],
)
def test_a_figure_is_held_to_its_floor(figure: Figure, good: bool) -> None:
    """Floors from below, ceilings from above, and no figure without either."""
    floors = {"right": {"at_least": 95.0}, "wrong": {"at_most": 0.0}}
    assert verdict(figure, floors)[0] is good


def test_links_are_counted_by_genre() -> None:
    """A ship and somebody whom nobody can know are not expected; a wrong link costs precision."""
    letter, diary = SeedPath("1890 letter.txt"), SeedPath("1890 Tagebuch.txt")
    roe, ship = Meant("person", "Ana Ruiz"), Meant("ship", "Ana")
    gold = {
        Position(letter, 0, 0): roe,
        Position(letter, 0, 9): roe,
        Position(diary, 0, 0): ship,
        Position(diary, 1, 0): Meant("person", "?"),
    }
    entity = Entity(EntityId("people/ana-ruiz"), "person", "Ana Ruiz", None, (), 1, 1)
    links = {Position(letter, 0, 0): entity, Position(diary, 0, 0): entity}
    outcome = Outcome(Archive("a", (), gold), links, {entity.id: roe})
    tallies = count_by([outcome], genre_of)
    rows = {group: (t.links, t.expected, t.right, t.settled) for group, t in tallies.items()}
    assert rows == {"all": (2, 2, 1, 2), "letter": (1, 2, 1, 2), "diary": (1, 0, 0, 0)}


def test_every_text_of_the_archives_has_a_genre() -> None:
    """So that the table leaves none out."""
    texts = [(archive, document) for archive in archives() for document in archive.documents]
    genres = {
        genre_of(Outcome(archive, {}, {}), Position(document.source, 0, 0))
        for archive, document in texts
    }
    assert genres == {"letter", "minutes", "diary", "interview", "article"}
