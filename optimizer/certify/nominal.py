"""Rows bounded by a share of nominal capacity: export events and routes on open lanes (formulation, 4 and 5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from friendshore.optimizer.certify.case import Case, Segment
from friendshore.optimizer.certify.ledger import Tally
from friendshore.optimizer.certify.numbers import TINY, Array, Marks, places


@dataclass(frozen=True)
class Cut:
    """What a country may still send of a commodity over some lanes and from some pairs of stockpile and buyer.

    ``left`` is μ at each node; ``quota`` units a year may pass besides, in the share 1 − μ.
    """

    name: str
    origin: str
    commodity: str
    lanes: tuple[int, ...]
    pairs: tuple[int, ...]
    left: Array
    quota: float | None = None


def active(cuts: list[Cut]) -> Marks:
    """Nodes and cuts where something is cut at all."""
    return np.asarray(np.column_stack([cut.left for cut in cuts]) < 1.0 - TINY)


def shipments(case: Case, segment: Segment, cuts: list[Cut]) -> Tally:
    """Σ x ≤ d·((1−μ)·quota + μ·Σⱼ out[j,c]·K[n,j]), K nominal: events do not lower it.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    segment
        Own nodes of one branch.
    cuts
        What may still be sent, each a row.

    Returns
    -------
    Tally
        Own nodes × cuts.
    """
    network, made = case.network, case.network.plants.nominal
    left = np.column_stack([cut.left for cut in cuts])
    lanes = [(row, lane) for row, cut in enumerate(cuts) for lane in cut.lanes]
    makers = [
        (row, entry)
        for row, cut in enumerate(cuts)
        for entry in network.makers.get(network.market(cut.origin, cut.commodity), ())
    ]
    rows, entries = places([row for row, _ in makers]), places([entry for _, entry in makers])
    tally = Tally(len(segment.labels), len(cuts))
    tally.add(segment.quantities.x[:, places([lane for _, lane in lanes])], places([row for row, _ in lanes]))
    nominal = segment.capacity[:, made.place[entries]] * made.amount[entries]
    tally.add(-segment.years * left[:, rows] * nominal, rows)
    quotas = np.array([cut.quota or 0.0 for cut in cuts])
    tally.add(-segment.years * (1.0 - left) * quotas, np.arange(len(cuts), dtype=np.intp))
    return tally


def releases(case: Case, segment: Segment, cut: Cut) -> tuple[list[int], Tally]:
    """Σ g ≤ μ·d·max_release (where blank max_level and stores, a year), by stockpile; quotas do not touch releases.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    segment
        Own nodes of one branch.
    cut
        What may still be sent; its pairs count.

    Returns
    -------
    tuple[list[int], Tally]
        Places of the stockpiles, rising; own nodes × these stockpiles.
    """
    rates = case.network.stockpiles.release_rate[segment.branch.period]
    blank = np.isinf(case.network.stockpiles.columns["max_release"])[segment.branch.period]
    rates = rates + np.where(blank, segment.stores, 0.0)
    owner = [int(case.network.pairs.stockpile[pair]) for pair in cut.pairs]
    stockpiles = sorted(set(owner))
    tally = Tally(len(segment.labels), len(stockpiles))
    tally.add(segment.quantities.g[:, list(cut.pairs)], places([stockpiles.index(place) for place in owner]))
    tally.add(-segment.years * cut.left[:, None] * rates[:, stockpiles], places(list(range(len(stockpiles)))))
    return stockpiles, tally
