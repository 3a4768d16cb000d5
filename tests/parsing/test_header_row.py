"""The headers are found below titles and notes; where two rows may be meant, or data would be lost, it is an error."""

import pytest

from friendshore.models.examine import examine
from friendshore.models.parsing import grids_of
from friendshore.models.parsing.grids import Area, Marks, NamedTable
from friendshore.models.parsing.header_row import Head, find_head
from friendshore.models.parsing.headers import sheet_columns
from friendshore.models.tables.plants import Plant
from tests.parsing.valid import valid

TITLES = (("Our plants, as of March", None), (), (None, None, "t/a", "USD/t"))


def findings_of(grids, marks=None):
    examined = examine(grids, address=lambda row, index: f"{chr(65 + index)}{row}", marks=marks)
    return [(finding.code, finding.place) for finding in examined.findings]


def below(*above):
    """The valid workbook with rows above the headers of Plants."""
    grids = grids_of(valid())
    grids["Plants"] = (*above, *grids["Plants"])
    return grids


def test_headers_in_row_1_and_below_titles_read_alike():
    examined = examine(below(*TITLES))
    assert examined.findings == ()
    whole = examine(grids_of(valid())).problem
    assert [row.plant for row in examined.problem.tables.plants] == [row.plant for row in whole.tables.plants]
    assert [row.row for row in examined.problem.tables.plants] == [row.row + 3 for row in whole.tables.plants]


def test_every_sheet_takes_titles_settings_too():
    grids = {title: (("A title",), *grid) for title, grid in grids_of(valid()).items()}
    examined = examine(grids)
    assert examined.findings == ()
    assert examined.problem.settings.title == "A test"
    assert list(examined.problem.countries) == ["Alia", "Berg", "Conc"]


def test_cells_in_messages_stay_true():
    grids = below(*TITLES)
    grids["Plants"] = tuple((None, *row) for row in grids["Plants"])  # the table begins in column B
    rows = [list(row) for row in grids["Plants"]]
    rows[5][5] = "a lot"
    grids["Plants"] = rows
    assert findings_of(grids) == [("FS103", "Plants!F6")]


def test_the_first_cell_of_the_table_comments_a_row_out():
    grids = below(("A title",))
    grids["Plants"] = (*((None, *row) for row in grids["Plants"]), (None, "# closed", "Nowhere", None, None, "x"))
    assert findings_of(grids) == []


def test_data_above_the_headers_would_be_lost():
    grids = below()
    head, first, second = grids["Plants"]
    grids["Plants"] = (first, head, second)
    assert ("FS102", "Plants!1") in findings_of(grids)


def test_a_bare_period_above_the_headers_is_data_and_a_title_is_not():
    grids = grids_of(valid())
    head, *rows = grids["Periods"]
    grids["Periods"] = (rows[0], head, *rows[1:])
    assert ("FS102", "Periods!1") in findings_of(grids)
    grids["Periods"] = (("The horizon",), head, *rows)
    assert findings_of(grids) == []


def test_two_tables_on_a_sheet_are_an_error_unless_excel_says_which():
    grids = below(("A title",))
    grids["Plants"] = (*grids["Plants"], (), *grids["Plants"][1:])
    assert ("FS102", "Plants!6") in findings_of(grids)
    table = NamedTable("Plants", Area(2, 1, 4, 6))
    head, findings = find_head(
        "Plants",
        sheet_columns(Plant.TABLE),
        grids["Plants"],
        ("plant", "country", "capacity", "unit_cost"),
        Marks(tables=(table,)),
    )
    assert (head.row, findings) == (2, [])


def test_an_excel_table_may_begin_anywhere_and_its_totals_are_no_data():
    grids = below(*[("A long preface",)] * 40)
    grids["Plants"] = (*grids["Plants"], ("Total", None, None, None, 140, None))
    assert ("FS102", "Plants!1") in findings_of(grids)  # beyond the rows that are looked at
    marks = {"Plants": Marks(tables=(NamedTable("Table1", Area(41, 1, 44, 6), totals=1),))}
    assert findings_of(grids, marks) == []


def test_a_missing_column_is_told_at_the_row_that_holds_the_other_headers():
    grids = below(*TITLES)
    grids["Plants"] = tuple(row[:4] for row in grids["Plants"])
    assert ("FS102", "Plants!4") in findings_of(grids)


def test_a_row_of_units_is_not_read_and_told():
    grids = grids_of(valid())
    head, *rows = grids["Plants"]
    grids["Plants"] = (head, ("unit", None, None, None, "t CO2e/a", "USD/t"), *rows)
    assert findings_of(grids) == [("FS158", "Plants!2")]


@pytest.mark.parametrize(
    "row",
    [
        ("new", None, None, None, "t/a", "USD/t"),  # has a name
        (None, "Alia", None, None, "t/a", "USD/t"),  # has a country
        (None, None, None, None, 40, "USD/t"),  # has a number
        (None, None, None, None, "40", "USD/t"),  # has text that looks like one
        (None, None, None, None, "#N/A", "USD/t"),
        (None, None, None, None, "-", "-"),
    ],
)
def test_what_may_be_data_is_never_taken_for_units(row):
    grids = grids_of(valid())
    head, *rows = grids["Plants"]
    grids["Plants"] = (head, row, *rows)
    codes = [code for code, _ in findings_of(grids)]
    assert "FS158" not in codes
    assert {"FS103", "FS105"} & set(codes)


def test_an_empty_sheet_has_its_headers_in_row_1():
    assert find_head("Plants", sheet_columns(Plant.TABLE), (), ("plant",)) == (Head(), [])
