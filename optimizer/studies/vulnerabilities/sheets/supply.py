"""Vulnerabilities Supply: import reliance and concentration of the coalition and of each ally."""

from __future__ import annotations

from friendshore.optimizer.reporting.content import Block, Content, Field, Figure
from friendshore.optimizer.reporting.frames import table
from friendshore.optimizer.studies.vulnerabilities.reliance import COALITION, Reliance
from friendshore.optimizer.studies.vulnerabilities.sentences import supply_finding
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import Vulnerabilities
from friendshore.optimizer.wording.shares import percent

FIELDS = (
    Field("consumer", "Consumer"),
    Field("scope", "Of a"),
    Field("name", "Commodity or stage"),
    Field("stage", "Stage"),
    Field("intake", "Intake a year", "number"),
    Field("unit", "Unit"),
    Field("import_reliance", "Import reliance", "share", "%"),
    Field("net_import_reliance", "Net import reliance", "share", "%"),
    Field("hhi", "HHI, home included", "number"),
    Field("hhi_imports", "HHI of imports", "number"),
    Field("largest", "Largest supplier from outside"),
    Field("largest_share", "Its share of intake", "share", "%"),
    Field("concern_share", "From countries of concern", "share", "%"),
)
CHART = (
    Field("name", "Commodity"),
    Field("import_reliance", "Imported", "share", "%"),
    Field("concern_share", "From countries of concern", "share", "%"),
)


def content(study: Vulnerabilities) -> Content:
    """What the sheet says."""
    frame = table((_row(line) for line in study.supply), FIELDS, study.currency)
    notes = (
        "Intake is all a consumer takes in, for use, processing and its own supply; of a stage by value. Import "
        "reliance is 1 - home supply ÷ intake; net of exports as the U.S. Geological Survey counts it, below 0 for a "
        "net exporter. Home of the coalition is all its members.",
        "HHI: Herfindahl-Hirschman index of supplier countries, 0 (many) to 1 (a single one); of the coalition each "
        "member counts by itself. Blank: no imports.",
    )
    figure = _figure(study)
    return Content(
        supply_finding(study) or "The coalition takes in nothing.",
        notes,
        (Block("Supply", "", frame, FIELDS),),
        (figure,) if figure is not None else (),
    )


def _row(line: Reliance) -> dict[str, object]:
    return dict(vars(line))


def _figure(study: Vulnerabilities) -> Figure | None:
    lines = [line for line in study.supply if line.consumer == COALITION and line.scope == "commodity"]
    if not lines:
        return None
    lines.sort(key=lambda line: (-line.concern_share, -line.import_reliance, line.name))
    rows = [{field.key: vars(line)[field.key] for field in CHART} for line in lines]
    top = lines[0]
    title = f"{percent(top.concern_share)} of the coalition's {top.name} comes from countries of concern"
    block = Block("Coalition_imports", "Imports of the coalition", table(rows, CHART, study.currency), CHART)
    return Figure(
        title, "bar", block, "name", ("import_reliance", "concern_share"), "share of intake", "share", span=(0.0, 1.0)
    )
