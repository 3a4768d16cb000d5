"""Export events (formulation, 4): what a struck country may still send to the buyers that are shut out."""

from __future__ import annotations

import numpy as np

from friendshore.optimizer.certify.case import Case, Segment
from friendshore.optimizer.certify.ledger import Ledger
from friendshore.optimizer.certify.nominal import Cut, active, releases, shipments
from friendshore.optimizer.certify.numbers import Array

Target = tuple[str, str, frozenset[str]]


def check_exports(case: Case, segment: Segment, ledger: Ledger) -> None:
    """Equation 4, with quotas; means of events on the same (country, commodity, buyers) multiply.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    segment
        Own nodes of one branch.
    ledger
        Gets the constraints.
    """
    cuts = [cut for cut in _cuts(case, segment) if cut.lanes or cut.pairs]
    selling = [cut for cut in cuts if cut.lanes]
    if selling:
        rows = shipments(case, segment, selling)
        ledger.at_most_zero(rows, lambda row: selling[row].name, segment.labels, active(selling))
    for cut in cuts:
        if cut.pairs and cut.quota is None:
            _check_releases(case, segment, cut, ledger)


def _check_releases(case: Case, segment: Segment, cut: Cut, ledger: Ledger) -> None:
    stockpiles, rows = releases(case, segment, cut)
    names = [case.tables.stockpiles[place].stockpile for place in stockpiles]
    marks = np.repeat(active([cut]), len(stockpiles), axis=1)
    ledger.at_most_zero(rows, lambda row: f"{cut.name}: releases of {names[row]}", segment.labels, marks)


def _cuts(case: Case, segment: Segment) -> list[Cut]:
    """Shares by target, then each quota by itself; buyers without the country itself: own use is never cut."""
    shares: dict[Target, Array] = {}
    quotas: list[tuple[Target, Array, float]] = []
    for strike in segment.strikes:
        event = strike.event
        if event.kind != "export":
            continue
        buyers = case.network.groups.countries(event.buyers)
        for country, commodity in _sellers(case, event.country, event.commodity):
            target = country, commodity, buyers - {country}
            if event.quota is not None:
                quotas.append((target, strike.mean, event.quota))
            else:
                shares[target] = shares.get(target, np.ones(len(segment.labels))) * strike.mean
    cuts = [_cut(case, target, left, None) for target, left in shares.items()]
    return cuts + [_cut(case, target, left, quota) for target, left, quota in quotas]


def _sellers(case: Case, country: str, commodity: str) -> list[tuple[str, str]]:
    """Struck countries and commodities of which the plan ships or releases anything."""
    network = case.network
    countries, commodities = network.groups.countries(country), network.groups.commodities(commodity)
    held = {(row.country, row.commodity) for row in network.stockpiles.rows}
    sellers = {*network.lanes.from_country, *held}
    return sorted(pair for pair in sellers if pair[0] in countries and pair[1] in commodities)


def _cut(case: Case, target: Target, left: Array, quota: float | None) -> Cut:
    network = case.network
    country, commodity, buyers = target
    lanes = [
        lane
        for lane in network.lanes.from_country.get((country, commodity), ())
        if network.lanes.keys[lane][1] in buyers
    ]
    pairs = [
        pair
        for pair in network.pairs.abroad
        if network.pairs.destination[pair] in buyers and _stands(case, int(pair), country, commodity)
    ]
    kind = "export event" if quota is None else "export quota"
    name = f"{kind} on {commodity} from {country} to {', '.join(sorted(buyers))}"
    return Cut(name, country, commodity, tuple(lanes), tuple(pairs), left, quota)


def _stands(case: Case, pair: int, country: str, commodity: str) -> bool:
    row = case.network.stockpiles.rows[case.network.pairs.stockpile[pair]]
    return (row.country, row.commodity) == (country, commodity)
