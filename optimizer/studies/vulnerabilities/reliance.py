"""Reliance and concentration of supply, for each commodity and stage, of the coalition and of each ally.

All from deliveries of one year, gross of loss on the way. Intake is all that a consumer takes in, home supply included.

- *Import reliance*: 1 - home supply ÷ intake. *Net import reliance* as in the Mineral Commodity Summaries of the
  U.S. Geological Survey: (imports - exports) ÷ (production + imports - exports), below 0 for a net exporter.
- *HHI*: Σ (share of supplier country in intake)², home included, between 0 and 1 for a single one (O. C. Herfindahl,
  Concentration in the Steel Industry, 1950; A. O. Hirschman, The Paternity of an Index, American Economic Review 54,
  1964). *HHI of imports*: the same of imports alone.
- *Largest supplier*: the largest from outside, as a share of intake. *Concern*: the share of
  intake from countries of the bloc ``concern``.

Home of the coalition is all its members; for its HHI each member counts as a supplier by itself. Stages add their
commodities up by value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from friendshore.models.problem import Problem
from friendshore.optimizer.studies.vulnerabilities.base_year import COALITION, consumers
from friendshore.optimizer.studies.vulnerabilities.flows import CONCERN, Flows
from friendshore.optimizer.studies.vulnerabilities.values import unit_values

__all__ = ["COALITION", "Reliance", "concentration", "reliance"]


@dataclass(frozen=True)
class Reliance:
    """One line: ``scope`` is ``commodity`` or ``stage``, ``name`` which; ``intake`` a year in ``unit``.

    Shares are fractions. ``hhi_imports`` is None where nothing is imported; ``largest`` is blank then.
    """

    consumer: str
    scope: str
    name: str
    stage: str
    unit: str
    intake: float
    import_reliance: float
    net_import_reliance: float
    hhi: float
    hhi_imports: float | None
    largest: str
    largest_share: float
    concern_share: float


@dataclass
class _Trade:
    """What a consumer takes in by supplier, and what it sends to others."""

    by_supplier: dict[str, float]
    exports: float = 0.0

    def add(self, other: _Trade, weight: float) -> None:
        """Add another one, weighted."""
        self.exports += weight * other.exports
        for supplier, amount in other.by_supplier.items():
            self.by_supplier[supplier] = self.by_supplier.get(supplier, 0.0) + weight * amount


def reliance(flows: Flows) -> tuple[Reliance, ...]:
    """All lines: the coalition first, then each ally; its commodities, then its stages."""
    problem = flows.problem
    values = unit_values(flows)
    lines: list[Reliance] = []
    for consumer, members in consumers(problem):
        trades = {c: trade for c in problem.commodities if (trade := _trade(flows, members, c)).by_supplier}
        for commodity, trade in trades.items():
            row = problem.commodities[commodity]
            lines.append(_line(problem, consumer, members, ("commodity", commodity, row.stage, row.unit), trade))
        lines.extend(
            _line(problem, consumer, members, ("stage", stage, stage, problem.settings.currency), trade)
            for stage, trade in _stages(problem, trades, values).items()
        )
    return tuple(lines)


def concentration(amounts: Iterable[float]) -> float | None:
    """Herfindahl-Hirschman index of amounts by supplier: Σ share², None where there are none."""
    listed = list(amounts)
    total = sum(listed)
    return sum((amount / total) ** 2 for amount in listed) if total > 0 else None


def _trade(flows: Flows, members: tuple[str, ...], commodity: str) -> _Trade:
    trade = _Trade({})
    for (origin, destination, moved, _), amount in flows.shipments.items():
        if moved != commodity:
            continue
        if destination in members:
            trade.by_supplier[origin] = trade.by_supplier.get(origin, 0.0) + amount
        elif origin in members:
            trade.exports += amount
    return trade


def _stages(problem: Problem, trades: Mapping[str, _Trade], values: Mapping[str, float]) -> dict[str, _Trade]:
    stages: dict[str, _Trade] = {}
    for commodity, trade in trades.items():
        stage = problem.commodities[commodity].stage
        if stage and values[commodity] > 0:
            stages.setdefault(stage, _Trade({})).add(trade, values[commodity])
    return stages


def _line(
    problem: Problem, consumer: str, members: tuple[str, ...], what: tuple[str, str, str, str], trade: _Trade
) -> Reliance:
    intake = sum(trade.by_supplier.values())
    foreign = {supplier: amount for supplier, amount in trade.by_supplier.items() if supplier not in members}
    imports = sum(foreign.values())
    largest = min(foreign, key=lambda supplier: (-foreign[supplier], supplier), default="")
    concern = sum(amount for supplier, amount in foreign.items() if problem.countries[supplier].bloc == CONCERN)
    return Reliance(
        consumer,
        *what,
        intake=intake,
        import_reliance=imports / intake,
        net_import_reliance=(imports - trade.exports) / intake,
        hhi=concentration(trade.by_supplier.values()) or 0.0,
        hhi_imports=concentration(foreign.values()),
        largest=largest,
        largest_share=foreign.get(largest, 0.0) / intake,
        concern_share=concern / intake,
    )
