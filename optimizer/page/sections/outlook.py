"""What could change the plan: limits at which it stands, choices left open, offers used up, weak figures."""

from __future__ import annotations

from friendshore.optimizer.page.parts import Column, Grid, Section, cells
from friendshore.optimizer.page.tables import PlanTables, records
from friendshore.optimizer.reporting import outlook
from friendshore.optimizer.wording.numbers import BLANK

NOTHING = "The plan sheets name nothing that could change the plan."


def section(tables: PlanTables) -> Section:
    """The foremost of each cause as a table; a sentence where the plan knows of none, or does not tell."""
    rows = tables[outlook.NAME]
    if rows.empty:
        return Section("outlook", outlook.TITLE, (NOTHING,))
    made = [
        cells([str(row["subject"]), str(row["cause"]), str(row["words"]), str(row["stake"]) or BLANK])
        for row in records(rows)
    ]
    heads = (Column("Which"), Column("What"), Column("Why"), Column("At stake", True))
    return Section(
        "outlook",
        outlook.TITLE,
        sentences(tables),
        grids=(Grid("What could change the plan, and what is at stake", heads, tuple(made)),),
        notes=(
            f"Of each kind the first {outlook.MOST}. At stake: what a step of a limit costs at most, what a choice "
            "that is left open costs, how much of the expected cost rests on a figure; – where it is not known.",
        ),
    )


def sentences(tables: PlanTables) -> tuple[str, ...]:
    """The foremost things that could change the plan, in one sentence."""
    said = outlook.sentence(tables[outlook.NAME])
    return (said,) if said else ()
