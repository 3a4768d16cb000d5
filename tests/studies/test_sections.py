"""The section of each study: it says what its sheets say, draws what they hold, and belongs to its plan."""

from __future__ import annotations

import dataclasses
import re
from math import isclose
from pathlib import Path
from typing import Any

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.problem import Problem
from friendshore.optimizer.page.page import page_of, page_of_study
from friendshore.optimizer.page.parts import Chart, Section
from friendshore.optimizer.page.render import html
from friendshore.optimizer.page.study_parts import with_rows
from friendshore.optimizer.page.study_tables import StudyTables, number, read_study, text
from friendshore.optimizer.page.tables import PlanTables, of_plan
from friendshore.optimizer.reporting.study_sheets import write_study_sheets
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.alternatives.section import section as section_of_alternatives
from friendshore.optimizer.studies.explain import Asks, explain_problem
from friendshore.optimizer.studies.explain.sheets import sheets as explanation
from friendshore.optimizer.studies.sections import SECTIONS, by_itself, sections_of
from friendshore.optimizer.system.files import FileFault
from tests.page.reading import read
from tests.page.test_browser import BROWSER, look
from tests.studies.explain.cases import FED, cap, trade
from tests.studies.studied import Studied, sheets


@pytest.fixture(scope="module")
def plan(whole: Studied) -> PlanTables:
    return of_plan(whole.plan, base_path=True)


@pytest.fixture(scope="module")
def made(whole: Studied, plan: PlanTables) -> dict[str, Section]:
    return {section.key: section for section in sections_of(whole.studies.values(), plan)}


def table(whole: Studied, name: str, block: str) -> list[dict[str, Any]]:
    return [dict(row) for row in read_study(whole.studies[name])[block].rows]


def charts(section: Section) -> dict[str, Chart]:
    return {chart.key: chart for chart in section.charts}


def bars(chart: Chart) -> list[dict[str, Any]]:
    found = chart.data["bars"]
    assert isinstance(found, list)
    return found


def test_there_is_one_for_each_study_in_order(made: dict[str, Section]) -> None:
    """Two frontiers of one plan have anchors of their own."""
    order = [key.removesuffix("_2") for key in made]
    assert order == [kind for kind in SECTIONS for _ in range(2 if kind == "frontier" else 1)]
    keys = [chart.key for section in made.values() for chart in section.charts]
    assert len(keys) == len(set(keys)) >= 9


def test_each_says_what_its_workbook_says(whole: Studied, made: dict[str, Section]) -> None:
    for name, path in whole.studies.items():
        study = read_study(path)
        section = made["frontier_2" if name == "risk" else study.kind]
        assert section.lead and set(section.lead) <= set(study.said.values()), name


def test_the_boxes_of_a_frontier_are_what_is_proven(whole: Studied, made: dict[str, Section]) -> None:
    chart = charts(made["frontier"])["frontier"]
    proven = [row for row in table(whole, "frontier", "Frontier_proven") if row["high"] == row["high"]]
    boxes, points = chart.data["boxes"], chart.data["points"]
    assert isinstance(boxes, list) and isinstance(points, list)
    assert boxes == [pytest.approx([row[key] for key in ("tight", "loose", "low", "high")]) for row in proven]
    plans = table(whole, "frontier", "Frontier_plans")
    assert points == [pytest.approx([row["setting"], row["cost"]]) for row in plans]
    for setting, cost in points:
        around = [box for box in boxes if box[0] - 1e-9 <= setting <= box[1] + 1e-9]
        assert any(box[2] - 1e-6 <= cost <= box[3] + 1e-6 for box in around)


def test_bars_of_alternatives_hold_what_is_reached(made: dict[str, Section]) -> None:
    found = charts(made["alternatives"])
    assert set(found) >= {"alternatives_decisions", "alternatives_spending", "alternatives_suppliers"}
    for chart in found.values():
        (bar,), marks = bars(chart), chart.data["marks"]
        assert isinstance(marks, list)
        for low, high, *reached in zip(bar["low"], bar["high"], *(mark["values"] for mark in marks), strict=True):
            assert all(low - 1e-6 <= each <= high + 1e-6 for each in reached if each is not None)


