"""Random profiles: any number that may change with the years, in some of the periods."""

from __future__ import annotations

from collections.abc import Callable

from friendshore.models.tables import OFFERED

from .read import NAMED
from .records import Row
from .sketch import Sketch

Draw = Callable[[Sketch, Row], object]


def profiles(sketch: Sketch) -> None:
    """Some more profiles, of rows that there are."""
    for _ in range(sketch.integer(1, 4)):
        sheet = sketch.pick([sheet for sheet in OFFERED if sketch.rows(sheet)])
        row = sketch.pick(sketch.rows(sheet))
        if sheet == "Lanes" and "lane" not in row:
            row["lane"] = f"lane {sketch.rows(sheet).index(row)}"
        columns = [name for name in OFFERED[sheet].varying if sheet != "Policies" or _changes(row, name)]
        if "least" not in row and "least" in columns:
            columns.remove("least")  # on most lanes nothing moves
        column = sketch.pick([*columns, None])
        taken = [(one["table"], one["id"], one["column"]) for one in sketch.rows("Profiles")]
        name = row[NAMED[sheet]]
        if column is not None and (sheet, name, column) not in taken:
            profile: Row = {"table": sheet, "id": name, "column": column}
            for period in sketch.periods:
                if sketch.chance(0.7):
                    profile[period] = VALUES.get((sheet, column), _small)(sketch, row)
            sketch.sheets.setdefault("Profiles", []).append(profile)
            if column in ("capacity", "least") and sheet == "Lanes":
                row.setdefault("shared", "no")


def _changes(policy: Row, column: str) -> bool:
    """Whether a policy holds step by step, so that limit and penalty may change."""
    summed = policy.get("scenario") in ("expected", "cvar") or policy.get("over", "step") != "step"
    return policy["kind"] != "max_capex" and not summed and (column == "limit" or "penalty" in policy)


def _small(sketch: Sketch, row: Row) -> object:
    return sketch.quarters(0, 4)


def _limit(sketch: Sketch, row: Row) -> object:
    if row["kind"] == "max_emissions":
        return sketch.quarters(10, 60)
    return sketch.pick((5, 15, 30, 60)) if row["kind"] == "stock_cover" else sketch.pick((0.25, 0.5, 0.75))


def _room(sketch: Sketch, row: Row) -> object:
    return float(str(row["initial"])) + sketch.quarters(0.25, 10)


def _loss_rate(sketch: Sketch, row: Row) -> object:
    """Stocks that have to last lose nothing, as elsewhere in random problems."""
    return sketch.pick((0, 0.125, 0.25)) if "loss_rate" in row else 0


VALUES: dict[tuple[str, str], Draw] = {
    ("Commodities", "price"): lambda sketch, row: sketch.quarters(0.25, 6),
    ("Plants", "capacity"): lambda sketch, row: sketch.quarters(2, 30),
    ("Plants", "unit_cost"): lambda sketch, row: sketch.quarters(0, 8),
    ("Plants", "min_use"): lambda sketch, row: sketch.pick((0, 0.25, 0.5)) if "min_use" in row else 0,
    ("Expansions", "capex"): lambda sketch, row: sketch.quarters(2, 40),
    ("Lanes", "tariff"): lambda sketch, row: sketch.pick((0, 0.25, 0.5, 1.0)),
    ("Lanes", "loss"): lambda sketch, row: sketch.pick((0, 0.125, 0.25)),
    ("Lanes", "least"): lambda sketch, row: sketch.pick((0, 0.25)),
    ("Lanes", "capacity"): lambda sketch, row: sketch.quarters(1, 20),
    ("Stockpiles", "max_level"): _room,
    ("Stockpiles", "loss_rate"): _loss_rate,
    ("Stockpiles", "max_fill"): lambda sketch, row: sketch.quarters(1, 6),
    ("Stockpiles", "max_release"): lambda sketch, row: sketch.quarters(1, 6),
    ("Protections", "effectiveness"): lambda sketch, row: sketch.pick((0, 0.25, 0.5, 0.75, 1)),
    ("Policies", "limit"): _limit,
    ("Policies", "penalty"): lambda sketch, row: sketch.quarters(1, 60),
}
"""How values of some columns are drawn; those of all others are small."""
