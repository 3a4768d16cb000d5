"""survive of many members: its branches are added as the plan fails them, and the result is that of all at once."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import Outcome, Plan
from friendshore.optimizer.search import adversary, constraint_generation
from friendshore.optimizer.solve import solve_problem
from tests.examples import examples
from tests.mathematics.cases import Sheets, about, built, fails, market, plan_of, policy, proves, quantity, under

pytestmark = proves("rule:survive")

MAKERS = 20


def both(sheets: Sheets, monkeypatch: pytest.MonkeyPatch) -> tuple[Outcome, Outcome]:
    """The outcome with branches added as needed, however few there are, and with all at once."""
    outcomes = []
    for many in (0, 10**9):
        with monkeypatch.context() as patch:
            patch.setattr(constraint_generation, "MANY", many)
            outcomes.append(solve_problem(problem_from_sheets(sheets), gap=0.0, threads=1))
    return outcomes[0], outcomes[1]


def added(outcome: Outcome) -> list[str]:
    """What the log tells of members that were added."""
    return [line for line in outcome.run.log if line.endswith("; added")]


def sound(outcome: Outcome) -> Plan:
    """The plan, its certificate checked."""
    plan = outcome.plan
    assert plan is not None
    assert plan.certificate is not None
    assert plan.certificate.holds(), plan.certificate
    return plan


def test_one_of_twenty_binds() -> None:
    """Far 00 makes 12 of the 24, each of the others 1, so that 7 can be made besides: without Far 00 for half a year
    9.5 of 12 come, 2.5 are held; without any other one nothing is short. Every path is in the plan, in its order."""
    sheets = market([12.0] + [1.0] * (MAKERS - 1), demand=24.0)
    outcome = solve_problem(problem_from_sheets(sheets), gap=0.0, threads=1)
    plan = sound(outcome)
    assert [line.split("loss of ")[1] for line in added(outcome)] == ["Far 00 from y1; added"]
    assert quantity(plan.stocks, "level", scenario="base", period="y0") == about(2.5)
    assert plan.paths["scenario"].tolist() == ["base", *(f"rule/Far {i:02}@y1" for i in range(MAKERS))]
    assert plan.paths["probability"].tolist() == [1.0] + [0.0] * MAKERS
    line = policy(plan, "rule")
    assert line.rows == 2 * MAKERS
    assert line.place.startswith("rule/Far 00@y1/")
    assert line.violation == 0


def test_what_the_slack_paths_do() -> None:
    """Each is settled at its own least cost, as if it had been in the search: without Far 05 for half a year the stock
    that is held for Far 00 fills in, so that no dearer maker is asked."""
    with pytest.MonkeyPatch.context() as patch:
        lazy, at_once = both(market([12.0] + [1.0] * (MAKERS - 1)), patch)
    assert len(added(lazy)) == 1
    assert not added(at_once)
    same(sound(lazy), sound(at_once))
    path = sound(lazy).paths.set_index("scenario")
    assert path.loc["rule/Far 05@y1", "cost"] == about(
        sound(at_once).paths.set_index("scenario").loc["rule/Far 05@y1", "cost"]
    )


def same(lazy: Plan, at_once: Plan) -> None:
    """The same objective, the same nodes and paths, as many rows of each policy; hard ones met."""
    assert lazy.objective == about(at_once.objective)
    pd.testing.assert_frame_equal(lazy.nodes, at_once.nodes)
    assert lazy.paths["scenario"].tolist() == at_once.paths["scenario"].tolist()
    for mine, theirs in zip(lazy.policies, at_once.policies, strict=True):
        assert (mine.policy, mine.rows) == (theirs.policy, theirs.rows)
        if not lazy.penalties:
            assert mine.violation == theirs.violation == 0


CAPACITY = st.sampled_from([0.0, 1.0, 2.0, 3.5, 6.0, 9.0])


@settings(derandomize=True, deadline=None, max_examples=examples(12))
@given(
    st.lists(CAPACITY, min_size=3, max_size=6),
    st.sampled_from([0.0, 0.1, 0.25]),
    st.sampled_from([None, 0.3, 5.0]),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_as_all_at_once(
    capacities: list[float], limit: float, penalty: float | None, whole: bool, rng: random.Random
) -> None:
    """Random makers, hard and soft, with a project in whole units that may be the cheaper way: the same optimum, the
    same paths, the same violations. A branch left out that binds gives a cheaper plan."""
    sheets = market(capacities, limit, demand=float(rng.choice([6, 12, 20])), penalty=penalty)
    sheets["Plants"].append({"plant": "site", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 40})
    sheets["Expansions"] = [built(plant="site", size=2, capex=rng.choice([1, 5]), max_units=3, integer=whole)]
    sheets = under(
        sheets, policy="plants", kind="survive", suppliers="each plant:*", years=0.25, limit=limit / 2, penalty=penalty
    )
    with pytest.MonkeyPatch.context() as patch:
        lazy, at_once = both(sheets, patch)
    assert lazy.status is at_once.status
    if at_once.plan is not None:
        same(sound(lazy), sound(at_once))


def test_with_planes_scenarios_and_risk() -> None:
    """The answer is carried over with the planes of max_hhi, the costs of weighted branches and their tail."""
    sheets = market([9.0, 8.0, 7.0, 6.0] + [0.5] * 4, limit=0.0)
    sheets["Settings"] += [{"setting": "risk_aversion", "value": 0.5}, {"setting": "cvar_alpha", "value": 0.5}]
    sheets["Scenarios"] = [{"scenario": "stop", "probability": 0.2, "onset": "y1"}]
    sheets["Events"] = [{"scenario": "stop", "kind": "export", "country": "Far 01", "years": 0.5, "remaining": 0.5}]
    sheets = under(sheets, policy="hhi", kind="max_hhi", limit=0.3)
    with pytest.MonkeyPatch.context() as patch:
        lazy, at_once = both(sheets, patch)
    assert 0 < len(added(lazy)) < 8
    assert sound(lazy).cvar > sound(lazy).expected_cost
    mine, theirs = sound(lazy), sound(at_once)
    assert mine.objective == pytest.approx(theirs.objective, rel=1e-5)  # as far as the planes go
    assert mine.paths["scenario"].tolist() == theirs.paths["scenario"].tolist()


def test_beside_survive_any() -> None:
    """Both are found in the same rounds; of survive_any only what was found is in the plan, of survive all."""
    sheets = under(
        market([8.0, 6.0, 3.0, 2.0, 1.0], limit=0.1),
        policy="two",
        kind="survive_any",
        k=2,
        suppliers="@concern",
        years=0.25,
        limit=0.2,
    )
    with pytest.MonkeyPatch.context() as patch:
        lazy, at_once = both(sheets, patch)
    assert sound(lazy).objective == about(sound(at_once).objective)
    paths = sound(lazy).paths["scenario"].tolist()
    assert [name for name in paths if name.startswith("rule/")] == [f"rule/Far {i:02}@y1" for i in range(5)]


def test_what_cannot_be_survived() -> None:
    """Nothing may be held and Far 00 makes all: no plan, told after its branch alone was added."""
    sheets = market([24.0] + [0.1] * (MAKERS - 1))
    sheets["Stockpiles"][0]["max_level"] = 0
    assert fails(sheets)
    outcome = solve_problem(problem_from_sheets(sheets))
    assert 1 <= len(added(outcome)) <= constraint_generation.AT_ONCE
    assert [found.row for found in outcome.conflict] == [policy_row(sheets)]


def policy_row(sheets: Sheets) -> int:
    """The row of the rule."""
    return problem_from_sheets(sheets).policies[0].row


def test_few_are_in_from_the_start() -> None:
    """Up to twelve members nothing is added as needed."""
    outcome = solve_problem(problem_from_sheets(market([12.0] + [2.0] * 11)), gap=0.0, threads=1)
    assert not added(outcome)
    assert not any("tested members" in line for line in outcome.run.log)


def test_judged_in_trees_of_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many stops stand in one tree, and whether their programs are kept, the plan is the same."""
    sheets = market([9.0, 9.0] + [1.0] * (MAKERS - 2))
    plan = plan_of(sheets)
    monkeypatch.setattr(adversary, "TOGETHER", 3)
    monkeypatch.setattr(adversary, "KEPT", 5)
    same(plan_of(sheets), plan)
