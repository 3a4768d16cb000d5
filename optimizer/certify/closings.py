"""Closings: which plants a plan closes and when, and what it may not do with them (formulation, Decisions)."""

from __future__ import annotations

import numpy as np

from friendshore.models.plan import Plan
from friendshore.models.tables import Tables
from friendshore.optimizer.certify.frames import Frame, NodeFinder
from friendshore.optimizer.certify.numbers import Places, UnreadableError
from friendshore.optimizer.certify.tree import Tree

NEVER = np.iinfo(np.intp).max
"""The period of a plant that is not closed."""


def read_closings(plan: Plan, tables: Tables, finder: NodeFinder, tree: Tree) -> Places:
    """The period from whose start on each plant is closed, by the order of the sheet; ``NEVER`` where it is kept.

    Parameters
    ----------
    plan
        What it closes.
    tables
        The input sheets.
    finder
        Finds the nodes of its rows.
    tree
        The scenario tree.

    Returns
    -------
    Places
        Positions of periods.

    Raises
    ------
    UnreadableError
        Where a plant that may not close is closed, twice, on a branch, or within a period.
    """
    closed = np.full(len(tables.plants), NEVER, dtype=np.intp)
    if not len(plan.closings):
        return closed
    frame = Frame("closings", plan.closings, (*NodeFinder.COLUMNS, "plant"))
    plants = frame.places("plant", [row.plant for row in tables.plants])
    frame.once(plants, "a plant")
    grown = {row.plant for row in tables.expansions}
    for plant, node in zip(plants.tolist(), finder.nodes(frame).tolist(), strict=True):
        row, place = tables.plants[plant], node - tree.base.first
        if not row.may_close or row.plant in grown:
            raise UnreadableError(f"closings: {row.plant} may not close")
        if not 0 <= place < len(tree.base.start) or tree.base.step[place] != 1:
            raise UnreadableError(f"closings: {row.plant} closes at {finder.labels[node]}, not where a period begins")
        closed[plant] = tree.base.period[place]
    return closed
