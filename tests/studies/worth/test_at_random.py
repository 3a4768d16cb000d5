"""What planning is worth on random problems, against every choice of works tried by the second formulation."""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import product
from math import isfinite

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.studies.worth.work import work_out
from friendshore.optimizer.studies.worth.worth import Asks, Worth
from tests.examples import examples
from tests.mathematics.cases import Row, Sheets, built, importer
from tests.reference.solve import solve_reference

CLOSE = 1e-6
Choice = tuple[int, ...]


def drawn(draw: random.Random) -> Sheets:
    """Far may stop selling, at home a flood may stop the works; two works, one at home and one at a friend, may be
    built at the start, each once: near the price at which they are built or not."""
    sheets = importer(2, demand=draw.randint(8, 16), cost=draw.randint(1, 4))
    sheets["Countries"].append({"country": "Near", "bloc": "ally"})
    sheets["Lanes"].append({"from": "Near", "to": "Home", "cost": 0.5})
    sheets["Plants"] += [
        {"plant": "home", "country": "Home", "commodity": "metal", "capacity": draw.choice((0, 2)), "unit_cost": 1.5},
        {"plant": "near", "country": "Near", "commodity": "metal", "capacity": 1, "unit_cost": draw.choice((2.5, 5.5))},
    ]
    sheets["Expansions"] = [
        built(expansion=f"line {plant}", plant=plant, size=draw.randint(3, 12), capex=draw.randint(20, 300) + 0.25 * i)
        | {"max_units": 1, "latest": "y0"}
        for i, plant in enumerate(("home", "near"), 1)
    ]
    sheets["Demand"][0]["shortage_cost"] = draw.randint(15, 100)
    chances = {"stop": draw.choice((0.05, 0.2, 0.5)), "flood": draw.choice((0.05, 0.3))}
    events: dict[str, Row] = {
        "stop": {"scenario": "stop", "kind": "export", "country": "Far", "years": 1.0},
        "flood": {"scenario": "flood", "kind": "capacity", "plant": "home", "years": 1.0},
    }
    chosen = draw.choice((("stop",), ("stop", "flood")))
    sheets["Scenarios"] = [
        {"scenario": name, "probability": chances[name], "onset": "y1", "step_months": 12} for name in chosen
    ]
    sheets["Events"] = [events[name] | {"remaining": draw.choice((0, 0, 0.5))} for name in chosen]
    return sheets


def alone(sheets: Sheets, world: str) -> Sheets:
    """The problem of one path that is known to come: its scenario for certain, or none."""
    kept = {name: rows for name, rows in sheets.items() if name not in ("Scenarios", "Events")}
    if world == "base":
        return kept
    scenario = next(row for row in sheets["Scenarios"] if row["scenario"] == world)
    events = [row for row in sheets["Events"] if row["scenario"] == world]
    return kept | {"Scenarios": [scenario | {"probability": 1}], "Events": events}


def costs(sheets: Sheets) -> dict[Choice, float]:
    """The least cost with each choice of works: built by decree, which is paid for, or not on offer."""
    found = {}
    for choice in product((0, 1), repeat=len(sheets["Expansions"])):
        rows = [
            row | ({"committed": count} if count else {"max_units": 0})
            for row, count in zip(sheets["Expansions"], choice, strict=True)
        ]
        answer = solve_reference(sheets | {"Expansions": rows}).objective
        assert answer is not None
        found[choice] = answer
    return found


def holds(interval: Interval | None, value: float) -> bool:
    """Whether an amount is known, and to no more than rounding."""
    near = CLOSE * max(1.0, abs(value)) + 1e-4
    return interval is not None and interval.low - near <= value <= interval.high + near


def check(sheets: Sheets) -> Worth:
    """Every figure of the study is what trying all choices of works gives."""
    study = work_out(problem_from_sheets(sheets), Asks(gap=0.0))
    chances = {row["scenario"]: row["probability"] for row in sheets["Scenarios"]}
    chances["base"] = 1.0 - sum(chances.values())
    tree = costs(sheets)
    paths: Mapping[str, dict[Choice, float]] = {world: costs(alone(sheets, world)) for world in chances}
    best = {world: min(each.values()) for world, each in paths.items()}
    ignoring = min(paths["base"], key=lambda choice: paths["base"][choice])
    perfect = sum(chances[world] * best[world] for world in chances)
    assert holds(study.plan, min(tree.values()))
    assert holds(study.stochastic, tree[ignoring] - min(tree.values()))
    assert holds(study.perfect, perfect) and holds(study.information, min(tree.values()) - perfect)
    regrets = {choice: {world: paths[world][choice] - best[world] for world in chances} for choice in tree}
    assert holds(study.least_regret, min(max(each.values()) for each in regrets.values()))
    for one in study.regrets:
        for world, regret in one.under.items():
            assert holds(regret, min((each[world] for each in regrets.values()), key=lambda r: abs(r - mid(regret))))
    for world in chances:
        choice = min(paths[world], key=lambda each: paths[world][each])
        told = next(each for each in study.regrets if each.name == world)
        assert all(holds(told.under[other], regrets[choice][other]) for other in chances), world
    return study


def mid(interval: Interval | None) -> float:
    """The middle of what is known."""
    return 0.0 if interval is None or not isfinite(interval.low) else (interval.low + interval.high) / 2


@pytest.mark.parametrize("seed", range(examples(24)))
def test_every_figure_is_that_of_trying_all_works(seed: int) -> None:
    check(drawn(random.Random(seed)))  # noqa: S311 - a test
