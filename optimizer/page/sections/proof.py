"""How far to trust it: status, gap, certificate, versions, and the file it came from."""

from __future__ import annotations

from math import isfinite

from friendshore.optimizer.page.parts import Folded, Grid, Section, cells, columns
from friendshore.optimizer.page.tables import PlanTables, records
from friendshore.optimizer.reporting import summary
from friendshore.optimizer.wording.numbers import number_cell
from friendshore.optimizer.wording.shares import gap_words, percent

SHOWN_FIRST = (
    summary.STATUS,
    summary.WORKBOOK,
    summary.FINGERPRINT,
    summary.CERTIFICATE,
    summary.RECHECKED,
    summary.VIOLATION,
    summary.DIFFERENCE,
)


def section(tables: PlanTables) -> Section:
    """What was proven, and everything about the run."""
    about = [(str(row["item"]), _shown(row["value"])) for row in records(tables["About"])]
    first = [cells(row) for row in about if row[0] in SHOWN_FIRST]
    rest = [cells(row) for row in about if row[0] not in SHOWN_FIRST]
    figures = [
        cells([str(row["figure"]), _figure(row), str(row["unit"]).removeprefix("% of ").replace("the objective", "")])
        for row in records(tables["Key_figures"])
    ]
    return Section(
        "proof",
        "How far to trust it",
        sentences(tables),
        grids=(Grid("Certificate and origin", columns("About this plan", "Value", text=2), tuple(first)),),
        folded=(
            Folded(
                "Key figures of the objective",
                (Grid("Key figures", columns("Key figure", "Value", "Unit")[:2] + columns("Unit"), tuple(figures)),),
            ),
            Folded(
                "Versions, times and size",
                (Grid("Versions, times and size", columns("About this plan", "Value", text=2), tuple(rest)),),
            ),
        ),
    )


def sentences(tables: PlanTables) -> tuple[str, ...]:
    """The certificate and the gap in words."""
    said = []
    gap = tables.figure(summary.GAP)
    status = str(tables.fact(summary.STATUS) or "")
    if gap is not None and isfinite(gap):
        said.append(f"{status}: no plan can be cheaper by more than {gap_words(gap)}.")
    elif status:
        said.append(f"{status}.")
    rules = tables.fact(summary.RECHECKED)
    verdict = str(tables.fact(summary.CERTIFICATE) or "")
    if isinstance(rules, float):
        said.append(
            f"{rules:,.0f} constraints were recomputed from the workbook's numbers, outside the solver: {verdict}."
        )
    elif verdict:
        said.append(f"Certificate: {verdict}.")
    return tuple(said)


def _figure(row: dict[str, object]) -> str:
    value = row["value"]
    if not isinstance(value, float):
        return str(value)
    if row["figure"] == summary.GAP and isfinite(value):
        return gap_words(value)
    return percent(value) if str(row["unit"]).startswith("%") else number_cell(value)


def _shown(value: object) -> str:
    return number_cell(value) if isinstance(value, float) else str(value)
