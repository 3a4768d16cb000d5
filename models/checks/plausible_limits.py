"""Limits of policies measured by what they bound, and caps that hold before anything could be built."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from friendshore.models.checks.every_year import in_every_year
from friendshore.models.checks.plausible import Pair, Usual, disproportions
from friendshore.models.checks.protocol import reads
from friendshore.models.checks.scale import scale_of
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.tables import Expansion, Policy

BUDGET = Usual(0, 20)
COVER_DAYS = Usual(0.5, 1825)
EMISSIONS = Usual(1e-3, 50)
_TINY = 1e-9
"""A share of what is needed that rounding makes."""

_CHAIN = ("Plants", "Recipes", "Commodities", "Demand", "Expansions", "Profiles", "Periods")
_READS = ("Policies", "Countries", "Settings.coalition", *_CHAIN)


@reads(*_READS)
def limit_sizes(problem: Problem) -> Iterator[Finding]:
    """FS545: a budget, a cover or a cap on emissions far from what it bounds."""
    capacity = scale_of(problem).capacity
    budgets, covers, caps = [], [], []
    for year, row in in_every_year(problem, lambda tables: tables.policies):
        if row.kind == "max_capex":
            offered = sum(each.capex * each.max_units for each in _paid(year, row))
            budgets.append(Pair(row.row, row.limit, offered, "the capex of all that they can build"))
        elif row.kind == "stock_cover":
            covers.append(Pair(row.row, row.limit, 1.0, "a day"))
        elif row.kind == "max_emissions":
            emitted = sum(quantity * year.plants[name].emissions for name, quantity in capacity.items())
            caps.append(Pair(row.row, row.limit, emitted, "what all plants emit in a year at full capacity"))
    for pairs, usual in ((budgets, BUDGET), (covers, COVER_DAYS), (caps, EMISSIONS)):
        yield from disproportions("FS545", "Policies", "limit", pairs, usual)


@reads(*_READS)
def small_budgets(problem: Problem) -> Iterator[Finding]:
    """FS545: a budget that does not buy a single unit."""
    projects = [each for _, each in in_every_year(problem, lambda tables: tables.expansions) if each.integer]
    for row in problem.policies:
        payers = problem.group(row.consumer_text)
        prices = [each.capex for each in projects if each.capex > 0 and problem.payer_of(each) in payers]
        if row.kind == "max_capex" and prices and 0 < row.limit < min(prices):
            message = (
                f"found a budget of {row.limit:,.6g} that buys not one unit, the cheapest of which costs "
                f"{min(prices):,.6g}: did you mean {1000 * row.limit:,.6g} (money for thousand money), or 0?"
            )
            yield make_finding("FS545", "Policies", message, row.row, "limit")


def _paid(problem: Problem, row: Policy) -> list[Expansion]:
    """The expansions that the consumers of a policy would pay for."""
    payers = problem.group(row.consumer_text)
    return [each for each in problem.tables.expansions if problem.payer_of(each) in payers]


@reads(*_READS, "Stockpiles")
def early_caps(problem: Problem) -> Iterator[Finding]:
    """FS548: a cap on the share of some suppliers that others cannot fill up before anything new can serve.

    Where others can deliver q at most and the cap is L, nobody can take in more than q ÷ (1 − L): what is needed
    beyond that is short, by the cap itself. Stock may bridge the time, so goods that are stocked are left out.
    """
    stocked = {row.commodity for row in problem.tables.stockpiles}
    for row in problem.policies:
        if row.kind == "max_share" and row.penalty is None and row.limit < 1:
            goods = [good for good in problem.selection(row.commodity) if good not in stocked]
            messages = (_short(problem, row, good, period) for good in goods for period in _early(problem, row, good))
            message = next((each for each in messages if each), "")
            if message:
                yield make_finding("FS548", "Policies", message, row.row, "limit")


def _early(problem: Problem, row: Policy, good: str) -> list[int]:
    """Periods of a policy before the first expansion that makes a good could serve."""
    starts, begins = 0.0, []
    for period in problem.periods:
        begins.append(starts)
        starts += period.years
    serves = min(
        (
            begins[problem.period_index(each.earliest, 0)] + each.lead_years
            for each in problem.tables.expansions
            if good in problem.outputs.get(each.plant, ())
        ),
        default=inf,
    )
    return [i for i in problem.window(row.from_period, row.to_period) if begins[i] < serves]


def _short(problem: Problem, row: Policy, good: str, period: int) -> str:
    """What a cap leaves short in a period, told; empty where it leaves nothing short."""
    for consumers in problem.groups(row.consumer_text):
        needed = sum(
            problem.demand_per_year(need, period)
            for need in problem.demand
            if need.country in consumers and need.commodity == good
        )
        for suppliers in problem.groups(row.suppliers):
            capped = set(suppliers) - set(consumers)
            others = sum(
                problem.existing_capacity(name, period) * flows[good]
                for name, flows in problem.outputs.items()
                if good in flows and problem.plants[name].country not in capped
            )
            most = others / (1.0 - row.limit)
            if capped and most < needed * (1.0 - _TINY):
                return (
                    f"found a cap of {row.limit:g} on {', '.join(sorted(capped))} that holds in "
                    f"{problem.periods[period].period}, when all others can make {others:,.6g} of {good!r} a year and "
                    f"nothing new can serve yet: at most {most:,.6g} of {needed:,.6g} can be taken in, and the rest is "
                    "short; wanted a later from_period, or a penalty"
                )
    return ""
