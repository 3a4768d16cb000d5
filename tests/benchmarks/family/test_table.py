"""The table says of every problem no more than what is certified and proven, and takes in what is better alone."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import benchmarks
from benchmarks.family.catalogue import NAMES
from benchmarks.family.measure import Case
from benchmarks.family.table import (
    Contradiction,
    How,
    Known,
    read_table,
    read_whole_numbers,
    with_case,
    write_table,
    write_whole_numbers,
)
from benchmarks.family.told import markdown_row, table_row

KNOWN = Known("it", 3, 2, 1, 4, "abc", False, 100.0, 98.0, How("ours", "1", 2.0), How("tree", "1", 3.0))


def case(**changed: object) -> Case:
    return dataclasses.replace(Case("it", "highs", 99.0, 97.0, 1.0, violation=1e-9), **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize("known", read_table().values(), ids=lambda known: known.name)
def test_every_problem_has_a_plan_and_a_bound_below_it(known: Known) -> None:
    assert known.objective is not None
    assert known.bound is not None
    assert known.objective >= known.bound
    assert known.gap == pytest.approx((known.objective - known.bound) / known.objective)
    assert known.plan.version
    assert known.proof.version


def test_the_table_is_of_the_family_and_of_nothing_else() -> None:
    assert tuple(read_table()) == NAMES


def test_the_readme_has_the_table() -> None:
    """As ``list --markdown`` prints it."""
    readme = (Path(benchmarks.__file__).parent / "README.md").read_text(encoding="utf-8")
    for known in read_table().values():
        assert markdown_row(known) in readme


def test_a_gap_is_rounded_up_and_what_is_not_known_a_dash() -> None:
    exact = dataclasses.replace(KNOWN, bound=100.0 - 1e-10)
    narrow = dataclasses.replace(KNOWN, bound=100.0 - 1e-5)
    assert markdown_row(KNOWN) == "| it | 3 | 2 | 4 | 1 | 100 | 98 | 2.000 % |"
    assert markdown_row(exact).endswith("| 0 |")
    assert markdown_row(narrow).endswith("| 0.001 % |")
    assert table_row(dataclasses.replace(KNOWN, bound=None)).endswith("–")


def test_a_better_certified_plan_counts_and_a_lower_bound_does_not() -> None:
    after = with_case(KNOWN, case(), "2")
    assert (after.objective, after.plan) == (99.0, How("highs", "2", 1.0))
    assert (after.bound, after.proof) == (KNOWN.bound, KNOWN.proof)


def test_a_higher_bound_counts() -> None:
    after = with_case(KNOWN, case(objective=None, bound=99.5), "2")
    assert (after.objective, after.bound, after.proof.way) == (100.0, 99.5, "highs")


@pytest.mark.parametrize("violation", [None, 1e-3])
def test_a_plan_that_is_not_certified_does_not_count(violation: float | None) -> None:
    assert with_case(KNOWN, case(violation=violation), "2").objective == 100.0


@pytest.mark.parametrize("changed", [{"objective": 97.0}, {"objective": None, "bound": 101.0}])
def test_a_plan_below_what_is_proven_is_a_contradiction(changed: dict[str, float | None]) -> None:
    with pytest.raises(Contradiction, match="it"):
        with_case(KNOWN, case(**changed), "2")


def test_a_bound_beyond_the_plan_by_rounding_is_the_plan() -> None:
    after = with_case(KNOWN, case(objective=None, bound=100.0 + 1e-8), "2")
    assert after.bound == after.objective == 100.0


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    nothing = Known("other", 3, 2, 1, 4, "abc", True)
    write_table({"other": nothing, "it": KNOWN}, tmp_path / "table.csv")
    assert read_table(tmp_path / "table.csv") == {"it": KNOWN, "other": nothing}
    assert read_table(tmp_path / "none.csv") == {}


def test_whole_numbers_of_one_problem_are_replaced_alone(tmp_path: Path) -> None:
    path = tmp_path / "whole.csv"
    write_whole_numbers("one", [("a", 1), ("b", 2)], path)
    write_whole_numbers("two", [("a", 5)], path)
    write_whole_numbers("one", [("b", 3)], path)
    assert read_whole_numbers("one", path) == {"b": 3}
    assert read_whole_numbers("two", path) == {"a": 5}
