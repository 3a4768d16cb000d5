"""Prices of rows across nodes from the prices of the master's rows and cuts.

The dual of a row of a block is the mean of its duals in the cuts, each weighted by the price of the cut in units of its
θ: the multipliers of the cuts of one θ sum to 1, and with these weights the block's duals solve the dual of the whole
program (Dantzig–Wolfe decomposition of the dual; Lasdon 1970, Optimization theory for large systems, section 4).
"""

from __future__ import annotations

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
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
    prices = np.zeros(parts.whole.rows)
    prices[parts.rows] = plan.row_duals
    for cut, dual in plan.priced:
        weight = -dual / (master.groups.scale[cut.group] if cut.group >= 0 else 1.0)
        for b, duals in cut.prices:
            block = parts.blocks[b]
            own = block.rows[block.policies]
            mine = ~np.isin(own, parts.rows)
            prices[own[mine]] += weight * duals[mine]
    planes = [plan.price(cut) for cut in master.cuts if cut.lasting]
    return np.concatenate([prices, planes])
