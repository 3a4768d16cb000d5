"""The study in sentences: what command and workbook say alike. No sentence claims more than is proven."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.plan.baselines import Interval
from friendshore.models.tree.branch import BASE
from friendshore.optimizer.reporting.calendar import last_year
from friendshore.optimizer.studies.negligible import negligible
from friendshore.optimizer.studies.worth.work import LEAST_REGRET, WITH_ALL
from friendshore.optimizer.studies.worth.worth import Regrets, Worth
from friendshore.optimizer.wording.money import money, money_between
from friendshore.optimizer.wording.names import Names, capital
from friendshore.optimizer.wording.shares import percent

NOTHING = 1e-6
"""Share of the plan's cost below which an amount is none."""

IGNORING = "plan that ignores dangers"


def amount(study: Worth, value: Interval | None) -> str:
    """What is known of an amount."""
    if value is None:
        return "not known"
    if value.high <= negligible(NOTHING, study.plan.high):
        return "nothing"
    if value.known:
        return money(value.high, study.currency)
    if value.low <= negligible(NOTHING, study.plan.high):
        return f"not distinguishable from 0, {money(value.high, study.currency)} at most"
    return money_between(value.low, value.high, study.currency)


def world_words(study: Worth, name: str) -> str:
    """A path as one says it."""
    return "nothing happens" if name == BASE else Names(study.problem.names).path(name)


def plan_words(study: Worth, name: str) -> str:
    """A plan as one says it."""
    if name == LEAST_REGRET and _bettered(study):
        return "plan sought for the least greatest regret"
    if name in (WITH_ALL, LEAST_REGRET):
        return name
    return IGNORING if name == BASE else f"plan for {world_words(study, name)} alone"


def _bettered(study: Worth) -> bool:
    """Whether another plan has less of the greatest regret than the one that was sought for it, within its gap."""
    found = next((each.greatest for each in study.regrets if each.name == LEAST_REGRET), None)
    best = study.least_regret
    return found is not None and best is not None and found.high > best.high + negligible(NOTHING, study.plan.high)


def stage_lines(study: Worth) -> Iterator[str]:
    """What it costs to begin with the plan that ignores dangers, period by period."""
    if not study.stages:
        return
    last = study.stages[-1]
    if last.cost is None:
        yield "The plan that ignores dangers cannot be held once they are there, or no such plan was found."
    else:
        yield f"Planning for dangers is worth {amount(study, last.value)} beside the plan that ignores them."
    for stage in study.stages[:-1]:
        told = "cannot be held or is not known" if stage.cost is None else f"costs {amount(study, stage.value)}"
        end = last_year(study.problem, stage.period)
        yield f"  To follow that plan until the end of {end} and to think of dangers from then on {told}."


def information_line(study: Worth) -> str:
    """What it would be worth to know beforehand."""
    if study.information is None:
        return "What perfect information is worth is not known: not every path has a plan."
    told = f"To know beforehand how things turn out would be worth {amount(study, study.information)}"
    share = study.information.high / study.plan.high if study.plan.high > 0 else 0.0
    return f"{told}, {percent(share)} of the plan's cost at most." if share > NOTHING else f"{told}."


def regret_line(study: Worth, regrets: Regrets) -> str:
    """A plan in a line: the greatest regret, and where it is."""
    greatest = regrets.greatest
    told = capital(plan_words(study, regrets.name))
    if greatest is None:
        return f"{told}: not known everywhere"
    worst = max(regrets.under, key=lambda name: _high(regrets.under[name]))
    if greatest.high <= negligible(NOTHING, study.plan.high):
        return f"{told}: {amount(study, greatest)}"
    known, others = regrets.under[worst], (_high(value) for name, value in regrets.under.items() if name != worst)
    proven = known is not None and known.low >= max(others, default=0.0)
    return f"{told}: {amount(study, greatest)}, {'' if proven else 'perhaps '}where {clause(study, worst)}"


def regret_heading(study: Worth) -> str:
    """What stands above the plans: among how many paths regret was looked at, where not among all."""
    looked, paths = len(study.regrets[0].under), len(study.known)
    if looked == paths:
        return "Greatest regret"
    taken = f"no danger, and the likeliest path of each of {looked - 1} dangers"
    return f"Greatest regret on {looked} of {paths} paths ({taken})"


def _high(value: Interval | None) -> float:
    return 0.0 if value is None else value.high


def clause(study: Worth, name: str) -> str:
    """A path behind where: ``embargo comes``, ``nothing happens``."""
    words = world_words(study, name)
    return words if name == BASE else f"{words} comes"


def opening(study: Worth) -> str:
    """The plan's expected cost, and what planning for dangers is worth."""
    cost = money(study.plan.high, study.currency)
    if not study.plan.known:
        cost = money_between(study.plan.low, study.plan.high, study.currency)
    return f"With all dangers in mind: expected cost {cost}, without resilience rules."


def least_line(study: Worth) -> str:
    """Below what no plan can bring its greatest regret; blank where that is not known."""
    least = study.least_regret
    if least is None or least.low <= negligible(NOTHING, study.plan.high):
        return ""
    return f"No plan can bring its greatest regret below {money(least.low, study.currency)}."


def lines(study: Worth) -> Iterator[str]:
    """What a planner reads."""
    yield opening(study)
    yield from stage_lines(study)
    yield information_line(study)
    if study.regrets:
        yield f"{regret_heading(study)}:"
        for regrets in sorted(study.regrets, key=lambda one: _high(one.greatest)):
            yield f"  {regret_line(study, regrets)}"
        if told := least_line(study):
            yield told
    if study.stopped:
        yield "It was interrupted: what is known so far is told; the same command goes on from there."
