"""Stock (formulation, 6): what is held, filled in and released."""

from __future__ import annotations

import numpy as np

from friendshore.optimizer.certify.case import Case, Segment
from friendshore.optimizer.certify.ledger import Ledger, Tally
from friendshore.optimizer.certify.numbers import Array, Places, places
from friendshore.optimizer.certify.scenarios import BASE


def check_stock(case: Case, segment: Segment, ledger: Ledger) -> None:
    """Equation 6, for every stockpile at every node.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    segment
        Own nodes of one branch.
    ledger
        Gets the constraints.
    """
    if case.tables.stockpiles:
        _check_balance(case, segment, ledger)
        _check_rates(case, segment, ledger)
        _check_abroad(case, segment, ledger)
        _check_levels(case, segment, ledger)


def kept_share(case: Case, segment: Segment) -> Array:
    """(1−loss_rate)^d: what is left of a unit held before the node."""
    kept = (1.0 - case.network.stockpiles.columns["loss_rate"][segment.branch.period]) ** segment.years
    return np.asarray(kept, dtype=np.float64)


def _check_balance(case: Case, segment: Segment, ledger: Ledger) -> None:
    """Balance: v = (1−loss_rate)^d·v[π] + f − Σᵣ g."""
    quantities = segment.quantities
    tally = Tally.of(quantities.v, -kept_share(case, segment) * segment.before, -quantities.f)
    tally.add(quantities.g, case.network.pairs.stockpile)
    ledger.zero(tally, lambda row: f"balance of {_name(case, row)}", segment.labels)


def _check_rates(case: Case, segment: Segment, ledger: Ledger) -> None:
    """Rates: f ≤ max_fill·d and Σᵣ g ≤ max_release·d, where they have an end."""
    stockpiles, quantities = case.network.stockpiles, segment.quantities
    filled = stockpiles.columns["max_fill"][segment.branch.period]
    marks = np.isfinite(filled)
    tally = Tally.of(quantities.f, -segment.years * np.where(np.isfinite(filled), filled, 0.0))
    ledger.at_most_zero(tally, lambda row: f"max_fill of {_name(case, row)}", segment.labels, marks)
    released = stockpiles.columns["max_release"][segment.branch.period]
    marks = np.isfinite(released)
    tally = Tally.of(-segment.years * np.where(np.isfinite(released), released, 0.0))
    tally.add(quantities.g, case.network.pairs.stockpile)
    ledger.at_most_zero(tally, lambda row: f"max_release of {_name(case, row)}", segment.labels, marks)


def _check_abroad(case: Case, segment: Segment, ledger: Ledger) -> None:
    """Σ_{r abroad} g ≤ (1−loss_rate)^d·v[π(n),h]: releases abroad come from what was held."""
    abroad = case.network.pairs.abroad
    tally = Tally.of(-kept_share(case, segment) * segment.before)
    tally.add(segment.quantities.g[:, abroad], case.network.pairs.stockpile[abroad])
    ledger.at_most_zero(tally, lambda row: f"releases abroad of {_name(case, row)}", segment.labels)


def _check_levels(case: Case, segment: Segment, ledger: Ledger) -> None:
    """Levels: v ≤ max_level + stores; on the base path v ≥ min_level as periods end and final_min at the end."""
    stockpiles, quantities = case.network.stockpiles, segment.quantities
    top = stockpiles.columns["max_level"][segment.branch.period] + segment.stores
    ledger.at_most_zero(Tally.of(quantities.v, -top), lambda row: f"max_level of {_name(case, row)}", segment.labels)
    if segment.branch.name == BASE:
        planned = [t for t, period in enumerate(case.tables.periods) if not period.look_ahead]
        ends = sorted({segment.branch.before(planned[-1] + 1) - 1, len(segment.labels) - 1})
        _check_least(case, segment, ledger)
        last = Tally.of(np.tile(stockpiles.final_min, (len(ends), 1)), -quantities.v[ends])
        labels = [segment.labels[n] for n in ends]
        ledger.at_most_zero(last, lambda row: f"final_min of {_name(case, row)}", labels)


def _check_least(case: Case, segment: Segment, ledger: Ledger) -> None:
    """At the last node of each period of the base path v ≥ min_level."""
    least = case.network.stockpiles.columns["min_level"]
    if not least.any():
        return
    ends = [segment.branch.before(period + 1) - 1 for period in range(len(case.tables.periods))]
    tally = Tally.of(least, -segment.quantities.v[ends])
    ledger.at_most_zero(tally, lambda row: f"min_level of {_name(case, row)}", [segment.labels[n] for n in ends])


def _name(case: Case, place: int) -> str:
    return case.tables.stockpiles[place].stockpile


def stockpiles_in(case: Case, countries: frozenset[str], commodity: str) -> Places:
    """Stockpiles of a commodity that stand in a group of countries.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    countries
        Countries in which they stand.
    commodity
        One commodity.

    Returns
    -------
    Places
        Places of stockpiles, rising.
    """
    rows = case.tables.stockpiles
    return places([i for i, row in enumerate(rows) if row.country in countries and row.commodity == commodity])
