"""Settings: one a row, overridden from the command line, validated like cells."""

import pytest

from friendshore.models.examine import examine
from friendshore.models.parsing import grids_of
from tests.parsing.valid import expect, silent, valid


def settings(**values):
    sheets = valid()
    sheets["Settings"] = [{"setting": name, "value": value} for name, value in values.items()]
    return sheets


def test_values_and_defaults():
    sheets = settings(**{"Risk aversion": 0.2, "tariffs_are_costs": "no", "time_limit": None})
    chosen = examine(grids_of(sheets)).problem.settings
    assert (chosen.risk_aversion, chosen.tariffs_are_costs, chosen.time_limit) == (0.2, False, None)
    assert (chosen.currency, chosen.discount_rate, chosen.mip_gap) == ("USD", 0.05, 0.001)
    assert chosen.given == {"risk_aversion", "tariffs_are_costs"}


def test_no_sheet_is_all_defaults():
    sheets = valid()
    del sheets["Settings"]
    silent(sheets)


def test_unknown_setting():
    expect(settings(discont_rate=0.1), "FS118", "Settings!A2", "the nearest is 'discount_rate'")


def test_setting_twice():
    sheets = settings(mip_gap=0.1)
    sheets["Settings"].append({"setting": "MIP gap", "value": 0.2})
    expect(sheets, "FS114", "Settings!A3", "which row 2 has")


def test_bad_values_are_told_in_the_column_value():
    expect(settings(title="x", risk_aversion=1), "FS104", "Settings!B3", "from 0 to below 1")
    expect(settings(branch_investment="anew"), "FS111", "Settings!B2", "plan, continuous or integer")
    expect(settings(coalition="aly"), "FS203", "Settings!B2", "the nearest is 'ally'", alone=False)


@pytest.mark.parametrize(
    ("setting", "value", "code"),
    [
        ("memory_limit", 0, "FS104"),
        ("memory_limit", -8, "FS104"),
        ("memory_limit", "8 GB", "FS103"),
        ("memory_limit", "all", "FS103"),
        ("time_limit", 0, "FS104"),
    ],
)
def test_limits_of_time_and_memory_are_numbers_above_0(setting, value, code):
    expect(settings(**{setting: value}), code, "Settings!B2", "above 0" if code == "FS104" else repr(value))


def test_the_memory_limit_is_blank_or_as_it_stands():
    assert examine(grids_of(settings(memory_limit=6.5))).problem.settings.memory_limit == 6.5
    assert examine(grids_of(valid())).problem.settings.memory_limit is None


def test_a_sheet_without_its_columns():
    sheets = valid()
    sheets["Settings"] = [{"name": "title", "value": "x"}]
    expect(sheets, "FS102", "Settings!1", "'setting'")


def test_sources_of_settings_are_checked():
    sheets = settings(mip_gap=0.1)
    sheets["Settings"][0]["source_id"] = "S9"
    expect(sheets, "FS201", "Settings!C2", "Sources")


@pytest.mark.parametrize(("text", "value"), [("0.07", 0.07), ("1e-2", 0.01), (" 0 ", 0.0)])
def test_overrides_are_typed_by_their_setting(text, value):
    examined = examine(grids_of(valid()), {"discount rate": text, "title": "2030"})
    assert examined.problem.settings.discount_rate == value
    assert examined.problem.settings.title == "2030"


def test_an_override_hides_a_fault_of_its_row_and_bad_overrides_are_told():
    sheets = settings(risk_aversion="much")
    assert examine(grids_of(sheets), {"risk_aversion": "0.5"}).problem.settings.risk_aversion == 0.5
    errors = examine(grids_of(sheets), {"risk_aversion": "2", "gap": "1", "mip_gap": "x"}).findings
    assert [(finding.code, finding.place, finding.column) for finding in errors] == [
        ("FS103", "--set", "mip_gap"),
        ("FS104", "--set", "risk_aversion"),
        ("FS118", "--set", "gap"),
    ]
