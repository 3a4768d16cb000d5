"""Plan Summary: status, cost, scorecard and certificate at a glance."""

import dataclasses

import pytest

from friendshore.models.plan import Binding, Certificate, Plan, PolicyValue, Run, Status
from friendshore.optimizer.reporting import scorecard, shortfalls, summary
from friendshore.optimizer.reporting.content import Block


def test_key_figures_are_those_of_the_plan(plan: Plan) -> None:
    rows = summary.key_figures(plan).set_index("figure")["value"]
    assert rows["Expected cost, discounted"] == plan.expected_cost
    assert rows["Mean cost of the worst 5% of outcomes"] == plan.cvar
    assert rows["Proven lower bound of the objective"] == pytest.approx(plan.objective - 1)
    unknown = summary.key_figures(dataclasses.replace(plan, run=Run(Status.FEASIBLE))).set_index("figure")["value"]
    assert unknown["Gap between objective and bound"] == "not known"


def test_slack_counts_towards_the_right_side_of_ceilings_and_floors(plan: Plan) -> None:
    rows = scorecard.scorecard(plan).set_index("policy")
    assert rows["slack"]["less_C"] == pytest.approx(0.6 - 200 / 350)  # a ceiling
    assert rows["slack"]["cover"] == pytest.approx(136.875 - 120)  # a floor
    assert rows["slack"]["budget"] == 0
    assert rows["state"].to_dict() == {"less_C": "met", "cover": "met", "mine": "met", "budget": "met, at its limit"}


def test_the_price_of_tightening_is_for_one_unit_as_it_is_shown(plan: Plan) -> None:
    score = PolicyValue("p", "max_share", 0.6, 0.6, 250.0, binding=1)
    rows = scorecard.scorecard(dataclasses.replace(plan, policies=(score, plan.policies[3], plan.policies[2])))
    assert rows["price"].tolist()[:2] == [2.5, 1.5]  # a percentage point; a unit of currency
    assert rows["unit"].tolist()[:2] == ["percentage point", "USD thousand"]
    assert rows["price"].isna().tolist() == [False, False, True]  # unknown is not zero


def test_a_policy_that_is_not_met_or_has_nothing_to_test_is_told(plan: Plan) -> None:
    soft = PolicyValue("soft", "min_share", 0.5, 0.4, 0.0, violation=12.0)
    idle = PolicyValue("idle", "max_share", 0.5, None, None)
    rows = scorecard.scorecard(dataclasses.replace(plan, policies=(soft, idle)))
    assert rows["state"].tolist() == ["not met", "nothing to test"]
    assert rows["slack"].tolist()[0] == pytest.approx(-0.1)
    assert "1 of 2 policies met" in summary.content(dataclasses.replace(plan, policies=(soft, idle))).finding


def test_the_headline_names_what_is_not_met_and_what_is_paid_for_it(plan: Plan) -> None:
    soft = PolicyValue("soft", "min_share", 0.5, 0.4, 0.0, violation=12.0)
    told = dataclasses.replace(plan, policies=(*plan.policies, soft), penalties=30.0)
    said = summary.content(told).finding
    assert said.endswith("4 of 5 policies met; not met, for penalties of 30,000 USD that the objective counts: soft.")
    assert summary.content(dataclasses.replace(told, penalties=0.0)).finding.endswith(
        "4 of 5 policies met; not met: soft."
    )


def test_a_worst_shortage_on_a_path_without_probability_says_so(plan: Plan) -> None:
    short = shortfalls.shortfalls(plan)
    test = short[short["scenario"] == "mine/C@2027"]
    assert shortfalls.STRESS in shortfalls.worst_words(plan, test)
    assert shortfalls.STRESS not in shortfalls.worst_words(plan, short[short["scenario"] == "ban"])


def test_shares_read_as_shares_and_days_as_numbers(plan: Plan) -> None:
    rows = scorecard.scorecard(plan).set_index("policy")["limit_kind"]
    assert (rows["less_C"], rows["cover"], rows["budget"]) == ("share", "number", "number")


