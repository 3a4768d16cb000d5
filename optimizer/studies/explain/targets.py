"""What a question is about: a row of the workbook, by its name or by one of its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from friendshore.models.problem import Problem
from friendshore.models.tables import TABLES
from friendshore.optimizer.studies.explain.edits import own_name
from friendshore.optimizer.wording.names import Names

ASKED = ("Expansions", "Plants", "Stockpiles", "Protections", "Countries", "Policies", "Lanes")
"""Sheets of whose rows may be asked why."""

PROJECTS = ("Expansions", "Protections")
"""Sheets of whose rows may be asked what it would take."""

_CELL = re.compile(r"\s*'?([A-Za-z ]+?)'?!\$?[A-Za-z]*\$?(\d+)\s*")
_TABLES = {table.sheet: table for table in TABLES}


@dataclass(frozen=True)
class Target:
    """A row of a sheet; ``id`` is its own name there, ``words`` what people read."""

    sheet: str
    row: int
    id: str
    words: str


def target_of(problem: Problem, text: str, sheets: tuple[str, ...] = ASKED) -> Target:
    """The row that a name or a cell stands for.

    Parameters
    ----------
    problem
        A valid problem.
    text
        The name of a row as it stands on its sheet or as people read it, or a cell: ``Plants!A4``.
    sheets
        Sheets that may be meant.

    Returns
    -------
    Target
        The row.

    Raises
    ------
    ValueError
        Where there is none, or several rows of that name.
    """
    cell = _CELL.fullmatch(text)
    rows = [target for sheet in sheets for target in _rows(problem, sheet)]
    if cell is not None:
        sheet = next((each for each in sheets if each.casefold() == cell[1].casefold()), None)
        if sheet is None:
            raise ValueError(f"{text}: that can be asked of rows of {', '.join(sheets)}")
        found = [each for each in rows if each.sheet == sheet and each.row == int(cell[2])]
    else:
        found = [each for each in rows if each.id and each.id == text.strip()]
        wanted = text.strip().casefold()
        found = found or [each for each in rows if wanted in (each.id.casefold(), each.words.casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        places = ", ".join(f"{each.sheet}!{each.row}" for each in found)
        raise ValueError(f"{text}: there are several of that name; name one of them by its cell: {places}")
    names = [each.id for each in rows if each.id]
    near = get_close_matches(text.strip(), names, 3, 0.5)
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    raise ValueError(f"{text}: there is no such row on {', '.join(sheets)}{meant}")


def _rows(problem: Problem, sheet: str) -> list[Target]:
    key = _TABLES[sheet].key
    made = []
    for row in problem.tables.by_sheet[sheet]:
        id = own_name(sheet, row) or (str(vars(row)[_TABLES[sheet].column(key[0]).field]) if key else "")
        words = Names(problem.names).words(sheet, id) if id else f"{sheet} row {row.row}"
        made.append(Target(sheet, row.row, id, words))
    return made
