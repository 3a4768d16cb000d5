"""Plan Sourcing: shares of what a buyer takes in, and the landed cost of a unit."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.page import write_report
from friendshore.optimizer.reporting import sourcing, write_plan
from friendshore.optimizer.reporting.frames import largest_and_rest
from tests.mathematics.cases import importer, solve
from tests.reporting import plans


def _rows(plan: Plan) -> pd.DataFrame:
    return sourcing.deliveries(plan).set_index(["scenario", "period", "origin", "destination", "commodity"])


def test_landed_cost_adds_freight_and_tariff_and_counts_what_arrives(plan: Plan) -> None:
    ore = _rows(plan).loc[("base", "2026", "C", "A", "ore")]
    assert (ore["at_source"], ore["freight"], ore["tariff"], ore["loss"]) == (1, 0.5, pytest.approx(0.2), 0.15)
    assert ore["landed"] == pytest.approx((1 + 0.5 + 0.2) / 0.85)
    magnet = _rows(plan).loc[("base", "2026", "A", "B", "magnet")]
    assert magnet["landed"] == pytest.approx(10 + 1)


def test_shares_are_of_all_the_buyer_takes_in(plan: Plan) -> None:
    rows = _rows(plan)["share"]
    assert rows["base", "2027", "C", "A", "ore"] == pytest.approx(200 / 350)
    assert rows["base", "2027", "B", "A", "ore"] == pytest.approx(150 / 350)
    assert rows["base", "2026", "A", "A", "magnet"] == 1


def test_the_steps_of_a_period_are_added_up(plan: Plan) -> None:
    rows = _rows(plan)["quantity"]
    assert rows["ban", "2027", "A", "A", "magnet"] == 100
    assert rows["ban", "2027", "C", "A", "ore"] == 200


def test_cost_at_source_is_the_mean_of_active_plants_by_what_they_make(plan: Plan) -> None:
    tables = plan.problem.tables
    second = dataclasses.replace(tables.plants[2], plant="mine_D", unit_cost=4.0)
    problem = dataclasses.replace(plan.problem, tables=dataclasses.replace(tables, plants=(*tables.plants, second)))
    more = pd.concat(
        [plan.production, plans.frame("scenario period step plant activity", [(*plans.FIRST, "mine_D", 100.0)])]
    )
    rows = sourcing.costs_at_source(dataclasses.replace(plan, problem=problem, production=more))
    ore = rows[(rows["origin"] == "C") & (rows["period"] == "2026")]
    assert ore["at_source"].tolist() == [pytest.approx((200 * 1 + 100 * 4) / 300)]


def test_deliveries_from_stock_count_as_supply_and_have_no_cost_at_source(plan: Plan) -> None:
    tables = plan.problem.tables
    lane = dataclasses.replace(tables.lanes[2], commodity="*")
    problem = dataclasses.replace(plan.problem, tables=dataclasses.replace(tables, lanes=(*tables.lanes[:2], lane)))
    releases = plans.frame("scenario period step stockpile destination quantity", [(*plans.FIRST, "ore_A", "B", 4.0)])
    row = _rows(dataclasses.replace(plan, problem=problem, releases=releases)).loc[("base", "2026", "A", "B", "ore")]
    assert (row["source"], row["quantity"], row["share"]) == ("stockpile ore_A", 4, 1)
    assert pd.isna(row["at_source"])
    assert pd.isna(row["landed"])


def test_the_chart_tells_how_the_largest_share_moves(plan: Plan) -> None:
    content = sourcing.content(plan)
    assert content.right[0].title == "ore: the share of C falls from 100% to 57%"
    assert content.right[1].title == "magnet: A supplies 100% throughout"
    shares = content.right[0].block.frame
    assert shares.iloc[1, 1:].tolist() == pytest.approx([200 / 350, 150 / 350])


def test_small_suppliers_share_a_column(plan: Plan) -> None:
    many = plans.frame(
        "scenario period origin destination commodity quantity",
        [("base", "2026", f"S{i}", "A", "ore", float(10 - i)) for i in range(9)],
    )
    by_supplier = sourcing.shares_by_supplier(["2026", "2027"], many, "ore")
    shares = largest_and_rest(by_supplier, sourcing.MOST_SUPPLIERS, sourcing.OTHERS)
    assert list(shares.columns) == ["S0", "S1", "S2", "S3", "S4", sourcing.OTHERS]
    assert shares.sum(axis=1).tolist() == pytest.approx([1, 0])
    assert shares[sourcing.OTHERS]["2026"] == pytest.approx((5 + 4 + 3 + 2) / 54)


def test_what_is_paid_abroad_counts_before_what_is_paid_at_home() -> None:
    """Ore: 3·10 from C; metal: 9·4 from A, a member, and 1·2 from C; oxide from stock costs nothing."""
    rows = plans.frame(
        "commodity origin quantity landed",
        [
            ("metal", "A", 9.0, 4.0),
            ("metal", "C", 1.0, 2.0),
            ("ore", "C", 3.0, 10.0),
            ("oxide", "C", 50.0, float("nan")),
        ],
    )
    assert sourcing.by_spending_abroad({"A", "B"}, rows) == ["ore", "metal", "oxide"]
    assert sourcing.by_spending_abroad((), rows) == ["metal", "ore", "oxide"]


def test_where_units_differ_the_header_points_to_the_column(plan: Plan) -> None:
    headers = sourcing.content(plan).left[0].headers
    assert "Quantity sent (see Unit)" in headers
    assert "Landed cost (USD thousand per unit)" in headers


def test_what_comes_behind_the_plan_alone_has_no_chart(tmp_path: Path) -> None:
    """Far makes something from the second year on, to which the plan only looks ahead: both files are written."""
    sheets = importer(2)
    sheets["Periods"][1]["look_ahead"] = "yes"
    sheets["Plants"][0]["from_period"] = "y1"
    found = solve(sheets).plan
    assert found is not None
    content = sourcing.content(found)
    assert len(content.left[0].frame) == 1 and content.right == ()
    write_plan(found, tmp_path / "plan.xlsx")
    write_report(found, tmp_path / "page.html")