def test_every_place_at_the_limit_is_told_with_its_price(plan: Plan) -> None:
    """A percentage point of a share is a hundredth of the price of a unit; the dearest place comes first."""
    binds = (Binding("cap/A/C/ore/2027", 0.6, 40.0), Binding("cap/A/C/ore/2026", 0.6, None))
    cap = PolicyValue("cap", "max_share", 0.6, 0.6, 40.0, rows=3, binding=2, binds=binds)
    days = PolicyValue(
        "days", "stock_cover", 60, 60, 7.0, rows=1, binding=1, binds=(Binding("days/A/ore/2026", 60, 7.0),)
    )
    told = dataclasses.replace(plan, policies=(cap, days))
    rows = scorecard.where_they_bind(told)
    assert rows["place"].tolist() == ["A, ore, 2026", "A, C, ore, 2027", "A, C, ore, 2026"]
    assert rows["price"].tolist()[:2] == [7.0, 0.4] and rows["price"].isna().tolist()[2]
    assert rows["unit"].tolist()[:2] == ["day", "percentage point"]
    assert scorecard.scorecard(told)["binds"].tolist() == ["2 of 3", "1 of 1"]
    blocks = [item.name for item in summary.content(told).right if isinstance(item, Block)]
    assert "Where_policies_bind" in blocks
    assert "Where_policies_bind" not in [b.name for b in summary.content(plan).right if isinstance(b, Block)]


def test_months_survived_stand_beside_those_asked_for(plan: Plan) -> None:
    """Columns only where a policy tests a stop; to the end of the plan is 'or more', what was not looked at is told."""
    assert "survived" not in scorecard.scorecard(plan).columns
    stops = (
        PolicyValue(
            "year", "survive", 0.0, 0.0, 0.0, asked_years=1, survived_years=1.25, weakest=("A", "C"), worst_onset="2027"
        ),
        PolicyValue("end", "survive", 0.0, 0.0, 0.0, asked_years=0.5, survived_years=3, survived_to_end=True),
        PolicyValue("hurried", "survive_any", 0.0, 0.0, 0.0, asked_years=0.5),
        PolicyValue("cap", "max_share", 0.5, 0.4, 0.0),
    )
    tested = dataclasses.replace(plan, policies=stops)
    rows = scorecard.scorecard(tested).set_index("policy")
    assert rows["survived"].tolist() == [15, "36 or more", "not known", None]
    assert rows["hurts"].tolist() == ["A+C from 2027", "", "", ""]
    assert rows["asked"].tolist()[:3] == [12, 6, 6]
    assert rows["asked"].isna().tolist() == [False, False, False, True]
    assert scorecard.scorecard(tested).attrs["units"]["survived"] == "months"
    score = next(item for item in summary.content(tested).right if isinstance(item, Block) and item.name == "Scorecard")
    assert "Stop survived" in score.note


def test_the_place_is_told_without_the_name_of_the_policy(plan: Plan) -> None:
    assert scorecard.scorecard(plan)["place"][0] == "A, C, ore, 2027"


def test_the_proof_holds_fingerprint_versions_time_and_certificate(plan: Plan) -> None:
    rows = summary.proof(plan).set_index("item")["value"]
    assert rows["Fingerprint of the workbook (SHA-256)"] == "ab" * 32
    assert rows["Version of friendshore"] == "0.1.0"
    assert rows["Time, solve (seconds)"] == 0.5
    assert rows["Rules re-checked"] == 40
    assert "found to hold" in rows["Certificate"]
    failed = dataclasses.replace(plan, certificate=Certificate(0.1, 0.0))
    assert summary.proof(failed).set_index("item")["value"]["Certificate"].startswith("FAILED")
    without = dataclasses.replace(plan, certificate=None)
    assert summary.proof(without).set_index("item")["value"]["Certificate"] == "not re-checked"


def test_the_headline_tells_status_cost_worst_case_and_policies(plan: Plan) -> None:
    assert summary.content(plan).finding == (
        "Optimal within the gap asked for. Expected cost 3.44 million USD. "
        "Something goes short on 2 of 3 paths; worst in ban: 33% of the magnet that B (general) needs is missing "
        "(10 of 30 kg) from 2027 for 1 year. 4 of 4 policies met."
    )
    stopped = dataclasses.replace(plan, run=Run(Status.FEASIBLE, stopped="time limit"), policies=())
    assert summary.content(stopped).finding.startswith(
        "A valid plan, not proven to be the cheapest; the search stopped early: time limit. Its decisions are not yet "
        "reliable: search longer. Expected cost"
    )
