"""Where a plan stands in a clause: value, violation, slope, and whether it binds, as told on the scorecard."""

from __future__ import annotations

from math import sqrt

import pytest

from friendshore.models.clauses.clause import Denominator, Standing
from friendshore.models.clauses.cone import ConeClause, Supplied
from friendshore.models.clauses.linear import LinearClause
from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.node.link import ExpressionKey
from tests.mathematics.cases import about, importer, under


def linear(kind: str, numerator: float, denominator: float) -> Standing:
    """Where these two stand against a limit of one half."""
    problem = problem_from_sheets(under(importer(), kind=kind, limit=0.5, suppliers="Far"))
    return LinearClause(policy=problem.tables.policies[0], label="rule", weights={}).standing(
        "here", numerator, denominator
    )


@pytest.mark.parametrize(
    ("numerator", "denominator", "violation", "binding"),
    [
        (1, 4, 0, False),
        (2, 4, 0, True),
        (3, 4, 1, False),
        (0.25, 0.5 - 1e-6, 5e-7, True),
        (0.25, 0.5 - 4e-6, 2e-6, False),
        (2e6, 4e6 - 2, 1, True),
        (2e6, 4e6 - 8, 4, False),
        (2e6, 4e6 - 0.02, 0, True),
    ],
)
def test_a_share_against_its_limit(numerator: float, denominator: float, violation: float, binding: bool) -> None:
    """A half of the denominator against the numerator. It binds within a millionth of the numerator, or of 1 where that
    is less: 5e-7 beside 0.25, 1 beside two million, 2 being allowed; what a solver leaves, 1e-8 of it, is no
    violation: 0.01 of 0.02."""
    standing = linear("max_share", numerator, denominator)
    assert standing.value == about(numerator / denominator)
    assert standing.violation == pytest.approx(violation, rel=1e-6, abs=1e-12)
    assert standing.binding is binding
    assert standing.slope == denominator


def test_a_floor_is_violated_from_below() -> None:
    """1 of 4 lacks 1 to the half, 3 of 4 lacks nothing."""
    assert linear("min_share", 1, 4).violation == about(1)
    assert linear("min_share", 3, 4).violation == 0


def test_a_share_of_nothing_has_no_value() -> None:
    """Nothing of nothing: no value, no violation, and it does not bind."""
    standing = linear("max_share", 0, 0)
    assert (standing.value, standing.violation, standing.binding) == (None, 0, False)


@pytest.mark.parametrize(
    ("size", "over", "violation", "binding"),
    [
        (1, 0, 0, True),
        (1, -1, 0, False),
        (0.1, 6e-5, 6e-5, True),
        (0.1, 2e-4, 2e-4, False),
        (1000, 0.4, 0.4, True),
        (1000, 0.6, 0.6, False),
    ],
)
def test_a_cone_against_its_limit(size: float, over: float, violation: float, binding: bool) -> None:
    """Deliveries of 3 and 4 times the size are 5 times it long, against √½ · T: T is chosen so that they are longer by
    ``over``. The cone binds within a ten-thousandth of their length, or of 1 where that is less: 6e-5 beside 0.5, 0.4
    beside 5000, 0.5 being allowed. A limit larger by a unit adds T/(2·√½) to √limit · T."""
    problem = problem_from_sheets(under(importer(), kind="max_hhi", limit=0.5))
    model_data = build_model_data(problem)
    taken = (5 * size - over) * sqrt(2)
    values: dict[ExpressionKey, float] = {
        Supplied("rule", "Far"): 3 * size,
        Supplied("rule", "Near"): 4 * size,
        Denominator("rule"): taken,
    }
    cone = ConeClause(policy=problem.tables.policies[0], label="rule", nodes={"here": 0}, suppliers=("Far", "Near"))
    (standing,) = cone.standings(lambda _, key: values[key], model_data.sets, model_data.tree)
    assert standing.value == about((5 * size / taken) ** 2)
    assert standing.violation == pytest.approx(violation, rel=1e-6, abs=1e-12)
    assert standing.binding is binding
    assert standing.slope == about(taken / sqrt(2))
