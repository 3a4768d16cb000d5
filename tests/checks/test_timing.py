"""Events are placed in absolute time, along the whole path of a scenario."""

from friendshore.models.checks.timing import ancestry, met_periods, period_starts, spans, step_years
from friendshore.models.examine import problem_from_sheets
from friendshore.models.tree.dangers import chances
from tests.parsing.valid import valid


def test_places_in_time():
    sheets = valid()
    sheets["Periods"][0] = {"period": 2025, "years": 2}
    sheets["Scenarios"].append({"scenario": "more", "probability": 0, "onset": 2028, "parent": "stop"})
    sheets["Events"].append(
        {"scenario": "more", "kind": "demand", "years": 0.5, "start_years": 0.25, "recovery_years": 1, "remaining": 2}
    )
    problem = problem_from_sheets(sheets)
    assert period_starts(problem) == [0.0, 2.0, 3.0, 4.0]
    row = next(row for row in problem.tables.scenarios if row.scenario == "more")
    assert [above.scenario for above in ancestry(problem, row)] == ["more", "stop"]
    more = next(branch for branch in chances(problem).branches if branch.name == "more")
    assert sorted((start, end) for _, start, end in spans(problem, more)) == [(2.0, 2.5), (2.0, 3.0), (3.25, 4.75)]
    assert met_periods(problem, 0, [(2.0, 3.0)]) == [1]
    assert met_periods(problem, 2, [(2.0, 3.0)]) == []
    assert step_years(problem, 1, 6) == 0.5
    assert step_years(problem, 1, 5) == 1.0
    assert step_years(problem, 1, None) == 0.25
