"""Rows with the values of each year."""

from friendshore.models.checks.every_year import in_every_year
from friendshore.models.examine import problem_from_sheets
from tests.parsing.valid import valid


def test_each_row_comes_with_every_year():
    """The mine has 100 in two years and 90 in the third; prices are asked of the year that comes with it."""
    sheets = valid()
    sheets["Profiles"].append({"table": "Commodities", "id": "ore", "column": "price", "2027": 12})
    problem = problem_from_sheets(sheets)
    found = list(in_every_year(problem, lambda tables: tables.plants))
    assert [row.capacity for _, row in found if row.plant == "mine"] == [100, 100, 90]
    assert [year.commodities["ore"].price for year, row in found if row.plant == "mine"] == [10, 12, 10]


def test_once_where_nothing_changes():
    sheets = valid()
    del sheets["Profiles"]
    problem = problem_from_sheets(sheets)
    assert [row.plant for _, row in in_every_year(problem, lambda tables: tables.plants)] == ["mine", "smelter"]
