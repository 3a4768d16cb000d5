"""Contracts (formulation, 5): least quantities of lanes, alone or of a row together, in normal times."""

from __future__ import annotations

import numpy as np

from friendshore.optimizer.certify.case import Case, Segment
from friendshore.optimizer.certify.lanes import LaneKey, lane_name
from friendshore.optimizer.certify.ledger import Ledger, Tally, listed
from friendshore.optimizer.certify.normal import in_normal_times
from friendshore.optimizer.certify.numbers import Array, places
from friendshore.optimizer.certify.routes import sharing
from friendshore.optimizer.certify.years import of_lanes


def check_contracts(case: Case, segment: Segment, ledger: Ledger) -> None:
    """Equation 5, in normal times: x + releases ≥ least·d, the sum over the lanes of a row that shares.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    segment
        Own nodes of one branch.
    ledger
        Gets the constraints.
    """
    contracts = _contracts(case)
    if not contracts:
        return
    lanes, pairs = case.network.lanes, case.network.pairs
    least = np.column_stack([quantity for _, quantity, _ in contracts])[segment.branch.period]
    tally = Tally.of(segment.years * least)
    for place, (_, _, keys) in enumerate(contracts):
        used = [lanes.index[key] for key in keys if key in lanes.index]
        released = [pair for lane in used for pair in pairs.by_lane.get(lane, ())]
        tally.add(-segment.quantities.x[:, used], places([place] * len(used)))
        tally.add(-segment.quantities.g[:, released], places([place] * len(released)))
    normal = in_normal_times(segment.branch, case.tables.settings.rejoin_years)
    marks = np.broadcast_to(normal[:, None], tally.total.shape)
    ledger.at_most_zero(tally, listed([name for name, _, _ in contracts]), segment.labels, marks)


def _contracts(case: Case) -> list[tuple[str, Array, list[LaneKey]]]:
    """Name, least quantity a year in each period, and the lanes that may serve it."""
    rows = [(case.tables.lanes[place], keys) for place, keys in sharing(case).items()]
    spoken = [(f"least of row {row.row} of Lanes", row, keys) for row, keys in rows]
    spoken += [
        (f"least on lane {lane_name(key)}", row, [key])
        for key, row in case.network.ways.items()
        if row is not None and not row.shared
    ]
    everywhere = case.tables.lanes
    least = of_lanes(case.tables, everywhere, "least", [row.least for row in everywhere])
    asked = {id(row): least[:, place] for place, row in enumerate(everywhere)}
    return [(name, asked[id(row)], keys) for name, row, keys in spoken if asked[id(row)].any()]
