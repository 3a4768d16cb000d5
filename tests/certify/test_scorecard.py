"""Lines of the scorecard are held against where the policies were found to stand."""

from __future__ import annotations

import dataclasses
import random
from typing import Any

import pytest

from benchmarks.trust.planted_faults import missed, missed_of_every_kind
from friendshore.models.plan import Plan
from friendshore.optimizer.certify import certify
from tests.certify.drafts import changed
from tests.mathematics.cases import island, plan_of, under


def plan(**rule: Any) -> Plan:
    """Works of 5 for 10 a year: half is short."""
    solved = plan_of(under(island(2, capacity=5), **rule))
    assert certify(solved).holds()
    return solved


@pytest.mark.parametrize(
    ("rule", "value", "violation"),
    [
        ({"kind": "max_shortage", "limit": 0.6}, 0.5, 0.0),
        ({"kind": "max_shortage", "limit": 0.1, "penalty": 1}, 0.5, 4.0),
        ({"kind": "max_emissions", "limit": 7}, 0.0, 0.0),
    ],
)
def test_each_figure_of_a_line(rule: dict[str, Any], value: float, violation: float) -> None:
    """The right line passes; limit, value and violation each a tenth higher do not, nor does a value left out."""
    good = plan(**rule)
    (line,) = good.policies
    assert line.value == pytest.approx(value)
    assert line.violation == pytest.approx(violation)
    for name in ("limit", "value", "violation"):
        wrong = dataclasses.replace(line, **{name: vars(line)[name] + 0.1})
        certificate = certify(dataclasses.replace(good, policies=(wrong,)))
        assert not certificate.holds()
        assert f"reported {name}" in " ".join(certificate.failures)
    assert not certify(dataclasses.replace(good, policies=(dataclasses.replace(line, value=None),))).holds()
    assert not certify(dataclasses.replace(good, policies=(line, line))).holds()


def test_costs_of_a_node_in_another_period() -> None:
    """What a path pays adds up all the same; the nodes do not."""
    good = plan(kind="max_shortage", limit=0.6)
    first, second = sorted(set(good.nodes["period"]))
    paid = good.costs.set_index(["period", "kind"])["discounted"]
    moved = changed(good, "costs", "discounted", paid[first, "shortage"] + 1, period=first, kind="shortage")
    moved = changed(moved, "costs", "discounted", paid[second, "shortage"] - 1, period=second, kind="shortage")
    assert "reported shortage discounted cost" in " ".join(certify(moved).failures)
    wrong = changed(good, "costs", "cost", 1.0, period=first, kind="shortage")
    assert "reported shortage cost at" in " ".join(certify(wrong).failures)


def test_planted_faults() -> None:
    """The short form of ``python -m benchmarks.trust.planted_faults``."""
    planted = list(missed(plan(kind="max_shortage", limit=0.6), 40, random.Random(1)))  # noqa: S311 - not for secrets
    assert len(planted) == 40
    assert [where for where, passes in planted if passes] == []


def test_planted_faults_of_every_kind() -> None:
    """One in each column of each table, each figure and each line: the short form of ``--larger``."""
    planted = list(missed_of_every_kind(plan(kind="max_shortage", limit=0.6), 1, random.Random(2)))  # noqa: S311
    kinds = {where.split(":")[0].split(" ")[0] for where, _ in planted}
    assert {"nodes", "sourcing", "production", "shortages", "costs", "paths", "objective", "scorecard"} <= kinds
    assert [where for where, passes in planted if passes] == []


@pytest.mark.parametrize(("value", "holds"), [(0.5, True), (1.0, True), (-0.5, False), (1.5, False)])
def test_a_share_of_nothing_is_a_share(value: float, holds: bool) -> None:
    """Where nothing is taken rounding may be all that a share is of; below 0 or above 1 it cannot be."""
    (line,) = (good := plan_of(under(island(2, demand=0), kind="max_share", suppliers="Home", limit=1.0))).policies
    assert certify(dataclasses.replace(good, policies=(dataclasses.replace(line, value=value),))).holds() is holds
