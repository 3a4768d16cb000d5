"""Cells that name a country by another name than its id on Countries."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.countries import Countries
from friendshore.models.parsing.nearest import same_but_case
from friendshore.models.parsing.quoted import shown
from friendshore.models.parsing.rows import Sheet
from friendshore.models.schema import Column, Group, Reference

_NO_NAMES = ("@", "*", "plant:", "route:")


def read_names(sheet: Sheet, declared: Column, ids: Collection[str], countries: Countries) -> Iterator[Finding]:
    """Put the id in place of every text of a column that surely names a country, and warn of each text once.

    What is not sure is left as it stands.

    Parameters
    ----------
    sheet
        Its cells of this column are rewritten.
    declared
        A column; one that names no countries is left alone.
    ids
        Ids that Countries defines.
    countries
        Rows of Countries, by which other names are resolved.

    Yields
    ------
    Finding
        FS159 for each text that was read as an id, at the first row that has it.
    """
    kind = declared.kind
    if not (isinstance(kind, Group) or (isinstance(kind, Reference) and kind.sheet == "Countries")):
        return
    known = {*ids, *kind.also}
    cells: dict[str, _Cell] = {}
    rows: dict[str, list[int]] = {}
    for line in sheet.lines:
        if declared.name in line.given and declared.name not in line.faulty:
            text = line.values[declared.name]
            if text not in cells:
                cells[text] = _Cell(countries, known, ids).read(text, isinstance(kind, Group))
            line.values[declared.name] = cells[text].text
            for message in cells[text].notes:
                rows.setdefault(message, []).append(line.row)
    for message, numbers in rows.items():
        more = f" (here and in {len(numbers) - 1} more rows of this column)" if len(numbers) > 1 else ""
        yield make_finding("FS159", sheet.table.sheet, message + more, numbers[0], declared.name)


@dataclass
class _Cell:
    """One text, its names read one by one."""

    countries: Countries
    known: Collection[str]
    ids: Collection[str]
    text: str = ""
    notes: list[str] = field(default_factory=list)

    def read(self, text: str, group: bool) -> _Cell:
        """Read the text of a cell; of a group each of its members."""
        each = "each " if group and text.startswith("each ") else ""
        body = text.removeprefix(each)
        whole = self._id(body)  # first, for a name may hold a comma
        if not whole and group and body not in self.known:
            whole = ", ".join(self._id(word) or word for word in (part.strip() for part in body.split(",")))
        self.text = each + whole if self.notes else text
        return self

    def _id(self, word: str) -> str:
        if not word or word in self.known or word.startswith(_NO_NAMES) or same_but_case(word, self.ids):
            return ""
        resolved = self.countries.resolve(word)
        if resolved is None or not resolved.id:
            return ""
        self.notes.append(f"found {shown(word)}, read as {resolved.id!r}: {resolved.reason}")
        return resolved.id
