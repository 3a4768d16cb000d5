"""Plants that are closed for good at the start of a period, on every path that goes on from there."""

from __future__ import annotations

from .program import Expr, Program, constant, minus, times, total
from .records import Plant, Problem


class Closings:
    """1 less the closings so far is what is kept of a plant."""

    def __init__(self, problem: Problem, program: Program) -> None:
        self.problem = problem
        self.closed: dict[tuple[str, int], Expr] = {}
        for plant in problem.plants.values():
            for position, period in enumerate(problem.periods):
                if plant.may_close and plant.capacity[position] > 0:
                    name = f"close|{plant.name}|{period.label}"
                    self.closed[plant.name, position] = program.variable(name, upper=1.0, whole=True)
            program.at_most(total(self._of(plant, len(problem.periods) - 1)), constant(1.0))

    def _of(self, plant: Plant, position: int) -> list[Expr]:
        return [expr for (name, at), expr in self.closed.items() if name == plant.name and at <= position]

    def kept(self, plant: Plant, position: int) -> Expr:
        """1 while a plant is kept in a period, 0 once it is closed."""
        return minus(constant(1.0), total(self._of(plant, position)))

    def fixed(self, position: int, years: float) -> Expr:
        """What keeping plants costs over some years of a period."""
        return total(
            times(plant.fixed_cost * years, self.kept(plant, position))
            for plant in self.problem.then(position).plants.values()
            if plant.capacity[position] > 0
        )

    def paid(self) -> Expr:
        """What closing costs, discounted; the same on every path: each has nodes in every period."""
        growth = 1.0 + self.problem.settings.discount_rate
        return total(
            times(self.problem.then(at).plants[name].closing_cost * growth ** -self.problem.periods[at].start, expr)
            for (name, at), expr in self.closed.items()
        )
