"""Random policies: most of them with a penalty or easy to keep."""

from __future__ import annotations

from .records import Row
from .sketch import Sketch

_WITHOUT_WINDOW = ("survive", "survive_any")
_WITHOUT_PLACE = ("max_shortage", *_WITHOUT_WINDOW, "max_capex")


def policy(sketch: Sketch, i: int) -> None:
    """One more policy."""
    kinds = sketch.features.policy_kinds
    if not sketch.rows("Expansions"):
        kinds = tuple(kind for kind in kinds if kind != "max_capex") or kinds
    kind = sketch.pick(kinds)
    row: Row = {"policy": f"rule {i}", "kind": kind}
    optional: Row = {}
    _KINDS[kind](sketch, row, optional)
    if kind not in _WITHOUT_WINDOW and sketch.chance(0.3):
        optional["from_period"] = sketch.periods[1]
    if kind not in _WITHOUT_WINDOW and sketch.chance(0.2):
        optional["to_period"] = sketch.periods[1]
    if kind not in _WITHOUT_PLACE:
        optional["scenario"] = _place(sketch) if sketch.features.places else "base"
    hard = sketch.chance(0.1 if kind in ("max_shortage", *_WITHOUT_WINDOW, "stock_cover") else 0.25)
    if sketch.features.penalties and not hard:
        optional["penalty"] = sketch.quarters(1, 60)
    sketch.add("Policies", row, optional)


def _place(sketch: Sketch) -> object:
    """Where a rule holds."""
    names = [str(scenario["scenario"]) for scenario in sketch.rows("Scenarios")]
    return sketch.pick((None, None, "base", "normal", "each", *names, ", ".join(names[:2]) or None))


def _commodity(sketch: Sketch, optional: Row) -> None:
    optional["commodity"] = sketch.pick((None, "metal", sketch.good_cell()))


def _people(sketch: Sketch) -> str:
    return sketch.pick(("", "each ")) + sketch.group()


def _share(sketch: Sketch, row: Row, optional: Row) -> None:
    row["limit"] = sketch.pick((0.75, 0.5, 0.25) if row["kind"] == "max_share" else (0.25, 0.5))
    row["suppliers"] = _people(sketch)
    optional["consumers"] = sketch.pick((None, None, _people(sketch)))
    _commodity(sketch, optional)


def _cover(sketch: Sketch, row: Row, optional: Row) -> None:
    row["limit"] = sketch.pick((5, 15, 30, 60))
    stores = [str(store["commodity"]) for store in sketch.rows("Stockpiles")]
    optional["commodity"] = sketch.pick(stores or sketch.goods)
    optional["consumers"] = sketch.pick((None, None, _people(sketch)))


def _shortage(sketch: Sketch, row: Row, optional: Row) -> None:
    row["limit"] = sketch.pick((0.125, 0, 0.25, 0.5))
    _over(sketch, optional)
    optional["consumers"] = sketch.pick((None, None, _people(sketch)))
    _tier(sketch, optional)
    _commodity(sketch, optional)


def _over(sketch: Sketch, optional: Row) -> None:
    """Where and over what shortage is limited; a sum over events is for scenarios, as the base path meets none."""
    names = [str(scenario["scenario"]) for scenario in sketch.rows("Scenarios")]
    where = sketch.pick((None, "base", "each", "expected", "cvar", *names, *names))
    over = sketch.pick((None, None, "step", "path", *(["event"] if where in names else [])))
    if where in (None, "base", "each") and sketch.chance(0.2) and sketch.features.places:
        where, over = "normal", sketch.pick((None, "step"))
    optional["scenario"] = where
    if where not in ("expected", "cvar"):
        optional["over"] = over if sketch.features.over else "path"


def _tier(sketch: Sketch, optional: Row) -> None:
    tiers = sorted({str(row.get("tier", "all")) for row in sketch.rows("Demand")})
    optional["tier"] = sketch.pick((None, None, "*", *tiers))


def _survive(sketch: Sketch, row: Row, optional: Row) -> None:
    row["limit"] = sketch.pick((0.125, 0, 0.25, 0.5))
    row["years"] = sketch.pick((0.5, 0.25, 1))
    plants = ["plant:*", f"plant:{sketch.rows('Plants')[0]['plant']}"]
    routes = [*(f"route:{tag}" for tag in sketch.routes), "route:*"] if sketch.routes else []
    group = sketch.pick((sketch.group(), sketch.pick(plants + routes)))
    row["suppliers"] = sketch.pick(("", "each ")) + group
    optional["step_months"] = sketch.pick((None, *sketch.months()))
    first = sketch.pick((None, None, *sketch.periods))
    last = sketch.pick((None, *sketch.periods[sketch.periods.index(first or sketch.periods[1]) :]))
    optional["from_period"] = first
    optional["to_period"] = last if sketch.features.onsets else first or sketch.periods[1]
    optional["consumers"] = sketch.pick((None, None, _people(sketch)))
    _tier(sketch, optional)
    _commodity(sketch, optional)


def _survive_any(sketch: Sketch, row: Row, optional: Row) -> None:
    _survive(sketch, row, optional)
    row["suppliers"] = sketch.pick(("*", "*", "plant:*", *(["route:*"] if len(sketch.routes) > 1 else [])))
    row["k"] = sketch.pick((1, 2))


def _origin(sketch: Sketch, row: Row, optional: Row) -> None:
    row["limit"] = sketch.pick((0.5, 0.25, 0.75, 1))
    row["suppliers"] = _people(sketch)
    row["commodity"] = sketch.pick(("*", "metal", ", ".join(sketch.goods), sketch.good_cell()))
    optional["consumers"] = sketch.pick((None, None, _people(sketch)))
    _tier(sketch, optional)


def _capex(sketch: Sketch, row: Row, optional: Row) -> None:
    row["limit"] = sketch.quarters(0, 10)
    optional["consumers"] = sketch.pick(("*", None, _people(sketch)))


def _emissions(sketch: Sketch, row: Row, optional: Row) -> None:
    row["limit"] = sketch.quarters(10, 60)


_KINDS = {
    "max_share": _share,
    "min_share": _share,
    "stock_cover": _cover,
    "max_shortage": _shortage,
    "survive": _survive,
    "survive_any": _survive_any,
    "clean_origin": _origin,
    "max_capex": _capex,
    "max_emissions": _emissions,
}
