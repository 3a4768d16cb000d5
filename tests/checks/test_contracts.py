"""FS561: contracts for more than what arrives can be used for."""

from tests.parsing.valid import expect, silent, valid


def contract(least, **cells):
    """From the mine in Conc to the smelter in Berg, which takes in two of ore for each of 45 at most."""
    sheets = valid()
    sheets["Stockpiles"] = [row for row in sheets["Stockpiles"] if row["commodity"] != "ore"]
    lane = {"lane": "sea", "from": "Conc", "to": "Berg", "commodity": "ore", "routes": "strait, canal", "least": least}
    sheets["Lanes"] = [lane | cells]
    return sheets


def test_no_more_than_is_used():
    expect(contract(91), "FS561", "Lanes!F2", "found 91 in", "at most 90 can be used where it arrives", alone=False)
    silent(contract(90), "FS561")
    silent(contract(100, loss=0.1), "FS561")  # 90 arrive


def test_lanes_that_share_go_to_all_their_ends():
    """Alia uses no ore: together with Berg 90, and nothing of its own, which FS356 tells."""
    expect(contract(91, to="@ally", shared="yes"), "FS561", "Lanes!F2", "at most 90", alone=False)
    silent(contract(90, to="@ally", shared="yes"), "FS561")


def test_what_a_stockpile_takes_in_is_not_known():
    sheets = contract(91)
    pit = {"stockpile": "pit", "country": "Berg", "commodity": "ore", "initial": 5, "max_level": 9}
    sheets["Stockpiles"].append(pit)
    silent(sheets, "FS561")


def test_the_year_in_which_it_is_too_much():
    sheets = contract(50)
    last = str(sheets["Periods"][-1]["period"])
    sheets["Profiles"] = [{"table": "Lanes", "id": "sea", "column": "least", last: 95}]
    expect(sheets, "FS561", "Lanes!F2", f"found 95 in {last}", alone=False)
