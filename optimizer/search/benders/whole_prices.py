"""Prices of all rows of the whole tree, from those of the master and of the cuts that it rests on.

As ``row_prices``, but of every row of every branch: the prices of a branch are the mean of those of its cuts, each
weighted by the price of the cut (Dantzig–Wolfe decomposition of the dual; Lasdon 1970, Optimization theory for large
systems, section 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.cuts import Cut
from friendshore.optimizer.search.benders.evaluate import BlockValue
from friendshore.optimizer.search.benders.master import Master, MasterPlan
from friendshore.optimizer.search.benders.split import Parts


def whole_prices(parts: Parts, master: Master, plan: MasterPlan, values: Sequence[BlockValue]) -> FloatArray:
    """The prices of all rows.

    Parameters
    ----------
    parts
        Master and blocks.
    master
        The master's LP with its cuts, which have held on to their multipliers.
    plan
        A solution of it with its prices; cuts that came later have none.
    values
        Every block at its plan: its prices stand for those that a cut has let go.

    Returns
    -------
    FloatArray
        Of every row of the whole program, then of the tangent planes that the master took in, in their order. Shape
        (rows + planes).
    """
    prices = np.zeros(parts.whole.rows)
    prices[parts.rows] = plan.row_duals
    own = [~np.isin(block.rows, parts.rows) for block in parts.blocks]
    of_group: dict[int, list[int]] = {}
    for b, group in enumerate(master.groups.of_block.tolist()):
        of_group.setdefault(group, []).append(b)
    for cut, dual in plan.priced:
        weight = -dual / (master.groups.scale[cut.group] if cut.group >= 0 else 1.0)
        for b, duals in _multipliers(parts, cut, of_group, values):
            prices[parts.blocks[b].rows[own[b]]] += weight * duals[own[b]]
    planes = [plan.price(cut) for cut in master.cuts if cut.lasting]
    return np.concatenate([prices, planes])


def _multipliers(
    parts: Parts, cut: Cut, of_group: dict[int, list[int]], values: Sequence[BlockValue]
) -> Iterator[tuple[int, FloatArray]]:
    """The prices that a cut is made of, by block, in the units of the cut."""
    if cut.group >= 0:
        yield from cut.multipliers or ((b, values[b].row_duals) for b in of_group[cut.group])
        return
    policies = dict(cut.prices)
    for b, duals in cut.multipliers:
        whole, scaled = duals[parts.blocks[b].policies], policies[b]
        largest = int(np.argmax(np.abs(whole)))
        yield b, duals * (scaled[largest] / whole[largest] if whole[largest] else 0.0)
