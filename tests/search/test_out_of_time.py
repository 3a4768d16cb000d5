"""A time limit that passes before there is a model, or before it is searched, ends in words; with a plan where one may
do nothing."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.plan import Outcome, Status
from friendshore.optimizer.cli import app
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.search.benders.search import search_by_decomposition
from friendshore.optimizer.search.limits import BUILDING, Limits, Stopwatch
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.solve import solve_problem
from tests.mathematics.cases import Sheets, about, built, everything, importer, stop, under
from tests.places import INPUTS


def late(sheets: Sheets, seconds: float, **options: str) -> Outcome:
    """What is left of a solve whose limit of a second was over ``seconds`` before it began."""
    began = time.monotonic() - 1.0 - seconds
    return solve_problem(problem_from_sheets(sheets), time_limit=1.0, began=began, **options)


@pytest.mark.parametrize("method", list(Method))
def test_a_plan_that_does_nothing_where_the_model_is_there_soon(method: str) -> None:
    """12 are short at 100 a unit; what is built would save most of it, but nothing was searched."""
    outcome = late(importer() | {"Expansions": [built()]}, 0.0, method=method)
    assert (outcome.status, outcome.run.stopped, outcome.run.bound) == (Status.FEASIBLE, "time limit", None)
    assert outcome.plan is not None and outcome.plan.certificate is not None
    assert outcome.plan.expected_cost == about(1200)
    assert outcome.plan.certificate.holds(), outcome.plan.certificate
    assert any("passed while the model was being built" in line for line in outcome.run.log)


def test_nothing_was_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even begun, which for a large model takes long by itself."""
    for name in ("search_by_decomposition", "search_extensive_form"):
        monkeypatch.setattr(f"friendshore.optimizer.solve.{name}", lambda *_: pytest.fail("searched"))
    assert late(everything(["max_share"]), 0.0).plan is not None


def test_no_plan_where_a_rule_forbids_doing_nothing() -> None:
    """Nobody may go short, and without the expansion there is not enough: said as what it is, not as infeasible."""
    outcome = late(under(importer(capacity=5), kind="max_shortage", limit=0) | {"Expansions": [built()]}, 0.0)
    assert (outcome.status, outcome.run.stopped, outcome.plan) == (Status.NO_PLAN, "time limit", None)


def test_a_model_that_takes_long_is_not_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than ``BUILDING`` seconds after the limit: between two parts of building it is given up."""
    monkeypatch.setattr("friendshore.optimizer.solve.assemble", lambda *_: pytest.fail("built to the end"))
    outcome = late(importer(), BUILDING)
    assert (outcome.status, outcome.run.stopped, outcome.plan) == (Status.NO_PLAN, "time limit", None)
    assert outcome.run.options is not None and outcome.run.options.time_limit == 1.0
    assert set(outcome.run.seconds) == {"build", "total"}


def test_splitting_into_branches_is_given_up() -> None:
    assembled = assemble(build_model_data(problem_from_sheets(importer(2) | stop(0.25))))
    limits = Limits(0.01, 1.0, method=Method.BENDERS, began=time.monotonic() - 1.0)
    result = search_by_decomposition(assembled, limits, Stopwatch())
    assert result is not None
    assert (result.answer.status, result.answer.stopped) == ("no_plan", "time limit")


def test_the_command_counts_reading_and_ends_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundredth of a second is over when the tutorial has been read; no plan of it may do nothing."""
    plan = tmp_path / "plan.xlsx"
    asked = ["solve", str(INPUTS / "tutorial.xlsx"), "-o", str(plan), "--time-limit", "0.01"]
    for building in (BUILDING, -1.0):
        monkeypatch.setattr("friendshore.optimizer.solve.BUILDING", building)
        ended = CliRunner().invoke(app, [*asked, "--json"])
        answer = json.loads(ended.stdout)
        assert (ended.exit_code, answer["status"], answer["plan"]) == (6, "no_plan", None), ended.stderr
        assert not plan.exists()
    ended = CliRunner().invoke(app, asked)
    assert ended.exit_code == 6
    assert "Stopped by the time limit before a plan was found" in ended.output
