"""The problem of a group of allies: the workbook as it would be if the other allies kept to themselves.

Allies are the members of the coalition that have demand. Those outside the group leave it with their demand, plants,
stocks, contracts and projects. What stands outside the allies serves each group whole, or in the part of its demand.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from enum import StrEnum

from friendshore.models.problem import Problem
from friendshore.models.tables import Policy, Tables
from friendshore.models.tables.policy_kinds import EMISSIONS, MONEY
from friendshore.optimizer.studies.share.owned import Owners, projects, protections
from friendshore.optimizer.studies.share.scaled import Factors, scaled_rows
from friendshore.optimizer.studies.share.traded import contracts, quotas

LEFT_OUT = "left out"
"""The bloc, in the problem of a group, of the allies that are not in it."""

PLANT = ("capacity", "fixed_cost", "closing_cost")
STOCK = ("initial", "max_level", "max_fill", "max_release", "min_level", "final_min")
"""What is in units a year, units or money of a plant and of a stockpile, and so can be divided."""


class Outside(StrEnum):
    """How groups use what stands outside the allies."""

    OPEN = "open"
    PRO_RATA = "pro_rata"


def allies(problem: Problem) -> tuple[str, ...]:
    """The members of the coalition that have demand, in order of name."""
    needy = {
        row.country
        for row in problem.demand
        if any(problem.demand_per_year(row, t) > 0 for t in range(len(problem.periods)))
    }
    return tuple(country for country in problem.coalition if country in needy)


def demand_shares(problem: Problem, players: Iterable[str]) -> dict[str, float]:
    """Each ally's part of the demand of all allies over the horizon.

    Parameters
    ----------
    problem
        A valid problem.
    players
        The allies.

    Returns
    -------
    dict[str, float]
        Above 0, 1 together: of demand at the prices of Commodities; where one that is needed has no price, of the
        quantity of each commodity, the mean over commodities.
    """
    names = tuple(players)
    amounts: dict[str, dict[str, float]] = {}
    prices: dict[str, dict[str, float]] = {}
    for row in problem.demand:
        for t, period in enumerate(problem.periods):
            quantity = period.years * problem.demand_per_year(row, t)
            if row.country in names and quantity > 0:
                price = problem.at(t).commodities[row.commodity].price
                for table, amount in ((amounts, quantity), (prices, quantity * price)):
                    of = table.setdefault(row.commodity, dict.fromkeys(names, 0.0))
                    of[row.country] += amount
    if all(sum(of.values()) > 0 for of in prices.values()):
        return _parts({name: sum(of[name] for of in prices.values()) for name in names})
    parts = [_parts(of) for of in amounts.values()]
    return _parts({name: sum(of[name] for of in parts) for name in names})


def _parts(amounts: Mapping[str, float]) -> dict[str, float]:
    whole = sum(amounts.values())
    return {name: amount / whole for name, amount in amounts.items()}


def group_problem(problem: Problem, members: Iterable[str], outside: Outside) -> Problem:
    """The problem of a group of allies.

    Parameters
    ----------
    problem
        A valid problem.
    members
        The allies in the group, at least one.
    outside
        How it uses what stands outside the allies.

    Returns
    -------
    Problem
        With the demand of the group alone; of all allies it is the problem itself but for demand outside of them.
    """
    players = allies(problem)
    owners = Owners(
        inside=frozenset(members),
        players=frozenset(players),
        shares=demand_shares(problem, players),
        pro_rata=outside is Outside.PRO_RATA,
    )
    if not owners.inside or not owners.inside <= owners.players:
        raise ValueError(f"a group of {', '.join(sorted(owners.inside)) or 'nobody'}: wanted some of the allies")
    factors: Factors = {}
    tables = _standing(problem, owners, factors)
    tables = dataclasses.replace(
        tables,
        expansions=projects(problem, owners, factors),
        protections=protections(problem, owners, factors),
        lanes=contracts(problem, owners, factors),
        events=quotas(problem, owners),
        policies=tuple(_policies(problem, owners, {row.plant for row in tables.plants}, factors)),
    )
    return dataclasses.replace(problem, tables=scaled_rows(tables, factors))


def _standing(problem: Problem, owners: Owners, factors: Factors) -> Tables:
    """Countries, demand, plants and stockpiles; those that are left out belong to a bloc of their own."""
    tables, outer = problem.tables, owners.outer
    for row in tables.plants:
        if owners.is_outside(row.country):
            factors["Plants", row.plant] = dict.fromkeys(PLANT, outer)
    for pile in tables.stockpiles:
        if owners.is_outside(pile.country):
            factors["Stockpiles", pile.stockpile] = dict.fromkeys(STOCK, outer)
    return dataclasses.replace(
        tables,
        countries=tuple(
            dataclasses.replace(row, bloc=LEFT_OUT) if row.country in owners.out else row for row in tables.countries
        ),
        demand=tuple(row for row in tables.demand if row.country in owners.inside),
        plants=tuple(row for row in tables.plants if row.country not in owners.out),
        stockpiles=tuple(row for row in tables.stockpiles if row.country not in owners.out),
    )


def _policies(problem: Problem, owners: Owners, plants: set[str], factors: Factors) -> Iterable[Policy]:
    """The policies that bind members of the group.

    A limit that is an amount and is of several allies together is divided by demand; shares, days and indices stay.
    What is about allies that are left out alone, as consumers or as suppliers, falls away.
    """
    for row in problem.policies:
        reads = row.declared.columns
        consumers = frozenset(problem.group(row.consumer_text)) if "consumers" in reads else frozenset()
        suppliers = _suppliers(problem, row) if "suppliers" in reads else frozenset()
        named = row.suppliers.removeprefix("each ").removeprefix("plant:").strip()
        gone = "suppliers" in reads and "plant:" in row.suppliers and named not in {"*", *plants}
        if gone or any(group and group <= owners.out for group in (consumers, suppliers)):
            continue
        if row.declared.unit in (MONEY, EMISSIONS) and not row.consumer_text.startswith("each "):
            factors["Policies", row.policy] = {"limit": owners.part(consumers or owners.players)}
        kept = len(suppliers - owners.out) if suppliers else len(plants)
        fewer = row.k is not None and "k" in reads and row.k > kept and "route:" not in row.suppliers
        yield dataclasses.replace(row, k=kept) if fewer else row


def _suppliers(problem: Problem, row: Policy) -> frozenset[str]:
    """The countries that a policy names as suppliers; none where it names plants or routes."""
    return frozenset() if ":" in row.suppliers else frozenset(problem.group(row.suppliers))
