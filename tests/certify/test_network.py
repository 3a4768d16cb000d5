"""The network in columns: groups, lanes, plants and stockpiles as the sheets have them."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest

from friendshore.models.tables import Demand
from friendshore.optimizer.certify.groups import Groups, one_by_one
from friendshore.optimizer.certify.lanes import Lanes, Ways, names_more, resolve, tags
from friendshore.optimizer.certify.network import demand_rate
from friendshore.optimizer.certify.plants import Flows, read_plants
from friendshore.optimizer.certify.stockpiles import read_stockpiles
from tests.certify.drafts import problem
from tests.certify.trade import lane, mine, trade, works

COUNTRIES = [
    {"country": name, "bloc": bloc}
    for name, bloc in (("Home", "ally"), ("Far", "concern"), ("Third", "concern"), ("Away", "neutral"))
]
COMMODITIES = [
    {"commodity": name, "unit": "t", "stage": stage}
    for name, stage in (("metal", "metal"), ("ore", "raw"), ("slag", "raw"))
]
RECIPES = [
    {"recipe": recipe, "commodity": commodity, "role": role, "amount": amount}
    for recipe, commodity, role, amount in (
        ("smelt", "ore", "input", 2),
        ("smelt", "slag", "input", 0.5),
        ("smelt", "metal", "output", 1),
        ("crush", "ore", "output", 3),
        ("crush", "slag", "output", 0.25),
    )
]
PLANTS = [
    works(plant="smelter", commodity=None, recipe="smelt", min_use=0.25, emissions=3, to_period="y2"),
    mine(),
    mine(plant="pit", country="Third", commodity=None, recipe="crush", from_period="y2"),
]


def tables(**sheets: list[dict[str, Any]]) -> Any:
    periods = [{"period": name} for name in ("y1", "y2", "y3")]
    basic = {"Periods": periods, "Countries": COUNTRIES, "Commodities": COMMODITIES, "Recipes": RECIPES}
    return problem(trade(**(basic | {"Plants": PLANTS} | sheets))).tables


def test_groups_of_countries() -> None:
    """Names, blocs, everyone, lists; the coalition is the bloc that Settings name."""
    groups = Groups(tables())
    assert groups.countries("Far") == {"Far"}
    assert groups.countries("@concern") == {"Far", "Third"}
    assert groups.countries(" Home , @neutral") == {"Home", "Away"}
    assert groups.countries("*") == {"Home", "Far", "Third", "Away"}
    assert groups.countries("@coalition") == {"Home"}
    other = [{"setting": "coalition", "value": "neutral"}, {"setting": "discount_rate", "value": 0}]
    assert Groups(tables(Settings=other)).countries("@coalition") == {"Away"}


def test_groups_one_by_one() -> None:
    """`each` makes a group of each member, in order; a word that only begins like it is a name."""
    groups = Groups(tables())
    assert groups.separate("each @concern") == [{"Far"}, {"Third"}]
    assert groups.separate("Third, Far") == [{"Far", "Third"}]
    assert one_by_one("each @concern") == (True, "@concern")
    assert one_by_one("eachland") == (False, "eachland")


def test_selections_of_commodities() -> None:
    groups = Groups(tables())
    assert groups.commodities("ore") == {"ore"}
    assert groups.commodities("stage:raw") == {"ore", "slag"} == groups.commodities("stage: raw")
    assert groups.commodities("stage:metal, slag") == {"metal", "slag"}
    assert groups.commodities("*") == {"metal", "ore", "slag"}


def test_plants_of_a_selection() -> None:
    """By country, by what any output is, by name; what a plant takes in is not what it makes."""
    groups = Groups(tables())
    assert groups.plants("*", "*", "*") == {"smelter", "mine", "pit"}
    assert groups.plants("@concern", "*", "*") == {"mine", "pit"}
    assert groups.plants("*", "slag", "*") == {"pit"} == groups.plants("*", "ore", "*")
    assert groups.plants("*", "metal", "*") == {"smelter", "mine"}
    assert groups.plants("*", "*", "pit, smelter") == {"smelter", "pit"}
    assert groups.plants("Home", "*", "pit") == frozenset()


def flows(entries: Flows) -> list[tuple[int, int, float]]:
    rows = zip(entries.place.tolist(), entries.commodity.tolist(), entries.amount.tolist(), strict=True)
    return list(rows)


def test_what_plants_take_and_make() -> None:
    """A plant of one commodity makes one a unit of activity and takes nothing; others have the lines of a recipe."""
    plants = read_plants(tables())
    assert plants.index == {"mine": 0, "pit": 1, "smelter": 2}
    assert flows(plants.outputs) == [(0, 0, 1.0), (1, 1, 3.0), (1, 2, 0.25), (2, 0, 1.0)]
    assert flows(plants.inputs) == [(2, 1, 2.0), (2, 2, 0.5)]
    assert (plants.min_use[0].tolist(), plants.emissions[0].tolist()) == ([0.0, 0.0, 0.25], [0.0, 0.0, 3.0])


def test_capacity_and_cost_by_period() -> None:
    """The smelter stands to y2, the pit from y2 on; profiles replace the periods that they fill, and no others."""
    profiles = [
        {"table": "Plants", "id": "mine", "column": "capacity", "y2": 8},
        {"table": "Plants", "id": "mine", "column": "unit_cost", "y3": 7, "y1": 0},
    ]
    plants = read_plants(tables(Profiles=profiles))
    assert plants.existing.tolist() == [[20.0, 0.0, 5.0], [8.0, 20.0, 5.0], [20.0, 20.0, 0.0]]
    assert plants.unit_cost.tolist() == [[0.0, 2.0, 3.0], [2.0, 2.0, 3.0], [7.0, 2.0, 3.0]]


@pytest.mark.parametrize(
    ("cell", "rank"), [("*", 0), (" * ", 0), ("@concern", 1), ("stage:raw", 1), ("Far, Home", 1), ("Far", 2)]
)
def test_how_much_a_cell_names(cell: str, rank: int) -> None:
    assert names_more(cell) == rank


def ways_of(lanes: list[dict[str, Any]]) -> Ways:
    read = tables(Lanes=lanes)
    return resolve(read, Groups(read))


def test_which_row_speaks_for_a_lane() -> None:
    """The one that names more, whatever its place; of a country to itself only a row of just that country, and where
    none speaks, free of cost. A row of groups makes lanes between different countries."""
    wide = lane(**{"from": "@concern", "to": "*"}, routes="strait, canal")
    narrow = lane(**{"from": "Far", "to": "@ally"}, commodity="ore", cost=9, routes="canal")
    home = {"from": "Home", "to": "Home", "commodity": "slag", "cost": 4}
    for rows in ([wide, narrow, home], [home, narrow, wide]):
        ways = ways_of(rows)
        by_row = {key: (row.cost if row else 0.0) for key, row in ways.items()}
        assert by_row["Far", "Home", "ore", ""] == 9.0 and by_row["Far", "Home", "slag", ""] == 1.0
        assert by_row["Home", "Home", "slag", ""] == 4.0 and by_row["Home", "Home", "ore", ""] == 0.0
        assert by_row["Far", "Far", "ore", ""] == 0.0
        # 4 countries × 3 goods at home; Far and Third to each of the three others
        assert len(ways) == 4 * 3 + 2 * 3 * 3
        assert tags(ways) == {"strait", "canal"}
    assert tags(ways_of([lane()])) == frozenset()


def test_ways_are_lanes_of_their_own() -> None:
    """On each way the row that names more; home by rail there is no free way besides."""
    rail = {"from": "Home", "to": "Home", "commodity": "slag", "way": "rail", "cost": 4}
    ways = ways_of([lane(), lane(way="air", cost=5), lane(**{"from": "*"}, way="air", cost=9), rail])
    by_row = {key: (row.cost if row else 0.0) for key, row in ways.items()}
    assert by_row["Far", "Home", "ore", ""] == 1.0 and by_row["Far", "Home", "ore", "air"] == 5.0
    assert by_row["Third", "Home", "ore", "air"] == 9.0
    assert by_row["Home", "Home", "slag", "rail"] == 4.0 and ("Home", "Home", "slag", "") not in ways


def test_lanes_in_columns() -> None:
    """A lane without row costs nothing, loses nothing, and has no end; others have what their row says."""
    rows = [lane(capacity=7, emissions=0.5, routes="strait"), lane(**{"from": "Third", "to": "Home"}, routes="canal")]
    ways = ways_of(rows)
    keys = (("Far", "Home", "metal", ""), ("Home", "Home", "metal", ""), ("Third", "Home", "metal", ""))
    lanes = Lanes(tables(), keys, tuple(ways[key] for key in keys))
    assert lanes.cost[0].tolist() == [1.0, 0.0, 1.0] and lanes.tariff[0].tolist() == [0.1, 0.0, 0.1]
    assert lanes.loss[0].tolist() == [0.2, 0.0, 0.2] and lanes.emissions[0].tolist() == [0.5, 0.0, 0.0]
    assert lanes.capacity[0].tolist() == [7.0, inf, inf]
    assert lanes.index == {key: place for place, key in enumerate(keys)}
    assert lanes.from_country == {("Far", "metal"): [0], ("Home", "metal"): [1], ("Third", "metal"): [2]}
    assert lanes.by_tag == {"strait": [0], "canal": [2]}


def test_stockpiles_in_columns() -> None:
    """A blank `final_min` is what is held at first; what events cut is the rate of release, or all that it may hold."""
    row = {"country": "Home", "commodity": "metal", "max_level": 9}
    rows = [row | {"stockpile": "one", "initial": 4}]
    rows += [row | {"stockpile": "two", "initial": 3, "final_min": 1, "max_release": 2.5}]
    stockpiles = read_stockpiles(problem(trade(Stockpiles=rows)).tables)
    assert stockpiles.initial.tolist() == [4.0, 3.0] and stockpiles.final_min.tolist() == [4.0, 1.0]
    assert stockpiles.release_rate[0].tolist() == [9.0, 2.5]
    assert stockpiles.index == {"one": 0, "two": 1}


def test_demand_a_year() -> None:
    """A period that is filled counts, nought included; the others have `per_year`; blank everywhere is nothing."""
    cells = {"country": "Home", "commodity": "metal", "shortage_cost": 1.0}
    row = Demand(**cells, per_year=12.0, by_period={"y2": 0.0})
    assert [demand_rate(row, period) for period in ("y1", "y2")] == [12.0, 0.0]
    assert demand_rate(Demand(**cells), "y1") == 0.0
