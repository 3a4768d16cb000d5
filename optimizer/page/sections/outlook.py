"""What could change the plan: limits at which it stands, choices left open, offers used up, weak figures."""

from __future__ import annotations

import pandas as pd

from friendshore.optimizer.page.parts import Column, Grid, Section, cells
from friendshore.optimizer.page.tables import PlanTables, records
from friendshore.optimizer.reporting import outlook, settled
from friendshore.optimizer.wording.numbers import BLANK

NOTHING = "The plan sheets name nothing that could change the plan."


def section(tables: PlanTables) -> Section:
    """The foremost of each cause as a table, what was settled before it; a sentence where the sheets name nothing."""
    rows, choices = tables[outlook.NAME], tables[settled.NAME]
    grids = (_settled(choices),) if len(choices) else ()
    if rows.empty:
        return Section("outlook", outlook.TITLE, (NOTHING,), grids=grids)
    made = [
        cells([str(row["subject"]), str(row["cause"]), str(row["words"]), str(row["stake"]) or BLANK])
        for row in records(rows)
    ]
    heads = (Column("Which"), Column("What"), Column("Why"), Column("At stake", True))
    return Section(
        "outlook",
        outlook.TITLE,
        sentences(tables),
        grids=(*grids, Grid("What could change the plan, and what is at stake", heads, tuple(made))),
        notes=(
            f"Of each kind the first {outlook.MOST}. At stake: what a step of a limit costs at most, what a choice "
            "that is left open costs, how much of the expected cost rests on a figure; – where it is not known.",
        ),
    )


def _settled(rows: pd.DataFrame) -> Grid:
    made = tuple(cells([str(row[key]) for key in ("subject", "verdict", "words")]) for row in records(rows))
    return Grid(settled.TITLE, (Column("Choice"), Column("Settled"), Column("Why")), made, settled.NOTE)


def sentences(tables: PlanTables) -> tuple[str, ...]:
    """The foremost things that could change the plan, in one sentence."""
    said = outlook.sentence(tables[outlook.NAME])
    return (said,) if said else ()
