"""Linear expressions as dictionaries, and a mixed-integer program made of them, solved with HiGHS through scipy."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

Expr = dict[str, float]
"""Name of a variable -> coefficient; the constant stands under the empty name."""

CONSTANT = ""
INFINITY = float("inf")

OPTIONS = {
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
}


def constant(value: float) -> Expr:
    """An expression without variables."""
    return {CONSTANT: value}


def total(parts: Iterable[Expr]) -> Expr:
    """The sum of expressions."""
    result: Expr = {}
    for part in parts:
        for name, factor in part.items():
            result[name] = result.get(name, 0.0) + factor
    return result


def times(factor: float, expr: Expr) -> Expr:
    """A multiple of an expression."""
    return {name: factor * value for name, value in expr.items()}


def minus(left: Expr, right: Expr) -> Expr:
    """The difference of two expressions."""
    return total((left, times(-1.0, right)))


class NoAnswer(RuntimeError):
    """The solver failed: the program may have a solution or none."""


@dataclass
class Solution:
    """What the solver answers: a status, and where there is an optimum its worth and its values."""

    status: str
    objective: float | None = None
    values: dict[str, float] = field(default_factory=dict)

    def value(self, expr: Expr) -> float:
        """An expression at the optimum."""
        return sum(factor * (1.0 if name == CONSTANT else self.values[name]) for name, factor in expr.items())


@dataclass
class Program:
    """Variables, rows of the form `expression <= 0` or `expression = 0`, and something to minimise."""

    lower: dict[str, float] = field(default_factory=dict)
    upper: dict[str, float] = field(default_factory=dict)
    whole: dict[str, bool] = field(default_factory=dict)
    rows: list[tuple[Expr, bool]] = field(default_factory=list)
    objective: Expr = field(default_factory=dict)

    def variable(self, name: str, lower: float = 0.0, upper: float = INFINITY, whole: bool = False) -> Expr:
        """A new variable, as an expression."""
        if name in self.lower:
            raise ValueError(f"variable {name} exists already")
        self.lower[name], self.upper[name], self.whole[name] = lower, upper, whole
        return {name: 1.0}

    def at_most(self, left: Expr, right: Expr) -> None:
        """left <= right."""
        self.rows.append((minus(left, right), False))

    def equal(self, left: Expr, right: Expr) -> None:
        """left = right."""
        self.rows.append((minus(left, right), True))

    def solve(self) -> Solution:
        """The optimum; where there are whole numbers, they are fixed at it and the rest is solved again, cleanly."""
        found = self._run(self.lower, self.upper, self.whole)
        if found.status == "optimal" and any(self.whole.values()):
            fixed = {name: float(round(found.values[name])) for name, whole in self.whole.items() if whole}
            clean = self._run(self.lower | fixed, self.upper | fixed, dict.fromkeys(self.whole, False))
            if clean.status == "optimal":
                return clean
        return found

    def _run(self, lower: dict[str, float], upper: dict[str, float], whole: dict[str, bool]) -> Solution:
        names = list(self.lower)
        position = {name: i for i, name in enumerate(names)}
        cost = np.zeros(len(names))
        for name, factor in self.objective.items():
            if name != CONSTANT:
                cost[position[name]] = factor
        bounds = Bounds([lower[name] for name in names], [upper[name] for name in names])
        integrality = np.array([int(whole[name]) for name in names])
        result = _minimise(cost, integrality, bounds, self._matrix(position))
        if result.status == 0:
            values = {name: float(result.x[i]) for name, i in position.items()}
            solution = Solution("optimal", None, values)
            solution.objective = solution.value(self.objective)
            return solution
        if result.status in (2, 3):
            return Solution("infeasible" if result.status == 2 else "unbounded")
        raise NoAnswer(f"no answer from the solver: {result.message}")

    def _matrix(self, position: dict[str, int]) -> LinearConstraint | None:
        entries: list[float] = []
        columns: list[int] = []
        ends = [0]
        low: list[float] = []
        high: list[float] = []
        for expr, equality in self.rows:
            side = -expr.get(CONSTANT, 0.0)
            for name, factor in expr.items():
                if name != CONSTANT and factor:
                    entries.append(factor)
                    columns.append(position[name])
            ends.append(len(entries))
            low.append(side if equality else -INFINITY)
            high.append(side)
        if not low:
            return None
        matrix = csr_array((entries, columns, ends), shape=(len(low), len(position)))
        return LinearConstraint(matrix, low, high)


def _minimise(
    cost: np.ndarray, integrality: np.ndarray, bounds: Bounds, rows: LinearConstraint | None
) -> OptimizeResult:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # tolerances are handed on to HiGHS, with a warning
        for presolve in (True, False):  # "unbounded or infeasible" is told apart without presolve
            result = milp(
                cost, integrality=integrality, bounds=bounds, constraints=rows, options=OPTIONS | {"presolve": presolve}
            )
            if result.status in (0, 2, 3):
                break
    return result
