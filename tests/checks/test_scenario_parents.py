"""Scenarios leave their parents later, not in a circle, and only paths that can happen have branches that can."""

from tests.parsing.valid import expect, silent, valid


def child(**changes):
    sheets = valid()
    row = {"scenario": "more", "probability": 0.05, "onset": 2028, "parent": "stop", "step_months": 6}
    sheets["Scenarios"].append({**row, **changes})
    return sheets


def test_a_later_child_is_fine():
    silent(child(), "FS302", "FS303", "FS304")


def test_onset_at_or_before_the_parents():
    expect(child(onset=2027), "FS302", "Scenarios!C3", "after '2027'")
    expect(child(onset=2026), "FS302", "Scenarios!C3", "after '2027'")


def test_onset_outside_the_horizon():
    expect(child(onset=2031), "FS205", "Scenarios!C3", "outside the horizon 2026 … 2028")


def test_circles():
    sheets = child(parent="more", onset=2028)
    expect(sheets, "FS303", "Scenarios!D3", "more → more", alone=False)
    sheets = child(parent="stop", onset=2028)
    sheets["Scenarios"][0]["parent"] = "more"
    from tests.parsing.valid import findings  # noqa: PLC0415

    assert [finding.place for finding in findings(sheets) if finding.code == "FS303"] == [
        "Scenarios!D2",
        "Scenarios!D3",
    ]


def test_positive_probability_below_zero():
    sheets = child()
    sheets["Scenarios"][0]["probability"] = 0
    expect(sheets, "FS304", "Scenarios!B3", "wanted 0")
    sheets["Scenarios"][1]["probability"] = 0
    silent(sheets, "FS304")
