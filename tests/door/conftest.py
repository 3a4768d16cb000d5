"""A folder as a reader of the examples has it: the tutorial in inputs/, its plan in reports/."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import friendshore as fs
from friendshore.optimizer.saved.saved_plan import SavedPlan

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "inputs" / "tutorial.xlsx"


@pytest.fixture(scope="session")
def tutorial() -> fs.Outcome:
    """The tutorial solved."""
    return fs.solve(fs.read_workbook(TUTORIAL), gap=0.0, threads=1)


@pytest.fixture(scope="session")
def tutorial_plan(tutorial: fs.Outcome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of its plan."""
    path = tmp_path_factory.mktemp("door") / "tutorial.plan.xlsx"
    assert tutorial.plan is not None
    fs.write_plan(tutorial.plan, path)
    return path


@pytest.fixture
def folder(tmp_path: Path, tutorial_plan: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder of an example."""
    (tmp_path / "inputs").mkdir()
    (tmp_path / "reports").mkdir()
    shutil.copy(TUTORIAL, tmp_path / "inputs")
    shutil.copy(tutorial_plan, tmp_path / "reports")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def saved(folder: Path) -> SavedPlan:
    """The plan read back."""
    return fs.read_plan(folder / "reports" / "tutorial.plan.xlsx")
