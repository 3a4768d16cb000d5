"""Net benefit by ally: damage spared less what is paid more, and what the buyers share, against amounts by hand."""

import dataclasses

import pytest

from friendshore.models.plan import Plan
from friendshore.models.plan.baselines import Baselines, Borne, Course, Interval
from friendshore.optimizer.reporting import benefits, costs, summary

NOTHING = Course(
    Interval(1_000.0, 1_000.0), 600.0, {"A": Borne(500.0, 20.0, 80.0), "B": Borne(100.0), "C": Borne(0.0, 0.0, 300.0)}
)
PLAN = Course(
    Interval(900.0, 900.0), 30.0, {"A": Borne(30.0, 220.0, 400.0), "B": Borne(0.0, 150.0), "C": Borne(0.0, 0.0, 100.0)}
)


@pytest.fixture
def held(plan: Plan) -> Plan:
    """A and B plan together: C is outside."""
    tables = plan.problem.tables
    settings = dataclasses.replace(tables.settings, coalition="ally")
    problem = dataclasses.replace(plan.problem, tables=dataclasses.replace(tables, settings=settings))
    assert problem.coalition == ("A", "B")
    return dataclasses.replace(plan, problem=problem, baselines=Baselines(PLAN, 2.0, NOTHING))


def test_parts_of_each_country_add_up_to_the_expected_cost(plan: Plan) -> None:
    """A pays for the mine that B opens (500 of capex by its share, 20 a year), B goes short of 10 kg at 100 each."""
    found = benefits.borne(plan)
    assert sum(each.cost for each in found.values()) == pytest.approx(plan.expected_cost, rel=1e-9)
    assert sum(each.damage for each in found.values()) == pytest.approx(plan.costs_by_kind["shortage"])
    assert found["A"].damage == 0 and found["B"].damage == pytest.approx(plan.costs_by_kind["shortage"])
    kinds = ("investment", "fixed", "holding", "refill")  # the protection is paid where the plant stands: B
    assert found["A"].measures == pytest.approx(sum(plan.costs_by_kind[kind] for kind in kinds))
    assert found["C"].measures == 0 and found["C"].operation > 0


def test_each_ally_is_told_with_what_it_pays_and_buyers_share_the_rest(held: Plan) -> None:
    """A: 470 spared less 200; B: 100 less 150; making and moving cost 500 in place of 380: 120 more for the buyers."""
    assert benefits.table(held).to_numpy().tolist() == [
        ["A", 500.0, 30.0, 470.0, 200.0, 270.0],
        ["B", 100.0, 0.0, 100.0, 150.0, -50.0],
        ["Making and moving, shared by buyers", 0.0, 0.0, 0.0, 120.0, -120.0],
        ["All together", 600.0, 30.0, 570.0, 470.0, 100.0],
    ]
    assert benefits.sentences(held.problem, held.baselines, benefits.table(held)) == (
        "All together are better off by 100,000 USD than with nothing done.",
        "Of damage spared less what it pays for capacity, protections and stock, A gains most (270,000 USD); B pays "
        "more than it is spared (50,000 USD); making and moving cost the buyers 120,000 USD more.",
    )


def test_a_baseline_within_a_gap_is_told_as_one(held: Plan) -> None:
    loose = dataclasses.replace(NOTHING, cost=Interval(850.0, 1_000.0))
    known = Baselines(PLAN, 2.0, loose)
    said = benefits.sentences(held.problem, known, benefits.table(dataclasses.replace(held, baselines=known)))
    assert said[0].startswith("Whether all together are better off") and "50,000 USD worse" in said[0]
    assert said[1].endswith("so that its split between countries may be otherwise.")


def test_what_is_outside_the_coalition_stands_in_one_row(held: Plan) -> None:
    paying = dataclasses.replace(PLAN, borne={**PLAN.borne, "C": Borne(5.0, 10.0, 100.0)})
    rows = benefits.table(dataclasses.replace(held, baselines=Baselines(paying, 2.0, NOTHING)))
    assert rows.set_index("country").loc["Outside the coalition"].tolist() == [0.0, 5.0, -5.0, 10.0, -15.0]


def test_people_read_it_in_one_unit_and_readers_in_the_currency(held: Plan) -> None:
    """USD thousand: the largest is 600,000 USD, too little for millions."""
    readable = benefits.readable(held)
    assert readable is not None and readable.headers[1] == "Damage if nothing is done (USD)"
    assert readable.frame["net"].tolist()[0] == 270_000
    raw = next(block for block in costs.content(held).right if getattr(block, "name", "") == benefits.NAME)
    assert raw.headers[5] == "Net benefit (USD thousand)"
    assert any(getattr(item, "name", "") == "Summary_net" for item in summary.content(held).left)


def test_nothing_is_said_where_it_is_not_known(plan: Plan) -> None:
    known = Baselines(Course(Interval(1.0, 1.0), 0.0), 1.0, Course(Interval(2.0, 2.0), 0.0))
    for baselines in (None, known):
        assert benefits.block(dataclasses.replace(plan, baselines=baselines)) is None
    assert benefits.sentences(plan.problem, None, benefits.table(plan)) == ()
