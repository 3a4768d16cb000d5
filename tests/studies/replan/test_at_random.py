"""Random problems made again as planned, against the whole tree with the past held; and causes that add up.

``FRIENDSHORE_EXAMPLES`` sets how many problems are drawn (see ``tests/examples.py``). Left out is what looks at whole
paths, past included: the weight of risk, rules over paths and events; prices of violation, which are not discounted;
and survival, which of a rest of one period asks more than of the last period of a plan.
"""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from friendshore._studies import saved_plan
from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.models.plan import Plan
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.replan.actuals import Actuals, Built, Figure
from friendshore.optimizer.studies.replan.planned import planned_standing
from friendshore.optimizer.studies.replan.read import later_periods
from friendshore.optimizer.studies.replan.remainder import remainder
from friendshore.optimizer.studies.replan.work import replan
from tests.examples import examples
from tests.reference.random_problems import sheets
from tests.studies.replan.cases import EXACT, adds_up
from tests.studies.replan.conditioned import conditioned

CLOSE = 2e-6
KINDS = ("max_share", "min_share", "stock_cover", "max_shortage", "max_capex", "max_emissions")

often = settings(
    max_examples=examples(16), deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def without_paths(drawn: Any) -> Any:
    """The problem without what looks at whole paths."""
    made = dict(drawn)
    taken = ("risk_aversion", "cvar_alpha")
    made["Settings"] = [row for row in made.get("Settings", []) if row["setting"] not in taken]
    rules = [row for row in made.get("Policies", []) if row.get("over", "step") == "step"]
    made["Policies"] = [row for row in rules if row.get("scenario") not in ("expected", "cvar")]
    names = {row["policy"] for row in made["Policies"]}
    profiles = made.get("Profiles", [])
    made["Profiles"] = [row for row in profiles if row["table"] != "Policies" or row["id"] in names]
    return {name: rows for name, rows in made.items() if rows}


def best(drawn: Any) -> Plan:
    """The optimal plan; problems without one are not looked at."""
    try:
        plan = solve_problem(problem_from_sheets(drawn), gap=0.0, threads=1).certified
    except InvalidProblem:
        plan = None
    assume(plan is not None)
    assert plan is not None
    return plan


def check_rest(drawn: Any, when: int) -> None:
    """Demand, stocks, ramps, lives, closings, protections, dangers, sequels and rules: as planned and nothing having
    struck, the problem of the rest has the optimum of the tree in which what came before is fixed."""
    told = without_paths(drawn)
    plan = best(told)
    later = later_periods(plan.problem)
    assume(later)
    as_of = plan.problem.period_index(later[when % len(later)], 0)
    standing = planned_standing(saved_plan(plan), as_of, "base")
    rows = plan.investments
    decided: dict[tuple[str, str, str], float] = {}
    for scenario, period, name, units in zip(
        rows["scenario"], rows["period"], rows["expansion"], rows["units"], strict=True
    ):
        key = str(scenario), str(period), str(name)
        decided[key] = decided.get(key, 0.0) + float(units)
    found = solve_problem(remainder(plan.problem, standing), gap=0.0, threads=1)
    wanted = conditioned(told, standing, decided)
    assert (found.certified is None) == (wanted is None)
    if wanted is not None and found.objective is not None:
        assert abs(found.objective - wanted) <= CLOSE * max(1.0, abs(wanted))


REST = st.tuples(sheets(penalties=False, policy_kinds=KINDS), st.integers(1, 9))


@often
@given(REST)
def test_the_rest_is_the_whole_tree_with_the_past_held(asked: tuple[Any, int]) -> None:
    check_rest(*asked)


def check_causes(drawn: Any, when: int, fewer: float, need: float) -> None:
    """Whatever came otherwise: from what was expected to what the rest costs nothing is left unexplained."""
    plan = best(without_paths(drawn))
    problem, saved = plan.problem, saved_plan(plan)
    labels = [period.period for period in problem.periods]
    later = later_periods(problem)
    assume(later)
    as_of = labels.index(later[when % len(later)])
    planned = planned_standing(saved, as_of, "base")
    actuals = Actuals(
        labels[as_of],
        built=[Built(row.expansion, row.period, fewer * row.units, row.service + 0.5, 3.0) for row in planned.ordered],
        levels={name: level / 2 for name, level in planned.levels.items()},
        demand={problem.demand[0].row: {labels[-1]: need}},
        figures=[Figure("Plants", next(iter(problem.plants)), "unit_cost", {labels[-1]: 11.0})],
    )
    try:
        study = replan(saved, actuals, EXACT)
    except InvalidProblem:  # such as a store that would be worn out within the horizon
        assume(False)
        raise
    assume(study.rest is not None and all(each.amount is not None for each in study.causes))
    assert adds_up(study)
    for cause in study.causes:
        assert cause.between is not None and cause.amount is not None
        slack = 1e-6 * max(1.0, abs(cause.amount))
        assert cause.between.low - slack <= cause.amount <= cause.between.high + slack


CAUSES = st.tuples(
    sheets(penalties=False, policies=False, dangers=False),
    st.integers(0, 9),
    st.sampled_from((0.0, 1.0)),
    st.sampled_from((1.0, 7.0)),
)


@often
@given(CAUSES)
def test_causes_add_up(asked: tuple[Any, int, float, float]) -> None:
    check_causes(*asked)
