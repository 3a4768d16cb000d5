"""The tutorial's plan broken by hand, and the study as a whole: pairs, scenarios, sample, words and workbook.

Home uses 100 magnets a year (20 defence, 80 civil) made of 50 oxide; the plan holds 20 oxide at the end of 2027 and has
two lines of 10 a year at Friend from 2028 on. A stop of Rival in 2028, in steps of three months: 20 + 20 oxide make 80
magnets, so 20 civil (a quarter) go short.
"""

from __future__ import annotations

import dataclasses
import json
from math import inf
from pathlib import Path

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from friendshore.models.plan import Plan
from friendshore.models.problem import Problem
from friendshore.optimizer.commands.output import json_text
from friendshore.optimizer.commands.schema import schema
from friendshore.optimizer.commands.schema.stress import stressed
from friendshore.optimizer.engines.pool import PoolEngine
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.saved.decisions import decisions_of
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.stress.breaks import Asked, break_all
from friendshore.optimizer.studies.stress.removals import KINDS, removals
from friendshore.optimizer.studies.stress.sample import draws, without_rules
from friendshore.optimizer.studies.stress.setup import build_bench
from friendshore.optimizer.studies.stress.sheets import write_stress
from friendshore.optimizer.studies.stress.shocks import shocks_of
from friendshore.optimizer.studies.stress.stress import Asks, Stress, onsets_of, stress_plan
from friendshore.optimizer.studies.stress.words import lines, opening, sample_finding
from friendshore.optimizer.workbook.read import read_workbook
from tests.mathematics.cases import importer, plan_of, stop, store

TUTORIAL = Path(__file__).parents[3] / "inputs" / "tutorial.xlsx"


@pytest.fixture(scope="module")
def plan() -> Plan:
    found = solve_problem(read_workbook(TUTORIAL), gap=0.0, threads=1).plan
    assert found is not None
    return found


@pytest.fixture(scope="module")
def whole(plan: Plan) -> Stress:
    """Everything that can be asked for."""
    return stress_plan(plan.problem, decisions_of(plan), Asks(k=2, onset="every", sample=25, seed=7))


def of(study: Stress, label: str, onset: str = "2028"):
    return next(one for one in study.singles if (one.label, one.onset) == (label, onset))


def test_a_stop_of_rival_by_hand(whole: Stress) -> None:
    """Friend's oxide for Rival's and 20 civil short: 600 + 800 + 1,200 against 600 + 1,000, and 10 more for holding.

    Undisturbed 30 come from Rival at 20. Stock is used at once undisturbed (7.5 left after a quarter, 7.5 to hold);
    under the stop 7.5 a quarter are drawn at first and 12.5, then 5, are left: 17.5 to hold.
    """
    rival = of(whole, "country Rival")
    assert whole.tiers == ("defence", "civil")
    assert rival.extra_cost == pytest.approx(600 + 800 + 1200 - 600 - 1000 + 17.5 - 7.5)
    assert rival.damage == pytest.approx(1200)
    assert rival.share == pytest.approx((0.0, 0.25))
    assert of(whole, "plant Rival_oxide").extra_cost == pytest.approx(rival.extra_cost)


def test_how_long_it_is_survived(whole: Stress) -> None:
    """50 a year are needed, 20 are held and 20 a year come from Friend: 20 / 30 of a year, two whole quarters.

    Defence alone needs 10 a year, less than Friend's 20: for good. Before 2028 there is neither: at once.
    """
    assert of(whole, "country Rival").survives == (inf, 0.5)
    assert of(whole, "country Rival").ratio(1) == 0.5
    assert of(whole, "country Rival", "2026").survives == (0.0, 0.0)
    assert of(whole, "country Friend").survives == (inf, inf)
    assert of(whole, "country Friend").extra_cost == 0.0


def test_home_makes_nothing_when_it_stops(whole: Stress) -> None:
    """A member of the coalition loses its production: all demand is short, 20 · 1,000 + 80 · 60."""
    home = of(whole, "country Home")
    assert home.share == pytest.approx((1.0, 1.0))
    assert home.damage == pytest.approx(24800)


def test_a_given_length_replaces_the_time_to_recover(plan: Plan) -> None:
    """Half a year is survived: 10 needed beyond Friend's lines, 20 held."""
    study = stress_plan(plan.problem, decisions_of(plan), Asks(over=("countries",), years=0.5, onset="2028"))
    assert {one.recover_years for one in study.singles} == {0.5}
    assert of(study, "country Rival").share == (0.0, 0.0)
    assert of(study, "country Rival").extra_cost > 0


