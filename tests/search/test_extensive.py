"""The whole tree at once: searched, polished, and searched again where polishing left the bound."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.program.linear_program import LinearProgram
from friendshore.optimizer.search import extensive
from friendshore.optimizer.search.extensive import search_extensive_form
from friendshore.optimizer.search.limits import Limits, Stopwatch
from friendshore.optimizer.solver import EXACT, Answer, solve_program
from tests.mathematics.cases import about, built, importer


def project() -> Assembled:
    """12 a year at 3 from Far for two years, or units of 6 at home for 20 each and 1 a ton: two of them serve both
    years. 72 without, 20 + 2 · (6 + 18) = 68 with one, 40 + 24 = 64 with two."""
    sheets = importer(2)
    sheets["Plants"].append({"plant": "home", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 1})
    sheets["Expansions"] = [built(expansion="line", plant="home", size=6, capex=20, max_units=2)]
    return assemble(build_model_data(problem_from_sheets(sheets)))


def test_the_optimum_with_its_prices() -> None:
    watch = Stopwatch()
    result = search_extensive_form(project(), Limits(1e-9, threads=1), watch)
    assert result.answer.status == "optimal"
    assert result.answer.cost == about(64)
    assert result.answer.row_duals is not None
    assert set(watch.seconds) == {"solve", "polish", "proof"}


def test_stopped_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that was stopped without a plan is handed back as it is, and one with a plan is polished."""
    stopped = Answer(status="no_plan", stopped="time limit", bound=50.0)
    monkeypatch.setattr(extensive, "solve_program", lambda program, **how: stopped)
    answer = search_extensive_form(project(), Limits(1e-9, threads=1), Stopwatch()).answer
    assert (answer.status, answer.columns, answer.stopped, answer.bound) == ("no_plan", None, "time limit", 50.0)
    monkeypatch.setattr(
        extensive,
        "solve_program",
        lambda program, **how: dataclasses.replace(
            solve_program(program, **how), status="feasible", stopped="time limit", bound=50.0
        ),
    )
    answer = search_extensive_form(project(), Limits(1e-9, threads=1), Stopwatch()).answer
    assert (answer.status, answer.cost, answer.stopped, answer.bound) == ("feasible", about(64), "time limit", 50.0)


def test_searched_again_to_tighter_tolerances_where_polishing_left_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first polish is made to end too far from the bound; the second search is exact, its polish is believed."""
    tolerances: list[object] = []
    polish = extensive.polish

    def watched(program: LinearProgram, **how: Any) -> Answer:
        tolerances.append(how["tolerances"])
        return solve_program(program, **how)

    def moved(program: LinearProgram, answer: Answer, **how: Any) -> Answer:
        polished = polish(program, answer, **how)
        return polished if len(tolerances) > 1 else dataclasses.replace(polished, status="feasible")

    monkeypatch.setattr(extensive, "solve_program", watched)
    monkeypatch.setattr(extensive, "polish", moved)
    watch = Stopwatch()
    answer = search_extensive_form(project(), Limits(1e-9, threads=1), watch).answer
    assert (answer.status, answer.cost) == ("optimal", about(64))
    assert tolerances == [{}, EXACT]
    assert any("searching again" in line for line in watch.log)
