"""Every smallest set of rows that clash: by hand, and against all subsets of random problems."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import combinations
from random import Random

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.studies.explain.edits import without
from tests.studies.explain.cases import FED, cap, conflicts_of, drawn, explained, feasible, lines_of, told, trade

EXAMPLES = int(os.environ.get("FRIENDSHORE_EXAMPLES", "3"))


def test_a_plan_there_is() -> None:
    study = explained(trade(cap("far_cap", 0.6, "Far"), FED))
    assert study.has_plan and study.conflicts is not None
    assert study.conflicts.complete and not study.conflicts.conflicts and not study.repairs


def test_two_conflicts_that_share_a_row() -> None:
    """Far and Near at most 40% each leave nothing to take in, so that nobody is fed; nor does the contract of 5 a year
    from Far leave room for its cap, whose 40% of 10 are 4. Caps that are met anyway belong to no conflict."""
    sheets = trade(cap("far_cap", 0.4, "Far"), cap("near_cap", 0.4, "Near"), FED, cap("loose", 0.95, "Far"))
    sheets["Lanes"].append({"from": "Far", "to": "Home", "least": 5})
    found = conflicts_of(problem_from_sheets(sheets))
    assert found.complete
    assert told(found) == {frozenset({"Policies 2", "Policies 3", "Policies 4"}), frozenset({"Policies 2", "Lanes 3"})}


def test_a_row_that_clashes_by_itself_and_no_larger_set_with_it() -> None:
    """Thirty days of use in a store that holds half a tonne."""
    floor = {"policy": "floor", "kind": "stock_cover", "limit": 30, "consumers": "Home", "commodity": "good"}
    sheets = trade(floor, FED)
    sheets["Stockpiles"] = [{"stockpile": "store", "country": "Home", "commodity": "good", "max_level": 0.5}]
    assert told(conflicts_of(problem_from_sheets(sheets))) == {frozenset({"Policies 2"})}


def test_whole_units_alone_can_clash() -> None:
    """Half a line would do for half of 10 from Near, within a budget of 60; whole lines of 120 do not."""
    half = {"policy": "half", "kind": "min_share", "limit": 0.5, "suppliers": "Near", "from_period": "y1"}
    budget = {"policy": "budget", "kind": "max_capex", "limit": 60}
    found = conflicts_of(problem_from_sheets(lines_of(trade(half, budget, FED))))
    assert told(found) == {frozenset({"Policies 2", "Policies 3", "Policies 4"})}
    assert found.searches > 0
    assert not conflicts_of(problem_from_sheets(lines_of(trade(half, budget, FED), integer="no"))).conflicts


def test_least_levels_of_one_stock_are_two_demands() -> None:
    """Far makes 1 a year, Near nothing: 3 at the end of the first year cannot be had, nor 20 at the end of all."""
    sheets = trade()
    sheets["Plants"] = [sheets["Plants"][0] | {"capacity": 1}]
    sheets["Stockpiles"] = [
        {"stockpile": "store", "country": "Home", "commodity": "good", "max_level": 50, "min_level": 3, "final_min": 20}
    ]
    found = conflicts_of(problem_from_sheets(sheets))
    asked = {tuple(found.demands[i].column for i in sorted(rows)) for rows in found.conflicts}
    assert asked == {("min_level",), ("final_min",)}


def test_concentration_is_a_cone() -> None:
    """Two equal suppliers give an index of 0.5; 0.45 cannot be had while everyone is fed, 0.55 can."""
    spread = {"policy": "spread", "kind": "max_hhi", "consumers": "Home", "commodity": "good", "limit": 0.45}
    found = conflicts_of(problem_from_sheets(trade(spread, FED)))
    assert told(found) == {frozenset({"Policies 2", "Policies 3"})}
    assert not conflicts_of(problem_from_sheets(trade(spread | {"limit": 0.55}, FED))).conflicts


# -- against all subsets ----------------------------------------------------------------------------------------------


def smallest(sets: list[frozenset[int]]) -> set[frozenset[int]]:
    return {one for one in sets if not any(other < one for other in sets)}


def subsets(count: int) -> Iterator[frozenset[int]]:
    return (frozenset(rows) for size in range(count + 1) for rows in combinations(range(count), size))


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_all_conflicts_and_all_corrections(seed: int) -> None:
    """Each subset of demands is left standing by itself in the tables, and its program is solved."""
    problem = problem_from_sheets(drawn(Random(seed)))  # noqa: S311 - not for secrets
    found = conflicts_of(problem)
    everything = frozenset(range(len(found.demands)))

    def holds(rows: frozenset[int]) -> bool:
        return feasible(without(problem, [found.demands[i] for i in everything - rows]))

    can = {rows: holds(rows) for rows in subsets(len(everything))}
    assert found.complete
    assert set(found.conflicts) == smallest([rows for rows, held in can.items() if not held])
    assert set(found.corrections) == smallest([everything - rows for rows, held in can.items() if held])
