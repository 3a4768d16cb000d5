"""What if we do nothing: bill and damage of doing nothing, of the cheapest plan without rules, and of the plan."""

from __future__ import annotations

from friendshore.optimizer.page.parts import Chart, Grid, cells, columns
from friendshore.optimizer.page.tables import PlanTables, records
from friendshore.optimizer.page.words import exact
from friendshore.optimizer.reporting import baselines
from friendshore.optimizer.wording.money import readable
from friendshore.optimizer.wording.numbers import number_cell

SERIES = (("paid", "Bill", 0), ("damage", "Damage from shortage", 1))


def sentences(tables: PlanTables) -> tuple[str, ...]:
    """What doing nothing brings, what damage the plan averts and what the rules cost; none without baselines."""
    return baselines.sentences(tables.problem, baselines.baselines_of(tables.problem, tables[baselines.NAME]))


def chart(tables: PlanTables) -> Chart | None:
    """Three bars, each of bill and damage; None without baselines."""
    rows = tables[baselines.NAME]
    if rows.empty:
        return None
    divisor, unit = readable(float(rows["cost"].abs().max()), tables.problem.settings.currency)
    series = [
        {"name": name, "tone": tone, "values": [exact(value / divisor) for value in rows[key]]}
        for key, name, tone in SERIES
    ]
    data = {"categories": list(rows["course"]), "series": series, "format": "money", "axis": unit, "flat": True}
    heads = columns("Course", "Bill", "Damage from shortage", "Bill and damage", "At least, as far as is proven")
    made = [
        cells(
            [
                str(row["course"]),
                *(number_cell(float(row[key]) / divisor) for key in ("paid", "damage", "cost", "least")),
            ]
        )
        for row in records(rows)
    ]
    grid = Grid(f"Expected, discounted, {unit}", heads, tuple(made))
    title = "What if we do nothing, and what the rules cost"
    alt = (
        "Stacked bars: bill and damage from shortage of doing nothing, of the cheapest plan without rules, of the plan."
    )
    return Chart("baselines", title, alt, "stacked", data, grid, len(rows), note=baselines.NOTE)
