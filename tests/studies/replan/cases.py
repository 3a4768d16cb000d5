"""Small plans, and what has happened since."""

from __future__ import annotations

from typing import Any

from friendshore._studies import saved_plan
from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.replan.actuals import Actuals
from friendshore.optimizer.studies.replan.replan import Asks, Replanned
from friendshore.optimizer.studies.replan.work import replan
from tests.mathematics.cases import Sheets

EXACT = Asks(gap=0.0, threads=1, baselines=False)


def planned(sheets: Sheets) -> SavedPlan:
    """The optimal plan, as its workbook holds it."""
    plan = solve_problem(problem_from_sheets(sheets), gap=0.0, threads=1).certified
    assert plan is not None
    return saved_plan(plan)


def again(sheets: Sheets, as_of: str, *, keep: bool = False, **told: Any) -> Replanned:
    """The plan of these sheets made again."""
    asks = Asks(gap=0.0, threads=1, keep=keep, baselines=False)
    return replan(planned(sheets), Actuals(as_of, **told), asks)


def amounts(study: Replanned) -> dict[str, float]:
    """What each cause added, those of nothing left out."""
    return {each.cause: round(each.amount, 6) for each in study.causes if each.amount and abs(each.amount) > 1e-6}


def adds_up(study: Replanned) -> bool:
    """Whether the causes lead from what was expected to what the rest costs, with what was paid otherwise before."""
    assert study.rest is not None and study.before is not None
    total = study.before + sum(each.amount or 0.0 for each in study.causes)
    past = sum(each.past for each in study.causes)
    return abs(total - past - study.rest.high) <= 1e-6 * max(1.0, abs(study.rest.high))
