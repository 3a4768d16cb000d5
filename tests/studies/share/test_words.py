"""What is said of a study and written of it, and that neither says more than its intervals prove. Nothing is solved."""

from __future__ import annotations

from math import inf
from pathlib import Path

import openpyxl
import pytest

import friendshore as fs
from friendshore.models.plan import Status
from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.commands.schema.share import shared_out
from friendshore.optimizer.studies.share.divide import next_groups
from friendshore.optimizer.studies.share.groups import Outside
from friendshore.optimizer.studies.share.settle import SUPPLIERS, settled
from friendshore.optimizer.studies.share.share import Asks, Share
from friendshore.optimizer.studies.share.sheets import sheets
from friendshore.optimizer.studies.share.stability import Verdict, stability, stable_division
from friendshore.optimizer.studies.share.task import Group
from friendshore.optimizer.studies.share.words import lines
from tests.studies.share.cases import three

NONE = Interval(inf, inf)


def study(stopped: bool = False, **costs: tuple[float, float] | None) -> Share:
    """The study of ``three`` with these costs of groups; None: no plan is possible."""
    groups = [
        Group(
            tuple(name),
            Status.INFEASIBLE if ends is None else Status.OPTIMAL,
            NONE if ends is None else Interval(*ends),
            expected_cost=100.0,
            first_paid=(("A", 90.0), ("C", 5.0), ("Far", 5.0)),
        )
        for name, ends in costs.items()
    ]
    weights = dict.fromkeys("ABC", 1 / 3)
    return Share(three(), Outside.OPEN, Asks(), ("A", "B", "C"), weights, tuple(groups), stopped)


ALL = {"ABC": (100, 100), "A": (70, 70), "B": (70, 70), "C": (80, 80), "AB": (85, 85), "AC": (85, 85), "BC": (85, 85)}


def test_what_is_known_within_a_gap_is_open() -> None:
    """All pay 100 in equal parts; a pair that costs from 60 to 90 may pay less than 66.67 by itself, or not."""
    told = study(**ALL | {"AB": (60, 90)})
    nucleolus = told.divisions[0]
    pays = nucleolus.shares["A"] + nucleolus.shares["B"]
    assert 60 < pays < 90 and nucleolus.stability.verdict is Verdict.OPEN
    said = list(lines(told))
    assert "nucleolus: open, the gap leaves it (A with B)." in said
    assert (
        "Whether any division is stable is open." not in said
    )  # C may pay 40: then A and B pay 60, and no pair objects
    assert told.stable is True
    between = told.divisions[-1].between
    assert between is not None and between["C"].high - between["C"].low == pytest.approx(10)


def test_a_group_that_would_pay_less_is_named_with_what_it_gains() -> None:
    """Lines for two: all cost 155, every pair 85. In equal parts each pair pays 103.33, 18.33 more."""
    told = study(**ALL | {"ABC": (155, 155)})
    said = list(lines(told))
    assert any(line.startswith("nucleolus: blocked by ") and "18.3 USD less" in line for line in said)
    assert "No division is stable: whatever each pays, some group would pay less by itself." in said
    assert said[0].startswith("A, B and C together: 155 USD, 65 USD less than each alone")
    assert "suppliers outside the allies open to each group whole" in said[0]


def test_groups_that_cost_less_apart_are_named_and_why() -> None:
    """All in one cost 155 to 160; A with B, 80 to 85, and C, 75 to 80, cost 165 at most: not proven to be less. With C
    at 60 to 65 they cost 150 at most, 5 to 20 less."""
    costs = ALL | {"ABC": (155, 160), "AB": (80, 85), "A": (90, 90), "B": (90, 90), "AC": (200, 200), "BC": (200, 200)}
    unproven, proven = study(**costs | {"C": (75, 80)}), study(**costs | {"C": (60, 65)})
    assert unproven.apart is None and proven.apart is not None
    assert proven.apart[1].ends == pytest.approx((5, 20))
    said = [line for line in lines(proven) if "less together than all in one" in line]
    assert said[0].startswith(
        "A with B and C, each by itself, would cost 5 USD to 20 USD less together than all in one"
    )
    assert not any("less together than all in one" in line for line in lines(unproven))


def test_a_plan_that_is_not_certified_is_told_apart_from_none() -> None:
    """C may cost 70 or anything above: its plan was found, but its certificate does not bear it out."""
    told = study(**ALL | {"C": (70, inf)})
    said = list(lines(told))
    assert any(
        line.endswith("alone 70 USD or more; no certified plan was found")
        or "alone 70 USD or more; no certified plan was found; should" in line
        for line in said
    ), said
    assert any(line.startswith("No plan of it was found that its certificate bears out: C.") for line in said)
    assert sheets(told).pages[1][1].left[0].frame["note"].tolist().count("no certified plan was found") == 1


