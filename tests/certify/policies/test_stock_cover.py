"""``stock_cover``: days of use held at the end of each base-path step."""

from __future__ import annotations

from tests.certify.policies.under import calm, under
from tests.certify.trade import BASE, at, fails, holds, mine, together, trade, works

STORE = {"stockpile": "store", "country": "Home", "commodity": "metal", "initial": 3, "max_level": 5}
STOCKS = {"stocks": [("base/y1/1", "store", 3, 0), ("base/y2/1", "store", 3, 0)]}


def test_days_of_use() -> None:
    """3 t of 12 a year last 91.25 days."""
    sheets, rows = calm(trade(Stockpiles=[STORE])), together(BASE, STOCKS)
    holds(under(sheets, "stock_cover", 91.25, rows=rows))
    fails(under(sheets, "stock_cover", 92, rows=rows), "rule (stock_cover): metal for Home at base/y1/1")
    fails(under(sheets, "stock_cover", 92, rows=rows, from_period="y2"), "at base/y2/1")


def test_use_is_a_year_s() -> None:
    """In a period of half a year half as much is used: the same 3 t of 12 a year."""
    sheets = calm(trade(Stockpiles=[STORE], Periods=[{"period": "y1", "years": 0.5}]))
    rows = {
        "sourcing": [("base/y1/1", "Far", "Home", "metal", 4.375), ("base/y1/1", "Home", "Home", "metal", 2.5)],
        "production": [("base/y1/1", "mine", 4.375), ("base/y1/1", "works", 2.5)],
        "stocks": [("base/y1/1", "store", 3, 0)],
    }
    holds(under(sheets, "stock_cover", 91.25, rows=rows))
    fails(under(sheets, "stock_cover", 92, rows=rows), "stock_cover")


def test_stocks_elsewhere_do_not_count() -> None:
    """Home's stock is not Far's: Far uses nothing and needs none; with Far's needs the store at Home is no cover."""
    sheets, rows = calm(trade(Stockpiles=[STORE | {"country": "Far"}])), together(BASE, STOCKS)
    fails(under(sheets, "stock_cover", 1, rows=rows), "metal for Home")
    holds(under(sheets, "stock_cover", 91.25, rows=rows, consumers="*"))


def test_process_input_is_use() -> None:
    """A press that takes 0.25 t of metal a part, run 12 times: 3 t more a year, 15 in all: 73 days."""
    sheets = calm(
        trade(
            Stockpiles=[STORE],
            Commodities=[*trade()["Commodities"], {"commodity": "part", "unit": "t"}],
            Recipes=[
                {"recipe": "press", "commodity": "metal", "role": "input", "amount": 0.25},
                {"recipe": "press", "commodity": "part", "role": "output", "amount": 1},
            ],
            Plants=[works(capacity=8), mine(), works(plant="press", commodity=None, recipe="press", capacity=12)],
        )
    )
    rows = together(
        at("base/y1/1", 8.75, 8),
        at("base/y2/1", 8.75, 8),
        {"production": [("base/y1/1", "press", 12), ("base/y2/1", "press", 12)]},
        STOCKS,
    )
    holds(under(sheets, "stock_cover", 73, rows=rows, commodity="metal"))
    fails(under(sheets, "stock_cover", 74, rows=rows, commodity="metal"), "stock_cover")
