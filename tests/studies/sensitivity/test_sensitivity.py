"""Which figures matter: a price worked out by hand, whole numbers that turn, and what is kept of a study cut short."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.ledger import Ledger
from friendshore.optimizer.engines.pool import PoolEngine
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.serial import SerialEngine
from friendshore.optimizer.engines.task import Task
from friendshore.optimizer.reporting.study_sheets import write_study_sheets
from friendshore.optimizer.search.hold import Held
from friendshore.optimizer.studies.sensitivity.figures import Figure
from friendshore.optimizer.studies.sensitivity.sensitivity import (
    Asks,
    End,
    Moved,
    Sensitivity,
    Slope,
    Verdict,
    beyond,
    difference,
)
from friendshore.optimizer.studies.sensitivity.sheets import sheets, summary
from friendshore.optimizer.studies.sensitivity.units import SLOPES, UNITS
from friendshore.optimizer.studies.sensitivity.words import lines, no_bars
from friendshore.optimizer.studies.sensitivity.work import Unknown, work_out
from tests.mathematics.cases import Sheets, built, island, under


def sourced(sheets: Sheets, confidence: str = "low", **cited: str) -> Sheets:
    """The sheets with a source of some confidence, cited by the rows of the sheets named: all, or one by its first
    cell."""
    rows = {
        sheet: [
            row | {"source_id": "S"} if sheet in cited and cited[sheet] in ("all", next(iter(row.values()))) else row
            for row in mine
        ]
        for sheet, mine in sheets.items()
    }
    return rows | {"Sources": [{"source_id": "S", "title": "a report", "confidence": confidence}]}


def works_or_shortage() -> Sheets:
    """Home needs 10, damage 100 each; works make at most 6 at 80, and others at most 20 at 120."""
    sheets = island(demand=10.0, capacity=6.0, cost=80.0)
    sheets["Plants"].append(
        {"plant": "others", "country": "Home", "commodity": "metal", "capacity": 20, "unit_cost": 120}
    )
    return sheets


def line_at_a_price() -> Problem:
    """Works for 10 that cost 50 to build, run at 2; without them 10 are short at a damage of 6 each: 70 against 60."""
    sheets = island(demand=10.0, capacity=0.0)
    sheets["Demand"][0]["shortage_cost"] = 6
    sheets["Expansions"] = [built(capex=50)]
    return problem_from_sheets(sourced(sheets, Expansions="all", Demand="all"))


def by_words(study: Sensitivity, words: str) -> Moved:
    """The figure of these words."""
    return next(each for each in study.figures if each.figure.words == words)


def test_a_price_that_passes_the_other_by_hand() -> None:
    """6 at 80 and 4 short at 100: 880. The price of the works, 80 ± 30 %: 56 costs 736; at 104 it is cheaper to go
    short, 1,000 in place of 6 · 104 + 400 = 1,024: the cost follows with 6 a unit up to 100 only, and nothing is
    decided, so that nothing is regretted. The damage, 100 ± 30 %: at 70 nothing is made, 700; at 130 others make the 4
    at 120: 480 + 480 = 960."""
    study = work_out(problem_from_sheets(sourced(works_or_shortage(), Plants="works", Demand="all")), Asks(gap=0.0))
    assert study.plan.ends == pytest.approx((880, 880))
    price, damage = by_words(study, "Works: unit cost"), by_words(study, "Metal in Home: shortage cost")
    assert price.derivative == pytest.approx(6) and price.slope.percent == pytest.approx(4.8)
    assert (price.slope.low, price.slope.high) == pytest.approx((-144, 144))
    assert damage.derivative == pytest.approx(4)
    for moved, costs in ((price, (736, 1000)), (damage, (700, 960))):
        assert [end.best.ends for end in moved.ends if end.best] == [pytest.approx((cost, cost)) for cost in costs]
        assert moved.verdict is Verdict.STAYS and moved.regret is not None and moved.regret.high < 1e-6
    change = study.cost_change(price.ends[1])
    assert change is not None and change.ends == pytest.approx((120, 120))
    room = by_words(study, "Works: capacity")
    assert room.derivative == pytest.approx(80 - 100)
    need = by_words(study, "Metal in Home: per year")
    assert need.derivative == pytest.approx(100)


def test_works_that_would_never_serve_cannot_be_kept() -> None:
    """Works of 20 that serve a year later: 60 of damage in the first year, then 10 at 2 each, 100 in place of 120. With
    a lead time of two years they would serve after the plan, so that they are not offered: the least cost is that of
    going short, 120, and the capital of works that are not built is no cost of keeping today's decisions."""
    sheets = island(2, demand=10.0, capacity=0.0)
    sheets["Demand"][0]["shortage_cost"] = 6
    sheets["Expansions"] = [built(capex=20, lead_years=1)]
    wide = sourced(sheets, Expansions="all") | {
        "Sources": [{"source_id": "S", "title": "a report", "low": 0.5, "high": 2.0}]
    }
    study = work_out(problem_from_sheets(wide), Asks(top=10, gap=0.0))
    assert study.plan.ends == pytest.approx((100, 100))
    early, late = by_words(study, "New: lead years").ends
    assert early.held is not None and early.held.ends == pytest.approx((100, 100))
    assert (late.kept, late.held) == (False, None) and late.verdict is Verdict.TURNS
    assert late.best is not None and late.best.ends == pytest.approx((120, 120))


