"""What planning is worth: the farmer of Birge and Louveaux as a workbook, and small problems worked out by hand."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan.baselines import Interval
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.ledger import Ledger
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.engines.serial import SerialEngine
from friendshore.optimizer.engines.task import Task
from friendshore.optimizer.reporting.study_sheets import write_study_sheets
from friendshore.optimizer.studies.worth.sheets import sheets
from friendshore.optimizer.studies.worth.units import UNITS
from friendshore.optimizer.studies.worth.words import amount, lines
from friendshore.optimizer.studies.worth.work import LEAST_REGRET, WITH_ALL, Unknown, compared, work_out
from friendshore.optimizer.studies.worth.worlds import World, known_beforehand, studied, worlds_of
from friendshore.optimizer.studies.worth.worth import Asks, Regrets, Worth, beyond
from tests.mathematics.cases import Sheets, importer, island, stop, store, under

CROPS = {"wheat": (2.5, 150, 170, 238, 200), "corn": (3, 230, 150, 210, 240), "beet": (20, 260, 10, 0, 0)}
"""Yield an acre, cost of planting it, selling price, buying price and what is needed."""


def farmer() -> Problem:
    """500 acres at 1 each, so that land is a budget of 500, which is the last thing that costs: 500 more than the book.

    Of beet 6,000 t sell at 36. Yields are what they are on average, a fifth more or a fifth less, each with a third.
    """
    bought = {crop: row for crop, row in CROPS.items() if row[3]}
    return problem_from_sheets(
        {
            "Settings": [{"setting": "discount_rate", "value": 0}, {"setting": "mip_gap", "value": 0}],
            "Periods": [{"period": "y"}],
            "Countries": [{"country": "Farm", "bloc": "ally"}, {"country": "Town", "bloc": "partner"}],
            "Commodities": [
                *({"commodity": crop, "unit": "t", "surplus_value": row[2]} for crop, row in CROPS.items()),
                {"commodity": "quota", "unit": "t", "surplus_value": 36},
            ],
            "Recipes": [
                {"recipe": "deliver", "commodity": "beet", "role": "input", "amount": 1},
                {"recipe": "deliver", "commodity": "quota", "role": "output", "amount": 1},
            ],
            "Plants": [
                *(
                    {"plant": crop, "country": "Farm", "commodity": crop, "capacity": 0, "unit_cost": 0}
                    for crop in CROPS
                ),
                *(
                    {
                        "plant": f"{crop} market",
                        "country": "Town",
                        "commodity": crop,
                        "capacity": 1000,
                        "unit_cost": row[3],
                    }
                    for crop, row in bought.items()
                ),
                {"plant": "quota", "country": "Farm", "recipe": "deliver", "capacity": 6000, "unit_cost": 0},
            ],
            "Expansions": [
                {
                    "expansion": crop,
                    "plant": crop,
                    "size": row[0],
                    "capex": 1,
                    "fixed_cost": row[1],
                    "integer": "no",
                    "max_units": 500,
                }
                for crop, row in CROPS.items()
            ],
            "Demand": [
                {"country": "Farm", "commodity": crop, "per_year": row[4], "shortage_cost": 10000}
                for crop, row in bought.items()
            ],
            "Lanes": [{"from": "Town", "to": "Farm", "commodity": "wheat, corn"}],
            "Scenarios": [
                {"scenario": name, "probability": 1 / 3, "onset": "y", "step_months": 12} for name in ("good", "bad")
            ],
            "Events": [
                {"scenario": name, "kind": "capacity", "plant": crop, "years": 1, "remaining": left}
                for name, left in (("good", 1.2), ("bad", 0.8))
                for crop in CROPS
            ],
            "Policies": [{"policy": "land", "kind": "max_capex", "limit": 500, "consumers": "Farm"}],
        }
    )


def test_the_published_farmer() -> None:
    """J. R. Birge and F. Louveaux, Introduction to Stochastic Programming, 1.1: recourse −108,390, value of the
    stochastic solution 1,150, wait and see −115,405.56, perfect information 7,015.56; and the least greatest regret,
    7,511.86, with 134.62, 100 and 265.38 acres of wheat, corn and beet."""
    study = work_out(farmer(), Asks(gap=0.0))
    assert study.plan.high - 500 == pytest.approx(-108_390)
    assert study.stochastic is not None and study.information is not None and study.perfect is not None
    assert study.stochastic.ends == pytest.approx((1150, 1150), abs=0.01)
    assert study.perfect.high - 500 == pytest.approx(-115_405.556, abs=0.01)
    assert study.information.ends == pytest.approx((7015.556, 7015.556), abs=0.01)
    assert study.least_regret is not None and study.least is not None
    assert study.least_regret.ends == pytest.approx((7511.858, 7511.858), abs=0.01)
    acres = {name: count for _, _, _, name, count in study.least.units}
    assert acres == pytest.approx({"wheat": 134.618, "corn": 100.0, "beet": 265.382}, abs=0.01)


def lines_at_home(probability: float) -> Sheets:
    """Two years of 12 at 3 from Far, which stops in the second; works at home, 12 a year for 900 and then 1 a unit."""
    sheets = importer(2) | stop(probability)
    sheets["Plants"].append({"plant": "home", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 1})
    sheets["Expansions"] = [{"expansion": "line", "plant": "home", "size": 12, "capex": 900, "latest": "y0"}]
    return under(sheets, kind="max_shortage", limit=0, scenario="stop")


@pytest.fixture(scope="module")
def works() -> Worth:
    return work_out(problem_from_sheets(lines_at_home(0.9)), Asks(gap=0.0))


def test_works_by_hand(works: Worth) -> None:
    """Without works 72, where Far stops 36 + 1200; with them 924 on either path. With all in mind they are built, 924;
    who ignores the stop does not, 7.2 + 0.9 · 1236 = 1119.6: planning is worth 195.6. Known beforehand 7.2 + 0.9 · 924
    = 838.8, worth 85.2 more. The rule that nobody may go short, which only the works keep, is no part of it."""
    assert works.plan.ends == pytest.approx((924, 924))
    assert works.stochastic is not None and works.stochastic.ends == pytest.approx((195.6, 195.6))
    assert [stage.period for stage in works.stages] == ["y0", "y1"]
    assert [each.cost.high for each in works.known if each.cost] == pytest.approx([72, 924])
    assert works.information is not None and works.information.ends == pytest.approx((85.2, 85.2))


def test_regret_by_hand(works: Worth) -> None:
    """Works regret 924 − 72 = 852 where nothing happens, none regret 1236 − 924 = 312 where Far stops: whole works are
    all there is, so 312 is the least."""
    under = {each.name: {name: value.high for name, value in each.under.items() if value} for each in works.regrets}
    assert under["base"] == pytest.approx({"base": 0, "stop": 312})
    assert all(under[name] == pytest.approx({"base": 852, "stop": 0}) for name in ("stop", WITH_ALL))
    assert under[LEAST_REGRET] == pytest.approx({"base": 0, "stop": 312})
    assert works.least_regret is not None and works.least_regret.ends == pytest.approx((312, 312))


def test_what_it_says(works: Worth) -> None:
    said = list(lines(works))
    assert said[0] == "With all dangers in mind: expected cost 924 USD, without resilience rules."
    assert said[1] == "Planning for dangers is worth 196 USD beside the plan that ignores them."
    assert "To know beforehand how things turn out would be worth 85.2 USD" in said[3]
    assert "  Plan that ignores dangers: 312 USD, where stop comes" in said
    assert said[-1] == "No plan can bring its greatest regret below 312 USD."


def test_a_stock_is_a_decision_too() -> None:
    """A store at 1 a unit and year in place of the works, a stop with 0.5: full of 12 it costs 12 on either path beyond
    72; without, 1200 less 36 more where Far stops. With it in mind 84, ignoring it 36 + 0.5 · 36 + 0.5 · 1200 = 654:
    570; known beforehand 0.5 · 72 + 0.5 · 84 = 78: 6. A unit more is regretted by 1 or spares 96: the greatest regret
    is least at 12 · 96/97 units, 12 · 96/97."""
    sheets = importer(2, capacity=40) | stop(0.5)
    sheets["Stockpiles"] = [store(holding_cost=1)]
    study = work_out(problem_from_sheets(sheets), Asks(gap=0.0))
    assert study.plan.ends == pytest.approx((84, 84))
    assert study.stochastic is not None and study.stochastic.high == pytest.approx(570)
    assert study.information is not None and study.information.high == pytest.approx(6)
    under = {each.name: {name: value.high for name, value in each.under.items() if value} for each in study.regrets}
    assert under["base"] == pytest.approx({"base": 0, "stop": 1152}, abs=1e-3)
    assert all(under[name] == pytest.approx({"base": 12, "stop": 0}, abs=1e-3) for name in ("stop", WITH_ALL))
    assert study.least_regret is not None and study.least_regret.high == pytest.approx(12 * 96 / 97, abs=1e-3)


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


class NoPlan(SerialEngine):
    """Finds no plan anywhere."""

    def map(self, task: Task, shared: Any, units: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Infeasible, each of them."""
        del task, shared
        nothing = {"status": "infeasible", "stopped": "", "low": None, "high": None, "held": None, "levels": []}
        return iter([(place, nothing) for place in range(len(units))])


