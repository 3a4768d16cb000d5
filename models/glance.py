"""What is shown of a problem or a plan where it is named: a few lines of text, and tables in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from friendshore.models.tables import TABLES, Tables

MOST = 20
"""Rows of a table that are shown; of the others it is said how many there are."""


def counts(tables: Tables) -> dict[str, int]:
    """Rows of each sheet that has any, by the name of the sheet."""
    rows = {table.sheet: len(vars(tables)[table.sheet.lower()]) for table in TABLES if not table.vertical}
    return {sheet: count for sheet, count in rows.items() if count}


def number(value: float | None) -> str:
    """A number with thousands separated and six digits that matter; a dash where it is not known."""
    return "–" if value is None else f"{value:,.6g}"


def html_table(caption: str, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """An HTML table of at most ``MOST`` rows; numbers as in a sentence, all text escaped.

    Parameters
    ----------
    caption
        What stands above the table.
    headers
        Headers of the columns.
    rows
        Rows of cells, each as long as ``headers``.

    Returns
    -------
    str
        A ``table`` element, and a note where rows are left out.
    """
    shown = list(rows)
    body = "".join(f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>" for row in shown[:MOST])
    head = "".join(f"<th>{escape(header)}</th>" for header in headers)
    rest = f"<p>and {len(shown) - MOST:,} more</p>" if len(shown) > MOST else ""
    caption = f"<caption>{escape(caption)}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def _cell(value: object) -> str:
    if value is None or isinstance(value, float):
        return number(value)
    return escape(str(value))
