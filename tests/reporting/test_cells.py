"""How numbers read, how headers wrap, and what may be written."""

import math
from itertools import pairwise

import pandas as pd
import pytest

from friendshore.optimizer.reporting.cells import clean, lines_of, number_format, one_format, reads_as_text, width_of
from friendshore.optimizer.reporting.charts import LONGEST_TITLE, shortened
from friendshore.optimizer.reporting.content import Block, Field
from friendshore.optimizer.reporting.palette import SERIES, lightness, spread


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([12_345.6, 1.0], "#,##0"),
        ([345.6], "#,##0.0"),
        ([3.45], "#,##0.00"),
        ([0.0345], "#,##0.000"),
        ([0.0000345], "#,##0.00000"),
        ([3.0, 2_000_000.0], "#,##0"),
        ([], "#,##0"),
        ([math.nan, 2.5], "#,##0.00"),
    ],
)
def test_decimals_follow_the_largest_value(values: list[float], expected: str) -> None:
    assert number_format("number", values) == expected


def test_years_have_no_separator() -> None:
    assert number_format("when", [2026.0]) == "0"
    assert number_format("when", [2026.5]) == "0.0#"


def test_small_shares_keep_their_digits() -> None:
    assert one_format("share", 0.0004) == "0.000%"
    assert one_format("share", 0.4) == "0.0%"


def test_a_mixed_column_sits_where_most_of_it_does() -> None:
    mixed = Field("value", "Value", "mixed")
    assert reads_as_text(mixed, ["a", "b", 1.0])
    assert not reads_as_text(mixed, ["a", 2.0, 1.0])


def test_a_header_takes_as_many_lines_as_its_words_need() -> None:
    assert lines_of("Unit", 10) == 1
    assert lines_of("Price of tightening by one unit", 16) > 1
    header = "Price of tightening by one unit (USD thousand)"
    width = width_of(header, "number", pd.Series([1.0]), overflows=False, lines=4)
    assert lines_of(header, width) <= 4


def test_text_fits_its_cell() -> None:
    assert len(clean("x" * 40_000)) == 32_767
    assert clean("\ud800") == "?"
    assert len(shortened("word " * 50)) <= LONGEST_TITLE


def test_headers_of_one_table_differ() -> None:
    frame = pd.DataFrame({"a": [1], "b": [2], "c": [3]})
    block = Block("T", "", frame, (Field("a", "Same"), Field("b", "same"), Field("c", "")))
    assert block.headers == ("Same", "same 2", "-")


def test_colours_differ_in_lightness_for_black_and_white() -> None:
    light = [lightness(colour) for colour in SERIES]
    assert light == sorted(light)
    assert all(later - earlier > 0.04 for earlier, later in pairwise(light))
    assert len(spread(9)) == 9


def test_what_arithmetic_leaves_of_a_whole_number_shows_no_decimals() -> None:
    """60 days reckoned as 60.0000000001 stand beside 180 without a tail."""
    assert one_format("number", 60.00000000001) == "#,##0"
    assert one_format("number", 60.001) == "#,##0.00"
