"""What a scenario does, in a few words."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from friendshore.models.tables import Event
from friendshore.optimizer.page.sections.scenarios import group, happens, section, worst_sentence
from friendshore.optimizer.page.tables import PlanTables
from friendshore.optimizer.page.words import Names
from tests.reporting import plans


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ({"kind": "export", "country": "C", "remaining": 0}, "exports of C stopped for 1 year"),
        (
            {"kind": "capacity", "country": "A, B", "remaining": 0.4, "years": 0.5},
            "capacity of A and B cut to 40% for 6 months",
        ),
        ({"kind": "capacity", "plant": "mag_A", "remaining": 0.2}, "capacity of mag A cut to 20% for 1 year"),
        ({"kind": "route", "route": "strait", "remaining": 0}, "route strait closed for 1 year"),
        (
            {"kind": "demand", "country": "@coalition", "remaining": 1.25},
            "demand of the coalition raised to 125% for 1 year",
        ),
        (
            {"kind": "cost", "country": "@concern", "remaining": 2, "years": 2},
            "costs of concern countries raised to 200% for 2 years",
        ),
        (
            {"kind": "export", "country": "C", "commodity": "ore", "quota": 30},
            "exports of C (ore) at most 30 a year for 1 year",
        ),
    ],
)
def test_events(event: dict[str, object], said: str) -> None:
    tables = plans.problem().tables
    made = Event(**{"scenario": "ban", "years": 1.0, **event})  # type: ignore[arg-type]
    problem = dataclasses.replace(plans.problem(), tables=dataclasses.replace(tables, events=(made,)))
    assert happens(Names(problem), "ban") == said


def test_a_few_events_are_told_and_the_others_counted() -> None:
    tables = plans.problem().tables
    events = tuple(Event(scenario="ban", kind="capacity", country=c, years=1, remaining=0) for c in "ABC")
    problem = dataclasses.replace(plans.problem(), tables=dataclasses.replace(tables, events=events))
    assert happens(Names(problem), "ban") == (
        "capacity of A stopped for 1 year; capacity of B stopped for 1 year; and 1 more"
    )
    assert happens(Names(problem), "mine/C@2027") == "test of a promise"


def test_groups() -> None:
    names = Names(plans.problem())
    assert group(names, "each @coalition") == "each of the coalition"
    assert group(names, "*") == "all countries"
    assert group(names, "plant:mag_A, route:*") == "plant mag A and all routes"


def test_that_other_tiers_go_short_does_not_seem_to_be_said_of_the_same_place(tables: PlanTables) -> None:
    """Defence of A goes short in the ban; the general tier of B is a tier more, wherever it goes short."""
    short = tables["Shortfalls"]
    frames = {**tables.frames, "Shortfalls": pd.concat([short.assign(tier=t) for t in ("defence", "general")])}
    first, other = worst_sentence(Names(tables.problem), PlanTables(tables.problem, frames))
    assert first.startswith("Defence demand goes short")
    assert other == "Demand of 1 other tier goes short on some path too."


def test_of_thousands_of_paths_the_worst_are_told(tables: PlanTables) -> None:
    """3,000 scenarios: the base plan and those with the most damage, in the order of the tree; the page stays small."""
    one = tables["Scenarios"]
    ban = one[one["scenario"] == "ban"]
    many = [ban.assign(scenario=f"s{i}", damage=float(i % 1000)) for i in range(3000)]
    frames = {**tables.frames, "Scenarios": pd.concat([one, *many], ignore_index=True)}
    (grid,) = section(PlanTables(tables.problem, frames)).folded[0].grids
    names = [row[0].text for row in grid.rows]
    assert names[0] == "Base plan" and len(names) == 121 and "S999" in names and "S2999" in names and "S1" not in names
    numbers = [int(name[1:]) for name in names[3:]]
    assert names[1:3] == ["Ban", "Mine (Land C stops from 2027)"] and numbers == sorted(numbers)
    assert grid.note == "Told are the base plan and the 120 paths with the most damage of 3,003."
