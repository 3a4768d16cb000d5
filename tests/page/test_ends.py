"""The sections at the end of the story: who benefits, what is promised, what could change the plan."""

from __future__ import annotations

import dataclasses

import pytest

from friendshore.models.plan import Plan
from friendshore.models.plan.baselines import Baselines, Borne, Course, Interval
from friendshore.models.plan.settled import Settled
from friendshore.optimizer.page.page import page_of
from friendshore.optimizer.page.parts import Section
from friendshore.optimizer.page.tables import of_plan
from friendshore.optimizer.reporting import outlook, summary
from tests.page.conftest import mapped

NOTHING = Course(
    Interval(900.0, 900.0), 600.0, {"A": Borne(500.0, 20.0), "B": Borne(100.0), "C": Borne(0.0, 0.0, 80.0)}
)
PLAN = Course(
    Interval(700.0, 700.0), 0.0, {"A": Borne(0.0, 220.0), "B": Borne(0.0, 150.0), "C": Borne(0.0, 0.0, 330.0)}
)


def section(plan: Plan, key: str) -> Section:
    return next(part for part in page_of(of_plan(plan)).sections if part.key == key)


def test_who_benefits_is_drawn_and_told(drawn: Plan) -> None:
    """A is spared 500 and pays 200 more, B 100 and 150; making and moving cost 250 more: USD thousand."""
    held = dataclasses.replace(drawn, baselines=Baselines(PLAN, 2.0, NOTHING))
    made = section(held, "benefits")
    (chart,) = made.charts
    assert chart.data["categories"] == ["Land A", "Land B", "Making and moving, shared by buyers"]
    series = {row["name"]: row["values"] for row in chart.data["series"]}  # type: ignore[attr-defined]
    assert list(series.values()) == [[500_000.0, 100_000.0, 0.0], [-200_000.0, -150_000.0, -250_000.0]]
    assert chart.grid is not None and [row[-1].text for row in chart.grid.rows] == [
        "300,000",
        "-50,000",
        "-250,000",
        "0",
    ]
    assert made.lead[0] == "All together are better off by 200,000 USD than with nothing done."
    assert ("Benefit", " ".join(made.lead)) in page_of(of_plan(held)).sections[0].points


def test_who_benefits_is_not_made_up(drawn: Plan) -> None:
    """Without baselines the page says that it is not known."""
    made = section(drawn, "benefits")
    assert not made.charts and not made.grids and made.lead[0].startswith("It is not known who benefits")


def test_promises_are_told_in_words_with_their_place(drawn: Plan) -> None:
    made = section(drawn, "promises")
    words = made.grids[0]
    rows = {row[0].text: [cell.text for cell in row] for row in words.rows}
    assert list(rows) == ["Less C", "Cover", "Mine", "Budget"] and len(words.columns) == 6
    assert rows["Cover"][1].endswith("120 days") and rows["Cover"][3] == "137 days"
    assert all(row[4] for row in rows.values())
    assert made.folded[0].grids[0].caption.startswith("Each promise, its limit")


def test_the_dearest_step_is_that_of_solving_again_where_there_is_one(drawn: Plan) -> None:
    """At the margin the budget costs 1.5; solved again the cover costs 20 to 30, and that is what is told."""
    assert "The dearest to tighten, at the margin, is budget" in section(drawn, "promises").lead[-1]
    lines = tuple(
        dataclasses.replace(line, step=1.0, step_price=(20.0, 30.0)) if line.policy == "cover" else line
        for line in drawn.policies
    )
    again = section(dataclasses.replace(drawn, policies=lines), "promises")
    assert again.lead[-1] == "The dearest to tighten, solved again, is cover: 1 day costs 20,000 USD to 30,000 USD."


def test_what_could_change_the_plan_is_the_table_of_the_sheet(drawn: Plan) -> None:
    made, rows = section(drawn, "outlook"), outlook.table(drawn)
    assert [row[0].text for row in made.grids[0].rows] == list(rows["subject"]) == ["Budget"]
    assert made.lead == (outlook.sentence(rows),)


@pytest.mark.parametrize("cause", ["Limit", "Offer used up", "Weak figure"])
def test_the_sentence_names_two_of_each_cause(cause: str, drawn: Plan) -> None:
    rows = outlook.table(drawn).iloc[:0].reindex(range(3)).assign(cause=cause, subject=["One", "Two", "Three"])
    said = outlook.sentence(rows)
    assert said.startswith("Foremost: ") and said.endswith("(One and Two).")


def test_what_the_gap_leaves_open_is_told_elsewhere(drawn: Plan) -> None:
    rows = outlook.table(drawn).iloc[:0].reindex(range(1)).assign(cause=outlook.OPEN, subject=["One"])
    assert outlook.sentence(rows) == ""


def test_a_plan_that_names_nothing_is_not_said_to_be_sure(drawn: Plan) -> None:
    """A plan of an earlier version has no such table: the page may not say that no limit binds."""
    tables = of_plan(mapped(drawn))
    bare = dataclasses.replace(tables, frames={**tables.frames, outlook.NAME: tables[outlook.NAME].iloc[:0]})
    made = next(part for part in page_of(bare).sections if part.key == "outlook")
    assert made.lead == ("The plan sheets name nothing that could change the plan.",) and not made.grids


def test_what_was_settled_is_told_and_is_no_longer_open(drawn: Plan) -> None:
    """A gap of a tenth leaves guard dogs open; held in and out they cost 20 to 40 more, and are open no more."""
    (guard,) = drawn.problem.tables.protections
    problem = dataclasses.replace(
        drawn.problem,
        tables=dataclasses.replace(
            drawn.problem.tables, protections=(guard, dataclasses.replace(guard, protection="dogs", cost=1.0))
        ),
    )
    run = dataclasses.replace(drawn.run, bound=0.9 * drawn.objective, gap=0.1)
    plan = dataclasses.replace(drawn, problem=problem, run=run)
    assert any(word == "Not decided" for word, _ in page_of(of_plan(plan)).sections[0].points)
    told = Settled("Protections", "dogs", Interval(120.0, 130.0), Interval(90.0, 100.0), 0.01)
    plan = dataclasses.replace(plan, settled=(told,))
    grid = section(plan, "outlook").grids[0]
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["Dogs", "decided against", "With it the cheapest plan costs 20,000 USD to 40,000 USD more than without it."]
    ]
    points = dict(page_of(of_plan(plan)).sections[0].points)
    assert "dogs" not in points.get("Not decided", "")
    assert any(getattr(item, "name", "") == "Settled" for item in summary.content(plan).left)