def test_the_stock_is_that_at_the_end_of_a_period_of_several_steps() -> None:
    """Far may stop in y1, so that 12 are held for it, bought in the second half of y0 as holding costs. Without Far
    from y1 on these 12 are what is needed: nothing is short."""
    sheets = importer(2, capacity=40) | stop(0.5) | {"Stockpiles": [store(holding_cost=1)]}
    sheets["Periods"][0]["steps"] = 2
    plan = plan_of(sheets)
    levels = plan.stocks[(plan.stocks["scenario"] == "base") & (plan.stocks["period"] == "y0")]["level"]
    assert levels.tolist() == pytest.approx([0, 12])
    study = stress_plan(plan.problem, decisions_of(plan), Asks(over=("countries",), years=1, onset="y1"))
    assert of(study, "country Far", "y1").share == pytest.approx((0.0,))
    assert of(study, "country Far", "y1").damage == pytest.approx(0.0)


def test_pairs_are_all_there_and_cost_no_less_than_their_parts(whole: Stress) -> None:
    count = 6
    assert len(whole.singles) == 3 * count
    assert len(whole.together) == 3 * count * (count - 1) // 2
    alone = {(one.label, one.onset): one.extra_cost for one in whole.singles}
    for pair in whole.together:
        parts = [alone[removal.label, pair.onset] for removal in pair.removals]
        assert pair.extra_cost >= max(parts) - 1e-6
        assert pair.beyond == pytest.approx(pair.extra_cost - sum(parts))


def test_friend_and_rival_together_by_hand(whole: Stress) -> None:
    """20 held make 40 magnets: 60 civil short."""
    pair = next(p for p in whole.together if p.label == "country Friend + country Rival" and p.onset == "2028")
    assert pair.share == pytest.approx((0.0, 0.75))


def test_workers_change_nothing(plan: Plan) -> None:
    """Two processes give what one gives."""
    problem = plan.problem
    bench = build_bench(problem, decisions_of(plan), 2, removals(problem))
    with PoolEngine(2) as engine:
        assert break_all(bench, Asked(2), Runner(engine)) == break_all(bench, Asked(2))


def test_a_scenario_at_its_own_onset_is_that_of_the_plan(plan: Plan, whole: Stress) -> None:
    """The embargo of 2028 in a step of a year: as on the plan's own path, 20 civil short."""
    own = next(one for one in whole.scenarios if one.shock.onset == 2)
    assert [one.shock.onset for one in whole.scenarios].count(2) == 1
    path = plan.paths.set_index("scenario")
    assert own.share == pytest.approx((0.0, 0.25))
    assert own.damage == pytest.approx(1200)
    assert own.extra_cost == pytest.approx(2620 - 1620)  # the undisturbed branch is free of the cap: 600 + 1,000 + 20
    assert float(path["cost"]["embargo"]) == pytest.approx(4760 + 2620)


def test_a_child_scenario_starts_with_its_parent(plan: Plan) -> None:
    """Events of the parent count from its onset, those of the child a period later."""
    tables = plan.problem.tables
    first, event = tables.scenarios[0], tables.events[0]
    parent = dataclasses.replace(first, onset="2027")
    child = dataclasses.replace(first, scenario="worse", parent="embargo", onset="2028")
    later = dataclasses.replace(event, scenario="worse")
    problem = Problem(dataclasses.replace(tables, scenarios=(parent, child), events=(event, later)))
    shocks = {shock.name: shock for shock in shocks_of(problem)}
    assert shocks["worse"].onset == shocks["embargo"].onset == 1
    assert sorted(each.start_years for each in shocks["worse"].events) == [0.0, 1.0]
    assert shocks["worse"].years == 2.0


def test_the_sample_is_that_of_its_seed(plan: Plan, whole: Stress) -> None:
    problem = plan.problem
    assert draws(problem, 40, 3) == draws(problem, 40, 3)
    assert draws(problem, 40, 3) != draws(problem, 40, 4)
    assert draws(problem, 40, 3)[:25] == draws(problem, 25, 3)
    for shock in draws(problem, 200, 0):
        assert abs(shock.onset - 2) <= 1
        assert 0.5 <= shock.years <= 1.5
        assert all(0.0 <= (event.remaining or 0.0) <= 0.5 for event in shock.events)
    assert whole.sample is not None
    assert len(whole.sample.plan) == len(whole.sample.without) == 25


