"""The master does not know what branches cost, but that none costs less than nothing, or than it can earn."""

from __future__ import annotations

import numpy as np
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.keys import ValueAtRisk
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.program.assemble import assemble
from friendshore.optimizer.program.risk_floor import with_risk_floor
from friendshore.optimizer.search.benders.split import split
from friendshore.optimizer.solver import solve_lp
from tests.mathematics.cases import Sheets, store, with_settings
from tests.search.benders.test_benders import risky


def averse(**stock: float) -> Sheets:
    stated = with_settings(risky(), risk_aversion=0.4, cvar_alpha=0.5)
    return stated | {"Stockpiles": [store(max_level=8, holding_cost=0.3, **stock)]}


def floor(stated: Sheets) -> float:
    """Lower bound of value at risk in the master; it is free in the whole program."""
    assembled = assemble(build_model_data(problem_from_sheets(stated)))
    parts = split(assembled)
    place = assembled.link_column[ValueAtRisk()]
    assert assembled.program.column_lower[place] == -np.inf
    return float(parts.master.column_lower[np.searchsorted(parts.columns, place)])


def test_where_nothing_can_be_earned_it_is_nothing() -> None:
    assert floor(averse()) == 0


def test_where_stock_can_be_sold_it_is_what_that_brings() -> None:
    """8 held for 0.3 and sold for 2 in the last year of each of three paths: 13.6, and no path earns it twice."""
    assert floor(averse(salvage=2)) == pytest.approx(-13.6)


@pytest.mark.parametrize("stock", [{}, {"salvage": 2}, {"salvage": 30}])
def test_it_cuts_nothing_off(stock: dict[str, float]) -> None:
    """With that bound in it the whole program has the same optimum."""
    assembled = assemble(build_model_data(problem_from_sheets(averse(**stock))))
    bounded = with_risk_floor(assembled).program
    assert (bounded.column_lower > assembled.program.column_lower).sum() == 1
    assert solve_lp(bounded).cost == pytest.approx(solve_lp(assembled.program).cost)


def test_without_risk_aversion_the_master_is_as_it_was() -> None:
    assembled = assemble(build_model_data(problem_from_sheets(risky())))
    assert with_risk_floor(assembled) is assembled
