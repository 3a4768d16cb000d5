"""Tables and bars of studies: money in a multiple that reads well, what is open told as open."""

from __future__ import annotations

from math import nan
from pathlib import Path

from friendshore.optimizer.page.parts import Grid
from friendshore.optimizer.page.study_parts import (
    Bars,
    Picture,
    between,
    decided_and_open,
    grid,
    multiple,
    shares_between,
    with_rows,
)
from friendshore.optimizer.page.study_tables import StudyTable, StudyTables
from friendshore.optimizer.reporting.content import Field

FIELDS = (Field("who", "Who"), Field("cost", "Cost", "number"), Field("part", "Part", "share"), Field("note", "Note"))
TABLE = StudyTable(
    "Costs",
    FIELDS,
    {"cost": "USD thousand"},
    (
        {"who": "one_line", "cost": 1_500.0, "part": 0.25, "note": ""},
        {"who": "two", "cost": nan, "part": nan, "note": ""},
    ),
)
STUDY = StudyTables(Path("study.xlsx"), {"Currency": "USD thousand"}, {}, {"Costs": TABLE}, {})


def texts(table: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_a_table_reads_as_the_page_says_numbers() -> None:
    """1,500 thousand are 1.5 million; what is not known is a dash; a column without an entry is not shown."""
    made = grid(STUDY, TABLE, "Costs of each")
    assert [column.header for column in made.columns] == ["Who", "Cost (million USD)", "Part"]
    assert [column.numeric for column in made.columns] == [False, True, True]
    assert texts(made) == [["One_line", "1.5", "25.0%"], ["Two", "–", "–"]]


def test_what_is_left_out_is_counted() -> None:
    made = grid(STUDY, with_rows(TABLE, [TABLE.rows[0]] * 5), "Many", ("cost", "who"), most=2)
    assert [column.header for column in made.columns] == ["Cost (million USD)", "Who"] and len(made.rows) == 2
    assert made.note == "3 more rows stand in the study's workbook."


def test_money_in_columns_of_money_alone_decides_the_multiple() -> None:
    assert multiple(STUDY, TABLE, ("cost", "part")) == (1000.0, "million USD")
    assert multiple(STUDY, TABLE, ("part",))[0] == 0.001  # nothing of it is money: single dollars


def test_ends_in_words() -> None:
    assert between(1000.0, 1000.0 + 1e-6, "USD") == "1,000 USD"
    assert between(994.2, 1006.1, "USD") == "994 USD to 1,007 USD"
    assert between(nan, 3.0, "USD") == "not known"
    assert (shares_between(0.25, 0.25), shares_between(0.1, 0.2), shares_between(nan, 1)) == (
        "25%",
        "10% to 20%",
        "not known",
    )


def test_what_is_not_decided_is_a_bar_of_its_own() -> None:
    """One amount known but for rounding and one that is open: the second bar begins where the first ends."""
    proven, open_ = decided_and_open([2.0, 3.0], [2.0 + 1e-9, 5.0], ["two", "three to five"])
    assert (proven.low, proven.high, proven.told) == ([0.0, 0.0], [2.0, 3.0], ())
    assert (open_.low, open_.high) == ([2.0, 3.0], [2.0, 5.0]) and open_.tone == -2
    (alone,) = decided_and_open([2.0], [2.0], ["two"])
    assert alone.high == [2.0] and alone.told == ["two"]


def test_a_picture_holds_numbers_alone() -> None:
    chart = Picture(["a", "b"], (Bars("x", 0, [0.0, nan], [1.0, nan]),), (), "USD").chart(
        "key", "Title", "Alt", grid(STUDY, TABLE, "Costs")
    )
    assert chart.kind == "ranges" and chart.rows == 2 and chart.data["categories"] == ["A", "B"]
    assert chart.data["bars"] == [{"name": "x", "tone": 0, "low": [0.0, None], "high": [1.0, None], "told": []}]
