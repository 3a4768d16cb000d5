"""Decisions on units: which stand on a path, and when they serve."""

from __future__ import annotations

from typing import Any

import pytest

from friendshore.models.tables import Expansion
from friendshore.optimizer.certify.decisions import Decision, carried, decides, in_service, service
from friendshore.optimizer.certify.scenarios import BASE
from friendshore.optimizer.certify.tree import Branch, Tree, build_tree
from tests.certify.drafts import problem
from tests.certify.trade import event, trade

PERIODS = ("y1", "y2", "y3")


def tree() -> Tree:
    """``at_once`` leaves base in y1, ``near`` in y2, ``longer`` near in y3, ``late`` and ``never`` base in y3."""
    scenarios = [
        ("at_once", 0.125, "y1", "base"),
        ("near", 0.25, "y2", "base"),
        ("longer", 0.125, "y3", "near"),
        ("late", 0.125, "y3", "base"),
        ("never", 0, "y3", "base"),
    ]
    sheets = trade(
        Periods=[{"period": period} for period in PERIODS],
        Scenarios=[
            {"scenario": name, "probability": share, "onset": onset, "parent": parent}
            for name, share, onset, parent in scenarios
        ],
        Events=[event(scenario=name) for name, *_ in scenarios],
    )
    return build_tree(problem(sheets).tables, [])


def decision(branch: str, time: float, units: float = 1.0, expansion: int = 0) -> Decision:
    return Decision(expansion, units, branch, 0, int(time), time)


BASES = [decision(BASE, time) for time in (0.0, 1.0, 2.0)]
OWN = {
    BASE: BASES,
    "at_once": [decision("at_once", 1.0)],
    "near": [decision("near", 1.0), decision("near", 2.0)],
    "longer": [decision("longer", 2.0)],
    "late": [decision("late", 2.0)],
    "never": [],
}


@pytest.mark.parametrize("setting", ["integer", "continuous"])
def test_what_stands_on_a_path_that_decides_anew(setting: str) -> None:
    """Before the onset the parent's, from it on its own, and here-and-now units even where it leaves at once."""
    stand = carried(OWN, tree(), setting)
    assert stand[BASE] == BASES
    assert stand["at_once"] == [BASES[0], *OWN["at_once"]]
    assert stand["near"] == [BASES[0], *OWN["near"]]
    assert stand["longer"] == [BASES[0], OWN["near"][0], *OWN["longer"]]
    assert stand["late"] == [*BASES[:2], *OWN["late"]]
    assert stand["never"] == BASES


def test_with_the_setting_plan_all_build_what_base_builds() -> None:
    own = {name: decisions if name == "base" else [] for name, decisions in OWN.items()}  # no others are read
    stand = carried(own, tree(), "plan")
    assert all(decisions == BASES for decisions in stand.values())


def test_who_decides() -> None:
    """Base always, a branch of weight with the other settings, one without weight never."""
    branches = tree().branches
    assert [decides(branches[name], "integer") for name in (BASE, "near", "never")] == [True, True, False]
    assert [decides(branches[name], "plan") for name in (BASE, "near", "never")] == [True, False, False]


def expansion(**cells: Any) -> Expansion:
    return Expansion(**{"expansion": "kiln", "plant": "works", "size": 1.0, "capex": 1.0} | cells)


def base() -> Branch:
    return tree().base


def test_when_a_unit_serves() -> None:
    """From its lead on, for its life; a blank life is for good."""
    assert service(expansion(lead_years=1.5, life_years=2.0), 1.0) == (2.5, 4.5)
    assert service(expansion(lead_years=0.5), 1.0) == (1.5, float("inf"))


def test_units_in_service_by_node() -> None:
    """Two decided at 0 serve from 0.75 to 2.25: they count in the second year alone, which they serve wholly. Three of
    another decided at 1 serve from then on; a fourth at 2 joins them."""
    rows = (expansion(lead_years=0.75, life_years=1.5), expansion(expansion="gate"))
    decisions = [decision(BASE, 0.0, 2.0), decision(BASE, 1.0, 3.0, 1), decision(BASE, 2.0, 1.0, 1)]
    assert in_service(decisions, rows, base(), base()).tolist() == [[0.0, 0.0], [2.0, 3.0], [0.0, 4.0]]
