"""Clean flows (formulation, 7, clean_origin): balances hold for the clean part by itself, no part exceeds its whole."""

from __future__ import annotations

import numpy as np

from friendshore.optimizer.certify.balances import kept_on_the_way, lane_ends, pair_ends
from friendshore.optimizer.certify.case import Case, Quantities, Segment
from friendshore.optimizer.certify.clean_parts import Split, check_names, clean_amounts, splits
from friendshore.optimizer.certify.ledger import Ledger, Tally, listed
from friendshore.optimizer.certify.numbers import Array
from friendshore.optimizer.certify.stock import kept_share


def check_clean(case: Case, ledger: Ledger) -> None:
    """Every split that a policy asks for, at every node, whether the policy has a penalty or not.

    Where nothing is tracked every clean part is 0, and so within all of this.
    """
    check_names(case)
    for split in splits(case):
        clean = clean_amounts(case, split)
        for segment in case.segments.values():
            own = clean.of(segment.branch.nodes)
            _check_parts(case, segment, split, own, ledger)
            _check_supply(case, segment, split, own, ledger)
            _check_use(case, segment, split, own, ledger)
            _check_stock(case, segment, own, clean_before(case, segment, split, clean.v), ledger)


def _check_parts(case: Case, segment: Segment, split: Split, clean: Quantities, ledger: Ledger) -> None:
    """0 ≤ clean ≤ whole; clean use ≤ D − u. Fills and releases at home may be reported net of each other.

    Net reporting hides δ = max(0, clean fill − fill, clean release at home − release at home), which must have had room
    under ``max_fill`` and ``max_release``.
    """
    quantities, labels = segment.quantities, segment.labels
    pairs = case.network.pairs
    hidden = _hidden(case, segment, clean)
    at_home = np.flatnonzero(pairs.lane < 0)
    released = quantities.g.copy()
    released[:, at_home] += hidden[:, pairs.stockpile[at_home]]
    wholes = [
        ("shipments", clean.x, quantities.x),
        ("activity", clean.a, quantities.a),
        ("stock", clean.v, quantities.v),
        ("fills", clean.f, quantities.f + hidden),
        ("releases", clean.g, released),
        ("use", clean.u, segment.demand - quantities.u),
    ]
    for what, part, whole in wholes:
        name = f"clean {what} within the whole ({split.label})"
        ledger.at_most_zero(Tally.of(part, -whole), listed([name] * part.shape[1]), labels)
        ledger.at_most_zero(Tally.of(-part), listed([f"clean {what} below zero"] * part.shape[1]), labels)
    _check_room(case, segment, hidden, ledger)


def _hidden(case: Case, segment: Segment, clean: Quantities) -> Array:
    """The fill and release at home that cancel out in the report, by stockpile."""
    quantities, pairs = segment.quantities, case.network.pairs
    hidden = np.maximum(clean.f - quantities.f, 0.0)
    for pair in np.flatnonzero(pairs.lane < 0):
        stockpile = pairs.stockpile[pair]
        hidden[:, stockpile] = np.maximum(hidden[:, stockpile], clean.g[:, pair] - quantities.g[:, pair])
    return hidden


def _check_room(case: Case, segment: Segment, hidden: Array, ledger: Ledger) -> None:
    """What cancels out keeps within max_fill and max_release all the same."""
    stockpiles = case.network.stockpiles
    names = [f"room to fill and release {row.stockpile} anew" for row in stockpiles.rows]
    released = Tally.of(hidden)
    released.add(segment.quantities.g, case.network.pairs.stockpile)
    for column, tally in (("max_fill", Tally.of(hidden, segment.quantities.f)), ("max_release", released)):
        limit = stockpiles.columns[column][segment.branch.period]
        finite = np.isfinite(limit)
        tally.add(-segment.years * np.where(finite, limit, 0.0), np.arange(len(names), dtype=np.intp))
        ledger.at_most_zero(tally, listed(names), segment.labels, (hidden > 0) & finite)


def _check_supply(case: Case, segment: Segment, split: Split, clean: Quantities, ledger: Ledger) -> None:
    """Equation 1 for the clean part: what plants in ``suppliers`` make is tainted, whatever goes in."""
    network = case.network
    made = network.plants.outputs
    outside = np.array([row.country not in split.suppliers for row in network.plants.rows], dtype=np.float64)
    outside = outside[network.plants.at]
    tally = Tally(len(segment.labels), network.markets)
    tally.add(clean.x, lane_ends(case, end=0))
    output = (clean.a * outside)[:, made.place] * made.amount
    tally.add(-output, network.process_markets(made))
    ledger.at_most_zero(tally, lambda row: f"clean supply of {network.market_name(row)}", segment.labels)


def _check_use(case: Case, segment: Segment, split: Split, clean: Quantities, ledger: Ledger) -> None:
    """Equation 2 for the clean part: clean use, clean input of clean activity and clean fills from clean arrivals."""
    network = case.network
    taken = network.plants.inputs
    goods = list(network.commodity)
    tracked = np.array([goods[good] in split.tracked for good in taken.commodity], dtype=np.float64)
    tally = Tally(len(segment.labels), network.markets)
    tally.add(clean.u, network.demand_markets())
    tally.add(clean.a[:, taken.place] * taken.amount * tracked, network.process_markets(taken))
    tally.add(clean.f, network.stock_markets())
    tally.add(-clean.x * (1.0 - network.lanes.loss[segment.branch.period]), lane_ends(case, end=1))
    tally.add(-clean.g * kept_on_the_way(case, segment), pair_ends(case))
    ledger.at_most_zero(tally, lambda row: f"clean use of {network.market_name(row)}", segment.labels)


def clean_before(case: Case, segment: Segment, split: Split, level: Array) -> Array:
    """The clean stock before each own node: that of the node before, at first what lies outside ``suppliers``.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    segment
        Own nodes of one branch.
    split
        Suppliers whose stocks are tainted at first.
    level
        All nodes × stockpiles: clean stock at the end of each node.

    Returns
    -------
    Array
        Own nodes × stockpiles, in units of the commodity.
    """
    rows, branch = case.network.stockpiles.rows, segment.branch
    path = case.tree.path(branch.name)
    earlier = path[: len(path) - len(branch.start)]
    initial = np.array([0.0 if row.country in split.suppliers else row.initial for row in rows])
    first = level[earlier[-1]] if earlier.size else initial
    return np.vstack([first[None, :], level[branch.nodes][:-1]])


def _check_stock(case: Case, segment: Segment, clean: Quantities, before: Array, ledger: Ledger) -> None:
    """Equation 6 for the clean part."""
    stockpiles, pairs, labels = case.network.stockpiles, case.network.pairs, segment.labels
    if not stockpiles.rows:
        return
    held = kept_share(case, segment) * before
    names = [row.stockpile for row in stockpiles.rows]
    balance = Tally.of(clean.v, -held, -clean.f)
    balance.add(clean.g, pairs.stockpile)
    ledger.at_most_zero(balance, lambda row: f"clean balance of {names[row]}", labels)
    abroad = Tally.of(-held)
    abroad.add(clean.g[:, pairs.abroad], pairs.stockpile[pairs.abroad])
    ledger.at_most_zero(abroad, lambda row: f"clean releases abroad of {names[row]}", labels)
