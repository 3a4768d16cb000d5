"""A solution read column by column, and the tables of a plan made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from friendshore.models.node.parameters import Key
from friendshore.models.plan import plan_table
from friendshore.models.tree.scenario_tree import Tree
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray

Places = NDArray[np.int64]

NOISE = 1e-9
"""Quantities smaller than this share of the largest of their kind are what arithmetic left over."""


@dataclass(frozen=True, eq=False)
class Solution:
    """Columns ``x`` of a program, and their values at every node (nodes × columns of a node).

    ``noise``: share of the largest of their kind up to which quantities are none.
    """

    assembled: Assembled
    x: FloatArray
    values: FloatArray
    noise: float = NOISE

    def family(self, family: str, whole: str = "") -> tuple[list[tuple[int, Key]], FloatArray]:
        """Places and values (nodes × keys) of a family of columns, noise removed.

        What counts as noise is the same for a part as for the ``whole`` that it is part of.
        """
        places = self._places(family)
        table = self.values[:, [i for i, _ in places]]
        return places, np.where(np.abs(table) <= self._noise(whole or family), 0.0, table)

    def _places(self, family: str) -> list[tuple[int, Key]]:
        return [(i, key) for i, (name, key) in enumerate(self.assembled.node.columns) if name == family]

    def _noise(self, family: str) -> float:
        values = self.values[:, [i for i, _ in self._places(family)]]
        demand = float(self.assembled.model_data.parameters.values["demand"].max(initial=0.0)) or 1.0
        return self.noise * max(min(1.0, demand), float(np.abs(values).max(initial=0.0)))


def without_noise(assembled: Assembled, x: FloatArray, noise: float = NOISE) -> FloatArray:
    """The columns with shortages that the plan does not tell at none, so that what is said of them is what it tells.

    Parameters
    ----------
    assembled
        The program.
    x
        Its columns.
    noise
        As of a solution.

    Returns
    -------
    FloatArray
        The same but for shortages that are noise.
    """
    places, told = Solution(assembled, x, assembled.values(x), noise).family("shortage")
    columns = assembled.node_columns[:, [i for i, _ in places]]
    there = columns >= 0
    clean = x.copy()
    clean[columns[there]] = told[there]
    return clean


def _keyed(tree: Tree, periods: list[str], nodes: Places) -> dict[str, list[object]]:
    chosen = [tree.nodes[n] for n in nodes]
    return {
        "scenario": [node.scenario for node in chosen],
        "period": [periods[node.period] for node in chosen],
        "step": [node.step for node in chosen],
    }


def solution_table(
    solution: Solution, name: str, nodes: Places, columns: Mapping[str, object], units: Mapping[str, str]
) -> pd.DataFrame:
    """One table of the plan, with the columns that name the node of each row.

    Parameters
    ----------
    solution, name
        The solution, and the name of the table in ``PLAN_TABLES``.
    nodes
        The node of each row, by its position in the tree.
    columns, units
        The other columns, all as long as ``nodes``, and the unit of their numbers by column.

    Returns
    -------
    pd.DataFrame
        A row for each of ``nodes``.
    """
    model_data = solution.assembled.model_data
    periods = [period.period for period in model_data.problem.periods]
    return plan_table(name, {**_keyed(model_data.tree, periods, nodes), **columns}, units)
