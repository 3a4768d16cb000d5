"""Each row of Scenarios is a danger, a sequel or dated, and says so with the cells that belong to it."""

from typing import Any

import pytest

from tests.parsing.valid import Sheets, expect, findings, silent, valid


def with_row(**cells: Any) -> Sheets:
    """A second scenario beside the dated ``stop`` of 2027, with an event."""
    sheets = valid()
    sheets["Scenarios"] = [
        {"scenario": "stop", "per_year": None, "probability": 0.1, "onset": 2027, "parent": "base", "step_months": 6},
        {"scenario": "more", "per_year": None, "probability": None, "onset": None, "parent": None} | cells,
    ]
    sheets["Events"].append({"scenario": "more", "kind": "capacity", "years": 0.5, "remaining": 0.5})
    return sheets


def with_danger(**cells: Any) -> Sheets:
    """The second is a danger, and this is a third that may follow it."""
    sheets = with_row(per_year=0.05)
    sheets["Scenarios"].append({"scenario": "after"} | cells)
    sheets["Events"].append({"scenario": "after", "kind": "capacity", "years": 0.5, "remaining": 0.5})
    return sheets


CODES = ("FS205", "FS309", "FS320", "FS321", "FS322", "FS323", "FS301")


@pytest.mark.parametrize("onset", [None, "any", "2027..2028", "2027 .. 2028", 2028, "2026..2028"])
def test_dangers_at_any_time_or_within_a_span(onset: object) -> None:
    silent(with_row(per_year=0.05, onset=onset), *CODES)


@pytest.mark.parametrize("parent", [None, "base", "stop", "base, stop"])
def test_paths_that_a_danger_may_strike(parent: object) -> None:
    silent(with_row(per_year=0.05, parent=parent), *CODES)


@pytest.mark.parametrize("onset", ["+1", 1, "+0.5", "1"])
def test_sequels(onset: object) -> None:
    """Excel makes the plain number 1 of +1."""
    silent(with_danger(probability=0.5, onset=onset, parent="more"), *CODES)


def test_both_chances_or_none() -> None:
    expect(with_row(per_year=0.05, probability=0.1, onset=2027), "FS320", "Scenarios!B3", "0.05 a year beside")
    expect(with_row(onset=2027), "FS320", "Scenarios!B3", "neither per_year nor probability")


def test_a_span_that_runs_backwards() -> None:
    expect(with_row(per_year=0.05, onset="2028..2027"), "FS309", "Scenarios!D3", "did you mean 2027..2028?")


@pytest.mark.parametrize("onset", ["2027..2031", "2031", "2026..2027..2028", "sometime"])
def test_a_span_of_unknown_periods(onset: str) -> None:
    expect(with_row(per_year=0.05, onset=onset), "FS321", "Scenarios!D3", "is no period", "2026..2028")


def test_a_date_that_is_no_period() -> None:
    expect(with_row(probability=0.1, onset=2031), "FS205", "Scenarios!D3", "outside the horizon 2026 … 2028")
    expect(with_row(probability=0.1), "FS321", "Scenarios!D3", "a blank cell beside a probability", "per_year")
    expect(with_row(probability=0.1, onset="any"), "FS321", "Scenarios!D3", "per_year")


def test_a_sequel_without_a_danger() -> None:
    expect(with_row(probability=0.1, onset="+1"), "FS321", "Scenarios!D3", "'base' is no danger")
    expect(with_row(probability=0.1, onset="+1", parent="stop"), "FS321", "Scenarios!D3", "'stop' is no danger")


def test_a_sequel_with_a_date() -> None:
    expect(with_danger(probability=0.1, onset=2028, parent="more"), "FS321", "Scenarios!D4", "wanted +1")


def test_one_danger_at_a_time() -> None:
    expect(with_danger(per_year=0.1, parent="more"), "FS322", "Scenarios!E4", "one danger at a time")


def test_lists_of_parents_are_for_dangers() -> None:
    expect(with_row(probability=0.1, onset=2028, parent="base, stop"), "FS322", "Scenarios!E3", "wanted one path")


def test_an_unknown_parent() -> None:
    expect(with_row(per_year=0.1, parent="base, stp"), "FS201", "Scenarios!E3", "the nearest is 'stop'")


