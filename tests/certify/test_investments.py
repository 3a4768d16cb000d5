"""Investments: windows, lead, whole units, max_units, requires, and which decisions a path carries."""

from __future__ import annotations

import dataclasses
from math import inf

import pandas as pd
import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.certify import certify
from tests.certify.drafts import COLUMNS, draft
from tests.certify.trade import BASE, STOP, at, fails, holds, mine, right, together, trade, works


def expansion(**cells: object) -> dict[str, object]:
    return {"expansion": "kiln", "plant": "works", "size": 1, "capex": 10, "max_units": 3} | cells


def plan(*decided: tuple[str, str, float], settings: str = "plan", **cells: object) -> Plan:
    """The right plan with units decided; nothing of it needs them."""
    sheets = trade(
        Expansions=[expansion(**cells), expansion(expansion="gate", plant="mine")],
        Settings=[{"setting": "discount_rate", "value": 0}, {"setting": "branch_investment", "value": settings}],
    )
    return right(sheets, investments=list(decided))


def test_new_capacity_serves_after_its_lead() -> None:
    """One kiln decided at once makes the fifth tonne in the second year, not in the first, when its lead is 1.

    With a lead of 1.25 it would serve three quarters of the second year, which is never: it is not to be decided.
    """
    plants = [works(capacity=4), mine()]
    rows = together(at("base/y1/1", 10, 4), BASE, STOP)
    rows = {name: [row for i, row in enumerate(part) if i < 2 or row[0] != "base/y1/1"] for name, part in rows.items()}
    rows["shortages"] = [("base/y1/1", 0, 0.0), ("stop/y2/1", 0, 3.5)]
    late = trade(Plants=plants, Expansions=[expansion(lead_years=1)])
    holds(draft(late, **rows, investments=[("base/y1/1", "kiln", 1)]))
    fails(draft(late, **rows), "capacity of works", "y2/")
    longer = trade(Plants=plants, Expansions=[expansion(lead_years=1.25)])
    fails(
        draft(longer, **rows, investments=[("base/y1/1", "kiln", 1)]), "lead time of kiln at base/y1/1", "never serve"
    )


def test_capacity_ends_with_its_life() -> None:
    """A life of one year ends with the first; of two it stands through the second."""
    sheets = trade(Plants=[works(capacity=4), mine()])
    kiln = [("base/y1/1", "kiln", 1)]
    holds(right(sheets | {"Expansions": [expansion(life_years=2)]}, investments=kiln))
    fails(right(sheets | {"Expansions": [expansion(life_years=1)]}, investments=kiln), "capacity of works", "y2/")


def test_decision_window() -> None:
    """Decided in a period before `earliest` or after `latest`, units count as violation."""
    holds(plan(("base/y2/1", "kiln", 1), earliest="y2"))
    fails(plan(("base/y1/1", "kiln", 1), earliest="y2"), "decision window of kiln at base/y1/1")
    fails(plan(("base/y2/1", "kiln", 1), latest="y1"), "decision window of kiln at base/y2/1")


def test_what_could_never_serve_is_not_offered() -> None:
    """A lead of 1 leaves a whole year for a decision in the first, nothing for one in the second; 1.5 half a year."""
    holds(plan(("base/y1/1", "kiln", 1), lead_years=1))
    fails(plan(("base/y2/1", "kiln", 1), lead_years=1), "lead time of kiln at base/y2/1")
    fails(plan(("base/y1/1", "kiln", 1), lead_years=1.5), "lead time of kiln at base/y1/1")
    fails(plan(("base/y1/1", "kiln", 1), lead_years=2), "lead time of kiln at base/y1/1")


def test_units_are_whole_or_not() -> None:
    """Half a unit only where `integer` is no, or on a branch that invests in shares."""
    fails(plan(("base/y1/1", "kiln", 0.5)), "whole units of kiln at base/y1/1")
    holds(plan(("base/y1/1", "kiln", 0.5), integer="no"))
    holds(plan(("stop/y2/1", "kiln", 0.5), settings="continuous"))
    fails(plan(("stop/y2/1", "kiln", 0.5), settings="integer"), "whole units of kiln at stop/y2/1")
    fails(plan(("base/y1/1", "kiln", -1)), "units of kiln at base/y1/1 below zero")


