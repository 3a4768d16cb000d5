"""Expansions can be decided in some order, and serve within the horizon."""

from tests.parsing.valid import expect, findings, silent, valid


def test_circles_of_requirements():
    sheets = valid()
    sheets["Expansions"][0]["requires"] = "line"
    expect(sheets, "FS310", "Expansions!E2", "line → line")
    sheets["Expansions"] = [
        {**sheets["Expansions"][0], "expansion": name, "requires": other}
        for name, other in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))
    ]
    assert [finding.row for finding in findings(sheets) if finding.code == "FS310"] == [2, 3, 4]


def test_expansions_that_come_too_late():
    sheets = valid()
    sheets["Expansions"][0].update(earliest=2027, lead_years=2)
    expect(sheets, "FS514", "Expansions!G2", "from year 3 on")
    sheets["Expansions"][0]["lead_years"] = 1.5
    silent(sheets, "FS514")


def test_units_that_count_only_from_a_later_step():
    """Two years of lead into periods of one: nothing is broken. A year and a half is, in the second year, unless that
    is cut in two; a life of half a year more is broken a year later."""
    sheets = valid()
    sheets["Expansions"][0].update(earliest=2026, latest=2026, lead_years=1)
    silent(sheets, "FS552")
    sheets["Expansions"][0]["lead_years"] = 1.5
    expect(sheets, "FS552", "Expansions!H2", "counts from year 2 on; with steps 2 in '2027'")
    sheets["Periods"][1]["steps"] = 2
    silent(sheets, "FS552")
    sheets["Expansions"][0].update(lead_years=0, life_years=0.25)
    expect(sheets, "FS552", "Expansions!I2", "is worn out at year 0.25")


def test_alike_expansions_are_told_together():
    sheets = valid()
    first = {**sheets["Expansions"][0], "earliest": 2026, "latest": 2026, "lead_years": 1.5}
    sheets["Expansions"] = [first, {**first, "expansion": "second"}]
    told = [finding for finding in findings(sheets) if finding.code == "FS552"]
    assert len(told) == 1 and told[0].message.endswith("alike: 'second'")


def test_a_year_of_ramp_that_ends_within_a_step():
    """A period of two years meets two shares and counts by the smaller."""
    sheets = valid()
    sheets["Expansions"][0].update(earliest=2026, latest=2026, ramp="0.3, 0.6")
    silent(sheets, "FS552")
    sheets["Expansions"][0]["lead_years"] = 0.5
    sheets["Periods"][0]["steps"] = 2
    said = "found 0.3, 0.6: a unit decided in '2026' ends a year of its ramp at year 1.5"
    expect(sheets, "FS552", "Expansions!H2", said, "counts by the smaller share until year 2; with steps 2 in '2027'")


def test_a_ramp_that_is_no_list_of_shares():
    sheets = valid()
    for ramp, code in (("0.3; 0.6", "FS103"), ("0.3, high", "FS103"), ("0.3, 1.2", "FS104"), (30, "FS104")):
        sheets["Expansions"][0]["ramp"] = ramp
        expect(sheets, code, "Expansions!F2", "from 0 to 1")


def test_any_of_what_need_not_be_whole():
    """One of a whole expansion opens another; of one in parts a little would be enough. `any` circles are circles."""
    sheets = valid()
    first = sheets["Expansions"][0]
    sheets["Expansions"] = [first, {**first, "expansion": "second", "requires": "any line"}]
    silent(sheets, "FS340", "FS201", "FS310")
    sheets["Expansions"][0]["integer"] = "no"
    expect(sheets, "FS340", "Expansions!E3", "found any of 'line'")
    sheets["Expansions"][0] |= {"integer": "yes", "requires": "any second"}
    assert [finding.row for finding in findings(sheets) if finding.code == "FS310"] == [2, 3]
    sheets["Expansions"][0]["requires"] = "any lime"
    expect(sheets, "FS201", "Expansions!E2", "'lime'")


def test_a_name_that_starts_with_any():
    sheets = valid()
    sheets["Expansions"][0]["expansion"] = "any line"
    expect(sheets, "FS113", "Expansions!A2", "starts with 'any '")


def test_exactly_one_of_plant_and_stockpile():
    sheets = valid()
    sheets["Expansions"][0]["plant"] = None
    expect(sheets, "FS341", "Expansions!B2", "found neither")
    sheets["Expansions"][0] |= {"plant": "smelter", "stockpile": "store"}
    expect(sheets, "FS341", "Expansions!B2", "found both, 'smelter' and 'store'")
    sheets["Expansions"][0] |= {"plant": None}
    silent(sheets, "FS341", "FS513")


def test_a_store_that_holds_less_later():
    """Decided in 2026 or later, of a horizon of three years."""
    sheets = valid()
    sheets["Expansions"] = [{"expansion": "shed", "stockpile": "store", "size": 5, "capex": 1, "life_years": 3}]
    silent(sheets, "FS342")
    sheets["Expansions"][0]["life_years"] = 2
    expect(sheets, "FS342", "Expansions!E2", "may end at year 2, before the horizon at 3")
    sheets["Expansions"][0]["earliest"] = 2027
    silent(sheets, "FS342")
    sheets["Expansions"][0]["ramp"] = "0.6, 0.3"
    expect(sheets, "FS342", "Expansions!G2", "found 0.6, 0.3, which falls")


def test_what_opens_an_expansion():
    """A dated scenario that may come true; not a danger, not a stress test, not one that comes too late."""
    sheets = valid()
    sheets["Expansions"][0]["opened_by"] = "stop"
    silent(sheets, "FS343", "FS344")
    sheets["Expansions"][0]["latest"] = 2026
    expect(sheets, "FS344", "Expansions!G2", "before 'stop' opens it in '2027'")
    del sheets["Expansions"][0]["latest"]
    sheets["Scenarios"][0]["probability"] = 0
    expect(sheets, "FS343", "Expansions!F2", "a dated scenario of probability 0")
    sheets["Scenarios"][0] |= {"probability": None, "per_year": 0.1, "onset": None}
    expect(sheets, "FS343", "Expansions!F2", "a danger or the sequel of one")
    sheets["Expansions"][0]["opened_by"] = "stopp"
    expect(sheets, "FS201", "Expansions!F2", "the nearest is 'stop'")
