"""Bounds of the decisions: nothing below zero, no shortage above demand."""

from __future__ import annotations

from friendshore.optimizer.certify.case import Case, Segment
from friendshore.optimizer.certify.lanes import lane_name
from friendshore.optimizer.certify.ledger import Ledger, Tally, listed


def check_bounds(case: Case, segment: Segment, ledger: Ledger) -> None:
    """x, a, u, v, f, g, w⁺ ≥ 0 and u ≤ D (formulation, Decisions), D recomputed from the sheets.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    segment
        Own nodes of one branch.
    ledger
        Gets the constraints.
    """
    network, quantities = case.network, segment.quantities
    lanes = [f"shipment {lane_name(key)}" for key in network.lanes.keys]
    plants = [f"activity of {' by '.join(filter(None, process))}" for process in network.plants.processes]
    demand = [f"shortage of {row.commodity} ({row.tier}) in {row.country}" for row in case.tables.demand]
    stockpiles = [row.stockpile for row in case.tables.stockpiles]
    pairs = [
        f"release of {stockpiles[stockpile]} to {destination}"
        for stockpile, destination in zip(network.pairs.stockpile, network.pairs.destination, strict=True)
    ]
    signed = [
        (quantities.x, lanes),
        (quantities.a, plants),
        (quantities.u, demand),
        (quantities.g, pairs),
        (quantities.v, [f"level of {name}" for name in stockpiles]),
        (quantities.f, [f"fill of {name}" for name in stockpiles]),
        (quantities.w, [f"surplus of {network.market_name(int(place))}" for place in network.surplus_markets]),
    ]
    for values, names in signed:
        ledger.at_most_zero(Tally.of(-values), listed(names, " below zero"), segment.labels)
    over = Tally.of(quantities.u, -segment.demand)
    ledger.at_most_zero(over, listed(demand, " above demand"), segment.labels)
