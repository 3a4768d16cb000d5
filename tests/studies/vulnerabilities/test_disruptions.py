"""What a stop costs and how long a tier lasts, by hand and against the full model cut into months."""

from math import inf

import numpy as np
import pytest

from friendshore.models.core.production import ACTIVITY
from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.vulnerabilities.disruptions import Stops, usable
from tests.mathematics.cases import importer, store
from tests.studies.cases import magnets, plant, three_suppliers, today


def two_tiers(stock=9.0, **cells):
    """12 a year needed, 3 of it for defence; works at home make 4, Far the rest."""
    sheets = importer()
    sheets["Plants"].append(plant("home works", "Home", 4, 5))
    sheets["Demand"] = [
        {"country": "Home", "commodity": "metal", "tier": "defence", "shortage_cost": 1000, "per_year": 3},
        {"country": "Home", "commodity": "metal", "tier": "civil", "shortage_cost": 100, "per_year": 9},
    ]
    return sheets | {"Stockpiles": [store(initial=stock, **cells)]}


def far(one):
    return [column for name, column in one.place.items() if name.family == "shipped" and name.key[0] == "Far"]


def lasts(sheets, tier, stopped=far, consumer="coalition"):
    one = today(sheets)
    return Stops(one).time_to_survive(stopped(one), tier, consumer)


def test_a_year_of_a_stop():
    one = today(two_tiers())
    stops = Stops(one)
    assert stops.undisturbed.cost == pytest.approx(12 * 3)  # made for 2, shipped for 1
    for_good = stops.year(far(one), inf)
    assert for_good.cost == pytest.approx(4 * 5 + 8 * 100)
    assert for_good.of(stops.needs["metal", "civil"]) == pytest.approx(8)
    of_a_year = stops.year(far(one), 1.0)  # all 9 in store, at price 1, and 3 of the works
    assert of_a_year.cost == pytest.approx(9 * 1 + 3 * 5) and of_a_year.shortage.sum() == pytest.approx(0)
    of_three = stops.year(far(one), 3.0)  # 3 a year out of store
    assert of_three.cost == pytest.approx(4 * 5 + 3 * 1 + 5 * 100)
    assert stops.worst(of_three, stops.year((), 3.0)) == ("metal", "civil")
    assert stops.year((), inf).cost == pytest.approx(stops.undisturbed.cost)  # nothing is left of the stop


def test_time_to_survive_by_hand():
    assert lasts(two_tiers(), "civil") == pytest.approx(9 / 8)  # 8 a year are missing
    assert lasts(two_tiers(), "defence") == inf  # home makes 4, and civil gives way
    assert lasts(two_tiers(stock=0.0), "civil") == 0
    sheets = two_tiers()
    sheets["Plants"][1]["capacity"] = 1
    assert lasts(sheets, "defence") == pytest.approx(9 / 2)
    assert lasts(sheets, "civil") == pytest.approx(9 / 11)  # defence is not to go short either


def test_a_store_that_is_slow_does_not_help():
    assert lasts(two_tiers(max_release=7), "civil") == 0
    assert lasts(two_tiers(max_release=8), "civil") == pytest.approx(9 / 8)


def test_what_is_short_anyway_may_stay_so():
    sheets = two_tiers(stock=0.0)
    sheets["Plants"][0]["capacity"] = 5  # 9 of 12 are there, 3 of civil are short
    assert lasts(sheets, "civil") == 0
    assert lasts(sheets, "civil", stopped=lambda _: []) == inf


def test_other_sources_are_used():
    assert lasts(three_suppliers(), "all", stopped=lambda one: [one.place[ACTIVITY.at("works")]]) == inf


def test_a_member_by_itself():
    sheets = three_suppliers()
    sheets["Demand"].append({"country": "Near", "commodity": "metal", "shortage_cost": 100, "per_year": 2})
    sheets["Stockpiles"] = [store(initial=4)]
    one = today(sheets)
    stops = Stops(one)
    far_stop = far(one)
    assert stops.time_to_survive(far_stop, "all") == pytest.approx(4 / 7)  # 12 needed, 5 made
    assert stops.time_to_survive(far_stop, "all", "Near") == inf
    assert stops.time_to_survive(far_stop, "all", "Home") == pytest.approx(4 / 5)  # if Near sends all it makes


