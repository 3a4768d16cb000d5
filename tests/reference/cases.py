"""Small problems whose answers are known by hand."""

from __future__ import annotations

from math import log

from .records import Row, Sheets


def evenly(rate: float, start: float = 0.0, years: float = 1.0) -> float:
    """What 1 a year that is paid evenly over some years is worth now."""
    return float(((1 + rate) ** -start - (1 + rate) ** -(start + years)) / log(1 + rate)) if rate else years


def with_settings(sheets: Sheets, **values: object) -> Sheets:
    """The same problem with these settings."""
    rows: list[Row] = [{"setting": name, "value": value} for name, value in values.items()]
    kept = [row for row in sheets.get("Settings", []) if row["setting"] not in values]
    return sheets | {"Settings": kept + rows}


def dantzig() -> Sheets:
    """Dantzig's transport problem: two canning plants, three markets, freight of 90 a case and thousand miles."""
    miles = {
        ("Seattle", "New York"): 2.5,
        ("Seattle", "Chicago"): 1.7,
        ("Seattle", "Topeka"): 1.8,
        ("San Diego", "New York"): 2.5,
        ("San Diego", "Chicago"): 1.8,
        ("San Diego", "Topeka"): 1.4,
    }
    capacity = {"Seattle": 350, "San Diego": 600}
    demand = {"New York": 325, "Chicago": 300, "Topeka": 275}
    return {
        "Settings": [{"setting": "discount_rate", "value": 0}],
        "Periods": [{"period": 1}],
        "Countries": [{"country": name, "bloc": "ally"} for name in (*capacity, *demand)],
        "Commodities": [{"commodity": "cases", "unit": "case"}],
        "Plants": [
            {"plant": f"{k} plant", "country": k, "commodity": "cases", "capacity": most, "unit_cost": 0}
            for k, most in capacity.items()
        ],
        "Demand": [
            {"country": r, "commodity": "cases", "shortage_cost": 1000, "per_year": wanted}
            for r, wanted in demand.items()
        ],
        "Lanes": [{"from": k, "to": r, "cost": 90 * far / 1000} for (k, r), far in miles.items()],
    }


def island(periods: int = 1, demand: float = 10.0, capacity: float = 20.0, cost: float = 2.0) -> Sheets:
    """One country that makes what it needs; no discounting."""
    return {
        "Settings": [{"setting": "discount_rate", "value": 0}],
        "Periods": [{"period": f"y{i}"} for i in range(periods)],
        "Countries": [{"country": "Home", "bloc": "ally"}],
        "Commodities": [{"commodity": "metal", "unit": "t", "price": 1}],
        "Plants": [
            {"plant": "works", "country": "Home", "commodity": "metal", "capacity": capacity, "unit_cost": cost}
        ],
        "Demand": [{"country": "Home", "commodity": "metal", "shortage_cost": 100, "per_year": demand}],
    }


def importer(periods: int = 1, demand: float = 12.0, capacity: float = 20.0) -> Sheets:
    """A buyer without plants and one maker abroad, joined by one lane of cost 1."""
    return island(periods, demand, capacity) | {
        "Countries": [{"country": "Home", "bloc": "ally"}, {"country": "Far", "bloc": "concern"}],
        "Plants": [{"plant": "works", "country": "Far", "commodity": "metal", "capacity": capacity, "unit_cost": 2}],
        "Lanes": [{"from": "Far", "to": "Home", "cost": 1}],
    }


def stop(probability: float, years: float = 1.0, name: str = "stop", onset: str = "y1", step: int = 12) -> Sheets:
    """A scenario in which the maker abroad sells nothing for a time."""
    return {
        "Scenarios": [{"scenario": name, "probability": probability, "onset": onset, "step_months": step}],
        "Events": [{"scenario": name, "kind": "export", "country": "Far", "years": years, "remaining": 0}],
    }


def stock_or_stop(durations: dict[float, float], hold: float, short: float, step: int = 12) -> Sheets:
    """The stockpile against stops of several lengths (years -> probability), as in the worked answers."""
    sheets = importer(2, capacity=12.0)
    demand: list[Row] = [{"country": "Home", "commodity": "metal", "shortage_cost": short, "y0": 0, "y1": 12}]
    store: Row = {"stockpile": "store", "country": "Home", "commodity": "metal", "max_level": 50, "holding_cost": hold}
    scenarios: list[Row] = []
    events: list[Row] = []
    for years, probability in durations.items():
        one = stop(probability, years, f"stop {years}", step=step)
        scenarios += one["Scenarios"]
        events += one["Events"]
    return sheets | {
        "Commodities": [{"commodity": "metal", "unit": "t"}],
        "Demand": demand,
        "Stockpiles": [store],
        "Scenarios": scenarios,
        "Events": events,
    }


def store(**cells: object) -> Row:
    """A stockpile at home."""
    return {"stockpile": "store", "country": "Home", "commodity": "metal", "max_level": 100, **cells}
