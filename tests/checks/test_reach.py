"""Goods are followed from mines through recipes, lanes, stockpiles and sites that may be built."""

from friendshore.models.checks.reach import reachable
from friendshore.models.examine import problem_from_sheets
from tests.parsing.valid import valid


def spots(sheets):
    return reachable(problem_from_sheets(sheets))


def test_through_a_recipe():
    assert ("Alia", "metal") in spots(valid())


def test_a_missing_input_stops_the_chain():
    sheets = valid()
    sheets["Lanes"] = sheets["Lanes"][1:]
    sheets["Lanes"][0]["to"] = "Alia"  # no ore reaches the smelter in Berg
    sheets["Stockpiles"] = []
    reached = spots(sheets)
    assert ("Alia", "ore") in reached
    assert ("Berg", "metal") not in reached


def test_a_candidate_site_counts_only_with_an_expansion():
    sheets = valid()
    sheets["Plants"][1]["capacity"] = 0
    sheets["Stockpiles"] = []
    assert ("Alia", "metal") in spots(sheets)
    sheets["Expansions"] = []
    assert ("Alia", "metal") not in spots(sheets)


def test_stock_in_hand_counts_and_closed_lanes_do_not():
    sheets = valid()
    sheets["Plants"][1]["capacity"] = 0
    sheets["Expansions"] = []
    assert ("Alia", "metal") in spots(sheets)
    sheets["Stockpiles"][0].update(country="Berg", serves="@ally")
    assert ("Alia", "metal") in spots(sheets)
    sheets["Lanes"][0]["capacity"] = 0
    sheets["Stockpiles"][0]["serves"] = "own"
    assert ("Alia", "metal") not in spots(sheets)


def test_nothing_is_sold_on():
    sheets = valid()
    sheets["Lanes"] = [
        {"from": "Conc", "to": "Berg", "commodity": "ore"},
        {"from": "Berg", "to": "Alia", "commodity": "ore"},
    ]
    assert ("Alia", "ore") not in spots(sheets)


def test_profiles_give_capacity():
    sheets = valid()
    sheets["Plants"][0]["capacity"] = 0
    assert ("Berg", "ore") in spots(sheets)  # 90 in 2028
