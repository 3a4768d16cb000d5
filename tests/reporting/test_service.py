"""Units built: on which paths they stand, when they serve, and the capacity they make."""

import dataclasses

import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting.service import capacity, charged, decided, in_service, standing
from tests.reporting import plans
from tests.reporting.plans import FIRST, KAPPA, THIRD


def _with(plan: Plan, rows: list[tuple[object, ...]], branch_investment: str) -> Plan:
    tables = plan.problem.tables
    settings = dataclasses.replace(tables.settings, branch_investment=branch_investment)
    problem = dataclasses.replace(plan.problem, tables=dataclasses.replace(tables, settings=settings))
    return dataclasses.replace(
        plan, problem=problem, investments=plans.frame("scenario period step expansion units", rows)
    )


def test_a_unit_serves_after_its_lead_time_on_every_path(plan: Plan) -> None:
    rows = in_service(plan).set_index(["scenario", "period", "step"])["units"]
    assert rows[FIRST] == 0
    assert rows[("base", "2027", 1)] == rows[THIRD] == rows[("mine/C@2027", "2027", 1)] == 1


def test_a_branch_decides_anew_only_where_settings_say_so(plan: Plan) -> None:
    rows = [(*FIRST, "open_B", 1.0), ("base", "2027", 1, "open_B", 1.0), (*THIRD, "open_B", 0.5)]
    anew = standing(_with(plan, rows, "continuous"))
    assert [unit.units for unit in anew["ban"]] == [1.0, 0.5]
    copied = _with(plan, rows, "plan")
    assert [unit.units for unit in standing(copied)["ban"]] == [1.0, 1.0]
    assert len(decided(copied)) == 2
    assert standing(copied)["mine/C@2027"] == standing(copied)["base"]


def test_only_the_share_of_life_within_the_horizon_is_charged(plan: Plan) -> None:
    assert charged(plan, decided(plan)[0]) == pytest.approx(500 * KAPPA)


def test_capacity_is_what_stands_and_what_is_built_over_the_node(plan: Plan) -> None:
    rows = capacity(plan).set_index(["scenario", "period", "step", "plant"])["capacity"]
    assert rows[(*FIRST, "mine_B")] == 0
    assert rows[("base", "2027", 1, "mine_B")] == 200  # 100 a year over two years
    assert rows[(*THIRD, "mine_B")] == 100
    assert rows[("base", "2027", 1, "mag_A")] == 200


def test_a_plan_without_investments_has_none_in_service(plan: Plan) -> None:
    none = _with(plan, [], "plan")
    assert in_service(none).empty
    assert capacity(none)["capacity"].sum() == pytest.approx((100 + 1000) * (1 + 2 + 1 + 1 + 2))