def test_max_units_of_a_path() -> None:
    """Two at once and one in the second year are the three allowed; one more is not. A branch that decides anew
    counts what was decided before its onset, not what its parent decides after it."""
    both = [("base/y1/1", "kiln", 2), ("base/y2/1", "kiln", 1)]
    holds(plan(*both))
    fails(plan(*both, max_units=2), "max_units of kiln on the path of base")
    anew = ("stop/y2/2", "kiln", 1)
    holds(plan(*both, anew, settings="integer"))
    again = plan(*both, anew, ("stop/y2/1", "kiln", 1), settings="integer")
    fails(again, "max_units of kiln on the path of stop", "(by 1)")


def test_requires_compares_what_was_decided_by_then() -> None:
    """A gate first or at once; a gate a year later is too late, and on a branch the base's does not count."""
    kiln = ("base/y1/1", "kiln", 1)
    holds(plan(kiln, ("base/y1/1", "gate", 1), requires="gate"))
    holds(plan(("base/y1/1", "gate", 1), ("base/y2/1", "kiln", 1), requires="gate"))
    fails(plan(kiln, ("base/y2/1", "gate", 1), requires="gate"), "kiln requires gate on the path of base at year 0")
    branch = [("stop/y2/1", "kiln", 1), ("base/y2/1", "gate", 1)]
    fails(plan(*branch, requires="gate", settings="integer"), "kiln requires gate on the path of stop at year 1")
    holds(plan(*branch, ("stop/y2/1", "gate", 1), requires="gate", settings="integer"))


def test_here_and_now_stands_on_a_path_that_leaves_at_once() -> None:
    """On a path whose onset is the first period and that invests anew, the units of the first base node stand (5 of
    4 + 1 are made), those of the second do not."""
    rows = together(BASE, at("stop/y1/1", 0, 2.5, 3.5), at("stop/y1/2", 4.375, 2.5), at("stop/y2/1", 8.75, 5))
    sheets = trade(
        Plants=[works(capacity=4), mine()],
        Expansions=[expansion()],
        Settings=[{"setting": "discount_rate", "value": 0}, {"setting": "branch_investment", "value": "integer"}],
        Scenarios=[{"scenario": "stop", "probability": 0.25, "onset": "y1", "step_months": 6}],
    )
    holds(draft(sheets, **rows, investments=[("base/y1/1", "kiln", 1)]))
    late = [("base/y2/1", "kiln", 1)]
    certificate = certify(draft(sheets, **rows, investments=late))
    assert "capacity of works" in certificate.worst
    sheets["Plants"] = [works(capacity=4, from_period="y2"), works(plant="old", capacity=5, to_period="y1"), mine()]
    rows["production"] = [
        (node, "old" if plant == "works" and "y1" in node else plant, amount)
        for node, plant, amount in rows["production"]
    ]
    fails(draft(sheets, **rows, investments=late), "capacity of works at stop/y2/1", "(by 1)")


@pytest.mark.parametrize("probability", [0.25, 0])
def test_a_branch_that_follows_the_plan_decides_nothing(probability: float) -> None:
    """With `plan`, and on a branch of probability 0 always, a row of its own is refused."""
    setting = "plan" if probability else "integer"
    sheets = trade(
        Expansions=[expansion()],
        Settings=[{"setting": "discount_rate", "value": 0}, {"setting": "branch_investment", "value": setting}],
        Scenarios=[{"scenario": "stop", "probability": probability, "onset": "y2", "step_months": 6}],
    )
    good = right(sheets)
    holds(good)
    row = pd.DataFrame([("stop", "y2", 1, "kiln", 1.0)], columns=list(COLUMNS["investments"]))
    certificate = certify(dataclasses.replace(good, investments=row))
    assert certificate.max_violation == inf and "stop builds what base builds" in certificate.worst
