"""Lanes (formulation, 5): capacity of each lane, and route events on lanes that carry the tag."""

from __future__ import annotations

import numpy as np

from friendshore.optimizer.certify.case import Case, Segment
from friendshore.optimizer.certify.ledger import Ledger, Tally
from friendshore.optimizer.certify.nominal import Cut, active, releases, shipments
from friendshore.optimizer.certify.numbers import TINY, Array, places


def check_lanes(case: Case, segment: Segment, ledger: Ledger) -> None:
    """Equation 5: x + releases ≤ μ·capacity·d; without capacity μ bounds by nominal capacity and release rates.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    segment
        Own nodes of one branch.
    ledger
        Gets the constraints.
    """
    left = _left(case, segment)
    _check_limited(case, segment, left, ledger)
    open_lanes = np.isinf(case.network.lanes.capacity) & np.any(left < 1.0 - TINY, axis=0)
    cuts = [_cut(case, int(lane), left[:, lane]) for lane in np.flatnonzero(open_lanes)]
    if cuts:
        rows = shipments(case, segment, cuts)
        ledger.at_most_zero(rows, lambda row: cuts[row].name, segment.labels, active(cuts))
    for cut in cuts:
        if cut.pairs:
            _check_releases(case, segment, cut, ledger)


def _check_limited(case: Case, segment: Segment, left: Array, ledger: Ledger) -> None:
    lanes, pairs = case.network.lanes, case.network.pairs
    tally = Tally(len(segment.labels), len(lanes.keys))
    tally.add(segment.quantities.x, places(list(range(len(lanes.keys)))))
    tally.add(segment.quantities.g[:, pairs.abroad], pairs.lane[pairs.abroad])
    limited = lanes.limited
    tally.add(-segment.years * left[:, limited] * lanes.capacity[limited], limited)
    marks = np.zeros(tally.total.shape, dtype=bool)
    marks[:, limited] = True
    ledger.at_most_zero(tally, lambda row: f"lane {_lane_name(case, row)}", segment.labels, marks)


def _check_releases(case: Case, segment: Segment, cut: Cut, ledger: Ledger) -> None:
    stockpiles, rows = releases(case, segment, cut)
    names = [case.tables.stockpiles[place].stockpile for place in stockpiles]
    marks = np.repeat(active([cut]), len(stockpiles), axis=1)
    ledger.at_most_zero(rows, lambda row: f"{cut.name}: releases of {names[row]}", segment.labels, marks)


def _left(case: Case, segment: Segment) -> Array:
    """μ by lane: the means of all route events that strike it, multiplied."""
    network = case.network
    left = np.ones((len(segment.labels), len(network.lanes.keys)))
    for strike in segment.strikes:
        event = strike.event
        if event.kind == "route":
            countries = network.groups.countries(event.country)
            commodities = network.groups.commodities(event.commodity)
            for lane in network.lanes.by_tag.get(event.route.strip(), ()):
                origin, _, commodity = network.lanes.keys[lane]
                if origin in countries and commodity in commodities:
                    left[:, lane] *= strike.mean
    return left


def _cut(case: Case, lane: int, left: Array) -> Cut:
    origin, _, commodity = case.network.lanes.keys[lane]
    pairs = case.network.pairs.by_lane.get(lane, ())
    return Cut(f"route event on lane {_lane_name(case, lane)}", origin, commodity, (lane,), pairs, left)


def _lane_name(case: Case, lane: int) -> str:
    origin, destination, commodity = case.network.lanes.keys[lane]
    return f"of {commodity} from {origin} to {destination}"
