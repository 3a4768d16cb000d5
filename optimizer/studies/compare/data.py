"""A comparison as plain data, for ``--json``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from friendshore.optimizer.reporting import summary
from friendshore.optimizer.studies.compare.comparison import Comparison
from friendshore.optimizer.studies.compare.sections import Section
from friendshore.optimizer.studies.compare.words import findings


def as_data(found: Comparison) -> dict[str, Any]:
    """Plans, what is not compared, and for each section its rows with the plans' values and changes in their order."""
    return {
        "plans": [
            {"name": name, "file": str(plan.path), "plan_status": plan.about(summary.STATUS)}
            for name, plan in zip(found.names, found.plans, strict=True)
        ],
        "not_compared": list(found.scope.refused),
        "remarks": list(found.scope.remarks),
        "changes": [
            {
                "from": found.names[0],
                "to": found.names[pair.place],
                "inputs": [asdict(change) for change in pair.inputs],
                "findings": [{"topic": change.topic, "text": change.text} for change in findings(found, pair.place)],
            }
            for pair in found.pairs
        ],
        "investments": _rows(found.investments),
        "protections": _rows(found.protections),
        "stocks": _rows(found.stocks),
        "sourcing": _rows(found.sourcing),
        "figures": _rows(found.figures) + _rows(found.gaps),
        "cost_by_kind": _rows(found.kinds),
        "cost_by_payer": _rows(found.payers),
        "scorecard": {part: _rows(section) for part, section in found.scorecard.items()},
        "shortages": _rows(found.shortages),
        "paths": _rows(found.paths),
        "survival": _rows(found.survival),
    }


def _rows(section: Section) -> list[dict[str, Any]]:
    keys = [key for key, _ in section.keys]
    columns = list(section.frame.columns)
    values = [column for column in columns if column[0] == "p" and column[1:].isdigit()]
    changes = [column for column in columns if column[0] == "d" and column[1:].isdigit()]
    return [
        {
            **{key: row[key] for key in keys},
            "values": [row[column] for column in values],
            **({"changes": [row[column] for column in changes]} if changes else {}),
        }
        for row in section.frame.to_dict("records")
    ]