def test_interrupted_it_tells_what_is_known_and_goes_on_from_there(works: Worth, tmp_path: Path) -> None:
    """Cut short after five units: what planning is worth is known, regret is not; the rest by two workers at once. The
    plan of least regret is the one that ignores dangers, so that its two units are known from that one's."""
    problem = problem_from_sheets(lines_at_home(0.9))
    with Ledger(tmp_path / "done.ledger") as ledger:
        cut = work_out(problem, Asks(gap=0.0), runner=Runner(Counting(most=5), ledger))
        assert cut.stopped and cut.searches == 5 and cut.stochastic == works.stochastic and not cut.regrets
        assert "interrupted" in list(lines(cut))[-1]
        rest = Counting(workers=2)
        whole = work_out(problem, Asks(gap=0.0), runner=Runner(rest, ledger))
    assert 0 < rest.done <= works.searches - 5
    assert (whole.plan, whole.regrets, whole.least) == (works.plan, works.regrets, works.least)
    with pytest.raises(KeyboardInterrupt):
        work_out(problem, runner=Runner(Counting(most=1)))


def test_sheets(works: Worth, tmp_path: Path) -> None:
    write_study_sheets(sheets(works), tmp_path / "study.xlsx")
    book = openpyxl.load_workbook(tmp_path / "study.xlsx")
    assert book.sheetnames == ["Worth Summary", "Worth Known", "Worth Regret", "About"]
    figures = {row[0]: row[1:3] for row in book["Worth Summary"].values if row[1] is not None}
    assert figures["Worth of perfect information"] == pytest.approx((85.2, 85.2))
    assert len(book["Worth Regret"]._charts) == 1