def test_a_group_without_a_plan_and_one_not_worked_out(tmp_path: Path) -> None:
    costs = {**ALL, "C": None}
    del costs["AB"]
    told = study(stopped=True, **costs)
    said = list(lines(told))
    assert "No plan by itself: C. Shapley's value is not told, as it wants the cost of every group." in said
    assert any("1 group was not worked out" in line for line in said if line.startswith("nucleolus"))
    assert "It was interrupted: what is known so far is told; the same command goes on from there." in said
    assert told.stable is None and told.saving is None
    fs.write_study(told, tmp_path / "study.xlsx")
    book = openpyxl.load_workbook(tmp_path / "study.xlsx")
    notes = [row[-1] for row in book["Share Groups"].values]
    assert "no plan is possible" in notes
    answer = shared_out(told, None, 1.0, ())
    assert answer.status == "stopped" and answer.unknown == (("A", "B"),)
    assert [group.cost for group in answer.groups if group.members == ("C",)] == [None]


def test_too_few_groups_leave_it_open_what_each_should_pay() -> None:
    told = study(ABC=(100, 100), A=(70, 70))
    assert told.divisions == ()
    assert any(line.startswith("What each should pay is open") for line in lines(told))


def test_nothing_to_divide(tmp_path: Path) -> None:
    for told, status in ((study(ABC=None), "infeasible"), (study(ABC=(90, inf)), "stopped")):
        assert next(lines(told)).endswith("There is nothing to divide.")
        assert next_groups(told) == () and told.divisions == ()
        assert shared_out(told, None, 1.0, ()).status == status
        fs.write_study(told, tmp_path / f"{status}.xlsx")
        assert openpyxl.load_workbook(tmp_path / f"{status}.xlsx").sheetnames == ["Share", "Share Groups", "About"]


def test_groups_by_need() -> None:
    """All together, each alone, all but one; of as many as are asked for."""
    assert next_groups(study()) == (frozenset({0, 1, 2}),)
    assert next_groups(study(ABC=(100, 100))) == tuple(frozenset({place}) for place in range(3))
    alone = {name: ALL[name] for name in ("ABC", "A", "B", "C")}
    assert next_groups(study(**alone)) == (frozenset({0, 1}), frozenset({0, 2}), frozenset({1, 2}))
    assert next_groups(study(**ALL)) == ()


def test_verdicts_at_the_ends() -> None:
    pair = frozenset({0, 1})
    costs = {frozenset({0}): Interval(4, 6), frozenset({1}): Interval(6, 6), pair: Interval(9, 9)}
    assert stability((4, 5), costs, ()).verdict is Verdict.STABLE
    assert stability((5, 4), costs, ()) == stability((5, 4), costs, ())
    assert stability((5, 4), costs, ()).groups == (frozenset({0}),)
    assert stability((2, 7), costs, ()).verdict is Verdict.BLOCKED
    assert stability((4, 5), costs, (frozenset({2}),)).verdict is Verdict.OPEN
    assert stable_division(2, costs, known=True) is True
    assert stable_division(2, costs | {pair: Interval(13, 13)}, known=True) is False
    assert stable_division(2, costs | {pair: Interval(11, 11)}, known=True) is None


def test_payments_bring_each_to_its_share() -> None:
    """A pays 60 first, B 10, suppliers 30; each ally is to bear 50, over 10 years: B owes 4 a year, 1 of it to A."""
    settlement = settled({"A": 50.0, "B": 50.0}, {"A": 60.0, "B": 10.0, "Far": 30.0}, 10.0)
    assert settlement.suppliers == pytest.approx(3)
    paid = {(each.payer, each.receiver): each.amount for each in settlement.payments}
    assert paid == pytest.approx({("B", "A"): 1, ("B", SUPPLIERS): 3})


def test_with_a_weight_of_risk_the_expected_cost_is_settled() -> None:
    """Shares of an objective of 120, of which 100 are expected: 100 are divided in their proportion."""
    settlement = settled({"A": 90.0, "B": 30.0}, {"A": 100.0}, 1.0)
    assert settlement.bears == pytest.approx({"A": 75, "B": 25})
    assert [(each.payer, each.amount) for each in settlement.payments] == [("B", pytest.approx(25))]
