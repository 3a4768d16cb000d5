"""Workbooks as people spoil them: cells, rows, columns and sheets changed at random, by a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import xlsxwriter

Grid = list[list[object]]
Grids = dict[str, Grid]

VALUES: tuple[object, ...] = (
    *(None, "", " ", 0, 1, -1, 0.5, 2, 7, 100, 1e-9, 1e9, 1e15, 1e300, -1e-300, 1e-320, 2**63, True, False),
    *("x", "yes", "no", "all", "each", "*", "@ally", "@", "base", "1,5", "1 000", "1_000", "1e3", "١٢", "NaN", "INF"),
    *("50%", "0x10", "5 t", "2026..2028", "..", "any line", "=1+1", "#N/A", "é" * 40, "A" * 300, "Alia, Berg", ","),
    *("ally ", "metal\n", "not a name", "2026", "2027-01-01", 2026, 2027.5, "-", "–5", "'5", "+5", "5.", ".5", "٥"),
)
"""What is typed into a cell in place of what belongs there."""

FACTORS = (-1, 0, 0.001, 0.5, 1.1, 2, 1000)


def spoilt(sheets: Mapping[str, object], whole: Mapping[str, tuple[tuple[object, ...], ...]], seed: int) -> Grids:
    """Grids with one to three things changed; the same seed gives the same.

    Parameters
    ----------
    sheets
        Names of the sheets to be spoilt.
    whole
        The grids as they should be, headers first.
    seed
        Of the draws.
    """
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    grids = {name: [list(row) for row in grid] for name, grid in whole.items()}
    for _ in range(chance.randint(1, 3)):
        name = chance.choice([name for name in sheets if name in grids] or list(grids))
        change = chance.choices(list(CHANGES), list(CHANGES.values()))[0]
        change(grids, name, chance)
    return grids


def _cell(grids: Grids, name: str, chance: random.Random) -> None:
    """Another value in a cell below the headers."""
    row, place = _drawn(grids[name], chance)
    if row:
        row[place] = chance.choice(VALUES)


def _other_cell(grids: Grids, name: str, chance: random.Random) -> None:
    """A value of another cell of the same sheet, or of another sheet."""
    row, place = _drawn(grids[name], chance)
    theirs, there = _drawn(grids[name if chance.random() < 0.5 else chance.choice(list(grids))], chance)
    if row and theirs:
        row[place] = theirs[there]


def _times(grids: Grids, name: str, chance: random.Random) -> None:
    """A number of the sheet multiplied, or as text."""
    row, place = _drawn(grids[name], chance)
    numbers = [at for at, value in enumerate(row) if isinstance(value, int | float) and not isinstance(value, bool)]
    if numbers:
        place = chance.choice(numbers)
        value = row[place]
        row[place] = str(value) if chance.random() < 0.2 else value * chance.choice(FACTORS)  # type: ignore[operator]


def _row(grids: Grids, name: str, chance: random.Random) -> None:
    """A row left out, doubled, blank or at another place; the headers among them."""
    grid = grids[name]
    if not grid:
        return
    at, way = chance.randrange(len(grid)), chance.randrange(4)
    row = grid[at]
    if way == 0:
        del grid[at]
    elif way == 1:
        grid.insert(at, list(row))
    elif way == 2:
        grid.insert(at, [None] * len(row))
    else:
        grid.insert(chance.randrange(len(grid)), grid.pop(at))


def _column(grids: Grids, name: str, chance: random.Random) -> None:
    """A column left out, doubled, moved, or its header misspelt."""
    grid = grids[name]
    wide = min((len(row) for row in grid), default=0)
    if not wide:
        return
    at, to, way = chance.randrange(wide), chance.randrange(wide), chance.randrange(4)
    if way == 3:
        head = str(grid[0][at])
        grid[0][at] = chance.choice((head.upper(), f" {head} ", head[:-1], f"{head}s", "", chance.choice(grid[0])))
        return
    for row in grid:
        value = row[at]
        if way != 1:
            del row[at]
        if way:
            row.insert(to, value)


def _sheet(grids: Grids, name: str, chance: random.Random) -> None:
    """A sheet left out, empty, with another's rows or under another name."""
    way = chance.randrange(4)
    if way == 0:
        del grids[name]
    elif way == 1:
        grids[name] = []
    elif way == 2:
        grids[name] = [list(row) for row in grids[chance.choice(list(grids))]]
    else:
        other = chance.choice((name.lower(), name[:-1], f"{name} (2)", f" {name}", "Notes"))
        grids[other] = grids.pop(name)


CHANGES: Mapping[Callable[[Grids, str, random.Random], None], int] = {
    _cell: 40,
    _other_cell: 15,
    _times: 25,
    _row: 10,
    _column: 7,
    _sheet: 3,
}
"""Each with its weight."""


def _drawn(grid: Grid, chance: random.Random) -> tuple[list[object], int]:
    """A row below the headers, and a place in it; no row where there is none."""
    rows = [row for row in grid[1:] if row]
    if not rows:
        return [], 0
    row = chance.choice(rows)
    return row, chance.randrange(len(row))


def by_openpyxl(path: Path, grids: Grids) -> None:
    """Write grids with openpyxl; a text that begins with ``=`` becomes a formula."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, grid in grids.items():
        sheet = workbook.create_sheet(name)
        for row in grid:
            sheet.append(row)
    if not grids:
        workbook.create_sheet("empty")
    workbook.save(path)


def by_xlsxwriter(path: Path, grids: Grids) -> None:
    """Write grids with xlsxwriter, every text as text."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        for name, grid in grids.items():
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(grid):
                sheet.write_row(at, 0, row)


def rows_of(grids: Grids, whole: Mapping[str, tuple[tuple[object, ...], ...]]) -> dict[str, list[dict[str, object]]]:
    """Dict rows as whoever typed them would say them: names of sheets and headers in any case, blank rows left out.

    Parameters
    ----------
    grids
        What was typed.
    whole
        The grids as they should be, headers first.

    Raises
    ------
    ValueError
        Where the first row of a sheet is not its headers, so that it is for the reader to find them.
    """
    rows: dict[str, list[dict[str, object]]] = {}
    known = {name.casefold(): name for name in whole}
    for typed, grid in grids.items():
        name = known.get(typed.strip().casefold(), typed)
        heads = [str(head or "").strip().casefold() for head in grid[0]] if grid else []
        if name in whole and not {str(head).casefold() for head in whole[name][0]} & set(heads):
            raise ValueError(f"{name}: its headers are not in its first row")
        rows[name] = [
            {head: _bare(value) for head, value in zip(heads, row, strict=False) if head and not _blank(value)}
            for row in grid[1:]
            if not all(map(_blank, row))
        ]
    return rows


def _blank(value: object) -> bool:
    """Whether a cell says nothing: one of blanks alone does not."""
    return value is None or (isinstance(value, str) and not value.strip())


def _bare(value: object) -> object:
    """A cell without the blanks around what it says."""
    return value.strip() if isinstance(value, str) else value
