"""The objective scaled by a power of two on the way in, and back on the way out.

The solver's tolerance on reduced costs (1e-7) and on objectives (1e-6) are absolute: money counted in units or in
billions would mean other plans. So the typical cost is brought near 1, as long as the largest then stays at or below
2**20. A power of two changes no digit of any number.
"""

from __future__ import annotations

import numpy as np

from friendshore.optimizer.program.linear_program import FloatArray

LARGEST_EXPONENT = 20


def objective_exponent(cost: FloatArray) -> int:
    """The k for which the costs are handed over as cost · 2**k."""
    sizes = np.abs(cost[cost != 0.0])
    if sizes.size == 0:
        return 0
    typical = -round(float(np.mean(np.log2(sizes))))
    limit = LARGEST_EXPONENT - int(np.ceil(np.log2(sizes.max())))
    return min(typical, limit)
