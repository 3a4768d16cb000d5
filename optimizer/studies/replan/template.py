"""The workbook of actuals, filled with what was planned: only what came otherwise has to be changed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from xlsxwriter import Workbook

from friendshore.models.problem import Problem
from friendshore.models.tables import OFFERED
from friendshore.models.tree.branch import BASE
from friendshore.optimizer.reporting.new_workbook import OPTIONS
from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.studies.replan.actuals import Figure
from friendshore.optimizer.studies.replan.causes import value_of
from friendshore.optimizer.studies.replan.planned import planned_standing
from friendshore.optimizer.studies.replan.sheets_of_actuals import CLOSING, PROTECTION, SHEETS
from friendshore.optimizer.system.files import writing

Rows = list[dict[str, object]]

PRICED = (("Commodities", "price"), ("Plants", "unit_cost"), ("Expansions", "capex"))
"""What stands on Figures from the start; any other number that may change with the years can be added."""

HEADER = 3
"""Row of the headers, from 0: title, help and units stand above."""


def write_template(plan: SavedPlan, as_of: str, path: str | Path) -> None:
    """Write a workbook of actuals with all as planned.

    Parameters
    ----------
    plan
        The plan, read back.
    as_of
        Label of the period at whose start one stands.
    path
        Where the file goes.

    Raises
    ------
    friendshore.optimizer.system.files.FileFault
        Where the file is open elsewhere or the system refuses.
    """
    position = plan.problem.period_index(as_of, 0)
    labels = [period.period for period in plan.problem.periods[position:]]
    sheets = planned_rows(plan, position)
    content = _bytes(sheets, labels, plan.problem.settings.currency)
    with writing(path) as draft:
        draft.write_bytes(content)


def planned_rows(plan: SavedPlan, as_of: int) -> dict[str, Rows]:
    """The rows of each sheet of actuals where all has come as planned and nothing has struck."""
    problem, standing = plan.problem, planned_standing(plan, as_of, BASE)
    labels = [period.period for period in problem.periods[as_of:]]
    protections: Rows = [
        {
            "kind": PROTECTION,
            "choice": name,
            "planned": _word(name in standing.protections),
            "done": _word(name in standing.protections),
        }
        for name in problem.protections
    ]
    closings: Rows = [
        {
            "kind": CLOSING,
            "choice": name,
            "planned": _word(name in standing.closed),
            "done": _word(name in standing.closed),
        }
        for name, row in problem.plants.items()
        if row.may_close
    ]
    return {
        "Actuals": [{"as_of": labels[0]}],
        "Struck": [{"scenario": row.scenario} for row in problem.tables.scenarios],
        "Built": [
            {
                "expansion": row.expansion,
                "decided_in": row.period,
                "planned": row.units,
                "units": row.units,
                "serves_in": round(row.service, 6),
            }
            for row in standing.ordered
        ],
        "Choices": protections + closings,
        "Stocks": [{"stockpile": name, "planned": level, "level": level} for name, level in standing.levels.items()],
        "Demand": [
            {
                "country": row.country,
                "commodity": row.commodity,
                "tier": row.tier,
                **{label: problem.demand_per_year(row, problem.period_index(label, 0)) for label in labels},
            }
            for row in sorted(problem.demand, key=lambda row: row.row)
        ],
        "Figures": list(_figures(problem, labels)),
    }


def _figures(problem: Problem, labels: list[str]) -> Iterable[dict[str, object]]:
    for sheet, column in PRICED:
        name = OFFERED[sheet].name_column
        for row in problem.tables.by_sheet[sheet] if name is not None else ():
            figure = Figure(sheet, str(vars(row)[name.field]) if name else "", column, {})
            values = {label: value_of(problem, figure, label) for label in labels}
            yield {"table": sheet, "id": figure.entry, "column": column, **values}


def _word(value: bool) -> str:
    return "yes" if value else "no"


def _bytes(sheets: Mapping[str, Rows], labels: list[str], currency: str) -> bytes:
    buffer = io.BytesIO()
    with Workbook(buffer, OPTIONS) as book:
        title = book.add_format({"bold": True, "font_size": 16})
        note = book.add_format({"font_color": "#595959"})
        head = book.add_format({"bold": True, "bottom": 1})
        read = book.add_format({"bg_color": "#FFF8DC", "num_format": "#,##0.######"})
        plain = book.add_format({"num_format": "#,##0.######"})
        for table in SHEETS:
            columns = [each.name for each in table.columns if not each.by_period and each.name != "source_id"]
            if table.period_columns is not None:
                columns = [*(name for name in columns if name != "note"), *labels, "note"]
            units = {each.name: each.unit.replace("currency", currency) for each in table.columns}
            sheet = book.add_worksheet(table.sheet)
            sheet.write_string(0, 0, table.sheet, title)
            sheet.write_string(1, 0, table.help, note)
            rows = sheets[table.sheet]
            sheet.add_table(
                HEADER,
                0,
                HEADER + max(1, len(rows)),
                len(columns) - 1,
                {
                    "name": table.sheet,
                    "style": "Table Style Light 1",
                    "banded_rows": False,
                    "columns": [{"header": name, "header_format": head} for name in columns],
                },
            )
            for place, name in enumerate(columns):
                sheet.write_string(2, place, units.get(name, ""), note)
                helped = next((each.help for each in table.columns if each.name == name), "Value in that period.")
                sheet.write_comment(HEADER, place, helped)
                width = max([len(name), *(len(str(row.get(name, ""))) for row in rows)])
                sheet.set_column(place, place, min(42, max(10, width + 3)))
                told = name in labels or name in ("as_of", "onset", "units", "serves_in", "sunk_cost", "done", "level")
                for number, row in enumerate(rows, HEADER + 1):
                    value = row.get(name)
                    form = read if told else plain
                    if isinstance(value, int | float):
                        sheet.write_number(number, place, value, form)
                    elif value is None:
                        sheet.write_blank(number, place, None, form)
                    else:
                        sheet.write_string(number, place, str(value), form)
            sheet.freeze_panes(HEADER + 1, 1)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.ignore_errors({"number_stored_as_text": "A1:XFD2000"})
    return buffer.getvalue()
