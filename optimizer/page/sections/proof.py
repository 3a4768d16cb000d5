"""How far to trust it: status, gap, certificate, versions, and the file it came from."""

from __future__ import annotations

from math import isfinite

from friendshore.optimizer.page.parts import Folded, Grid, Section, cells, columns
from friendshore.optimizer.page.tables import PlanTables, records
from friendshore.optimizer.wording.numbers import BLANK, number_cell
from friendshore.optimizer.wording.shares import gap_words

GAP = "Gap between objective and bound"
KEPT = (
    "Status",
    "Workbook",
    "Fingerprint of the workbook (SHA-256)",
    "Certificate",
    "Rules re-checked",
    "Largest violation found (relative)",
    "Objective re-computed, relative difference",
)


def section(tables: PlanTables) -> Section:
    """What was proven, and everything about the run."""
    about = [(str(row["item"]), _shown(row["value"])) for row in records(tables["About"])]
    first = [cells(row) for row in about if row[0] in KEPT]
    rest = [cells(row) for row in about if row[0] not in KEPT]
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
    gap = tables.figure(GAP)
    status = str(tables.fact("Status") or "")
    if gap is not None and isfinite(gap):
        said.append(f"{status}: no plan can be cheaper by more than {gap_words(gap)}.")
    elif status:
        said.append(f"{status}.")
    rules = tables.fact("Rules re-checked")
    verdict = str(tables.fact("Certificate") or "")
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
    if not isfinite(value):
        return BLANK
    return f"{100 * value:.3g}%" if str(row["unit"]).startswith("%") else number_cell(value)


def _shown(value: object) -> str:
    if isinstance(value, float):
        return BLANK if not isfinite(value) else f"{value:,.0f}" if value == round(value) else f"{value:,.3g}"
    return str(value)
