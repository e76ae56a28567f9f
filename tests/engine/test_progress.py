"""What a person who waits is told."""

from __future__ import annotations

from collections.abc import Iterator

from generator.engine.progress import StageTimer, peak_memory


def test_a_stage_tells_how_far_it_is_and_how_long_it_will_take() -> None:
    """As soon as it can know."""
    times: Iterator[float] = iter([0.0, 1.0, 2.0, 11.0, 71.0])
    watch = StageTimer(lambda: next(times))
    assert watch.update("reading", 0, 7_000) == "reading 0 of 7,000"
    assert watch.update("reading", 100, 7_000) == "reading 100 of 7,000"
    assert (
        watch.update("reading", 1_000, 7_000) == "reading 1,000 of 7,000, 100 a second, 1:00 left"
    )
    assert watch.update("reading", 7_000, 7_000) == "reading 7,000 of 7,000"


def test_each_stage_has_its_seconds() -> None:
    """From its beginning to that of the next; one that comes again is added up."""
    times: Iterator[float] = iter([0.0, 1.0, 3.0, 6.0, 10.0])
    watch = StageTimer(lambda: next(times))
    for stage in ("building", "checking", "building"):
        assert watch.update(stage, 0, 0) == f"{stage} …"
    assert watch.seconds() == {"building": 6.0, "checking": 3.0}


def test_the_peak_of_memory_is_plausible() -> None:
    """Python alone needs some megabytes."""
    assert 5 < peak_memory() < 100_000
