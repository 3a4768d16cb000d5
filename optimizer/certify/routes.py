"""Lanes (formulation, 5): capacity, alone or shared, and route events on lanes that carry the tag."""

from __future__ import annotations

import numpy as np

from friendshore.optimizer.certify.case import Case, Segment
from friendshore.optimizer.certify.events import Strike
from friendshore.optimizer.certify.lanes import LaneKey, lane_name
from friendshore.optimizer.certify.ledger import Ledger, Tally, listed
from friendshore.optimizer.certify.nominal import Cut, active, releases, shipments
from friendshore.optimizer.certify.numbers import TINY, Array, places
from friendshore.optimizer.certify.years import of_lanes


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
    open_now = np.isinf(case.network.lanes.capacity[segment.branch.period])
    struck = np.where(open_now, left, 1.0)
    lanes = np.flatnonzero(np.any(struck < 1.0 - TINY, axis=0))
    cuts = [_cut(case, int(lane), struck[:, lane]) for lane in lanes]
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
    capacity = lanes.capacity[segment.branch.period]
    marks = np.isfinite(capacity)
    limited = np.flatnonzero(marks.any(axis=0))
    most = np.where(marks, capacity, 0.0)[:, limited]
    tally.add(-segment.years * left[:, limited] * most, limited)
    for keys in sharing(case).values():
        used = [lanes.index[key] for key in keys if key in lanes.index]
        marks[:, used] &= left[:, used] < _largest_left(case, segment, keys)[:, None] - TINY
    ledger.at_most_zero(tally, lambda row: f"lane {lane_name(lanes.keys[row])}", segment.labels, marks)


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
        for lane in network.lanes.by_tag.get(strike.event.route.strip(), ()):
            if _strikes(case, strike, network.lanes.keys[lane]):
                left[:, lane] *= strike.mean
    return left


def _strikes(case: Case, strike: Strike, key: LaneKey) -> bool:
    """Whether a route event is about what comes from the origin of a lane that carries its tag."""
    event, groups = strike.event, case.network.groups
    if event.kind != "route":
        return False
    return key[0] in groups.countries(event.country) and key[2] in groups.commodities(event.commodity)


def check_shared_lanes(case: Case, segment: Segment, ledger: Ledger) -> None:
    """Equation 5, shared: Σ over all lanes of a row ≤ capacity·d times the largest μ that any lane of it is left.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    segment
        Own nodes of one branch.
    ledger
        Gets the constraints.
    """
    lanes, pairs = case.network.lanes, case.network.pairs
    names, limits, marks, columns = [], [], [], []
    for row, keys in sharing(case).items():
        spoken = case.tables.lanes[row]
        capacity = of_lanes(case.tables, [spoken], "capacity", [spoken.capacity])[segment.branch.period, 0]
        if np.isfinite(capacity).any():
            names.append(f"lanes of row {spoken.row} together")
            marks.append(np.isfinite(capacity))
            limits.append(_largest_left(case, segment, keys) * np.where(np.isfinite(capacity), capacity, 0.0))
            columns.append([lanes.index[key] for key in keys if key in lanes.index])
    if not names:
        return
    tally = Tally.of(-segment.years * np.column_stack(limits))
    for place, used in enumerate(columns):
        released = [pair for lane in used for pair in pairs.by_lane.get(lane, ())]
        tally.add(segment.quantities.x[:, used], places([place] * len(used)))
        tally.add(segment.quantities.g[:, released], places([place] * len(released)))
    ledger.at_most_zero(tally, listed(names), segment.labels, np.column_stack(marks))


def sharing(case: Case) -> dict[int, list[LaneKey]]:
    """The lanes of each row that shares, whether the plan uses them or not, by the position of the row."""
    position = {id(row): place for place, row in enumerate(case.tables.lanes) if row.shared}
    found: dict[int, list[LaneKey]] = {}
    for key, row in case.network.ways.items():
        if row is not None and id(row) in position:
            found.setdefault(position[id(row)], []).append(key)
    return found


def _largest_left(case: Case, segment: Segment, keys: list[LaneKey]) -> Array:
    """The largest μ over the lanes of a row, by own node; only origin and commodity tell them apart."""
    row = case.network.ways[keys[0]]
    strikes = [strike for strike in segment.strikes if row is not None and strike.event.route.strip() in row.routes]
    largest = np.zeros(len(segment.labels))
    for key in {(key[0], "", key[2], ""): key for key in keys}.values():
        left = np.ones(len(segment.labels))
        for strike in strikes:
            if _strikes(case, strike, key):
                left *= strike.mean
        largest = np.maximum(largest, left)
    return largest


def _cut(case: Case, lane: int, left: Array) -> Cut:
    key = case.network.lanes.keys[lane]
    pairs = case.network.pairs.by_lane.get(lane, ())
    return Cut(f"route event on lane {lane_name(key)}", key[0], key[2], (lane,), pairs, left)
