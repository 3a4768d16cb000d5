"""The workbook of the study: sheets, real tables, charts, units, and numbers that are the study's."""

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from friendshore.optimizer.reporting.content import Block, Figure
from friendshore.optimizer.studies.vulnerabilities.sheets import write_vulnerabilities
from friendshore.optimizer.studies.vulnerabilities.sheets.book import SHEETS
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import vulnerabilities
from tests.mathematics.cases import everything, island, store
from tests.studies.cases import magnets, problem, three_suppliers


@pytest.fixture(scope="module")
def study():
    return vulnerabilities(problem(three_suppliers() | {"Stockpiles": [store(initial=4)]}))


@pytest.fixture(scope="module")
def book(study, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "three.vulnerabilities.xlsx"
    write_vulnerabilities(study, path)
    return openpyxl.load_workbook(path)


def column(sheet, name):
    """Cells of the column of the first table on the left whose header begins so."""
    table = min(sheet.tables.values(), key=lambda table: range_boundaries(table.ref)[:2])
    cells = sheet[table.ref]
    place = next(i for i, cell in enumerate(cells[0]) if str(cell.value).startswith(name))
    return [row[place].value for row in cells[1:]]


def contents(study):
    return {name: content(study) for name, content in SHEETS}


def test_sheets_in_order_with_tables(book):
    assert book.sheetnames == [name for name, _ in SHEETS]
    assert all(len(name) <= 31 for name in book.sheetnames)
    names = [name for sheet in book for name in sheet.tables]
    assert len(names) == len(set(names)) and all(sheet.tables for sheet in book)


def test_the_summary_is_ranked_and_carries_units(study, book):
    sheet = book["Vulnerabilities Summary"]
    assert column(sheet, "Source lost")[0] == study.points[0].source.name == "Far"
    assert column(sheet, "Time to survive, all (years)")[0] == pytest.approx(0.8)
    assert column(sheet, "A stop until it recovers costs more (USD)")[0] == pytest.approx(study.points[0].stop.cost)
    assert column(sheet, "Time to recover (years)")[0] == 2
    assert "Far" in sheet["A2"].value and "576 USD" in sheet["A2"].value
    assert "no end" in column(sheet, "Time to survive, all (years)")


def test_every_row_of_the_study_is_in_a_table(study, book):
    assert len(column(book["Vulnerabilities Single points"], "Source lost")) == len(study.points)
    assert len(column(book["Vulnerabilities Supply"], "Consumer")) == len(study.supply)
    assert len(column(book["Vulnerabilities Exposure"], "Consumer")) == len(study.exposure)
    assert len(column(book["Vulnerabilities Tiers"], "Consumer")) == len(study.exposure_by_tier)
    assert column(book["Vulnerabilities Shortfalls"], "Who goes short") == ["Home"] * sum(
        len(point.stop.shortfalls) for point in study.points
    )
    assert min(column(book["Vulnerabilities Survival"], "Time to survive")) == pytest.approx(4 / 8)  # the strait


def test_charts_say_the_finding(study):
    titles = {
        name: [item.title for item in content.right if isinstance(item, Figure)]
        for name, content in contents(study).items()
    }
    assert titles["Vulnerabilities Summary"] == [
        "3 of 7 sources reach a tenth of the worst, Far",
        "3 of 7 sources take longer to recover than supply lasts",
    ]
    assert titles["Vulnerabilities Supply"] == ["50% of the coalition's metal comes from countries of concern"]
    assert titles["Vulnerabilities Exposure"] == ["metal: 50% of its value from Far, 50% stops with it"]
    assert titles["Vulnerabilities Tiers"] == ["Behind metal: Far makes 50% of the metal"]


def test_headers_of_blocks_differ(study):
    for content in contents(study).values():
        for item in (*content.left, *content.right):
            block = item if isinstance(item, Block) else item.block
            assert len(set(block.headers)) == len(block.fields)


@pytest.mark.parametrize("sheets", [island(), magnets(), everything()])
def test_other_problems_are_written_as_well(sheets, tmp_path):
    path = tmp_path / "other.xlsx"
    write_vulnerabilities(vulnerabilities(problem(sheets)), path)
    assert openpyxl.load_workbook(path).sheetnames == [name for name, _ in SHEETS]
