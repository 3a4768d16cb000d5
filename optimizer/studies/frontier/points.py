"""One point of a frontier as a unit of work: the least cost at a setting, and how tight a setting its cost allows.

Whole numbers of the plan are then held and the setting moved: while the cheapest operation of what is built costs no
more, the plan stands for the tighter setting, so that no point is dominated by its own.
"""

from __future__ import annotations

import dataclasses
from functools import partial
from math import inf
from typing import Any

from friendshore.models.plan import Plan, Status
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.task import INTERRUPTED, Task, as_it_is, unless_interrupted
from friendshore.optimizer.program.size import program_size
from friendshore.optimizer.search.hold import Held, held_decisions, hold
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.frontier.axis import Axis, Over
from friendshore.optimizer.studies.frontier.boxes import Trial
from friendshore.optimizer.studies.frontier.lines import Weighed
from friendshore.optimizer.studies.frontier.pools import Pools
from friendshore.optimizer.studies.learnt import solve_and_learn
from friendshore.optimizer.studies.negligible import negligible

SAME = 1e-6
"""Share of the cost that two plans of one cost may lie apart, solved within tolerances."""

_PROBES = 6

LARGE = 100_000
"""Columns from which on a plan stands where it holds as it is: to operate it anew takes as long as another search."""

NEARLY = 1e-4
"""Relative gap to which a plan of so many columns is operated anew; below that to its end."""

Shared = tuple[Problem, Axis, dict[str, Any], Pools]
"""Problem, what is varied, options of each search, and what searches so far have learnt."""


@dataclasses.dataclass(frozen=True)
class Found:
    """What a search at the ease ``at`` came to.

    ``objective``, ``expected_cost`` and ``cvar`` of its plan, inf where there is none; ``bound`` on the objective;
    ``reached``: the ease from which on the plan holds at its cost; ``probes``: how often it was operated anew to find
    that; ``held``: what it decides; ``stopped``: why its search ended early.
    """

    at: float
    status: Status
    objective: float
    expected_cost: float
    cvar: float
    penalties: float
    bound: float
    reached: float
    probes: int
    held: Held | None
    stopped: str

    @property
    def trial(self) -> Trial:
        """The same for boxes."""
        return Trial(self.at, self.objective, self.bound, self.reached, self.status is not Status.INFEASIBLE)

    @property
    def weighed(self) -> Weighed:
        """The same for lines."""
        possible = self.status is not Status.INFEASIBLE
        return Weighed(-self.at, self.expected_cost, self.cvar, self.bound, possible, self.penalties)


def found_of(answer: dict[str, Any]) -> Found:
    """An answer of the task, read."""
    numbers = {name: inf if answer[name] is None else answer[name] for name in ("objective", "expected_cost", "cvar")}
    held = None if answer["held"] is None else Held.of_lists(answer["held"])
    return Found(
        at=answer["at"],
        status=Status(answer["status"]),
        penalties=answer["penalties"],
        bound=-inf if answer["bound"] is None else answer["bound"],
        reached=answer["reached"],
        probes=answer["probes"],
        held=held,
        stopped=answer["stopped"],
        **numbers,
    )


def _work(shared: Shared, unit: tuple[float, float]) -> dict[str, Any]:
    """The best plan at an ease, and the tightest setting, down to a second ease, that its cost allows.

    It begins from what was learnt nearest to it, and tells what it has learnt itself.
    """
    problem, axis, how, pools = shared
    at, tightest = unit
    outcome, learnt = solve_and_learn(axis.varied(problem, at), {**how, **pools.near(at)})
    plan = outcome.certified
    told: dict[str, Any] = learnt | {
        "at": at,
        "status": str(outcome.status),
        "bound": outcome.bound,
        "stopped": outcome.run.stopped,
        "begun": outcome.begun,
        "objective": None,
        "expected_cost": None,
        "cvar": None,
        "penalties": 0.0,
        "reached": at,
        "probes": 0,
        "held": None,
    }
    if plan is None:
        return told
    plan, reached, probes = _tightened(problem, axis, how, plan, (at, tightest), outcome.run.stopped == INTERRUPTED)
    return told | {
        "objective": plan.objective,
        "expected_cost": plan.expected_cost,
        "cvar": plan.cvar,
        "penalties": plan.penalties,
        "reached": reached,
        "probes": probes,
        "held": held_decisions(plan).as_lists(),
    }


def operate(problem: Problem, axis: Axis, how: dict[str, Any], held: Held, ease: float) -> Plan | None:
    """The cheapest plan at an ease whose whole numbers are those of another; None where there is none.

    Parameters
    ----------
    problem
        A valid problem.
    axis
        What is varied.
    how
        Options of ``solve_problem``.
    held
        What the other plan decides.
    ease
        Where.

    Returns
    -------
    Plan | None
        Certified as every plan.
    """
    whole = partial(hold, held=held, whole_alone=True)
    gap = NEARLY if program_size(problem).columns >= LARGE else 0.0
    return solve_problem(axis.varied(problem, ease), hold=whole, **{**how, "gap": gap}).certified


def _tightened(
    problem: Problem, axis: Axis, how: dict[str, Any], plan: Plan, ends: tuple[float, float], stopped: bool
) -> tuple[Plan, float, int]:
    """The plan as it holds at the tightest setting that costs no more, that setting, and how often it was operated."""
    at, tightest = ends
    best, reached, probes = plan, axis.reached(plan, at), 0
    if axis.over is not Over.LIMIT or stopped or plan.run.size.columns >= LARGE:
        return best, reached, probes
    held, most = held_decisions(plan), plan.objective + negligible(SAME, plan.objective)
    dearer, step = tightest, axis.resolution
    while reached - dearer > step and probes < _PROBES and not _costs(axis, best, step):
        tried = reached - step if not probes else max(dearer, (reached + dearer) / 2)
        probes += 1
        other = operate(problem, axis, how, held, tried)
        if other is None or other.objective > most:
            dearer = tried
        else:
            best, reached = other, axis.reached(other, tried)
    return best, reached, probes


def _costs(axis: Axis, plan: Plan, step: float) -> bool:
    """Whether a setting one step tighter costs the plan more, as the prices of its rows prove."""
    price = axis.price(plan)
    return price is not None and price * step > negligible(SAME, plan.objective)


POINTS = Task("point of a frontier", 4, as_it_is, _work, unless_interrupted)