def test_works_that_are_built_or_not_by_hand() -> None:
    """Today 60 against 50 + 20 = 70: nothing is built. At a price of 35 works cost 55, 5 less; at 65 they do not. With
    a damage of 7.8 shortage costs 78, works 70, 8 less. With a need of 13 works make 10: 50 + 20 + 18 against 78; with
    works of 13, 50 + 20 still. Nothing of the works moves the cost to the first order, since none stand."""
    study = work_out(line_at_a_price(), Asks(gap=0.0))
    assert study.plan.ends == pytest.approx((60, 60))
    capex, damage = by_words(study, "New: capex"), by_words(study, "Metal in Home: shortage cost")
    assert capex.derivative == pytest.approx(0)
    low, high = capex.ends
    assert low.best is not None and low.best.ends == pytest.approx((55, 55))
    assert low.held is not None and low.held.ends == pytest.approx((60, 60))
    assert low.regret is not None and low.regret.ends == pytest.approx((5, 5))
    assert (low.verdict, high.verdict, capex.verdict) == (Verdict.TURNS, Verdict.STAYS, Verdict.TURNS)
    assert damage.regret is not None and damage.regret.ends == pytest.approx((8, 8))
    assert by_words(study, "New: size").verdict is Verdict.STAYS
    assert study.worth_knowing[0] is damage
    said = list(lines(study))
    assert "  1. Metal in Home: shortage cost: at its high end (7.8, +30%) other decisions cost less by 8 USD" in said
    assert "  2. New: capex: at its low end (35, -30%) other decisions cost less by 5 USD" in said


def test_figures_of_some_sheets_alone() -> None:
    """They are what they are among all; a sheet without figures, or that is none, is told."""
    problem = problem_from_sheets(sourced(works_or_shortage(), Plants="works", Demand="all"))
    whole, some = (work_out(problem, Asks(gap=0.0, sheets=sheets)) for sheets in ((), ("Demand",)))
    mine = [each for each in whole.figures if each.figure.sheet == "Demand"]
    assert 0 < len(mine) < len(whole.figures) and list(some.figures) == mine
    assert " with a source on Demand, each" in next(lines(some)) and " on " not in next(lines(whole))
    with pytest.raises(ValueError, match="no figure of Stockpiles"):
        work_out(problem, Asks(sheets=("Stockpiles",)))
    with pytest.raises(ValueError, match="no sheet Settings has figures"):
        Asks(sheets=("Settings",))


def test_without_searches_nothing_is_claimed() -> None:
    """The relaxation tells that at 35 the cost lies between 55 and 60, as a whole line is the cheapest part of one:
    without a search it is not said that a decision turns, and the interval holds the truth."""
    study = work_out(line_at_a_price(), Asks(gap=0.0, searches=0))
    capex = by_words(study, "New: capex")
    low = capex.ends[0]
    assert low.verdict is Verdict.OPEN and not low.searched
    assert low.regret is not None and low.regret.low == 0 and low.regret.high >= 5 - 1e-6
    assert any("if any do" in line for line in lines(study))