def test_a_path_known_beforehand_has_all_of_its_events() -> None:
    """A sequel a year after a stop: known beforehand it is one scenario from the onset of the stop, its event a year
    later; and a danger's branches are a world each."""
    sheets = importer(3) | stop(0.3, onset="y0")
    sheets["Scenarios"].append({"scenario": "strike", "probability": 0.2, "onset": "y1", "parent": "stop"})
    sheets["Events"].append({"scenario": "strike", "kind": "export", "years": 0.5, "remaining": 0.5})
    problem = studied(problem_from_sheets(sheets))
    strike = next(world for world in worlds_of(problem) if world.name == "strike")
    assert strike.onset == 0
    alone = known_beforehand(problem, "strike").tables
    assert [(row.scenario, row.onset) for row in alone.scenarios] == [("strike", "y0")]
    assert sorted((event.start_years, event.years) for event in alone.events) == [(0.0, 1.0), (1.0, 0.5)]
    danger = importer(3) | {"Scenarios": [{"scenario": "ban", "per_year": 0.1}]}
    danger["Events"] = [{"scenario": "ban", "kind": "export", "years": 1, "remaining": 0}]
    worlds = worlds_of(studied(problem_from_sheets(danger)))
    assert [world.name for world in worlds] == ["base", "ban@y1", "ban@y2"]
    assert sum(world.probability for world in worlds) == pytest.approx(1)


def test_of_many_paths_the_likeliest_of_each_scenario_is_compared() -> None:
    worlds = [
        World("base", 0.5, 9, "base"),
        *(World(f"a@{i}", 0.01 * i, i, "a") for i in range(9)),
        World("b", 0.1, 1, "b"),
    ]
    assert compared(worlds) == tuple(worlds)
    many = [*worlds, *(World(f"c@{i}", 0.001, i, "c") for i in range(9))]
    assert [world.name for world in compared(many)] == ["base", "b", "a@8", "c@0"]


