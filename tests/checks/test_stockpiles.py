"""Stock fits into its stockpile, and is not run down for nothing."""

from tests.parsing.valid import expect, silent, valid


def test_levels_above_what_it_holds():
    for column, cell in (("initial", "D2"), ("final_min", "F2"), ("min_level", "G2")):
        sheets = valid()
        sheets["Stockpiles"][0][column] = 10.5
        expect(sheets, "FS311", f"Stockpiles!{cell}", "at most max_level, which is 10")
        sheets["Stockpiles"][0][column] = 10
        silent(sheets, "FS311")


def test_stock_to_be_refilled_needs_a_price():
    sheets = valid()
    sheets["Commodities"][1]["price"] = 0
    expect(sheets, "FS312", "Stockpiles!F2", "'metal' has no price")
    sheets["Stockpiles"][0]["final_min"] = None  # blank: what it starts with
    expect(sheets, "FS312", "Stockpiles!F2", "blank: initial")
    sheets["Stockpiles"][0]["final_min"] = 0
    silent(sheets, "FS312")


def test_stock_without_a_price_need_not_come_back():
    """Where the end of a path asks for none either, which FS312 tells."""
    sheets = valid()
    sheets["Commodities"][1]["price"] = 0
    sheets["Stockpiles"][0]["final_min"] = 0
    expect(sheets, "FS553", "Commodities!D3", "after a shock")
    sheets["Settings"] = [*sheets.get("Settings", []), {"setting": "after_shock", "value": "free"}]
    silent(sheets, "FS553")
    sheets["Settings"].pop()
    sheets["Commodities"][1]["price"] = 1
    silent(sheets, "FS553")


def test_without_scenarios_no_price_is_needed():
    sheets = valid()
    sheets["Commodities"][1]["price"] = 0
    sheets["Scenarios"], sheets["Events"] = [], []
    sheets["Policies"].pop()
    silent(sheets, "FS312")


def test_stores_hold_what_is_asked_later_not_what_is_there_at_the_start():
    """10 and a store of 5: 15 may be asked for at the end, and 10 may lie there at the start."""
    sheets = valid()
    sheets["Expansions"].append({"expansion": "shed", "stockpile": "store", "size": 2.5, "max_units": 2, "capex": 1})
    sheets["Stockpiles"][0] |= {"final_min": 15, "initial": 10}
    silent(sheets, "FS311")
    sheets["Stockpiles"][0]["final_min"] = 15.5
    expect(sheets, "FS311", "Stockpiles!F2", "which is 10, and 5 in stores")
    sheets["Stockpiles"][0] |= {"final_min": 15, "initial": 10.5}
    expect(sheets, "FS311", "Stockpiles!D2", "which is 10")
