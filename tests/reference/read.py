"""From sheets to records."""

from __future__ import annotations

from .dangers import branches
from .program import INFINITY
from .records import (
    Commodity,
    Demand,
    Event,
    Expansion,
    Lane,
    Line,
    Period,
    Plant,
    Problem,
    Protection,
    Row,
    Settings,
    Sheets,
    Stockpile,
    as_label,
    parts,
)


def read(sheets: Sheets) -> Problem:
    """The problem the sheets describe, and what it is in each of its periods where Profiles speak of them."""
    problem = _read(sheets)
    if "Profiles" in sheets:
        problem.years = [_read(in_period(sheets, period.label)) for period in problem.periods]
    return problem


NAMED = {
    "Commodities": "commodity",
    "Plants": "plant",
    "Expansions": "expansion",
    "Lanes": "lane",
    "Stockpiles": "stockpile",
    "Protections": "protection",
    "Policies": "policy",
}
"""The column in which rows have their own names."""


def in_period(sheets: Sheets, label: str) -> Sheets:
    """The sheets with what Profiles say of a period typed over the constants."""
    then = {name: [dict(row) for row in rows] for name, rows in sheets.items() if name != "Profiles"}
    for profile in sheets.get("Profiles", []):
        sheet, label_of = _text(profile, "table"), {as_label(column): column for column in profile}
        value = profile.get(label_of.get(label, ""))
        for row in then[sheet] if value not in (None, "") else ():
            if _text(row, NAMED[sheet]) == _text(profile, "id"):
                row[_text(profile, "column")] = value
    return then


def _read(sheets: Sheets) -> Problem:
    """The problem the sheets describe with the constants that they have."""
    settings = _settings(sheets.get("Settings", []))
    periods: list[Period] = []
    for row in sheets["Periods"]:
        start = periods[-1].start + periods[-1].years if periods else 0.0
        ahead = _filled(row, "look_ahead") and _yes(row["look_ahead"])
        steps = round(_number(row, "steps", 1))
        periods.append(Period(as_label(row["period"]), start, _number(row, "years", 1.0), steps, ahead))
    blocs = {_text(row, "country"): _text(row, "bloc") for row in sheets["Countries"]}
    goods = {
        _text(row, "commodity"): Commodity(
            _text(row, "commodity"), _text(row, "stage"), _number(row, "price", 0.0), _number(row, "surplus_value", 0.0)
        )
        for row in sheets["Commodities"]
    }
    problem = Problem(settings, periods, blocs, goods, policies=sheets.get("Policies", []))
    problem.plants = _plants(problem, sheets)
    problem.demands = [_demand(problem, row) for row in sheets["Demand"]]
    problem.lanes = _lanes(problem, sheets.get("Lanes", []))
    for row in sheets.get("Stockpiles", []):
        problem.stockpiles[_text(row, "stockpile")] = _stockpile(problem, row)
    for row in sheets.get("Expansions", []):
        problem.expansions[_text(row, "expansion")] = _expansion(problem, row)
    for row in sheets.get("Protections", []):
        problem.protections[_text(row, "protection")] = Protection(
            _text(row, "protection"),
            _text(row, "hazard"),
            problem.sites(row),
            _number(row, "effectiveness", 0.0 if _filled(row, "shortens") else 1.0),
            _number(row, "cost"),
            _number(row, "shortens", 0.0),
            problem.period(row["from_period"]) if _filled(row, "from_period") else None,
            _filled(row, "committed") and _yes(row["committed"]),
        )
    _scenarios(problem, sheets)
    return problem


def _filled(row: Row, column: str) -> bool:
    return row.get(column) not in (None, "")


def _number(row: Row, column: str, default: float | None = None) -> float:
    if _filled(row, column):
        return float(str(row[column]))
    if default is None:
        raise ValueError(f"{column} is missing in {row}")
    return default


def _text(row: Row, column: str, default: str = "") -> str:
    return as_label(row[column]) if _filled(row, column) else default


def _yes(cell: object) -> bool:
    return cell if isinstance(cell, bool) else as_label(cell).lower() in ("yes", "true", "1")


