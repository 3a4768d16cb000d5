"""Capacity (3): what stands, events, protections, least use, profiles."""

from __future__ import annotations

from tests.certify.drafts import draft
from tests.certify.trade import BASE, at, event, fails, holds, mine, on_base, right, together, trade, works


def test_activity_within_capacity() -> None:
    """8.75 of 8.75 passes, of 8.5 fails in the base path; in steps of half a year half of it stands."""
    holds(right(trade(Plants=[works(), mine(capacity=8.75)])))
    fails(right(trade(Plants=[works(), mine(capacity=8.5)])), "capacity of mine at base/y")
    fails(right(trade(Plants=[works(capacity=4.5), mine()])), "capacity of works")


def test_existing_capacity_has_its_periods() -> None:
    """A plant that closes after the first period cannot run in the second."""
    holds(on_base(trade(Plants=[works(), mine(to_period="y2")])))
    fails(on_base(trade(Plants=[works(), mine(to_period="y1")])), "capacity of mine at base/y2/1")
    fails(on_base(trade(Plants=[works(), mine(from_period="y2")])), "capacity of mine at base/y1/1")


def test_profiles_stand_for_the_constant() -> None:
    """A profile of 8 in the second period counts there and leaves the first alone."""
    profile = {"table": "Plants", "id": "mine", "column": "capacity", "y2": 8}
    fails(on_base(trade(Profiles=[profile])), "capacity of mine at base/y2/1", "(by 0.75)")
    holds(on_base(trade(Profiles=[profile | {"y2": 8.75}])))


def test_min_use_on_base_nodes_only() -> None:
    """Half of 10 is made; 60% of 10 is not. Branches are not bound: in the last step the works stands still."""
    rows = together(BASE, at("stop/y2/1", 0, 2.5, 3.5), at("stop/y2/2", 7.5, 0))
    holds(draft(trade(Plants=[works(capacity=10, min_use=0.5), mine()]), **rows))
    little = draft(trade(Plants=[works(capacity=10, min_use=0.6), mine()]), **rows)
    fails(little, "least use of works at base/y", "(by 1)")


def test_min_use_is_a_year_s() -> None:
    """Half of 10 a year are 2.5 in half a year: they are made; 60% would be 3."""
    sheets = trade(Periods=[{"period": "y1", "years": 0.5}], Plants=[works(capacity=10, min_use=0.5), mine()])
    calm = {name: rows for name, rows in sheets.items() if name not in ("Scenarios", "Events")}
    holds(draft(calm, **at("base/y1/1", 4.375, 2.5)))
    little = draft(calm | {"Plants": [works(capacity=10, min_use=0.6), mine()]}, **at("base/y1/1", 4.375, 2.5))
    fails(little, "least use of works at base/y1/1", "(by 0.5)")


def strike(**cells):
    """Far's mine lives on 40% for the second half of the year; 4.375 of 10 t would need 43.75%."""
    return event(kind="capacity", start_years=0.5, remaining=0.4, hazard="natural", **cells)


def guarded(effectiveness: float, *, hazard: str = "natural", **cells):
    return {"protection": "guard", "hazard": hazard, "cost": 1, "effectiveness": effectiveness} | cells


def test_capacity_events_cut() -> None:
    """Mean 0.45 leaves 4.5 of 10 in half a year, mean 0.4 leaves 4."""
    holds(right(trade(Events=[event(), strike() | {"remaining": 0.45}])))
    fails(right(trade(Events=[event(), strike()])), "capacity of mine at stop/y2/2", "(by 0.375)")
    holds(right(trade(Events=[event(), strike(country="Home") | {"remaining": 1.5}])))


def test_several_events_multiply() -> None:
    """Two cuts to 0.6 leave 0.36 of 10, though each alone would leave enough."""
    one = strike() | {"remaining": 0.6}
    holds(right(trade(Events=[event(), one])))
    fails(right(trade(Events=[event(), one, one])), "capacity of mine at stop/y2/2", "(by 0.775)")


def test_a_surge_makes_up_for_a_cut() -> None:
    """A mean above 1 counts as it is, and a protection of its hazard does not take it away: 0.4 · 1.5 is enough."""
    surge = strike() | {"remaining": 1.5, "hazard": "cyber"}
    sheets = trade(Events=[event(), strike(), surge], Protections=[guarded(1, hazard="cyber")])
    holds(right(sheets, protections=[("guard", 0)]))
    holds(right(sheets, protections=[("guard", 1)]))


def test_protections_soften_exactly() -> None:
    """0.4 softened by a guard of a tenth is 1 - 0.6 * 0.9 = 0.46: enough. Not bought, or of another hazard: not."""
    sheets = trade(Events=[event(), strike()], Protections=[guarded(0.1)])
    holds(right(sheets, protections=[("guard", 1)]))
    fails(right(sheets, protections=[("guard", 0)]), "capacity of mine at stop/y2/2")
    for other in (guarded(0.1, hazard="cyber"), guarded(0.1, country="Home"), guarded(0.1, plant="works")):
        sheets = trade(Events=[event(), strike()], Protections=[other])
        fails(right(sheets, protections=[("guard", 1)]), "capacity of mine at stop/y2/2")


def test_two_protections_work_together() -> None:
    """Two guards of 0.04: 1 - 0.6 * 0.96² = 0.44704 is enough for 0.4375, 1 - 0.6 * 0.96 = 0.424 is not."""
    sheets = trade(Events=[event(), strike()], Protections=[guarded(0.04), guarded(0.04, protection="second")])
    holds(right(sheets, protections=[("guard", 1), ("second", 1)]))
    fails(right(sheets, protections=[("guard", 1), ("second", 0)]), "capacity of mine at stop/y2/2")


def test_a_guard_that_shortens() -> None:
    """A stop of the second half of the year to 40%, cut by a quarter, leaves 1 - 0.6 * 0.75 = 0.55 of it: 2.75 of 5 in
    half a year; by a twentieth 0.43: too little for 0.4375."""
    for shortens, enough in ((0.25, True), (0.05, False)):
        guard = {"protection": "guard", "hazard": "natural", "cost": 1, "shortens": shortens}
        plan = right(
            trade(Events=[event(), strike() | {"years": 0.5}], Protections=[guard]), protections=[("guard", 1)]
        )
        if enough:
            holds(plan)
        else:
            fails(plan, "capacity of mine at stop/y2/2")


def test_protections_are_bought_or_not() -> None:
    """Half a protection does not exist."""
    sheets = trade(Protections=[guarded(0.1)])
    fails(right(sheets, protections=[("guard", 0.5)]), "protection guard bought or not")


def test_recovery_is_a_straight_line() -> None:
    """Gone for a quarter, back over a year: over [0.5, 1) the mean is 1 - (0.75 + 0.25) / 2 = 0.5; over the first half
    (0.25 * 0 + 0.25 * 0.125) / 0.5 = 0.0625. Works makes 2.5 of 40 * 0.5 * 0.0625 = 1.25: too much."""
    slow = event(kind="capacity", country="Home", years=0.25, recovery_years=1, hazard="natural")
    plants = [works(capacity=80), mine()]
    holds(right(trade(Plants=plants, Events=[event(), slow])))
    plants = [works(capacity=40), mine()]
    fails(right(trade(Plants=plants, Events=[event(), slow])), "capacity of works at stop/y2/1", "(by 1.25)")
