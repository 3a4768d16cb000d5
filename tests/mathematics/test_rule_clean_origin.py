"""clean_origin: at least a share of what consumers use is free of the suppliers back to the ore."""

from __future__ import annotations

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.formulate import formulate
from tests.mathematics.cases import (
    about,
    built,
    fails,
    harmless,
    optimum,
    plan_of,
    policy,
    proves,
    quantity,
    short,
    slope,
    stop,
    store,
    under,
    value_of,
)
from tests.mathematics.traced import (
    chain,
    elsewhere,
    kept_for_later,
    relabelled,
    through_a_depot,
    two_smelters,
    two_tiers,
)

pytestmark = proves("rule:clean_origin")


@proves("row:clean_use", "row:clean_supply")
@pytest.mark.parametrize(("limit", "clean"), [(0, 0), (0.5, 5), (1, 10)])
def test_back_to_the_ore(limit: float, clean: float) -> None:
    """Half of the metal asks for 5 of Near's ore, though all metal is made at home: 10 · 2 + 5 · 1 + 5 · 5.

    A rule on metal alone would count all of it as clean.
    """
    plan = plan_of(chain(limit))
    assert quantity(plan.production, "activity", plant="near pit") == about(clean)
    assert plan.objective == about(20 + 10 + 4 * clean)


@pytest.mark.parametrize(("tracked", "clean"), [("ore, metal", 5), ("*", 5), ("metal", 0)])
def test_a_stage_that_is_not_tracked_washes_the_taint_off(tracked: str, clean: float) -> None:
    """Metal made at home is clean where ore is not tracked."""
    assert quantity(plan_of(chain(commodity=tracked)).production, "activity", plant="near pit") == about(clean)


def test_what_suppliers_make_is_tainted_whatever_it_is_made_of() -> None:
    """A smelter in Far that runs on Near's ore makes tainted metal: with it alone nothing clean is used, and only a
    shortage of all keeps the rule; for a limit of 0 it serves all."""
    for limit, lacking in ((0.5, 10), (0, 0)):
        sheets = chain(limit)
        sheets["Plants"][0]["country"] = "Far"
        sheets["Plants"] = [row for row in sheets["Plants"] if row["plant"] != "far pit"]
        assert short(plan_of(sheets)) == about(lacking), limit


def test_a_friend_washes_nothing() -> None:
    """Far's ore smelted in Near is as tainted as smelted at home; the ore of Near smelted there is clean: 5 of 5."""
    sheets = chain()
    sheets["Plants"][0]["country"] = "Near"
    assert quantity(plan_of(sheets).production, "activity", plant="near pit") == about(5)


@pytest.mark.parametrize(("country", "clean"), [("Home", 2), ("Near", 2), ("Far", 5)])
def test_initial_stock_is_clean_outside_the_suppliers(country: str, clean: float) -> None:
    """3 of metal in a store at home or with a friend count as clean, in Far they do not: the 5 clean ask for 2 or 5 of
    Near's ore."""
    sheets = chain()
    sheets["Stockpiles"] = [store(country=country, initial=3, serves="Home")]
    plan = plan_of(sheets)
    assert quantity(plan.releases, "quantity") == about(3)
    assert quantity(plan.production, "activity", plant="near pit") == about(clean)


@proves("row:clean_stock", "port:clean_before", "row:clean_released_within")
def test_stock_remembers_what_it_was_filled_with() -> None:
    """Near's pit closes after y0: what is to be clean in y1 must be bought in y0 and kept as ore, at 1 a unit and year.
    With a tainted fill the store would be of no use."""
    sheets = chain()
    sheets["Periods"].append({"period": "y1", "years": 1})
    sheets["Plants"][2]["to_period"] = "y0"
    sheets["Stockpiles"] = [store(commodity="ore", holding_cost=1)]
    plan = plan_of(sheets)
    assert quantity(plan.production, "activity", plant="near pit", period="y0") == about(10)
    assert quantity(plan.stocks, "level", period="y0") == about(5)
    assert plan.objective == about(40 + 20 + 4 * 10 + 5)


