from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.page.page import Page, page_of
from friendshore.optimizer.page.render import html
from friendshore.optimizer.page.tables import PlanTables, of_plan
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.workbook.read import read_workbook
from tests.page.reading import Read, read
from tests.reporting import plans

TUTORIAL = Path(__file__).parents[2] / "inputs" / "tutorial.xlsx"


def mapped(plan: Plan) -> Plan:
    """The plan with countries that a map knows: A is a union of two states, B too small for its scale, C is China."""
    codes = {"A": ("FRA", "DEU"), "B": ("SGP",), "C": ("CHN",)}
    rows = tuple(
        dataclasses.replace(row, iso3=codes[row.country], name=f"Land {row.country}")
        for row in plan.problem.tables.countries
    )
    problem = dataclasses.replace(plan.problem, tables=dataclasses.replace(plan.problem.tables, countries=rows))
    return dataclasses.replace(plan, problem=problem)


@pytest.fixture(scope="package")
def solved() -> Plan:
    """The plan of the tutorial."""
    found = solve_problem(read_workbook(TUTORIAL), gap=0.0, threads=1).plan
    assert found is not None
    return found


@pytest.fixture(scope="package")
def drawn() -> Plan:
    """The plan worked out by hand, with countries on the map."""
    return mapped(plans.plan())


@pytest.fixture(scope="package")
def tables(drawn: Plan) -> PlanTables:
    return of_plan(drawn)


@pytest.fixture(scope="package")
def page(tables: PlanTables) -> Page:
    return page_of(tables)


@pytest.fixture(scope="package")
def text(page: Page) -> str:
    return html(page)


@pytest.fixture(scope="package")
def seen(text: str) -> Read:
    return read(text)
