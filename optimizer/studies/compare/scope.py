"""What of several plans can be compared at all, and why the rest cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from friendshore.models.problem import Problem
from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.wording.counts import listed

_MOST = 6


@dataclass(frozen=True)
class Scope:
    """What all plans have in common.

    ``money``: one currency; ``whole``: the same periods, so that sums over all of them mean the same; ``tail``: CVaR at
    the same level; ``periods`` and ``commodities``: those that all plans have, of the same length and in the same unit.
    ``refused`` says in sentences what is not compared and why, ``remarks`` what to bear in mind.
    """

    money: bool
    whole: bool
    tail: bool
    periods: tuple[str, ...]
    commodities: frozenset[str]
    refused: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def costs(self) -> bool:
        """Whether costs can be compared."""
        return self.money and self.whole


def scope_of(plans: Sequence[SavedPlan]) -> Scope:
    """What can be compared of these plans."""
    problems = [plan.problem for plan in plans]
    money = _one(problems, lambda problem: problem.settings.currency)
    lengths = [{row.period: row.years for row in problem.periods} for problem in problems]
    periods = tuple(
        label for label, years in lengths[0].items() if all(other.get(label) == years for other in lengths[1:])
    )
    whole = all(list(other.items()) == list(lengths[0].items()) for other in lengths[1:])
    tail = _one(problems, lambda problem: problem.settings.cvar_alpha)
    units = [{name: row.unit for name, row in problem.commodities.items()} for problem in problems]
    commodities = frozenset(
        name for name, unit in units[0].items() if all(other.get(name) == unit for other in units[1:])
    )
    refused = (
        *_money_words(problems, money),
        *_period_words(periods, whole),
        *_goods_words(units, commodities),
        *(() if tail else ("The mean of the worst outcomes is not compared: cvar_alpha differs.",)),
    )
    return Scope(money, whole, tail, periods, commodities, tuple(refused), tuple(_remarks(problems, money and whole)))


def _one(problems: Sequence[Problem], read: Callable[[Problem], object]) -> bool:
    return len({read(problem) for problem in problems}) == 1


def _money_words(problems: Sequence[Problem], money: bool) -> Iterator[str]:
    if not money:
        names = ", ".join(dict.fromkeys(problem.settings.currency for problem in problems))
        yield f"Costs are not compared: the plans reckon in different currencies ({names})."


def _period_words(periods: Sequence[str], whole: bool) -> Iterator[str]:
    if whole:
        return
    if not periods:
        yield "Decisions, costs and shortages are not compared: the plans have no period in common."
        return
    yield (
        "Costs and shortages over all years are not compared: the plans cover different periods. Decisions are "
        f"compared in those they share: {', '.join(periods)}."
    )


def _goods_words(units: Sequence[dict[str, str]], commodities: frozenset[str]) -> Iterator[str]:
    names = list(dict.fromkeys(name for known in units for name in known if name not in commodities))
    if names:
        yield f"Not compared, as not all plans have them in the same unit: {listed(names, _MOST)}."


def _remarks(problems: Sequence[Problem], costs: bool) -> Iterator[str]:
    if costs and not _one(problems, lambda problem: problem.settings.discount_rate):
        yield "Costs are discounted at different rates: amounts of today's money are not alike."
    if costs and not _one(problems, lambda problem: problem.settings.tariffs_are_costs):
        yield "Tariffs count as costs in some of the plans only."
    if costs and not _one(problems, lambda problem: problem.settings.risk_aversion):
        yield "The plans weigh risk differently: compare expected cost and the tail, not the objective."
