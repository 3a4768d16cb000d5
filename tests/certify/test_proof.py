"""Bound and gap of a plan are held against its objective and against what prices prove."""

from __future__ import annotations

import dataclasses

import pytest

from friendshore.models.plan import Plan
from tests.certify.test_reported import plan
from tests.certify.trade import fails, holds


def proven(bound: float | None, dual_bound: float | None, gap: float | None) -> Plan:
    """A plan with this proof, bounds as shares of its objective."""
    good = plan()
    shares = {"bound": bound, "dual_bound": dual_bound}
    bounds = {name: None if share is None else share * good.objective for name, share in shares.items()}
    return dataclasses.replace(good, run=dataclasses.replace(good.run, gap=gap, **bounds))


@pytest.mark.parametrize(
    ("bound", "dual_bound", "gap"), [(0.9, 0.8, 0.1), (1.0, 1.0, 0.0), (0.9, None, 0.1), (None, None, None)]
)
def test_what_may_stand(bound: float | None, dual_bound: float | None, gap: float | None) -> None:
    holds(proven(bound, dual_bound, gap))


@pytest.mark.parametrize(
    ("bound", "dual_bound", "gap", "text"),
    [
        (1.01, 0.8, 0.0, "the bound is no higher than the objective"),
        (0.9, 0.95, 0.1, "the bound is no lower than what prices prove"),
        (None, 1.01, None, "the bound is no lower than what prices prove"),
        (0.9, 0.8, 0.05, "the gap is no smaller"),
        (0.9, 0.8, 0.2, "the gap is no larger"),
        (None, None, 0.1, "a gap stands on a bound"),
    ],
)
def test_what_may_not(bound: float | None, dual_bound: float | None, gap: float | None, text: str) -> None:
    fails(proven(bound, dual_bound, gap), text)
