"""Steps fill the periods that meet an event; where they cannot, or see less than an event, that is told."""

import pytest

from friendshore.models.checks.timing import divides
from tests.parsing.valid import expect, findings, silent, valid


def with_step(months, **period):
    sheets = valid()
    sheets["Scenarios"][0]["step_months"] = months
    sheets["Periods"][1].update(period)
    return sheets


@pytest.mark.parametrize("months", [1, 2, 3, 4, 6, 12])
def test_steps_that_fit(months):
    silent(with_step(months), "FS305", "FS505")


@pytest.mark.parametrize("months", [5, 7, 24])
def test_steps_that_do_not_fit(months):
    expect(with_step(months), "FS305", "Scenarios!E2", "12 months")


def test_periods_that_meet_no_event_may_have_any_length():
    sheets = with_step(6)
    sheets["Periods"][0]["years"] = 1.3
    sheets["Periods"][2]["years"] = 0.7
    silent(sheets, "FS305")
    sheets["Events"][0]["recovery_years"] = 0.2  # now 2028 is met
    expect(sheets, "FS305", "Scenarios!E2", "'2028'", alone=False)


def test_inherited_events_count():
    sheets = valid()
    sheets["Scenarios"].append(
        {"scenario": "more", "probability": 0, "onset": 2028, "parent": "stop", "step_months": 5}
    )
    silent(sheets, "FS305")
    sheets["Events"][0]["years"] = 2
    expect(sheets, "FS305", "Scenarios!E3", "'2028'")


def test_blank_steps_become_whole_periods_with_a_warning():
    sheets = with_step(None, years=0.9)
    expect(sheets, "FS505", "Scenarios!E2", "one step", alone=False)
    silent(with_step(None), "FS505", "FS305")


def test_steps_of_survive_policies():
    sheets = valid()
    sheets["Policies"].append(
        {"policy": "live", "kind": "survive", "limit": 1, "suppliers": "each @concern", "years": 1, "step_months": 5}
    )
    expect(sheets, "FS305", "Policies!I4", "'2027'")
    sheets["Policies"][-1]["step_months"] = 4
    silent(sheets, "FS305")


def test_events_shorter_than_their_steps():
    sheets = valid()
    sheets["Events"][1]["years"] = 0.25
    expect(sheets, "FS504", "Events!E3", "6 months")
    sheets["Scenarios"][0]["step_months"] = 3
    silent(sheets, "FS504")
    sheets["Scenarios"][0]["step_months"] = None
    assert not [finding for finding in findings(sheets) if finding.code == "FS504"]


def test_tested_stops_shorter_than_their_steps():
    sheets = valid()
    rule = {"policy": "live", "kind": "survive", "limit": 0, "suppliers": "each @concern", "years": 0.1}
    sheets["Policies"].append(rule)
    expect(sheets, "FS504", "Policies!H4", "averaged")
    sheets["Policies"][-1] = rule | {"years": 0.5}
    silent(sheets, "FS504")


def test_divides():
    assert divides(3, 1)
    assert divides(4, 1 / 3)
    assert not divides(12, 0.5)
    assert not divides(5, 1)
