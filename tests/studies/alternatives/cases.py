"""Small problems whose good plans are all known: by hand, or by trying every choice of whole numbers."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import numpy as np
from scipy.optimize import linprog

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.problem import Problem
from friendshore.models.rules import every_disruption, every_member
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.program.linear_program import FloatArray
from tests.mathematics.cases import Row, Sheets, built, importer, island, stop, store, under


def power() -> Sheets:
    """Home needs 100: coal costs 220 a unit from one country, gas 270 from another, each enough for all."""
    sheets = island(demand=100.0)
    sheets["Countries"] += [{"country": "Coalia", "bloc": "partner"}, {"country": "Gasland", "bloc": "partner"}]
    sheets["Demand"][0]["shortage_cost"] = 10_000
    sheets["Plants"] = [
        {"plant": "coal", "country": "Coalia", "commodity": "metal", "capacity": 100, "unit_cost": 220},
        {"plant": "gas", "country": "Gasland", "commodity": "metal", "capacity": 100, "unit_cost": 270},
    ]
    sheets["Lanes"] = [{"from": "Coalia, Gasland", "to": "Home"}]
    return sheets


def twins(capex: tuple[float, ...] = (100.0, 101.0), gain: float = 50.0) -> Sheets:
    """Home needs 10, which cost 100 each where they lack; lines of 10 at home, any of which is enough, at these prices,
    and a useless one for 1,000; making one costs ``gain``."""
    sheets = island(demand=10.0, capacity=0.0, cost=gain)
    lines: list[Row] = [built(expansion=f"line {i}", size=10, capex=price) for i, price in enumerate(capex)]
    sheets["Expansions"] = [*lines, built(expansion="idle", size=10, capex=1000)]
    return sheets


def at_random(seed: int) -> Problem:
    """Home buys from a rival, who may stop; two or three lines in two allies, a wall against the stop, a store, perhaps
    a cap on the rival's share or a floor under what is met."""
    draw = random.Random(seed)  # noqa: S311 - a test
    sheets = importer(2, demand=draw.randint(6, 14), cost=draw.randint(1, 4)) | stop(draw.choice((0.05, 0.2)))
    sheets["Countries"].append({"country": "Near", "bloc": "ally"})
    sheets["Lanes"].append({"from": "Near", "to": "Home", "cost": draw.choice((0, 1))})
    sheets["Plants"] += [
        {"plant": "home", "country": "Home", "commodity": "metal", "capacity": 2, "unit_cost": draw.randint(3, 6)},
        {"plant": "near", "country": "Near", "commodity": "metal", "capacity": 1, "unit_cost": draw.randint(2, 5)},
    ]
    if draw.random() < 0.3:
        old = {
            "plant": "old",
            "country": "Near",
            "commodity": "metal",
            "capacity": 3,
            "unit_cost": 4,
            "may_close": "yes",
        }
        sheets["Plants"].append(old | {"fixed_cost": draw.randint(0, 6), "closing_cost": draw.randint(0, 3)})
    sheets["Expansions"] = [
        built(
            expansion=f"line {i}",
            plant=draw.choice(("home", "near")),
            size=draw.randint(2, 8),
            capex=draw.randint(10, 60),
            max_units=draw.choice((1, 1, 2)),
            latest=draw.choice(("y0", "y0", "")),
        )
        for i in range(draw.choice((2, 3)))
    ]
    if draw.random() < 0.3:
        sheets["Expansions"][1]["requires"] = "line 0"
    if draw.random() < 0.3:
        sheets["Expansions"][-1]["integer"] = False
    if draw.random() < 0.5:
        sheets["Stockpiles"] = [store(initial=draw.choice((0, 3)), holding_cost=1)]
    if draw.random() < 0.4:
        flood = {"scenario": "stop", "kind": "capacity", "plant": "home", "hazard": "flood", "years": 1, "remaining": 0}
        sheets["Events"].append(flood)
        sheets["Protections"] = [{"protection": "wall", "hazard": "flood", "plant": "home", "cost": draw.randint(1, 9)}]
    rules: list[Row] = [
        {"kind": "max_share", "suppliers": "Far", "limit": 0.7, "consumers": "Home"},
        {"kind": "max_shortage", "scenario": "stop", "limit": 0.5},
    ]
    if draw.random() < 0.6:
        sheets = under(sheets, **draw.choice(rules))
    return problem_from_sheets(sheets)


def whole_program(problem: Problem) -> Assembled:
    """The program of a problem with every stop that its policies test."""
    return assemble(build_model_data(problem, {**every_disruption(problem), **every_member(problem)}))


class Choice:
    """One choice of whole numbers: what is left is a linear program, solved here by itself."""

    def __init__(self, assembled: Assembled, values: tuple[float, ...], limit: float) -> None:
        program = assembled.program
        lower, upper = program.column_lower.copy(), program.column_upper.copy()
        lower[program.integer] = upper[program.integer] = values
        self._bounds = np.column_stack([lower, upper])
        matrix = program.matrix.toarray()
        finite_up, finite_low = np.isfinite(program.row_upper), np.isfinite(program.row_lower)
        self._left = np.vstack([matrix[finite_up], -matrix[finite_low], program.cost[None, :]])
        self._right = np.concatenate(
            [program.row_upper[finite_up], -program.row_lower[finite_low], [limit - program.offset]]
        )
        self._program = program
        self.possible = self._least(program.cost) is not None

    def _least(self, row: FloatArray) -> FloatArray | None:
        found = linprog(row, A_ub=self._left, b_ub=self._right, bounds=self._bounds, method="highs")
        return None if found.x is None else np.asarray(found.x)

    def cheapest(self) -> float:
        """Least cost."""
        x = self._least(self._program.cost)
        assert x is not None
        return self._program.objective(x)

    def least(self, slope: FloatArray, of: FloatArray | None, sign: float) -> float | None:
        """Least (``sign`` 1) or most (-1) of an amount, or of a share, from one that is reached to the next better one;
        None for a share of nothing."""
        if of is None:
            x = self._least(sign * slope)
            assert x is not None
            return float(slope @ x)
        x = self._least(-of)
        if x is None or of @ x <= 1e-6:
            return None
        share = float(slope @ x) / float(of @ x)
        for _ in range(30):
            x = self._least(sign * (slope - share * of))
            assert x is not None
            if float(of @ x) <= 1e-9 or sign * float((slope - share * of) @ x) > -1e-9:
                return share
            share = float(slope @ x) / float(of @ x)
        raise ArithmeticError("a share did not come to rest")


def choices(assembled: Assembled, limit: float) -> Iterator[tuple[FloatArray, Choice]]:
    """Every choice of whole numbers with which a plan costs no more than the limit, and its program."""
    program = assembled.program
    places = np.flatnonzero(program.integer)
    ranges = [
        np.arange(low, high + 1)
        for low, high in zip(program.column_lower[places], program.column_upper[places], strict=True)
    ]
    for values in itertools.product(*ranges):
        choice = Choice(assembled, values, limit)
        if choice.possible:
            x = np.zeros(program.columns)
            x[places] = values
            yield x, choice
