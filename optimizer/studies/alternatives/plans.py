"""Plans as units of work: the best one, and the cheapest one in which an amount is at a level or beyond it."""

from __future__ import annotations

import dataclasses
from functools import partial
from math import inf, isfinite
from typing import Any, Literal

from friendshore.models.plan import Outcome, Plan
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.task import INTERRUPTED, Task, as_it_is, unless_interrupted
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.search.hold import Held, held_decisions, hold
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.alternatives.held import with_row
from friendshore.optimizer.studies.alternatives.measures import measure_of, value_in
from friendshore.optimizer.studies.alternatives.questions import Question, questions_of
from friendshore.optimizer.studies.learnt import solve_and_learn

Side = Literal["least", "most"]

SAME = 1e-7
"""Share of the limit that a plan may cost more, and of an amount by which it may miss its level: what tolerances
leave."""

INSIDE = 0.999
"""Of the way to the limit that a plan between two others goes, so that what its branches cost may be a little more."""

Shared = tuple[Problem, dict[str, Any]]


@dataclasses.dataclass(frozen=True)
class Aim:
    """What a plan was made for: the cheapest one in which an amount is at most, or at least, ``level``.

    ``side`` is ``least`` where it is held down, ``most`` where it is held up; ``held``: the whole numbers that it has,
    None where they were searched for. The best plan has no ``question``.
    """

    question: Question | None = None
    side: Side = "least"
    level: float = 0.0
    held: Held | None = None

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON holds it."""
        return {
            "question": None if self.question is None else self.question.as_list(),
            "side": self.side,
            "level": self.level,
            "held": None if self.held is None else self.held.as_lists(),
        }

    @classmethod
    def of_dict(cls, unit: dict[str, Any]) -> Aim:
        """What ``as_dict`` gave."""
        question = None if unit["question"] is None else Question.of_list(unit["question"])
        held = None if unit["held"] is None else Held.of_lists(unit["held"])
        return cls(question, unit["side"], float(unit["level"]), held)

    def on(self, assembled: Assembled) -> Assembled:
        """A program with what is held in it."""
        if self.held is not None:
            assembled = hold(assembled, self.held, whole_alone=True)
        if self.question is None or (self.held is not None and self.question.decision and self.question.whole):
            return assembled  # what is held has it at its level already
        row = measure_of(assembled, self.question).beyond(self.level)
        level = 0.0 if _is_share(self.question) else self.level
        slip = 0.0 if self.question.whole else SAME * max(1.0, abs(level))
        if self.side == "least":
            return with_row(assembled, row, upper=level + slip)
        return with_row(assembled, row, lower=level - slip)


def _is_share(question: Question) -> bool:
    return question.about == "share"


@dataclasses.dataclass(frozen=True)
class Made:
    """What a search for a plan came to.

    ``cost`` (objective) of the plan and the ``values`` of all questions in it, None where there is none; ``bound``: no
    plan with that aim costs less; ``possible``: False where it is proven that there is none.
    """

    aim: Aim
    cost: float | None
    bound: float | None
    values: tuple[float, ...] | None
    possible: bool
    stopped: str


def made_of(answer: dict[str, Any]) -> Made:
    """An answer of the task, read."""
    values = answer["values"]
    return Made(
        aim=Aim.of_dict(answer["aim"]),
        cost=answer["cost"],
        bound=answer["bound"],
        values=None if values is None else tuple(map(float, values)),
        possible=answer["status"] != "infeasible",
        stopped=answer["stopped"],
    )


def _best(shared: Shared, unit: list[str]) -> dict[str, Any]:
    """The best plan, what is to be asked, and what is known of each question in it."""
    problem, how = shared
    del unit
    outcome, learnt = solve_and_learn(problem, how)
    plan = sound(outcome)
    told = _told(outcome, Aim(), ()) | learnt
    if plan is None:
        return told | {"questions": [], "stops": [], "columns": 0}
    questions = questions_of(problem, plan)
    stops = sorted({str(name) for name in plan.nodes["scenario"]} - {"base"})
    return told | {
        "values": [value_in(plan, question) for question in questions],
        "aim": Aim(held=held_decisions(plan)).as_dict(),
        "questions": [question.as_list() for question in questions],
        "stops": stops,
        "columns": 0 if outcome.run.size is None else outcome.run.size.columns,
    }


def _told(outcome: Outcome, aim: Aim, questions: tuple[Question, ...]) -> dict[str, Any]:
    plan, bound = sound(outcome), outcome.bound
    kept = aim if plan is None or aim.question is None else dataclasses.replace(aim, held=held_decisions(plan))
    return {
        "aim": kept.as_dict(),
        "status": str(outcome.status),
        "stopped": outcome.run.stopped,
        "begun": outcome.begun,
        "bound": bound if bound is not None and isfinite(bound) else None,
        "cost": None if plan is None else plan.objective,
        "values": None if plan is None else [value_in(plan, question) for question in questions],
    }


def make_plan(problem: Problem, how: dict[str, Any], aim: Aim, enough: float = -inf) -> Outcome:
    """The cheapest plan with an aim.

    Parameters
    ----------
    problem
        A valid problem.
    how
        Options of ``solve_problem``.
    aim
        What is held in it.
    enough
        A plan that costs no more will do, where a large tree is searched; -inf: the cheapest is wanted.

    Returns
    -------
    Outcome
        Certified as every plan.
    """
    return solve_problem(problem, hold=partial(_held, aim=aim), enough=enough, **how)


def _held(assembled: Assembled, aim: Aim) -> Assembled:
    return aim.on(assembled)


def again(problem: Problem, how: dict[str, Any], aim: Aim, enough: float = -inf) -> Plan | None:
    """The plan of an aim, made once more.

    Parameters
    ----------
    problem, how, aim, enough
        As for ``make_plan``.

    Returns
    -------
    Plan | None
        None where it does not come out.
    """
    return sound(make_plan(problem, how, aim, enough))


def sound(outcome: Outcome) -> Plan | None:
    """The plan, where its certificate bears it out and it survives whatever its policies ask; else None."""
    return None if outcome.run.unsurvived else outcome.certified


def plan_of(problem: Problem, how: dict[str, Any], known: dict[str, Any], unit: dict[str, Any]) -> dict[str, Any]:
    """A plan with an aim that is within the limit, where there is one: of a small tree the cheapest.

    Where its whole numbers are those of the best plan and it costs more than the limit, one between the two is made:
    cost is convex in what is not whole.

    Parameters
    ----------
    problem
        A valid problem.
    how
        Options of each solve.
    known
        Questions, limit, and the best plan's cost, values and aim.
    unit
        The aim, as JSON holds it.

    Returns
    -------
    dict[str, Any]
        What ``made_of`` reads.
    """
    questions = tuple(map(Question.of_list, known["questions"]))
    aim = Aim.of_dict(unit)
    outcome = make_plan(problem, how, aim, known["limit"])
    nearer = _nearer(known, questions, aim, outcome)
    if nearer is not None:
        aim, outcome = nearer, make_plan(problem, how, nearer, known["limit"])
    return _told(outcome, aim, questions)


def _nearer(known: dict[str, Any], questions: tuple[Question, ...], aim: Aim, outcome: Outcome) -> Aim | None:
    """The same aim nearer to the best plan, where that is sure to bring the plan within the limit."""
    plan, limit, best = sound(outcome), known["limit"], known["cost"]
    if plan is None or aim.question is None or plan.objective <= limit + SAME * abs(limit) or aim.question.decision:
        return None
    same = aim.held is not None and aim.held == Aim.of_dict(known["aim"]).held
    if not same or _is_share(aim.question) or outcome.run.stopped == INTERRUPTED:
        return None
    start = known["values"][questions.index(aim.question)]
    part = INSIDE * (limit - best) / (plan.objective - best)
    return dataclasses.replace(aim, level=start + part * (aim.level - start))


BEST = Task("best plan of alternatives", 3, as_it_is, _best, unless_interrupted)
