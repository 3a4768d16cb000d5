"""Alternatives of small problems: by hand, by trying every choice, by one worker and two, cut short and resumed."""

from __future__ import annotations

from math import inf
from pathlib import Path

import openpyxl
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.engines.ledger import Ledger
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.reporting.study_sheets import write_study_sheets
from friendshore.optimizer.studies.alternatives.alternatives import Alternatives, Answer, Asks, Verdict
from friendshore.optimizer.studies.alternatives.measures import measure_of
from friendshore.optimizer.studies.alternatives.questions import About
from friendshore.optimizer.studies.alternatives.sheets import sheets
from friendshore.optimizer.studies.alternatives.words import lines, pairs
from friendshore.optimizer.studies.alternatives.work import work_out
from tests.examples import examples
from tests.mathematics.cases import Sheets
from tests.studies.alternatives.cases import at_random, choices, power, twins, whole_program
from tests.studies.frontier.test_frontier import Counting


def of(sheets: Sheets, within: float = 0.02, **asks: object) -> Alternatives:
    """The study of some sheets, searched to the end."""
    return work_out(problem_from_sheets(sheets), Asks(within=within, gap=0.0, **asks))  # type: ignore[arg-type]


def answer(study: Alternatives, name: str, about: About = About.PROJECT) -> Answer:
    """What is known of one question."""
    return next(each for each in study.answers if (each.question.name, each.question.about) == (name, about))


def test_coal_and_gas_by_hand() -> None:
    """All coal costs 100 · 220 = 22,000; 5 % more is 23,100, and each unit of gas in place of coal costs 50 more: at
    most 22 of gas, at least 78 of coal."""
    study = of(power(), 0.05)
    assert study.cost is not None and study.cost.high == pytest.approx(22_000)
    assert study.limit == pytest.approx(23_100)
    coal, gas = answer(study, "Coalia", About.SHARE), answer(study, "Gasland", About.SHARE)
    assert (coal.proven.low, coal.proven.high) == pytest.approx((0.78, 1.0))
    assert (coal.found.low, coal.found.high) == pytest.approx((0.78, 1.0))
    assert (gas.proven.low, gas.proven.high) == pytest.approx((0.0, 0.22))
    assert coal.verdict is None
    assert "  Coalia, share in the supply of metal: 78% to 100%" in list(lines(study))
    assert sorted(plan.cost for plan in study.plans) == pytest.approx([22_000, 23_100])


def test_of_two_lines_each_does_for_the_other() -> None:
    """A line for 100 or one for 101, each enough for all; without either 1,000 are lost. 600 is the least cost, 5 % of
    it 30: a second line is not within it, nor is the useless one."""
    study = of(twins(), 0.05)
    assert study.cost is not None and study.cost.high == pytest.approx(600)
    first, second, idle = (answer(study, name) for name in ("line 0", "line 1", "idle"))
    assert (first.verdict, second.verdict, idle.verdict) == (Verdict.OPEN, Verdict.OPEN, Verdict.NONE)
    assert [each.name for each in first.instead] == ["line 1"] and [each.name for each in second.instead] == ["line 0"]
    assert [(one.name, other.name) for one, other in pairs(study)] == [("line 0", "line 1")]
    assert answer(study, "Home", About.CAPACITY).proven.low == pytest.approx(10)
    said = list(lines(study))
    assert "In none: idle." in said
    assert any(line.startswith("Interchangeable: line 0 and line 1. Each of these plans") for line in said)
    assert sorted(plan.cost for plan in study.plans) == pytest.approx([600, 601])


def test_a_line_without_which_it_costs_too_much() -> None:
    """The other line costs 140: 640 is beyond 5 % more than 600, so that the first is in all plans. Where 10 % more is
    within the limit both are open, and without either it costs 1,000."""
    narrow, wide = of(twins((100, 140)), 0.05), of(twins((100, 140)), 0.1)
    assert answer(narrow, "line 0").verdict is Verdict.ALL and answer(narrow, "line 1").verdict is Verdict.NONE
    assert answer(narrow, "line 0").instead == ()
    assert answer(wide, "line 0").verdict is Verdict.OPEN
    assert [each.name for each in answer(wide, "line 0").instead] == ["line 1"]


def test_of_three_lines_no_two_are_a_pair() -> None:
    """Any one of three is enough: of two of them a plan may have neither."""
    study = of(twins((100, 101, 102)), 0.05)
    assert [answer(study, f"line {i}").verdict for i in range(3)] == [Verdict.OPEN] * 3
    assert list(pairs(study)) == []


