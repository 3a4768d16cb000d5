"""Scenarios of no or little probability do less, or more, than they seem to."""

from tests.parsing.valid import expect, silent, valid


def scenario(probability, policy="stop", branch="plan", penalty=None):
    sheets = valid()
    sheets["Scenarios"][0]["probability"] = probability
    sheets["Policies"][1].update(scenario=policy, penalty=penalty)
    sheets["Settings"].append({"setting": "branch_investment", "value": branch})
    return sheets


def test_a_stress_test_that_no_policy_binds():
    expect(scenario(0, "base"), "FS501", "Scenarios!B2", "binds nothing")
    silent(scenario(0, "stop"), "FS501")
    silent(scenario(0, "each"), "FS501")
    silent(scenario(0.01, "base"), "FS501")


def test_rare_scenarios_that_may_invest():
    expect(scenario(0.0005, branch="continuous"), "FS502", "Scenarios!B2", "almost free")
    silent(scenario(0.0005, branch="plan"), "FS502")
    silent(scenario(0.0005, branch="integer", penalty=9), "FS502")
    silent(scenario(0.001, branch="integer"), "FS502")
    silent(scenario(0.0005, "base", branch="integer"), "FS502")


def test_scenarios_without_events():
    sheets = valid()
    sheets["Scenarios"].append({"scenario": "calm", "probability": 0.1, "onset": 2027, "parent": "base"})
    expect(sheets, "FS511", "Scenarios!A3", "no event")
    sheets["Scenarios"][1].update(parent="stop", onset=2028)
    silent(sheets, "FS511")