def test_the_plan_without_rules_is_cheaper_and_fares_worse(whole: Stress) -> None:
    """6,560 without rules (ANSWER.md), 6,628 with them; the civil floor's second line shows in every bad draw."""
    assert whole.sample is not None
    mine, other = whole.sample.courses
    assert other is not None
    assert (mine.expected_cost, other.expected_cost) == (pytest.approx(6628), pytest.approx(6560))
    assert mine.mean_damage < other.mean_damage
    assert not without_rules(whole.problem).policies


def test_without_a_plan_to_compare_the_sample_still_tells(whole: Stress, tmp_path: Path) -> None:
    assert whole.sample is not None
    alone = dataclasses.replace(whole.sample, without=(), courses=(whole.sample.courses[0], None))
    study = dataclasses.replace(whole, sample=alone)
    assert "no plan without the rules was found" in sample_finding(study)
    sample = stressed(study, None, 0.0, ()).sample
    assert sample is not None and sample.without_rules is None
    write_stress(study, tmp_path / "alone.xlsx")


def test_onsets(plan: Plan) -> None:
    assert onsets_of(plan.problem, "") == (1,)
    assert onsets_of(plan.problem, "every") == (0, 1, 2)
    with pytest.raises(ValueError, match="no period '2040'"):
        onsets_of(plan.problem, "2040")


def test_what_cannot_be_felt_is_left_out(plan: Plan) -> None:
    """No lane of the tutorial carries a tag, so there is no route to close."""
    assert {removal.kind for removal in removals(plan.problem, KINDS)} == {"country", "plant"}


def test_words_and_data_name_the_worst(whole: Stress) -> None:
    assert opening(whole).startswith("Worst of 18 single removals: country Home in 2028")
    assert any("country Rival" in line for line in lines(whole))
    data = json.loads(json_text(stressed(whole, None, 0.0, ()), indent=2))
    Draft202012Validator(schema("stress")).validate(data)
    assert data["worst"]["removed"] == [{"kind": "country", "name": "Home"}]
    assert data["sample"]["seed"] == 7
    assert len(data["removals"]) == 18


def test_the_heat_map_covers_its_table(whole: Stress, tmp_path: Path) -> None:
    """Every sheet is there; the colours lie on the cells of the table, row for row."""
    target = tmp_path / "tutorial.stress.xlsx"
    write_stress(whole, target)
    workbook = openpyxl.load_workbook(target)
    assert workbook.sheetnames == [
        "Stress Summary",
        "Stress Heat map",
        "Stress Onsets",
        "Stress Pairs",
        "Stress Scenarios",
        "Stress Sample",
    ]
    for name in workbook.sheetnames[:-1]:
        sheet = workbook[name]
        table = min(sheet.tables.values(), key=lambda each: openpyxl.utils.cell.range_boundaries(each.ref)[0])
        _, top, _, bottom = openpyxl.utils.cell.range_boundaries(table.ref)
        coloured = [openpyxl.utils.cell.range_boundaries(str(each.sqref)) for each in sheet.conditional_formatting]
        assert coloured
        assert all((first, last) == (top + 1, bottom) for _, first, _, last in coloured), name


def test_the_colours_of_all_onsets_are_of_one_scale(whole: Stress, tmp_path: Path) -> None:
    """A cell of one onset as dark as one of another costs as much: not each column by itself."""
    target = tmp_path / "tutorial.stress.xlsx"
    write_stress(whole, target)
    sheet = openpyxl.load_workbook(target)["Stress Onsets"]
    scales = [rule.colorScale for each in sheet.conditional_formatting for rule in each.rules]
    assert len(scales) == 3
    assert {scale.cfvo[2].type for scale in scales} == {"num"}
    dearest = max(one.extra_cost for one in whole.singles)
    assert [float(scale.cfvo[2].val) for scale in scales] == pytest.approx([dearest] * 3)


def test_shares_of_the_sample_read_as_shares(whole: Stress, tmp_path: Path) -> None:
    """Beside amounts of money a share still shows its decimals: 12.3%, not 12."""
    target = tmp_path / "tutorial.stress.xlsx"
    write_stress(whole, target)
    sheet = openpyxl.load_workbook(target)["Stress Sample"]
    formats = {row[0].value: row[2].number_format for row in sheet.iter_rows() if row[1].value == "%"}
    assert set(formats.values()) <= {"0.0%", "0.000%"}
    assert "Draws without any shortage" in formats
    assert whole.sample is not None
    value = next(row[2].value for row in sheet.iter_rows() if row[0].value == "Draws without any shortage")
    assert value == pytest.approx(whole.sample.courses[0].unharmed)
