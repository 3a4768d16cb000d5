"""What was decided, read back from the plan sheets of a plan workbook through their tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from friendshore.models.problem import Problem
from friendshore.models.tree.branch import BASE
from friendshore.optimizer.saved.decisions import PlanDecisions
from friendshore.optimizer.saved.plan_tables import AGAIN, Rows, read_plan_tables
from friendshore.optimizer.system.files import FileFault

INVESTMENTS, STOCKPILES = "Plan_Investments", "Plan_Stockpiles"
PROTECTIONS, COSTS, CLOSED = "Plan_Protections_bought", "Plan_Costs", "Plan_Plants_closed"
NEEDED = (INVESTMENTS, STOCKPILES)


def read_decisions(path: str | Path, problem: Problem) -> PlanDecisions:
    """The decisions of the plan in a workbook that ``solve`` wrote; ``problem`` is what the same workbook asks.

    Raises
    ------
    FileFault
        Where the file cannot be read (as for any workbook), where it is no plan (FS002), and where its plan sheets are
        incomplete or speak of other things than its input sheets (FS004).
    """
    path = Path(path)
    rows = read_plan_tables(path, (INVESTMENTS, STOCKPILES, PROTECTIONS, COSTS, CLOSED), NEEDED)
    return _Reading(path, problem).decisions(rows)


# -- decisions ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Reading:
    """Rows of plan sheets held against the problem of the same workbook."""

    path: Path
    problem: Problem

    def decisions(self, rows: Mapping[str, Rows]) -> PlanDecisions:
        """The decisions that the tables hold."""
        return PlanDecisions(
            self._units(rows[INVESTMENTS]),
            frozenset(
                self._name(row, "Protection bought", self.problem.protections) for row in rows.get(PROTECTIONS, [])
            ),
            self._levels(rows[STOCKPILES]),
            self._cost(rows.get(COSTS)),
            {
                self._name(row, "Protection bought", self.problem.protections): self._period(row, "Bought in")
                for row in rows.get(PROTECTIONS, [])
                if "Bought in" in row and self._period(row, "Bought in") != self.problem.periods[0].period
            },
            {
                self._name(row, "Plant closed", self.problem.plants): self._period(row, "From")
                for row in rows.get(CLOSED, [])
            },
        )

    def _units(self, rows: Rows) -> dict[tuple[str, str], float]:
        units: dict[tuple[str, str], float] = {}
        for row in rows:
            if self._cell(row, "Decided on") == BASE:
                key = self._name(row, "What", self.problem.expansions), self._period(row, "Decided in")
                units[key] = units.get(key, 0.0) + self._number(row, "Units")
        return units

    def _levels(self, rows: Rows) -> dict[tuple[str, str], float]:
        levels = {
            (self._name(row, "Stockpile", self.problem.stockpiles), self._period(row, "Period")): self._number(
                row, "Level at the end"
            )
            for row in rows
            if self._cell(row, "Scenario") == BASE
        }
        for name in self.problem.stockpiles:
            for period in self.problem.periods:
                if (name, period.period) not in levels:
                    raise self._fault(f"Plan Stockpiles has no level of {name!r} in {period.period} on the base plan")
        return levels

    def _cost(self, rows: Rows | None) -> float | None:
        if rows is None:
            return None
        return sum(self._number(row, "Expected cost, discounted") for row in rows)

    def _cell(self, row: Mapping[str, object], header: str) -> object:
        if header not in row:
            raise self._fault(f"a plan sheet has no column {header!r}")
        return row[header]

    def _name(self, row: Mapping[str, object], header: str, known: Mapping[str, object]) -> str:
        name = str(self._cell(row, header))
        if name not in known:
            raise self._fault(f"the plan speaks of {name!r}, which the input sheets do not know")
        return name

    def _period(self, row: Mapping[str, object], header: str) -> str:
        return self._name(row, header, {period.period: period for period in self.problem.periods})

    def _number(self, row: Mapping[str, object], header: str) -> float:
        value = self._cell(row, header)
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise self._fault(f"{header!r} of a plan sheet holds {value!r} where a number is wanted")
        return float(value)

    def _fault(self, found: str) -> FileFault:
        return FileFault("FS004", self.path, f"{found}; {AGAIN}")
