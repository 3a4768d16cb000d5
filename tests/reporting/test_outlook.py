"""What could change the plan: limits, choices left open, offers used up, weak figures; and promises in words."""

import dataclasses

import pytest

from friendshore.models.plan import Plan, PolicyValue
from friendshore.models.tables import Policy, Protection, Source
from friendshore.optimizer.reporting import outlook, promises, weak_figures
from friendshore.optimizer.reporting.calendar import moment
from friendshore.optimizer.reporting.payers import by_figure


def sourced(plan: Plan, *, confidence: str, **sources: str) -> Plan:
    """Rows of the sheets named cite a source of that confidence; Demand and Lanes by sheet, all others by sheet too."""
    tables = plan.problem.tables
    cited = {
        sheet: tuple(dataclasses.replace(row, source_id=source) for row in vars(tables)[sheet])
        for sheet, source in sources.items()
    }
    papers = (Source(source_id="paper", title="T", confidence=confidence), Source(source_id="book", title="B"))
    tables = dataclasses.replace(tables, sources=papers, **cited)
    return dataclasses.replace(plan, problem=dataclasses.replace(plan.problem, tables=tables))


ALL = ("plants", "expansions", "demand", "lanes", "stockpiles", "protections", "commodities")


def test_costs_by_figure_add_up_to_the_expected_cost(plan: Plan) -> None:
    rows = by_figure(plan)
    assert rows["discounted"].sum() == pytest.approx(plan.expected_cost, rel=1e-9)
    of_row = rows.set_index(["sheet", "row", "kind"])["discounted"]
    assert of_row["Demand", 1, "shortage"] == pytest.approx(plan.costs_by_kind["shortage"])
    assert of_row["Expansions", "open_B", "investment"] == pytest.approx(plan.costs_by_kind["investment"])
    lanes = of_row.loc["Lanes"].groupby("kind").sum()
    assert lanes["transport"] == pytest.approx(plan.costs_by_kind["transport"])


def test_figures_of_low_confidence_are_told_by_what_rests_on_them(plan: Plan) -> None:
    """Plants are of low confidence, all else of high: production alone, the dearest plant first."""
    high = {sheet: "book" for sheet in ALL if sheet != "plants"}
    found = weak_figures.weak_figures(sourced(plan, confidence="low", plants="paper", **high))
    production = by_figure(plan).query("kind == 'production'").set_index("row")["discounted"]
    assert [weak.id for weak in found] == list(production.sort_values(ascending=False).index)
    assert found[0].amount == pytest.approx(production.max())
    assert found[0].share == pytest.approx(production.max() / plan.expected_cost)
    assert weak_figures.weak_figures(sourced(plan, confidence="high", plants="paper", **high)) == ()


def test_a_figure_without_a_source_is_weak_only_where_others_have_one(plan: Plan) -> None:
    assert weak_figures.weak_figures(plan) == ()
    found = weak_figures.weak_figures(sourced(plan, confidence="high"))
    assert found and {weak.source_id for weak in found} == {""}
    assert "it has no source" in outlook.turns(sourced(plan, confidence="high"))[-1].words
    called = [weak.subject for weak in found if weak.sheet == "Lanes"]
    assert all(" from " in subject and subject.endswith((": freight", ": tariffs")) for subject in called)


def test_limits_at_which_the_plan_stands_come_with_the_price_of_a_step(plan: Plan) -> None:
    """The budget binds at 1.5 a unit; less_C is within its limit; one that is not kept is told as such."""
    soft = PolicyValue("soft", "min_share", 0.5, 0.4, None, violation=12.0)
    told = dataclasses.replace(plan, policies=(*plan.policies, soft))
    limits = [turn for turn in outlook.turns(told) if turn.cause == outlook.LIMIT]
    assert [turn.id for turn in limits] == ["budget", "soft"]
    assert limits[0].stake == 1.5 and limits[0].words == "1,000 USD tighter costs 1,500 USD at the margin."
    assert limits[1].words == "Not kept. Price not known."


def row(policy: str, kind: str, limit: float) -> Policy:
    """A row of Policies."""
    return Policy(policy=policy, kind=kind, limit=limit, consumers="A", commodity="magnet")


def test_what_is_less_than_prices_may_be_off_by_is_no_price(plan: Plan) -> None:
    """1.4e-8 for the whole index."""
    noise = PolicyValue("many", "max_hhi", 0.5, 0.5, 1.4e-8, binding=1)
    assert promises.step_words(noise, "EUR") == promises.NO_PRICE


