"""What the page says is what the plan holds: worked out by hand on the plan of tests/reporting/plans.py."""

from __future__ import annotations

import dataclasses

import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.page.page import SECTIONS, Page, page_of
from friendshore.optimizer.page.sections import stock
from friendshore.optimizer.page.tables import PlanTables, of_plan
from friendshore.optimizer.wording.numbers import number_cell
from tests.page.reading import Read
from tests.reporting.plans import KAPPA


def chart(seen: Read, key: str) -> dict[str, object]:
    charts = seen.data()["charts"]
    assert isinstance(charts, dict)
    found = charts[key]["data"]
    assert isinstance(found, dict)
    return found


def test_every_section_is_there_in_order(page: Page, seen: Read) -> None:
    assert len(page.sections) == len(SECTIONS) == 12
    assert [e.attributes["id"] for e in seen.of("section")] == [s.key for s in page.sections]


def test_headline_figures(drawn: Plan, page: Page) -> None:
    tiles = {tile.label: (tile.figure, tile.beneath) for tile in page.sections[0].tiles}
    assert tiles["Expected cost"][0] == f"{drawn.expected_cost / 1e3:.2f} million USD"
    assert tiles["New capacity"] == ("500,000 USD", "1 investment, before discounting")
    assert tiles["Worst shortage"] == (
        "33%",
        "of the magnet that Land B (general) needs, from 2027 for 1 year, in ban",
    )  # 10 of 30 in the first year of the ban
    assert tiles["Promises kept"][0] == "4 of 4"


def test_time_line(seen: Read) -> None:
    """Open_B is decided in 2026, a year in building, and serves the two years that are left of the plan."""
    data = chart(seen, "timeline")
    assert data["bars"] == [
        {"name": "Open B", "where": "Land B", "decided": 2026.0, "building": 1.0, "serving": 2.0, "from": "2027"}
    ]
    assert (data["start"], data["end"]) == (2026, 2029.0)
    header, row = seen.table("Every decision to build")
    assert dict(zip(header, row, strict=True)) == {
        "What": "open B",
        "Where": "Land B",
        "Makes": "ore",
        "Payer": "Land A",
        "Decided in": "2026",
        "Units": "1",
        "Capacity added a year": "100",
        "In service from": "2027",
        "In service until": "2037",
        "Price (USD thousand)": "500",
    }
    assert "Bought for protection: guard." in seen.words()
    assert "A year is told by its beginning" in seen.words()


def test_shares_of_supply(seen: Read) -> None:
    """Ore: all from C in 2026; of 350 in 2027, 200 from C and 150 from B."""
    both = [chart(seen, key) for key in ("supply0", "supply1")]
    ore = next(data for data in both if {row["name"] for row in data["series"]} == {"Land C", "Land B"})  # type: ignore[attr-defined]
    series = {row["name"]: row["values"] for row in ore["series"]}  # type: ignore[attr-defined]
    assert series["Land C"] == pytest.approx([1.0, 200 / 350]) and series["Land B"] == pytest.approx([0.0, 150 / 350])
    assert seen.table("ore: share of supply, base plan") == [
        ["Supplier", "2026", "2027"],
        ["Land C", "100.0%", "57.1%"],
        ["Land B", "0.0%", "42.9%"],
        ["All suppliers (t)", "200", "350"],
    ]
    assert "Ore: the share of Land C falls from 100% to 57%." in seen.words()


def test_map(seen: Read) -> None:
    """Each good and period has its shares, each country its codes; a union of states is one."""
    data = chart(seen, "map")
    assert data["values"]["ore"]["2027"] == pytest.approx({"B": 150 / 350, "C": 200 / 350})  # type: ignore[index]
    assert data["countries"]["A"] == {"name": "Land A", "codes": ["FRA", "DEU"], "bloc": "ally"}  # type: ignore[index]
    assert data["flows"]["ore"] == {  # type: ignore[index]
        "2026": [["C", "A", 1.0]],
        "2027": [["C", "A", pytest.approx(200 / 350)], ["B", "A", pytest.approx(150 / 350)]],
    }
    assert chart(seen, "map_before") == {"of": "map", "period": "2026"}
    world = seen.data()["world"]
    assert isinstance(world, dict) and "FRA" in world["outlines"] and "SGP" in world["points"]