def test_what_cannot_be_kept_and_where_there_is_no_plan() -> None:
    """At most a tenth may be short: with works of 10 for a need of 10 one line; for 13 they leave 3 short, so that a
    second is needed, of which there is one; and where there is none, no plan satisfies the rule."""
    sheets = island(demand=10.0, capacity=0.0)
    sheets["Expansions"] = [built(max_units=2)]
    sheets = under(sheets, kind="max_shortage", limit=0.1)
    two = work_out(problem_from_sheets(sourced(sheets, Demand="all")), Asks(gap=0.0))
    need = by_words(two, "Metal in Home: per year")
    assert need.high is not None and need.high.kept is False and need.high.possible is True
    assert need.verdict is Verdict.TURNS and need.regret is None and two.worth_knowing[0] is need
    assert any("today's decisions cannot be kept" in line for line in lines(two))
    assert no_bars(two).endswith("cannot be kept there and have no cost: Metal in Home: per year at its high end.")
    assert no_bars(two) in summary(two).notes
    sheets["Expansions"][0]["max_units"] = 1
    one = work_out(problem_from_sheets(sourced(sheets, Demand="all")), Asks(gap=0.0))
    need = by_words(one, "Metal in Home: per year")
    assert need.high is not None and need.high.possible is False and need.verdict is Verdict.NOTHING
    assert any("no plan satisfies the workbook" in line for line in lines(one))


def test_an_end_beyond_what_is_legal_is_cut_to_it() -> None:
    """A loss of 0.8 ± 30 % ends just below 1; a share of 0.9 at 1; a stock of 9 in a store of 10 at 10."""
    sheets = island()
    sheets["Stockpiles"] = [
        {"stockpile": "store", "country": "Home", "commodity": "metal", "max_level": 10, "initial": 9, "loss_rate": 0.8}
    ]
    sheets = under(sheets, kind="max_shortage", limit=0.9)
    study = work_out(problem_from_sheets(sourced(sheets, Stockpiles="all", Policies="all")), Asks(gap=0.0))
    high = {each.figure.column: each.high for each in study.figures if each.high is not None}
    assert high["loss_rate"].cut and 0.99 < dict(high["loss_rate"].cells)["loss_rate"] < 1
    assert high["limit"].cut and dict(high["limit"].cells) == {"limit": 1.0}
    assert high["initial"].cut and dict(high["initial"].cells)["initial"] == pytest.approx(10, abs=0.01)
    assert not high["max_level"].cut and dict(high["max_level"].cells) == {"max_level": 13.0}
    assert any("cut to what is legal" in line for line in lines(study))


