"""Numbers that solvers or readers are likely to get wrong are told."""

from tests.parsing.valid import expect, silent, valid


def test_columns_of_very_different_numbers():
    sheets = valid()
    sheets["Plants"][0]["capacity"] = 1e-7
    silent(sheets, "FS509")
    sheets["Plants"][0]["capacity"] = 1e-8
    expect(sheets, "FS509", "Plants!E2", "40 in row 3")
    sheets["Plants"][0]["capacity"] = 0
    silent(sheets, "FS509")


def test_limits_of_different_kinds_are_not_compared():
    """Money beside a share of a ten-thousandth is no slip; two amounts of money may be one."""
    sheets = valid()
    spent = {"policy": "spend", "kind": "max_capex", "limit": 1e9}
    least = {"policy": "least", "kind": "max_share", "limit": 1e-4, "suppliers": "Conc", "commodity": "ore"}
    sheets["Policies"] = [spent, least]
    silent(sheets, "FS509")
    sheets["Policies"] = [spent, {**spent, "policy": "again", "limit": 0.5}]
    expect(sheets, "FS509", "Policies!C3", "1e+09 in row 2")


def test_numbers_too_great_to_compute_with():
    sheets = valid()
    sheets["Plants"][0]["capacity"] = 1e30
    expect(sheets, "FS119", "Plants!E2", "without end")


def test_shares_that_look_like_percentages():
    sheets = valid()
    sheets["Settings"][1]["value"] = 3
    sheets["Lanes"][0]["tariff"] = 1.45  # tariffs above 100% exist
    expect(sheets, "FS510", "Settings!B3", "did you mean 0.03?")
    sheets["Settings"][1]["value"] = 0.03
    sheets["Events"][1]["remaining"] = 50
    expect(sheets, "FS510", "Events!F3", "did you mean 0.5?")
