"""The rest as a problem of its own: what is on order, what is required, what is left of events, windows and budgets."""

from __future__ import annotations

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.studies.replan.remainder import remainder
from friendshore.optimizer.studies.replan.standing import Ordered, Standing
from tests.mathematics.cases import Sheets, about, built, importer, island, stop


def rest(sheets: Sheets, as_of: int = 1, path: str = "base", **stands: object):
    """The rest of a problem in which nothing stands but what is told."""
    nothing = {"ordered": (), "protections": frozenset(), "closed": frozenset(), "levels": {}}
    return remainder(problem_from_sheets(sheets), Standing(as_of=as_of, path=path, **{**nothing, **stands}))


def site(*projects: dict[str, object]) -> Sheets:
    sheets = island(3, 10.0, capacity=0)
    sheets["Expansions"] = list(projects)
    return sheets


def test_units_on_order_are_rows_of_their_own_and_the_rest_is_on_offer() -> None:
    order = Ordered("new", "y0", 2, 0.5)
    made = rest(site(built(max_units=3, lead_years=1.5, life_years=9)), ordered=(order,)).expansions
    assert {name: (row.committed, row.max_units, row.lead_years, row.capex) for name, row in made.items()} == {
        "new": (0, 1, 1.5, 90),
        "new (y0)": (2, 2, 0.5, 0),
    }
    assert made["new (y0)"].name == "new, ordered in y0" and made["new (y0)"].latest == "y1"


def test_what_is_worn_out_or_can_be_decided_no_longer_is_gone() -> None:
    projects = (built(latest="y0"), built(expansion="other", earliest="y2"))
    made = rest(site(*projects), ordered=(Ordered("other", "y0", 1, -1.0),)).expansions
    assert list(made) == ["other (y0)"]
    worn = rest(site(built(life_years=1, max_units=2)), ordered=(Ordered("new", "y0", 1, -1.0),)).expansions
    assert list(worn) == ["new"] and worn["new"].max_units == 1


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [(0, 0, [("b", 3, "a")]), (3, 0, [("b", 3, "")]), (2, 1, [("b", 1, ""), ("b (more)", 1, "a")])],
)
def test_what_a_project_still_requires(first: int, second: int, told: list[tuple[str, int, str]]) -> None:
    """As many of b as of a: where more of a stand than of b, so many of b need no further a."""
    projects = (built(expansion="a", max_units=4), built(expansion="b", max_units=3, requires="a"))
    orders = tuple(Ordered(name, "y0", n, 0.0) for name, n in (("a", first), ("b", second)) if n)
    made = rest(site(*projects), ordered=orders).expansions.values()
    found = [(row.expansion, row.max_units, row.requires) for row in made if row.expansion.startswith("b")]
    assert sorted(each for each in found if "(y0)" not in each[0]) == told


def test_what_is_left_of_an_event_within_its_recovery() -> None:
    """Half lost for a year, then back over two: a year after its end a quarter is lost, and back within the year."""
    sheets = importer(4)
    sheets |= stop(0.2, onset="y1", country="Far")
    sheets["Events"][0] |= {"remaining": 0.5, "recovery_years": 2}
    [event] = rest(sheets, 3, "stop").tables.events
    assert (event.start_years, event.years, event.recovery_years) == (0, 0, 1)
    assert event.remaining == about(0.75)
    [event] = rest(sheets, 1, "stop").tables.events
    assert (event.start_years, event.years, event.recovery_years, event.remaining) == (0, 1, 2, 0.5)


def test_dangers_begin_from_the_next_period_on_and_chances_are_those_that_are_left() -> None:
    sheets = importer(4)
    sheets["Scenarios"] = [
        {"scenario": "storm", "per_year": 0.1},
        {"scenario": "war", "per_year": 0.05, "onset": "y1..y1"},
        {"scenario": "siege", "per_year": 0.05, "onset": "y1..y3"},
        {"scenario": "flood", "probability": 0.5, "onset": "+1", "parent": "storm"},
    ]
    sheets["Events"] = [
        {"scenario": name, "kind": "export", "country": "Far", "years": 1, "remaining": 0}
        for name in ("storm", "war", "siege", "flood")
    ]
    made = {row.scenario: row for row in rest(sheets).tables.scenarios}
    assert set(made) == {"storm", "siege", "flood"}
    assert (made["storm"].onset, made["siege"].onset, made["flood"].onset) == ("", "y2..y3", "+1")


