"""A small plan with a workbook of each of its studies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import friendshore as fs
from friendshore._studies import saved_plan
from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import Plan
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.alternatives import alternatives, work
from friendshore.optimizer.studies.explain import Asks as ExplainAsks
from friendshore.optimizer.studies.explain import explain_problem
from friendshore.optimizer.studies.frontier.axis import limit_axis, risk_axis
from friendshore.optimizer.studies.frontier.draw import draw_frontier
from friendshore.optimizer.studies.frontier.frontier import Asks as FrontierAsks
from friendshore.optimizer.studies.replan.actuals import Actuals, Built
from friendshore.optimizer.studies.replan.replan import Asks as ReplanAsks
from friendshore.optimizer.studies.replan.work import replan
from friendshore.optimizer.studies.sensitivity.sensitivity import Asks as SensitivityAsks
from friendshore.optimizer.studies.sensitivity.work import work_out as sensitivity
from friendshore.optimizer.studies.share.divide import divide
from friendshore.optimizer.studies.share.share import Asks as ShareAsks
from friendshore.optimizer.studies.worth.work import work_out as worth
from friendshore.optimizer.studies.worth.worth import Asks as WorthAsks
from tests.mathematics.cases import Sheets, built, importer, stop, under


def sheets() -> Sheets:
    """Home and Near need metal from Far, which may stop; either may build works of its own, at a price that is sourced.

    Without works the stop costs more than they do, and at most half may be short in it.
    """
    made = importer(2) | stop(0.2)
    made["Countries"].append({"country": "Near", "bloc": "ally", "name": "Near, <b>the</b> friend"})
    made["Plants"] += [
        {"plant": f"works {name}", "country": name, "commodity": "metal", "capacity": 1, "unit_cost": 3}
        for name in ("Home", "Near")
    ]
    made["Demand"].append({"country": "Near", "commodity": "metal", "shortage_cost": 40, "per_year": 6})
    made["Lanes"] = [{"from": "*", "to": "*", "cost": 1}]
    made["Expansions"] = [
        built(expansion="line Home", plant="works Home", size=9, capex=120, max_units=2, source_id="S"),
        built(expansion="line Near", plant="works Near", size=9, capex=130, max_units=1, source_id="S"),
    ]
    made["Sources"] = [{"source_id": "S", "title": "a report", "low": 0.4, "high": 1.9}]
    return under(made, kind="max_shortage", limit=0.5, scenario="stop")


@dataclass(frozen=True)
class Studied:
    """A plan, its workbook, and those of its studies by the command that makes them."""

    plan: Plan
    workbook: Path
    studies: dict[str, Path]


def studied(folder: Path) -> Studied:
    """Solve and study it; every workbook is written to ``folder``."""
    problem = problem_from_sheets(sheets())
    plan = solve_problem(problem, gap=0.0, threads=1).certified
    assert plan is not None
    held = saved_plan(plan)
    actuals = Actuals(
        "y1", built=[Built("line Home", "y0", 1.0, 0.5, 3.0)], demand={problem.demand[0].row: {"y1": 15.0}}
    )
    made = {
        "frontier": draw_frontier(problem, limit_axis(problem, "rule", (0.2, 0.9)), FrontierAsks(points=6, gap=0.0)),
        "risk": draw_frontier(problem, risk_axis((0, 0.5)), FrontierAsks(points=4, gap=0.0)),
        "alternatives": work.work_out(problem, alternatives.Asks(within=0.2, gap=0.0)),
        "share": divide(problem, asks=ShareAsks(gap=0.0)),
        "explain": explain_problem(problem, ExplainAsks("line Home", "line Near"), Limits(0.0, threads=1)),
        "worth": worth(problem, WorthAsks(gap=0.0)),
        "replan": replan(held, actuals, ReplanAsks(gap=0.0, threads=1, keep=True, baselines=False)),
        "sensitivity": sensitivity(problem, SensitivityAsks(top=3, gap=0.0)),
    }
    paths = {}
    for name, study in made.items():
        paths[name] = folder / f"{name}.xlsx"
        fs.write_study(study, paths[name])
    fs.write_plan(plan, folder / "plan.xlsx")
    return Studied(plan, folder / "plan.xlsx", paths)
