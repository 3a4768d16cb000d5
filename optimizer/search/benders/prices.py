"""Prices of rows across nodes from the prices of the master's rows and cuts.

The dual of a row of a block is the mean of its duals in the cuts, each weighted by the price of the cut in units of its
θ: the multipliers of the cuts of one θ sum to 1, and with these weights the block's duals solve the dual of the whole
program (Dantzig–Wolfe decomposition of the dual; Lasdon 1970, Optimization theory for large systems, section 4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.block import Compact
from friendshore.optimizer.search.benders.cuts import Cut
from friendshore.optimizer.search.benders.master import Master, MasterPlan
from friendshore.optimizer.search.benders.split import Parts


def row_prices(parts: Parts, master: Master, plan: MasterPlan) -> FloatArray:
    """The duals of rows across nodes.

    Parameters
    ----------
    parts
        Master and blocks.
    master
        The master's LP with its cuts. Cuts and planes that came after ``plan`` was solved, where its rounds ran out,
        had no part in it: their price is 0.
    plan
        A solution of it with its prices.

    Returns
    -------
    FloatArray
        The dual of every row of the whole program that is one of the master or a policy of a block, 0 for the others;
        then those of the tangent planes that the master took in, in their order. Shape (rows + planes).
    """

    def of_policies(cut: Cut) -> Iterator[tuple[Compact, FloatArray]]:
        for b, duals in cut.prices:
            block = parts.blocks[b]
            yield block.rows[block.policies], duals

    return put_together(parts, master, plan, of_policies)


def put_together(
    parts: Parts, master: Master, plan: MasterPlan, made_of: Callable[[Cut], Iterable[tuple[Compact, FloatArray]]]
) -> FloatArray:
    """The prices of the master's rows, and of those that cuts tell of, each cut weighted by its price.

    Parameters
    ----------
    parts, master, plan
        As for ``row_prices``.
    made_of
        Of a cut, by block, rows of the whole program and their prices in the units of the cut.

    Returns
    -------
    FloatArray
        Of every row of the whole program, 0 where nothing is told; then those of the tangent planes.
    """
    prices, of_master = np.zeros(parts.whole.rows), np.zeros(parts.whole.rows, dtype=bool)
    prices[parts.rows], of_master[parts.rows] = plan.row_duals, True
    for cut, dual in plan.priced:
        weight = -dual / (master.groups.scale[cut.group] if cut.group >= 0 else 1.0)
        for rows, duals in made_of(cut):
            mine = ~of_master[rows]
            prices[rows[mine]] += weight * duals[mine]
    planes = [plan.price(cut) for cut in master.cuts if cut.lasting]
    return np.concatenate([prices, planes])
