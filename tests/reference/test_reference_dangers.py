"""The reference against answers worked out by hand: dangers, sequels, and what holds after a shock."""

from __future__ import annotations

import math

import pytest

from .cases import importer, stop, store, with_settings
from .dangers import branches
from .read import read
from .records import Problem, Row, Sheets
from .test_reference import optimum
from .tree import Tree


def chances(problem: Problem) -> dict[str, float]:
    """The probability of every path."""
    tree = Tree(problem)
    assert sum(tree.probability(name) for name in tree.paths()) == pytest.approx(1)
    return {name: tree.probability(name) for name in tree.paths()}


def dangerous(periods: int, *rows: Row) -> Sheets:
    """An importer under these rows of Scenarios, with a stop of a year on each."""
    events = [stop(0, name=str(row["scenario"]))["Events"][0] for row in rows]
    return importer(periods) | {"Scenarios": [{"step_months": 12} | row for row in rows], "Events": events}


def test_two_dangers_in_ten_years() -> None:
    """Nine years in which neither begins: (0.9 * 0.95) ** 9 = 0.2442; the more likely takes its share of the rates."""
    problem = read(dangerous(10, {"scenario": "a", "per_year": 0.1}, {"scenario": "b", "per_year": 0.05}))
    of = chances(problem)
    assert len(of) == 1 + 2 * 9
    assert of["base"] == pytest.approx((0.9 * 0.95) ** 9)
    assert of["base"] == pytest.approx(0.2442, abs=5e-5)
    rates = -math.log(0.9), -math.log(0.95)
    assert of["a@y1"] == pytest.approx(rates[0] / sum(rates) * (1 - 0.9 * 0.95))
    assert of["b@y3"] == pytest.approx((0.9 * 0.95) ** 2 * rates[1] / sum(rates) * (1 - 0.9 * 0.95))


def test_chances_by_simulation_of_days() -> None:
    """Periods of unlike lengths, spans, and a danger that may begin in the first period, against a count of days on
    each of which the dangers that may begin toss their coins."""
    rows: list[Row] = [
        {"scenario": "a", "per_year": 0.2, "onset": "y0..y1"},
        {"scenario": "b", "per_year": 0.4, "onset": "y1..y2"},
    ]
    sheets = dangerous(3, *rows)
    for period, years in zip(sheets["Periods"], (0.5, 2, 1), strict=True):
        period["years"] = years
    of = chances(read(sheets))
    left, met, days = 1.0, dict.fromkeys(of, 0.0), 2000
    for label, years, dangers in (("y0", 0.5, {"a": 0.2}), ("y1", 2, {"a": 0.2, "b": 0.4}), ("y2", 1, {"b": 0.4})):
        for _ in range(int(years * days)):
            daily = {name: 1 - (1 - chance) ** (1 / days) for name, chance in dangers.items()}
            for name, chance in daily.items():
                met[f"{name}@{label}"] += left * chance
            left *= 1 - sum(daily.values())
    met["base"] = left
    assert of == pytest.approx(met, abs=1e-3)


def test_what_a_danger_costs() -> None:
    """A stop of a year costs 1200 in place of 36; it begins in y1 with 0.2 and in y2 with 0.8 * 0.2."""
    sheets = dangerous(3, {"scenario": "a", "per_year": 0.2})
    assert optimum(sheets) == pytest.approx(108 + (0.2 + 0.16) * (1200 - 36))


def test_dangers_beside_dated_scenarios() -> None:
    """A danger takes from what dated scenarios leave of the base path, and on a dated path from what that has, after
    its onset only; each path is struck by its own dangers."""
    rows: list[Row] = [
        {"scenario": "war", "probability": 0.3, "onset": "y1"},
        {"scenario": "a", "per_year": 0.1, "parent": "base, war"},
        {"scenario": "b", "per_year": 0.2, "parent": "war"},
    ]
    of = chances(read(dangerous(3, *rows)))
    assert set(of) == {"base", "a@y1", "a@y2", "war", "a@y2/war", "b@y2/war"}
    assert of["base"] == pytest.approx(0.7 * 0.81)
    assert of["a@y2"] == pytest.approx(0.7 * 0.09)
    assert of["war"] == pytest.approx(0.3 * 0.9 * 0.8)
    tree = Tree(read(dangerous(3, *rows)))
    assert [node.name for node in tree.path("b@y2/war")] == ["base:0", "war:0", "b@y2/war:0"]
    assert len(tree.events("b@y2/war")) == 2