def test_plans_come_out_again() -> None:
    study = of(twins(), 0.05)
    for each in study.plans:
        plan = study.plan(each)
        assert plan.certificate is not None and plan.certificate.holds()
        assert plan.objective == pytest.approx(each.cost)


def test_no_plan() -> None:
    sheets = power()
    sheets["Plants"], sheets["Lanes"] = sheets["Plants"][:1], []
    sheets["Policies"] = [{"policy": "floor", "kind": "max_shortage", "limit": 0}]
    study = of(sheets)
    assert study.cost is None and study.answers == () and list(lines(study)) == ["No plan is possible."]


def test_two_workers_find_the_same_and_a_ledger_spares_them_both(tmp_path: Path) -> None:
    """Interrupted after three units it tells what these prove; the same again goes on from there."""
    problem, asks = problem_from_sheets(twins()), Asks(within=0.05, gap=0.0)
    whole = work_out(problem, asks, runner=Runner(counted := Counting()))
    with Ledger(tmp_path / "done.ledger") as ledger:
        cut = work_out(problem, asks, runner=Runner(Counting(most=2), ledger))
        assert cut.stopped and cut.cost is not None and cut.made == 1
        assert any(each.verdict is Verdict.UNDECIDED for each in cut.answers)
        assert list(lines(cut))[-1].startswith("It was interrupted")
        rest = Counting(workers=2)
        again = work_out(problem, asks, runner=Runner(rest, ledger))
    assert rest.done == counted.done - 2
    assert (again.answers, again.plans, again.limit) == (whole.answers, whole.plans, whole.limit)


def test_interrupted_before_the_first_plan() -> None:
    with pytest.raises(KeyboardInterrupt):
        work_out(problem_from_sheets(twins()), runner=Runner(Counting(most=0)))


def test_sheets_and_chart(tmp_path: Path) -> None:
    write_study_sheets(sheets(of(power(), 0.05)), tmp_path / "power.xlsx")
    write_study_sheets(sheets(of(twins(), 0.05)), tmp_path / "twins.xlsx")
    book = openpyxl.load_workbook(tmp_path / "power.xlsx")
    assert book.sheetnames == ["Alternatives", "Alternatives Suppliers", "Alternatives Plans", "About"]
    assert len(book["Alternatives Suppliers"]._charts) == 1
    cells = [
        row for row in openpyxl.load_workbook(tmp_path / "twins.xlsx")["Alternatives"].values if row[1] == "project"
    ]
    assert [(row[0], row[2], row[8]) for row in cells] == [
        ("Idle", "in none", None),
        ("Line 0", "open", "Line 1"),
        ("Line 1", "open", "Line 0"),
    ]


@pytest.mark.parametrize("seed", range(examples(16)))
def test_no_interval_is_ever_left_and_no_verdict_is_false(seed: int) -> None:
    """Every choice of whole numbers within the limit, each with the least and the most of each amount, worked out by
    another solver's interface: within what is proven, beyond what is reached; verdicts by what all choices have."""
    problem = at_random(seed)
    study = work_out(problem, Asks(within=(0.02, 0.1, 0.3)[seed % 3], gap=0.0))
    assembled = whole_program(problem)
    if study.cost is None:
        assert study.status == "infeasible" and not list(choices(assembled, 1e9))
        return
    every = list(choices(assembled, study.limit))
    best, slip = min(choice.cheapest() for _, choice in every), 1e-6 * abs(study.limit)
    assert study.cost.low - slip <= best <= study.cost.high + slip
    for each in study.answers:
        measure = measure_of(assembled, each.question)
        ends = [(choice.least(measure.slope, measure.of, sign)) for _, choice in every for sign in (1.0, -1.0)]
        known = [end for end in ends if end is not None]
        low, high, near = min(known, default=inf), max(known, default=-inf), 1e-5 * max(1.0, abs(each.proven.high))
        assert each.proven.low - near <= low <= each.found.low + near, each
        assert each.found.high - near <= high <= each.proven.high + near, each
        if each.question.decision and each.question.whole:
            has = [float(measure.slope @ x) > 0.5 for x, _ in every]
            told = {Verdict.ALL: all(has), Verdict.NONE: not any(has), Verdict.OPEN: any(has) and not all(has)}
            assert each.verdict is not None and told.get(each.verdict, True), each
            for other in each.instead:
                others = [float(measure_of(assembled, other).slope @ x) > 0.5 for x, _ in every]
                both = set(zip(has, others, strict=True))
                assert (False, False) not in both and {(True, False), (False, True)} <= both
