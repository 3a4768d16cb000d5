"""What to decide now, what can wait: of the plan by hand, and of a few rows more."""

import dataclasses

import pandas as pd

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting import decisions
from friendshore.optimizer.reporting.summary import decision_tables

TABLES = {
    "Investments": pd.DataFrame(
        [
            ["open_B", "mine_B", "B", "base", "2026", 1.0, 500.0, "A"],
            ["open_B", "mine_B", "B", "base", "2027", 2.0, 1_000.0, "A"],
            ["open_B", "mine_B", "B", "ban", "2027", 9.0, 9.0, "A"],
        ],
        columns=["expansion", "plant", "country", "scenario", "period", "units", "capex", "payer"],
    ),
    "Protections_bought": pd.DataFrame(
        [["guard", "natural", 5.0, "B", "2027"]], columns=["protection", "hazard", "cost", "payer", "since"]
    ),
    "Plants_closed": pd.DataFrame([["mag_A", "A", "2026", 7.0]], columns=["plant", "country", "period", "cost"]),
    "Stockpiles": pd.DataFrame(
        [
            ["ore_A", "base", "2026", 20.0, 5.0],
            ["ore_A", "base", "2027", 0.0, 5.0],
            ["ore_A", "ban", "2027", 90.0, 0.0],
        ],
        columns=["stockpile", "scenario", "period", "filled", "released"],
    ),
}


def test_every_decision_of_the_base_path_in_order_of_time(plan: Plan) -> None:
    """Ore costs 2 a tonne: 15 more of it are worth 30. What a ban brings is not decided yet."""
    found = decisions.decisions(plan.problem, TABLES)
    assert [each.words for each in found] == [
        "Build open B in B (mine B): 500,000 USD, paid by A; serves from January 2027",
        "Store 15 t more of ore in A (ore A): 30,000 USD at its reference price, paid by A",
        "Close mag A in A: 7,000 USD, paid by A",
        "Build 2 × open B in B (mine B): 1 million USD, paid by A; serves from January 2028",
        "Protect guard (against natural): 5,000 USD a year, paid by B",
    ]
    now, later = decisions.now_and_later(found)
    assert (len(now), len(later)) == (3, 2)
    assert decisions.waits_words(plan.problem, later) == "2 decisions can wait: 2 until January 2027."
    assert decisions.table(plan.problem, now)["when"].tolist() == ["January 2026"] * 3


def test_of_many_dates_the_first_two_and_the_last_are_told(plan: Plan) -> None:
    """Six decisions in five years: one, two, one, one, one."""
    first = plan.problem.tables.periods[0]
    years = tuple(dataclasses.replace(first, period=str(year)) for year in range(2026, 2032))
    problem = dataclasses.replace(plan.problem, tables=dataclasses.replace(plan.problem.tables, periods=years))
    each = decisions.Decision(1, decisions.BUILD, "mine", "A", "mine A", "A", 1.0, "1 EUR", "")
    later = [dataclasses.replace(each, period=period) for period in (1, 2, 2, 3, 4, 5)]
    assert decisions.waits_words(problem, later) == (
        "6 decisions can wait: 1 until January 2027, 2 until January 2028, 3 longer, the last until January 2031."
    )


def test_the_plan_itself_has_one_mine_and_a_guard(plan: Plan) -> None:
    acts = [(each.act, each.what) for each in decisions.decisions(plan.problem, decision_tables(plan))]
    assert ("Build", "open B") in acts and ("Protect", "guard") in acts


def test_look_ahead_periods_ask_for_no_decision(plan: Plan) -> None:
    first, second = plan.problem.tables.periods
    periods = (first, dataclasses.replace(second, look_ahead=True))
    problem = dataclasses.replace(plan.problem, tables=dataclasses.replace(plan.problem.tables, periods=periods))
    assert {each.period for each in decisions.decisions(problem, TABLES)} == {0}


def test_a_plan_without_decisions_has_none(plan: Plan) -> None:
    assert decisions.decisions(plan.problem, {}) == () and decisions.waits_words(plan.problem, ()) == ""
