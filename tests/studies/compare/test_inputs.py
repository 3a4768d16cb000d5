"""What changed in the input sheets, by sheet, key and column."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from friendshore.optimizer.studies.compare.inputs import InputChange, input_changes
from friendshore.optimizer.workbook.examples import source_sheets
from tests.places import SOURCES
from tests.studies.compare.drafts import TUTORIAL, Sheets, changed, problem_of, row


def _changes(folder: Path, edit) -> tuple[InputChange, ...]:
    return input_changes(problem_of(folder, "a", TUTORIAL), problem_of(folder, "b", changed(edit)))


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda s: row(s, "Policies", "civil_floor").update(limit=0.1), ["Policies: civil_floor, limit 0.25 -> 0.1"]),
        (lambda s: row(s, "Plants", "Rival_oxide").update(emissions=2), ["Plants: Rival_oxide, emissions 0 -> 2"]),
        (lambda s: row(s, "Settings", "discount_rate").update(value=0.05), ["Settings, discount_rate 0 -> 0.05"]),
        (
            lambda s: s["Policies"].pop(),
            [
                "Policies: civil_floor removed (kind max_shortage, limit 0.25, "
                "consumers Home, commodity magnet, tier civil, scenario embargo)"
            ],
        ),
        (
            lambda s: s["Countries"].append({"country": "Third", "bloc": "neutral"}),
            ["Countries: Third added (bloc neutral)"],
        ),
        (lambda s: s["Demand"][0].update({"2028": 90}), None),
        (lambda s: row(s, "Plants", "Rival_oxide").update(emissions=0, min_use=0), []),
        (lambda s: [rows.reverse() for name, rows in s.items() if name != "Periods"], []),
    ],
)
def test_each_difference_is_named(tmp_path: Path, edit, told: list[str] | None) -> None:
    """Changed, added and removed; a default typed out and another order of rows are no difference."""
    found = [str(change) for change in _changes(tmp_path, edit)]
    if told is None:
        before = TUTORIAL["Demand"][0].get("2028")
        key = " ".join(str(TUTORIAL["Demand"][0][name]) for name in ("country", "commodity", "tier"))
        assert found == [f"Demand: {key}, 2028 {before or 'blank'} -> 90"]
    else:
        assert found == told


def test_rows_without_a_key_are_paired_by_content_first(tmp_path: Path) -> None:
    """Two rows of Demand with one key: only the one that changed is told."""
    two = changed(lambda s: s["Demand"].append(deepcopy(s["Demand"][0]) | {"shortage_cost": 7.0}))
    other = deepcopy(two)
    other["Demand"][-1]["shortage_cost"] = 8.0
    other["Demand"].reverse()
    found = input_changes(problem_of(tmp_path, "a", two), problem_of(tmp_path, "b", other))
    assert [(change.sheet, change.column, change.before, change.after) for change in found] == [
        ("Demand", "shortage_cost", 7.0, 8.0)
    ]


def test_remarks_come_last(tmp_path: Path) -> None:
    def edit(sheets: Sheets) -> None:
        row(sheets, "Settings", "title")["value"] = "Another"
        row(sheets, "Policies", "rival_cap").update(limit=0.7, note="changed")

    found = _changes(tmp_path, edit)
    assert [(change.column, change.remark) for change in found] == [("limit", False), ("title", True), ("note", True)]


def test_the_real_workbook_shuffled_is_the_same(tmp_path: Path) -> None:
    sheets = source_sheets(SOURCES / "rare_earth_magnets")
    other = {name: rows if name == "Periods" else rows[::-1] for name, rows in sheets.items()}
    assert input_changes(problem_of(tmp_path, "a", sheets), problem_of(tmp_path, "b", other)) == ()
