"""A problem that does not fit into memory is told before it is built, with what makes it large."""

from __future__ import annotations

import time

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.program import memory
from friendshore.optimizer.program.memory import GIGABYTE, bytes_needed, refuse_too_large
from friendshore.optimizer.solve import solve_problem
from tests.mathematics.cases import Sheets, importer, island


def world(countries: int = 60, goods: int = 10, periods: int = 30, scenarios: int = 200) -> Sheets:
    """Everybody makes and needs everything and sells it to everybody, under many scenarios of monthly steps."""
    names = [f"c{i}" for i in range(countries)]
    wares = [f"g{i}" for i in range(goods)]
    sheets = island(periods=periods)
    sheets["Countries"] = [{"country": name, "bloc": "ally"} for name in names]
    sheets["Commodities"] = [{"commodity": ware, "unit": "t", "price": 1} for ware in wares]
    sheets["Plants"] = [
        {"plant": f"{name}_{ware}", "country": name, "commodity": ware, "capacity": 10, "unit_cost": 1}
        for name in names
        for ware in wares
    ]
    sheets["Demand"] = [
        {"country": name, "commodity": ware, "shortage_cost": 9, "per_year": 5} for name in names for ware in wares
    ]
    sheets["Lanes"] = [{"from": "*", "to": "*", "cost": 0.1}]
    sheets["Scenarios"] = [
        {"scenario": f"s{i}", "probability": 0.001, "onset": "y1", "step_months": 1} for i in range(scenarios)
    ]
    sheets["Events"] = [
        {"scenario": f"s{i}", "kind": "capacity", "country": "c1", "years": 20, "remaining": 0}
        for i in range(scenarios)
    ]
    return sheets


def test_a_small_workbook_of_a_huge_problem_is_refused_at_once() -> None:
    """36,000 lanes at 49,830 nodes: 1.8 thousand million columns, told in the time that it takes to read them."""
    problem = problem_from_sheets(world())
    started = time.perf_counter()
    with pytest.raises(InvalidProblem) as refused:
        solve_problem(problem)
    assert time.perf_counter() - started < 60
    (found,) = [each for each in refused.value.findings if each.severity == "error"]
    assert found.code == "FS319"
    assert "Lanes row 2 alone makes 35,400 lanes" in found.message
    assert "200 scenarios make" in found.message


def test_a_limit_is_what_is_given() -> None:
    problem = problem_from_sheets(importer())
    size = refuse_too_large(problem, GIGABYTE)
    needed = bytes_needed(size)
    assert refuse_too_large(problem, needed) == size
    with pytest.raises(InvalidProblem, match="FS319"):
        refuse_too_large(problem, 0.9 * needed)


def test_most_of_what_is_free_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """And no limit where the system does not say."""
    problem = problem_from_sheets(importer())
    needed = bytes_needed(refuse_too_large(problem, GIGABYTE))
    monkeypatch.setattr(memory, "free_memory", lambda: needed / 0.8 * 1.01)
    refuse_too_large(problem)
    monkeypatch.setattr(memory, "free_memory", lambda: needed / 0.8 * 0.99)
    with pytest.raises(InvalidProblem):
        refuse_too_large(problem)
    monkeypatch.setattr(memory, "free_memory", lambda: None)
    refuse_too_large(problem)


def test_stops_that_a_policy_tests_one_by_one_are_named() -> None:
    sheets = importer(periods=12)
    sheets["Countries"] += [{"country": f"c{i}", "bloc": "concern"} for i in range(20)]
    sheets["Policies"] = [
        {"policy": "lost", "kind": "survive", "suppliers": "each @concern", "years": 9, "limit": 1, "step_months": 1}
    ]
    with pytest.raises(InvalidProblem, match=r"Policies row 2 makes 21 branches of [\d,]+ nodes"):
        refuse_too_large(problem_from_sheets(sheets), 1.0)
