"""The data dictionary: every sheet and column, written from the declarations.

``python -m friendshore.optimizer.workbook.dictionary`` writes it to ``inputs/README.md``.
"""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.schema import Table
from friendshore.models.tables import TABLES
from friendshore.optimizer.system.files import writing
from friendshore.optimizer.workbook.damages import DAMAGES, RULES, Damage
from friendshore.optimizer.workbook.describe import default, entries, limits, meaning, need, unit
from friendshore.optimizer.workbook.examples import INPUTS

PATH = INPUTS / "README.md"

_HEAD = """\
# Inputs: the data dictionary

One workbook is one planning problem; each of its sheets is one table with its headers in row 1. `friendshore new FILE`
writes a blank workbook, `friendshore new FILE --example NAME` a copy of an example in this folder, and
`friendshore check FILE` lists everything that is wrong with a workbook at once.

This page is written from the declarations in `models/tables/` by
`python -m friendshore.optimizer.workbook.dictionary`; change it there. The examples are built from the CSV files in
`source/` by `python -m friendshore.optimizer.workbook.build_examples`.

- Quantities are in the commodity's own unit, rates per year, durations in years, money in the currency of Settings.
  Shares are fractions: 8% is 0.08. Below, *unit* is the commodity's and *activity* the plant's.
- Case, blanks and underscores in headers and sheet names do not matter. Names in cells are case-sensitive.
- What stands in brackets behind a header is its unit and is read over (`Capacity (t/yr)`); where it contradicts the
  column (months, %, thousands) you are told.
- Titles may stand above the headers (within the first 20 rows, or above an Excel table) and a row of units above or
  below them. An Excel table named like a sheet, on a sheet of any other name, is read in its place.
- Rows whose first cell starts with `#` and blank rows are skipped. A blank cell is the default of its column.
- Hidden sheets, rows and columns are read like any other, with a warning; of merged cells only the first has a value.
- Formulas count by the result that is stored with them; one without a result, an error such as #N/A, text that looks
  like a number and a date where a number is wanted are errors that name the cell.
- `note` and `source_id` may stand on any sheet; a `source_id` must be on Sources where that sheet exists.
- Reserved, not to be used as names: `base`, `each`, `expected`, `cvar`, `own`, `*`; what starts with `@`, `#`, `each `
  or `stage:`; what holds a comma, `/` or `+`. Period labels must not be names of columns.
- A country is named by its id on Countries. Its name there, or a name or ISO code that can only mean it (South Korea or
  대한민국 where `iso3` is KOR), is read as the id, with a warning; one that may mean several is an error that asks.
- A group is a country, `@ally` (all countries of the bloc ally), `@coalition` (the bloc named in Settings), `*` (all),
  or a comma-separated list of these. On Policies a group counts as one; `each` before it makes one policy a member.
"""


def dictionary() -> str:
    """The text of the data dictionary, as Markdown."""
    sheets = (line for table in TABLES for line in _section(table))
    return "\n".join([_HEAD, *sheets, *_shortage()]).rstrip() + "\n"


def _shortage() -> Iterator[str]:
    """How to come by the damage of a shortage, a section that the site shows by itself too."""
    yield "<!-- --8<-- [start:shortage] -->"
    yield "## What number for the damage of a shortage?"
    yield "`shortage_cost` on Demand is what it costs when a unit is missing. It decides how much is worth doing"
    yield "against a shortage, and nobody has it at hand. Five ways to come near:"
    yield ""
    yield from (f"{number}. {rule}" for number, rule in enumerate(RULES, start=1))
    yield ""
    yield "Orders of magnitude, in USD of about 2025. In a workbook of tonnes and thousand USD they stay as they are,"
    yield "as a USD a kilogram is a thousand USD a tonne."
    yield ""
    yield "| good | use | damage of a unit short | how it is come by |"
    yield "|---|---|---|---|"
    yield from (f"| {each.good} | {each.use} | {each.value} | {each.how}{_cited(each)} |" for each in DAMAGES)
    yield "<!-- --8<-- [end:shortage] -->"


def _cited(damage: Damage) -> str:
    source = damage.source
    return f" ([{source.publisher} {source.year}]({source.url}))" if source else ""


def _section(table: Table) -> Iterator[str]:
    yield f"## {table.sheet}"
    yield f"{table.help} {'Required.' if table.required else 'Optional.'}" + _key(table)
    yield ""
    first = "setting" if table.vertical else "column"
    yield f"| {first} | needed | meaning | unit | wanted | blank means |"
    yield "|---|---|---|---|---|---|"
    for name, declared in entries(table):
        if name in ("note", "source_id") and table.sheet != "Sources":
            continue
        aliases = f" (or {', '.join(f'`{alias}`' for alias in declared.aliases)})" if declared.aliases else ""
        cells = (
            f"`{name}`{aliases}",
            need(declared),
            meaning(table, declared),
            unit(declared),
            limits(declared),
            default(declared),
        )
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("*", "\\*") for cell in cells) + " |"
    yield ""


def _key(table: Table) -> str:
    if table.vertical or not table.key:
        return ""
    names = " and ".join(f"`{name}`" for name in table.key)
    return f" One row for each {names}."


def main() -> None:
    """Write the data dictionary to ``inputs/README.md``."""
    with writing(PATH) as temporary:
        temporary.write_text(dictionary(), encoding="utf-8")


if __name__ == "__main__":
    main()
