"""Start: what one search has learnt that the next, of a problem a little changed, begins with.

Whole numbers are tried at once, so that a plan is there in the time of a linear program; points of the master at which
its branches told what the relaxation stands on are asked again. Nothing of it is believed: cuts, bound and plan are
those of the problem at hand, and where it has other columns what they stood at is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.solver import Basis

Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Start:
    """Where a search begins.

    Parameters
    ----------
    whole
        Whole numbers of a plan, by the name of their column.
    names
        Names of the columns of ``points``.
    points
        Points of the master, one a row, shape (points, columns).
    bases
        By branch the basis that its linear program ended on; of another shape than the branch has it is left out.
    """

    whole: Mapping[str, float]
    names: tuple[str, ...] = ()
    points: FloatArray | None = None
    bases: Mapping[str, Basis] = field(default_factory=dict)

    def points_at(self, names: Sequence[str]) -> list[FloatArray]:
        """The points over columns of these names, 0 where one is new."""
        if self.points is None or not self.names:
            return []
        known = {name: i for i, name in enumerate(self.names)}
        place = np.array([known.get(name, -1) for name in names], dtype=np.int64)
        return [np.where(place >= 0, point[place], 0.0) for point in self.points]

    def whole_at(self, names: Sequence[str]) -> FloatArray | None:
        """The whole numbers of columns of these names, 0 where one is new; None where none is known."""
        if not any(name in self.whole for name in names):
            return None
        return np.array([self.whole.get(name, 0.0) for name in names])


def column_names(assembled: Assembled, places: Places) -> tuple[str, ...]:
    """Names of columns that stay the same where a number of the workbook changes.

    Parameters
    ----------
    assembled
        The program of the whole tree.
    places
        Places of the columns: those of the base path, and those that link nodes.

    Returns
    -------
    tuple of str
        In their order; empty for columns of branches.
    """
    tree, names = assembled.model_data.tree, {}
    for n in np.flatnonzero(tree.is_base):
        node = tree.nodes[n]
        for own, place in zip(assembled.node.columns, assembled.node_columns[n], strict=True):
            names[int(place)] = f"{node.period} {node.step} {own}"
    names.update((place, repr(key)) for key, place in assembled.link_column.items())
    return tuple(names.get(int(place), "") for place in places)


def whole_numbers(assembled: Assembled, columns: FloatArray) -> dict[str, float]:
    """The whole numbers of a plan, shape (columns of the program), by the name of their column."""
    places = np.flatnonzero(assembled.program.integer)
    return dict(zip(column_names(assembled, places), np.round(columns[places]).tolist(), strict=True))
