"""The engine with a toy task: only what is outdated is run, and results come in order."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.engine.cache_entries import Entry, EntryRow, Run
from generator.engine.database_errors import DamagedError
from generator.engine.database_file import open_database, repaired
from generator.engine.encoding import encode
from generator.engine.entry_rows import load_entries
from generator.engine.fingerprint import combine
from generator.engine.incremental import Build, last_build_number
from generator.engine.outdated import REASONS, why_outdated
from generator.engine.tasks import PROGRAM, CurrentRow, Item, Task
from generator.engine.workers import no_progress
from generator.model import SeedbedError
from tests.engine.toy_task import (
    KILLS,
    NAMES,
    NOTES,
    SQUARE,
    SQUARES,
    UNUSABLE,
    Project,
    items,
    worker,
)

NUMBERS = {"a": 2, "c": 3, "b": 4}


def entry_of(fingerprint: str, outputs: tuple[str, ...]) -> Entry:
    """Return an entry with a result that nothing reads."""
    value = combine([fingerprint.encode()]).value if fingerprint else ""
    return Entry(value, b"", outputs, msgspec.Raw(encode("text")), Run(1, "new"))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project that was built once."""
    project = Project(tmp_path)
    assert project.reasons(NUMBERS) == {"a": "new", "c": "new", "b": "new"}
    assert project.summary == "square: 0 up to date, 3 new"
    return project


def test_items_that_are_up_to_date_are_not_run(project: Project) -> None:
    """Their results come from the database."""
    project.progress.clear()
    assert project.reasons(NUMBERS) == {"a": None, "c": None, "b": None}
    assert project.summary == "square: 3 up to date"
    assert project.progress == []


def test_an_item_with_changed_inputs_is_run(project: Project) -> None:
    """The others are not."""
    assert project.reasons({**NUMBERS, "c": 5}) == {"a": None, "c": "changed inputs", "b": None}
    assert (project.out / "c.txt").read_text() == "25"
    assert project.summary == "square: 2 up to date, 1 with changed inputs"


def test_an_item_whose_output_was_removed_or_modified_is_run(project: Project) -> None:
    """Its file exists again afterwards."""
    (project.out / "b.txt").unlink()
    assert project.reasons(NUMBERS)["b"] == "modified outputs"
    assert (project.out / "b.txt").read_text() == "16"


@pytest.mark.parametrize(
    ("entry", "fingerprint", "intact", "reason"),
    [
        (None, "f", "", "new"),
        (entry_of("f", ()), "f", "", None),
        (entry_of("f", ()), None, "", "unknown inputs"),
        (entry_of("g", ("x",)), "f", "x", "changed inputs"),
        (entry_of("", ("x",)), "f", "x", "not reusable"),
        (entry_of("f", ("x", "y")), "f", "xy", None),
        (entry_of("f", ("x", "y")), "f", "x", "modified outputs"),
    ],
)
def test_the_reason_names_what_changed_first(
    entry: Entry | None, fingerprint: str | None, intact: str, reason: str | None
) -> None:
    """An item without an entry is new, whatever else changed."""
    now = combine([fingerprint.encode()]) if fingerprint else None
    assert why_outdated(entry, now, frozenset(intact)) == reason
    assert reason is None or reason in REASONS


def test_a_removed_item_leaves_nothing_in_the_database(project: Project) -> None:
    """Its values go too, and those of later tasks."""
    with open_database(project.database) as database:
        database.put(NOTES, [("a", b""), ("b", b"")])
    assert project.reasons({"b": 4, "d": 1}) == {"b": None, "d": "new"}
    with open_database(project.database) as database:
        saved = dict(load_entries(database, SQUARE.name).entries())
        assert [*saved] == database.keys(SQUARES) == ["b", "d"]
        assert database.keys(NOTES) == ["b"]


def test_a_changed_item_keeps_the_values_of_later_tasks(project: Project) -> None:
    """They have entries of their own, which tell whether they are outdated."""
    with open_database(project.database) as database:
        database.put(NOTES, [("a", b"")])
    project.reasons({**NUMBERS, "a": 9})
    with open_database(project.database) as database:
        assert database.keys(NOTES) == ["a"]
        assert database.need(SQUARES, "a") == b"81"


def test_inputs_without_fingerprint_and_unusable_results_are_run_each_time(tmp_path: Path) -> None:
    """As a seed that cannot be read today may be readable tomorrow."""
    project = Project(tmp_path)
    numbers = {"a": -2, "b": UNUSABLE, "c": 1}
    project.reasons(numbers)
    assert project.reasons(numbers) == {
        "a": "unknown inputs",
        "b": "not reusable",
        "c": None,
    }


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(tmp_path: Path, jobs: int) -> None:
    """Also when some are up to date and others are run by several workers."""
    project = Project(tmp_path, jobs)
    numbers = {str(number): number for number in range(100, 160)}
    project.reasons({key: number for key, number in numbers.items() if number % 3 != 1})
    completed = list(project.results(numbers))
    assert [item.key for item in completed] == list(numbers)
    assert [item.result for item in completed] == [number**2 for number in numbers.values()]
    assert sum(item.reason is not None for item in completed) == 20
    assert project.progress[-1] == ("squaring", 20, 20)