class Counting(SerialEngine):
    """Counts units; asks for several at once; is interrupted when so many are done."""

    def __init__(self, workers: int = 1, most: int = 1000) -> None:
        super().__init__()
        self.workers, self.most, self.done = workers, most, 0

    def map(self, task: Task, shared: Any, units: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """One after the other."""
        for place, answer in super().map(task, shared, units):
            if self.done >= self.most:
                raise KeyboardInterrupt
            self.done += 1
            yield place, answer


@pytest.mark.parametrize("most", [2, 5, 10, 14])
def test_cut_short_it_tells_what_is_known_and_goes_on_from_there(most: int, tmp_path: Path) -> None:
    """After the plan; amid derivatives; amid the ends: each time the same command goes on with what is left."""
    whole = work_out(line_at_a_price(), Asks(gap=0.0))
    with Ledger(tmp_path / "done.ledger") as ledger:
        cut = work_out(line_at_a_price(), Asks(gap=0.0), runner=Runner(Counting(most=most), ledger))
        assert cut.stopped == "interrupted" and cut.plan.ends == pytest.approx((60, 60))
        assert "interrupted" in list(lines(cut))[-1]
        assert summary(cut).finding.endswith("the same command goes on from there.")
        write_study_sheets(sheets(cut), tmp_path / "cut.xlsx")
        rest = Counting(workers=2)
        again = work_out(line_at_a_price(), Asks(gap=0.0), runner=Runner(rest, ledger))
    assert "interrupted" not in summary(again).finding
    assert rest.done > 0 and again.figures == whole.figures and again.plan == whole.plan
    with pytest.raises(KeyboardInterrupt):
        work_out(line_at_a_price(), runner=Runner(Counting(most=0)))


def test_two_processes_find_the_same() -> None:
    with PoolEngine(2) as engine:
        both = work_out(line_at_a_price(), Asks(gap=0.0), runner=Runner(engine))
    assert both == dataclasses.replace(work_out(line_at_a_price(), Asks(gap=0.0)), problem=both.problem)


def test_sheets_and_charts(tmp_path: Path) -> None:
    """A tornado, regrets, and every figure with its derivative."""
    study = work_out(line_at_a_price(), Asks(gap=0.0))
    write_study_sheets(sheets(study), tmp_path / "study.xlsx")
    book = openpyxl.load_workbook(tmp_path / "study.xlsx")
    assert book.sheetnames == ["Sensitivity Summary", "Sensitivity Decisions", "Sensitivity Figures", "About"]
    assert [len(book[name]._charts) for name in book.sheetnames] == [1, 1, 0, 0]
    with ZipFile(tmp_path / "study.xlsx") as package:
        tornado = package.read("xl/charts/chart1.xml").decode()
    assert '<c:barDir val="bar"/><c:grouping val="clustered"/>' in tornado and '<c:overlap val="100"/>' in tornado
    figures = {row[0]: row for row in book["Sensitivity Figures"].values if row[1] in ("Demand", "Expansions")}
    assert figures["Metal in Home: shortage cost"][7] == pytest.approx(0.6)
    cells = [cell for row in book["Sensitivity Summary"].values for cell in row]
    assert "would change a decision" in cells and "low end (35, -30%)" in cells


def test_what_cannot_be_varied() -> None:
    with pytest.raises(ValueError, match="no figure has a source"):
        work_out(problem_from_sheets(island()))
    impossible = under(island(capacity=0), kind="max_shortage", limit=0)
    with pytest.raises(Unknown, match="no plan satisfies"):
        work_out(problem_from_sheets(sourced(impossible, Plants="all")))
    for wrong in ({"top": 0}, {"searches": -1}, {"gap": -0.1}, {"time_limit": 0.0}):
        with pytest.raises(ValueError, match="wanted"):
            Asks(**wrong)  # type: ignore[arg-type]
    for task in (UNITS, SLOPES):
        assert pickle.loads(pickle.dumps(task)).name == task.name  # noqa: S301 - ours


def test_without_time_nothing_is_ranked_and_nothing_breaks() -> None:
    """A time limit that is over at once: either the plan that does nothing with what is proven, or it says that nothing
    is."""
    try:
        study = work_out(line_at_a_price(), Asks(time_limit=1e-6))
    except Unknown as error:
        assert "time limit" in str(error)
    else:
        assert study.stopped and not study.ranked and "--time-limit" in list(lines(study))[-1]


def test_intervals_are_as_wide_as_both_gaps() -> None:
    assert beyond(Interval(654, 660), Interval(600, 650)) == Interval(4, 60)
    assert beyond(Interval(640, 660), Interval(600, 650)) == Interval(0, 60)
    assert difference(Interval(100, 110), Interval(90, 95)) == Interval(5, 20)
    end = End(1.3, (), False, Interval(100, 101), Interval(95, 101), True, True)
    assert end.verdict is Verdict.OPEN and end.regret == Interval(0, 6)
    assert dataclasses.replace(end, best=Interval(95, 99)).verdict is Verdict.TURNS
    assert dataclasses.replace(end, best=Interval(100, 100), held=Interval(100, 100)).verdict is Verdict.STAYS
    assert dataclasses.replace(end, held=None, kept=False, possible=None).verdict is Verdict.OPEN
    figure = Figure("Plants", 2, "capacity", "x", (("capacity", 1.0),), "", "S", "low", 0.7, 1.3)
    assert Moved(figure, Slope(0.0, 0.0, 0.0), low=end).verdict is Verdict.OPEN
    study = Sensitivity(
        problem_from_sheets(island()), Asks(), Interval(90, 100), Interval(100, 100), Held((), (), (), frozenset())
    )
    assert study.cost_change(end) == Interval(-5, 11) and study.held_change(end) == Interval(0, 1)


def test_the_chart_of_figures_of_which_one_end_is_not_known(tmp_path: Path) -> None:
    """Today's decisions can be kept at no low end: that side of the tornado is bare, and the study is written."""
    study = work_out(line_at_a_price(), Asks(gap=0.0))
    moved = (
        dataclasses.replace(each, low=dataclasses.replace(each.low, held=None, kept=False))
        for each in study.figures
        if each.low is not None
    )
    write_study_sheets(sheets(dataclasses.replace(study, figures=tuple(moved))), tmp_path / "study.xlsx")
    with ZipFile(tmp_path / "study.xlsx") as package:
        assert "At its low end" in package.read("xl/charts/chart1.xml").decode()
