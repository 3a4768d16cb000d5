"""The reference against answers worked out by hand: plan, time, stock and risk."""

from __future__ import annotations

from itertools import product

import pytest

from .cases import dantzig, evenly, importer, island, stock_or_stop, stop, with_settings
from .read import read
from .records import Event, Row, Sheets
from .solve import solve_reference
from .tree import Tree, mean


def optimum(sheets: Sheets) -> float:
    """The objective of a problem that has an optimum."""
    result = solve_reference(sheets)
    assert result.status == "optimal" and result.objective is not None
    return result.objective


def test_dantzig() -> None:
    """The textbook transport problem comes out at 153.675; a wrong balance of supply or use would miss it."""
    result = solve_reference(dantzig())
    assert result.objective == pytest.approx(153.675)
    assert result.expected_cost == pytest.approx(153.675)
    assert result.cvar == pytest.approx(153.675)


@pytest.mark.parametrize(("probability", "stocked"), [(0.25, True), (0.01, False)])
def test_stock_against_one_stop(probability: float, stocked: bool) -> None:
    """A stock pays iff p (s - c) > h; with c in the wrong node, or holding not charged, the switch moves."""
    hold, short, buy, demand = 1.0, 23.0, 3.0, 12.0
    assert (probability * (short - buy) > hold) == stocked
    sheets = stock_or_stop({1.0: probability}, hold, short)
    without = demand * ((1 - probability) * buy + probability * short)
    assert optimum(sheets) == pytest.approx(demand * (buy + hold) if stocked else without)


@pytest.mark.parametrize("hold", [0.5, 1.5, 3.0, 7.0])
def test_stock_against_stops_of_several_lengths(hold: float) -> None:
    """The best level is the largest loss q with P(loss >= q)(s - c) > h: the newsvendor, seen in quarters."""
    short, buy, demand = 23.0, 3.0, 12.0
    durations = {0.25: 0.1, 0.5: 0.1, 1.0: 0.1}
    result = solve_reference(stock_or_stop(durations, hold, short, step=3))
    best = 0.0
    for years in durations:
        reached = sum(p for longer, p in durations.items() if longer >= years)
        if reached * (short - buy) > hold:
            best = max(best, years * demand)
    assert result.values["stock|base:0|store"] == pytest.approx(best)


@pytest.mark.parametrize(("alpha", "risk"), [(0.0, 0.5), (0.9, 0.0)])
def test_no_weight_on_the_tail_is_the_expectation(alpha: float, risk: float) -> None:
    """CVaR at alpha 0, and any CVaR at lambda 0, leave the expected cost; a tail cut wrongly would show."""
    sheets = stock_or_stop({1.0: 0.25}, 1.0, 23.0)
    assert optimum(with_settings(sheets, cvar_alpha=alpha, risk_aversion=risk)) == pytest.approx(optimum(sheets))


def test_risk_aversion_without_risk() -> None:
    """With one path lambda does not matter."""
    assert optimum(with_settings(dantzig(), risk_aversion=0.75)) == pytest.approx(153.675)


def test_tail_of_two_paths() -> None:
    """p = 0.25, alpha = 0.5: CVaR is the mean of the worst half, so it doubles the weight of the bad path."""
    sheets = with_settings(importer(2) | stop(0.25), risk_aversion=0.5, cvar_alpha=0.5)
    good, bad = 12 * 3 * 2, 12 * 3 + 12 * 100
    expected, tail = 0.75 * good + 0.25 * bad, 0.5 * good + 0.5 * bad
    result = solve_reference(sheets)
    assert result.expected_cost == pytest.approx(expected)
    assert result.cvar == pytest.approx(tail)
    assert result.objective == pytest.approx((expected + tail) / 2)


def facilities() -> tuple[Sheets, list[float], list[list[float]]]:
    """Three candidate sites, four customers of demand 5, whole cost of serving each from each."""
    opening = [40.0, 55.0, 30.0]
    serving = [[10.0, 25.0, 40.0, 30.0], [30.0, 5.0, 15.0, 20.0], [45.0, 30.0, 5.0, 35.0]]
    sites, customers = ["S0", "S1", "S2"], ["C0", "C1", "C2", "C3"]
    sheets: Sheets = {
        "Settings": [{"setting": "discount_rate", "value": 0}],
        "Periods": [{"period": 1}],
        "Countries": [{"country": name, "bloc": "ally"} for name in sites + customers],
        "Commodities": [{"commodity": "good", "unit": "t"}],
        "Plants": [
            {"plant": f"plant {s}", "country": s, "commodity": "good", "capacity": 0, "unit_cost": 0} for s in sites
        ],
        "Expansions": [
            {"expansion": f"open {s}", "plant": f"plant {s}", "size": 20, "capex": opening[i]}
            for i, s in enumerate(sites)
        ],
        "Demand": [{"country": c, "commodity": "good", "shortage_cost": 1000, "per_year": 5} for c in customers],
        "Lanes": [
            {"from": s, "to": c, "cost": serving[i][j] / 5}
            for i, s in enumerate(sites)
            for j, c in enumerate(customers)
        ],
    }
    return sheets, opening, serving


