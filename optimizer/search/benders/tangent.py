"""A tangent to what a branch costs, or to what its policies fail by, over the master."""

from __future__ import annotations

from dataclasses import dataclass

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.block import Block
from friendshore.optimizer.search.benders.evaluate import BlockValue


@dataclass(frozen=True, eq=False)
class Tangent:
    """constant + gradient·x ≤ cost of a block, over the columns of the master that it touches.

    Parameters
    ----------
    constant
        In money.
    gradient
        Shape (columns that the block touches).
    duals
        The prices it is made of, shape (rows of the block).
    """

    constant: float
    gradient: FloatArray
    duals: FloatArray

    @classmethod
    def of(cls, block: Block, x: FloatArray, value: BlockValue) -> Tangent:
        """What the prices of a block prove at a point.

        Parameters
        ----------
        block
            The block.
        x
            The point, shape (columns of the master).
        value
            The block at the point.

        Returns
        -------
        Tangent
            It touches what is proven there.
        """
        return cls(value.proven - float(value.gradient @ x[block.touched]), value.gradient, value.row_duals)

    def at(self, block: Block, x: FloatArray) -> float:
        """What it says at a point of the master."""
        return self.constant + float(self.gradient @ x[block.touched])