def test_an_interval_is_as_wide_as_both_gaps() -> None:
    """654 to 660 against 600 to 650: from 4 to 60; nothing less than nothing; and what may be 0 is told so."""
    assert beyond(Interval(654, 660), Interval(600, 650)) == Interval(4, 60)
    assert beyond(Interval(640, 660), Interval(600, 650)) == Interval(0, 60)
    assert Regrets("x", {"a": Interval(1, 5), "b": Interval(2, 3)}).greatest == Interval(2, 5)
    assert Regrets("x", {"a": Interval(1, 5), "b": None}).greatest is None
    study = Worth(problem_from_sheets(importer(1)), Asks(), Interval(100, 100))
    assert amount(study, Interval(0, 60)) == "not distinguishable from 0, 60 USD at most"
    assert amount(study, Interval(0, 0)) == "nothing" and amount(study, None) == "not known"


def rival_stops() -> Problem:
    """Two allies beside a rival's plant, of which a fifth or nothing is left from 2027 on; three works may be built."""
    good = {"commodity": "g", "source_id": ""}
    plants = [("R_p", "R", 200, 8), ("A_p", "A", 10, 8), ("B_p", "B", 0, 16)]
    works = [("A_e0", "A_p", 18, 814), ("B_e0", "B_p", 15, 827), ("B_e1", "B_p", 26, 844)]
    stops = [("s0", 0.09, 0.2), ("s1", 0.27, 0)]
    return problem_from_sheets(
        {
            "Settings": [
                {"setting": name, "value": value}
                for name, value in {"discount_rate": 0, "mip_gap": 0, "after_shock": "free"}.items()
            ],
            "Periods": [{"period": year} for year in ("2026", "2027", "2028")],
            "Countries": [{"country": c, "bloc": "concern" if c == "R" else "ally"} for c in "ABR"],
            "Commodities": [{"commodity": "g", "unit": "t", "price": 1}],
            "Plants": [
                good | {"plant": p, "country": c, "capacity": capacity, "unit_cost": cost}
                for p, c, capacity, cost in plants
            ],
            "Expansions": [
                {"expansion": e, "plant": p, "size": size, "capex": capex, "max_units": 2, "integer": "yes"}
                for e, p, size, capex in works
            ],
            "Demand": [
                good | {"country": "A", "shortage_cost": 43, "2026": 11, "2027": 29, "2028": 31},
                good | {"country": "B", "shortage_cost": 50, "2026": 40, "2027": 34, "2028": 28},
            ],
            "Lanes": [
                {"from": a, "to": b, "cost": cost}
                for a, b, cost in (("A", "B", 3), ("B", "A", 1), ("R", "A", 4), ("R", "B", 0))
            ],
            "Scenarios": [{"scenario": s, "probability": p, "onset": "2027", "step_months": 12} for s, p, _ in stops],
            "Events": [
                {"scenario": s, "kind": "capacity", "plant": "R_p", "years": 2, "remaining": left}
                for s, _, left in stops
            ],
        }
    )


@pytest.mark.parametrize("gap", [0.0, 0.05, 0.5])
def test_the_plan_of_a_path_may_be_regretted_there_within_its_gap(gap: float) -> None:
    """The least greatest regret is 760, worked out by itself; the plan found for a path may not be its best."""
    exact = work_out(rival_stops(), Asks(gap=0.0))
    study = work_out(rival_stops(), Asks(gap=gap))
    assert study.least_regret is not None
    assert study.least_regret.low - 1e-3 <= 760 <= study.least_regret.high + 1e-3
    best = {each.world.name: each.cost.high for each in exact.known if each.cost is not None}
    found = {each.world.name: each.cost for each in study.known}
    for each in study.regrets:
        own, cost = each.under.get(each.name), found.get(each.name)
        if own is not None and cost is not None:
            assert own.low - 1e-3 <= cost.high - best[each.name] <= own.high + 1e-3


def test_what_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="nothing to plan for"):
        work_out(problem_from_sheets(island()))
    sheets = lines_at_home(0.9)
    sheets["Expansions"][0] |= {"opened_by": "stop", "latest": "y1"}
    with pytest.raises(ValueError, match="opened_by"):
        work_out(problem_from_sheets(sheets))
    with pytest.raises(Unknown, match="infeasible"):
        work_out(problem_from_sheets(lines_at_home(0.9)), runner=Runner(NoPlan()))
    assert pickle.loads(pickle.dumps(UNITS)).name == "worth"  # noqa: S301 - ours
