"""The size of a problem before it is built: never below what is built, not far above, quick, and refused in words."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from friendshore.models.findings import InvalidProblem
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.problem import Problem
from friendshore.models.tables import Country, LaneRow, Period, Plant, Policy, Scenario, Tables
from friendshore.models.tree.scenario_tree import build_tree, node_counts
from friendshore.optimizer.cli import app
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.program.size import AT_REST, BYTES_A_COLUMN, GIGABYTE, program_size, refuse_too_large
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.workbook.read import read_workbook
from tests.reporting.plans import problem as magnets

INPUTS = Path(__file__).parents[2] / "inputs"
TUTORIAL = INPUTS / "tutorial.xlsx"


def _dated(problem: Problem) -> Problem:
    """The rare earth workbook with two of its dangers, of one onset each: a tree of few nodes."""
    kept = {"embargo": "2030", "stress_cutoff_two_years": "2031"}
    tables = problem.tables
    scenarios = tuple(replace(row, onset=kept[row.scenario]) for row in tables.scenarios if row.scenario in kept)
    events = tuple(row for row in tables.events if row.scenario in kept)
    policies = tuple(row for row in tables.policies if row.kind != "max_shortage")
    return replace(problem, tables=replace(tables, scenarios=scenarios, events=events, policies=policies))


@pytest.mark.parametrize("name", ["tutorial", "magnets", "rare earths"])
def test_the_estimate_is_not_below_what_is_built_nor_far_above(name: str) -> None:
    """Rows and columns are not undercounted, and the memory that follows is within half as much again."""
    made = {
        "tutorial": lambda: read_workbook(TUTORIAL),
        "magnets": magnets,
        "rare earths": lambda: _dated(read_workbook(INPUTS / "rare_earth_magnets.xlsx")),
    }
    problem = made[name]()
    size, program = program_size(problem), assemble(build_model_data(problem, {})).program
    assert program.columns <= size.columns
    assert program.rows <= size.rows
    assert size.bytes <= 1.5 * (AT_REST + BYTES_A_COLUMN * program.columns)


@pytest.mark.parametrize("file", ["tutorial.xlsx", "rare_earth_magnets.xlsx"])
def test_nodes_are_counted_as_the_tree_has_them(file: str) -> None:
    problem = read_workbook(INPUTS / file)
    counted = {"base" if branch is None else branch.name: count for branch, count in node_counts(problem)}
    assert counted == {name: len(nodes) for name, nodes in build_tree(problem).own_nodes.items()}


def _large() -> Problem:
    """40 countries that all send ore to each other: 1,560 lanes in one row, over 60 periods and a danger of each."""
    countries = tuple(Country(country=f"C{i}", bloc="ally") for i in range(40))
    plants = tuple(Plant(plant=f"P{i}", country=f"C{i}", commodity="ore", capacity=1, unit_cost=1) for i in range(40))
    base = magnets().tables
    demand = tuple(replace(base.demand[0], country=f"C{i}", commodity="ore") for i in range(40))
    tables = Tables(
        settings=base.settings,
        periods=tuple(Period(period=str(2026 + i), years=1) for i in range(60)),
        countries=countries,
        commodities=base.commodities,
        plants=plants,
        demand=demand,
        lanes=(LaneRow(origin="*", destination="*", commodity="ore", cost=1, row=2),),
        scenarios=tuple(Scenario(scenario=f"d{i}", per_year=0.001, row=2 + i) for i in range(10)),
        events=tuple(replace(each, scenario=f"d{i}", country="C1") for i in range(10) for each in base.events),
    )
    return Problem(tables, name="large")


def test_what_is_too_large_is_refused_at_once_with_what_makes_it_large() -> None:
    """Some 31 million columns of which a program of 2 GB is never made: counting ends where it is too much."""
    problem = _large()
    started = time.process_time()
    with pytest.raises(InvalidProblem, match=r"Lanes row 2 alone makes 1,\d60 lanes") as caught:
        solve_problem(problem, memory_limit=2 * GIGABYTE)
    assert time.process_time() - started < 5.0
    (finding,) = [each for each in caught.value.findings if each.code == "FS319"]
    assert (finding.sheet, finding.row) == ("Lanes", 2)
    assert "more than" in finding.message and "2.0 GB may be used" in finding.message


def test_what_fits_is_let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = read_workbook(TUTORIAL)
    needed = AT_REST + BYTES_A_COLUMN * program_size(problem).columns
    refuse_too_large(problem, needed)
    with pytest.raises(InvalidProblem):
        refuse_too_large(problem, needed - 1.0)
    monkeypatch.setattr("friendshore.optimizer.program.size.free_memory", lambda: None)
    refuse_too_large(problem)
    monkeypatch.setattr("friendshore.optimizer.program.size.free_memory", lambda: needed)
    with pytest.raises(InvalidProblem):
        refuse_too_large(problem)


def test_the_limit_of_the_sheet_holds_in_gigabytes_and_an_argument_wins_over_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The free memory of the machine, told as none at all, is asked of neither of them."""
    monkeypatch.setattr("friendshore.optimizer.program.size.free_memory", lambda: 0.0)
    needed = AT_REST + BYTES_A_COLUMN * program_size(read_workbook(TUTORIAL)).columns
    enough, short = (read_workbook(TUTORIAL, {"memory_limit": repr(k * needed / GIGABYTE)}) for k in (1.001, 0.999))
    refuse_too_large(enough)
    with pytest.raises(InvalidProblem, match="FS319"):
        refuse_too_large(short)
    refuse_too_large(short, needed)
    with pytest.raises(InvalidProblem, match="FS319"):
        refuse_too_large(enough, needed - 1.0)


def test_parts_that_a_policy_tracks_are_counted_for_every_group_of_suppliers_and_goods_once() -> None:
    """Two policies of clean origin about the same suppliers and goods share their columns, a third has its own."""
    problem = magnets()
    clean = Policy(policy="clean", kind="clean_origin", limit=0.1, suppliers="Conc", commodity="magnet")
    sizes = []
    for policies in ((), (clean,), (clean, replace(clean, policy="again", limit=0.2)), (clean, _of_all(clean))):
        tables = replace(problem.tables, policies=policies)
        sizes.append(program_size(replace(problem, tables=tables)).columns_of_node)
    none, one, same, two = sizes
    assert one == same
    assert two - one == one - none > 0


def _of_all(clean: Policy) -> Policy:
    return replace(clean, policy="of_all", commodity="*")


def test_the_command_ends_with_the_code_of_a_workbook_that_has_errors(tmp_path: Path) -> None:
    target = tmp_path / "plan.xlsx"
    asked = ["solve", str(TUTORIAL), "-o", str(target), "--memory-limit", "0.1", "--json", "--quiet"]
    ended = CliRunner().invoke(app, asked)
    assert ended.exit_code == 3
    answer = json.loads(ended.stdout)
    assert answer["status"] == "invalid"
    assert [each["code"] for each in answer["problems"]] == ["FS319"]
    assert not target.exists()
    assert CliRunner().invoke(app, ["solve", str(TUTORIAL), "--memory-limit", "0"]).exit_code == 2
