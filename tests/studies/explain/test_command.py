"""The command: exit codes, JSON, sheets, and that Ctrl-C and a time limit keep what is known."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.cli import run
from friendshore.optimizer.reporting import write_plan
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.explain import Asks, explain_problem
from friendshore.optimizer.studies.explain.words import opening
from friendshore.optimizer.system.progress import Progress
from friendshore.optimizer.workbook.read import read_workbook
from tests.places import INPUTS
from tests.studies.explain.cases import FED, cap, trade

TUTORIAL = INPUTS / "tutorial.xlsx"


def clash(path: Path) -> Path:
    """The tutorial, in which no civil need may go short and one line at most be built."""
    book = openpyxl.load_workbook(TUTORIAL)
    for sheet, name, header, value in (
        ("Policies", "civil_floor", "limit", 0),
        ("Expansions", "Friend_line", "max_units", 1),
    ):
        rows = list(book[sheet].iter_rows())
        head = next(row for row in rows if header in [cell.value for cell in row])
        column = [cell.value for cell in head].index(header)
        next(row for row in rows if row[0].value == name)[column].value = value
    book.save(path)
    return path


def test_no_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "study.xlsx"
    assert run(["explain", str(clash(tmp_path / "clash.xlsx")), "-o", str(out), "--json", "--quiet"]) == 4
    data = json.loads(capsys.readouterr().out)
    assert data["status"] == "infeasible" and data["complete"] and data["workbook"] == str(out)
    assert [[one["name"] for one in each] for each in data["conflicts"]] == [["civil_floor"]]
    assert data["repairs"][0]["changes"][0]["after"] == 0.25
    assert openpyxl.load_workbook(out).sheetnames == [
        "Explain Summary",
        "Explain Conflicts",
        "Explain Repairs",
        "About",
    ]


def test_a_plan_workbook_is_asked_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = solve_problem(read_workbook(TUTORIAL), gap=0.0, threads=1).plan
    assert found is not None
    write_plan(found, tmp_path / "tutorial.plan.xlsx")
    asked = ["explain", str(tmp_path / "tutorial.plan.xlsx"), "-o", str(tmp_path / "study.xlsx"), "--json", "-q"]
    assert run([*asked, "--why", "rival_cap", "--what-would-it-take", "Friend_line"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["status"] == "has_plan" and data["why"]["more"]["high"] == pytest.approx(-48)
    assert data["what_would_it_take"]["without"] is None
    assert openpyxl.load_workbook(tmp_path / "study.xlsx").sheetnames == [
        "Explain Summary",
        "Explain Why",
        "Explain Prices",
        "About",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--why", "Rivl"], "did you mean Rival"),
        (["--what-would-it-take", "Rival"], "no such row on Expansions, Protections"),
        (["--time-limit", "0"], "wanted a number of seconds above 0"),
        (["--gap", "5"], "did you mean 5%"),
    ],
)
def test_wrong_use(arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", str(TUTORIAL), "-o", str(tmp_path / "x.xlsx"), *arguments]) == 2
    assert said in capsys.readouterr().err


def _interrupt(phase: str) -> Callable[[Progress], None]:
    def tell(progress: Progress) -> None:
        if progress.phase.startswith(phase):
            os.kill(os.getpid(), signal.SIGINT)

    return tell


def test_ctrl_c_keeps_what_is_known() -> None:
    """Stopped as the first repair is looked for: the conflicts are there, no repair is."""
    problem = problem_from_sheets(trade(cap("far_cap", 0.4, "Far"), cap("near_cap", 0.4, "Near"), FED))
    study = explain_problem(problem, Asks(), Limits(0.0, threads=1), on_progress=_interrupt("repairs"))
    assert study.stopped == "interrupted" and study.has_plan is False
    assert study.conflicts is not None and study.conflicts.complete and not study.repairs


def test_without_time_nothing_is_claimed() -> None:
    problem = problem_from_sheets(trade(cap("far_cap", 0.4, "Far"), FED))
    study = explain_problem(problem, Asks(), Limits(0.0, time_limit=1e-9))
    assert study.has_plan is None and study.stopped == "time limit"
    assert opening(study) == "Whether a plan can satisfy the workbook is not known yet."