def test_clean_stock_decays_like_the_whole() -> None:
    """A fifth is lost in a year: 5 clean in y1 ask for 6.25 filled in y0."""
    sheets = chain()
    sheets["Periods"].append({"period": "y1", "years": 1})
    sheets["Plants"][2]["to_period"] = "y0"
    sheets["Stockpiles"] = [store(commodity="ore", loss_rate=0.2)]
    assert quantity(plan_of(sheets).production, "activity", plant="near pit") == about(5 + 6.25)


def test_losses_on_the_way_of_clean_goods() -> None:
    """A quarter of Near's ore is lost on its lane: 5 clean ask for 20/3."""
    sheets = chain()
    sheets["Lanes"].append({"from": "Near", "to": "Home", "loss": 0.25})
    assert quantity(plan_of(sheets).production, "activity", plant="near pit") == about(20 / 3)


def test_a_share_of_what_is_used() -> None:
    """Near can give 3: 3 ≥ 0.5 · (10 − u) leaves 4 short. A share of demand would leave the rule without a plan."""
    sheets = chain()
    sheets["Plants"][2]["capacity"] = 3
    assert short(plan_of(sheets)) == about(4)
    assert fails(under(sheets, kind="max_shortage", limit=0, policy="serve"))


def test_a_tier() -> None:
    """Defence wants 4: all of it clean takes 4 of Near's ore, whatever the rest is made of."""
    sheets = chain(1, tier="defence")
    row = sheets["Demand"][0]
    sheets["Demand"] = [row | {"tier": "defence", "per_year": 4}, row | {"tier": "civil", "per_year": 6}]
    assert quantity(plan_of(sheets).production, "activity", plant="near pit") == about(4)


def test_no_clean_tonne_counts_twice() -> None:
    """Two policies on two tiers, half of each of 4 and 6: 5 clean, not 3."""
    sheets = chain(0.5, tier="defence")
    row = sheets["Demand"][0]
    sheets["Demand"] = [row | {"tier": "defence", "per_year": 4}, row | {"tier": "civil", "per_year": 6}]
    rule = sheets["Policies"][0]
    sheets["Policies"] = [rule, rule | {"policy": "second", "tier": "civil"}]
    assert quantity(plan_of(sheets).production, "activity", plant="near pit") == about(5)


@pytest.mark.parametrize(("consumers", "clean"), [("@coalition", 5), ("each @coalition", 5), (None, 5), ("Far", 0)])
def test_whose_use(consumers: str | None, clean: float) -> None:
    """The rule asks the coalition; for consumers elsewhere it asks nothing of Home."""
    sheets = chain(consumers=consumers)
    sheets["Demand"].append({"country": "Far", "commodity": "ore", "shortage_cost": 50, "per_year": 0})
    assert quantity(plan_of(sheets).production, "activity", plant="near pit") == about(clean)


def test_pooled_and_one_by_one() -> None:
    """Two allies of 10 each, of whom only Home is reached by Near's ore: pooled Home takes all 10 clean for both, by
    itself the other has none and all of its 10 are short."""
    for consumers, lacking in (("@coalition", 0), ("each @coalition", 10)):
        sheets = chain(consumers=consumers)
        sheets["Countries"].append({"country": "Friend", "bloc": "ally"})
        sheets["Plants"].append(sheets["Plants"][0] | {"plant": "other smelter", "country": "Friend"})
        sheets["Demand"].append(sheets["Demand"][0] | {"country": "Friend"})
        sheets["Lanes"] = [{"from": "Far", "to": "Home, Friend"}, {"from": "Near", "to": "Home"}]
        assert short(plan_of(sheets)) == about(lacking), consumers


def test_a_window() -> None:
    """In y1 of three years; not on the branch, where Near is cut off and times are not normal."""
    sheets = chain(from_period="y1", to_period="y1") | stop(0.25, kind="capacity", plant="near pit")
    sheets["Periods"] += [{"period": f"y{i}", "years": 1} for i in (1, 2)]
    plan = plan_of(sheets)
    clean = [quantity(plan.production, "activity", plant="near pit", scenario="base", period=f"y{i}") for i in range(3)]
    assert clean == about([0, 5, 0])
    assert short(plan, "stop") == about(0)
    assert quantity(plan.production, "activity", plant="near pit", scenario="stop") == about(0)


