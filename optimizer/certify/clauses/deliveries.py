"""Deliveries X(K,R,c,n) and all that is taken in T(R,c,n), term by term (formulation, 7.1, 7.2)."""

from __future__ import annotations

import numpy as np

from friendshore.optimizer.certify.case import Case, Segment
from friendshore.optimizer.certify.numbers import Array, places


def delivered(case: Case, segment: Segment, suppliers: frozenset[str], buyers: frozenset[str], commodity: str) -> Array:
    """X: shipments and releases from suppliers to buyers in another country, gross of loss.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    segment
        Own nodes of one branch.
    suppliers
        Countries that send.
    buyers
        Countries that take in.
    commodity
        One commodity.

    Returns
    -------
    Array
        Own nodes × terms, in units of the commodity.
    """
    network = case.network
    ways = [
        place
        for place, (origin, destination, good, _) in enumerate(network.lanes.keys)
        if good == commodity and origin in suppliers and destination in buyers and origin != destination
    ]
    lanes = set(ways)
    pairs = [int(pair) for pair in network.pairs.abroad if int(network.pairs.lane[pair]) in lanes]
    return np.hstack([segment.quantities.x[:, places(ways)], segment.quantities.g[:, places(pairs)]])


def home_supply(case: Case, segment: Segment, buyers: frozenset[str], commodity: str) -> Array:
    """x[n,r,r,c] of each buyer r: what it makes for itself.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    segment
        Own nodes of one branch.
    buyers
        Countries that take in.
    commodity
        One commodity.

    Returns
    -------
    Array
        Own nodes × terms, in units of the commodity.
    """
    home = case.network.lanes.home
    lanes = [place for r in sorted(buyers) for place in home.get((r, commodity), ())]
    return segment.quantities.x[:, places(lanes)]


def taken(case: Case, segment: Segment, buyers: frozenset[str], commodity: str) -> Array:
    """T: all shipments into the buyers, home included, and releases from abroad.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    segment
        Own nodes of one branch.
    buyers
        Countries that take in.
    commodity
        One commodity.

    Returns
    -------
    Array
        Own nodes × terms, in units of the commodity.
    """
    everyone = frozenset(case.network.country)
    abroad = delivered(case, segment, everyone, buyers, commodity)
    return np.hstack([abroad, home_supply(case, segment, buyers, commodity)])
