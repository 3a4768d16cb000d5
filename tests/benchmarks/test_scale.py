"""The scale family: the same seed the same problem, as large as asked, valid by the checks, and solvable."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from benchmarks.scale import scaled
from friendshore import read_workbook, solve
from friendshore.models.problem import Problem
from friendshore.models.rules import stress_branches
from friendshore.models.schema import Record
from friendshore.models.tables import Scenario, Tables
from friendshore.models.tree.dangers import chances
from friendshore.models.tree.scenario_tree import build_tree

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture(scope="module")
def magnets() -> Problem:
    return read_workbook(INPUTS / "rare_earth_magnets.xlsx")


@pytest.fixture(scope="module")
def tutorial() -> Problem:
    return read_workbook(INPUTS / "tutorial.xlsx")


def content(tables: Tables) -> dict[str, object]:
    """All tables without the places on the sheets."""
    bare = {"row": 0, "given": frozenset()}
    rows = {name: rows for name, rows in vars(tables).items() if name not in ("settings", "periods")}
    found: dict[str, object] = {
        name: [dataclasses.replace(row, **bare) for row in rows if isinstance(row, Record)]
        for name, rows in rows.items()
    }
    return found | {"settings": dataclasses.replace(tables.settings, **bare)}


def likely(problem: Problem) -> list[Scenario]:
    return [row for row in problem.tables.scenarios if row.probability]


def test_nothing_asked_for_is_the_workbook_itself(magnets: Problem) -> None:
    """Would fail if a number were lost on the way through the sheets."""
    assert content(scaled(magnets).tables) == content(magnets.tables)


def test_the_same_seed_is_the_same_problem_and_another_seed_another(magnets: Problem) -> None:
    first = scaled(magnets, branches=30, commodities=2, countries=18, periods=12, tight=True, seed=3)
    again = scaled(magnets, branches=30, commodities=2, countries=18, periods=12, tight=True, seed=3)
    other = scaled(magnets, branches=30, commodities=2, countries=18, periods=12, tight=True, seed=4)
    assert content(first.tables) == content(again.tables)
    assert content(first.tables)["events"] != content(other.tables)["events"]
    assert content(first.tables)["plants"] != content(other.tables)["plants"]


def test_it_is_as_large_as_asked(magnets: Problem) -> None:
    """Copies of the chain double every sheet of the chain, countries and years are those asked for."""
    large = scaled(magnets, branches=60, commodities=2, countries=19, periods=14)
    assert len(likely(large)) == 60
    assert len(large.countries) == 19
    assert len(large.periods) == 14
    assert large.periods[-1].period == "2039"
    assert len(large.commodities) == 2 * len(magnets.commodities)
    assert len(large.expansions) >= 2 * len(magnets.expansions)
    assert {row.bloc for row in large.countries.values() if row.country not in magnets.countries} <= {
        "partner",
        "neutral",
    }


def test_the_stress_tests_and_the_total_probability_of_the_workbook_stay(magnets: Problem) -> None:
    drawn = scaled(magnets, branches=100)
    assert sum(row.probability for row in likely(drawn)) == pytest.approx(1 - chances(magnets).base, rel=1e-4)
    unlikely = {row.scenario for row in magnets.tables.scenarios if not (row.probability or row.per_year)}
    assert {row.scenario for row in drawn.tables.scenarios if not row.probability} == unlikely


def test_few_branches_are_the_beginning_of_many(magnets: Problem) -> None:
    """Growth is then measured on one family, not on ever new problems."""
    few, many = scaled(magnets, branches=20), scaled(magnets, branches=50)
    names = {row.scenario for row in likely(few)}
    events = [row for row in content(many.tables)["events"] if row.scenario in names]  # type: ignore[attr-defined]
    assert events == [row for row in content(few.tables)["events"] if row.scenario in names]  # type: ignore[attr-defined]


def test_children_begin_after_their_parents_and_are_drawn_at_all(magnets: Problem) -> None:
    drawn = scaled(magnets, branches=200)
    onset = {row.scenario: drawn.period_index(row.onset, 0) for row in likely(drawn)}
    children = [row for row in likely(drawn) if row.parent != "base"]
    assert len(children) > 10
    assert all(onset[row.scenario] > onset[row.parent] for row in children)


def test_the_tree_grows_with_the_branches(magnets: Problem) -> None:
    def nodes(count: int) -> int:
        problem = scaled(magnets, branches=count)
        return len(build_tree(problem, stress_branches(problem, {})).nodes)

    assert 1.8 < nodes(400) / nodes(200) < 2.2


def test_tight_problems_have_lumps_a_scarce_budget_and_rules_over_all_paths(magnets: Problem) -> None:
    loose, tight = scaled(magnets, branches=5), scaled(magnets, branches=5, tight=True)
    for name, row in tight.expansions.items():
        assert row.size == pytest.approx(3 * loose.expansions[name].size, rel=1e-5)
        assert row.fixed_cost > loose.expansions[name].fixed_cost
    limits = {row.policy: row.limit for row in loose.policies}
    assert any(
        row.kind == "max_capex" and row.limit < limits[row.policy] for row in tight.policies if row.policy in limits
    )
    assert {(row.kind, row.scenario) for row in tight.policies if row.policy.startswith("tight_")} >= {
        ("max_shortage", "expected"),
        ("max_shortage", "cvar"),
    }
    assert tight.settings.risk_aversion == 0.5


def test_units_of_another_size_cost_and_make_the_same(magnets: Problem) -> None:
    """Five of a fifth each for every unit, and as much in all."""
    before, after = (dict(problem.expansions) for problem in (magnets, scaled(magnets, lump=0.2)))
    for name, row in before.items():
        small = after[name]
        assert small.size == pytest.approx(row.size / 5)
        assert (small.capex / small.size) == pytest.approx(row.capex / row.size)
        assert (small.fixed_cost / small.size) == pytest.approx(row.fixed_cost / row.size)
        assert small.max_units == 5 * row.max_units


def test_a_kind_of_policy_can_be_left_out(magnets: Problem) -> None:
    small = scaled(magnets, without=("clean_origin", "protections"))
    assert not small.protections
    assert {row.kind for row in magnets.policies} - {row.kind for row in small.policies} == {"clean_origin"}


def test_a_scaled_problem_solves_to_a_certified_plan(tutorial: Problem) -> None:
    outcome = solve(scaled(tutorial, branches=6, commodities=2, countries=5, periods=4, tight=True))
    assert outcome.plan is not None
    assert outcome.plan.certificate is not None
    assert outcome.plan.certificate.max_violation < 1e-9
