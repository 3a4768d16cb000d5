"""Deliveries X(K,R,c,n) and all that is taken in T(R,c,n), term by term (formulation, 7.1, 7.2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from friendshore.optimizer.certify.case import Segment
from friendshore.optimizer.certify.network import Network
from friendshore.optimizer.certify.numbers import Array, Places, places


@dataclass(frozen=True, eq=False)
class Deliveries:
    """Where a sum of shipments and releases stands among those of the plan; ``at`` gives its terms on a branch."""

    lanes: Places
    pairs: Places

    def at(self, segment: Segment) -> Array:
        """Own nodes of a branch × terms, in units of the commodity."""
        return np.hstack([segment.quantities.x[:, self.lanes], segment.quantities.g[:, self.pairs]])


def delivered(network: Network, suppliers: frozenset[str], buyers: frozenset[str], commodity: str) -> Deliveries:
    """X: shipments and releases from suppliers to buyers in another country, gross of loss.

    Parameters
    ----------
    network
        The lanes and releases that the plan uses.
    suppliers
        Countries that send.
    buyers
        Countries that take in.
    commodity
        One commodity.

    Returns
    -------
    Deliveries
        Lane by lane and release by release.
    """
    ways = [
        place
        for place, (origin, destination, good, _) in enumerate(network.lanes.keys)
        if good == commodity and origin in suppliers and destination in buyers and origin != destination
    ]
    lanes = set(ways)
    pairs = [int(pair) for pair in network.pairs.abroad if int(network.pairs.lane[pair]) in lanes]
    return Deliveries(places(ways), places(pairs))


def home_supply(network: Network, buyers: frozenset[str], commodity: str) -> Deliveries:
    """x[n,r,r,c] of each buyer r: what it makes for itself.

    Parameters
    ----------
    network
        The lanes and releases that the plan uses.
    buyers
        Countries that take in.
    commodity
        One commodity.

    Returns
    -------
    Deliveries
        Lane by lane.
    """
    lanes = [place for r in sorted(buyers) for place in network.lanes.home.get((r, commodity), ())]
    return Deliveries(places(lanes), places([]))


def taken(network: Network, buyers: frozenset[str], commodity: str) -> Deliveries:
    """T: all shipments into the buyers, home included, and releases from abroad.

    Parameters
    ----------
    network
        The lanes and releases that the plan uses.
    buyers
        Countries that take in.
    commodity
        One commodity.

    Returns
    -------
    Deliveries
        Lane by lane and release by release.
    """
    abroad = delivered(network, frozenset(network.country), buyers, commodity)
    home = home_supply(network, buyers, commodity)
    return Deliveries(np.concatenate([abroad.lanes, home.lanes]), abroad.pairs)
