"""Supply and use (formulation, 1 and 2): what leaves a country is made in it, what reaches it used or stocked."""

from __future__ import annotations

import numpy as np

from friendshore.optimizer.certify.case import Case, Segment
from friendshore.optimizer.certify.ledger import Ledger, Tally
from friendshore.optimizer.certify.numbers import Array, Places, places


def check_supply(case: Case, segment: Segment, ledger: Ledger) -> None:
    """Equation 1: Σᵣ x[n,k,r,c] ≤ Σⱼ,q out[q,c]·a[n,j,q] over the plants in k; with w⁺ and = where there is a value.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    segment
        Own nodes of one branch.
    ledger
        Gets the constraints.
    """
    network = case.network
    tally = Tally(len(segment.labels), network.markets)
    tally.add(segment.quantities.x, lane_ends(case, end=0))
    made = network.plants.outputs
    tally.add(-segment.quantities.a[:, made.place] * made.amount, network.process_markets(made))
    tally.add(segment.quantities.w, network.surplus_markets)
    ledger.at_most_zero(tally, lambda row: f"supply of {network.market_name(row)}", segment.labels)
    if len(network.surplus_markets):
        valued = np.zeros(tally.total.shape, dtype=bool)
        valued[:, network.surplus_markets] = True
        name = "surplus of {}, all of what is left over".format
        ledger.at_most_zero(tally.negated(), lambda row: name(network.market_name(row)), segment.labels, valued)


def check_use(case: Case, segment: Segment, ledger: Ledger) -> None:
    """Equation 2: arrivals after loss, releases and shortage are demand, process input and fills.

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
    tally = Tally(len(segment.labels), network.markets)
    tally.add(quantities.x * (1.0 - network.lanes.loss[segment.branch.period]), lane_ends(case, end=1))
    tally.add(quantities.g * kept_on_the_way(case, segment), pair_ends(case))
    tally.add(quantities.u, network.demand_markets())
    tally.add(-segment.demand, network.demand_markets())
    taken = network.plants.inputs
    tally.add(-quantities.a[:, taken.place] * taken.amount, network.process_markets(taken))
    tally.add(-quantities.f, network.stock_markets())
    ledger.zero(tally, lambda row: f"use of {network.market_name(row)}", segment.labels)


def lane_ends(case: Case, end: int) -> Places:
    """The market at the origin (0) or the destination (1) of each lane."""
    return places([case.network.market(key[end], key[2]) for key in case.network.lanes.keys])


def pair_ends(case: Case) -> Places:
    """The market each release reaches."""
    network = case.network
    return places(
        [
            network.market(destination, network.stockpiles.rows[stockpile].commodity)
            for stockpile, destination in zip(network.pairs.stockpile, network.pairs.destination, strict=True)
        ]
    )


def kept_on_the_way(case: Case, segment: Segment) -> Array:
    """What arrives of a unit released, own nodes × pairs: what its lane does not lose; at home everything."""
    pairs = case.network.pairs
    kept = np.ones((len(segment.labels), len(pairs.destination)))
    kept[:, pairs.abroad] -= case.network.lanes.loss[segment.branch.period][:, pairs.lane[pairs.abroad]]
    return kept
