"""friendshore from Python: the cheapest plan for strategic goods that survives disruption.

>>> import friendshore as fs
>>> problem = fs.read_workbook("inputs/tutorial.xlsx")
>>> outcome = fs.solve(problem, gap=1e-3, time_limit=600)
>>> fs.write_plan(outcome.plan, "reports/mine.plan.xlsx")
>>> fs.write_report(outcome.plan, "reports/mine.html")

What the commands do are functions of the same names. Importing this package loads no library: each function loads what
it needs, and the types are loaded when they are asked for.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if not Path(__file__).with_name("models").is_dir():  # a checkout: models/ and optimizer/ lie beside this folder
    __path__.append(str(Path(__file__).resolve().parents[1]))

from friendshore.optimizer.system.interrupts import note_early

note_early()  # before all that takes time to load

from friendshore._alternatives import alternatives
from friendshore._decisions import frontier, share, worth
from friendshore._explain import explain
from friendshore._figures import sensitivity
from friendshore._models import formulate, scenario_creator
from friendshore._plans import read_plan, solve, write_plan, write_plan_in_place, write_report
from friendshore._replan import replan, write_actuals
from friendshore._replay import replay
from friendshore._studies import compare, stress, vulnerabilities, write_study
from friendshore._workbooks import check, examples, new, problem_from_frames, read_workbook
from friendshore.models.findings import Finding, InvalidProblem
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.system.progress import Progress
from friendshore.optimizer.system.version import __version__

if TYPE_CHECKING:
    from friendshore.models.plan import Outcome, Plan
    from friendshore.models.problem import Problem
    from friendshore.optimizer.search.benders.pool import Memory
else:
    _LATER = {
        "Memory": "friendshore.optimizer.search.benders.pool",
        "Outcome": "friendshore.models.plan",
        "Plan": "friendshore.models.plan",
        "Problem": "friendshore.models.problem",
    }

    def __getattr__(name: str) -> type:
        """A type that comes with a library, loaded when it is asked for."""
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return vars(import_module(_LATER[name]))[name]


__all__ = [
    "FileFault",
    "Finding",
    "InvalidProblem",
    "Memory",
    "Outcome",
    "Plan",
    "Problem",
    "Progress",
    "__version__",
    "alternatives",
    "check",
    "compare",
    "examples",
    "explain",
    "formulate",
    "frontier",
    "new",
    "problem_from_frames",
    "read_plan",
    "read_workbook",
    "replan",
    "replay",
    "scenario_creator",
    "sensitivity",
    "share",
    "solve",
    "stress",
    "vulnerabilities",
    "worth",
    "write_actuals",
    "write_plan",
    "write_plan_in_place",
    "write_report",
    "write_study",
]


def __dir__() -> list[str]:
    """What a user needs, and not the rooms behind it."""
    return list(__all__)