def test_results_are_yielded_before_the_last_item_has_run(tmp_path: Path) -> None:
    """So memory does not grow with the number of items."""
    project = Project(tmp_path)
    with closing(project.results({str(number): number for number in range(100)})) as results:
        next(results)
        assert len(list(project.out.iterdir())) == SQUARE.batch_size


def test_workers_see_what_was_saved_before(tmp_path: Path) -> None:
    """Values are committed before the workers start."""
    project = Project(tmp_path, jobs=2)
    numbers = {str(number): number for number in range(40)}
    with open_database(project.database) as database:
        database.put(NAMES, ((key, b"n") for key in numbers))
    project.reasons(numbers)
    assert (project.out / "7.txt").read_text() == "n49"


def test_after_a_worker_died_only_what_it_did_not_finish_is_run(tmp_path: Path) -> None:
    """Each batch is committed when it is done."""
    project = Project(tmp_path, jobs=2)
    numbers = {str(number): number for number in range(40)}
    with pytest.raises(SeedbedError, match="a worker process died"):
        list(project.results({**numbers, "39": KILLS}))
    reasons = project.reasons(numbers)
    assert reasons["39"] == "new"
    assert None in reasons.values()


def test_an_item_that_kills_its_workers_costs_only_itself(tmp_path: Path) -> None:
    """It has the result of a lost item, and the next build tries it again."""
    project = Project(tmp_path, jobs=2, task=replace(SQUARE, result_if_lost=lambda key: -int(key)))
    numbers = {str(number): number for number in range(20, 60)}  # enough for two processes
    results = {item.key: item.result for item in project.results({**numbers, "39": KILLS})}
    assert results == {key: number**2 for key, number in numbers.items()} | {"39": -39}
    assert project.reasons(numbers) == dict.fromkeys(numbers) | {"39": "not reusable"}


def test_after_a_build_that_was_interrupted_the_rest_is_run(project: Project) -> None:
    """Outdated entries are gone, the others stay."""
    numbers = {**NUMBERS, "a": 7, "b": 8, "d": 9}
    with closing(project.results(numbers)) as results:
        next(results)
    reasons = project.reasons(numbers)
    assert (reasons["a"], reasons["d"]) == (None, "new")
    assert reasons["c"] is None


def test_a_damaged_database_is_dropped_and_all_items_are_run(project: Project) -> None:
    """A database can be deleted at any time."""
    data = bytearray(project.database.read_bytes())
    data[0:100] = bytes(100)
    project.database.write_bytes(data)
    assert set(project.reasons(NUMBERS).values()) == {"new"}


def test_a_missing_value_makes_the_build_start_again(project: Project) -> None:
    """Everything is run by the second attempt."""

    def build() -> dict[str, str | None]:
        with open_database(project.database) as database:
            if not database.was_reset:
                database.need(SQUARES, "missing")
        return project.reasons(NUMBERS)

    with pytest.raises(DamagedError):
        build()
    assert repaired(build) == dict.fromkeys(NUMBERS, "new")


def test_only_one_version_of_the_program_uses_an_entry(project: Project) -> None:
    """The result of another one is not even decoded."""
    with open_database(project.database) as database:
        assert database.keys(SQUARE.name) == ["a", "b"]
        row = EntryRow.of(["a", "c"], [entry_of("other", ())] * 2)
        database.put(SQUARE.name, [("a", encode(row))])
    assert project.reasons(NUMBERS)["a"] == "changed inputs"


def test_a_run_says_which_inputs_changed(project: Project) -> None:
    """By their names, in their order; all of them if all did."""
    project.unit = "km"
    runs = {item.key: item.run for item in project.results({**NUMBERS, "c": 5, "d": 6})}
    words = {key: SQUARE.in_words(run) for key, run in runs.items() if run}
    assert words == {
        "a": "changed inputs: the unit",
        "c": "changed inputs: the number, the unit",
        "b": "changed inputs: the unit",
        "d": "new",
    }


def test_each_build_has_a_number_and_an_entry_keeps_that_of_its_run(project: Project) -> None:
    """So it can be told which items were run by the last build."""
    project.reasons({**NUMBERS, "c": 5})
    with open_database(project.database) as database:
        build = Build.start(database, "version 1", 1, no_progress)
        assert (build.number, last_build_number(database)) == (3, 3)
        numbers = {key: entry.run.build for key, entry in build.entries(SQUARE).entries()}
    assert numbers == {"a": 1, "b": 1, "c": 2}