def test_a_margin_of_nothing_at_a_limit_is_not_told_as_a_price(plan: Plan) -> None:
    """What was solved again goes before the margin, and 0 at the margin says so."""
    at_limit = PolicyValue("cap", "max_share", 0.6, 0.6, 0.0, binding=1)
    solved = dataclasses.replace(at_limit, step=0.01, step_price=(20.0, 30.0))
    none = dataclasses.replace(at_limit, step=0.01, step_note="no plan can satisfy it a step tighter")
    words = [promises.step_words(each, "EUR") for each in (at_limit, solved, none)]
    assert words == [
        "a step tighter costs nothing at the margin, which may mislead; --prices solves again",
        "1 percentage point tighter costs 20 EUR to 30 EUR, solved again",
        "no plan can satisfy it a step tighter",
    ]
    index = PolicyValue("few", "max_hhi", 0.3, 0.3, 50.0, binding=1)
    days = dataclasses.replace(PolicyValue("cover", "stock_cover", 30, 30, 4.0, binding=1), step=2.0, step_price=(8, 8))
    assert [promises.step_words(each, "EUR") for each in (index, days)] == [
        "0.01 of the index tighter costs 0.5 EUR at the margin",
        "2 days tighter costs 8 EUR, solved again",
    ]
    rules = (row("few", "max_hhi", 0.3), row("cover", "stock_cover", 30))
    tables = dataclasses.replace(plan.problem.tables, policies=rules)
    problem = dataclasses.replace(plan.problem, tables=tables)
    asked = promises.table(dataclasses.replace(plan, problem=problem, policies=(index, days)))["asked"].tolist()
    assert asked[0].endswith("at most 0.3") and asked[1].endswith("at least 30 days"), asked
    turns = outlook.turns(dataclasses.replace(plan, policies=(at_limit, solved)))
    assert next(turn.stake for turn in turns if turn.cause == outlook.LIMIT) == 30.0


def test_choices_that_the_gap_leaves_open_and_offers_used_up(plan: Plan) -> None:
    """Three years at 10 % are worth 2.609: a guard for 10 a year costs 26.1, less than the gap of 500."""
    tables = dataclasses.replace(
        plan.problem.tables,
        protections=(Protection(protection="guard", hazard="natural", cost=10.0),),
        expansions=tuple(dataclasses.replace(row, max_units=1) for row in plan.problem.tables.expansions),
    )
    open_ = dataclasses.replace(
        plan,
        problem=dataclasses.replace(plan.problem, tables=tables),
        objective=10_000.0,
        run=dataclasses.replace(plan.run, bound=9_500.0),
        protections=plan.protections.iloc[:0],
    )
    found = {turn.cause: turn for turn in outlook.turns(open_)}
    assert found[outlook.OPEN].id == "guard" and found[outlook.OPEN].stake == pytest.approx(26.09, abs=0.005)
    assert found[outlook.USED_UP].words == "The one unit on offer is built; whether more would pay the plan cannot say."
    assert outlook.USED_UP not in {turn.cause for turn in outlook.turns(plan)}  # one of two is built
    rows = outlook.table(open_)
    assert rows["stake"].tolist()[rows["cause"].tolist().index(outlook.OPEN)] == "26,092 USD"


def test_a_plan_that_nothing_could_change_says_so(plan: Plan) -> None:
    block = outlook.block(dataclasses.replace(plan, policies=()))
    assert block.frame.empty and block.note == outlook.NOTHING


def test_promises_tell_months_and_places_by_name(plan: Plan) -> None:
    stop = PolicyValue(
        "mine",
        "survive",
        0.25,
        0.3,
        None,
        "mine/C@2027/coalition/magnet/2027",
        asked_years=1.0,
        survived_years=0.75,
        weakest=("mine_C",),
        worst_onset="2027",
        rows=1,
        binding=1,
    )
    there = dataclasses.replace(plan.policies[0], place="less_C/A/C/ore/ban/2027/2")
    rows = promises.table(dataclasses.replace(plan, policies=(stop, there, plan.policies[1])))
    assert rows["survived"].tolist() == ["9 months, 12 months asked; no longer without mine C from 2027", "", ""]
    assert rows["place"].tolist() == ["C from 2027, coalition, magnet, 2027", "A, C, ore, ban, 2028", "A, ore, 2027"]
    assert rows["asked"].tolist()[2] == "Stock in days of use, at least 120 days"
    assert rows["stands"].tolist() == ["30%", "57%", "137 days"]


def test_a_sequel_in_a_place_is_told_by_its_name(plan: Plan) -> None:
    """It stands before the danger that it follows, in a part of its own; the two are one path."""
    named = dataclasses.replace(plan, problem=plan.problem.replace("Scenarios", "ban", name="Ban on ore"))
    said = promises.place_names(named, "less_C", "less_C/A/C/ore/ban@2027/stop@2026/2027/1")
    assert said.startswith("A, C, ore, Ban on ore from 2027 after stop from 2026, ")


def test_a_place_is_of_a_path_only_where_a_whole_part_of_it_is_its_name(plan: Plan) -> None:
    """A scenario ``e`` is not the path of a place that ends with ``ore``: the time told is that of the base plan."""
    nodes = plan.nodes.assign(scenario=plan.nodes["scenario"].replace({"ban": "e"}))
    told = dataclasses.replace(plan, nodes=nodes.assign(start=nodes["start"].where(nodes["scenario"] != "e", 9.0)))
    step = nodes[nodes["scenario"] == "base"].iloc[-1]
    said = promises.place_names(told, "less_C", f"less_C/A/C/ore/{step['period']}/{step['step']}")
    assert said == f"A, C, ore, {moment(plan.problem, float(step['start']), float(step['years']))}"
