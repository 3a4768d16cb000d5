"""CVaR_α of a discrete distribution."""

from __future__ import annotations

from collections.abc import Iterable


def conditional_value_at_risk(outcomes: Iterable[tuple[float, float]], alpha: float) -> float:
    """CVaR_α of a discrete distribution of (value, probability): the mean of its worst 1 − α.

    Rockafellar & Uryasev (2000), Optimization of conditional value-at-risk, section 2.
    """
    left = 1.0 - alpha
    total = 0.0
    for value, probability in sorted(outcomes, reverse=True):
        taken = min(left, probability)
        total += taken * value
        left -= taken
        if left <= 0:
            break
    return total / (1.0 - alpha - max(left, 0.0))
