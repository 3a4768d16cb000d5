"""Cones of max_hhi that stand on a branch, kept by tangent planes of its block alone.

A block that leaves a cone is solved again with the plane that cuts its plan off, until none does (Kelley 1960). A plane
speaks of the block's own columns, so that the cuts that the block hands to the master stay what they are: tangents of a
function that only grows with every plane, and never beyond the truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.sparse import csr_array

from friendshore.models.clauses.clause import Denominator, Slack
from friendshore.models.clauses.cone import CONE_TOLERANCE, ConeClause, Supplied, unit_vector
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.program.room import Positions

AIM = 0.5
"""Share of the tolerance of a cone at which its planes stop."""

REACH = 1e-9
"""How far a cone may be left, relative to what is delivered, before it gets a plane."""


@dataclass(frozen=True, eq=False)
class BlockCone:
    """One cone ‖S·y‖ − slack ≤ √limit · t·y in the columns y of a block.

    Parameters
    ----------
    supplied
        S: what each supplier delivers, shape (suppliers, columns of the block).
    taken
        t: all that is taken in, shape (columns of the block).
    limit
        Of the index.
    slack
        Place of its slack among the columns, −1 for none.
    """

    supplied: csr_array
    taken: FloatArray
    limit: float
    slack: int

    def plane(self, y: FloatArray) -> FloatArray | None:
        """The coefficients p of a plane p·y ≤ 0 that cuts a point off; None where the point is within the cone.

        ``y`` are the block's columns, whatever failures of policies stand behind them; shape (columns of the block).
        """
        supplied = self.supplied @ y
        norm = float(np.linalg.norm(supplied))
        slack = float(y[self.slack]) if self.slack >= 0 else 0.0
        if norm <= sqrt(self.limit + AIM * CONE_TOLERANCE) * float(self.taken @ y) + slack + REACH * norm:
            return None
        plane = np.asarray(self.supplied.T @ unit_vector(supplied)) - sqrt(self.limit) * self.taken
        if self.slack >= 0:
            plane[self.slack] -= 1.0
        return plane


def block_cones(
    assembled: Assembled, cones: Iterable[tuple[ConeClause, str]], columns: Positions
) -> Iterator[BlockCone]:
    """The cones of a block.

    Parameters
    ----------
    assembled
        The whole program.
    cones
        Clauses of max_hhi, each with the name of one of its nodes, which the block holds.
    columns
        Places of the block's columns in the whole program, ascending.

    Yields
    ------
    BlockCone
        One for each.
    """
    width, place_of = len(assembled.node.expressions), assembled.expression_place
    for clause, place in cones:
        first = clause.nodes[place] * width
        rows = [first + place_of[Supplied(clause.label, supplier)] for supplier in clause.suppliers]
        taken = assembled.expressions[[first + place_of[Denominator(clause.label)]]][:, columns].toarray().ravel()
        slack = assembled.link_column.get(Slack(clause.label, place))
        at = -1 if slack is None else int(np.searchsorted(columns, slack))
        yield BlockCone(
            csr_array(assembled.expressions[rows][:, columns]), taken, clause.limit(clause.nodes[place]), at
        )