def test_a_picture_of_some_decisions_says_so(whole: Studied, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of n decisions only those that there is room for are drawn, and the title tells that; else it tells nothing."""
    study = read_study(whole.studies["alternatives"])
    number_of = len(study["Alternatives_decisions"].rows)
    monkeypatch.setattr("friendshore.optimizer.studies.alternatives.section.MOST", number_of)
    every = charts(section_of_alternatives(study))["alternatives_decisions"]
    assert every.title.endswith("within the limit")
    monkeypatch.setattr("friendshore.optimizer.studies.alternatives.section.MOST", number_of - 1)
    drawn = charts(section_of_alternatives(study)).get("alternatives_decisions")
    if number_of > 1:
        assert drawn is not None
        assert drawn.title.endswith(f"; {number_of - 1} of {number_of}, the others in the table")
    else:
        assert drawn is None


def test_the_bars_of_each_rule_add_up_to_the_cost_of_all(whole: Studied, made: dict[str, Section]) -> None:
    chart = charts(made["share"])["share"]
    sums = {bar["name"]: sum(bar["high"]) for bar in bars(chart)}
    assert set(sums) == {"Alone", "Nucleolus", "Per-capita nucleolus", "Shapley value"}
    assert all(isclose(total, whole.plan.objective, rel_tol=1e-5) for name, total in sums.items() if name != "Alone")
    assert sums["Alone"] >= whole.plan.objective


def test_what_is_open_of_a_worth_is_drawn_as_open(whole: Studied) -> None:
    """With half of each amount proven the hatched bar begins where the full one ends, and ends where it is proven."""
    study = read_study(whole.studies["worth"])
    figures = study["Worth_figures"]
    rows = tuple({**row, "low": number(row["high"]) / 2} for row in figures.rows)
    halved = dataclasses.replace(study, tables={**study.tables, "Worth_figures": with_rows(figures, rows)})
    chart = charts(SECTIONS["worth"](halved))["worth"]
    proven, open_ = bars(chart)
    assert open_["tone"] == -2 and open_["low"] == proven["high"]
    assert open_["high"] == pytest.approx([2 * each for each in proven["high"]]) and max(open_["high"]) > 0
    (known,) = bars(charts(SECTIONS["worth"](study))["worth_regret"])
    assert known["told"] and known["tone"] != -2


def test_causes_of_a_plan_made_again_lead_from_one_cost_to_the_other(whole: Studied, made: dict[str, Section]) -> None:
    """Each step begins where that before it ends; the last ends at what the rest costs now."""
    chart = charts(made["replan"])["replan"]
    ends = []
    for row in range(len(chart.data["categories"])):  # type: ignore[arg-type]
        (drawn,) = [
            (bar["name"], bar["low"][row], bar["high"][row]) for bar in bars(chart) if bar["low"][row] is not None
        ]
        ends.append(drawn)
    reached = ends[0][2]
    for name, low, high in ends[1:-1]:
        begin, end = (low, high) if name == "Adds to it" else (high, low)
        assert begin == pytest.approx(reached)
        reached = end
    assert ends[-1][2] == pytest.approx(reached) and len(ends) > 3
    amounts = [number(row["amount"]) for row in table(whole, "replan", "Replan_causes")]
    assert ends[0][2] == pytest.approx(amounts[0]) and ends[-1][2] == pytest.approx(amounts[-1])


def test_a_tornado_has_both_ends_of_each_figure(whole: Studied, made: dict[str, Section]) -> None:
    chart = charts(made["sensitivity"])["sensitivity"]
    rows = table(whole, "sensitivity", "Sensitivity_tornado")
    low, high = bars(chart)
    for key, bar in (("low", low), ("high", high)):
        assert [None if row[key] != row[key] else pytest.approx(row[key]) for row in rows] == bar["high"]
    assert [each.lower() for each in chart.data["categories"]] == [text(row["figure"]).lower() for row in rows]  # type: ignore[attr-defined]


def test_an_explanation_draws_the_cost_at_each_price(made: dict[str, Section]) -> None:
    chart = charts(made["explain"])["explain_prices"]
    (bar,) = bars(chart)
    assert len(bar["low"]) >= 2 and bar["low"] == sorted(bar["low"])  # the cost never falls as the price rises


@pytest.fixture(scope="module")
def clash(tmp_path_factory: pytest.TempPathFactory) -> tuple[StudyTables, Section]:
    """Two caps of 40 % leave nobody to feed all."""
    problem = problem_from_sheets(trade(cap("far_cap", 0.4, "Far"), cap("near_cap", 0.4, "Near"), FED))
    path = tmp_path_factory.mktemp("clash") / "clash.xlsx"
    write_study_sheets(explanation(explain_problem(problem, Asks(), Limits(0.0, threads=1))), path)
    return by_itself(path)


def test_what_clashes_is_a_page_by_itself(clash: tuple[StudyTables, Section]) -> None:
    """Without a plan there is no page of a plan: repairs at 4, 8 and 1,976 more, in words and as bars."""
    _, section = clash
    assert section.heading == "What clashes, and what would mend it"
    (chart,) = section.charts
    (bar,) = bars(chart)
    assert bar["high"] == pytest.approx([4, 8, 1976])
    assert section.grids[0].caption.split(":")[0] == "Rows that clash"
    seen = read(html(page_of_study(*clash)))
    assert seen.faults == [] and [e.attributes["id"] for e in seen.of("section")] == ["explain"]
    assert "No plan can satisfy the workbook" in seen.words()


def test_a_study_of_other_rows_is_refused(whole: Studied, plan: PlanTables, tmp_path: Path) -> None:
    del plan
    other = sheets()
    other["Demand"][0]["per_year"] = 13.0
    found = solve_problem(problem_from_sheets(other), gap=0.0, threads=1).plan
    assert found is not None
    with pytest.raises(FileFault, match="they differ on Demand"):
        sections_of([whole.studies["worth"]], of_plan(found, base_path=True))


def test_a_study_cut_short_and_one_without_a_finding_are_shown(tmp_path: Path) -> None:
    """Every section can do with tables that are empty or not there."""
    problem: Problem = problem_from_sheets(sheets())
    for kind, section in SECTIONS.items():
        bare = StudyTables(
            tmp_path / f"{kind}.xlsx", {"Study": kind, "Currency": problem.settings.currency}, {}, {}, {}
        )
        made = section(bare)
        assert made.key == kind and made.charts == () and made.heading


def test_the_page_holds_them_and_stays_one_small_file(
    whole: Studied, made: dict[str, Section], plan: PlanTables
) -> None:
    page = page_of(plan, tuple(made.values()))
    written = html(page)
    assert len(written.encode()) < 1_500_000
    seen = read(written)
    assert seen.faults == []
    keys = [e.attributes["id"] for e in seen.of("section")]
    assert keys[-2:] == ["assumptions", "proof"] and set(made) < set(keys)
    assert "<b>the</b>" not in written.replace("&lt;b&gt;the&lt;/b&gt;", "")
    for key in made:
        assert f'href="#{key}"' in written


def test_a_page_without_studies_carries_no_script_for_them(plan: PlanTables) -> None:
    assert "globalThis.pictures =" not in html(page_of(plan))


@pytest.mark.skipif(not BROWSER, reason="there is no Chromium on this machine")
def test_every_picture_is_drawn_on_a_screen_and_on_a_phone(
    made: dict[str, Section], plan: PlanTables, tmp_path: Path
) -> None:
    written = html(page_of(plan, tuple(made.values())))
    wanted = {chart.key for section in made.values() for chart in section.charts}
    for folder, width in (("screen", 1366), ("phone", 500)):
        (tmp_path / folder).mkdir()
        found = look(tmp_path / folder, written, f"--window-size={width},2000")
        assert found.console == [] and found.asked == set()
        drawn = {e.attributes["data-chart"] for e in found.found.elements if e.attributes.get("data-drawn") == "yes"}
        assert wanted <= drawn
        widths = [float(e.attributes["width"]) for e in found.found.of("svg")]
        assert width > 1000 or sorted(widths)[-2] <= width
    texts = re.sub(r"\s+", " ", " ".join(e.text for e in found.found.elements if "data-chart" in e.attributes))
    assert "Where the least cost lies" in texts and "Best plan found" in texts
