"""The resilience scorecard: each policy with its limit, where the plan stands, and the price of tightening it.

Each clause says where a plan stands in its constraints (``models/clauses/``). Tightening the limit by one unit moves
the right-hand side of a row by the slope of its constraint, so that it costs Σ |dual| · slope, with the integers held
where they are.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from friendshore.models.clauses.clause import Clause, PolicyRow, Standing, ValueAt
from friendshore.models.clauses.scope import nodes_elsewhere
from friendshore.models.plan import Binding, PolicyValue
from friendshore.models.rules import told_elsewhere
from friendshore.models.tables import Policy
from friendshore.optimizer.answer.solution import NOISE, without_noise
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray

_OWN_PLACE = {True: "its own paths", False: "base"}
"""Where a policy holds whose kind reads no ``scenario``: by whether it tests stops."""

_Duals = dict[tuple[str, str], list[float]]
"""Prices of the rows of a constraint, by clause and place."""


@dataclass(frozen=True)
class _Priced:
    """One constraint of a policy: where it stands, and what its limit tighter by one unit costs."""

    standing: Standing
    price: float | None
    at_most: bool

    @property
    def towards_limit(self) -> float:
        """The greater, the closer to the limit or the further beyond it; where limits change, from where it is."""
        value = (self.standing.value or 0.0) - (self.standing.limit or 0.0)
        return value if self.at_most else -value


def scorecard(
    assembled: Assembled, x: FloatArray, duals: FloatArray | None, noise: float = NOISE
) -> tuple[PolicyValue, ...]:
    """One line a policy, in the order of the policies.

    Parameters
    ----------
    assembled
        The program.
    x
        Its columns.
    duals
        Prices of its rows with the integers held; None where there are none.
    noise
        Share of the largest of their kind up to which quantities are none, as the plan tells them.

    Returns
    -------
    tuple[PolicyValue, ...]
        Value, limit, slack and price of each policy.
    """
    model_data = assembled.model_data
    values = assembled.expression_values(without_noise(assembled, x, noise))
    prices = None if duals is None else _duals(assembled, duals)
    lines: dict[str, list[_Priced]] = {}
    for clause in model_data.clauses:
        standings = clause.standings(values, model_data.sets, model_data.tree)
        lines.setdefault(clause.policy.policy, []).extend(_priced(clause, standings, prices))
    worst = _elsewhere(assembled, values)
    return tuple(
        dataclasses.replace(
            _line(policy, lines.get(policy.policy, [])),
            holds=policy.where if "scenario" in policy.declared.reads else _OWN_PLACE[policy.declared.stops],
            elsewhere=None if policy.policy not in worst else worst[policy.policy].standing.value,
            elsewhere_place="" if policy.policy not in worst else worst[policy.policy].standing.place,
        )
        for policy in model_data.problem.policies
    )


def with_unsurvived(values: tuple[PolicyValue, ...], branches: tuple[str, ...]) -> tuple[PolicyValue, ...]:
    """The scorecard with the branches on which a policy that tests stops does not hold yet.

    Parameters
    ----------
    values
        The scorecard.
    branches
        Their names, ``policy/member@2028``.

    Returns
    -------
    tuple[PolicyValue, ...]
        The lines in the same order.
    """
    return tuple(
        dataclasses.replace(value, unsurvived=tuple(b for b in branches if b.startswith(f"{value.policy}/")))
        for value in values
    )


def _elsewhere(assembled: Assembled, values: ValueAt) -> dict[str, _Priced]:
    """By policy, its worst constraint at the nodes of the sheet at which it does not hold."""
    model_data = assembled.model_data
    problem, tree = model_data.problem, model_data.tree
    worst: dict[str, _Priced] = {}
    for clause in model_data.clauses:
        policy = clause.policy
        if told_elsewhere(policy):
            other = clause.elsewhere(nodes_elsewhere(problem, tree, policy, clause.label))
            standings = () if other is None else other.standings(values, model_data.sets, tree)
            lines = [_Priced(standing, None, clause.at_most) for standing in standings if standing.value is not None]
            known = [worst[policy.policy]] if policy.policy in worst else []
            if known or lines:
                worst[policy.policy] = max([*known, *lines], key=lambda line: line.towards_limit)
    return worst


def _duals(assembled: Assembled, duals: FloatArray) -> _Duals:
    of_constraint: _Duals = {}
    for i, row in enumerate(assembled.model_data.linking.rows):
        if isinstance(row.key, PolicyRow):
            of_constraint.setdefault((row.key.clause, row.key.place), []).append(
                float(duals[assembled.first_link_row + i])
            )
    return of_constraint


def _priced(clause: Clause, standings: Iterator[Standing], duals: _Duals | None) -> Iterator[_Priced]:
    for standing in standings:
        price = None
        if duals is not None and standing.slope is not None:
            of_rows = duals[clause.label, standing.place]
            price = sum(max(0.0, (-dual if clause.at_most else dual) * standing.slope) for dual in of_rows)
        yield _Priced(standing, price, clause.at_most)


def _line(policy: Policy, lines: list[_Priced]) -> PolicyValue:
    known = [line for line in lines if line.standing.value is not None]
    prices = [line.price for line in lines if line.price is not None]
    worst = max(known, key=lambda line: line.towards_limit, default=None)
    return PolicyValue(
        policy=policy.policy,
        kind=policy.kind,
        limit=policy.limit if worst is None or worst.standing.limit is None else worst.standing.limit,
        value=None if worst is None else worst.standing.value,
        shadow_price=sum(prices) if prices else None,
        place="" if worst is None else worst.standing.place,
        rows=len(lines),
        binding=sum(line.standing.binding for line in lines),
        violation=max((line.standing.violation for line in lines), default=0.0),
        binds=_binds(lines),
    )


def _binds(lines: list[_Priced]) -> tuple[Binding, ...]:
    """The constraints that hold with equality, the dearest first."""
    tight = [line for line in lines if line.standing.binding]
    tight.sort(key=lambda line: (-(line.price or 0.0), line.standing.place))
    return tuple(Binding(line.standing.place, line.standing.value, line.price) for line in tight)