def test_facility_location() -> None:
    """Open sites by brute force over all subsets; fractional units or unpaid capex would come out cheaper."""
    sheets, opening, serving = facilities()
    best = min(
        sum(cost for cost, is_open in zip(opening, choice, strict=True) if is_open)
        + sum(min(serving[i][j] for i in range(3) if choice[i]) for j in range(4))
        for choice in product((0, 1), repeat=3)
        if any(choice)
    )
    assert optimum(sheets) == pytest.approx(best)


def enumerated(rate: float) -> float:
    """Two kinds of units, each in two years, by brute force: a stop of the old works in year 2 with p = 0.4."""
    growth = 1 / (1 + rate)
    best = float("inf")
    for a0, a1, b0, b1 in product(range(4), repeat=4):
        if a0 + a1 > 3 or b0 + b1 > 2:
            continue
        spent = 30 * (a0 + growth * a1) + 55 * (b0 + growth * b1)  # no end of life: paid in full
        # `mill` serves at once, `lode` after a year; old works: 4 a year at cost 6
        years = [[(3 * a0, 1.0), (4, 6.0)], [(7 * b0, 0.5), (3 * (a0 + a1), 1.0), (4, 6.0)]]
        years.append(years[1][:-1])
        costs = []
        for sources in years:
            left, cost = 12.0, 0.0
            for most, unit_cost in sources:
                used = min(left, most)
                left, cost = left - used, cost + used * unit_cost
            costs.append(cost + 20.0 * left)
        later = 0.6 * costs[1] + 0.4 * costs[2]
        best = min(best, spent + evenly(rate) * costs[0] + evenly(rate, 1) * later)
    return best


@pytest.mark.parametrize("rate", [0.0, 0.25])
def test_units_by_enumeration(rate: float) -> None:
    """All 4^4 choices of whole units; lead, sharing of units by branches and discounting all enter."""
    sheets = with_settings(island(2, 12, 4, 6), discount_rate=rate)
    sheets["Demand"] = [{"country": "Home", "commodity": "metal", "shortage_cost": 20, "per_year": 12}]
    sheets["Plants"] += [
        {"plant": "mill", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 1},
        {"plant": "lode", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 0.5},
    ]
    sheets["Expansions"] = [
        {"expansion": "more mill", "plant": "mill", "size": 3, "capex": 30, "max_units": 3},
        {"expansion": "more lode", "plant": "lode", "size": 7, "capex": 55, "max_units": 2, "lead_years": 1},
    ]
    sheets["Scenarios"] = [{"scenario": "fire", "probability": 0.4, "onset": "y1", "step_months": 12}]
    sheets["Events"] = [{"scenario": "fire", "kind": "capacity", "plant": "works", "years": 1, "remaining": 0}]
    assert optimum(sheets) == pytest.approx(enumerated(rate))


@pytest.mark.parametrize(("rate", "part"), [(0.0, 0.4), (0.05, (1 - 1.05**-8) / (1 - 1.05**-20))])
def test_share_of_life_paid(rate: float, part: float) -> None:
    """Life 20, lead 2, decided at 0, H = 10: 8 of 20 years are paid, and with steps of 2 years the unit serves the
    last 8 of 10; in one step of ten it never serves, so it is not offered."""
    sheets = with_settings(island(1, 10, 0, 0), discount_rate=rate)
    sheets["Periods"] = [{"period": "decade", "years": 10, "steps": 5}]
    unit: Row = {"expansion": "new", "plant": "works", "size": 10, "capex": 100, "lead_years": 2, "life_years": 20}
    sheets["Expansions"] = [unit | {"fixed_cost": 3}]
    assert optimum(sheets) == pytest.approx(100 * part + 3 * evenly(rate, 2, 8) + 1000 * evenly(rate, 0, 2))
    sheets["Periods"][0]["steps"] = 1
    assert solve_reference(sheets).units == {}
    assert optimum(sheets) == pytest.approx(1000 * evenly(rate, 0, 10))


def branch_sheets(mode: str, probability: float, onset: str = "y1") -> Sheets:
    """Works that stop for two of three years on a branch; a spare unit of 10 costs 900 and takes a year."""
    sheets = with_settings(island(3, 10, 10, 0), branch_investment=mode)
    sheets["Demand"][0]["shortage_cost"] = 60
    sheets["Plants"].append({"plant": "spare", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 0})
    sheets["Expansions"] = [{"expansion": "new", "plant": "spare", "size": 10, "capex": 900, "lead_years": 1}]
    sheets["Scenarios"] = [{"scenario": "fire", "probability": probability, "onset": onset, "step_months": 12}]
    sheets["Events"] = [{"scenario": "fire", "kind": "capacity", "plant": "works", "years": 2, "remaining": 0}]
    return sheets


