"""Small coalitions worked out by hand, the same by one worker and two, and what is kept of a study cut short."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import Status
from friendshore.optimizer.engines.ledger import Ledger
from friendshore.optimizer.engines.runner import Runner
from friendshore.optimizer.studies.share.divide import divide, next_groups
from friendshore.optimizer.studies.share.groups import Outside
from friendshore.optimizer.studies.share.share import Asks, Rule, Share
from friendshore.optimizer.studies.share.stability import Verdict
from friendshore.optimizer.studies.share.task import GROUPS
from tests.mathematics.cases import under
from tests.studies.frontier.test_frontier import Counting
from tests.studies.share.cases import COSTS, buyers_sheets, three, three_sheets


def exact(**options: int) -> Asks:
    return Asks(gap=0.0, **options)


@pytest.fixture(scope="module")
def study() -> Share:
    return divide(three(), asks=exact())


def test_costs_of_groups_by_hand(study: Share) -> None:
    assert {"".join(group.members): group.cost.high for group in study.groups} == pytest.approx(COSTS)
    assert all(group.cost.known for group in study.groups)
    assert study.groups[0].members == ("A", "B", "C") and study.unknown == ()
    saving = study.saving
    assert saving is not None and saving.ends == pytest.approx((120, 120))


def test_what_each_should_pay_by_hand(study: Share) -> None:
    """Savings 0, 0, 0, 55, 65, 65, 120. Nucleolus: with a for A and B alike, the largest of the pairs' excesses 55 - 2a
    and a - 55 is least at a = 110/3, so that all three pay 100/3. Shapley: C saves (65 + 65)/6 + 65/3 = 43.33."""
    shares = {division.rule: tuple(division.shares.values()) for division in study.divisions}
    assert shares[Rule.NUCLEOLUS] == pytest.approx((100 / 3,) * 3)
    assert shares[Rule.SHAPLEY] == pytest.approx((95 / 3, 95 / 3, 110 / 3))
    assert sum(shares[Rule.PER_CAPITA]) == pytest.approx(100)
    assert [division.stability.verdict for division in study.divisions] == [Verdict.STABLE] * 3
    assert study.stable is True
    between = study.divisions[-1].between
    assert between is not None and between["C"].ends == pytest.approx((110 / 3, 110 / 3), rel=1e-5)


def test_who_owes_whom_by_hand(study: Share) -> None:
    """One line, in A or in B: its country pays first 60 + 30 at 1; the others the freight of 5 each. Each bears 100/3:
    both others owe 28.33 to it."""
    settlement = study.settlement(study.divisions[0])
    maker = max(settlement.first, key=lambda ally: settlement.first[ally])
    assert sorted(settlement.first.values()) == pytest.approx([5, 5, 90]) and maker in "AB"
    assert settlement.suppliers == pytest.approx(0)
    assert {(each.payer, each.receiver) for each in settlement.payments} == {(o, maker) for o in "ABC" if o != maker}
    assert [each.amount for each in settlement.payments] == pytest.approx([100 / 3 - 5] * 2)


def test_lines_too_small_for_all_leave_no_stable_division() -> None:
    """Lines of 20: all need two, 120 + 30 + 5 = 155. Pairs cost 85 each, so that any division of 155 leaves some pair
    with 103.33 or more."""
    study = divide(three(20), asks=exact())
    assert study.costs[frozenset({0, 1, 2})].high == pytest.approx(155)
    assert study.stable is False
    for division in study.divisions:
        assert division.stability.verdict is Verdict.BLOCKED
        assert sum(division.shares.values()) == pytest.approx(155)


def test_whether_outside_suppliers_are_open_is_what_it_hangs_on() -> None:
    """Far makes 20 at 2 landed. Open: A alone 20, B alone 40 + 50 = 90, together 40 + 100 = 140 > 110: no division is
    stable. In the part of demand, a quarter and three quarters: A 10 + 25 = 35, B 30 + 75 = 105, together 140."""
    problem = problem_from_sheets(buyers_sheets())
    costs, stable = {}, {}
    for outside in Outside:
        study = divide(problem, outside, exact())
        costs[outside] = [study.costs[frozenset(each)].high for each in ({0}, {1}, {0, 1})]
        stable[outside] = study.stable
    assert costs[Outside.OPEN] == pytest.approx([20, 90, 140])
    assert costs[Outside.PRO_RATA] == pytest.approx([35, 105, 140])
    assert stable == {Outside.OPEN: False, Outside.PRO_RATA: True}


def test_what_goods_cost_is_owed_to_suppliers() -> None:
    """Of 140, in the part of demand: Far is first to pay for 20 at 1; A and B pay freight and bear damage first."""
    study = divide(problem_from_sheets(buyers_sheets()), Outside.PRO_RATA, exact())
    settlement = study.settlement(study.divisions[0])
    assert settlement.suppliers == pytest.approx(20)
    assert tuple(settlement.bears.values()) == pytest.approx((35, 105))
    paid = {ally: sum(e.amount if e.payer == ally else -e.amount * (e.receiver == ally) for e in settlement.payments)
            for ally in "AB"}  # fmt: skip
    assert {ally: settlement.first[ally] + paid[ally] for ally in "AB"} == pytest.approx({"A": 35, "B": 105})


def test_a_group_without_a_plan() -> None:
    """Nobody may be short: C alone cannot meet it. It is told so, and Shapley's value, which wants what every group
    costs, is not told."""
    rule = {"kind": "max_shortage", "limit": 0.0, "consumers": "each @coalition"}
    study = divide(problem_from_sheets(under(three_sheets(), **rule)), asks=exact())
    alone = study.group("C")
    assert alone is not None and alone.status is Status.INFEASIBLE and not alone.possible
    assert [division.rule for division in study.divisions] == [Rule.NUCLEOLUS, Rule.PER_CAPITA]
    assert study.saving is None and study.stable is True
    assert sum(study.divisions[0].shares.values()) == pytest.approx(100)


def test_together_without_a_plan() -> None:
    """Where all together have none, nothing else is searched."""
    sheets = three_sheets()
    sheets["Expansions"] = []
    rule = {"kind": "max_shortage", "limit": 0.5, "consumers": "@coalition"}
    study = divide(problem_from_sheets(under(sheets, **rule)), asks=exact())
    assert len(study.groups) == 1 and study.planned is None and study.divisions == () and study.stable is None


def test_two_workers_find_the_same_and_a_ledger_spares_them_both(study: Share, tmp_path: Path) -> None:
    with Ledger(tmp_path / "done.ledger") as ledger:
        cut = divide(three(), asks=exact(), runner=Runner(Counting(most=2), ledger))
        assert cut.stopped and [group.members for group in cut.groups] == [("A", "B", "C"), ("A",)]
        assert len(cut.unknown) == 5 and cut.stable is None
        rest = Counting(workers=2)
        whole = divide(three(), asks=exact(), runner=Runner(rest, ledger))
    assert rest.done == 5 and whole.groups == study.groups
    assert [division.shares for division in whole.divisions] == [division.shares for division in study.divisions]


def test_interrupted_before_the_first_group() -> None:
    with pytest.raises(KeyboardInterrupt):
        divide(three(), runner=Runner(Counting(most=0)))


def test_fewer_searches_than_groups_leave_a_division_open() -> None:
    """After all together and each alone two searches are left: pairs come next, the first of them first."""
    study = divide(three(), asks=exact(searches=6))
    assert study.unknown == (frozenset({1, 2}),) and next_groups(study) == ()
    assert {division.stability.verdict for division in study.divisions} <= {Verdict.OPEN, Verdict.BLOCKED}
    assert study.stable is None


def test_a_unit_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps((GROUPS, Asks().how)))[0] == GROUPS  # noqa: S301 - ours


def test_too_few_and_too_many() -> None:
    sheets = three_sheets()
    sheets["Demand"] = sheets["Demand"][:1]
    with pytest.raises(ValueError, match="two or more"):
        divide(problem_from_sheets(sheets))
    sheets["Countries"] = [{"country": f"N{i}", "bloc": "ally"} for i in range(9)]
    sheets["Plants"] = [{"plant": "p", "country": "N0", "commodity": "metal", "capacity": 9, "unit_cost": 1}]
    sheets["Expansions"] = []
    sheets["Demand"] = [{"country": f"N{i}", "commodity": "metal", "shortage_cost": 9, "per_year": 1} for i in range(9)]
    with pytest.raises(ValueError, match="at most 8"):
        divide(problem_from_sheets(sheets))
