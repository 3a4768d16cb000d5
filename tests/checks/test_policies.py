"""Each policy has the cells its kind needs, a limit in range and a tier that exists."""

import pytest

from friendshore.models.rules import POLICY_KINDS
from tests.parsing.valid import expect, silent, valid


def policy(**values):
    sheets = valid()
    row = {
        "policy": "p",
        "kind": "max_share",
        "limit": 0.5,
        "consumers": None,
        "suppliers": "Conc",
        "commodity": "ore",
        "tier": None,
        "years": None,
        "k": None,
    }
    sheets["Policies"] = [{**row, **values}]
    return sheets


@pytest.mark.parametrize(
    ("kind", "column", "cell"),
    [
        ("max_share", "suppliers", "E2"),
        ("survive", "years", "H2"),
        ("survive_any", "k", "I2"),
        ("clean_origin", "commodity", "F2"),
    ],
)
def test_cells_that_the_kind_needs(kind, column, cell):
    values = {"suppliers": "Conc", "years": 1, "k": 1, "commodity": "ore"}
    read = POLICY_KINDS[kind].columns
    values = {name: value if name in read else None for name, value in values.items()}
    silent(policy(kind=kind, **values), "FS402")
    expect(policy(kind=kind, **{**values, column: None}), "FS402", f"Policies!{cell}", column)


def test_limits_that_are_shares():
    expect(policy(limit=40), "FS403", "Policies!C2", "did you mean 0.4?")
    silent(policy(limit=1), "FS403")
    silent(policy(kind="stock_cover", limit=40, suppliers=None), "FS403")


def test_tiers():
    expect(
        policy(kind="max_shortage", suppliers=None, tier="defense"), "FS206", "Policies!G2", "the nearest is 'defence'"
    )
    expect(policy(kind="max_shortage", suppliers=None, tier="Civil"), "FS202", "Policies!G2", "'civil'")
    silent(policy(kind="max_shortage", suppliers=None, tier="*", commodity="metal"), "FS206")


@pytest.mark.parametrize(
    ("scenario", "over", "wanted"),
    [
        ("base", "event", "step or names"),
        (None, "event", "step or names"),
        ("normal", "event", "step or names"),
        ("normal", "path", "step or names"),
        ("stop, base", "event", "step or names"),
        ("expected", "step", "path or a blank cell"),
        ("cvar", "event", "path or a blank cell"),
    ],
)
def test_sums_of_shortage_over_what_is_not_there(scenario, over, wanted):
    """The base path has no events, normal times are no path, and what is over whole paths has no steps."""
    shortage = {"kind": "max_shortage", "suppliers": None, "scenario": scenario, "over": over}
    expect(policy(**shortage), "FS406", "Policies!K2", wanted)


@pytest.mark.parametrize(
    ("scenario", "over"), [("base", "path"), ("each", "event"), ("expected", None), ("cvar", "path")]
)
def test_sums_of_shortage_over_what_is_there(scenario, over):
    silent(policy(kind="max_shortage", suppliers=None, scenario=scenario, over=over), "FS406")


@pytest.mark.parametrize(
    ("kind", "where", "alone"),
    [
        ("max_share", "normal, stop", "normal"),
        ("max_hhi", "stop,each", "each"),
        ("max_emissions", "base, normal", "normal"),
        ("max_shortage", "expected, stop", "expected"),
        ("max_shortage", "stop, cvar", "cvar"),
    ],
)
def test_places_that_stand_alone(kind, where, alone):
    suppliers = {} if kind == "max_share" else {"suppliers": None}
    expect(policy(kind=kind, scenario=where, **suppliers), "FS407", "Policies!J2", f"wanted '{alone}' by itself")
    silent(policy(kind=kind, scenario="base, stop", **suppliers), "FS407")
    silent(policy(kind=kind, scenario=alone, **suppliers), "FS407")
