"""Actuals: what was planned reads as planned, and what does not fit is told at once with cell and cure."""

from __future__ import annotations

from friendshore.models.codes import CODES
from friendshore.optimizer.studies.replan.causes import steps
from friendshore.optimizer.studies.replan.planned import planned_standing
from friendshore.optimizer.studies.replan.read import examine_actuals, read_actuals
from friendshore.optimizer.studies.replan.template import write_template
from tests.mathematics.cases import built, importer
from tests.studies.replan.cases import planned


def sheets():
    """Two works that may be built, a store, and a stop that may begin in the third year."""
    made = importer(3)
    made["Expansions"] = [built(max_units=2)]
    made["Stockpiles"] = [{"stockpile": "store", "country": "Home", "commodity": "metal", "max_level": 9}]
    made["Plants"].append(
        {"plant": "old", "country": "Home", "commodity": "metal", "capacity": 1, "unit_cost": 9, "may_close": "yes"}
    )
    made["Scenarios"] = [{"scenario": "stop", "probability": 0.2, "onset": "y2"}]
    made["Events"] = [{"scenario": "stop", "kind": "export", "country": "Far", "years": 1, "remaining": 0}]
    return made


def test_the_template_says_that_all_is_as_planned(tmp_path):
    plan = planned(sheets())
    write_template(plan, "y1", tmp_path / "actuals.xlsx")
    actuals = read_actuals(tmp_path / "actuals.xlsx", plan.problem)
    assert actuals.as_of == "y1" and not actuals.struck
    assert [step.cause for step in steps(plan.problem, planned_standing(plan, 1, "base"), actuals)] == ["passing"]


def told(**rows):
    """What is said of actuals: code, place and message of each."""
    grids = {"Actuals": [["as_of"], ["y1"]], **rows}
    return [(each.code, each.place, each.message) for each in examine_actuals(grids, planned(sheets()).problem)[1]]


def test_every_fault_is_told_at_once():
    said = told(
        Actuals=[["as_of"], ["y2"]],
        Struck=[["scenario", "onset"], ["stop", "y1"], ["stopp", "y2"]],
        Built=[["expansion", "decided_in", "units"], ["new", "y0", 3], ["newer", "y0", 1], ["new", "y2", 1]],
        Choices=[["kind", "choice", "done"], ["closing", "works", "yes"], ["protection", "guard", "no"]],
        Stocks=[["stockpile", "level"], ["store", 10], ["stor", 1]],
        Demand=[["country", "commodity", "y2"], ["Far", "metal", 1]],
        Figures=[
            ["table", "id", "column", "y2"],
            ["Plants", "work", "capacity", 1],
            ["Plants", "works", "price", 1],
            ["Plants", "works", "capacity", -1],
        ],
    )
    assert [(code, place) for code, place, _ in said] == [
        ("FS804", "Struck!B2"),
        ("FS802", "Struck!A3"),
        ("FS803", "Built!C2"),
        ("FS802", "Built!A3"),
        ("FS806", "Built!B4"),
        ("FS802", "Choices!B2"),
        ("FS802", "Choices!B3"),
        ("FS805", "Stocks!B2"),
        ("FS802", "Stocks!A3"),
        ("FS802", "Demand!A2"),
        ("FS802", "Figures!B2"),
        ("FS802", "Figures!C3"),
        ("FS104", "Figures!D4"),
    ]
    assert "it can in y2" in said[0][2] and "the nearest is 'stop'" in said[1][2]
    assert "wanted at most 2 in all" in said[2][2] and all(CODES[code].cure for code, _, _ in said)


def test_a_period_that_is_none_is_told_alone():
    """What hangs on it, such as when a scenario may have begun, is not told on top."""
    [(code, place, message)] = told(Actuals=[["as_of"], ["y7"]], Struck=[["scenario", "onset"], ["stop", "y2"]])
    assert (code, place) == ("FS801", "Actuals!A2") and "wanted one of y1, y2" in message
    [(_, _, message)] = told(Actuals=[["as_of"], ["y0"]])
    assert "nothing has passed yet" in message
    faults = told(
        Actuals=[["as_of"], ["y7"]],
        Struck=[["scenario", "onset"], ["stop", "y9"]],
        Built=[["expansion", "decided_in", "units"], ["new", "y8", 1]],
    )
    assert [code for code, _, _ in faults] == ["FS801", "FS804", "FS806"]
    assert "wanted a period of the plan, or blank" in faults[1][2]
    assert "wanted a period of the plan: y0, y1, y2" in faults[2][2]


def test_half_a_unit_of_what_is_whole():
    [(code, _, message)] = told(Built=[["expansion", "decided_in", "units"], ["new", "y0", 0.5]])
    assert code == "FS803" and "are whole" in message


def test_a_workbook_without_the_sheet_of_actuals_is_told_once():
    """Beside a dozen sheets that are none of its business; a slip of its name is told with it."""
    plan = planned(sheets())
    others = {name: [["x"], ["y"]] for name in ("Countries", "Plants", "Lanes", "Demand")}
    actuals, findings = examine_actuals(others, plan.problem)
    assert actuals is None and [each.code for each in findings] == ["FS101"]
    _, [slip] = examine_actuals({"Actualls": [["as_of"], ["y1"]], **others}, plan.problem)
    assert "the nearest is 'Actualls'" in slip.message