def _settings(rows: list[Row]) -> Settings:
    given = {_text(row, "setting"): row["value"] for row in rows if _filled(row, "value")}
    base = Settings()
    return Settings(
        float(str(given.get("discount_rate", base.discount_rate))),
        float(str(given.get("risk_aversion", base.risk_aversion))),
        float(str(given.get("cvar_alpha", base.cvar_alpha))),
        str(given.get("branch_investment", base.branch_investment)),
        _yes(given.get("tariffs_are_costs", True)),
        str(given.get("coalition", base.coalition)),
        str(given.get("after_shock", base.after_shock)),
        float(str(given.get("rejoin_years", base.rejoin_years))),
    )


def _window(problem: Problem, row: Row, first: str, last: str) -> tuple[int, int]:
    start = problem.period(row[first]) if _filled(row, first) else 0
    end = problem.period(row[last]) if _filled(row, last) else len(problem.periods) - 1
    return start, end


def _plants(problem: Problem, sheets: Sheets) -> dict[str, Plant]:
    flows: dict[tuple[str, str], dict[str, float]] = {}
    costs: dict[str, float] = {}
    for row in sheets.get("Recipes", []):
        flow = flows.setdefault((_text(row, "recipe"), _text(row, "role")), {})
        good = _text(row, "commodity")
        flow[good] = flow.get(good, 0.0) + _number(row, "amount")
        costs[_text(row, "recipe")] = costs.get(_text(row, "recipe"), 0.0) + _number(row, "unit_cost", 0.0)
    profiles = {
        (_text(row, "id"), _text(row, "column"), period.label): _number(row, period.label)
        for row in sheets.get("Profiles", [])
        for period in problem.periods
        if _text(row, "table") == "Plants" and _filled(row, period.label)
    }
    plants = {}
    for row in sheets["Plants"]:
        name, recipe = _text(row, "plant"), _text(row, "recipe")
        first, last = _window(problem, row, "from_period", "to_period")
        capacity = [profiles.get((name, "capacity", p.label), _number(row, "capacity")) for p in problem.periods]
        plants[name] = Plant(
            name,
            _text(row, "country"),
            [Line(flows.get((q, "input"), {}), flows[q, "output"], costs[q]) for q in parts(recipe)]
            if recipe
            else [Line({}, {_text(row, "commodity"): 1.0}, 0.0)],
            tuple(value if first <= i <= last else 0.0 for i, value in enumerate(capacity)),
            tuple(profiles.get((name, "unit_cost", p.label), _number(row, "unit_cost")) for p in problem.periods),
            _number(row, "min_use", 0.0),
            _number(row, "emissions", 0.0),
            _number(row, "fixed_cost", 0.0),
            _filled(row, "may_close") and _yes(row["may_close"]),
            _number(row, "closing_cost", 0.0),
        )
    return plants


def _demand(problem: Problem, row: Row) -> Demand:
    always = _number(row, "per_year", 0.0)
    rate = tuple(_number(row, period.label, always) for period in problem.periods)
    return Demand(
        _text(row, "country"), _text(row, "commodity"), _text(row, "tier", "all"), _number(row, "shortage_cost"), rate
    )


def rank(cell: str) -> int:
    """How much a cell of Lanes names: a single name 2, a group 1, everything 0."""
    if cell == "*":
        return 0
    return 1 if "," in cell or cell.startswith(("@", "stage:")) else 2


