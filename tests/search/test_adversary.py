"""What a disruption does to a plan that is held, by hand."""

from __future__ import annotations

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.rules import every_member
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search import adversary
from friendshore.optimizer.search.adversary import Adversary, Recourse, branch_name
from friendshore.optimizer.solver import solve_program
from tests.mathematics.cases import Sheets, about, market


def unprepared(sheets: Sheets) -> tuple[Adversary, Assembled, FloatArray]:
    """The adversary, and the plan of the problem without any disruption in it."""
    problem = problem_from_sheets(sheets)
    members = every_member(problem)
    assembled = assemble(build_model_data(problem, dict.fromkeys(members, ())))
    return Adversary(problem, members), assembled, solve_program(assembled.program, gap=0.0, threads=1).plan


def excess(recourse: list[Recourse]) -> dict[str, float]:
    """Shortage beyond the limit by the name of who stops, and from when."""
    return {one.disruption.members[0]: one.disruption.excess for one in recourse}


def test_shortage_beyond_the_limit() -> None:
    """Far 00 makes 12 of the 24 needed a year, each of six more makes 3: without Far 00 for half a year 9 come of 12,
    3 are short; without another one there is enough. In the second half nothing stops."""
    hostile, assembled, x = unprepared(market([12.0] + [3.0] * 6))
    recourse = hostile.test(assembled, x, {})
    assert list(excess(recourse).values()) == about([3] + [0] * 6)
    assert [one.survived for one in recourse] == [False] + [True] * 6


@pytest.mark.parametrize(("limit", "beyond"), [(0.0, 3.0), (0.1, 1.8), (0.3, 0.0)])
def test_the_limit_is_a_share_of_what_is_needed(limit: float, beyond: float) -> None:
    """Of the 3 short a tenth of the 12 needed in the half year, 1.2, may be; three tenths cover all."""
    hostile, assembled, x = unprepared(market([12.0] + [3.0] * 6, limit))
    recourse = hostile.test(assembled, x, {})
    assert excess(recourse)["Far 00@y1"] == about(beyond)
    assert recourse[0].survived == (beyond == 0)


def test_the_known_are_left_out_and_names_are_those_of_the_branches() -> None:
    hostile, assembled, x = unprepared(market([12.0, 9.0, 4.0]))
    recourse = hostile.test(assembled, x, {"rule": (("Far 01@y1",),)})
    assert [one.branch for one in recourse] == ["rule/Far 00@y1", "rule/Far 02@y1"]
    assert branch_name("two", ("A", "B@y1")) == "two/A+B@y1"


def test_again_with_another_plan_and_on_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """With 2 held at the end of the first year 1 is short instead of 3; solved from the bases of the plan before, and
    for the first plan again on threads, as if each were the first."""
    hostile, assembled, x = unprepared(market([12.0] + [3.0] * 6))
    level = next(i for (family, _), i in assembled.own_column.items() if family == "level")
    stocked = x.copy()
    stocked[assembled.node_columns[0, level]] = 2.0
    first = excess(hostile.test(assembled, x, {}))
    assert excess(hostile.test(assembled, stocked, {}))["Far 00@y1"] == about(1)
    monkeypatch.setattr(adversary, "WORTH_THREADS", 0)
    assert excess(hostile.test(assembled, x, {})) == pytest.approx(first, abs=1e-9)
    assert first["Far 00@y1"] == about(3)
