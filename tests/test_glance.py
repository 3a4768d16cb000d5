"""What is shown of problems, plans and outcomes: a few lines, and tables with nothing in them that runs."""

from __future__ import annotations

import dataclasses
from xml.etree import ElementTree

import pytest

from friendshore.models.findings import Finding
from friendshore.models.glance import MOST, html_table
from friendshore.models.plan import Outcome, Plan, Run, Status
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.workbook.read import read_workbook
from tests.door.conftest import TUTORIAL


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return solve_problem(read_workbook(TUTORIAL), gap=0.0, threads=1)


@pytest.fixture
def plan(outcome: Outcome) -> Plan:
    assert outcome.plan is not None
    return outcome.plan


def cells(html: str) -> list[list[str]]:
    """Rows of all tables, as text; the markup is well formed."""
    root = ElementTree.fromstring(f"<div>{html}</div>")  # noqa: S314 - our own text
    return [["".join(cell.itertext()) for cell in row] for row in root.iter("tr")]


def test_a_problem_in_two_lines(plan: Plan) -> None:
    """Its sheets with their rows; those without rows are left out."""
    first, rows = repr(plan.problem).splitlines()
    assert first == "Problem 'tutorial', money in USD thousand, warnings: 0"
    assert "Periods 3, Countries 3, Commodities 2" in rows and "Profiles" not in rows
    assert ["Plants", "3"] in cells(plan.problem._repr_html_())


def test_a_plan_in_two_lines(plan: Plan) -> None:
    """By hand (ANSWER.md): 6,628; the worst outcomes are the embargo, 2,000 + 2,760 + 2,620 = 7,380."""
    first, rows = repr(plan).splitlines()
    assert first == "Plan for 'tutorial', in USD thousand: expected cost 6,628, objective 6,628, CVaR 7,380"
    assert "investments 1" in rows and "protections 0" in rows
    shown = cells(plan._repr_html_())
    assert ["Friend_line", "base", "2027", "2"] in shown and ["expected cost", "6,628"] in shown
    assert ["civil_floor", "max_shortage", "0.25", "0.25", "0"] in shown


def test_an_outcome_with_and_without_a_plan(outcome: Outcome) -> None:
    assert repr(outcome).splitlines()[0] == "Outcome: optimal, bound 6,628, relative gap 0"
    assert repr(outcome).endswith(repr(outcome.plan)) and len(repr(outcome).splitlines()) == 3
    assert ["status", "optimal"] in cells(outcome._repr_html_())
    clash = Finding("FS601", "error", "Policies", "cannot hold with the others", row=7)
    none = Outcome(Run(Status.INFEASIBLE), conflict=(clash,))
    assert repr(none).splitlines() == ["Outcome: infeasible, bound –, relative gap –", str(clash)]
    assert ["FS601", "Policies!7", "cannot hold with the others"] in cells(none._repr_html_())


def test_text_of_the_input_is_text(plan: Plan) -> None:
    """Markup in a name is shown, not run."""
    problem = dataclasses.replace(plan.problem, name="<script>alert(1)</script>")
    for html in (problem._repr_html_(), dataclasses.replace(plan, problem=problem)._repr_html_()):
        assert "<script>" not in html and "&lt;script&gt;" in html
    assert "<b>" not in html_table("<b>", ["<b>"], [["<b>"]])


def test_a_long_table_is_cut_and_says_so() -> None:
    html = html_table("Many", ["Number"], ((number,) for number in range(MOST + 5)))
    assert len(cells(html)) == 1 + MOST and "and 5 more" in html
    assert "more" not in html_table("Few", ["Number"], [(1,)])
