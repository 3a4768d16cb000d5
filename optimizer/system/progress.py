"""Progress: how far a piece of work has come, told while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """How far a solve or a study has come.

    Parameters
    ----------
    phase
        What is being done: ``build``, ``solve``, ``polish``, ``certify`` …
    seconds
        Elapsed since the work began.
    objective
        Cost of the best plan so far, in the currency of the problem; None where there is no plan yet.
    bound
        Proven lower bound on the cost of every plan; None where nothing is proven yet.
    gap
        (objective − bound) / |objective|; None where either is missing.
    done, total
        Units of work done, and how many there are; 0 of 0 where the phase does not count any.
    """

    phase: str
    seconds: float = 0.0
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    done: int = 0
    total: int = 0


OnProgress = Callable[[Progress], None]
"""Called with every step that is worth telling; what it raises ends the work."""
