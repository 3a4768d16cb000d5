"""The command: from a plan workbook to the study, its JSON, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from friendshore.optimizer.cli import run
from friendshore.optimizer.reporting import write_plan
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.workbook.read import read_workbook

TUTORIAL = Path(__file__).parents[3] / "inputs" / "tutorial.xlsx"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("plan") / "tutorial.plan.xlsx"
    found = solve_problem(read_workbook(TUTORIAL), gap=0.0, threads=1).plan
    assert found is not None
    write_plan(found, target)
    return target


def test_json(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "study.xlsx"
    assert run(["stress", str(plan), "-o", str(out), "--onset", "2028", "--json", "--quiet"]) == 0
    data = json.loads(capsys.readouterr().out)
    rival = next(row for row in data["removals"] if row["removed"][0]["name"] == "Rival")
    assert rival["time_to_survive"] == {"civil": 0.5, "defence": None}
    assert data["workbook"] == str(out)
    assert out.is_file()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--over", "ships"], 2, "wanted any of countries, plants, routes"),
        (["--years", "0"], 2, "--years 0.0: wanted a number above 0"),
        (["--onset", "1999"], 2, "there is no period '1999'"),
    ],
)
def test_wrong_use(
    plan: Path, arguments: list[str], code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["stress", str(plan), "-o", str(tmp_path / "x.xlsx"), *arguments]) == code
    assert said in capsys.readouterr().err


def test_a_workbook_that_is_no_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stress", str(TUTORIAL), "-o", str(tmp_path / "x.xlsx")]) == 7
    assert "is no plan of friendshore" in capsys.readouterr().err
