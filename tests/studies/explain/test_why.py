"""What something is worth to a plan, and what it would take to build what is not built, by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.studies.explain.searches import Found
from friendshore.optimizer.studies.explain.targets import Target, target_of
from friendshore.optimizer.studies.explain.why import why
from friendshore.optimizer.studies.explain.words import lines
from tests.studies.explain.cases import FED, Sheets, explained, lines_of, trade


@dataclass
class Told:
    """In place of searches: one answer, whatever is asked."""

    answer: Found

    def of(self, *_: object) -> list[Found]:
        """The answer."""
        return [self.answer]


def mine(capex: float = 120, cost: float = 1) -> Sheets:
    """Home takes 10 a year for two years from Far at 8, or from works of its own that need a line and cost 1."""
    sheets = trade(FED)
    sheets["Plants"] = [
        {"plant": "far", "country": "Far", "commodity": "good", "capacity": 20, "unit_cost": 8},
        {"plant": "works", "country": "Home", "commodity": "good", "capacity": 0, "unit_cost": cost},
    ]
    sheets["Expansions"] = [{"expansion": "line", "plant": "works", "size": 10, "capex": capex}]
    return sheets


def test_what_is_used_is_held_out() -> None:
    """Far brings 8 at 1, Near 2 at 2: 24 in two years. Without Near 2 a year are short, at 100 each: 8 + 200 a year."""
    study = explained(trade(), why="Near")
    why = study.why
    assert why is not None and why.used and why.more is not None
    assert why.more.high == pytest.approx(2 * (8 + 200) - 24) and why.more.low == pytest.approx(why.more.high)
    assert {(one.of, round(one.after - one.before)) for one in why.changes} == {("shortage", 400), ("production", -8)}
    assert any(line.startswith("The plan uses Near. Without it a plan costs 392") for line in lines(study))


def test_a_rule_left_out_makes_no_plan_dearer() -> None:
    """Whatever the gaps leave open."""
    plan = Found("optimal", "", plan=True, cost=Interval(95, 100), used=True, units={}, kinds={}, conflict=())
    other = replace(plan, cost=Interval(94, 99))
    rule, country = (Target(sheet, 2, "it", "it") for sheet in ("Policies", "Countries"))
    found = [why(problem_from_sheets(trade()), plan, each, Told(other)).more for each in (rule, country)]  # type: ignore[arg-type]
    assert [each and each.ends for each in found] == [(-6, 0), (0, 4)]


def test_a_rule_is_held_out() -> None:
    """At most half from Far: 5·1 + 5·2 a year against 8·1 + 2·2."""
    half = {"policy": "half", "kind": "max_share", "limit": 0.5, "suppliers": "Far"}
    why = explained(trade(half), why="Policies!A2").why
    assert why is not None and why.more is not None and why.more.high == pytest.approx(-2 * (15 - 12))


def test_what_no_plan_can_do_without() -> None:
    """Everyone is fed by two suppliers of 8; without Near it is the promise that clashes."""
    study = explained(trade(FED), why="near")
    assert study.why is not None and study.why.other is None
    assert [(one.sheet, one.row) for one in study.why.forbidden if one.row] == [("Policies", 2)]


def test_what_is_not_used_is_held_in() -> None:
    """A line at 150 saves 7 on each of 20: 140, 10 less than it costs."""
    study = explained(mine(150), why="line")
    assert study.why is not None and not study.why.used and study.why.more is not None
    assert study.why.more.high == pytest.approx(10)


@pytest.mark.parametrize("capex", [120.0, 150.0])
def test_what_it_would_take(capex: float) -> None:
    """Worth building up to the 140 that it saves, whether it is built today or not; both ends are searched."""
    worth = explained(mine(capex), what_would_it_take="line").worth
    assert worth is not None and worth.complete
    assert worth.pays is not None and worth.does_not is not None
    assert worth.pays <= 140 + 1e-6 and worth.does_not >= 140 - 1e-6
    assert worth.does_not - worth.pays <= 0.0021 * worth.does_not
    at = {round(one.factor * worth.price, 6): one.cost for one in worth.tried}
    assert worth.without is not None
    assert at[round(worth.pays, 6)].high <= worth.without.low + 1e-6
    assert at[round(worth.does_not, 6)].low >= worth.without.high - 1e-6


def test_not_even_for_nothing() -> None:
    """Works that run at 9 against 8 of Far are no use: held in, the line is decided as late as can be, and stands
    idle for the 3 that it is kept for."""
    sheets = mine(10, cost=9)
    sheets["Expansions"][0]["fixed_cost"] = 3
    study = explained(sheets, what_would_it_take="line")
    assert study.worth is not None and study.worth.pays is None
    assert study.worth.free is not None and study.worth.free.high == pytest.approx(160 + 3)
    assert any("not worth building even for nothing: a plan with it still costs 3 " in line for line in lines(study))


def test_needed_at_any_price() -> None:
    """Half from Near, who has no works but the lines that may be built."""
    half = {"policy": "half", "kind": "min_share", "limit": 0.5, "suppliers": "Near", "from_period": "y1"}
    worth = explained(lines_of(trade(half, FED)), what_would_it_take="line").worth
    assert worth is not None and worth.without is None and worth.complete


def test_names_and_cells() -> None:
    problem = problem_from_sheets(mine())
    assert target_of(problem, "works").sheet == "Plants"
    assert target_of(problem, "Expansions!D2").id == "line"
    assert target_of(problem, "home").id == "Home"
    for text, said in (
        ("worcs", "did you mean works"),
        ("Plants!A9", "no such row"),
        ("Periods!A2", "can be asked of rows of"),
    ):
        with pytest.raises(ValueError, match=said):
            target_of(problem, text)
