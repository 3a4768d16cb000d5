"""Plans in which some of what a plan may hold does not happen: every table, sheet and page of them all the same."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from friendshore import solve, write_plan, write_report
from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import PLAN_TABLES
from friendshore.optimizer.saved.plan_decisions import read_decisions
from friendshore.optimizer.saved.plan_reader import read_plan
from friendshore.optimizer.studies.compare import compare
from friendshore.optimizer.studies.compare.sheets import write_comparison
from friendshore.optimizer.studies.compare.words import lines
from friendshore.optimizer.studies.stress.sheets import write_stress
from friendshore.optimizer.studies.stress.stress import stress_plan
from friendshore.optimizer.studies.vulnerabilities.sheets import write_vulnerabilities
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import vulnerabilities
from tests.mathematics.cases import Sheets, built, importer, island, stop, store, under


def nothing_made() -> Sheets:
    """A works without capacity: 5 t a year are short, at 9 a ton."""
    sheets = island(demand=5, capacity=0, cost=1)
    sheets["Demand"][0]["shortage_cost"] = 9
    return sheets


def from_stock() -> Sheets:
    """No capacity, and a store that holds all of the 5 t of the one year."""
    return nothing_made() | {"Stockpiles": [store(initial=5)]}


def nothing_wanted() -> Sheets:
    """Nobody needs anything."""
    return island(demand=0)


def stopped_importer() -> Sheets:
    """Goods from abroad alone, that a stop keeps out in the second of two years."""
    return importer(periods=2) | stop(0.1)


def nothing_worth_building() -> Sheets:
    """A works to be built at a price that no shortage makes worth it, in whole units or parts."""
    return nothing_made() | {"Expansions": [built(capex=1e6), built(expansion="part", capex=1e6, integer="no")]}


CASES = {
    "nothing made": (nothing_made, 45.0),
    "from stock": (from_stock, 0.0),
    "nothing wanted": (nothing_wanted, 0.0),
    "stopped importer": (stopped_importer, 36 * 2 * 0.9 + 0.1 * (36 + 1200)),
    "nothing built": (nothing_worth_building, 45.0),
    "clean": (
        lambda: under(
            nothing_made(), kind="clean_origin", limit=0.5, suppliers="Home", commodity="metal", consumers="Home"
        ),
        45.0,
    ),
}


KINDS = {str: "O", int: "i", float: "f"}


@pytest.mark.parametrize("name", CASES)
def test_tables_have_their_types_and_everything_is_written(name: str, tmp_path: Path) -> None:
    """Each table has the types of its declaration, whatever it lacks; plan, page and all studies of the plan stand."""
    sheets, objective = CASES[name]
    problem = problem_from_sheets(sheets())
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)
        plan = solve(problem, gap=0.0).plan
        assert plan is not None
        assert plan.objective == pytest.approx(objective)
        for table, types in PLAN_TABLES.items():
            frame = vars(plan)[table]
            assert {column: frame[column].dtype.kind for column in frame} == {
                column: KINDS[type_] for column, type_ in types.items() if column != "recipe"
            }, table  # no plant here has several recipes
        path = tmp_path / "x.plan.xlsx"
        write_plan(plan, path)
        write_report(plan, tmp_path / "x.plan.html")
        saved = read_plan(path)
        comparison = compare([saved, saved])
        assert list(lines(comparison))
        write_comparison(comparison, tmp_path / "compare.xlsx")
        write_stress(stress_plan(problem, read_decisions(path, saved.problem)), tmp_path / "stress.xlsx")
        write_vulnerabilities(vulnerabilities(problem), tmp_path / "vulnerabilities.xlsx")
