"""Why no plan exists: a smallest set of sheet rows that cannot hold together.

Shortage is always possible, so that only what is demanded can clash: hard policies, least use of plants, contracts on
lanes, least levels of stocks. Each of their constraints gets a slack; the least total slack is above 0 where they
clash. The sheet rows whose constraints carry a price at that optimum contain a conflict (Farkas), and a deletion filter
makes it irreducible: leave one out, and the rest can be met (Chinneck & Dravnieks 1991, Locating minimal infeasible
constraint sets).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.optimizer.answer.elastic import MET, Demand, Elastic, make_elastic
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.solver import Answer, solve_program
from friendshore.optimizer.solver.persistent import PersistentLp

_PRICED = 1e-9  # price of a whole such size from which a constraint is strained


@dataclass(frozen=True)
class Conflict:
    """Why no plan exists, as far as the sheets tell.

    Parameters
    ----------
    findings
        FS601, one for each sheet row of an irreducible conflict.
    met
        Whether all that the sheets demand can be met after all: whoever says that no plan exists is then wrong.
    """

    findings: tuple[Finding, ...]
    met: bool = False


def conflict(assembled: Assembled) -> Conflict:
    """The sheet rows that cannot hold together; ``met`` where there are none."""
    elastic = make_elastic(assembled)
    lp = PersistentLp(elastic.program)
    answer = lp.solve()
    if answer.objective is None:
        return Conflict(())
    if answer.objective > MET:
        clashing, last = _filter(lp, elastic, answer)
        priced = {demand.name: strained(demand, last, elastic.sizes) for demand in clashing}
        return Conflict(tuple(_tell(demand, clashing, priced[demand.name], whole=False) for demand in clashing))
    if not elastic.program.integers:
        return Conflict((), met=True)
    return _conflict_in_whole_units(elastic)


def _release(lp: PersistentLp, demand: Demand) -> None:
    lp.set_row_bounds(demand.positions, np.array(-np.inf), np.array(np.inf))


def _filter(lp: PersistentLp, elastic: Elastic, answer: Answer) -> tuple[list[Demand], Answer]:
    """The irreducible conflict by deletion, and the last answer in which all of it was demanded."""
    suspects = [demand for demand in elastic.demands if strained(demand, answer, elastic.sizes)]
    for demand in elastic.demands:
        if demand not in suspects:
            _release(lp, demand)
    last = lp.solve()
    if last.objective is None or last.objective <= MET:  # prices too small to tell: try every one
        suspects = list(elastic.demands)
        for demand in suspects:
            _demand_again(lp, elastic, demand)
        last = answer
    clashing = list(suspects)
    for demand in suspects:
        _release(lp, demand)
        without = lp.solve()
        if without.objective is not None and without.objective > MET:
            clashing.remove(demand)
            last = without
        else:
            _demand_again(lp, elastic, demand)
    return clashing, last


def _demand_again(lp: PersistentLp, elastic: Elastic, demand: Demand) -> None:
    rows = demand.positions
    lp.set_row_bounds(rows, elastic.program.row_lower[rows], elastic.program.row_upper[rows])


def strained(demand: Demand, answer: Answer, sizes: FloatArray) -> list[str]:
    """The constraints of a demand that carry a price.

    Parameters
    ----------
    demand
        Whose constraints are looked at.
    answer
        That of the elastic program.
    sizes
        What counts as one in each of its rows, shape (rows).

    Returns
    -------
    list of str
        Their names; all of them where the answer has no prices.
    """
    duals: FloatArray | None = answer.row_duals
    if duals is None:
        return list(demand.constraints)
    return [name for name, i in demand.constraints.items() if abs(duals[i]) * sizes[i] > _PRICED]


def _conflict_in_whole_units(elastic: Elastic) -> Conflict:
    """The same with whole numbers, where only they make the rows clash: a search each."""
    lower, upper = elastic.program.row_lower.copy(), elastic.program.row_upper.copy()
    program = LinearProgram(
        elastic.program.cost,
        0.0,
        elastic.program.matrix,
        lower,
        upper,
        elastic.program.column_lower,
        elastic.program.column_upper,
        elastic.program.integer,
    )

    first = solve_program(program, gap=1e-6)
    if first.bound is None or first.bound <= MET:
        return Conflict((), met=first.objective is not None and first.objective <= MET)

    def clash() -> bool:
        answer = solve_program(program, gap=1e-6)
        return answer.bound is not None and answer.bound > MET

    clashing = list(elastic.demands)
    for demand in elastic.demands:
        rows = demand.positions
        kept = lower[rows].copy(), upper[rows].copy()
        lower[rows], upper[rows] = -np.inf, np.inf
        if clash():
            clashing.remove(demand)
        else:
            lower[rows], upper[rows] = kept
    return Conflict(tuple(_tell(demand, clashing, [], whole=True) for demand in clashing))


def _tell(demand: Demand, clashing: list[Demand], places: list[str], *, whole: bool) -> Finding:
    others = [other.name for other in clashing if other is not demand]
    with_whom = f"cannot hold together with {', '.join(others)}" if others else "cannot be met"
    why = " in whole units" if whole else ""
    shown = sorted({place.split("#", maxsplit=1)[0] for place in places})
    where = f" (it shows at {', '.join(shown[:3])}{' and more' if len(shown) > 3 else ''})" if shown else ""
    cure = "a looser limit, or a penalty" if demand.sheet == "Policies" else "a smaller number"
    message = f"{demand.name} {with_whom}{why}{where}; wanted {cure} here or there"
    return make_finding("FS601", demand.sheet, message, demand.row, demand.column)
