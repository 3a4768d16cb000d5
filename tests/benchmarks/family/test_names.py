"""Every column and row has a name of its own that says where it stands and of what it is."""

from __future__ import annotations

import pytest

from benchmarks.family.catalogue import define
from benchmarks.family.names import LONGEST, Meaning, column_meanings, row_meanings, unique


@pytest.mark.parametrize("name", ["tut-b9-p4-c2-tight-s1", "gage-b1-s1"])
def test_names_are_distinct_and_as_many_as_there_are_columns_and_rows(name: str) -> None:
    assembled = define(name).assembled
    for meanings, count in (
        (column_meanings(assembled), assembled.program.columns),
        (row_meanings(assembled), assembled.program.rows),
    ):
        names = [each.name for each in meanings]
        assert len(set(names)) == len(names) == count
        assert unique(names) == names
        assert all(each.split() == [each] and len(each) <= LONGEST for each in names)


def test_a_name_stands_for_what_the_column_is() -> None:
    """The column of units decided in the tutorial is the one that costs them, and demand names country and tier."""
    assembled = define("tut-b5-s1").assembled
    meanings = column_meanings(assembled)
    whole = [each for each, integer in zip(meanings, assembled.program.integer, strict=True) if integer]
    assert {each.kind for each in whole} == {"Decided"}
    assert {each.of for each in whole} == {("Friend_line",)}
    assert {each.scenario for each in whole} == {"base"}
    shortage = next(each for each in meanings if each.kind == "shortage")
    row = assembled.model_data.problem.demand[0]
    assert shortage.of == ("#0", row.country, row.commodity, row.tier)
    upper = assembled.program.column_upper[meanings.index(shortage)]
    assert upper == pytest.approx(float(assembled.model_data.parameters.values["demand"][0, 0]))


def test_names_that_are_the_same_or_too_long_get_a_number() -> None:
    long = "x" * (LONGEST + 5)
    assert unique(["a", "b", "a", long, long]) == ["a", "b", "a~2", f"{long[:LONGEST]}~1", f"{long[:LONGEST]}~2"]


def test_signs_that_formats_read_in_their_own_way_are_left_out() -> None:
    assert Meaning("level", "base", "2026", "1", ("Old store; north",)).name == "level[base:2026:1|Old_store__north]"
