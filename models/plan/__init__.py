"""The answer: a plan as tidy tables, its scorecard, and how the solve went."""

from friendshore.models.plan.plan import Outcome, Plan
from friendshore.models.plan.run import Options, Run, Size, Status
from friendshore.models.plan.scorecard import Binding, Certificate, PolicyValue
from friendshore.models.plan.tables import NODE, OF_WORDS, PLAN_TABLES, Types, plan_table, process_names, typed_frame

__all__ = [
    "NODE",
    "OF_WORDS",
    "PLAN_TABLES",
    "Binding",
    "Certificate",
    "Options",
    "Outcome",
    "Plan",
    "PolicyValue",
    "Run",
    "Size",
    "Status",
    "Types",
    "plan_table",
    "process_names",
    "typed_frame",
]
