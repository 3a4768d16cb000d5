"""What questions measure: over the columns of a program as in the tables of its plan, and by hand."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import Run
from friendshore.optimizer.answer.extract import extract_plan
from friendshore.optimizer.solver import solve_program
from friendshore.optimizer.studies.alternatives.held import with_row
from friendshore.optimizer.studies.alternatives.measures import measure_of, per_unit, value_in
from friendshore.optimizer.studies.alternatives.questions import About, Question, questions_of
from tests.mathematics.cases import built, importer, plan_of, store, with_settings
from tests.studies.alternatives.cases import at_random, power, whole_program


@pytest.mark.parametrize("seed", range(8))
def test_columns_and_tables_tell_the_same(seed: int) -> None:
    """Of a solution that is drawn at random, not the best one, so that stocks, closings and lines all occur."""
    assembled = whole_program(at_random(seed))
    draw = np.random.default_rng(seed)
    cost = draw.normal(size=assembled.program.columns) * (assembled.program.column_upper < 1e3)

    answer = solve_program(dataclasses.replace(assembled.program, cost=np.abs(assembled.program.cost) + cost))
    if answer.columns is None:
        return
    plan = extract_plan(assembled, answer.columns, (), Run())
    questions = questions_of(assembled.model_data.problem, plan)
    assert {About.PROJECT, About.CAPACITY, About.SPENDING, About.SHARE} <= {each.about for each in questions}
    for question in questions:
        measure = measure_of(assembled, question)
        assert measure.value(answer.columns) == pytest.approx(value_in(plan, question), abs=1e-5), question


def test_what_is_not_planned_for_does_not_count() -> None:
    """Two years, the second look-ahead: a line of 10 for 90 decided then, and the stock at its end, are left out."""
    sheets = importer(2)
    sheets["Periods"][1]["look_ahead"] = "yes"
    sheets["Plants"].append({"plant": "home", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 0})
    sheets["Expansions"] = [built(plant="home", size=12, capex=30, earliest="y1")]
    sheets["Stockpiles"] = [store(initial=4, final_min=4)]
    plan = plan_of(sheets)
    assert value_in(plan, Question(About.PROJECT, "new", whole=True)) == 0
    assert value_in(plan, Question(About.STOCK, "Home", "metal")) == pytest.approx(4)
    assert value_in(plan, Question(About.SHARE, "Far", "metal")) == pytest.approx(1)


def test_suppliers_are_asked_about_where_there_are_two() -> None:
    plan = plan_of(power())
    assert [each.name for each in questions_of(plan.problem, plan)] == ["Coalia", "Gasland"]
    alone = plan_of(importer())
    assert questions_of(alone.problem, alone) == ()


def test_what_a_unit_adds() -> None:
    """30 a unit in the first year and 40 in the second, of 12 each."""
    sheets = importer(2)
    sheets["Plants"].append({"plant": "home", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 0})
    sheets["Expansions"] = [built(plant="home", size=12, capex=30)]
    sheets["Profiles"] = [{"table": "Expansions", "id": "new", "column": "capex", "y0": 30, "y1": 40}]
    problem = problem_from_sheets(with_settings(sheets))
    assert per_unit(problem, Question(About.SPENDING, "Home")) == {"new": (30, 40)}
    assert per_unit(problem, Question(About.CAPACITY, "Home", "metal")) == {"new": (12, 12)}
    assert per_unit(problem, Question(About.SPENDING, "Far")) == {}


def test_a_row_more_leaves_all_others_in_their_places() -> None:
    """Rows that link nodes are counted from the end: the new one stands before them."""
    assembled = whole_program(at_random(1))
    row = np.zeros(assembled.program.columns)
    row[0] = 1.0
    more = with_row(assembled, row, upper=7.0)
    first = assembled.first_link_row
    assert more.first_link_row == first + 1 and more.program.rows == assembled.program.rows + 1
    assert (more.program.matrix.tocsr()[[first]].toarray() == row).all() and more.program.row_upper[first] == 7.0
    before, after = assembled.program.matrix.tocsr(), more.program.matrix.tocsr()
    assert abs(after[:first] - before[:first]).max() == 0 and abs(after[first + 1 :] - before[first:]).max() == 0