def test_what_may_follow_what_has_begun_comes_on_its_date() -> None:
    """Half the storms are followed by a flood a year on, a fifth by a siege two years on. As of that flood's date, and
    without it, the siege has a fifth of the half that is left."""
    sheets = importer(5)
    sheets["Scenarios"] = [
        {"scenario": "storm", "per_year": 0.1},
        {"scenario": "flood", "probability": 0.5, "onset": "+1", "parent": "storm"},
        {"scenario": "siege", "probability": 0.2, "onset": "+2", "parent": "storm"},
    ]
    sheets["Events"] = [
        {"scenario": name, "kind": "export", "country": "Far", "years": 3, "remaining": 0}
        for name in ("storm", "flood", "siege")
    ]
    made = {row.scenario: row for row in rest(sheets, 1, "storm@y1").tables.scenarios}
    assert {name: (row.onset, round(row.probability or 0, 6)) for name, row in made.items()} == {
        "storm": ("y1", 0.3),
        "flood": ("y2", 0.5),
        "siege": ("y3", 0.2),
    }
    made = {row.scenario: row for row in rest(sheets, 2, "storm@y1").tables.scenarios}
    assert {name: round(row.probability or 0, 6) for name, row in made.items()} == {"storm": 0.6, "siege": 0.4}


def test_budgets_are_less_what_was_spent_and_windows_that_are_over_are_gone() -> None:
    sheets = site(built(max_units=3))
    sheets["Policies"] = [
        {"policy": "budget", "kind": "max_capex", "limit": 200, "consumers": "*"},
        {"policy": "early", "kind": "max_capex", "limit": 90, "consumers": "*", "to_period": "y0"},
        {"policy": "late", "kind": "max_capex", "limit": 100, "consumers": "*", "from_period": "y2"},
    ]
    made = rest(sheets, ordered=(Ordered("new", "y0", 1, 0.0),)).policies
    assert {row.policy: (row.limit, row.from_period) for row in made} == {"budget": (110, ""), "late": (100, "y2")}


def test_plants_that_are_closed_or_past_and_protections_that_are_in_force() -> None:
    sheets = island(3)
    sheets["Plants"] += [
        {**sheets["Plants"][0], "plant": "old", "may_close": "yes"},
        {**sheets["Plants"][0], "plant": "past", "to_period": "y0"},
        {**sheets["Plants"][0], "plant": "new", "from_period": "y1"},
    ]
    sheets["Protections"] = [
        {"protection": name, "hazard": "cyber", "cost": 1, "from_period": since}
        for name, since in (("bought", None), ("missed", None), ("later", "y2"), ("open", "y0"))
    ]
    made = rest(sheets, closed=frozenset({"old"}), protections=frozenset({"bought"}))
    assert {name: row.capacity for name, row in made.plants.items()} == {"works": 20, "old": 0, "past": 0, "new": 20}
    assert made.plants["new"].from_period == "" and not made.plants["old"].may_close
    assert {name: (row.committed, row.from_period) for name, row in made.protections.items()} == {
        "bought": (True, ""),
        "later": (False, "y2"),
        "open": (False, "y1"),
    }


def test_what_changes_with_the_years_goes_on_from_where_it_is() -> None:
    """A project's running cost rises for what is on order, too; its price does not come back."""
    sheets = site(built(max_units=2, fixed_cost=1))
    sheets["Profiles"] = [
        {"table": "Expansions", "id": "new", "column": "fixed_cost", "y0": 2, "y2": 3},
        {"table": "Expansions", "id": "new", "column": "capex", "y1": 80},
        {"table": "Plants", "id": "works", "column": "unit_cost", "y0": 9},
    ]
    made = rest(sheets, ordered=(Ordered("new", "y0", 1, -1.0),)).tables.profiles
    assert sorted((row.entry, row.constant, tuple(row.by_period.items())) for row in made) == [
        ("new", "capex", (("y1", 80),)),
        ("new", "fixed_cost", (("y2", 3),)),
        ("new (y0)", "fixed_cost", (("y2", 3),)),
    ]
