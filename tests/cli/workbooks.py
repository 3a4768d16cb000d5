"""Small workbooks to give to the commands."""

from openpyxl import Workbook

SHEETS = {
    "Periods": [["period", "years"], ["2026", 1], ["2027", 1]],
    "Countries": [["country", "bloc"], ["Alda", "ally"], ["Cathay", "concern"]],
    "Commodities": [["commodity", "unit", "price"], ["magnets", "t", 0]],
    "Plants": [
        ["plant", "country", "commodity", "capacity", "unit_cost"],
        ["home works", "Alda", "magnets", 10, 5],
        ["far works", "Cathay", "magnets", 100, 1],
    ],
    "Demand": [["country", "commodity", "tier", "per_year", "shortage_cost"], ["Alda", "magnets", "defence", 40, 100]],
    "Lanes": [["from", "to", "commodity", "cost"], ["Cathay", "Alda", "*", 1]],
    "Expansions": [["expansion", "plant", "size", "capex", "max_units"], ["more at home", "home works", 10, 200, 3]],
    "Scenarios": [["scenario", "probability", "onset", "step_months"], ["stop", 0.5, "2027", 12]],
    "Events": [
        ["scenario", "kind", "country", "commodity", "years", "remaining"],
        ["stop", "export", "Cathay", "magnets", 1, 0],
    ],
    "Settings": [["setting", "value"], ["discount_rate", 0], ["currency", "EUR"]],
}


def write(path, **changes):
    """A workbook of SHEETS, with some of them replaced."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in {**SHEETS, **changes}.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def broken(path):
    """Two errors: a negative cost, and a demand of an unknown country."""
    plants = [list(row) for row in SHEETS["Plants"]]
    plants[1][4] = -5
    demand = [SHEETS["Demand"][0], ["Alta", *SHEETS["Demand"][1][1:]]]
    return write(path, Plants=plants, Demand=demand)