def test_by_products_and_several_inputs() -> None:
    """A kilo of metal takes ore and flux, both tracked: clean only as far as both are. Flux comes from Far at 1 or from
    Near at 3: half clean costs 5 · (4 + 2) more."""
    sheets = chain(commodity="*")
    sheets["Commodities"].append({"commodity": "flux", "unit": "t"})
    sheets["Recipes"].append({"recipe": "smelt", "commodity": "flux", "role": "input", "amount": 1})
    sheets["Plants"] += [
        {"plant": "far flux", "country": "Far", "commodity": "flux", "capacity": 20, "unit_cost": 1},
        {"plant": "near flux", "country": "Near", "commodity": "flux", "capacity": 20, "unit_cost": 3},
    ]
    assert optimum(sheets) == about(20 + 10 + 10 + 5 * (4 + 2))


def test_value_and_price() -> None:
    """A unit of limit is 10 more of Near's ore at 4 more each."""
    sheets = chain()
    line = policy(plan_of(sheets), "rule")
    assert line.value == about(0.5)
    assert line.shadow_price == about(40)
    assert line.shadow_price == pytest.approx(slope(sheets), rel=1e-6)


def test_a_penalty() -> None:
    """5 lacking at 3 each are cheaper than 5 · 4 for Near's ore; at 5 each they are not."""
    plan = plan_of(chain(penalty=3))
    assert plan.objective == about(30 + 15)
    assert policy(plan, "rule").violation == about(5)
    assert value_of(plan, "rule") == about(0)
    assert optimum(chain(penalty=5)) == about(30 + 20)


def test_capacity_built_for_it() -> None:
    """A pit of 10 in Near at 30 a unit and 1 to run is cheaper than 5 at 5 and more: 5 · 4 < 30, but for all 10
    10 · 4 > 30."""
    for limit, bought in ((0.5, 0), (1, 1)):
        sheets = chain(limit)
        sheets["Plants"].append(
            {"plant": "new pit", "country": "Near", "commodity": "ore", "capacity": 0, "unit_cost": 1}
        )
        sheets["Expansions"] = [built(plant="new pit", capex=30)]
        assert quantity(plan_of(sheets).investments, "units") == about(bought), limit


@proves("row:clean_shipped_within", "row:clean_supply")
def test_what_goes_elsewhere_is_not_counted_here() -> None:
    """Near's pit of 10 serves Near's own 10, worth 20 a unit. Half of Home's 10 clean takes 5 away from it: 5 · 20,
    with Home's 20 for smelting, 5 from Far and all 10 of Near's at 5. Counted at home as well, nothing would be short:
    80."""
    plan = plan_of(elsewhere())
    assert plan.objective == about(20 + 5 + 50 + 100)
    assert short(plan, country="Near") == about(5)


@proves("row:clean_activity_within")
def test_clean_inputs_count_at_the_plant_they_feed() -> None:
    """8 of 10 clean: 5 by the first smelter from 5 clean ore, 3 by the old one from 6; the other 2 take 4 of Far's.
    20 + 11 · 5 + 4 · 1. At the first one's yield 8 clean ore would do, for 67."""
    assert optimum(two_smelters()) == about(20 + 55 + 4)


@proves("row:clean_demand")
def test_clean_use_of_a_row_is_at_most_what_it_uses() -> None:
    """Of 10 for defence Home's 5 can be clean: 5 ≥ 0.75 · (10 − u) leaves 10/3 short, of those in Friend. Counting what
    Home's other tier uses, none would be."""
    plan = plan_of(two_tiers())
    assert short(plan, country="Friend") == about(10 / 3)
    assert short(plan, country="Home") == about(0)


@proves("row:clean_held")
def test_clean_releases_abroad_come_from_what_was_held_clean() -> None:
    """The depot holds 5 that are tainted; clean ore filled in cannot leave in the same node: nothing clean arrives."""
    assert short(plan_of(through_a_depot())) == about(10)


@proves("row:clean_level_within", "row:clean_stock", "port:clean_before")
def test_clean_stock_is_stock() -> None:
    """5 held over y0 cost 10, and Far's ore 5 + 10 and smelting 40: used up in y0 they are not clean in y1."""
    plan = plan_of(kept_for_later())
    assert quantity(plan.stocks, "level", period="y0") == about(5)
    assert plan.objective == about(40 + 10 + 5 + 10)


