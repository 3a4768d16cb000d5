"""Rows of scenarios left out where they say what the base path says, and the whole table again from the others."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from friendshore.models.plan import Plan
from friendshore.optimizer.page.tables import of_plan
from friendshore.optimizer.reporting import frames, production, scenario_rows, sourcing, stockpiles, write_plan
from friendshore.optimizer.reporting.frames import BASE, most_rows
from friendshore.optimizer.reporting.scenario_rows import (
    SAME,
    Shared,
    filled_in,
    settled,
    standing,
    steps_of_paths,
    whole_tables,
)
from friendshore.optimizer.saved.plan_reader import read_frames
from tests.examples import examples

FLOW = Shared(("who",), ("unit",), ("sent",), ("share",), order=("scenario", "period", "who"))
STORE = Shared(("who",), ("unit",), ("level",), ("cover",), ("scenario", "who", "period", "step"), True, ("target",))
MIX = Shared(("who", "via"), (), ("sent",), ("share",), order=("scenario", "period", "who", "via"), together=("who",))
STEPS = pd.DataFrame(
    [(BASE, "1", 1), (BASE, "2", 2), ("ban", "1", 1), ("ban", "2", 2), ("war", "2", 4)],
    columns=["scenario", "period", "steps"],
)


def _flows(*rows: tuple[str, str, str, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["scenario", "period", "who", "sent", "share"])
    return frame.assign(unit="t")[["scenario", "period", "who", "unit", "sent", "share"]]


def test_what_a_scenario_does_as_the_base_path_is_not_told_and_what_it_stops_is_told_as_zero() -> None:
    """Of the ban: 'a' as before, 'b' no more, 'c' more than before, 'd' anew."""
    whole = _flows(
        *((BASE, "1", who, 10.0, 0.3) for who in "abc"),
        ("ban", "1", "a", 10.0, 0.3),
        ("ban", "1", "c", 15.0, 0.4),
        ("ban", "1", "d", 5.0, 0.1),
    )
    found = standing(whole, FLOW, STEPS[STEPS["period"] == "1"])
    assert found.loc[found["scenario"] == "ban", ["who", "sent"]].to_numpy().tolist() == [
        ["b", 0.0],
        ["c", 15.0],
        ["d", 5.0],
    ]
    assert found["scenario"].tolist()[:3] == [BASE] * 3


def test_steps_of_the_same_time_are_compared_and_others_are_told_unless_they_are_empty() -> None:
    """The war cuts the second period into four steps, which no step of the base path is the same as."""
    names = ["scenario", "who", "period", "step", "level"]
    rows = [(BASE, "s", "1", 1, 9.0), (BASE, "s", "2", 1, 9.0), (BASE, "s", "2", 2, 0.0)]
    rows += [("ban", "s", "1", 1, 9.0), ("ban", "s", "2", 1, 0.0), ("ban", "s", "2", 2, 0.0)]
    rows += [("war", "s", "2", 1, 9.0), ("war", "s", "2", 2, 4.0), ("war", "s", "2", 3, 0.0), ("war", "s", "2", 4, 0.0)]
    whole = pd.DataFrame(rows, columns=names).assign(unit="t", cover=0.0, target=np.nan)
    found = standing(whole, STORE, STEPS)
    assert found.loc[found["scenario"] != BASE, names].to_numpy().tolist() == [
        ["ban", "s", "2", 1, 0.0],
        ["war", "s", "2", 1, 9.0],
        ["war", "s", "2", 2, 4.0],
    ]
    pd.testing.assert_frame_equal(filled_in(found, STORE, STEPS), whole)


def test_the_suppliers_of_a_buyer_stand_together() -> None:
    """'a' gets as before by p and more by q: both are told; 'b' as before: neither; 'c' gets nothing: zeros."""
    base = [(BASE, "1", who, via, 10.0, 0.5) for who in "abc" for via in "pq"]
    ban = [("ban", "1", "a", "p", 10.0, 0.5), ("ban", "1", "a", "q", 12.0, 0.5)]
    ban += [("ban", "1", "b", via, 10.0, 0.5) for via in "pq"]
    whole = pd.DataFrame([*base, *ban], columns=["scenario", "period", "who", "via", "sent", "share"])
    found = standing(whole, MIX, STEPS[STEPS["period"] == "1"])
    assert found.loc[found["scenario"] == "ban", ["who", "via", "sent"]].to_numpy().tolist() == [
        ["a", "p", 10.0],
        ["a", "q", 12.0],
        ["c", "p", 0.0],
        ["c", "q", 0.0],
    ]


def test_what_a_search_leaves_of_equality_is_equality() -> None:
    whole = _flows((BASE, "1", "a", 10.0, 1.0), ("ban", "1", "a", 10.0 * (1 + SAME / 2), 1.0))
    assert settled(whole, FLOW, STEPS)["sent"].tolist() == [10.0, 10.0]
    apart = _flows((BASE, "1", "a", 10.0, 1.0), ("ban", "1", "a", 10.0 * (1 + 3 * SAME), 1.0))
    assert settled(apart, FLOW, STEPS)["sent"].nunique() == 2


AMOUNT = st.sampled_from([0.0, 1.0, 2.5, 1 / 3])
RATIO = st.sampled_from([0.0, 0.1, float("nan")])


@st.composite
def _drawn(draw: st.DrawFn) -> tuple[Shared, pd.DataFrame]:
    by_step = draw(st.booleans())
    rows = []
    for scenario, period, steps in STEPS.itertuples(index=False, name=None):
        for who in "xyz":
            for step in range(1, steps + 1 if by_step else 2):
                amount = draw(AMOUNT)
                if by_step or amount:
                    rows.append((scenario, period, step, who, "t", amount, draw(RATIO), 1.0 * (scenario == BASE)))
    columns = ["scenario", "period", "step", "who", "unit", "level", "cover", "target"]
    frame = pd.DataFrame(rows, columns=columns).astype({"step": int, "level": float, "cover": float})
    frame["target"] = frame["target"].where(frame["scenario"] == BASE)
    if by_step:
        return STORE, frame.sort_values(["scenario", "who", "period", "step"], key=_base_first, ignore_index=True)
    flows = frame.drop(columns=["step", "target"]).rename(columns={"level": "sent", "cover": "share"})
    if draw(st.booleans()):
        mix = flows.drop(columns="unit").rename(columns={"who": "via"})
        mix.insert(2, "who", mix["via"].map({"x": "k", "y": "k", "z": "l"}))
        return MIX, mix.sort_values(["scenario", "period", "who", "via"], key=_base_first, ignore_index=True)
    return FLOW, flows.sort_values(["scenario", "period", "who"], key=_base_first, ignore_index=True)


def _base_first(column: pd.Series) -> pd.Series:
    return column.map({BASE: 0, "ban": 1, "war": 2}) if column.name == "scenario" else column


@settings(deadline=None, max_examples=examples(30))
@given(_drawn())
def test_the_whole_table_comes_again_to_the_bit(drawn: tuple[Shared, pd.DataFrame]) -> None:
    shared, whole = drawn
    rows = standing(whole, shared, STEPS)
    again = filled_in(rows, shared, STEPS)
    pd.testing.assert_frame_equal(again, whole, check_exact=True)
    pd.testing.assert_frame_equal(standing(again, shared, STEPS), rows, check_exact=True)


def test_the_tables_of_a_plan_come_again(plan: Plan) -> None:
    steps = steps_of_paths(plan)
    wholes = {
        "Sourcing": (sourcing.deliveries(plan), sourcing.SHARED),
        "Production": (production.use_of_plants(plan), production.SHARED),
        "Stockpiles": (stockpiles.levels(plan), stockpiles.SHARED),
    }
    rows = {name: standing(whole, shared, steps) for name, (whole, shared) in wholes.items()}
    assert any(len(rows[name]) < len(whole) for name, (whole, _) in wholes.items())
    again = whole_tables(rows, {name: shared for name, (_, shared) in wholes.items()}, steps)
    for name, (whole, _) in wholes.items():
        pd.testing.assert_frame_equal(again[name], whole, check_exact=True)


def test_a_table_of_an_earlier_version_is_taken_as_whole() -> None:
    whole = _flows((BASE, "1", "a", 10.0, 1.0), ("ban", "2", "a", 10.0, 1.0))
    assert filled_in(whole, FLOW, STEPS.head(0)) is whole


def test_paths_behind_a_cut_are_not_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the war, where the table ends, nothing is taken to be as on the base path."""
    monkeypatch.setattr(frames, "MOST_ROWS", 3)
    whole = _flows(
        (BASE, "2", "a", 10.0, 1.0),
        (BASE, "2", "b", 1.0, 0.1),
        ("ban", "2", "a", 10.0, 1.0),
        ("ban", "2", "b", 1.0, 0.1),
        ("war", "2", "a", 3.0, 1.0),
        ("war", "2", "b", 9.0, 1.0),
    )
    shown, cut = most_rows(standing(whole, FLOW, STEPS[STEPS["period"] == "2"]))
    assert cut
    again = filled_in(shown, FLOW, STEPS[STEPS["period"] == "2"])
    assert again["who"].tolist() == ["a", "b", "a", "b", "a"]


def test_after_ctrl_c_a_large_plan_is_written_without_rows_of_scenarios(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In haste, and said on the sheet; read back there are the rows of the base path, and no others are made up."""
    monkeypatch.setattr(scenario_rows, "MANY", 3)
    stopped = dataclasses.replace(plan, run=dataclasses.replace(plan.run, stopped="interrupted"))
    write_plan(stopped, tmp_path / "plan.xlsx", with_inputs=False)
    tables, pages = read_frames(tmp_path / "plan.xlsx"), of_plan(stopped)
    for name in ("Sourcing", "Production", "Stockpiles"):
        assert set(tables[name]["scenario"]) == set(pages[name]["scenario"]) == {BASE}
    assert set(tables["Scenarios"]["scenario"]) == {BASE, "ban", "mine/C@2027"}
    said = [cell.value for row in load_workbook(tmp_path / "plan.xlsx")["Plan Sourcing"].iter_rows() for cell in row]
    assert any("written in haste" in str(value) for value in said)
    monkeypatch.setattr(scenario_rows, "MANY", 1000)
    assert set(sourcing.content(stopped).left[0].frame["scenario"]) > {BASE}  # type: ignore[union-attr]