def test_sequels_split_what_their_parent_has() -> None:
    """A half of what follows the danger, and of that a quarter twice removed; where no period begins late enough the
    parent keeps its share."""
    rows: list[Row] = [
        {"scenario": "a", "per_year": 0.1},
        {"scenario": "k", "probability": 0.5, "onset": "+1", "parent": "a"},
        {"scenario": "j", "probability": 0.25, "onset": 2, "parent": "k"},
        {"scenario": "l", "probability": 0.25, "onset": "+1.5", "parent": "a"},
    ]
    of = chances(read(dangerous(5, *rows)))
    assert of["k@y2/a@y1"] == pytest.approx(0.1 * 0.5 * 0.75)
    assert of["j@y4/k@y2/a@y1"] == pytest.approx(0.1 * 0.5 * 0.25)
    assert of["l@y3/a@y1"] == pytest.approx(0.1 * 0.25)
    assert of["a@y1"] == pytest.approx(0.1 * 0.25)
    assert of["k@y3/a@y2"] == pytest.approx(0.09 * 0.5)
    assert of["a@y3"] == pytest.approx(0.081 * 0.5)
    assert of["a@y4"] == pytest.approx(0.0729)
    assert not any(name.startswith("k@y5") for name in of)


def test_a_danger_that_never_comes() -> None:
    """Chance 0 gives a branch from every onset, without weight: it binds through a rule on it alone."""
    sheets = dangerous(4, {"scenario": "a", "per_year": 0})
    sheets["Stockpiles"] = [store(final_min=0, holding_cost=1)]
    assert {name for name, p in chances(read(sheets)).items() if p == 0} == {"a@y1", "a@y2", "a@y3"}
    assert optimum(sheets) == pytest.approx(4 * 36)
    rule: Row = {"policy": "stand", "kind": "max_shortage", "limit": 0.5, "scenario": "a"}
    sheets["Policies"] = [rule]
    assert optimum(sheets) == pytest.approx(4 * 36 + 3 * 6)
    sheets["Policies"] = [rule | {"scenario": "a@y1"}]
    assert optimum(sheets) == pytest.approx(4 * 36 + 6)


def test_order_of_rows_does_not_matter() -> None:
    """A danger, its sequel and a dated scenario in any order stand for the same branches."""
    rows: list[Row] = [
        {"scenario": "k", "probability": 0.5, "onset": "+1", "parent": "a"},
        {"scenario": "a", "per_year": 0.1, "parent": "war, base"},
        {"scenario": "war", "probability": 0.3, "onset": "y1"},
    ]
    problem = read(importer(4))
    assert branches(problem, rows, {}) == branches(problem, rows[::-1], {})


@pytest.mark.parametrize(("hold", "mode", "extra"), [(0.5, "rejoin", 1.2), (2, "rejoin", 2.4), (0.5, "free", 0)])
def test_after_a_shock(hold: float, mode: str, extra: float) -> None:
    """The base path keeps 2.4 in stock. A stop in y1 is over at 2; a year later, from y3 on, the branch holds as much
    too (what it buys then it uses in y4), or pays the price of 1 for what it lacks, whichever costs less."""
    sheets = with_settings(importer(5) | stop(0.25), after_shock=mode)
    sheets["Stockpiles"] = [store(final_min=0, holding_cost=hold, max_level=2.4)]
    sheets["Policies"] = [{"policy": "cover", "kind": "stock_cover", "limit": 73}]
    base = 5 * 36 + 2.4 * 3 + 5 * hold * 2.4
    branch = 36 + 2.4 * (3 + hold) + 960 + 3 * 36 + extra
    assert optimum(sheets) == pytest.approx(0.75 * base + 0.25 * branch)
    unpriced = sheets | {"Commodities": [{"commodity": "metal", "unit": "t"}]}
    assert optimum(unpriced) == pytest.approx(0.75 * base + 0.25 * (branch - extra))


@pytest.mark.parametrize(("wait", "years"), [(1, 1), (0, 2), (5, 0)])
def test_least_use_in_normal_times(wait: float, years: int) -> None:
    """Works that must run at 80% make 16 of which 12 are wanted: on the base path always, on a branch from
    rejoin_years after the stop on."""
    sheets = with_settings(importer(4) | stop(0.5), rejoin_years=wait)
    sheets["Plants"][0]["min_use"] = 0.8
    branch = 44 + 1200 + 2 * 36 + years * (44 - 36)
    assert optimum(sheets) == pytest.approx(0.5 * 4 * 44 + 0.5 * branch)


def test_dearer_production_does_not_end_normal_times() -> None:
    """After nothing but a rise in cost the least use holds all through the branch."""
    sheets = importer(2) | stop(0.5)
    sheets["Plants"][0]["min_use"] = 0.8
    sheets["Events"] = [{"scenario": "stop", "kind": "cost", "years": 1, "remaining": 2}]
    assert optimum(sheets) == pytest.approx(44 + 0.5 * 44 + 0.5 * (16 * 4 + 12))
    sheets["Events"].append({"scenario": "stop", "kind": "demand", "years": 1, "remaining": 1})
    assert optimum(sheets) == pytest.approx(44 + 0.5 * 44 + 0.5 * (12 * 4 + 12))
