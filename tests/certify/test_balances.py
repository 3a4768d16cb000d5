"""Supply (1) and use (2)."""

from __future__ import annotations

from tests.certify.drafts import changed, draft, reported
from tests.certify.trade import RIGHT, fails, holds, mine, right, together, trade, works


def test_the_right_plan_holds() -> None:
    """The plan known by hand passes; any constraint that is read wrongly would break it."""
    holds(right())


def test_more_shipped_than_made() -> None:
    """Far makes 8 and ships 8.75: supply lacks 0.75 of its largest term 8.75. Summed elsewhere it would pass."""
    plan = reported(changed(right(), "production", "activity", 8.0, plant="mine", scenario="base", period="y1"))
    certificate = fails(plan, "supply of metal in Far at base/y1/1")
    assert abs(certificate.max_violation - 0.75 / 8.75) < 1e-12


def test_less_arrives_than_is_used() -> None:
    """Bought 8 instead of 8.75: 0.6 t lack, seen only if the loss of a fifth is counted."""
    short = changed(right(), "sourcing", "quantity", 8.0, origin="Far", period="y1")
    fails(reported(short), "use of metal in Home at base/y1/1", "(by 0.6)")


def test_more_arrives_than_is_used() -> None:
    """Use is an equality: what arrives and is not used cannot vanish."""
    more = changed(right(), "sourcing", "quantity", 9.0, origin="Far", period="y1")
    more = changed(more, "production", "activity", 9.0, plant="mine", period="y1")
    fails(reported(more), "use of metal in Home at base/y1/1")


def test_what_a_run_makes() -> None:
    """A works of half a tonne a run: ten runs make the five that Home ships to itself, eight make four."""
    half = [{"recipe": "press", "commodity": "metal", "role": "output", "amount": 0.5}]
    sheets = trade(Recipes=half, Plants=[works(recipe="press", commodity=None, capacity=20), mine()])

    def plan(first: float):
        runs = {"base/y1/1": first, "base/y2/1": 10.0, "stop/y2/1": 5.0, "stop/y2/2": 5.0}
        made = [(node, plant, runs[node] if plant == "works" else a) for node, plant, a in RIGHT["production"]]
        return draft(sheets, **RIGHT | {"production": made})

    holds(plan(10.0))
    fails(plan(8.0), "supply of metal in Home at base/y1/1", "(by 1)")


def test_process_input_is_use() -> None:
    """A smelter that takes 2 ore for 1 metal: with 9 ore instead of 10 its input is not there."""
    sheets = trade(
        Commodities=[{"commodity": "metal", "unit": "t"}, {"commodity": "ore", "unit": "t"}],
        Recipes=[
            {"recipe": "smelt", "commodity": "ore", "role": "input", "amount": 2},
            {"recipe": "smelt", "commodity": "metal", "role": "output", "amount": 1},
        ],
        Plants=[works(recipe="smelt", commodity=None), mine(), works(plant="pit", commodity="ore", capacity=99)],
    )

    def plan(first: float):
        ore = [("base/y1/1", first), ("base/y2/1", 10.0), ("stop/y2/1", 5.0), ("stop/y2/2", 5.0)]
        rows = together(
            RIGHT,
            {
                "sourcing": [(node, "Home", "Home", "ore", quantity) for node, quantity in ore],
                "production": [(node, "pit", quantity) for node, quantity in ore],
            },
        )
        return draft(sheets, **rows)

    holds(plan(10.0))
    fails(plan(9.0), "use of ore in Home at base/y1/1", "(by 1)")
