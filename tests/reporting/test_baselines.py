"""The table, the bars and the sentences of what a plan is held against, and what its gap leaves open."""

import dataclasses

import pytest

from friendshore.models.plan import Plan
from friendshore.models.plan.baselines import Baselines, Course, Interval
from friendshore.models.tables import Protection
from friendshore.optimizer.reporting import baselines, undecided

HELD = Baselines(
    Course(Interval(900.0, 900.0), 30.0),
    2.0,
    Course(Interval(5_000.0, 5_000.0), 4_500.0),
    Course(Interval(780.0, 800.0), 100.0),
)


@pytest.fixture
def held(plan: Plan) -> Plan:
    return dataclasses.replace(plan, baselines=HELD)


def test_a_row_for_each_course_with_bill_and_damage(held: Plan) -> None:
    rows = baselines.table(held)
    assert rows.to_numpy().tolist() == [
        ["Doing nothing", 500.0, 4_500.0, 5_000.0, 5_000.0],
        ["Without rules", 700.0, 100.0, 800.0, 780.0],
        ["This plan", 870.0, 30.0, 900.0, 900.0],
    ]
    assert baselines.baselines_of(held.problem, rows) == dataclasses.replace(
        HELD, years=pytest.approx(2.609, abs=1e-3)
    )  # three years at 10 %


def test_the_sentences_say_what_is_known(held: Plan) -> None:
    assert baselines.sentences(held.problem, HELD) == (
        "Doing nothing is expected to cost 5 million USD, 4.5 million USD of it damage from shortage; "
        "this plan costs 900,000 USD.",
        "The plan averts 4.47 million USD of that damage (99%); 30,000 USD of it stays.",
        "The rules cost 100,000 USD to 120,000 USD more than the cheapest plan without them: 50,000 USD to 60,000 USD "
        "a year, 12.5% to 15.4% of its cost.",
    )


def test_bars_of_bill_and_damage(held: Plan) -> None:
    figure = baselines.figure(held)
    assert figure is not None and figure.series == ("paid", "damage") and len(figure.block.frame) == 3


def test_a_plan_without_baselines_says_nothing_of_them(plan: Plan) -> None:
    assert baselines.figure(plan) is None and baselines.sentences(plan.problem, None) == ()
    assert baselines.baselines_of(plan.problem, baselines.table(plan)) is None


def with_protections(plan: Plan, **costs: float) -> Plan:
    rows = tuple(Protection(protection=name, hazard="natural", cost=cost) for name, cost in costs.items())
    tables = dataclasses.replace(plan.problem.tables, protections=rows)
    return dataclasses.replace(plan, problem=dataclasses.replace(plan.problem, tables=tables))


def test_what_costs_less_than_the_gap_is_not_decided(plan: Plan) -> None:
    """Three years at 10 % are worth (1 − 1.1⁻³)/ln 1.1 = 2.609: 10 a year cost 26, 100 cost 261, 1,000 cost 2,609."""
    plan = with_protections(plan, guard=10.0, dogs=100.0, wall=1_000.0)
    plan = dataclasses.replace(
        plan,
        objective=10_000.0,
        run=dataclasses.replace(plan.run, bound=9_500.0),
        protections=plan.protections.iloc[:0],
    )
    said = undecided.sentence_of(plan)
    assert said.startswith("Not decided by this gap: guard and dogs. A plan may still be cheaper by 500,000 USD")
    assert "26,092 USD" in said and said.endswith("solve to 0.131%, or settle them one by one with --settle.")
    exact = dataclasses.replace(plan, run=dataclasses.replace(plan.run, bound=10_000.0))
    assert undecided.sentence_of(exact) == ""
    unknown = dataclasses.replace(plan, run=dataclasses.replace(plan.run, bound=None))
    assert undecided.sentence_of(unknown) == ""


def test_what_is_taken_is_not_asked_about(plan: Plan) -> None:
    plan = with_protections(plan, guard=10.0)
    assert undecided.sentence(plan.problem, {"guard", *plan.problem.expansions}, 10_000.0, 500.0) == ""
