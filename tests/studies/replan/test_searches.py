"""The same plan made again by one worker and two, cut short and resumed; which of two costs is told."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.engines.ledger import Ledger
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.studies.replan.actuals import Actuals
from friendshore.optimizer.studies.replan.replan import Asks, Replanned
from friendshore.optimizer.studies.replan.searches import SEARCHES, free_unit, kept_unit, value_of_both
from friendshore.optimizer.studies.replan.work import replan
from tests.mathematics.cases import Sheets, built, importer, stop
from tests.studies.frontier.test_frontier import Counting
from tests.studies.replan.cases import planned


def sheets() -> Sheets:
    """Three years of 12 from Far, which may stop in the last; a line at home for 180 that the plan builds in time."""
    made = importer(3) | stop(0.5, onset="y2")
    made["Plants"].append({"plant": "home", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 1})
    made["Expansions"] = [built(plant="home", size=12, capex=180, earliest="y1")]
    return made


def again(runner: Runner | None = None) -> Replanned:
    """Made again a year on: so little is needed that the line is not built; to build it all the same is priced."""
    saved = planned(sheets())
    demand = {saved.problem.demand[0].row: {"y1": 1.0, "y2": 1.0}}
    asks = Asks(gap=0.0, threads=1, keep=True, baselines=False)
    return replan(saved, Actuals("y1", demand=demand), asks, runner=runner)


def known(study: Replanned) -> tuple[object, ...]:
    """All that is told of a study."""
    return study.rest, study.before, tuple(study.causes), tuple(study.changes), tuple(study.kept), study.same


def test_cut_short_it_tells_what_is_known_and_goes_on_from_there(tmp_path: Path) -> None:
    """The new plan is there before the first search that is shared out; the rest by two workers at once."""
    whole = again(Runner(counted := Counting()))
    assert counted.done == 3 and not whole.stopped
    (kept,) = whole.kept  # 180 + 1 + 1 in place of 3 + (3 + 100) / 2
    assert kept.cost is not None and kept.cost.high == pytest.approx(127.5)
    with Ledger(tmp_path / "done.ledger") as ledger:
        cut = again(Runner(Counting(most=1), ledger))
        assert cut.stopped and cut.plan is not None and known(cut) != known(whole)
        rest = Counting(workers=2)
        resumed = again(Runner(rest, ledger))
    assert rest.done == counted.done - 1 and known(resumed) == known(whole)


def test_a_unit_can_be_sent_to_another_process() -> None:
    units = [free_unit(0), kept_unit(1, ("expansion", "new", "y1"))]
    assert pickle.loads(pickle.dumps((SEARCHES, units)))[1] == units  # noqa: S301 - ours


@pytest.mark.parametrize(
    ("free", "held", "told"),
    [
        ((90.0, 100.0), None, Interval(90, 100)),
        ((90.0, 100.0), (95.0, 99.0), Interval(90, 99)),  # nothing cheaper was found
        ((100.0, 100.0), (100.5, 100.5), Interval(100, 100.5)),  # not proven to cost more than the gap of 1 %
        ((100.0, 100.0), (105.0, 105.0), Interval(100, 100)),
        ((100.0, 100.0), (None, None), Interval(100, 100)),
        ((None, 100.0), (100.0, 100.0), None),
    ],
)
def test_old_decisions_are_told_where_they_are_kept(
    free: tuple[float | None, float], held: tuple[float | None, float | None] | None, told: Interval | None
) -> None:
    answers = [None if ends is None else {"low": ends[0], "high": ends[1]} for ends in (free, held)]
    assert answers[0] is not None
    assert value_of_both(answers[0], answers[1], 0.01) == told
