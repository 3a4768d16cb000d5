"""Hypothesis strategies for small problems that are valid, mostly feasible and not trivial.

Numbers are quarters in moderate ranges, so that optima of two formulations can be compared to 1e-6."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import strategies as st

from .features import Features
from .random_policies import policy
from .random_profiles import profiles
from .random_risks import event, protection
from .random_scenarios import scenarios
from .read import rank, read
from .records import Row, Sheets, as_label, parts
from .sketch import Sketch


@st.composite
def sheets(draw: st.DrawFn, /, **switches: object) -> Sheets:
    """A random problem; `switches` are the fields of `Features`, all on unless told otherwise."""
    features = Features(**switches)  # type: ignore[arg-type]
    sketch = Sketch(draw, {}, features)
    _frame(sketch)
    if features.settings:
        _settings(sketch)
    else:
        sketch.sheets["Settings"] = [{"setting": "mip_gap", "value": 1e-9}]
    _goods(sketch, features)
    _plants(sketch)
    _demand(sketch)
    if features.lanes:
        _lanes(sketch)
    else:
        sketch.sheets["Lanes"] = [{"from": "*", "to": "*", "cost": 1.0}]
    _extras(sketch, features)
    return {name: rows for name, rows in sketch.sheets.items() if rows}


def _extras(sketch: Sketch, features: Features) -> None:
    for i in range(sketch.integer(0, 2) * features.stockpiles):
        _stockpile(sketch, i)
    for i in range(sketch.integer(0, 2) * features.expansions):
        _expansion(sketch, i)
    scenarios(sketch)
    _openings(sketch)
    for _ in range((4 - sketch.integer(0, 4)) * (features.events and bool(sketch.rows("Scenarios")))):
        event(sketch)
    for i in range(sketch.integer(0, 2) * features.protections):
        protection(sketch, i)
    for i in range(sketch.integer(0, 3) * features.policies):
        policy(sketch, i)
    if features.profiles and sketch.chance(0.4):
        profiles(sketch)


def _frame(sketch: Sketch) -> None:
    years = [sketch.pick((1, 1, 2, 0.5)) for _ in range(sketch.integer(2, 4 if sketch.chance(0.3) else 3))]
    starts = list(accumulate(years[:-1], initial=0))
    dated = all(start == round(start) for start in starts) and sketch.chance(0.5)
    for i, (start, length) in enumerate(zip(starts, years, strict=True)):
        row: Row = {"period": 2026 + round(start) if dated else f"p{i}"}
        optional: Row = {
            "years": length if length != 1 or sketch.chance(0.2) else None,
            "steps": 2 if sketch.features.steps and sketch.chance(0.25) else None,
        }
        sketch.add("Periods", row, optional)
    if sketch.features.look_ahead and sketch.chance(0.25):
        sketch.sheets["Periods"][-1]["look_ahead"] = "yes"
    blocs = ["ally"] + [sketch.pick(("ally", "partner", "concern")) for _ in range(sketch.integer(1, 3))]
    sketch.sheets["Countries"] = [{"country": name, "bloc": bloc} for name, bloc in zip("ABCD", blocs, strict=False)]


def _goods(sketch: Sketch, features: Features) -> None:
    chain = features.chain and sketch.chance(0.7)
    names = ("ore", "metal", "byproduct")[: sketch.integer(2, 3)] if chain else ("metal",)
    stages = {"ore": "ore", "metal": "metal", "byproduct": "metal"}
    sketch.sheets["Commodities"] = [
        {"commodity": name, "unit": "t", "stage": stages[name], "price": sketch.quarters(1, 8)} for name in names
    ]
    if features.surplus and sketch.chance(0.3):
        for row in sketch.sheets["Commodities"]:
            row["surplus_value"] = sketch.pick((0, 0.5, 2, -0.5, -3))
    if len(names) > 1:
        rows: list[Row] = [
            {"recipe": "smelting", "commodity": "ore", "role": "input", "amount": sketch.pick((0.5, 1.0, 1.25, 2.0))},
            {"recipe": "smelting", "commodity": "metal", "role": "output", "amount": sketch.pick((1.0, 0.5))},
        ]
        if len(names) > 2:
            rows.append({"recipe": "smelting", "commodity": "byproduct", "role": "output", "amount": 0.25})
        if features.recipes and sketch.chance(0.4):
            rows[0]["unit_cost"] = sketch.quarters(0, 4)
            rows += [
                {"recipe": "roasting", "commodity": "ore", "role": "input", "amount": sketch.pick((0.25, 1.5))},
                {"recipe": "roasting", "commodity": names[-1], "role": "output", "amount": sketch.pick((1.0, 2.0))},
            ]
        sketch.sheets["Recipes"] = rows


def _plants(sketch: Sketch) -> None:
    kinds = ["ore", "smelting"] if "ore" in sketch.goods else ["metal", "metal"]
    kinds += kinds if sketch.chance(0.3) else []
    kinds += [sketch.pick(kinds) for _ in range(sketch.integer(0, 5 - len(kinds)))]
    rows: list[Row] = []
    for i, kind in enumerate(kinds):
        row: Row = {
            "plant": f"plant {i}",
            "country": sketch.country(),
            "recipe" if kind == "smelting" else "commodity": kind,
            "capacity": sketch.quarters(4, 24) if sketch.chance(0.75) else 0,
            "unit_cost": sketch.quarters(0.25, 8),
        }
        if kind == "smelting" and any(line["recipe"] == "roasting" for line in sketch.rows("Recipes")):
            row["recipe"] = sketch.pick(("smelting", "roasting, smelting", "smelting, roasting"))
        if kind != "smelting" and sketch.chance(0.3):
            row["min_use"] = sketch.pick((0.25, 0.5))
        if sketch.chance(0.1):
            row["from_period"] = sketch.periods[-1]
        elif sketch.chance(0.1):
            row["to_period"] = sketch.periods[0]
        if sketch.chance(0.5):
            row["emissions"] = sketch.quarters(0.25, 2)
        if sketch.features.closings and sketch.chance(0.25):
            row["fixed_cost"] = sketch.quarters(0.25, 20)
            if sketch.chance(0.7):
                row["may_close"] = "yes"
                row["closing_cost"] = sketch.pick((0, 1, 6))
        rows.append(row)
    sketch.sheets["Plants"] = rows


def _demand(sketch: Sketch) -> None:
    rows: list[Row] = []
    for i in range(sketch.integer(1, 4)):
        row: Row = {
            "country": sketch.country() if i else "A",
            "commodity": sketch.pick(sketch.goods) if i else "metal",
            "shortage_cost": sketch.quarters(8, 60),
        }
        if sketch.chance(0.4):
            row["tier"] = sketch.pick(("defence", "civil"))
        if sketch.chance(0.6):
            row["per_year"] = sketch.quarters(2, 12)
        for period in sketch.periods:
            if "per_year" not in row or sketch.chance(0.2):
                row[period] = sketch.quarters(0, 12)
        rows.append(row)
    sketch.sheets["Demand"] = rows


def _lane(sketch: Sketch, before: list[Row]) -> Row:
    row: Row = {"from": "*", "to": "*"}
    if before and sketch.features.ways and sketch.chance(0.3):
        row = {name: cell for name, cell in sketch.pick(before).items() if name in ("from", "to", "commodity")}
        row["way"] = sketch.pick(("sea", "air"))
    elif before:
        row["from"] = sketch.group()
        row["to"] = row["from"] if sketch.chance(0.2) and row["from"] in sketch.countries else sketch.group()
        if sketch.chance(0.5):
            row["commodity"] = sketch.good_cell()
    row["cost"] = sketch.quarters(0, 3)
    if sketch.chance(0.3):
        row["tariff"] = sketch.pick((0.25, 0.5, 1.0))
    if sketch.chance(0.3):
        row["loss"] = sketch.pick((0.125, 0.25))
    if sketch.chance(0.3):
        row["capacity"] = sketch.quarters(1, 20)
        row["shared"] = sketch.pick(("no", "yes")) if sketch.features.shared else "no"
    if sketch.chance(0.5):
        row["routes"] = sketch.pick(("north", "south", "north, south"))
    if sketch.chance(0.3):
        row["emissions"] = sketch.quarters(0, 1)
    return row


def _lanes(sketch: Sketch) -> None:
    """Rows of which no two of the same rank speak of one lane."""
    rows: list[Row] = []
    frame = read(sketch.sheets)
    taken: set[tuple[object, ...]] = set()
    for _ in range(sketch.integer(1, 5)):
        row = _lane(sketch, rows)
        origin, target = as_label(row["from"]), as_label(row["to"])
        goods = as_label(row.get("commodity", "*"))
        weight = rank(origin) + rank(target) + rank(goods)
        keys = {
            (weight, k, r, good, row.get("way"))
            for k in frame.countries(origin)
            for r in frame.countries(target)
            for good in frame.goods(goods)
            if k != r or origin == target == k
        }
        if keys and not keys & taken:
            taken |= keys
            rows.append(row)
    sketch.sheets["Lanes"] = rows
    sketch.routes = sorted({tag for row in rows if "routes" in row for tag in parts(row["routes"])})
    if sketch.features.contracts and sketch.chance(0.25):
        _contract(sketch)


def _contract(sketch: Sketch) -> None:
    """A least quantity on one row, where what is made at one end is used at the other."""
    problem = read(sketch.sheets)
    lines = [(p.country, line) for p in problem.plants.values() for line in p.lines]
    made = {(country, good) for country, line in lines for good in line.outputs}
    used = {(d.country, d.commodity) for d in problem.demands}
    used |= {(country, good) for country, line in lines for good in line.inputs}
    keys: dict[int, list[bool]] = {}
    for (k, r, good, _), lane in problem.lanes.items():
        keys.setdefault(lane.row, []).append((k, good) in made and (r, good) in used)
    place = sketch.integer(0, len(sketch.rows("Lanes")) - 1)
    row, busy = sketch.rows("Lanes")[place], keys.get(place, [])
    if any(busy) and sketch.features.shared and "shared" not in row:
        row["shared"] = sketch.pick(("no", "yes"))
    if any(busy) and (all(busy) or row.get("shared") == "yes"):
        row["least"] = sketch.pick((0.25, 0.5, 1))
        row.setdefault("shared", "no")


def _settings(sketch: Sketch) -> None:
    values: Row = {
        "discount_rate": sketch.pick((None, 0, 0.25)),
        "risk_aversion": sketch.pick((None, 0.25, 0.5, 0.75)),
        "cvar_alpha": sketch.pick((None, 0, 0.5, 0.75)),
        "branch_investment": sketch.pick(sketch.features.branch_investment),
        "after_shock": sketch.pick((None, "rejoin", "free")),
        "rejoin_years": sketch.pick((None, 0, 0.25, 0.5)),
        "tariffs_are_costs": sketch.pick((None, "yes", "no")),
        "coalition": sketch.pick((None, None, *sketch.blocs)),
        "mip_gap": 1e-9,
    }
    sketch.sheets["Settings"] = [{"setting": name, "value": v} for name, v in values.items() if v is not None]


def _expansion(sketch: Sketch, i: int) -> None:
    rows = [row for row in sketch.rows("Plants") if "may_close" not in row]
    if not rows:
        return
    sites = [str(row["plant"]) for row in rows]
    sites += 4 * [str(row["plant"]) for row in rows if not row["capacity"]]
    place = ("plant", sketch.pick(sites))
    if sketch.rows("Stockpiles") and sketch.chance(0.25):
        place = ("stockpile", sketch.pick([str(row["stockpile"]) for row in sketch.rows("Stockpiles")]))
    row: Row = {
        "expansion": f"project {i}",
        place[0]: place[1],
        "size": sketch.quarters(3, 12),
        "capex": sketch.quarters(2, 40),
    }
    optional: Row = {
        "max_units": sketch.pick((None, 1, 2, 3, 1.5)),
        "integer": sketch.pick((None, "yes", "no")),
        "fixed_cost": sketch.pick((None, 0.5, 2)),
        "lead_years": sketch.pick((None, 0, 0.5, 1)),
        "life_years": sketch.pick((None, None, 0.75, 2, 10) if "plant" in row else (None, 10)),
        "earliest": sketch.pick((None, None, sketch.periods[1])),
        "latest": sketch.pick((None, None, sketch.periods[1])),
        "requires": sketch.pick((None, None, "project 0", *_any_of_the_first(sketch))) if i else None,
        "payer": sketch.pick((None, None, sketch.country())),
        "ramp": sketch.pick((None, None, None, 0.5, "0.25, 0.75")),
    }
    if sketch.features.committed and sketch.chance(0.25):
        _commit(sketch, optional)
    sketch.add("Expansions", row, optional)


def _commit(sketch: Sketch, cells: Row) -> None:
    """One unit stands or is on order; some rows are committed whole, and have served already."""
    cells.update(committed=1, max_units=sketch.pick((1, 1, 2)), integer=None, earliest=None, requires=None)
    if cells["max_units"] == 1:
        cells |= {"lead_years": sketch.pick((-1, -0.5, 0.5, 1)), "latest": sketch.periods[0]}


def _openings(sketch: Sketch) -> None:
    """Dated scenarios that may come true open some of the expansions that do not close before."""
    dated = [row for row in sketch.rows("Scenarios") if row.get("probability") and str(row["onset"]) in sketch.periods]
    for row in sketch.rows("Expansions"):
        if row.get("committed"):
            continue
        latest = sketch.periods.index(str(row.get("latest", sketch.periods[-1])))
        may = [each for each in dated if sketch.periods.index(str(each["onset"])) <= latest]
        if may and sketch.chance(0.3):
            row["opened_by"] = sketch.pick([str(each["scenario"]) for each in may])


def _any_of_the_first(sketch: Sketch) -> tuple[str, ...]:
    """One unit of the first project, where it is built in whole units."""
    return ("any project 0",) if sketch.rows("Expansions")[0].get("integer") != "no" else ()


def _stockpile(sketch: Sketch, i: int) -> None:
    initial = sketch.quarters(0, 8)
    row: Row = {
        "stockpile": f"store {i}",
        "country": sketch.country(),
        "commodity": sketch.pick(sketch.goods),
        "initial": initial,
        "max_level": initial + sketch.quarters(0.25, 10),
    }
    loss = sketch.pick((None, None, 0.125, 0.25))
    optional: Row = {
        "holding_cost": sketch.pick((None, 0.25, 1)),
        "loss_rate": loss,
        "max_fill": sketch.pick((None, None, 2, 6)),
        "max_release": sketch.pick((None, None, 2, 6)),
        "serves": sketch.pick((None, "own", "@coalition", "*", sketch.country())),
        "final_min": sketch.pick((None, 0, initial / 2) if loss is None else (0, 0, initial / 4)),
        "min_level": sketch.pick((None, None, None, initial / 4)) if loss is None else None,
        "salvage": sketch.pick((None, None, 0.5, 2)),
    }
    sketch.add("Stockpiles", row, optional)
