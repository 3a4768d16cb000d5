"""Prices of all rows of the whole tree, from those of the master and of the cuts that it rests on.

As ``row_prices``, but of every row of every branch: the prices of a branch are the mean of those of its cuts, each
weighted by the price of the cut (Dantzig–Wolfe decomposition of the dual; Lasdon 1970, Optimization theory for large
systems, section 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.block import Compact
from friendshore.optimizer.search.benders.cuts import Cut, members
from friendshore.optimizer.search.benders.evaluate import BlockValue
from friendshore.optimizer.search.benders.master import Master, MasterPlan
from friendshore.optimizer.search.benders.prices import put_together
from friendshore.optimizer.search.benders.split import Parts


def whole_prices(parts: Parts, master: Master, plan: MasterPlan, values: Sequence[BlockValue]) -> FloatArray:
    """The prices of all rows.

    Parameters
    ----------
    parts
        Master and blocks.
    master
        The master's LP with its cuts; those that forbid have held on to their multipliers.
    plan
        A solution of it with its prices; cuts that came later have none.
    values
        Every block at its plan: its prices stand for those that a cut has not kept.

    Returns
    -------
    FloatArray
        Of every row of the whole program, then of the tangent planes that the master took in, in their order. Shape
        (rows + planes).
    """
    of_group = members(master.groups)

    def of_all_rows(cut: Cut) -> Iterator[tuple[Compact, FloatArray]]:
        if cut.group >= 0:
            for b, duals in cut.multipliers or ((b, values[b].row_duals) for b in of_group[cut.group]):
                yield parts.blocks[b].rows, duals
            return
        policies = dict(cut.prices)
        for b, duals in cut.multipliers:
            block = parts.blocks[b]
            yield block.rows, _in_its_units(duals, duals[block.policies], policies[b])

    return put_together(parts, master, plan, of_all_rows)


def _in_its_units(duals: FloatArray, whole: FloatArray, scaled: FloatArray) -> FloatArray:
    """The prices of a cut that forbids, which is scaled as those of its policies are."""
    largest = int(np.argmax(np.abs(whole)))
    return duals * (scaled[largest] / whole[largest] if whole[largest] else 0.0)
