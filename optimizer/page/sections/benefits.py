"""Who benefits: what each ally is spared beside doing nothing, less what it pays more."""

from __future__ import annotations

import pandas as pd

from friendshore.optimizer.page.parts import Chart, Grid, Section, cells, columns
from friendshore.optimizer.page.tables import PlanTables, records
from friendshore.optimizer.page.words import Names, exact
from friendshore.optimizer.reporting import baselines, benefits
from friendshore.optimizer.wording.money import readable
from friendshore.optimizer.wording.numbers import number_cell

HEADING = "Who benefits"
NOT_KNOWN = "It is not known who benefits: the plan does not say what doing nothing brings to whom."

SPARED, PAID = "Damage spared", "Paid more, or less (to the right)"


def section(tables: PlanTables) -> Section:
    """Bars of what each is spared and pays, with the table behind them."""
    rows = tables[benefits.NAME]
    if rows.empty:
        return Section("benefits", HEADING, (NOT_KNOWN,))
    chart = _chart(Names(tables.problem), rows)
    return Section(
        "benefits",
        HEADING,
        sentences(tables),
        charts=(chart,) if chart else (),
        grids=() if chart else (_grid(Names(tables.problem), rows),),
        notes=(benefits.NOTE,),
    )


def sentences(tables: PlanTables) -> tuple[str, ...]:
    """Whether all together are better off than with nothing done, who gains most, and who pays more than it gets."""
    known = baselines.baselines_of(tables.problem, tables[baselines.NAME])
    return benefits.sentences(tables.problem, known, tables[benefits.NAME])


def _chart(names: Names, rows: pd.DataFrame) -> Chart | None:
    """Damage spared to the right, what is paid more to the left, a bar for each; None where nothing moves."""
    drawn = rows[rows["country"] != benefits.TOGETHER]
    parts = ((SPARED, 2, drawn["spared"].astype(float)), (PAID, 1, -drawn["measures"].astype(float)))
    most = max(float(values.abs().max()) for _, _, values in parts)
    if not most > 0:
        return None
    divisor, unit = readable(most, names.currency)
    series = [
        {"name": name, "tone": tone, "values": [exact(value / divisor) for value in values]}
        for name, tone, values in parts
        if values.any()
    ]
    called = [names.country(str(country)) for country in drawn["country"]]
    data = {"categories": called, "series": series, "format": "money", "axis": unit, "flat": True}
    alt = (
        "Stacked bars, one for each country: damage that the plan spares it to the right, what it pays more than with "
        "nothing done to the left."
    )
    return Chart("benefits", benefits.TITLE, alt, "stacked", data, _grid(names, rows), len(called))


def _grid(names: Names, rows: pd.DataFrame) -> Grid:
    keys = [field.key for field in benefits.FIELDS[1:]]
    divisor, unit = readable(float(rows[keys].abs().to_numpy().max()), names.currency)
    made = [
        cells([names.country(str(row["country"])), *(number_cell(float(row[key]) / divisor) for key in keys)])
        for row in records(rows)
    ]
    heads = columns(*(field.header for field in benefits.FIELDS))
    return Grid(f"Beside doing nothing, expected and discounted, {unit}", heads, tuple(made))
