"""Changes to a problem that leave its optimum where it is: time cut finer, and a branch on which nothing happens."""

from __future__ import annotations

from .cases import with_settings
from .records import Row, Sheets

Rows = list[Row]


def without(rows: Rows, *columns: str) -> Rows:
    """The same rows with these cells blank."""
    return [{column: cell for column, cell in row.items() if column not in columns} for row in rows]


def node_by_node(sheets: Sheets) -> Sheets:
    """Shortage limited in every node by itself, nothing summed over paths or events, and units that serve from the
    period in which they are decided to the end, with a ramp where every period is one year of service."""
    policies = [
        row | {"over": "step", "scenario": "each" if row.get("scenario") in ("expected", "cvar") else row["scenario"]}
        if row["kind"] == "max_shortage" and "scenario" in row
        else without([row], "over")[0]
        for row in sheets.get("Policies", [])
    ]
    yearly = all(row.get("years") in (None, 1) for row in sheets["Periods"])
    cuts_years = () if yearly else ("ramp",)
    expansions = without(sheets.get("Expansions", []), "lead_years", "life_years", *cuts_years)
    return with_settings(_filled(sheets, Policies=policies, Expansions=expansions), rejoin_years=0)


def without_worth_of_time(sheets: Sheets) -> Sheets:
    """Stocks at home that cost nothing to hold and lose nothing, no discount, nothing asked after a shock: so that it
    does not matter when within a period something is done."""
    policies = [row for row in sheets.get("Policies", []) if row["kind"] != "stock_cover"]
    stores = without(sheets.get("Stockpiles", []), "holding_cost", "loss_rate", "serves")
    return with_settings(_filled(sheets, Policies=policies, Stockpiles=stores), discount_rate=0, after_shock="free")


def quarterly(sheets: Sheets) -> Sheets:
    """Steps of three months, the usual ones, wherever an event is met."""
    names = ("Scenarios", "Policies")
    return _filled(sheets, **{name: without(sheets.get(name, []), "step_months") for name in names})


def cut(sheets: Sheets) -> Sheets:
    """Each period in two steps; lengths are half-years or years, so that their halves are made of quarters."""
    return sheets | {"Periods": [row | {"steps": 2} for row in sheets["Periods"]]}


def held_everywhere(sheets: Sheets) -> Sheets:
    """Every rule on each path and node by node, nothing asked of the base path alone (least levels of stocks are)."""
    policies = [
        row if row["kind"] in ("survive", "survive_any", "max_capex") else row | {"scenario": "each", "over": "step"}
        for row in sheets.get("Policies", [])
    ]
    stores = [row | {"final_min": 0, "min_level": 0} for row in sheets.get("Stockpiles", [])]
    return _filled(sheets, Policies=policies, Stockpiles=stores)


def with_idle_branch(sheets: Sheets, scenario: Row, kind: str) -> Sheets:
    """The same, with a scenario whose only event strikes a plant that makes what nobody wants.

    Where there are stocks, time is in years that the event does not cut; an event other than of costs ends normal
    times, so nothing has a least use then."""
    junk: Row = {"plant": "idle", "country": "A", "commodity": "junk", "capacity": 5, "unit_cost": 1}
    event: Row = {"scenario": scenario["scenario"], "kind": kind, "plant": "idle", "years": 0.75, "remaining": 0.5}
    plants = sheets["Plants"] if kind == "cost" else without(sheets["Plants"], "min_use")
    lanes = sheets["Lanes"] if kind == "cost" else without(sheets["Lanes"], "least")
    changed: Sheets = {
        "Lanes": lanes,
        "Commodities": [*sheets["Commodities"], {"commodity": "junk", "unit": "t", "stage": "junk"}],
        "Plants": [*plants, junk],
        "Scenarios": [scenario],
        "Events": [event],
    }
    return sheets | changed


def in_years(sheets: Sheets) -> Sheets:
    """Every period one whole year."""
    return sheets | {"Periods": [{"period": row["period"]} for row in sheets["Periods"]]}


def _filled(sheets: Sheets, **changed: Rows) -> Sheets:
    """The same with these sheets, without those that have no rows."""
    return {name: rows for name, rows in (sheets | changed).items() if rows}