@proves("row:clean_filled_within")
def test_clean_fills_are_fills() -> None:
    """2 a year may be filled in: 2 clean in y1, half of 4, and 6 short. Bought from Near at 5 and from Far at 1: in y0
    2 and the rest, in y1 what is wanted besides. Relabelled, 5 clean would serve all 10."""
    plan = plan_of(relabelled())
    assert short(plan, period="y1") == about(6)
    assert quantity(plan.production, "activity", plant="near pit") == about(2)


@pytest.mark.parametrize(
    ("where", "base", "branch"),
    [
        (None, [5, 5, 5], [0, 5]),
        ("normal", [5, 5, 5], [0, 5]),
        ("base", [5, 5, 5], [0, 0]),
        ("each", [5, 5, 5], [5, 5]),
        ("stop", [0, 0, 0], [5, 5]),
    ],
)
def test_where_it_holds(where: str | None, base: list[float], branch: list[float]) -> None:
    """5 of Near's ore at 4 more each, at each node at which half is to be clean: unless told otherwise on the base path
    and in y2 of the branch, which is back in normal times. 30 a year without the rule."""
    plan = plan_of(harmless(chain(scenario=where), 0.25))
    near = plan.production[plan.production["plant"] == "near pit"]
    assert [quantity(near, "activity", scenario="base", period=f"y{i}") for i in range(3)] == about(base)
    assert [quantity(near, "activity", scenario="stop", period=f"y{i}") for i in (1, 2)] == about(branch)
    assert plan.objective == about(90 + 4 * (base[0] + 0.75 * sum(base[1:]) + 0.25 * sum(branch)))
    assert policy(plan, "rule").rows == {None: 4, "normal": 4, "base": 3, "stop": 2}.get(where, 5)


@pytest.mark.parametrize(("where", "paid", "branch"), [(None, 15, 0), ("each", 15, 5), ("stop", 0, 5)])
def test_on_a_path_that_cannot_happen(where: str | None, paid: float, branch: float) -> None:
    """Probability 0: bound by ``each`` and by its name, at no cost to the plan, and reported at its own least cost."""
    plan = plan_of(harmless(chain(scenario=where), 0.0))
    near = plan.production[(plan.production["plant"] == "near pit") & (plan.production["scenario"] == "stop")]
    assert [quantity(near, "activity", period=f"y{i}") for i in (1, 2)] == about([branch] * 2)
    assert short(plan, "stop") == about(0)
    assert plan.objective == about(90 + 4 * paid)


@proves("port:clean_before")
def test_a_branch_takes_over_the_clean_stock_of_its_parent() -> None:
    """Near's pit closes after y0, and the rule holds on the branch alone, in y1: 5 clean ore are bought in y0 at 5 and
    held for 1 each, and both paths use them in place of Far's: 30 + 25 + 5 + 25. Were clean stock not handed on to the
    branch, all of its 10 would be short.

    On a path of probability 0 being short costs nothing, so that nothing is held unless that is forbidden.
    """
    for probability, serve, objective, lacking in ((0.25, False, 85, 0), (0.0, False, 60, 10), (0.0, True, 85, 0)):
        sheets = harmless(chain(scenario="stop"), probability, 2)
        sheets["Plants"][2]["to_period"] = "y0"
        sheets["Stockpiles"] = [store(commodity="ore", holding_cost=1)]
        if serve:
            sheets = under(sheets, kind="max_shortage", limit=0, scenario="stop", policy="serve")
        plan = plan_of(sheets)
        assert plan.objective == about(objective), probability
        assert short(plan, "stop") == about(lacking), probability


def test_what_is_not_tracked_has_no_clean_part() -> None:
    """Metal alone is tracked: the mines, which neither make nor take it, have no clean activity, and of the demand that
    is for both only that for metal has a clean part."""
    sheets = chain()
    sheets["Policies"][0]["commodity"] = "metal"
    sheets["Demand"].append({"country": "Home", "commodity": "ore", "shortage_cost": 100, "per_year": 1})
    problem = problem_from_sheets(sheets)
    model = formulate(problem)
    parts = model.nodes[0].variables
    assert {plant for _, plant in parts["clean_activity"]} == {"smelter"}
    assert {problem.demand[row].commodity for _, row in parts["clean_used"]} == {"metal"}
