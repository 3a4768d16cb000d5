"""Published small problems whose optima are known, written as workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from tests.mathematics.cases import Row, Sheets, about, optimum, plan_of, quantity, short, units


def one_period(**sheets: list[Row]) -> Sheets:
    """One year, nothing discounted."""
    settings = [{"setting": "discount_rate", "value": 0}, {"setting": "mip_gap", "value": 0}]
    return {"Settings": settings, "Periods": [{"period": "now", "years": 1}]} | sheets


def transport(
    supply: Mapping[str, float], demand: Mapping[str, float], cost: Mapping[tuple[str, str], float]
) -> Sheets:
    """Makers and buyers, and lanes between them."""
    return one_period(
        Countries=[{"country": name, "bloc": "ally"} for name in (*supply, *demand)],
        Commodities=[{"commodity": "goods", "unit": "case"}],
        Plants=[
            {"plant": f"{k} plant", "country": k, "commodity": "goods", "capacity": most, "unit_cost": 0}
            for k, most in supply.items()
        ],
        Demand=[
            {"country": r, "commodity": "goods", "shortage_cost": 10_000, "per_year": wanted}
            for r, wanted in demand.items()
        ],
        Lanes=[{"from": k, "to": r, "cost": price} for (k, r), price in cost.items()],
    )


def test_dantzig() -> None:
    """The transport problem of Dantzig (1963), Linear Programming and Extensions, chapter 3.3, as in the GAMS library
    (trnsport): 90 a case and thousand miles, optimum 153.675."""
    miles = {
        ("Seattle", "New York"): 2.5,
        ("Seattle", "Chicago"): 1.7,
        ("Seattle", "Topeka"): 1.8,
        ("San Diego", "New York"): 2.5,
        ("San Diego", "Chicago"): 1.8,
        ("San Diego", "Topeka"): 1.4,
    }
    cost = {lane: 90 * far / 1000 for lane, far in miles.items()}
    sheets = transport({"Seattle": 350, "San Diego": 600}, {"New York": 325, "Chicago": 300, "Topeka": 275}, cost)
    assert optimum(sheets) == about(153.675)


def test_capacitated_facility_location() -> None:
    """Five customers and three sites of 500 at a fixed cost of 1000 each: Kubo, Pedroso, Muramatsu & Rais (2012),
    Mathematical Optimization: Solving Problems using Gurobi and Python, section 2.1; optimum 5610, sites 2 and 3.

    A unit in part instead of a whole one would give less; the lane cost is the cost of a unit.
    """
    demand = dict(zip("ABCDE", (80, 270, 250, 160, 180), strict=True))
    costs = ((4, 6, 9), (5, 4, 7), (6, 3, 4), (8, 5, 3), (10, 8, 4))
    sites = ("one", "two", "three")
    cost = {(k, r): c for r, row in zip(demand, costs, strict=True) for k, c in zip(sites, row, strict=True)}
    sheets = transport(dict.fromkeys(sites, 0.0), demand, cost)
    sheets["Expansions"] = [
        {"expansion": f"open {k}", "plant": f"{k} plant", "size": 500, "capex": 1000} for k in sites
    ]
    plan = plan_of(sheets)
    assert plan.objective == about(5610)
    assert sorted(plan.investments["expansion"]) == ["open three", "open two"]
    assert short(plan) == about(0)


# -- production and inventory -----------------------------------------------------------------------------------------

WAGNER_WHITIN = (
    (69, 29, 36, 61, 61, 26, 34, 67, 45, 67, 79, 56),
    (85, 102, 102, 101, 98, 114, 105, 86, 119, 110, 98, 114),
)


def lot_sizes(demand: Sequence[float], setup: Sequence[float]) -> float:
    """The least cost by the recursion over the period of the last set-up, holding 1 a unit and period."""
    best = [0.0]
    for t in range(1, len(demand) + 1):
        last = (best[i] + setup[i] + sum((j - i) * demand[j] for j in range(i, t)) for i in range(t))
        best.append(min(last))
    return best[-1]


def test_dynamic_lot_sizes() -> None:
    """The example of Wagner & Whitin (1958), Dynamic version of the economic lot size model, Management Science 5:
    twelve periods, optimum 864. A set-up is a whole unit of capacity that lives for its period; κ = 1.

    Holding charged on the wrong end of a period, or a unit living longer than its period, breaks it.
    """
    demand, setup = WAGNER_WHITIN
    assert lot_sizes(demand, setup) == 864
    periods = [f"m{i:02d}" for i in range(len(demand))]
    sheets = one_period(
        Countries=[{"country": "Shop", "bloc": "ally"}],
        Commodities=[{"commodity": "goods", "unit": "piece"}],
        Plants=[{"plant": "line", "country": "Shop", "commodity": "goods", "capacity": 0, "unit_cost": 0}],
        Demand=[
            {"country": "Shop", "commodity": "goods", "shortage_cost": 1000} | dict(zip(periods, demand, strict=True))
        ],
        Stockpiles=[
            {"stockpile": "store", "country": "Shop", "commodity": "goods", "max_level": 630, "holding_cost": 1}
        ],
        Expansions=[
            {
                "expansion": f"set up {period}",
                "plant": "line",
                "size": 630,
                "capex": cost,
                "life_years": 1,
                "earliest": period,
                "latest": period,
            }
            for period, cost in zip(periods, setup, strict=True)
        ],
    )
    sheets["Periods"] = [{"period": period, "years": 1} for period in periods]
    plan = plan_of(sheets)
    assert plan.objective == about(864)
    assert short(plan) == about(0)


def test_boats() -> None:
    """The inventory problem of Winston, Operations Research, section 3.10 (Sailco): 40, 60, 75 and 25 boats wanted, 10
    there, 40 a quarter at 400, more at 450, 20 for a boat held over a quarter; optimum 78 450."""
    quarters = ("q1", "q2", "q3", "q4")
    sheets = one_period(
        Countries=[{"country": "Yard", "bloc": "ally"}],
        Commodities=[{"commodity": "boat", "unit": "boat"}],
        Plants=[
            {"plant": "regular", "country": "Yard", "commodity": "boat", "capacity": 40, "unit_cost": 400},
            {"plant": "overtime", "country": "Yard", "commodity": "boat", "capacity": 999, "unit_cost": 450},
        ],
        Demand=[
            {"country": "Yard", "commodity": "boat", "shortage_cost": 5000}
            | dict(zip(quarters, (40, 60, 75, 25), strict=True))
        ],
        Stockpiles=[
            {
                "stockpile": "quay",
                "country": "Yard",
                "commodity": "boat",
                "initial": 10,
                "final_min": 0,
                "max_level": 999,
                "holding_cost": 20,
            }
        ],
    )
    sheets["Periods"] = [{"period": quarter, "years": 1} for quarter in quarters]
    plan = plan_of(sheets)
    assert plan.objective == about(78_450)
    assert quantity(plan.production, "activity", plant="overtime") == about(45)


def test_distribution() -> None:
    """Distribution 1 of Williams, Model Building in Mathematical Programming: two factories, four depots, six customers
    served direct or by a depot; least cost 198 500 a month. A depot takes goods in and gives them out: a recipe."""
    made = {"Liverpool": 150, "Brighton": 200}
    depots = {"Newcastle": 70, "Birmingham": 50, "London": 100, "Exeter": 40}
    wanted = {"C1": 50, "C2": 10, "C3": 40, "C4": 35, "C5": 60, "C6": 20}
    to_depots = {
        "Liverpool": {"Newcastle": 0.5, "Birmingham": 0.5, "London": 1.0, "Exeter": 0.2},
        "Brighton": {"Birmingham": 0.3, "London": 0.5, "Exeter": 0.2},
    }
    to_customers = {
        "Liverpool": {"C1": 1.0, "C3": 1.5, "C4": 2.0, "C6": 1.0},
        "Brighton": {"C1": 2.0},
        "Newcastle": {"C2": 1.5, "C3": 0.5, "C5": 1.5, "C6": 1.0},
        "Birmingham": {"C1": 1.0, "C2": 0.5, "C3": 0.5, "C4": 1.0, "C5": 0.5},
        "London": {"C2": 1.5, "C3": 2.0, "C5": 0.5, "C6": 1.5},
        "Exeter": {"C3": 0.2, "C4": 1.5, "C5": 0.5, "C6": 1.5},
    }
    sheets = one_period(
        Countries=[{"country": name, "bloc": "ally"} for name in (*made, *depots, *wanted)],
        Commodities=[{"commodity": "made", "unit": "t"}, {"commodity": "ready", "unit": "t"}],
        Recipes=[
            {"recipe": "hand on", "commodity": "made", "role": "input", "amount": 1},
            {"recipe": "hand on", "commodity": "ready", "role": "output", "amount": 1},
        ],
        Plants=[
            *(
                {"plant": f"{name} factory", "country": name, "commodity": "made", "capacity": most, "unit_cost": 0}
                for name, most in made.items()
            ),
            *(
                {"plant": f"{name} door", "country": name, "recipe": "hand on", "capacity": most, "unit_cost": 0}
                for name, most in (made | depots).items()
            ),
        ],
        Demand=[
            {"country": name, "commodity": "ready", "shortage_cost": 1000, "per_year": much}
            for name, much in wanted.items()
        ],
        Lanes=[
            {"from": k, "to": r, "commodity": good, "cost": cost}
            for good, ways in (("made", to_depots), ("ready", to_customers))
            for k, row in ways.items()
            for r, cost in row.items()
        ],
    )
    assert optimum(sheets) == about(198.5)


# -- two stages -------------------------------------------------------------------------------------------------------

YIELDS = {"wheat": 2.5, "corn": 3.0, "beets": 20.0}
PLANTING = {"wheat": 150.0, "corn": 230.0, "beets": 260.0}
# crop, tier, tons that are bought or sold at most, price: what is not grown or not sold costs its price
MARKET = (
    ("wheat", "feed", 200.0, 238.0),
    ("corn", "feed", 240.0, 210.0),
    ("wheat", "market", 2000.0, 170.0),
    ("corn", "market", 2000.0, 150.0),
    ("beets", "quota", 6000.0, 36.0),
    ("beets", "beyond", 9000.0, 10.0),
)


def farm(scale: float = 1.0) -> Sheets:
    """500 acres for three crops; an acre of a crop is a unit of capacity of its yield, paid by the year.

    A budget of 500 with a capex of 1 an acre is the land. Sales are demand whose shortage costs the price forgone.
    """
    return one_period(
        Countries=[{"country": "Farm", "bloc": "ally"}],
        Commodities=[{"commodity": crop, "unit": "t"} for crop in YIELDS],
        Plants=[
            {"plant": f"{crop} field", "country": "Farm", "commodity": crop, "capacity": 0, "unit_cost": 0}
            for crop in YIELDS
        ],
        Expansions=[
            {
                "expansion": crop,
                "plant": f"{crop} field",
                "size": scale * tons,
                "capex": 1,
                "max_units": 500,
                "integer": "no",
                "fixed_cost": PLANTING[crop] - 1,
            }
            for crop, tons in YIELDS.items()
        ],
        Demand=[
            {"country": "Farm", "commodity": crop, "tier": tier, "shortage_cost": price, "per_year": tons}
            for crop, tier, tons, price in MARKET
        ],
        Policies=[{"policy": "land", "kind": "max_capex", "limit": 500}],
    )


SOLD_IN_FULL = sum(tons * price for _, tier, tons, price in MARKET if tier != "feed")


@pytest.mark.parametrize(
    ("scale", "profit", "acres"),
    [(1.0, 118_600, (120, 80, 300)), (1.2, 167_667, (183.33, 66.67, 250)), (0.8, 59_950, (100, 25, 375))],
)
def test_the_farmer_who_knows(scale: float, profit: float, acres: tuple[float, ...]) -> None:
    """Birge & Louveaux, Introduction to Stochastic Programming, section 1.1: with average, good and bad yields known
    beforehand the profits are 118 600, 167 667 and 59 950 (tables 2 to 4)."""
    plan = plan_of(farm(scale))
    assert SOLD_IN_FULL - plan.objective == pytest.approx(profit, abs=1)
    assert [units(plan, expansion=crop) for crop in YIELDS] == pytest.approx(acres, abs=0.01)


def test_the_farmer_who_does_not_know() -> None:
    """The same with yields that are average, good or bad by a fifth with a third each, seen after planting: 170, 80 and
    250 acres, expected profit 108 390 (table 5). Acres that a branch could choose anew would earn 115 406."""
    sheets = farm()
    sheets["Scenarios"] = [
        {"scenario": name, "probability": 1 / 3, "onset": "now", "step_months": 12} for name in ("good", "bad")
    ]
    sheets["Events"] = [
        {"scenario": name, "kind": "capacity", "years": 1, "remaining": left}
        for name, left in (("good", 1.2), ("bad", 0.8))
    ]
    plan = plan_of(sheets)
    assert SOLD_IN_FULL - plan.objective == pytest.approx(108_390, abs=1)
    assert [units(plan, expansion=crop) for crop in YIELDS] == pytest.approx((170, 80, 250), abs=0.01)
