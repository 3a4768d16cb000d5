"""Native Excel charts over the cells of a table on the same sheet; the title says what is to be seen."""

from __future__ import annotations

import math
import re
from typing import Any

import pandas as pd

from friendshore.optimizer.reporting.content import Figure
from friendshore.optimizer.reporting.palette import INK, MUTED, SOFT, spread

WIDTH, HEIGHT, GAP = 580, 345, 20
ROW = 20  # pixels
LONGEST_TITLE = 110  # two lines
ROOM = 1.15  # of the longest bar, so that its number stands within the chart
_KINDS = {
    "bar": {"type": "bar"},
    "column": {"type": "column"},
    "stacked columns": {"type": "column", "subtype": "stacked"},
    "stacked bars": {"type": "bar", "subtype": "stacked"},
    "columns and line": {"type": "column"},
    "lines over numbers": {"type": "scatter", "subtype": "straight"},
    "tornado": {"type": "bar"},
}
_NO_WIDTH = "\u200b"
_SIDEWAYS = ("bar", "stacked bars", "tornado")
_ONE_A_ROW = ("stacked bars", "tornado")


def draw(workbook: Any, figure: Figure, sheet: str, row: int, column: int) -> Any:
    """The chart of a figure whose table has its header at (row, column).

    Parameters
    ----------
    workbook
        The workbook that is written.
    figure
        Chart and the columns it draws.
    sheet
        Name of the sheet of the table.
    row
        Row of the header, from 0.
    column
        Column, from 0.

    Returns
    -------
    Any
        The chart, to be inserted.
    """
    chart = workbook.add_chart(_KINDS[figure.shape])
    colours = spread(len(figure.series))
    line = None
    for i, key in enumerate(figure.series):
        if figure.shape == "columns and line" and i > 0:
            line = line or workbook.add_chart({"type": "line"})
            line.add_series(_line(figure, sheet, row, column, key, colours[i]))
        elif figure.shape == "lines over numbers":
            line_style = {"line": {"color": colours[i], "width": 2.25}, "marker": {"type": "none"}}
            chart.add_series(_ranges(figure, sheet, row, column, key) | line_style)
        else:
            chart.add_series(_series(figure, sheet, row, column, key, colours[i]))
    if line is not None:
        chart.combine(line)
    chart.set_title({"name": plain(shortened(figure.title)), "overlay": False, "name_font": _font(11, bold=True)})
    if figure.shape == "lines over numbers":
        _number_axes(chart, figure)
    else:
        _axes(chart, figure)
    _legend(chart, figure)
    chart.set_chartarea({"border": {"color": SOFT}})
    chart.set_size({"width": WIDTH, "height": height(figure)})
    return chart


def height(figure: Figure) -> int:
    """Height in pixels: a sideways chart grows with what stands in it."""
    if figure.shape not in _SIDEWAYS:
        return HEIGHT
    bars = 1 if figure.shape in _ONE_A_ROW else len(figure.series)
    return max(HEIGHT, 105 + len(figure.block.frame) * max(19, 13 * bars))


def rows_high(figure: Figure) -> int:
    """How many rows of a sheet a chart takes, one of them for the air beneath it."""
    return math.ceil(height(figure) / ROW) + 1


def placing(figure: Figure, offset: int) -> dict[str, object]:
    """Where a chart stands in its cell, and what it says to those who cannot see it."""
    return {"x_offset": offset, "y_offset": 2, "object_position": 3, "description": figure.title}


def shortened(title: str) -> str:
    """A title that fits its chart."""
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"


def plain(text: str) -> str:
    """Text for a title that xlsxwriter cannot take for a reference to a cell (``x!A1``), which would be a formula."""
    return re.sub(r"!(?=\$?[A-Z])", f"!{_NO_WIDTH}", text)


def _ranges(figure: Figure, sheet: str, row: int, column: int, key: str) -> dict[str, object]:
    block = figure.block
    last = row + max(len(block.frame), 1)
    names, values = column + block.column(figure.categories), column + block.column(key)
    return {
        "name": [sheet, row, values],
        "categories": [sheet, row + 1, names, last, names],
        "values": [sheet, row + 1, values, last, values],
    }


