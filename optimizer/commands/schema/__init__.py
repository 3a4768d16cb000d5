"""The JSON that each command prints, declared once: commands fill the records, the JSON Schema is generated."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from msgspec.json import schema_components

from friendshore.optimizer.commands.schema.alternatives import Ranged
from friendshore.optimizer.commands.schema.check import Checked
from friendshore.optimizer.commands.schema.compare import Compared
from friendshore.optimizer.commands.schema.doctor import Diagnosis
from friendshore.optimizer.commands.schema.explain import Explained, Explanations
from friendshore.optimizer.commands.schema.frontier import Drawn
from friendshore.optimizer.commands.schema.new import Written
from friendshore.optimizer.commands.schema.record import Failure, Record
from friendshore.optimizer.commands.schema.replan import Replan
from friendshore.optimizer.commands.schema.replay import Replayed
from friendshore.optimizer.commands.schema.report import Reported
from friendshore.optimizer.commands.schema.sensitivity import Found
from friendshore.optimizer.commands.schema.share import SharedOut
from friendshore.optimizer.commands.schema.solve import Solved
from friendshore.optimizer.commands.schema.stress import Stressed
from friendshore.optimizer.commands.schema.vulnerabilities import Examined
from friendshore.optimizer.commands.schema.watch import Watched
from friendshore.optimizer.commands.schema.worth import Weighed

ANSWERS: MappingProxyType[str, type[Record]] = MappingProxyType(
    {
        "alternatives": Ranged,
        "check": Checked,
        "compare": Compared,
        "doctor": Diagnosis,
        "explain": Explained,
        "frontier": Drawn,
        "new": Written,
        "replan": Replan,
        "replay": Replayed,
        "report": Reported,
        "sensitivity": Found,
        "share": SharedOut,
        "solve": Solved,
        "stress": Stressed,
        "vulnerabilities": Examined,
        "watch": Watched,
        "worth": Weighed,
    }
)
"""The record of each command's answer; one that ends before it has an answer prints a ``Failure``."""

ALSO: MappingProxyType[str, tuple[type[Record], ...]] = MappingProxyType({"explain": (Explanations,)})
"""What a command answers that is asked another question: ``explain`` a code, or a workbook."""


def schema_names() -> tuple[str, ...]:
    """The commands whose JSON is described, in order of name."""
    return tuple(sorted(ANSWERS))


def schema(command: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what ``friendshore COMMAND --json`` prints.

    For ``watch`` it is that of each of its lines. KeyError where there is no such command.
    """
    records = (ANSWERS[command], *ALSO.get(command, ()), Failure)
    answers, definitions = schema_components(records, ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"friendshore {command} --json",
        "anyOf": list(answers),
        "$defs": definitions,
    }
