"""Export events (4): shares of nominal capacity, quotas, releases."""

from __future__ import annotations

import pytest

from tests.certify.drafts import draft
from tests.certify.trade import RIGHT, at, event, fails, holds, mine, right, together, trade, works


def test_nothing_leaves_during_a_stop() -> None:
    """One tonne shipped in the stop is seen, though it is made and arrives."""
    rows = together(RIGHT)
    for name, part in at("stop/y2/1", 1, 2.5, 2.7).items():
        rows[name] = [row for row in rows[name] if row[0] != "stop/y2/1"] + part
    fails(draft(trade(), **rows), "export event on metal from Far to Home at stop/y2/1", "(by 1)")


@pytest.mark.parametrize("remaining", [0.45, 0.4])
def test_the_share_is_of_nominal_capacity(remaining: float) -> None:
    """4.375 in half a year is 43.75% of the nominal 20 a year, whatever was traded before."""
    second = event(start_years=0.5, remaining=remaining)
    plan = right(trade(Events=[event(), second]))
    if remaining > 0.4375:
        holds(plan)
    else:
        fails(plan, "export event on metal from Far to Home at stop/y2/2", "(by 0.375)")


def test_capacity_events_do_not_lower_the_share() -> None:
    """At half of capacity alive 0.45 of the nominal 20 may still be sold: 4.5. Of what is alive it were 2.25."""
    cut = event(kind="capacity", start_years=0.5, remaining=0.5)
    holds(right(trade(Events=[event(), event(start_years=0.5, remaining=0.45), cut])))


def test_expansions_are_nominal_capacity() -> None:
    """0.45 of 15 a year is too little; a kiln of 5 that is in service makes it 20."""
    second = event(start_years=0.5, remaining=0.45)
    kiln = {"expansion": "kiln", "plant": "mine", "size": 5, "capex": 1}
    sheets = trade(Events=[event(), second], Plants=[works(), mine(capacity=15)], Expansions=[kiln])
    holds(right(sheets, investments=[("base/y1/1", "kiln", 1)]))
    fails(right(sheets), "export event on metal from Far to Home at stop/y2/2")


def test_the_same_target_multiplies_other_buyers_do_not() -> None:
    """0.6 · 0.6 on the same buyers is 0.36 and too little; on other buyers each is a row of its own."""
    one = event(start_years=0.5, remaining=0.6)
    fails(right(trade(Events=[event(), one, one])), "export event on metal from Far to Home at stop/y2/2")
    wider = one | {"to": "*"}
    countries = [*trade()["Countries"], {"country": "Third", "bloc": "neutral"}]
    holds(right(trade(Countries=countries, Events=[event(), one, wider])))


def test_own_use_is_never_cut() -> None:
    """A stop of Home's exports to everyone leaves Home's own supply alone."""
    holds(right(trade(Events=[event(), event(country="Home", to="*", years=1)])))


def test_a_quota_may_still_go() -> None:
    """In the stop a quota of 8.75 a year lets 4.375 pass; 8 a year does not. Each quota is a row of its own."""
    rows = together(
        {k: [row for row in v if row[0].startswith("base")] for k, v in RIGHT.items()},
        at("stop/y2/1", 4.375, 2.5),
        at("stop/y2/2", 4.375, 2.5),
    )

    def plan(*quotas: float):
        events = [event(remaining=None, commodity="metal", quota=quota) for quota in quotas]
        return draft(trade(Events=events), **rows)

    holds(plan(8.75))
    holds(plan(8.75, 30))
    fails(plan(8), "export quota on metal from Far to Home at stop/y2/1", "(by 0.375)")
    fails(plan(30, 8), "export quota on metal from Far to Home at stop/y2/1", "(by 0.375)")


def test_a_quota_for_part_of_a_step() -> None:
    """Over half of a step the mean for nothing is 0.5: 0.5 · (0.5 · 8 + 0.5 · 8) = 4 of the mine's 8 is too little."""
    sheets = trade(Plants=[works(), mine(capacity=8.75)])
    part = event(remaining=None, commodity="metal", quota=7, start_years=0.5, years=0.25)
    fails(right(sheets | {"Events": [event(), part]}), "export quota", "at stop/y2/2", "(by 0.4375)")
    holds(right(sheets | {"Events": [event(), part | {"quota": 8.75}]}))


def test_releases_to_buyers_are_cut_too() -> None:
    """A store in Far that serves Home may release μ · max_release; 3.5 short is met by 4.375 from the store."""
    store = {
        "stockpile": "store",
        "country": "Far",
        "commodity": "metal",
        "initial": 10,
        "max_level": 10,
        "serves": "Home",
        "final_min": 0,
    }
    stocks = [
        (node, "store", level, 0)
        for node, level in (("base/y1/1", 10), ("base/y2/1", 10), ("stop/y2/1", 5.625), ("stop/y2/2", 5.625))
    ]
    rows = together(RIGHT, {"stocks": stocks, "releases": [("stop/y2/1", "store", "Home", 4.375)]})
    rows["shortages"] = []

    def plan(remaining: float, **cells):
        return draft(trade(Stockpiles=[store | cells], Events=[event(remaining=remaining)]), **rows)

    holds(plan(0.9))
    fails(plan(0.8), "export event", "releases of store at stop/y2/1", "(by 0.375)")
    holds(plan(0.5, max_release=20))
    fails(plan(0.5, max_release=16), "releases of store at stop/y2/1", "(by 0.375)")
    quota = event(remaining=None, commodity="metal", quota=0)
    holds(draft(trade(Stockpiles=[store], Events=[quota]), **rows))