def test_plans_of_a_branch() -> None:
    """A branch that decides anew builds after the onset (600 short for a year, then 0, capex 900 > 600: it does
    not; capex 300: it does); one that follows its parent's plan pays for the unit on both paths or not at all."""
    for capex, free in ((900, 0.25 * 1200), (300, 0.25 * (600 + 300))):
        for mode, answer in (("plan", min(0.25 * 1200, capex)), ("integer", min(free, capex))):
            sheets = branch_sheets(mode, 0.25)
            sheets["Expansions"][0]["capex"] = capex
            assert optimum(sheets) == pytest.approx(answer), (capex, mode)


def test_fractions_on_branches() -> None:
    """`continuous` takes 2/3 of a unit of 15 on the branch, `integer` the whole unit; on the trunk it is whole."""
    for mode, paid in (("continuous", 200.0), ("integer", 300.0)):
        sheets = branch_sheets(mode, 0.25)
        sheets["Expansions"][0] |= {"capex": 300, "size": 15}
        assert optimum(sheets) == pytest.approx(0.25 * (600 + paid)), mode


def test_stress_test_has_no_decisions_of_its_own() -> None:
    """At probability 0 no unit is built whatever the mode, unless a policy on the stress test asks the plan for it."""
    sheets = branch_sheets("integer", 0.0)
    assert optimum(sheets) == pytest.approx(0)
    sheets["Policies"] = [{"policy": "stand", "kind": "max_shortage", "limit": 0, "scenario": "fire"}]
    assert optimum(sheets) == pytest.approx(900)
    assert solve_reference(sheets).units["base", 0.0, "new"] == pytest.approx(1)
    sheets["Expansions"][0]["lead_years"] = 0  # now the branch could build in time, if it were free to
    assert optimum(sheets) == pytest.approx(900)


def test_first_decisions_stand_on_every_path() -> None:
    """A unit of the first node is paid on a branch that leaves in the first period too, wanted there or not;
    one that the branch decides at its own first node is paid on the branch alone."""
    sheets = branch_sheets("integer", 0.5, "y0")
    sheets["Expansions"][0] |= {"lead_years": 0, "capex": 100, "latest": "y0"}
    assert optimum(sheets) == pytest.approx(50)
    sheets["Plants"][0]["capacity"] = 0  # now the base path is the one in need, and nothing is wanted on the branch
    sheets["Events"] = [{"scenario": "fire", "kind": "demand", "years": 3, "remaining": 0}]
    assert optimum(sheets) == pytest.approx(100)


def test_capex_is_discounted_from_its_decision() -> None:
    """100 spent after a year at 25% are 80; the shortage of that first year costs as it runs."""
    sheets = with_settings(island(2, 10, 0, 0), discount_rate=0.25)
    sheets["Expansions"] = [{"expansion": "new", "plant": "works", "size": 10, "capex": 100, "earliest": "y1"}]
    assert optimum(sheets) == pytest.approx(1000 * evenly(0.25) + 80)


def test_means_are_exact_integrals() -> None:
    """The mean of a shape with a ramp agrees with a fine sum, in nodes that cut it anywhere."""
    event = Event("capacity", 0.3, 0.5, 0.25, recovery=0.7)
    for start, end in ((0.0, 1.0), (1.0, 1.25), (1.5, 3.0), (1.9, 2.1), (4.0, 5.0)):
        points = [start + (end - start) * (i + 0.5) / 20000 for i in range(20000)]
        heights = []
        for t in (point - 1.0 for point in points):
            ramp = 0.25 + 0.75 * (t - 0.8) / 0.7
            heights.append(1.0 if t < 0.3 or t >= 1.5 else 0.25 if t < 0.8 else ramp)
        assert mean(event, 1.0, start, end) == pytest.approx(sum(heights) / 20000, abs=1e-4)


def test_nodes_of_a_branch() -> None:
    """Only periods that meet an event, inherited ones included, are cut; an event that ends where one starts
    does not meet it; a child leaves its parent's nodes, not the base path's."""
    sheets = importer(3) | {
        "Scenarios": [
            {"scenario": "one", "probability": 0.25, "onset": "y0", "step_months": 6},
            {"scenario": "two", "probability": 0.25, "onset": "y1", "parent": "one"},
        ],
        "Events": [
            {"scenario": "one", "kind": "export", "years": 0.5, "remaining": 0, "recovery_years": 1.5},
            {"scenario": "two", "kind": "demand", "start_years": 1.75, "years": 1, "remaining": 2},
        ],
    }
    tree = Tree(read(sheets))
    assert [len(tree.own[name]) for name in ("base", "one", "two")] == [3, 2 + 2 + 1, 4 + 4]
    assert [node.name for node in tree.path("two")][:3] == ["one:0", "one:1", "two:0"]
    assert tree.nodes["two:0"].previous == "one:1"
    assert tree.probability("base") == pytest.approx(0.5)
