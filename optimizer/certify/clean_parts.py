"""The clean parts of a plan: what ``clean_origin`` tracks of shipments, activity, stock and use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from friendshore.optimizer.certify.case import Case, Quantities
from friendshore.optimizer.certify.frames import Frame, grid
from friendshore.optimizer.certify.numbers import Array, Places, UnreadableError
from friendshore.optimizer.certify.places import lane_places, pair_places, process_places

KIND = "clean_origin"
PARTS = {
    "shipped": ("origin", "destination", "commodity", "way"),
    "activity": ("plant", "recipe"),
    "level": ("stockpile",),
    "filled": ("stockpile",),
    "released": ("stockpile", "destination", "way"),
    "used": ("row",),
}
"""By part the columns that name the whole of which it is one; the others are blank, and ``row`` is -1."""
BLANK = {name: -1 if name == "row" else "" for columns in PARTS.values() for name in columns}


@dataclass(frozen=True)
class Split:
    """Suppliers whose output is tainted, and the commodities that are tracked; policies that name the same share it."""

    suppliers: frozenset[str]
    tracked: frozenset[str]

    @property
    def label(self) -> str:
        """Its name in the plan."""
        return f"{'+'.join(sorted(self.suppliers))} | {'+'.join(sorted(self.tracked))}"


def splits(case: Case) -> list[Split]:
    """The splits that the policies of the sheet ask for."""
    groups = case.network.groups
    return list(
        dict.fromkeys(
            Split(suppliers, groups.commodities(policy.commodity))
            for policy in case.tables.policies
            if policy.kind == KIND
            for suppliers in groups.separate(policy.suppliers)
        )
    )


def clean_amounts(case: Case, split: Split) -> Quantities:
    """The clean part of what the plan does at every node; ``u`` is clean use by row of demand.

    Of surpluses there is none: clean may count as tainted, so what is left over never lacks.
    """
    network = case.network
    stockpiles = list(network.stockpiles.index)
    return Quantities(
        x=_part(case, split, "shipped", len(network.lanes.keys), lambda frame: lane_places(frame, network)),
        a=_part(case, split, "activity", len(network.plants.processes), lambda frame: process_places(frame, network)),
        u=_part(case, split, "used", len(case.tables.demand), lambda frame: _demand_rows(frame, case)),
        v=_part(case, split, "level", len(stockpiles), lambda frame: frame.places("stockpile", stockpiles)),
        f=_part(case, split, "filled", len(stockpiles), lambda frame: frame.places("stockpile", stockpiles)),
        g=_part(case, split, "released", len(network.pairs.destination), lambda frame: pair_places(frame, network)),
        w=np.zeros((case.tree.size, 0)),
    )


def check_names(case: Case) -> None:
    """Refuse a table that names a split or a part that no policy is about, or of a part what it has none of."""
    if len(case.clean) == 0:
        return
    case.clean.places("split", [split.label for split in splits(case)])
    case.clean.places("part", tuple(PARTS))
    for part, columns in PARTS.items():
        rows = case.clean.part(part).frame
        for name in sorted(set(BLANK).difference(columns).intersection(rows.columns)):
            if not (rows[name] == BLANK[name]).all():
                raise UnreadableError(f"clean: {part} has no {name}")


def _part(case: Case, split: Split, part: str, columns: int, place: Callable[[Frame], Places]) -> Array:
    """One part of one split, nodes by columns; what has no row is zero, as where nothing is tracked."""
    shape = case.tree.size, columns
    if len(case.clean) == 0:
        return np.zeros(shape)
    table = case.clean.frame
    frame = Frame("clean", table[(table["split"] == split.label) & (table["part"] == part)], ())
    return grid(frame, "quantity", case.finder.nodes(frame), place(frame), shape)


def _demand_rows(frame: Frame, case: Case) -> Places:
    rows = frame.whole("row")
    if np.any((rows < 0) | (rows >= len(case.tables.demand))):
        raise UnreadableError("clean: row is no row of demand")
    return rows