def _lanes(problem: Problem, rows: list[Row]) -> dict[tuple[str, str, str, str], Lane]:
    best: dict[tuple[str, str, str, str], tuple[int, Lane, bool]] = {}
    for place, row in enumerate(rows):
        way = _text(row, "way")
        origin, target, goods = _text(row, "from"), _text(row, "to"), _text(row, "commodity", "*")
        weight = rank(origin) + rank(target) + rank(goods)
        lane = Lane(
            _number(row, "cost", 0.0),
            _number(row, "tariff", 0.0),
            _number(row, "loss", 0.0),
            _number(row, "capacity", INFINITY),
            frozenset(parts(row["routes"])) if _filled(row, "routes") else frozenset(),
            _number(row, "emissions", 0.0),
            _number(row, "least", 0.0),
            _filled(row, "shared") and _yes(row["shared"]),
            place,
        )
        for k in problem.countries(origin):
            for r in problem.countries(target):
                if k == r and not origin == target == k:
                    continue
                for good in problem.goods(goods):
                    rival = best.get((k, r, good, way))
                    if rival is None or weight > rival[0]:
                        best[k, r, good, way] = (weight, lane, False)
                    elif weight == rival[0]:
                        best[k, r, good, way] = (weight, lane, True)
    for key, (_, _, tie) in best.items():
        if tie:
            raise ValueError(f"two rows of the same rank for the lane {key}")
    spoken = {key[:3] for key in best}
    free = [(k, k, good) for k in problem.blocs for good in problem.commodities]
    home = {(*key, ""): Lane() for key in free if key not in spoken}
    return home | {key: lane for key, (_, lane, _) in best.items()}


def _where(problem: Problem, row: Row) -> str:
    """The country of the plant, or of the stockpile, that an expansion adds to."""
    if _filled(row, "stockpile"):
        return problem.stockpiles[_text(row, "stockpile")].country
    return problem.plants[_text(row, "plant")].country


def _expansion(problem: Problem, row: Row) -> Expansion:
    first, last = _window(problem, row, "earliest", "latest")
    return Expansion(
        _text(row, "expansion"),
        _text(row, "plant", ""),
        _number(row, "size"),
        _number(row, "capex"),
        _number(row, "max_units", 1.0),
        _yes(row["integer"]) if _filled(row, "integer") else True,
        _number(row, "fixed_cost", 0.0),
        _number(row, "lead_years", 0.0),
        _number(row, "life_years", INFINITY),
        first,
        last,
        _text(row, "requires"),
        _text(row, "payer", _where(problem, row)),
        tuple(float(share) for share in parts(row["ramp"])) if _filled(row, "ramp") else (),
        _text(row, "stockpile", ""),
        _text(row, "opened_by", ""),
        _number(row, "committed", 0.0),
    )


def _stockpile(problem: Problem, row: Row) -> Stockpile:
    name, country, good = _text(row, "stockpile"), _text(row, "country"), _text(row, "commodity")
    serves = _text(row, "serves", "own")
    abroad = () if serves == "own" else problem.countries(serves)
    reached = tuple(r for r in abroad if r != country and problem.ways(country, r, good))
    initial = _number(row, "initial", 0.0)
    return Stockpile(
        name,
        country,
        good,
        initial,
        _number(row, "max_level"),
        _number(row, "holding_cost", 0.0),
        _number(row, "loss_rate", 0.0),
        _number(row, "max_fill", INFINITY),
        _number(row, "max_release", INFINITY),
        (country, *reached),
        _number(row, "final_min", initial),
        _number(row, "salvage", 0.0),
        _number(row, "min_level", 0.0),
    )


def _scenarios(problem: Problem, sheets: Sheets) -> None:
    events: dict[str, list[Event]] = {}
    for row in sheets.get("Events", []):
        events.setdefault(_text(row, "scenario"), []).append(_event(problem, row))
    told = {name: tuple(of) for name, of in events.items()}
    problem.scenarios = branches(problem, sheets.get("Scenarios", []), told)


def _event(problem: Problem, row: Row) -> Event:
    kind = _text(row, "kind")
    quota = _number(row, "quota") if _filled(row, "quota") else None
    return Event(
        kind,
        _number(row, "start_years", 0.0),
        _number(row, "years"),
        0.0 if quota is not None else _number(row, "remaining"),
        _number(row, "recovery_years", 0.0),
        quota,
        _text(row, "hazard"),
        frozenset(problem.countries(_text(row, "country", "*"))),
        frozenset(problem.goods(_text(row, "commodity", "*"))),
        problem.sites(row) if kind in ("capacity", "cost") else frozenset(),
        frozenset(problem.countries(_text(row, "to", "@coalition"))) if kind == "export" else frozenset(),
        frozenset(parts(row["route"])) if kind == "route" else frozenset(),
    )
