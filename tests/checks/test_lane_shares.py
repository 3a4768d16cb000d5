"""A row that stands for several lanes says how its capacity is meant; contracts can be kept; names are one's own."""

import pytest

from tests.parsing.valid import expect, silent, valid


def lanes(*rows):
    """From the mine in Conc to the smelter in Berg: ore moves, and nothing else."""
    sheets = valid()
    sheets["Lanes"] = [
        {"from": "Conc", "to": "Berg", "commodity": "ore", "routes": "strait, canal"} | row for row in rows
    ]
    return sheets


@pytest.mark.parametrize("column", ["capacity", "least"])
def test_several_lanes_share_or_do_not(column):
    """Two goods are two lanes, to two countries they are four. One lane shares with nobody, and nothing at all is as
    much together as for each."""
    wide = {column: 7, "commodity": "*"}
    expect(lanes(wide), "FS355", "Lanes!E2", "found 7 for 2 lanes and nothing in shared", "yes", alone=False)
    expect(lanes(wide | {"to": "@ally"}), "FS355", "Lanes!E2", "for 4 lanes", alone=False)
    silent(lanes({column: 7}), "FS355")
    silent(lanes(wide | {column: 0}), "FS355")
    silent(lanes({"commodity": "*"}), "FS355")
    for said in ("yes", "no"):
        silent(lanes(wide | {"shared": said}), "FS355")


def test_least_is_at_most_capacity():
    expect(lanes({"capacity": 4, "least": 4.5}), "FS356", "Lanes!F2", "found 4.5", "at most capacity, which is 4")
    silent(lanes({"capacity": 4, "least": 4}), "FS356")
    silent(lanes({"least": 4}), "FS356")


def test_least_where_nothing_can_move():
    """Nobody in Berg makes ore, and nobody in Conc uses it: of lanes that share one has to move, of others each."""
    back = {"from": "Berg", "to": "Conc", "least": 1}
    expect(lanes({}, back), "FS356", "Lanes!E3", "of 'ore' from 'Berg' to 'Conc' nothing can move")
    both = {"from": "Conc, Berg", "to": "Conc, Berg", "least": 1}
    silent(lanes(both | {"shared": "yes"}), "FS356")
    expect(lanes(both | {"shared": "no"}), "FS356", "Lanes!E2", "from 'Berg' to 'Conc'")


def test_a_lane_of_a_stockpile_carries_a_contract():
    """A depot of ore in Berg may send it back to whom there is a use, and there is none in Alia before a smelter."""
    lane = {"from": "Berg", "to": "Alia", "least": 1}
    sheets = lanes({}, lane)
    sheets["Stockpiles"].append(
        {"stockpile": "pit", "country": "Berg", "commodity": "ore", "initial": 5, "max_level": 9, "serves": "Alia"}
    )
    expect(sheets, "FS356", "Lanes!E3", "nothing can move")
    sheets["Plants"].append(
        {"plant": "new", "country": "Alia", "recipe": "smelt", "commodity": None, "capacity": 4, "unit_cost": 9}
    )
    silent(sheets, "FS356")


def test_a_row_has_a_name_of_its_own():
    sheets = lanes({"lane": "sea"}, {"way": "air", "lane": "sea"})
    expect(sheets, "FS114", "Lanes!E3", "'sea' again, which row 2 has")
    sheets["Lanes"][1]["lane"] = "air"
    silent(sheets, "FS114")
    silent(lanes({}, {"way": "air"}), "FS114")  # blank is no name
    expect(lanes({"lane": "base"}), "FS113", "Lanes!E2", "reserved word")
