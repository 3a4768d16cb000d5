"""Random events and protections."""

from __future__ import annotations

from .records import Row
from .sketch import Sketch

HAZARDS = ("geopolitical", "market", "cyber")


def event(sketch: Sketch) -> None:
    """One more event, of any kind."""
    kinds = ["capacity", "capacity", "export", "export", "demand", "cost"] + ["route"] * bool(sketch.routes)
    kind = sketch.pick(kinds)
    row: Row = {
        "scenario": sketch.pick([str(other["scenario"]) for other in sketch.rows("Scenarios")]),
        "kind": kind,
        "years": sketch.pick((1, 0.25, 0.5, 0.75, 2)),
    }
    surge = kind in ("demand", "cost") or sketch.chance(0.15)
    optional: Row = {
        "start_years": sketch.pick((None, None, 0.25, 0.5, 1)),
        "recovery_years": sketch.pick((None, None, 0.5, 1)),
        "remaining": sketch.pick((1.5, 1.25, 2, 0.5) if surge else (0, 0, 0.25, 0.5)),
    }
    _TARGETS[kind](sketch, optional)
    sketch.add("Events", row, optional)


def _at_plants(sketch: Sketch, row: Row) -> None:
    plant = sketch.pick(sketch.rows("Plants"))
    if sketch.chance(0.5):
        row["plant"] = plant["plant"]
    else:
        row["country"] = sketch.pick((None, plant["country"], sketch.group()))
        row["commodity"] = sketch.pick((None, sketch.good_cell()))


def _capacity(sketch: Sketch, row: Row) -> None:
    _at_plants(sketch, row)
    row["hazard"] = sketch.pick((*HAZARDS, "geopolitical", None))


def _export(sketch: Sketch, row: Row) -> None:
    row["country"] = sketch.pick((None, sketch.country(), sketch.group()))
    row["to"] = sketch.pick((None, None, sketch.group()))
    if sketch.chance(0.3):
        row["remaining"] = None
        row["quota"] = sketch.quarters(0, 10)
        row["commodity"] = sketch.pick(sketch.goods)
    else:
        row["commodity"] = sketch.pick((None, sketch.good_cell()))


def _demand(sketch: Sketch, row: Row) -> None:
    row["country"] = sketch.pick((None, sketch.group()))
    row["commodity"] = sketch.pick((None, sketch.good_cell()))


def _route(sketch: Sketch, row: Row) -> None:
    row["route"] = sketch.pick(sketch.routes)
    row["country"] = sketch.pick((None, None, sketch.group()))
    row["commodity"] = sketch.pick((None, None, sketch.good_cell()))


_TARGETS = {"capacity": _capacity, "export": _export, "demand": _demand, "route": _route, "cost": _at_plants}


def protection(sketch: Sketch, i: int) -> None:
    """One more protection, mostly against a hazard that strikes."""
    struck = [str(row["hazard"]) for row in sketch.rows("Events") if row.get("hazard")]
    row: Row = {
        "protection": f"shield {i}",
        "hazard": sketch.pick(struck or HAZARDS),
        "cost": sketch.quarters(0, 4) / 4,
    }
    plant = sketch.pick(sketch.rows("Plants"))
    optional: Row = {
        "effectiveness": sketch.pick((None, 0.25, 0.5, 0.75)),
        "shortens": sketch.pick((None, None, 0.25, 0.5, 1)),
        "from_period": sketch.pick((None, None, *sketch.periods[:2])),
    }
    target = sketch.pick((None, None, "plant", "country"))
    if target:
        optional[target] = plant[target]
    if sketch.features.committed and sketch.chance(0.15):
        optional |= {"committed": "yes", "from_period": None}
    sketch.add("Protections", row, optional)
