"""The sheet Settings: one setting a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.cells import CellFault, read_cell
from friendshore.models.parsing.folding import fold_header, is_blank, label
from friendshore.models.parsing.grids import Place, Row, cell_of
from friendshore.models.parsing.header_row import find_head
from friendshore.models.parsing.headers import Layout, locate
from friendshore.models.parsing.marked import check_marks
from friendshore.models.parsing.nearest import suggestion
from friendshore.models.parsing.sheets import Origin
from friendshore.models.schema import Column, Identifier, Number, Record, Table, Text, Whole
from friendshore.models.tables.settings import Settings

SETTING = Column("setting", "setting", Identifier(), "Name of the setting.", True, None, "", "", (), False)
VALUE = Column("value", "value", Text(), "Its value; blank: the default.", False, None, "", "", (), False)


def vertical_columns(table: Table) -> tuple[Column, ...]:
    """The columns of a sheet of settings: ``setting``, ``value`` and those that any sheet may have."""
    return (SETTING, VALUE, *(declared for declared in table.columns if _shared(declared)))


def setting_columns(table: Table) -> dict[str, Column]:
    """The settings by name."""
    return {declared.name: declared for declared in table.columns if not _shared(declared)}


def _shared(declared: Column) -> bool:
    return declared.name in Record.__dataclass_fields__


@dataclass
class SettingsRead:
    """The settings as far as they could be read, and where each stands."""

    values: dict[str, Any] = field(default_factory=dict)
    sources: list[tuple[int, str]] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        """The record; a faulty setting has its default."""
        table = Settings.TABLE
        fields = {table.column(name).field: value for name, value in self.values.items()}
        return Settings(given=frozenset(self.values), **fields)


def read_settings(origin: Origin | None, overrides: Mapping[str, str]) -> SettingsRead:
    """Read the sheet and then the overrides, which are text as it was typed on a command line."""
    settings = SettingsRead()
    known = setting_columns(Settings.TABLE)
    chosen = {fold_header(name): text for name, text in overrides.items()}
    if origin is not None:
        _read_rows(settings, origin, known, chosen)
    for name, text in overrides.items():
        setting = fold_header(name)
        if setting in known:
            _read_value(settings, known[setting], typed(known[setting], text), "--set", 0)
        else:
            message = f"found the unknown setting {name!r}{suggestion(name, known)}"
            settings.findings.append(make_finding("FS118", "--set", message, 0, name))
    return settings


def _read_rows(
    settings: SettingsRead, origin: Origin, known: Mapping[str, Column], overridden: Mapping[str, str]
) -> None:
    sheet, grid, columns = Settings.TABLE.sheet, origin.grid, vertical_columns(Settings.TABLE)
    head, head_findings = find_head(sheet, columns, grid, ("setting", "value"), origin.marks)
    layout, findings = locate(sheet, columns, grid, (), head)
    settings.findings.extend([*head_findings, *findings])
    settings.places.update({name: Place(index) for name, index in layout.places.items()})
    rows = layout.data_rows(grid)
    settings.findings.extend(check_marks(sheet, layout, [number for number, _ in rows], origin.marks))
    missing = [name for name in ("setting", "value") if rows and name not in layout.columns]
    for name in missing:
        message = f"found no column {name!r}; wanted it in row {head.row}"
        settings.findings.append(make_finding("FS102", sheet, message, head.row, name))
    seen: dict[str, int] = {}
    for number, row in rows if not missing else ():
        _read_row(settings, layout, (number, row), known, seen, overridden)


def _read_row(
    settings: SettingsRead,
    layout: Layout,
    numbered: tuple[int, Row],
    known: Mapping[str, Column],
    seen: dict[str, int],
    overridden: Mapping[str, str],
) -> None:
    number, row = numbered
    name, value = (cell_of(row, layout.columns[column]) for column in ("setting", "value"))
    sheet, setting = Settings.TABLE.sheet, "" if is_blank(name) else fold_header(label(name))
    if setting not in known:
        what = f"found the unknown setting {label(name)!r}" if setting else "found no setting's name"
        message = f"{what}{suggestion(setting, known)}"
        settings.findings.append(make_finding("FS118", sheet, message, number, "setting"))
        return
    if setting in seen:
        message = f"found {setting!r} again, which row {seen[setting]} has; wanted each setting once"
        settings.findings.append(make_finding("FS114", sheet, message, number, "setting"))
        return
    seen[setting] = number
    settings.places[setting] = Place(layout.columns["value"], number)
    source = cell_of(row, layout.columns["source_id"]) if "source_id" in layout.columns else None
    if not is_blank(source):
        settings.sources.append((number, label(source)))
    if not is_blank(value) and setting not in overridden:
        _read_value(settings, known[setting], value, sheet, number)


def _read_value(settings: SettingsRead, declared: Column, value: object, sheet: str, row: int) -> None:
    try:
        settings.values[declared.name] = read_cell(declared.kind, value, declared.unit)
    except CellFault as fault:
        settings.findings.append(make_finding(fault.code, sheet, fault.message, row, declared.name))


def typed(declared: Column, text: str) -> object:
    """Text of a command line as the cell it would be: a number where the setting is one."""
    if isinstance(declared.kind, Number | Whole):
        try:
            return float(text)
        except ValueError:
            return text
    return text