def test_a_result_of_the_whole_is_made_again_only_if_its_inputs_changed(tmp_path: Path) -> None:
    """Also in a later build; with another value the old result is gone."""
    total: Task[int] = Task("total", "adding", int, (PROGRAM, "the numbers"))
    made: list[int] = []

    def add(numbers: tuple[int, ...]) -> int:
        made.append(sum(numbers))
        return made[-1]

    for numbers, expected in (((1, 2), 3), ((1, 2), 3), ((2, 2), 4), ((1, 2), 3)):
        with open_database(tmp_path / "cache.sqlite") as database:
            build = Build.start(database, "program", 1, no_progress)
            inputs = build.fingerprint(numbers)
            assert build.reuse(total, inputs, partial(add, numbers)) == expected
            assert len(database.keys("total")) == 1
    assert made == [3, 4, 3]


_NUMBERS = st.dictionaries(st.integers(0, 60).map(str), st.sampled_from([-1, 1, 2, UNUSABLE]))
"""Numbers in any order."""


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(_NUMBERS, st.booleans(), st.sampled_from("0123456789")), max_size=6))
def test_rows_are_compared_as_each_item_would_be(
    runs: list[tuple[dict[str, int], bool, str]],
) -> None:
    """Whatever was added, removed, moved, changed or damaged in each of several runs."""
    before: dict[str, int] = {}
    with TemporaryDirectory() as folder:
        project = Project(Path(folder), task=replace(SQUARE, batch_size=16))
        for numbers, has_others, damaged in runs:
            wanted = numbers | {f"{n}!": n for n in range(70) if n != UNUSABLE and has_others}
            (project.out / f"{damaged}.txt").unlink(missing_ok=True)
            assert project.reasons(wanted) == {
                key: _expected_reason(number, before.get(key), is_damaged=key == damaged)
                for key, number in wanted.items()
            }
            before = wanted


def _expected_reason(number: int, before: int | None, *, is_damaged: bool) -> str | None:
    """Return why an item is run whose number was another one in the last run perhaps."""
    if before is None:
        return "new"
    if number < 0:
        return "unknown inputs"
    if before < 0 or before == UNUSABLE:
        return "not reusable"
    if number != before:
        return "changed inputs"
    return "modified outputs" if is_damaged else None


def _rows(project: Project) -> dict[str, tuple[int, bytes]]:
    """Return how many entries each row has, and its digest."""
    with open_database(project.database) as database:
        rows = load_entries(database, SQUARE.name).rows
    return {label: (row.count, row.digest) for label, row in rows.items() if row}


def test_an_edit_writes_few_rows_and_leaves_few_small_ones(tmp_path: Path) -> None:
    """However many edits there were; all but the rows of the last one are compared at once."""
    project = Project(tmp_path, task=replace(SQUARE, batch_size=64))
    numbers = {str(number): number for number in range(1_000, 1_640)}
    project.reasons(numbers)
    for key in ("1100", "1101", "1300", "1555", "1639", "1000", "1638"):
        before = _rows(project)
        numbers[key] += 1
        assert [key for key, reason in project.reasons(numbers).items() if reason] == [key]
        after = _rows(project)
        assert len(after.items() - before.items()) <= 5
        assert sum(count for count, _ in after.values()) == len(numbers)
        assert len(after) <= 10 + 3
        assert all(digest for _, digest in after.values())


def test_rows_of_another_version_are_deleted(project: Project) -> None:
    """Even if nothing is outdated."""
    with open_database(project.database) as database:
        database.put(SQUARE.name, [("other", b"\x80"), ("z", encode({"z": "text"}))])
    assert project.reasons(NUMBERS) == dict.fromkeys(NUMBERS)
    with open_database(project.database) as database:
        assert {*database.keys(SQUARE.name)} <= NUMBERS.keys()


def test_items_of_rows_in_which_nothing_changed_are_not_made(tmp_path: Path) -> None:
    """The results of such a row come together, and all results in the order of the items."""
    project = Project(tmp_path, task=replace(SQUARE, batch_size=64))
    numbers = {str(number): number for number in range(1_000, 1_640)}
    project.reasons(numbers)
    numbers["1100"] += 1
    made: set[int] = set()

    def make(position: int) -> Item:
        made.add(position)
        return wanted.make(position)

    with open_database(project.database) as database:
        build = Build.start(database, "version 1", 1, no_progress)
        build = replace(build, output_folder=project.out)
        wanted = items(build, numbers, "m")
        work, intact = partial(worker, project.database), frozenset(f"{key}.txt" for key in numbers)
        parts = [*build.run_by_row(project.task, work, replace(wanted, make=make), intact)]
    assert made == {*range(64, 128)}
    assert sum(isinstance(part, CurrentRow) for part in parts) == 9
    results = chain.from_iterable(part.results for part in parts)
    assert [*results] == [each**2 for each in numbers.values()]
