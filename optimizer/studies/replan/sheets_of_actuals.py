"""The sheets in which a planner tells what has happened, declared as all input sheets are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.nearest import nearest
from friendshore.models.schema import Choice, Flag, Label, Number, Record, Word, column, table
from friendshore.models.tables import OFFERED

PROTECTION, CLOSING = "protection", "closing"


@table("Actuals", "When you stand: the plan is made again as of the start of this period.", required=True)
@dataclass(frozen=True, kw_only=True)
class AsOf(Record):
    """The one row that says when."""

    as_of: str = column(Label(), "Period of the plan at whose start you stand; what lies before has happened.")


@table("Struck", "What has begun, and when; blank where it has not.", key=("scenario",))
@dataclass(frozen=True, kw_only=True)
class StruckRow(Record):
    """One scenario of the plan."""

    scenario: str = column(Word(), "Danger, sequel or dated scenario of the plan.")
    onset: str = column(Label(), "Period at whose start it began; blank: it has not.", default="")


@table("Built", "Units that stand or are on order: what was decided before as_of, and when it serves.")
@dataclass(frozen=True, kw_only=True)
class BuiltRow(Record):
    """Units of one expansion decided in one period; 0: none were, or they were cancelled."""

    expansion: str = column(Word(), "Expansion of the plan.")
    decided_in: str = column(Label(), "Period in which they were decided.")
    planned: float = column(Number(), "What the plan decided; for comparison, not read.", default=0.0, unit="units")
    units: float = column(Number(), "Units that stand or are on order.", unit="units")
    serves_in: float | None = column(
        Number(minimum=-inf),
        "Years from as_of until they serve; 0 or below: since so long they do. Blank: as planned.",
        default=None,
        unit="years",
    )
    sunk_cost: float = column(
        Number(),
        "What was paid for units that the plan decided and that will not be, and does not come back.",
        default=0.0,
        unit="currency",
    )


@table("Choices", "Protections in force and plants closed for good.", key=("kind", "choice"))
@dataclass(frozen=True, kw_only=True)
class ChoiceRow(Record):
    """One protection, or one plant that may be closed."""

    kind: str = column(Choice((PROTECTION, CLOSING)), "Whether it is a protection or the closing of a plant.")
    choice: str = column(Word(), "Name of the protection, or of the plant.")
    planned: str = column(Word(), "What the plan wanted by now; for comparison, not read.", default="")
    done: bool = column(Flag(), "Whether the protection is in force, or the plant closed.")


@table("Stocks", "What is held at the start of as_of.", key=("stockpile",))
@dataclass(frozen=True, kw_only=True)
class StockRow(Record):
    """One stockpile."""

    stockpile: str = column(Word(), "Stockpile of the plan.")
    planned: float = column(Number(), "What the plan wanted; for comparison, not read.", default=0.0, unit="unit")
    level: float = column(Number(), "What it holds.", unit="unit")


@table("Demand", "Demand from as_of on, as it is expected now; the rows are those of the plan's sheet, in order.")
@dataclass(frozen=True, kw_only=True)
class DemandRow(Record):
    """One row of demand; a blank cell is as planned."""

    country: str = column(Word(), "Who needs it.")
    commodity: str = column(Word(), "What is needed.")
    tier: str = column(Word(), "Class of use.", default="all")
    by_period: Mapping[str, float] = column(Number(), "Quantity a year in that period.", by_period=True)


@table(
    "Figures",
    "Prices, costs, capacities, limits from as_of on, as they are expected now: rows like those of Profiles.",
    key=("table", "id", "column"),
)
@dataclass(frozen=True, kw_only=True)
class FigureRow(Record):
    """One number of one row of the plan's sheets; a blank cell is as planned."""

    sheet: str = column(Choice(tuple(OFFERED)), "Sheet of the number.", header="table")
    entry: str = column(Word(), "Row of the number, by its own name.", header="id")
    constant: str = column(
        Choice(tuple(dict.fromkeys(name for declared in OFFERED.values() for name in declared.varying))),
        "Column of the number.",
        header="column",
    )
    by_period: Mapping[str, float] = column(Number(minimum=-inf), "Value in that period.", by_period=True)


SHEETS = tuple(row.TABLE for row in (AsOf, StruckRow, BuiltRow, ChoiceRow, StockRow, DemandRow, FigureRow))
"""The sheets in the order of the workbook."""
ACTUALS = AsOf.TABLE.sheet
"""The sheet that makes a workbook one of actuals."""


def no_actuals(titles: Sequence[str]) -> Finding:
    """What is said of a workbook without that sheet, and nothing else: what is it, and how actuals are had.

    Parameters
    ----------
    titles
        Of its sheets.

    Returns
    -------
    Finding
        One error.
    """
    like = nearest(ACTUALS, titles)
    near = f"; the nearest is {like!r}" if like else ""
    message = (
        f"found no sheet {ACTUALS!r}{near}: this workbook holds no actuals. "
        "friendshore replan PLAN --template FILE writes one to be filled in"
    )
    return make_finding("FS101", ACTUALS, message)
