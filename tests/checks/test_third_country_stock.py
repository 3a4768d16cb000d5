"""A supplier cap sees the country a delivery comes from, so a stockpile elsewhere may hide the origin."""

from tests.parsing.valid import expect, silent, valid


def test_stock_in_a_third_country_serves_the_consumers():
    sheets = valid()
    sheets["Stockpiles"][0].update(country="Berg", commodity="ore", serves="@ally")
    expect(sheets, "FS503", "Policies!D2", "counts for 'Berg'")
    sheets["Stockpiles"][0]["serves"] = "own"
    silent(sheets, "FS503")
    sheets["Stockpiles"][0].update(country="Conc", serves="@ally")  # the capped country itself
    silent(sheets, "FS503")
    sheets["Stockpiles"][0].update(country="Berg", commodity="metal", serves="@ally")  # another commodity
    silent(sheets, "FS503")
