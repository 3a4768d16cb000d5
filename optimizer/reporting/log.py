"""Plan Log: what happened on the way, and what the checks had to say about the workbook."""

from __future__ import annotations

import pandas as pd

from friendshore.models.examine import read_grids
from friendshore.models.parsing.folding import fold_header
from friendshore.models.parsing.unparse import cell
from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import summary
from friendshore.optimizer.reporting.content import Block, Content, Field, Sheet
from friendshore.optimizer.reporting.frames import most_rows, tidy
from friendshore.optimizer.reporting.scenario_rows import STEPS, steps_of_paths
from friendshore.optimizer.wording.counts import counted

FIELDS = (
    Field("number", "Line", "number"),
    Field("kind", "Kind"),
    Field("code", "Code"),
    Field("place", "Place"),
    Field("message", "Message"),
)
TIME_FIELDS = (Field("phase", "Phase"), Field("seconds", "Time", "number", "seconds"))
SETTING_FIELDS = (Field("setting", "Setting"), Field("value", "Value for this plan", "mixed"))
SIZE_FIELDS = (Field("what", "Size of the model"), Field("count", "Count", "number", "number"))


def lines(plan: Plan) -> pd.DataFrame:
    """number, kind, code, place, message: warnings about the workbook first, then the log of the run."""
    rows: list[tuple[str, ...]] = [
        (found.severity, found.code, found.place, found.message) for found in plan.problem.warnings
    ]
    rows += [("log", "", "", line) for line in plan.run.log]
    return tidy(
        plan, pd.DataFrame([(i, *row) for i, row in enumerate(rows, 1)], columns=[f.key for f in FIELDS]), FIELDS
    )


def times(plan: Plan) -> pd.DataFrame:
    """phase, seconds."""
    return tidy(plan, pd.DataFrame(list(plan.run.seconds.items()), columns=["phase", "seconds"]), TIME_FIELDS)


def sizes(plan: Plan) -> pd.DataFrame:
    """what, count."""
    size = plan.run.size
    rows = [
        ("rows", size.rows),
        ("columns", size.columns),
        ("whole-number columns", size.integers),
        ("nonzeros", size.nonzeros),
        ("steps in time, all scenarios", size.nodes),
        ("scenarios", size.scenarios),
    ]
    return tidy(plan, pd.DataFrame(rows, columns=["what", "count"]), SIZE_FIELDS)


def overridden(plan: Plan) -> pd.DataFrame:
    """setting, value of those that were set on the command line otherwise than on the sheet that the plan carries."""
    settings = plan.problem.settings
    sheets = {name: grid for name, grid in plan.problem.grids.items() if fold_header(name) == "settings"}
    carried = vars(read_grids(sheets).tables.settings) if plan.problem.grids else vars(settings)
    rows = [
        (declared.name, cell(value), "number")
        for declared in settings.TABLE.columns
        if declared.name not in ("note", "source_id")
        and (value := vars(settings)[declared.field]) != carried[declared.field]
    ]
    return tidy(plan, pd.DataFrame(rows, columns=["setting", "value", "value_kind"]), SETTING_FIELDS)


def content(plan: Plan) -> Content:
    """What the sheet says."""
    frame, cut = most_rows(lines(plan))
    found = counted(len(plan.problem.warnings), "warning")
    said = f"{found} about the workbook; {counted(len(plan.run.log), 'line')} of log."
    right: tuple[Block, ...] = (
        Block("About", "How far to trust it", summary.proof(plan), summary.PROOF_FIELDS),
        Block("Run_times", "How long it took", times(plan), TIME_FIELDS),
        Block("Model_size", "How large it was", sizes(plan), SIZE_FIELDS),
        Block("Steps", "Steps in time that each path has of its own", steps_of_paths(plan), STEPS),
    )
    other = overridden(plan)
    if len(other):
        title = "Settings that were set otherwise for this plan"
        right = (Block("Settings_overridden", title, other, SETTING_FIELDS), *right)
    return Content(said, cut, (Block("Log", "", frame, FIELDS),), right)


SHEET = Sheet("Plan Log", content)
