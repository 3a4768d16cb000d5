"""The test bench of one onset: the undisturbed branch as arrays, and where each removal takes hold of it.

Plain numbers, so that worker processes can be handed it whole without loading what made it.
"""

from __future__ import annotations

from dataclasses import dataclass

from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.studies.stress.limits import Limits, Outage
from friendshore.optimizer.studies.stress.needs import Needs


@dataclass(frozen=True, eq=False)
class Bench:
    """One onset, undisturbed, and what removals change.

    ``program`` is the branch with nothing struck, rows of a single column turned into bounds; ``starts`` and
    ``lengths`` of its nodes in years from the onset; ``outages`` what each removal strikes, for its time to recover.
    """

    onset: str
    program: LinearProgram
    limits: Limits
    starts: FloatArray
    lengths: FloatArray
    needs: Needs
    outages: tuple[Outage, ...]
