"""Random scenarios: dated ones, dangers and sequels."""

from __future__ import annotations

from .records import Row
from .sketch import Sketch

STARTS = ("1", "+1", "+0.5", "2")
"""Years after the onset of what a sequel follows."""


def scenarios(sketch: Sketch) -> None:
    """Some scenarios of each kind; dangers stand for many branches, so there are fewer rows where there are any."""
    features = sketch.features
    dangers = sketch.integer(0, 2) * features.dangers
    for i in range(sketch.integer(0, 3 - dangers) * features.scenarios):
        _dated(sketch, i)
    for i in range(dangers):
        _danger(sketch, i)
    for i in range(sketch.integer(0, 2) * (features.sequels and dangers > 0)):
        _sequel(sketch, i)


def _dated(sketch: Sketch, i: int) -> None:
    """One more dated scenario; below one of probability 0 there are only such."""
    probability = sketch.pick((0.25, 0.3, 0.125, 0.05, 0))
    last = len(sketch.periods) - 1
    onset = sketch.pick((last, last - 1, 0)) if i else sketch.integer(0, 1)
    row: Row = {"scenario": f"risk {i}", "probability": probability, "onset": sketch.periods[onset]}
    above = [
        str(other["scenario"])
        for other in sketch.rows("Scenarios")
        if sketch.periods.index(str(other["onset"])) < onset and (other["probability"] or not probability)
    ]
    optional: Row = {
        "parent": sketch.pick((None, *2 * above)) if sketch.features.parents else None,
        "step_months": sketch.pick((None, *sketch.months())),
    }
    sketch.add("Scenarios", row, optional)


def _danger(sketch: Sketch, i: int) -> None:
    """One more danger, of the base path and perhaps of dated ones that it can strike."""
    chance = sketch.pick((0.1, 0.2, 0.05, 0))
    last = len(sketch.periods) - 1
    first = sketch.integer(0, last)
    end = sketch.integer(first, last)
    span = f"{sketch.periods[first]}..{sketch.periods[end]}"
    onset = sketch.pick((None, None, "any", span))
    end = end if onset == span else last
    dated = [
        str(row["scenario"])
        for row in sketch.rows("Scenarios")
        if "per_year" not in row
        and sketch.periods.index(str(row["onset"])) < end
        and (row["probability"] or not chance)
    ]
    parents = sketch.pick((None, None, *dated, *(f"base, {name}" for name in dated)))
    optional: Row = {
        "onset": onset,
        "parent": parents if sketch.features.parents else None,
        "step_months": sketch.pick((None, *sketch.months())),
    }
    sketch.add("Scenarios", {"scenario": f"danger {i}", "per_year": chance}, optional)


def _sequel(sketch: Sketch, i: int) -> None:
    """One more sequel of a danger or of a sequel; two of one parent leave it a quarter."""
    above = sketch.pick([row for row in sketch.rows("Scenarios") if "per_year" in row or str(row["onset"]) in STARTS])
    never = not (above.get("per_year") or above.get("probability"))
    row: Row = {
        "scenario": f"sequel {i}",
        "probability": 0 if never else sketch.pick((0.25, 0.375, 0)),
        "onset": sketch.pick(STARTS),
        "parent": above["scenario"],
    }
    sketch.add("Scenarios", row, {"step_months": sketch.pick((None, *sketch.months()))})
