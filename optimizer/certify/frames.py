"""The tables of a plan as arrays: every name known, every number finite, no row twice, or the plan cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from friendshore.optimizer.certify.numbers import Array, Places, UnreadableError, places
from friendshore.optimizer.certify.tree import Tree


class Frame:
    """One table of a plan."""

    def __init__(self, name: str, frame: pd.DataFrame, columns: Iterable[str]) -> None:
        self.name = name
        if not isinstance(frame, pd.DataFrame):
            raise UnreadableError(f"the table {name} is missing")
        for column in columns:
            if column not in frame.columns:
                raise UnreadableError(f"{name} has no column {column}")
        self.frame = frame

    def part(self, name: str) -> Frame:
        """The rows of one part of a table that has several."""
        return Frame(self.name, self.frame[self.frame["part"] == name], ())

    def __len__(self) -> int:
        return len(self.frame)

    def words(self, column: str) -> list[str]:
        """A column as text."""
        return [str(value) for value in self.frame[column].to_numpy(dtype=object)]

    def numbers(self, column: str) -> Array:
        """A column as finite numbers."""
        try:
            values = self.frame[column].to_numpy(dtype=np.float64)
        except (TypeError, ValueError):
            raise UnreadableError(f"{self.name}: {column} holds something that is no number") from None
        if not np.all(np.isfinite(values)):
            row = int(np.argmin(np.isfinite(values)))
            raise UnreadableError(f"{self.name}: {column} is no finite number in row {row}")
        return np.asarray(values, dtype=np.float64)

    def places(self, column: str, names: Sequence[str]) -> Places:
        """A column of names as their places in ``names``."""
        values = self.frame[column].to_numpy(dtype=object)
        known = pd.Index(list(names), dtype=object)
        positions = np.asarray(known.get_indexer(pd.Index(values, dtype=object)), dtype=np.intp)
        if positions.size and positions.min() < 0:
            raise UnreadableError(f"{self.name}: unknown {column} {values[int(positions.argmin())]!r}")
        return positions

    def whole(self, column: str) -> Places:
        """A column of whole numbers."""
        values = self.numbers(column)
        if np.any(values != np.round(values)):
            raise UnreadableError(f"{self.name}: {column} holds a broken number")
        return values.astype(np.intp)

    def once(self, keys: Places, what: str) -> None:
        """Refuse a table that says something twice."""
        unique, counts = np.unique(keys, return_counts=True)
        if unique.size < keys.size:
            row = int(np.flatnonzero(keys == unique[int(counts.argmax())])[1])
            raise UnreadableError(f"{self.name}: row {row} repeats {what}")


class NodeFinder:
    """Finds the nodes of the tree by scenario, period and step."""

    COLUMNS = ("scenario", "period", "step")

    def __init__(self, tree: Tree, labels: Sequence[str]) -> None:
        self._scenarios = list(tree.branches)
        self._periods = list(labels)
        self.labels = [label for branch in tree.branches.values() for label in branch.labels]
        longest = max(int(branch.step.max()) for branch in tree.branches.values())
        self._table = np.full((len(self._scenarios), len(self._periods), longest + 1), -1, dtype=np.intp)
        for place, branch in enumerate(tree.branches.values()):
            self._table[place, branch.period, branch.step] = np.arange(branch.nodes.start, branch.nodes.stop)

    def nodes(self, frame: Frame) -> Places:
        """The node of each row, as a place among all nodes."""
        if len(frame) == 0:
            return places([])
        scenario = frame.places("scenario", self._scenarios)
        period = frame.places("period", self._periods)
        step = frame.whole("step")
        steps = self._table.shape[2]
        positions = np.where(
            (step < 0) | (step >= steps), -1, self._table[scenario, period, np.clip(step, 0, steps - 1)]
        )
        if positions.min() < 0:
            row = int(positions.argmin())
            scenario_name, label = self._scenarios[scenario[row]], self._periods[period[row]]
            raise UnreadableError(f"{frame.name}: there is no node {scenario_name}/{label}/{step[row]}")
        return positions


def grid(frame: Frame, column: str, nodes: Places, columns: Places, shape: tuple[int, int]) -> Array:
    """The numbers of a table as nodes by columns.

    Parameters
    ----------
    frame
        A table of the plan.
    column
        Name of the column of numbers.
    nodes
        Node of each row.
    columns
        Column of the array of each row.
    shape
        Nodes × columns of the array.

    Returns
    -------
    Array
        Nodes × columns; what the table does not say is zero.

    Raises
    ------
    UnreadableError
        Where the table says something twice, or what is no finite number.
    """
    frame.once(nodes * max(shape[1], 1) + columns, "a node and name")
    values = np.zeros(shape)
    values[nodes, columns] = frame.numbers(column)
    return values
