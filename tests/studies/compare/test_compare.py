"""Plans side by side; the numbers are those of the tutorial, worked out in inputs/source/tutorial/ANSWER.md."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from jsonschema import Draft202012Validator

from friendshore.optimizer.commands.output import json_text
from friendshore.optimizer.commands.schema import schema
from friendshore.optimizer.commands.schema.compare import compared
from friendshore.optimizer.reporting.summary import EXPECTED, GAP, OBJECTIVE
from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.studies.compare import compare
from friendshore.optimizer.studies.compare.sheets import write_comparison
from friendshore.optimizer.studies.compare.words import SAME_ASKED, findings, input_lines, lines
from tests.studies.compare.drafts import TUTORIAL, changed, row, solved


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compare")


@pytest.fixture(scope="module")
def first(folder: Path) -> SavedPlan:
    return solved(folder, "first", TUTORIAL)


@pytest.fixture(scope="module")
def tighter(folder: Path) -> SavedPlan:
    """At most a tenth of civil demand short in the embargo: a third line at Friend, which costs 10 more."""
    return solved(folder, "tighter", changed(lambda s: row(s, "Policies", "civil_floor").update(limit=0.1)))


def test_cost_decisions_and_shortages(first: SavedPlan, tighter: SavedPlan) -> None:
    """By hand: 6,628 and 6,638; two lines and three; 20 of 80 short, and none."""
    found = compare([first, tighter])
    figures = found.figures.frame.set_index("figure")
    assert figures.loc[EXPECTED, ["p0", "p1", "d1"]].tolist() == pytest.approx([6628, 6638, 10])
    assert found.investments.changed[["expansion", "period", "p0", "p1", "d1"]].to_numpy().tolist() == [
        ["Friend_line", "2027", 2, 3, 1]
    ]
    assert found.shortages.changed[["scenario", "tier", "p0", "p1"]].to_numpy().tolist() == [
        ["embargo", "civil", 0.25, 0]
    ]
    assert found.kinds.frame["d1"].sum() == pytest.approx(10)
    assert found.payers.frame["d1"].sum() == pytest.approx(10)
    assert found.scorecard["limit"].changed["policy"].tolist() == ["civil_floor"]
    assert found.protections.changed.empty and found.scope.refused == ()


def test_what_matters_first_in_words(first: SavedPlan, tighter: SavedPlan) -> None:
    """The cause, then cost, what is built, what goes short, and the policy, each once."""
    found = compare([first, tighter])
    assert input_lines(found, 1) == ("Policies: civil_floor, limit 0.25 -> 0.1",)
    told = findings(found, 1)
    assert [change.topic for change in told] == ["cost", "built", "short", "policy"]
    assert told[0].text.startswith(f"{EXPECTED}: 6,628 -> 6,638 USD thousand (+10, +0.2%): ")
    assert told[1].text == "Friend_line: 3 instead of 2 in 2027"
    assert told[2].text == "embargo: magnet (civil) no longer short (was 25% of demand)"
    assert [change.topic for change in findings(found, 1, most=2)] == ["cost", "built"]
    back = [change.text for change in findings(compare([tighter, first]), 1)]
    assert back[1] == "Friend_line: 2 instead of 3 in 2027"
    assert back[2] == "embargo: magnet (civil) short by 25% of demand (was served)"


def test_the_same_plan_twice(first: SavedPlan) -> None:
    said = list(lines(compare([first, first])))
    assert said[1:] == ["  Inputs: the same", "  The plans are the same in all that is compared."]
    assert "(1) -> " in said[0] and said[0].endswith("(2)")


def test_a_difference_within_the_gaps_is_called_so(first: SavedPlan, tighter: SavedPlan) -> None:
    """10 in 6,628 may come from the search where each plan is known to a tenth of a per cent only: 6.6 + 6.6 > 10."""
    loose = [_with_gap(plan, 0.001) for plan in (first, tighter)]
    assert "within the gaps of the searches" in findings(compare(loose), 1)[0].text
    close = [_with_gap(plan, 0.0007) for plan in (first, tighter)]
    assert "within the gaps" not in findings(compare(close), 1)[0].text


def _with_gap(plan: SavedPlan, gap: float) -> SavedPlan:
    figures = plan.tables["Key_figures"].copy()
    figures.loc[figures["figure"] == GAP, "value"] = gap
    return dataclasses.replace(plan, tables={**plan.tables, "Key_figures": figures})


def _with(plan: SavedPlan, name: str, frame: pd.DataFrame) -> SavedPlan:
    return dataclasses.replace(plan, tables={**plan.tables, name: frame})


def test_shares_of_supply_over_all_periods(first: SavedPlan) -> None:
    """30 of 100 in one period and 50 of 100 in the other are 40%; all from Rival before, so 60 points less."""

    def sent(*rows: tuple[str, str, float]) -> SavedPlan:
        frame = pd.DataFrame(rows, columns=["period", "origin", "quantity"])
        return _with(first, "Sourcing", frame.assign(scenario="base", destination="Home", commodity="oxide"))

    before = sent(("2026", "Rival", 100.0), ("2027", "Rival", 100.0))
    after = sent(("2026", "Rival", 70.0), ("2026", "Friend", 30.0), ("2027", "Rival", 50.0), ("2027", "Friend", 50.0))
    found = compare([before, after])
    shares = found.sourcing.frame.set_index("origin")[["p0", "p1", "d1"]]
    assert shares.loc["Friend"].tolist() == pytest.approx([0.0, 0.4, 0.4])
    assert shares.loc["Rival"].tolist() == pytest.approx([1.0, 0.6, -0.4])
    assert "Home takes 40% of its oxide from Friend instead of 0%" in [change.text for change in findings(found, 1)]


def test_other_currencies_and_rates(folder: Path, first: SavedPlan) -> None:
    euro = solved(folder, "euro", TUTORIAL, {"currency": "EUR", "cvar_alpha": "0.9"})
    found = compare([first, euro])
    assert found.figures.frame.empty and found.kinds.frame.empty and found.paths.frame.empty
    assert "different currencies (USD thousand, EUR)" in found.scope.refused[0]
    assert any("cvar_alpha differs" in words for words in found.scope.refused)
    assert not any(change.topic == "cost" for change in findings(found, 1))
    assert len(found.investments.frame)


def test_other_periods_and_units(folder: Path, first: SavedPlan) -> None:
    """One year less, and magnets counted in pieces: decisions of the shared years are left, of shared goods."""

    def edit(sheets) -> None:
        sheets["Commodities"] = [
            line | ({"unit": "pieces"} if line["commodity"] == "magnet" else {}) for line in sheets["Commodities"]
        ]
        sheets["Periods"] = [*sheets["Periods"], {"period": "2029", "years": 1}]

    found = compare([first, solved(folder, "longer", changed(edit))])
    assert found.scope.periods == tuple(row.period for row in first.problem.periods)
    assert "magnet" not in found.scope.commodities and "oxide" in found.scope.commodities
    assert found.figures.frame.empty and found.shortages.frame.empty
    assert len(found.investments.frame) and set(found.sourcing.frame["commodity"]) == {"oxide"}
    assert any("different periods" in words for words in found.scope.refused)
    assert any("same unit: magnet" in words for words in found.scope.refused)


def test_three_plans_are_told_pair_by_pair(first: SavedPlan, tighter: SavedPlan) -> None:
    found = compare([first, tighter, first])
    assert found.figures.frame.set_index("figure").loc[OBJECTIVE, "d2"] == 0.0
    said = "\n".join(lines(found))
    assert said.count("Inputs:") == 2 and said.count("Friend_line: 3 instead of 2") == 1


def test_fewer_than_two_are_refused(first: SavedPlan) -> None:
    with pytest.raises(ValueError, match="two plans"):
        compare([first])


def test_tables_and_data(first: SavedPlan, tighter: SavedPlan, tmp_path: Path) -> None:
    """The workbook has a sheet for each question with the figures in it; the data are JSON with every section."""
    found = compare([first, tighter])
    write_comparison(found, tmp_path / "changes.xlsx")
    book = openpyxl.load_workbook(tmp_path / "changes.xlsx")
    assert book.sheetnames[:3] == ["Compare Summary", "Compare Inputs", "Compare Built"] and len(book.sheetnames) == 9
    cells = {cell.value for line in book["Compare Built"].iter_rows() for cell in line}
    assert {"Friend_line", 2, 3, 1} <= cells
    cells = {cell.value for line in book["Compare Summary"].iter_rows() for cell in line}
    assert "Friend_line: 3 instead of 2 in 2027" in cells and 6638 in {
        round(c) for c in cells if isinstance(c, float | int)
    }
    data = json.loads(json_text(compared(found, None, 0.0, ()), indent=2))
    Draft202012Validator(schema("compare")).validate(data)
    assert data["changes"][0]["inputs"][0]["column"] == "limit"
    assert {"values": [2.0, 3.0], "changes": [1.0]}.items() <= data["investments"][0].items()
    assert [plan["name"] for plan in data["plans"]] == ["first", "tighter"]


def test_other_decisions_though_the_same_was_asked(first: SavedPlan) -> None:
    """Two plans that are equally good: said so, as the planner changed nothing."""
    other = _with(first, "Investments", first.tables["Investments"].assign(period="2026"))
    said = list(lines(compare([first, other])))
    assert "  1. Friend_line: 2 in 2026 instead of 2 in 2027" in said and said[-1] == f"  {SAME_ASKED}"


def test_a_plant_that_one_plan_closes(tmp_path: Path) -> None:
    """In words, from the plan in which it is kept to the one that closes it, and back."""
    old: dict[str, object] = {"plant": "Old_magnets", "country": "Home", "recipe": "magnet_making", "capacity": 1}
    old |= {"unit_cost": 900, "fixed_cost": 10}
    first = solved(tmp_path, "kept", changed(lambda sheets: sheets["Plants"].append(dict(old))))
    second = solved(tmp_path, "closed", changed(lambda sheets: sheets["Plants"].append(old | {"may_close": "yes"})))
    there, back = compare([first, second]), compare([second, first])
    assert any("closed from" in change.text for change in findings(there, 1, most=50))
    assert any("kept open" in change.text for change in findings(back, 1, most=50))
