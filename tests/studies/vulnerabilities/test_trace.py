"""Walks back through the tiers: blends, loops, and what is left when a country stops."""

import numpy as np
import pytest

from friendshore.optimizer.studies.vulnerabilities.trace import build_trace, still_made, walk
from friendshore.optimizer.studies.vulnerabilities.values import unit_values
from tests.mathematics.cases import everything
from tests.studies.cases import flows, magnets, recycling


def place(trace, pool):
    return trace.pools.index(pool)


def test_blends_are_shares_of_what_arrives():
    sheets = magnets()
    sheets["Lanes"][0] = {"from": "Near", "to": "Home", "commodity": "oxide", "loss": 0.5}
    sheets["Lanes"].append({"from": "Far", "to": "Home", "commodity": "oxide"})
    sheets["Plants"][2]["capacity"] = 4  # the other unit comes from Near, who loses half on the way
    trace = build_trace(flows(sheets))
    np.testing.assert_allclose(trace.mix.sum(axis=1), 1.0)
    blend = dict(zip(trace.plants, trace.mix.toarray()[place(trace, ("Home", "oxide"))], strict=True))
    assert trace.flows.shipments["Near", "Home", "oxide", ""] == pytest.approx(2)
    assert (blend["near refinery"], blend["far refinery"]) == pytest.approx((0.2, 0.8))


def test_a_recycling_loop_is_followed_to_its_end():
    # of a magnet's oxide 3 of 5 come from Far; by mass all that enters the loop comes from Far in the end
    trace = build_trace(flows(recycling()))
    assert trace.flows.shipments["Far", "Home", "oxide", ""] == pytest.approx(3)
    by_mass = walk(trace, trace.feed(lambda _: 1.0, whole=True))
    origin = dict(zip(trace.plants, by_mass.origin[place(trace, ("Home", "magnet"))], strict=True))
    assert origin["far oxide"] == pytest.approx(1) and origin["press"] == pytest.approx(0, abs=1e-9)
    # by value: v = value of press output (20 + 0.2·5 = 21) that is oxide 5/21; of it 3/5 Far's, 2/5 the recycler's,
    # who takes 5 of 10 as scrap, which is press output again: f = 5/21 · (3/5 + 2/5 · 5/10 · f)
    values = unit_values(trace.flows)
    by_value = walk(trace, trace.feed(lambda c: values[c], whole=False))
    far = (5 / 21 * 3 / 5) / (1 - 5 / 21 * 2 / 5 * 0.5)
    origin = dict(zip(trace.plants, by_value.origin[place(trace, ("Home", "magnet"))], strict=True))
    assert origin["far oxide"] == pytest.approx(far)
    assert sum(origin.values()) == pytest.approx(1, abs=1e-12)


def test_origins_of_every_pool_sum_to_one():
    for sheets in (magnets(), recycling(), everything()):
        found = flows(sheets)
        trace, values = build_trace(found), unit_values(found)
        for feed in (trace.feed(lambda c, v=values: v[c] or 1e-9, whole=False), trace.feed(lambda _: 1.0, whole=True)):
            np.testing.assert_allclose(walk(trace, feed).origin.sum(axis=1), 1.0, atol=1e-12)


def test_inputs_worth_more_than_the_output_make_up_all_of_it():
    sheets = magnets()
    sheets["Commodities"][2]["price"] = 2  # less than the oxide in it: the press adds nothing
    trace = build_trace(flows(sheets))
    values = unit_values(trace.flows)
    origin = walk(trace, trace.feed(lambda c: values[c], whole=False)).origin[place(trace, ("Home", "magnet"))]
    assert origin[trace.plants.index("press")] == pytest.approx(0, abs=1e-9)


def test_what_is_left_when_a_country_stops():
    trace = build_trace(flows(magnets()))
    without_near = still_made(trace, lambda country: country == "Near")
    assert without_near["Home", "magnet"] == pytest.approx(0.2)  # what is refined in Far
    without_far = still_made(trace, lambda country: country == "Far")
    assert without_far["Home", "magnet"] == pytest.approx(0)  # no ore anywhere
    assert still_made(trace, lambda _: False)["Home", "magnet"] == 1


def test_a_loop_dies_out_when_what_feeds_it_stops():
    trace = build_trace(flows(recycling()))
    left = still_made(trace, lambda country: country == "Far")
    assert left["Home", "magnet"] == pytest.approx(0, abs=1e-9)  # m = 2/5·m


def test_a_plant_is_held_back_by_its_scarcest_input():
    sheets = magnets()
    sheets["Commodities"].append({"commodity": "boron", "unit": "t", "stage": "ore", "price": 1})
    sheets["Recipes"].append({"recipe": "press", "commodity": "boron", "role": "input", "amount": 0.1})
    sheets["Plants"] += [
        {"plant": "near boron", "country": "Near", "commodity": "boron", "capacity": 0.7, "unit_cost": 1},
        {"plant": "home boron", "country": "Home", "commodity": "boron", "capacity": 9, "unit_cost": 2},
    ]
    sheets["Lanes"].append({"from": "Near", "to": "Home", "commodity": "boron"})
    trace = build_trace(flows(sheets))  # without Near 0.2 of the oxide and 0.3 of the boron are left
    assert still_made(trace, lambda country: country == "Near")["Home", "magnet"] == pytest.approx(0.2)


def test_no_flows_no_network():
    sheets = magnets()
    sheets["Plants"][3]["capacity"] = 0
    trace = build_trace(flows(sheets))
    assert walk(trace, trace.feed(lambda _: 1.0, whole=True)).origin.shape[0] == len(trace.pools)