def _series(figure: Figure, sheet: str, row: int, column: int, key: str, colour: str) -> dict[str, object]:
    series = _ranges(figure, sheet, row, column, key)
    if key in figure.hidden:
        # A blank name: to take the entry out of the legend instead takes out another one in LibreOffice.
        return series | {"name": " ", "fill": {"none": True}, "border": {"none": True}}
    series |= {"fill": {"color": colour}, "border": {"color": "#FFFFFF", "width": 0.75}}
    stacked = figure.shape.startswith("stacked") or figure.shape == "tornado"
    series["gap"] = 250 if len(figure.block.frame) < 3 else 120 if len(figure.block.frame) < 5 else 50
    if stacked:
        series["overlap"] = 100
    elif figure.shape == "bar" and len(figure.series) == 1:
        shown = "0.0%" if figure.value_kind == "share" else "#,##0.0" if _peak(figure) < 10.0 else "#,##0"
        series["data_labels"] = {"value": True, "num_format": shown, "font": _font(9)}
    return series


def _whole(figure: Figure) -> bool:
    """Whether the axis runs from nothing to all: shares that add up, or come close to one."""
    near = figure.shape == "stacked columns" or 0.6 < _peak(figure) <= 1.0
    return figure.value_kind == "share" and near


def _peak(figure: Figure) -> float:
    return float(_values(figure).abs().max().max())


def _values(figure: Figure) -> pd.DataFrame:
    """What is drawn, as numbers: a series of which nothing is known has none, and no dtype of numbers by itself."""
    numbers: pd.DataFrame = figure.block.frame[list(figure.series)].apply(pd.to_numeric)
    return numbers


def _line(figure: Figure, sheet: str, row: int, column: int, key: str, colour: str) -> dict[str, object]:
    marker = {"type": "diamond", "size": 9, "fill": {"color": colour}, "border": {"color": INK}}
    return _ranges(figure, sheet, row, column, key) | {"line": {"color": colour, "width": 2.25}, "marker": marker}


def _axes(chart: Any, figure: Figure) -> None:
    shown = "0%" if figure.value_kind == "share" else "0" if figure.span else "#,##0"
    values: dict[str, object] = {
        "name": plain(figure.value_axis),
        "name_font": _font(9),
        "num_font": _font(9),
        "num_format": shown,
        "major_gridlines": {"visible": True, "line": {"color": SOFT, "width": 0.75}},
        "line": {"none": True},
    }
    if figure.span is not None:
        values["min"], values["max"] = figure.span
    elif _whole(figure):
        values["min"], values["max"] = 0, 1
    elif len(figure.block.frame) == 0 or bool((_values(figure).min() >= 0.0).all()):
        values["min"] = 0
    if figure.shape == "bar" and len(figure.series) == 1:  # every bar has its number beside it
        values |= {"label_position": "none", "major_gridlines": {"visible": False}}
        if values.get("min") == 0 and "max" not in values and _peak(figure) > 0:
            values["max"] = ROOM * _peak(figure)
    names: dict[str, object] = {"num_font": _font(9), "line": {"color": MUTED}, "label_position": "low"}
    if figure.shape in _SIDEWAYS:  # the first category on top, the values beneath the last
        chart.set_y_axis({**names, "reverse": True})
        chart.set_x_axis({"label_position": "high", **values})
    else:
        chart.set_x_axis(names)
        chart.set_y_axis(values)


def _number_axes(chart: Any, figure: Figure) -> None:
    """Two axes of numbers, from the least to the most that stands on them."""
    shown = figure.block.fields[figure.block.column(figure.categories)]
    along = figure.block.frame[figure.categories]
    common = {"name_font": _font(9), "num_font": _font(9), "label_position": "low"}
    grid = {"major_gridlines": {"visible": True, "line": {"color": SOFT, "width": 0.75}}, "line": {"color": MUTED}}
    across: dict[str, object] = {
        "name": plain(shown.header),
        "num_format": "0%" if shown.kind == "share" else "#,##0.##",
    }
    if len(along):
        across |= {"min": float(along.min()), "max": float(along.max())}
    chart.set_x_axis({**common, **across, "major_gridlines": {"visible": False}})
    chart.set_y_axis({**common, **grid, "name": plain(figure.value_axis), "num_format": "#,##0"})


def _legend(chart: Any, figure: Figure) -> None:
    if len(figure.series) == 1:
        chart.set_legend({"none": True})
        return
    chart.set_legend({"position": "bottom", "font": _font(9)})


def _font(size: float, *, bold: bool = False) -> dict[str, object]:
    return {"name": "Arial", "size": size, "bold": bold, "color": INK}
