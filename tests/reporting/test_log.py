"""Plan Log: warnings about the workbook first, then the log of the run; times and sizes beside it."""

import dataclasses

from friendshore.models.findings import Finding
from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import log
from tests.reporting import plans


def test_warnings_come_before_the_lines_of_the_log(plan: Plan) -> None:
    warned = plans.problem(warnings=(Finding("FS201", "warning", "Lanes", "odd", row=3, cell="B3"),))
    rows = log.lines(dataclasses.replace(plan, problem=warned)).to_numpy().tolist()
    assert rows[0] == [1, "warning", "FS201", "Lanes!B3", "odd"]
    assert [row[-1] for row in rows[1:]] == ["built", "solved"]


def test_times_and_sizes_are_those_of_the_run(plan: Plan) -> None:
    assert log.times(plan).to_numpy().tolist() == [["build", 0.1], ["solve", 0.5]]
    assert log.times(plan).attrs["units"] == {"seconds": "seconds"}
    assert log.sizes(plan)["count"].tolist() == [120, 300, 2, 900, 5, 3]


def test_the_finding_counts(plan: Plan) -> None:
    assert log.content(plan).finding == "0 warnings about the workbook; 2 lines of log."