def test_flows(seen: Read) -> None:
    """Two stages, ore and magnet; in 2027 ore from C and B to A, magnets from A to A (100) and B (60)."""
    (chain,) = chart(seen, "flows")["chains"].values()  # type: ignore[attr-defined]
    assert chain["heads"] == ["ore from", "magnet from", "magnet to"]
    links = {(source, target): value for source, target, value in chain["periods"]["2027"]["links"]}
    assert links == pytest.approx(
        {("0/C", "1/A"): 200 / 350, ("0/B", "1/A"): 150 / 350, ("1/A", "2/A"): 100 / 160, ("1/A", "2/B"): 60 / 160}
    )
    nodes = {node["id"]: node for node in chain["periods"]["2027"]["nodes"]}
    assert nodes["0/C"]["side"] == "concern" and nodes["1/A"]["side"] == "ours"
    assert nodes["2/B"]["share"] == pytest.approx(60 / 160)


def test_stock(tables: PlanTables, seen: Read) -> None:
    data = chart(seen, "stock0")
    assert data["level"] == [60.0, 60.0] and data["steps"] == ["2026", "2027"]
    own = tables["Stockpiles"]
    wanted = own.loc[own["scenario"] == "base", "target"].tolist()
    assert data["target"] == pytest.approx(wanted) and max(wanted) > 0


def test_stock_is_told_for_the_years_that_are_planned(tables: PlanTables) -> None:
    """Not for those that are only looked ahead at."""
    periods = tables.problem.tables.periods
    last = dataclasses.replace(periods[-1], look_ahead=True)
    ahead = dataclasses.replace(tables.problem.tables, periods=(*periods[:-1], last))
    shorter = dataclasses.replace(tables, problem=dataclasses.replace(tables.problem, tables=ahead))
    assert [each.data["steps"] for each in stock.section(shorter).charts] == [["2026"]]


def test_scenarios(seen: Read) -> None:
    """Ban: 10 of 30 of general needs short in the first year; test of C: 30 of 100 of defence at once."""
    header, *rows = seen.table("Every path: the largest shares of a need not met in a step, and what it costs")
    assert header[4:] == ["defence: magnet not met", "general: magnet not met", "Time to survive"]
    by_name = {row[0]: row for row in rows}
    assert set(by_name) == {"Base plan", "Ban", "Mine (Land C stops from 2027)"}
    assert by_name["Ban"][2:3] + by_name["Ban"][4:] == ["10%", "0", "33.3%", "short at once"]
    mine = by_name["Mine (Land C stops from 2027)"]
    assert mine[2:3] + mine[4:] == ["stress test", "30.0%", "0", "short at once"]
    damage = chart(seen, "damage")
    assert damage["categories"] == ["mine (Land C stops from 2027)", "ban"] and damage["axis"] == "million USD"
    series = {row["name"]: row["values"] for row in damage["series"]}  # type: ignore[attr-defined]
    assert series == {"defence": [30.0, 0.0], "general": [0.0, 1.0]}
    assert "exports of Land C stopped for 1 year" in seen.words()


def test_scorecard(seen: Read) -> None:
    header, *rows = seen.table("Each promise, its limit, where the plan stands, and the price of more")
    shown = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    assert set(shown) == {"Less C", "Cover", "Mine", "Budget"}
    assert (shown["Less C"]["Limit"], shown["Less C"]["The plan"], shown["Less C"]["Slack"]) == (
        "60.0%",
        "57.1%",
        "2.9%",
    )
    assert shown["Cover"]["The plan"] == "137" and shown["Cover"]["Limit"] == "120"
    price = "Price of one unit more (USD thousand)"
    assert shown["Budget"][price] == "1.50" and shown["Mine"][price] == "–" and shown["Cover"][price] == "0"


