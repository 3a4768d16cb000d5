"""Second-order cones of max_hhi: where a plan stands in one, and when it counts as met."""

from __future__ import annotations

from friendshore.models.rules import Clause
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray

CONE_TOLERANCE = 1e-5
"""A cone is met while ΣX² ≤ (limit + this)·T²."""


def cone_point(assembled: Assembled, expressions: FloatArray, clause: Clause, name: str) -> tuple[FloatArray, float]:
    """X, deliveries by supplier in the order of the clause, and T, at the node of a row of a cone."""
    ((node, _),) = clause.rows[name].items()
    places = [assembled.expression_place["supplied", clause.label, k] for k in clause.suppliers]
    return expressions[node, places], float(expressions[node, assembled.expression_place["denominator", clause.label]])
