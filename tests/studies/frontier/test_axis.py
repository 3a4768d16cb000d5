"""What is varied: a limit either way round, months, the weight of risk; and what is refused."""

from __future__ import annotations

import dataclasses

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import Plan, PolicyValue
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.frontier.axis import Axis, Over, limit_axis, months_axis, risk_axis
from tests.mathematics.cases import importer, stop, under
from tests.studies.prices.test_step_prices import fed, home


@pytest.fixture(scope="module")
def plan() -> Plan:
    found = solve_problem(home(fed(0.6)), gap=0.0).plan
    assert found is not None
    return found


def standing(plan: Plan, **changes: object) -> Plan:
    """The plan with another standing of its policy."""
    (value,) = plan.policies
    return dataclasses.replace(plan, policies=(dataclasses.replace(value, **changes),))  # type: ignore[arg-type]


def test_a_most_and_a_least() -> None:
    """Of a most, ease is the limit; of a least, its negative: what asks more is always the smaller."""
    most = Axis(Over.LIMIT, "cap", 0.6, 0.2, floor=False)
    assert (most.tight, most.loose, most.setting(0.3)) == (0.2, 0.6, 0.3)
    least = Axis(Over.LIMIT, "cover", 30, 90, floor=True)
    assert (least.tight, least.loose, least.setting(-40)) == (-90, -30, 40)
    assert (most.resolution, least.resolution) == (0.001, 0.1)
    assert Axis(Over.MONTHS, "stop", 1, 24, floor=True).resolution == 1.0


def test_a_varied_problem_has_one_number_changed_and_no_penalty() -> None:
    """A rule that may be broken at a price must hold, or its limit would say nothing."""
    problem = home(fed(0.6) | {"penalty": 5})
    (row,) = limit_axis(problem, "fed", (0.1, 0.9)).varied(problem, 0.3).policies
    assert (row.limit, row.penalty) == (0.3, None)
    assert problem.policies[0].limit == 0.6
    assert risk_axis((0, 0.5)).varied(problem, -0.25).settings.risk_aversion == 0.25


def test_months_are_the_length_of_the_stop() -> None:
    rule = {"kind": "survive", "limit": 0.5, "suppliers": "Far", "years": 1}
    problem = problem_from_sheets(under(importer(2) | stop(0.5), **rule))
    (row,) = months_axis(problem, "rule", (3, 12)).varied(problem, -6).policies
    assert row.years == 0.5


def test_a_plan_holds_from_where_it_stands(plan: Plan) -> None:
    """It stands at 55 %: from there on; at nothing at all: everywhere; where it breaks the rule, or stands beyond its
    limit by what solvers leave, at the limit itself."""
    axis = limit_axis(plan.problem, "fed", (0.1, 0.9))
    assert axis.reached(standing(plan, value=0.55), 0.6) == 0.55
    assert axis.reached(standing(plan, value=None), 0.6) == 0.1
    assert axis.reached(standing(plan, value=0.6000001), 0.6) == 0.6
    assert axis.reached(standing(plan, value=0.3, violation=0.1), 0.6) == 0.6
    assert axis.reached(standing(plan, value=0.05), 0.6) == 0.1


def test_a_stop_that_was_slack_may_fail_at_a_tighter_limit(plan: Plan) -> None:
    """What a rule on stops stands at is that of the stops on the plan: it is taken to hold where it was asked alone;
    how long it is survived counts in months, whole ones."""
    (value,) = plan.policies
    tested = PolicyValue("fed", "survive", 0.6, 0.2, None, asked_years=0.5, survived_years=0.79)
    other = dataclasses.replace(plan, policies=(tested,))
    assert value.kind == "max_shortage"
    assert Axis(Over.LIMIT, "fed", 0.1, 0.9, floor=False).reached(other, 0.6) == 0.6
    months = Axis(Over.MONTHS, "fed", 1, 24, floor=True)
    assert months.reached(other, -6) == -9
    ended = dataclasses.replace(plan, policies=(dataclasses.replace(tested, survived_to_end=True),))
    assert months.reached(ended, -6) == -24


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((0.1, 1.5), "limit 1.5: wanted from 0 to 1"),
        ((-0.1, 0.5), "limit -0.1: wanted from 0 to 1"),
        ((0.5, 0.5), "wanted two ends that differ"),
        ((0.5, float("nan")), "limit nan: wanted"),
    ],
)
def test_limits_that_are_none(ends: tuple[float, float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        limit_axis(home(fed(0.6)), "fed", ends)


def test_what_cannot_be_varied() -> None:
    problem = home(fed(0.6))
    with pytest.raises(ValueError, match="there is no policy 'moon'; there are fed"):
        limit_axis(problem, "moon", (0.1, 0.9))
    with pytest.raises(ValueError, match="tests no stop"):
        months_axis(problem, "fed", (1, 9))
    with pytest.raises(ValueError, match=r"risk aversion 1: wanted from 0 to below 1"):
        risk_axis((0, 1))
    sheets = under(importer(2), kind="max_shortage", limit=0.5)
    sheets["Profiles"] = [{"table": "Policies", "id": "rule", "column": "limit", "y1": 0.4}]
    with pytest.raises(ValueError, match="changes with the years"):
        limit_axis(problem_from_sheets(sheets), "rule", (0.1, 0.9))
    stops = {"kind": "survive", "limit": 0.5, "suppliers": "Far", "years": 1}
    with pytest.raises(ValueError, match=r"months 1\.5: wanted whole months from 1 on"):
        months_axis(problem_from_sheets(under(importer(2), **stops)), "rule", (1.5, 9))
