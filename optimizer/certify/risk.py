"""Risk over paths: expectation and the mean of the worst."""

from __future__ import annotations

from collections.abc import Iterable


def expected(outcomes: Iterable[tuple[float, float]]) -> float:
    """Σ pₛ·valueₛ over (probability, value) pairs."""
    return sum(probability * value for probability, value in outcomes)


def cvar(outcomes: Iterable[tuple[float, float]], alpha: float) -> float:
    """min_η η + Σ pₛ·(valueₛ−η)⁺/(1−α) of a discrete distribution: the mean of its worst 1 − α.

    >>> cvar([(0.75, 1.0), (0.25, 11.0)], 0.5)
    6.0
    """
    left, total, last = 1.0 - alpha, 0.0, 0.0
    for probability, value in sorted(outcomes, key=lambda pair: -pair[1]):
        taken = min(probability, left)
        total, left, last = total + taken * value, left - taken, value
    return (total + max(0.0, left) * last) / (1.0 - alpha)
