"""The problem split into families is the problem: the same optimum, when all agree on what is shared."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo
import pytest
from hypothesis import HealthCheck, given, settings

from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.models.formulation.keys import Share
from friendshore.models.formulation.scenario_model import scenario_model
from friendshore.models.formulation.two_stage import SHARED, two_stage
from friendshore.models.problem import Problem
from friendshore.models.tree.branch import BASE
from friendshore.optimizer.solve import solve_problem
from tests.examples import examples
from tests.mathematics.cases import Sheets, importer, stop, under, with_settings
from tests.reference.random_problems import sheets

often = settings(
    max_examples=examples(20), deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def together(problem: Problem) -> float | None:
    """The optimum of the models of all families held to one first stage; None where there is none."""
    stages = two_stage(problem)
    model = pyo.ConcreteModel()
    parts = {name: scenario_model(stages, name) for name in stages.probability}
    model.total = pyo.Objective(expr=sum(part.probability * part.total_cost.expr for part in parts.values()))
    model.agree = pyo.ConstraintList()
    first = parts[BASE]
    for i, (name, part) in enumerate(parts.items()):
        part.total_cost.deactivate()
        model.add_component(f"part{i}", part)
        if name != BASE:
            assert [v.local_name for v in part.first_stage] == [v.local_name for v in first.first_stage]
            for mine, theirs in zip(part.first_stage, first.first_stage, strict=True):
                model.agree.add(mine == theirs)
    solver = pyo.SolverFactory("appsi_highs")
    solver.highs_options = {"mip_rel_gap": 1e-9}  # and threads as they are: HiGHS refuses others once it has begun
    solver.config.load_solution = False
    found = solver.solve(model, load_solutions=False)
    end = found.solver.termination_condition
    if end == pyo.TerminationCondition.optimal:
        return float(found.problem.upper_bound)
    assert end in (pyo.TerminationCondition.infeasible, pyo.TerminationCondition.infeasibleOrUnbounded), end
    return None


@often
@given(sheets(branch_investment=("plan", "continuous", "integer")))
def test_the_split_is_the_problem(drawn: Any) -> None:
    """Children of branches, stress branches, risk aversion, coupled policies and branches that invest, at random."""
    try:
        problem = problem_from_sheets(drawn)
    except InvalidProblem:
        return
    found = solve_problem(problem, gap=1e-9, threads=1)
    mine = together(problem)
    if found.plan is None:
        assert mine is None
    else:
        assert mine == pytest.approx(found.plan.objective, rel=1e-6, abs=1e-5)


def two_stops(**cells: Any) -> Sheets:
    """Far makes what Home needs, 12 a year for three years; two scenarios, of 0.1 and 0.3, in the second year."""
    sheets = importer(3)
    sheets["Scenarios"], sheets["Events"] = [], []
    for name, probability, remaining in (("mild", 0.1, 0.5), ("hard", 0.3, 0.0)):
        one = stop(probability, name=name, remaining=remaining)
        sheets["Scenarios"] += one["Scenarios"]
        sheets["Events"] += one["Events"]
    return under(sheets, **cells) if cells else sheets


def test_families_by_hand() -> None:
    """Each scenario is a family of its own, which has the two years from its onset on; the base path is shared."""
    stages = two_stage(problem_from_sheets(two_stops()))
    assert stages.probability == pytest.approx({"base": 0.6, "mild": 0.1, "hard": 0.3})
    assert {name: len(nodes) for name, nodes in stages.nodes.items()} == {SHARED: 3, "base": 0, "mild": 2, "hard": 2}


def test_a_row_that_spans_families_is_taken_apart() -> None:
    """Expected shortage at most 5%: a share of it for each family, decided with what is shared, and one row each."""
    stages = two_stage(problem_from_sheets(two_stops(kind="max_shortage", scenario="expected", limit=0.05)))
    shares = [column.key for column in stages.columns[SHARED] if isinstance(column.key, Share)]
    assert {key.stage for key in shares} == {"mild", "hard"}
    for name in ("mild", "hard"):
        assert [type(row.key) for row in stages.rows[name]] == [Share]


@pytest.mark.parametrize(
    "sheets",
    [
        two_stops(kind="max_shortage", scenario="expected", limit=0.12),
        two_stops(kind="max_shortage", scenario="cvar", limit=0.4),
        two_stops(kind="survive", suppliers="Far", years=1, limit=1),
        with_settings(two_stops(), risk_aversion=0.5, cvar_alpha=0.8),
    ],
    ids=["expected", "cvar", "survive", "risk"],
)
def test_what_binds_families_together(sheets: Sheets) -> None:
    """Rows over all paths, stress branches, and the value at risk, with a stockpile to trade one against the other."""
    sheets["Stockpiles"] = [
        {
            "stockpile": "store",
            "country": "Home",
            "commodity": "metal",
            "max_level": 10,
            "final_min": 0,
            "holding_cost": 20,
        }
    ]
    problem = problem_from_sheets(sheets)
    plan = solve_problem(problem, gap=0.0, threads=1).plan
    assert plan is not None
    assert together(problem) == pytest.approx(plan.objective, rel=1e-7)


def test_a_cone_is_refused_by_name() -> None:
    sheets = under(two_stops(), kind="max_hhi", suppliers="each *", limit=0.9)
    with pytest.raises(ValueError, match="max_hhi is a cone, which a linear model cannot hold: leave out rule"):
        two_stage(problem_from_sheets(sheets))
