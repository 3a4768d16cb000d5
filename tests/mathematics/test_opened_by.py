"""Expansions that a scenario opens: a technology that may or may not succeed."""

from __future__ import annotations

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search.benders.split import split
from friendshore.optimizer.solve import solve_problem
from tests.mathematics.cases import Row, Sheets, about, built, island, optimum, plan_of, quantity, units, with_settings


def technology(price: float = 10, **cells: object) -> Sheets:
    """10 are wanted a year from y1 on and cost 5. Research for 10 in y0 may succeed by y1, with chance 0.5: then a
    plant of 10 for 20 makes them at 1."""
    sheets = island(4, 10, capacity=99, cost=5)
    sheets["Demand"][0]["y0"] = 0
    site: Row = {"country": "Home", "commodity": "metal", "capacity": 0}
    sheets["Plants"] += [site | {"plant": "lab", "unit_cost": 500}, site | {"plant": "fab", "unit_cost": 1}]
    research = built(expansion="research", plant="lab", size=1, capex=price, latest="y0")
    fab = built(expansion="line", plant="fab", capex=20, requires="any research", opened_by="success")
    sheets["Expansions"] = [research, fab | cells]
    sheets["Scenarios"] = [{"scenario": "success", "probability": 0.5, "onset": "y1"}]
    return sheets


@pytest.mark.parametrize("method", ["extensive", "benders"])
def test_research_that_may_succeed(method: str) -> None:
    """With research 10 + 0.5 · (20 + 30) + 0.5 · 150 = 110, without it 150: at 49 it still pays, at 51 not."""
    for price, cost in ((10, 110), (49, 149), (51, 150)):
        problem = problem_from_sheets(technology(price))
        plan = solve_problem(problem, gap=1e-9, threads=1, method=method).plan
        assert plan is not None
        assert plan.certificate is not None
        assert plan.certificate.holds(), plan.certificate
        assert plan.objective == about(cost)
        assert units(plan, scenario="success") == about(1 if price < 50 else 0)
        assert units(plan, scenario="base", expansion="line") == 0


def test_the_master_chooses_what_is_opened() -> None:
    """Whole units on a branch stand in the master of the decomposition, so that the branch is a linear programme."""
    parts = split(assemble(build_model_data(problem_from_sheets(technology()))))
    assert parts.master.integer.sum() == 1 + 3  # research in y0, the line in y1, y2 and y3
    assert [block.name for block in parts.blocks] == ["success"]


@pytest.mark.parametrize("mode", ["plan", "continuous", "integer"])
def test_opened_units_are_whole_whatever_branches_do(mode: str) -> None:
    """A line of 20 for the 10 wanted is bought whole; where it need not be whole, half of it."""
    sheets = with_settings(technology(size=20), branch_investment=mode)
    assert optimum(sheets) == about(110)
    sheets["Expansions"][1]["integer"] = "no"
    assert optimum(sheets) == about(105)


@pytest.mark.parametrize(("mode", "cost"), [("plan", 151 - 0.25 * 80 + 0.5 * 20), ("integer", 151 - 0.25 * 60)])
def test_what_leaves_the_path_follows_it_or_decides_anew(mode: str, cost: float) -> None:
    """The line may be had from y2 on, when half of the successes burn down for good. It saves 80 where it stands. Under
    ``plan`` the fire's path builds, and pays, what the path of success builds; else it does not."""
    sheets = with_settings(technology(1, earliest="y2"), branch_investment=mode)
    sheets["Scenarios"][0]["probability"] = 0.25
    fire = {"scenario": "fire", "probability": 0.25, "onset": "y2", "parent": "success", "step_months": 12}
    sheets["Scenarios"].append(fire)
    sheets["Events"] = [{"scenario": "fire", "kind": "capacity", "plant": "fab", "years": 2, "remaining": 0}]
    plan = plan_of(sheets)
    assert plan.objective == about(cost)
    spent = quantity(plan.costs[plan.costs["kind"] == "investment"], "cost", scenario="fire")
    assert spent == about(20 if mode == "plan" else 0)


def test_a_line_without_research_stays_closed() -> None:
    """Where research may only be done later than the line could first be built, the line waits for it: y2."""
    sheets = technology()
    sheets["Expansions"][0] |= {"earliest": "y2", "latest": "y2"}
    plan = plan_of(sheets)
    assert plan.objective == about(10 + 0.5 * (50 + 20 + 20) + 0.5 * 150)
    assert units(plan, scenario="success", period="y2") == about(1)