def test_the_order_of_questions_does_not_matter():
    one = today(two_tiers(loss_rate=0.3))
    asked = [
        (("civil", far(one)), 0.7),
        (("defence", []), 2.0),
        (("civil", [one.place[ACTIVITY.at("home works")]]), inf),
    ]

    def answers(order):
        stops = Stops(one)
        return {
            k: (stops.time_to_survive(asked[k][0][1], asked[k][0][0]), stops.year(asked[k][0][1], asked[k][1]).cost)
            for k in order
        }

    assert answers([0, 1, 2]) == answers([2, 0, 1]) == answers([1, 2, 0])


# -- against simulation -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("loss_rate", "stock"), [(0.0, 9.0), (0.1, 9.0), (0.6, 20.0), (0.97, 30.0)])
def test_with_losses_as_a_store_simulated_hour_by_hour(loss_rate, stock):
    """The store gives 8 a year and loses a share of itself: bisection on the time it lasts, in plain steps."""
    delta, missing, steps = -np.log1p(-loss_rate), 8.0, 20_000

    def left(years):
        level, dt = stock, years / steps
        for _ in range(steps):
            level += dt * (-delta * (level - missing * dt / 2) - missing)
        return level

    low, high = 0.0, stock / missing
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if left(middle) > 0 else (low, middle)
    assert lasts(two_tiers(stock, loss_rate=loss_rate), "civil") == pytest.approx(low, rel=1e-3)
    assert usable(stock, loss_rate, low) == pytest.approx(missing * low, rel=1e-3)


def months_without_shortage(sheets, events, tiers, horizon=4):
    """The longest stop in whole months without shortage, by bisection on the whole model cut into months."""

    def short(months):
        stopped = [event | {"scenario": "stop", "years": months / 12, "remaining": 0} for event in events]
        case = sheets | {
            "Periods": [{"period": "y0", "years": horizon}],
            "Scenarios": [{"scenario": "stop", "probability": 0, "onset": "y0", "step_months": 1}],
            "Events": stopped,
        }
        plan = solve_problem(problem_from_sheets(case), threads=1).plan
        rows = plan.shortages[(plan.shortages["scenario"] == "stop") & plan.shortages["tier"].isin(tiers)]
        return float(rows["shortage"].sum()) > 1e-6

    low, high = 0, 12 * horizon
    if not short(high):
        return inf
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if short(middle) else (middle, high)
    return low


def chain(ore, oxide, magnet, **cells):
    """The chain of ``cases.magnets`` with stocks of all three goods and little of Near."""
    sheets = magnets()
    sheets["Plants"][1]["capacity"] = 3
    sheets["Stockpiles"] = [
        store(stockpile="heap", country="Near", commodity="ore", initial=ore),
        store(stockpile="tank", commodity="oxide", initial=oxide, **cells),
        store(stockpile="shelf", commodity="magnet", initial=magnet),
    ]
    return sheets


EXPORTS = {"kind": "export", "country": "Far", "to": "*"}


@pytest.mark.parametrize(
    ("sheets", "events", "tiers"),
    [
        (two_tiers(), [EXPORTS], ["civil", "defence"]),
        (two_tiers(14.0, max_release=8.5), [EXPORTS], ["civil", "defence"]),
        (chain(4.0, 3.0, 2.0), [EXPORTS], ["all"]),
        (chain(1.0, 6.0, 0.0, max_release=4), [EXPORTS], ["all"]),
        (chain(9.0, 1.0, 7.0), [EXPORTS], ["all"]),
    ],
)
def test_as_the_whole_model_month_by_month(sheets, events, tiers):
    """An export stop of Far to everyone; what the linear program finds, cut down to whole months."""
    one = today(sheets)
    stopped = [
        column
        for name, column in one.place.items()
        if name.family == "shipped" and name.key[0] == "Far" and name.key[1] != "Far"
    ]
    stops = Stops(one)
    exact = stops.time_to_survive(stopped, stops.tiers[-1])
    assert 0 < exact < 4
    assert months_without_shortage(sheets, events, tiers) == int(12 * exact + 1e-6)