def test_sequels_of_one_parent_sum_to_at_most_one() -> None:
    sheets = with_danger(probability=0.6, onset="+1", parent="more")
    silent(sheets, "FS323")
    sheets["Scenarios"].append({"scenario": "other", "probability": 0.5, "onset": "+1", "parent": "more"})
    sheets["Events"].append({"scenario": "other", "kind": "capacity", "years": 0.5, "remaining": 0.5})
    expect(sheets, "FS323", "Scenarios!C5", "sum to 1.1")


def test_dangers_that_leave_nothing_to_the_base_path() -> None:
    """0.95 in each of two years leaves 0.25 % of the 0.9 that the dated scenario leaves."""
    expect(with_row(per_year=0.95), "FS301", "Scenarios!B3", "leave the base path 0.22%", "or of the horizon")


def test_single_dates_are_told() -> None:
    """In four years or more: those two dates and no others are prepared for."""
    sheets = with_row(probability=0.1, onset=2028)
    silent(sheets, "FS540")
    sheets["Periods"].append({"period": 2029, "years": 1})
    told = [found for found in findings(sheets) if found.code == "FS540"]
    assert [found.place for found in told] == ["Scenarios!D2"] and "2027, 2028" in told[0].message
    for row in sheets["Scenarios"]:
        row["probability"] = 0
    silent(sheets, "FS540")
    sheets["Scenarios"] = with_row(per_year=0.05)["Scenarios"]
    silent(sheets, "FS540")


def test_a_sequel_that_never_begins_is_told() -> None:
    """With three years a sequel four years later never fits; one a year later does after the first onset alone."""
    late = with_danger(probability=0.1, onset="+4", parent="more")
    found = [f for f in findings(late) if f.code == "FS551"]
    assert [f.place for f in found] == ["Scenarios!D4"]
    silent(with_danger(probability=0.1, onset="+1", parent="more"), "FS551")


def test_the_faults_of_one_row_hide_no_others() -> None:
    """Each at once, with its own cell: also what is worked out of the branches, of the rows that can be read."""
    sheets = valid()
    cells = ("scenario", "per_year", "probability", "onset", "parent", "step_months")
    rows = [
        ("stop", None, 0.1, 2027, "base", 6),
        ("both", 0.05, 0.1, "any", None, 3),
        ("back", 0.05, None, "2028..2027", None, 3),
        ("after", None, 0.5, "+1", "base", 3),
        ("then", None, 0.5, "+1", "back", 3),
        ("certain", 0.95, None, "any", None, 3),
        ("odd", 0.01, None, "any", None, 5),
    ]
    sheets["Scenarios"] = [dict(zip(cells, row, strict=True)) for row in rows]
    for row in rows[1:]:
        sheets["Events"].append({"scenario": row[0], "kind": "capacity", "years": 0.5, "remaining": 0.5})
    told = {(finding.code, finding.place) for finding in findings(sheets) if finding.severity == "error"}
    assert told == {
        ("FS320", "Scenarios!B3"),
        ("FS309", "Scenarios!D4"),
        ("FS321", "Scenarios!D5"),
        ("FS301", "Scenarios!B7"),
        ("FS305", "Scenarios!F8"),
    }


@pytest.mark.parametrize(
    ("onset", "meant"),
    [
        ("2027-2028", "2027..2028"),
        ("2027 – 2028", "2027..2028"),
        ("2027 … 2028", "2027..2028"),
        ("2027 to 2028", "2027..2028"),
        ("Any", "any"),
    ],
)
def test_a_span_or_any_written_otherwise(onset: str, meant: str) -> None:
    """Read as nothing, with the way to write it."""
    expect(with_row(per_year=0.05, onset=onset), "FS321", "Scenarios!D3", f"did you mean {meant}? wanted blank, any")


def test_where_no_row_has_a_date_none_is_told() -> None:
    """A sequel alone, of a danger of probability 0, begins on no single date."""
    sheets = valid()
    sheets["Periods"] = [{"period": year, "years": 1} for year in range(2026, 2031)]
    sheets["Scenarios"] = [
        {"scenario": "stop", "per_year": 0, "probability": None, "onset": None, "parent": None, "step_months": 6},
        {"scenario": "after", "per_year": None, "probability": 0.5, "onset": "+1", "parent": "stop", "step_months": 6},
    ]
    assert not [finding for finding in findings(sheets) if finding.code == "FS540"]
