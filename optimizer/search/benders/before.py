"""What an earlier run has ended on, looked at again: its plan's whole numbers, and points near those it knew.

The whole numbers of before are gone on with only while they may still be proven to be good enough: what they cost at
least, by all cuts that there are, is held against the bound for all plans. A change that turns the plan over is told
so by a linear program or two, and its relaxation comes first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.evaluate import FAILS
from friendshore.optimizer.search.benders.incumbent import Incumbent, dearest_within
from friendshore.optimizer.search.benders.l_shaped import LShaped
from friendshore.optimizer.search.benders.nearest import nearest, with_integers
from friendshore.optimizer.search.benders.recall import Known
from friendshore.optimizer.search.benders.stopping import MasterInfeasible
from friendshore.optimizer.solver import SolverFault


@dataclass
class PlanBefore:
    """The plan of an earlier run, which is asked about once however often it is come back to.

    Parameters
    ----------
    l_shaped
        Master and branches.
    known
        What is known.
    """

    l_shaped: LShaped
    known: Known
    _near: Incumbent | None = None
    _forbidden: bool = False

    def operate(self, gap: float, tried: float) -> None:
        """Its whole numbers, within the bounds that they have now, as far as they are worth it.

        The bound of the run is to be that of all plans, by the cuts that there are.

        Parameters
        ----------
        gap
            The target gap of the run: whole numbers that cannot be within it of the bound are given up.
        tried
            Relative gap of the LP that is left to which they are brought.
        """
        l_shaped, best = self.l_shaped, self.known.best
        if best is None or l_shaped.incumbent.within(l_shaped.bound, gap):
            return
        integers = _whole_numbers(l_shaped, best)
        useless = dearest_within(l_shaped.bound, gap)
        l_shaped.master.fix_integers(integers)
        try:
            if l_shaped.solved(l_shaped.master).objective <= useless:
                l_shaped.converge(tried, useless, self._center_with(best, integers))
        except MasterInfeasible:
            pass  # their rows do not allow them any more
        finally:
            l_shaped.master.free_integers()

    def _center_with(self, plan: FloatArray, integers: FloatArray) -> Incumbent:
        """Where whole numbers that are held begin: at the best plan where it has them, else near the plan of before.

        Empty where its policies fail: what has to fail there is kept out, and failing is dearer from then on.
        """
        best, integer = self.l_shaped.incumbent, self.l_shaped.parts.master.integer
        if best.point is not None and np.array_equal(best.point[integer], integers):
            return replace(best)
        center = self._near_plan(plan)
        if not _fails(center):
            return center
        if not self._forbidden:
            self._forbidden = True
            self.l_shaped.forbid(center)
        return Incumbent()

    def _near_plan(self, plan: FloatArray) -> Incumbent:
        """The centre near it, asked for the first time alone."""
        if self._near is None:
            self._near = center_near(self.l_shaped, plan, _whole_numbers(self.l_shaped, plan))
        return replace(self._near)

    def center_of_relaxation(self) -> Incumbent:
        """Where the relaxation begins: near the plan of before, or near the point that another relaxation ended on.

        Failures are priced to be kept out, so that a point where policies fail is no centre: steps that it halves would
        end far away. Those of a plan seldom fail. Where the plan has been looked at the other point is, which may be
        cheaper. The master takes the cuts of the points that are looked at.

        Returns
        -------
        Incumbent
            Empty where policies fail at both; never the best plan itself, which stays as it is.
        """
        l_shaped, known = self.l_shaped, self.known
        if l_shaped.incumbent.point is None and known.best is not None:
            plan = self._near_plan(known.best)
            if plan.point is not None and not _fails(plan):
                return plan
        center, best = center_near(l_shaped, known.relaxed), l_shaped.incumbent
        return replace(best) if best.cost < center.cost or _fails(center) else center


def _fails(center: Incumbent) -> bool:
    """Whether policies fail there; a point outside a cone is brought within it when it comes to it."""
    return any(value.failure > FAILS for value in center.values)


def _whole_numbers(l_shaped: LShaped, plan: FloatArray) -> FloatArray:
    """Those of a plan within the bounds of now, shape (integer columns)."""
    master = l_shaped.parts.master
    return np.asarray(np.round(np.clip(plan, master.column_lower, master.column_upper)[master.integer]))


def center_near(l_shaped: LShaped, point: FloatArray, integers: FloatArray | None = None) -> Incumbent:
    """A centre near a point that is known: the nearest that the master allows, and what the branches cost there.

    Parameters
    ----------
    l_shaped
        Master and branches; its best plan is this one where it is a plan and better, and the master takes its cuts.
    point
        Shape (columns of the master).
    integers
        Whole numbers that are held, shape (integer columns); None: none are.

    Returns
    -------
    Incumbent
        Empty where the master allows no point, and where the nearest leaves a cone or is beyond what a block can do.
    """
    center, program = Incumbent(), l_shaped.parts.master
    allowed = nearest(program if integers is None else with_integers(program, integers), point, l_shaped.seed)
    if allowed is None:
        return center
    lacking = l_shaped.planes(allowed)
    l_shaped.master.add(lacking)
    if lacking:
        return center
    try:
        values = l_shaped.asked(allowed, range(len(l_shaped.parts.blocks)))
    except SolverFault:
        return center
    l_shaped.master.add(l_shaped.taken(allowed, tuple(values), center))
    return center
