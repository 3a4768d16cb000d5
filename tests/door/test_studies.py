"""Plans in memory and plans read back are the same to the studies, and what is wrong is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

import friendshore as fs
from friendshore.models.parsing.unparse import sheets_of
from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.studies.compare.words import findings
from tests.door.conftest import TUTORIAL


def test_a_plan_in_memory_is_compared_as_its_workbook_is(tutorial: fs.Outcome, saved: SavedPlan) -> None:
    """Nothing differs between a plan and what is read back of it."""
    assert tutorial.plan is not None
    comparison = fs.compare(saved, tutorial.plan)
    assert comparison.pairs[0].inputs == () and findings(comparison, 1) == ()
    assert comparison.investments.changed.empty and comparison.sourcing.changed.empty
    assert comparison.figures.changed.empty and comparison.shortages.changed.empty


def test_a_plan_in_memory_is_stressed_as_its_workbook_is(tutorial: fs.Outcome, saved: SavedPlan) -> None:
    assert tutorial.plan is not None
    one, other = (fs.stress(plan, over=["countries"]).singles for plan in (tutorial.plan, saved))
    assert [broken.label for broken in one] == [broken.label for broken in other]
    assert [broken.extra_cost for broken in one] == pytest.approx([broken.extra_cost for broken in other])


def test_work_is_kept_and_taken_from_a_ledger(saved: SavedPlan, folder: Path) -> None:
    """The second time nothing is left to do: the ledger answers, and tells the same."""
    first = fs.stress(saved, over=["plants"], ledger=folder / "done.ledger")
    assert (folder / "done.ledger").stat().st_size > 0
    assert fs.stress(saved, over=["plants"], ledger=folder / "done.ledger").singles == first.singles


def test_what_there_is_not_is_refused(saved: SavedPlan, tmp_path: Path) -> None:
    for wrong in ({"k": 0}, {"k": 4}, {"over": ["moons"]}, {"over": []}, {"years": 0.0}, {"onset": "2040"}):
        with pytest.raises(ValueError, match=r"wanted|there is no"):
            fs.stress(saved, **wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="there is no engine 'moon'"):
        fs.stress(saved, engine="moon")
    with pytest.raises(ValueError, match="two plans"):
        fs.compare(saved)
    with pytest.raises(ValueError, match=r"does not end in \.xlsx"):
        fs.new(tmp_path / "mine.csv")
    with pytest.raises(fs.FileFault, match="FS008"):
        fs.new(tmp_path / "mine.xlsx", example="moon")


def test_frames_state_what_the_workbook_states() -> None:
    """The tutorial's sheets as DataFrames, blanks as NaN, give its tables record for record."""
    problem = fs.read_workbook(TUTORIAL)
    frames = {sheet: pd.DataFrame(rows) for sheet, rows in sheets_of(problem.tables).items()}
    again = fs.problem_from_frames(frames, "tutorial")
    assert sheets_of(again.tables) == sheets_of(problem.tables) and again.name == "tutorial"


def test_frames_with_errors_name_their_cells() -> None:
    problem = fs.read_workbook(TUTORIAL)
    frames = {sheet: pd.DataFrame(rows) for sheet, rows in sheets_of(problem.tables).items()}
    frames["Plants"]["country"] = "Frend"
    with pytest.raises(fs.InvalidProblem) as caught:
        fs.problem_from_frames(frames)
    assert {finding.sheet for finding in caught.value.findings if finding.severity == "error"} == {"Plants"}
    assert "Friend" in str(caught.value)


def test_frames_come_as_they_are_at_hand() -> None:
    """Numbers of numpy, periods as numbers, what a pivot leaves in the index, categories: all are read as cells."""
    problem = fs.read_workbook(TUTORIAL)
    frames = {sheet: pd.DataFrame(rows) for sheet, rows in sheets_of(problem.tables).items()}
    demand = frames["Demand"].melt(["country", "commodity", "tier", "shortage_cost", "note"], var_name="period")
    keys = ["country", "commodity", "tier", "shortage_cost"]
    pivot = demand.dropna(subset="value").pivot_table("value", keys, "period", aggfunc="sum")
    frames["Demand"] = pivot.rename(columns=lambda name: int(name) if name.isdigit() else name)
    frames["Periods"]["years"] = pd.Series([np.int64(1), np.float32(1), np.float64(1)], dtype=object)
    frames["Countries"]["bloc"] = frames["Countries"]["bloc"].astype("category")
    again = fs.problem_from_frames(frames)
    assert [(row.country, dict(row.by_period), row.per_year) for row in again.demand] == [
        (row.country, dict(row.by_period), row.per_year) for row in problem.demand
    ]
    assert again.countries.keys() == problem.countries.keys()


def test_every_fault_of_frames_is_told_at_once() -> None:
    frames = {sheet: pd.DataFrame(rows) for sheet, rows in sheets_of(fs.read_workbook(TUTORIAL).tables).items()}
    frames["Plants"]["capacity"] = "much"
    frames["Countries"] = pd.concat([frames["Countries"], frames["Countries"]["bloc"]], axis=1)
    with pytest.raises(fs.InvalidProblem) as caught:
        fs.problem_from_frames(frames)
    assert {finding.code for finding in caught.value.findings} == {"FS103", "FS116"}
    assert "FS103 error Plants!2 (capacity): found the text 'much'" in str(caught.value)


def test_each_study_is_written(saved: SavedPlan, folder: Path) -> None:
    study = fs.stress(saved, over=["countries"])
    fs.write_study(study, "stress.xlsx")
    fs.write_study(fs.compare(saved, saved), "compare.xlsx")
    assert openpyxl.load_workbook("stress.xlsx").sheetnames[0] == "Stress Summary"
    assert openpyxl.load_workbook("compare.xlsx").sheetnames[0] == "Compare Summary"