def test_how_long_a_stop_is_survived(drawn: Plan) -> None:
    """Where the plan was tested for it: 9 of 12 months, worst from 2027 on, or 24 or more of 6."""
    lines = [
        dataclasses.replace(line, asked_years=asked, survived_years=survived, survived_to_end=end)
        for line, asked, survived, end in zip(drawn.policies[:2], (1.0, 0.5), (0.75, 2.0), (False, True), strict=True)
    ]
    lines[0] = dataclasses.replace(lines[0], weakest=("C",), worst_onset="2027")
    page = page_of(of_plan(dataclasses.replace(drawn, policies=(*lines, *drawn.policies[2:]))))
    (numbers,) = next(s for s in page.sections if s.key == "promises").folded[0].grids
    rows = numbers.rows
    assert [row[3].small for row in rows] == [
        "stop of 9 months survived, 12 asked; a longer one of Land C from 2027 hurts most",
        "stop of 24 or more months survived, 6 asked",
        "",
        "",
    ]


def test_costs_add_up_to_the_plan(drawn: Plan, seen: Read) -> None:
    """By period, by payer and in the whole account the total is the plan's expected cost."""
    totals = [row for row in seen.table("Expected cost, discounted, USD thousand") if row[0] == "Total"]
    assert [row[-1] for row in totals] == [number_cell(drawn.expected_cost)] * 2
    for key in ("cost_period", "cost_payer"):
        data = chart(seen, key)
        whole = sum(sum(row["values"]) for row in data["series"])  # type: ignore[attr-defined]
        assert whole * 1e3 == pytest.approx(drawn.expected_cost)
    invested = [row for row in chart(seen, "cost_payer")["series"] if row["name"] == "Investment"]  # type: ignore[attr-defined]
    assert sum(invested[0]["values"]) * 1e3 == pytest.approx(500 * KAPPA)


def test_certificate_versions_and_origin(seen: Read) -> None:
    words = seen.words()
    assert "ab" * 32 in words and "3.0e-10" in words and "40 constraints were recomputed" in words
    assert "0.1.0" in words and "magnets" in words


def test_a_plan_without_a_map_says_so(solved: Plan) -> None:
    page = page_of(of_plan(solved))
    supply = next(section for section in page.sections if section.key == "supply")
    assert [chart.key for chart in supply.more_charts] == ["flows"]
    assert any("There is no map" in note for note in supply.notes)


def test_notes_and_sources_of_the_workbook(solved: Plan) -> None:
    """Each note stands under its rows, rows with the same note together, and each source says how often it is cited."""
    section = next(s for s in page_of(of_plan(solved)).sections if s.key == "assumptions")
    grids = {grid.caption: grid for fold in section.folded for grid in fold.grids}
    lanes = [[cell.text for cell in row] for row in grids["Notes of the sheet Lanes"].rows]
    assert ["Friend, Home, oxide", "Landed cost 28 + 2 = 30", "TEACHING"] in lanes
    (source,) = grids["Sources"].rows
    assert source[0].text == "TEACHING" and source[-1].text == "20"
    settings = {row[0].text: row[2].text for row in section.grids[0].rows}
    assert settings["risk aversion"] == "Plain expected cost"


def test_the_brief_opens_with_what_to_decide_now(page: Page, seen: Read) -> None:
    """The dearest decisions of the first period come before any figure; what the gap proves stands behind."""
    brief = page.sections[0]
    assert brief.key == "brief" and brief.steps is not None and brief.steps.heading == "Decide now, in 2026"
    assert brief.steps.lines and all(line.endswith(".") for line in brief.steps.lines)
    words = seen.words()
    assert words.index(brief.steps.lines[0]) < words.index("Expected cost") < words.index("What to build, and when")
    assert [word for word, _ in brief.points] == ["Supply", "Disruption", "Cost", "Promises", "Could change"]
