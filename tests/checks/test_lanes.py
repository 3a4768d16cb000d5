"""For every lane one row wins; tariffs are a share of something."""

from tests.parsing.valid import expect, silent, valid


def lanes(*rows):
    sheets = valid()
    sheets["Lanes"] = [{"from": a, "to": b, "commodity": c, "routes": "strait, canal"} for a, b, c in rows]
    return sheets


def test_rows_that_name_more_win():
    silent(
        lanes(
            ("*", "*", "*"), ("@concern", "*", "*"), ("Conc", "*", "*"), ("Conc", "Alia", "*"), ("Conc", "Alia", "ore")
        )
    )


def test_two_rows_of_the_same_rank():
    sheets = lanes(("*", "*", "*"), ("Conc", "*", "*"), ("*", "Alia", "*"))
    expect(sheets, "FS316", "Lanes!A4", "from 'Conc' to 'Alia' here and in row 3")
    sheets["Lanes"].append({"from": "Conc", "to": "Alia", "commodity": "*", "routes": ""})
    silent(sheets, "FS316")  # a row that names more settles it


def test_the_same_row_twice():
    expect(lanes(("*", "*", "*"), ("*", "*", "*")), "FS316", "Lanes!A3", "row 2")


def test_overlapping_lists():
    expect(lanes(("Alia, Berg", "*", "*"), ("@concern, Berg", "*", "*")), "FS316", "Lanes!A3", "'Berg'")


def test_home_lanes_conflict_only_where_both_ends_are_that_country():
    silent(lanes(("*", "*", "*"), ("Alia", "Alia", "*")), "FS316")


def test_tariffs_without_a_price():
    sheets = valid()
    sheets["Commodities"][0]["price"] = None
    sheets["Lanes"][1]["tariff"] = 0.25
    expect(sheets, "FS515", "Lanes!F3", "the price of 'ore'")
    sheets["Settings"].append({"setting": "tariffs_are_costs", "value": "no"})
    silent(sheets, "FS515")


def test_ways_do_not_compete():
    """Two rows of one rank that name different ways both stand; the one without a name is a way as well."""
    sheets = lanes(("Conc", "Alia", "*"), ("Conc", "Alia", "*"), ("Conc", "Alia", "*"))
    sheets["Lanes"][1]["way"], sheets["Lanes"][2]["way"] = "sea", "air"
    silent(sheets, "FS316")
    sheets["Lanes"][2]["way"] = "sea"
    expect(sheets, "FS316", "Lanes!A4", "from 'Conc' to 'Alia' by 'sea' here and in row 3")


def test_a_way_for_all_countries_opens_a_way_round_a_tariff():
    """25 % of 100 and freight of 1 make 26; by air it comes for 3. A quota, the tariff or a dear flight helps."""
    sheets = lanes(("Conc", "Alia", "ore"), ("*", "*", "*"))
    sheets["Commodities"][0]["price"] = 100
    sheets["Lanes"][0] |= {"cost": 1, "tariff": 0.25}
    sheets["Lanes"][1] |= {"cost": 3, "way": "air"}
    expect(sheets, "FS562", "Lanes!F3", "found 0% for 'ore' from 'Conc' to 'Alia' by 'air', where row 2 has 25%", "26")
    for helps in ({"cost": 26}, {"capacity": 5, "shared": "no"}, {"tariff": 0.25}):
        silent(sheets | {"Lanes": [sheets["Lanes"][0], sheets["Lanes"][1] | helps]}, "FS562")
    silent(sheets | {"Settings": [{"setting": "tariffs_are_costs", "value": "no"}]}, "FS562")
