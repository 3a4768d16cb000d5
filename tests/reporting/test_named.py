"""Names are shown beside ids on the plan sheets and in their place in sentences and charts."""

import openpyxl
import pytest

from friendshore.models.plan import Plan
from friendshore.models.problem import Problem
from friendshore.optimizer.commands.schema.outcome import solved
from friendshore.optimizer.commands.summary import summary
from friendshore.optimizer.reporting.catalogue import SHEETS
from friendshore.optimizer.reporting.content import Figure
from friendshore.optimizer.reporting.named import names_of, with_names
from friendshore.optimizer.reporting.workbook import write_plan
from friendshore.optimizer.saved.plan_reader import read_plan
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.workbook.read import read_workbook
from tests.places import INPUTS


@pytest.fixture(scope="module")
def plain() -> Problem:
    return read_workbook(INPUTS / "tutorial.xlsx")


@pytest.fixture(scope="module")
def named(plain: Problem) -> Plan:
    problem = plain
    for sheet, names in problem.names.items():
        assert sheet == "Countries" or not names
    for (sheet, id), name in ids(plain).items():
        problem = problem.replace(sheet, id, name=name)
    plan = solve_problem(problem, gap=0.0).plan
    assert plan is not None
    return plan


def ids(problem: Problem) -> dict[tuple[str, str], str]:
    """A name for the first row of each sheet that has ids."""
    tables = problem.tables.by_sheet
    sheets = ("Commodities", "Plants", "Expansions", "Stockpiles", "Scenarios", "Policies")
    return {
        (sheet, str(vars(row)[row.TABLE.key[0]])): f"The {sheet} no. {place}"
        for sheet in sheets
        for place, row in enumerate(tables[sheet])
    }


def test_sheets_have_names_beside_ids(named: Plan, tmp_path) -> None:
    write_plan(named, tmp_path / "named.plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "named.plan.xlsx")
    tables = {name: (sheet, area) for sheet in book.worksheets for name, area in sheet.tables.items()}
    for block, id, name in [
        ("Plan_Sourcing", "Commodity", "Name of the commodity"),
        ("Plan_Production", "Plant", "Name of the plant"),
        ("Plan_Investments", "What", "Name of the investment"),
        ("Plan_Stockpiles", "Stockpile", "Name of the stockpile"),
        ("Plan_Scenarios", "Scenario", "Name of the scenario"),
        ("Plan_Scorecard", "Policy", "Name of the policy"),
    ]:
        sheet, area = tables[block]
        headers, *rows = [[cell.value for cell in row] for row in sheet[area]]
        shown = {row[headers.index(id)]: row[headers.index(name)] for row in rows}
        assert headers.index(name) == headers.index(id) + 1
        assert any(str(called).startswith("The ") for called in shown.values()), (block, shown)
        assert "_" not in "".join(map(str, shown.values()))


def test_a_plan_with_names_is_read_back_as_it_was(named: Plan, tmp_path) -> None:
    write_plan(named, tmp_path / "named.plan.xlsx")
    saved = read_plan(tmp_path / "named.plan.xlsx")
    assert saved.problem.names == named.problem.names
    assert set(saved.tables["Production"]["plant"]) == set(named.problem.plants)
    assert set(saved.tables["Investments"]["expansion"]) == set(named.problem.expansions)
    assert set(saved.tables["Sourcing"]["commodity"]) == set(named.problem.commodities)


def test_charts_and_findings_say_names(named: Plan) -> None:
    contents = [with_names(sheet.content(named), names_of(named.problem)) for sheet in SHEETS]
    titles = [item.title for content in contents for item in (*content.left, *content.right)]
    said = " ".join([*titles, *(content.finding for content in contents)])
    for sheet in ("Commodities", "Expansions", "Stockpiles"):
        assert f"The {sheet} no." in said, said
    ids_of = [*named.problem.commodities, *named.problem.expansions, *named.problem.stockpiles]
    assert not [id for id in ids_of if f"{id} " in said or f"{id}:" in said], said


def test_the_command_says_names(named: Plan) -> None:
    outcome = solve_problem(named.problem, gap=0.0)
    lines = "\n".join(summary(outcome, None))
    built = next(iter(named.problem.expansions))
    assert named.problem.names["Expansions"][built] in lines and f"{built}:" not in lines
    answer = solved(outcome)
    assert answer.names["Expansions"] == dict(named.problem.names["Expansions"])
    assert {one.expansion for one in answer.investments} <= set(named.problem.expansions)


def test_names_change_no_decision_and_without_them_no_sheet_changes(plain: Problem, named: Plan) -> None:
    plan = solve_problem(plain, gap=0.0).plan
    assert plan is not None and plan.objective == named.objective
    for sheet in SHEETS:
        content = sheet.content(plan)
        shown = with_names(content, names_of(plain))
        for before, after in zip((*content.left, *content.right), (*shown.left, *shown.right), strict=True):
            assert [field.key for field in blocks(before).fields] == [field.key for field in blocks(after).fields]


def blocks(item):
    """The table of a figure, or the table itself."""
    return item.block if isinstance(item, Figure) else item
