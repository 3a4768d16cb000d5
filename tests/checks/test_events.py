"""What an event must say, and whether it strikes anything."""

import pytest

from tests.parsing.valid import expect, findings, silent, valid


def event(**changes):
    sheets = valid()
    row = {
        "scenario": "stop",
        "kind": "export",
        "country": None,
        "commodity": None,
        "plant": None,
        "route": None,
        "to": None,
        "start_years": None,
        "years": 1,
        "remaining": 0,
        "quota": None,
    }
    sheets["Events"][0] = {**row, **changes}
    return sheets


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"quota": 5, "remaining": None, "commodity": "ore"},
        {"kind": "route", "route": "canal"},
        {"kind": "demand", "remaining": 1.5},
        {"kind": "cost", "plant": "mine, smelter", "remaining": 3},
    ],
)
def test_good_events(changes):
    silent(event(**changes))


def test_route_events_need_a_route():
    expect(event(kind="route"), "FS313", "Events!F2", "malacca")


def test_unknown_route():
    expect(event(kind="route", route="cannal"), "FS207", "Events!F2", "the nearest is 'canal'")
    expect(event(kind="route", route="Canal"), "FS202", "Events!F2", "'canal'")


def test_remaining_or_quota():
    expect(event(remaining=None), "FS314", "Events!J2", "or a quota")
    expect(event(kind="capacity", remaining=None), "FS314", "Events!J2", "0 gone")
    expect(event(quota=5, commodity="ore"), "FS314", "Events!K2", "one of them")


def test_a_quota_is_for_exports_of_one_commodity():
    expect(event(quota=5, remaining=None), "FS315", "Events!D2", "one commodity")
    expect(event(quota=5, remaining=None, kind="capacity"), "FS315", "Events!K2", "wanted kind 'export'", alone=False)


def test_events_after_the_horizon():
    expect(event(start_years=2), "FS507", "Events!H2", "2 years after the onset")
    silent(event(start_years=1.9), "FS507")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "capacity", "country": "Alia"}, "plant"),
        ({"kind": "cost", "plant": "mine", "commodity": "metal"}, "plant"),
        ({"kind": "demand", "country": "Conc"}, "demand"),
        ({"kind": "route", "route": "canal", "country": "Berg"}, "lane"),
        ({"country": "Alia", "to": "Alia"}, "lane from the exporters"),
    ],
)
def test_events_that_strike_nothing(changes, said):
    assert expect(event(**changes), "FS508", "Events!B2", said).severity == "warning"


def test_an_unknown_scenario_is_told_once():
    codes = [finding.code for finding in findings(event(scenario="stopp")) if finding.severity == "error"]
    assert codes == ["FS201"]
