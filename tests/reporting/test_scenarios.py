"""Plan Scenarios: probability, cost, shortage and time to survive of every path."""

import dataclasses

import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import scenarios
from tests.reporting import plans


def test_every_path_has_a_row_with_its_probability_and_cost(plan: Plan) -> None:
    rows = scenarios.paths(plan)
    assert rows["scenario"].tolist() == ["base", "ban", "mine/C@2027"]
    assert rows["probability"].tolist() == [0.9, 0.1, 0.0]
    assert rows["sort"].tolist() == ["base plan", "scenario", "stress test of a policy"]
    assert rows["onset"].tolist() == ["2026", "2027", "2027"]
    assert rows["cost"].tolist() == pytest.approx(plan.paths["cost"].tolist())
    assert rows["extra"][0] == 0


def test_time_to_survive_counts_from_the_onset_to_the_first_shortage(plan: Plan) -> None:
    rows = scenarios.paths(plan).set_index("scenario")
    assert rows["survives"].isna()["base"]
    assert rows["first"]["base"] == "no shortage"
    assert (rows["survives"]["ban"], rows["first"]["ban"]) == (0, "2027, step 1")
    later = plan.shortages.copy()
    later["shortage"] = [0, 0, 0, 0, 0, 0, 5.0, 0, 0, 0]
    rows = scenarios.paths(dataclasses.replace(plan, shortages=later)).set_index("scenario")
    assert (rows["survives"]["ban"], rows["first"]["ban"]) == (1, "2027, step 2")


def test_a_shortage_outside_the_coalition_does_not_end_survival(plan: Plan) -> None:
    tables = plan.problem.tables
    outside = tuple(dataclasses.replace(row, bloc="neutral") if row.country == "B" else row for row in tables.countries)
    problem = dataclasses.replace(plan.problem, tables=dataclasses.replace(tables, countries=outside))
    rows = scenarios.paths(dataclasses.replace(plan, problem=problem)).set_index("scenario")
    assert rows["first"]["ban"] == "no shortage"
    assert rows["worst"]["ban"] == "B, magnet, general"


def test_the_need_hit_worst_is_named_with_its_share_and_the_damage(plan: Plan) -> None:
    rows = scenarios.paths(plan).set_index("scenario")
    assert rows.loc["mine/C@2027", ["worst", "worst_share", "damage"]].tolist() == ["A, magnet, defence", 0.3, 30000]
    assert rows.loc["base", ["worst", "worst_share", "damage"]].tolist() == ["no shortage", 0, 0]


def test_paths_short_only_in_years_looked_ahead_to_are_counted_apart(plan: Plan) -> None:
    periods = tuple(dataclasses.replace(row, look_ahead=row.period == "2027") for row in plan.problem.tables.periods)
    tables = dataclasses.replace(plan.problem.tables, periods=periods)
    told = dataclasses.replace(plan, problem=dataclasses.replace(plan.problem, tables=tables))
    said = scenarios.content(told).finding
    assert said.endswith("0 of 3 paths bring a shortage in the coalition, 2 more only in the years looked ahead to.")


def test_the_finding_names_the_dearest_path(plan: Plan) -> None:
    base, test = float(plan.paths["cost"][0]), float(plan.paths["cost"][2])
    more = f"{100 * (test / base - 1):.0f}%"
    said = scenarios.content(plan).finding
    dearest = f"Dearest path: mine (C stops from 2027), {more} above the base plan"
    assert said == f"{dearest}. 2 of 3 paths bring a shortage in the coalition."


def test_a_plan_without_scenarios_has_one_path(plan: Plan) -> None:
    alone = dataclasses.replace(
        plan,
        nodes=plan.nodes.head(2),
        paths=plan.paths.head(1),
        shortages=plan.shortages.head(4),
        problem=plans.problem(grids={}),
    )
    assert len(scenarios.paths(alone)) == 1


def test_the_sheet_opens_with_dangers_by_the_year_in_which_they_begin(plan: Plan) -> None:
    """The ban begins in 2027 alone; a stop that a policy tests is no danger."""
    opening = scenarios.content(plan).opening
    assert opening is not None and [field.header for field in opening.fields] == ["What begins", "2026", "2027"]
    (row,) = opening.frame.to_dict("records")
    extra = scenarios.paths(plan).set_index("scenario")["extra"]["ban"]
    unit = 1_000 if "million" in opening.title else 1 / 1_000 if opening.title.endswith(", USD") else 1
    assert row["danger"] == "Ban" and row["y0"] != row["y0"] and row["y1"] == pytest.approx(extra / unit)
