"""Protections: what they keep alive, of which hazard, and what they cost on every path."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from friendshore.models.core.production import softened_means, subsets
from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.keys import Protected, ProtectedRow
from friendshore.models.formulation.model_data import build_model_data
from tests.examples import examples
from tests.mathematics.cases import Row, Sheets, about, built, island, plan_of, proves, quantity, short, stop


def guard(name: str, **cells: Any) -> Row:
    """A protection against cyber attacks that is cheap."""
    return {"protection": name, "hazard": "cyber", "cost": 1} | cells


def struck(*protections: Row, **event: Any) -> Sheets:
    """Works of 12 for 12 wanted, of which 0.2 are left for a year with probability 0.25."""
    sheets = island(2, demand=12, capacity=12, cost=0)
    cells: Row = {"kind": "capacity", "remaining": 0.2, "hazard": "cyber"} | event
    return sheets | stop(0.25, **cells) | {"Protections": list(protections)}


def left(sheets: Sheets) -> float:
    """Activity on the branch in y1."""
    return quantity(plan_of(sheets).production, "activity", scenario="stop", period="y1")


@proves("row:kept_limit", "port:protected", "cost:protection")
@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        ({}, 12),
        ({"effectiveness": 0.5}, 12 * 0.6),
        ({"effectiveness": 0}, 12 * 0.2),
        ({"hazard": "natural"}, 12 * 0.2),
        ({"plant": "works", "country": "Home", "commodity": "metal"}, 12),
        ({"plant": "mill"}, 12 * 0.2),
    ],
)
def test_effectiveness(cells: Row, kept: float) -> None:
    """1 − 0.8 · (1 − e) is left where hazard and plant match: 0.6 of 12 at one half. A gain of e·μ would give 0.3."""
    sheets = struck(guard("shield", **cells))
    sheets["Plants"].append({"plant": "mill", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 9})
    plan = plan_of(sheets)
    assert quantity(plan.production, "activity", scenario="stop", plant="works") == about(kept)
    bought = quantity(plan.protections, "bought")
    assert bought == (kept > 12 * 0.2)
    assert plan.objective == about(2 * bought + 0.25 * 100 * (12 - kept))


@proves("cost:protection", "port:protected")
@pytest.mark.parametrize(("price", "bought"), [(119, 1), (121, 0)])
def test_paid_by_the_year_on_every_path(price: float, bought: int) -> None:
    """It saves 0.25 · 9.6 · 100 = 240 and costs two years on every path: worth it below 120 a year.

    Paid on the branch alone, or once, the switch would be at 480 or 240.
    """
    plan = plan_of(struck(guard("shield", cost=price)))
    assert quantity(plan.protections, "bought") == bought
    assert plan.costs_by_kind["protection"] == about(2 * price * bought)


@proves("row:kept_limit")
def test_several_of_one_hazard_multiply_what_they_let_through() -> None:
    """0.8 · ½ · ½ is lost with both, 0.8 · ½ with one: the second is worth 0.25 · 0.2 · 12 · 100 = 60, the
    first 120."""
    for price, bought, kept in ((20, 2, 9.6), (45, 1, 7.2), (70, 0, 2.4)):
        sheets = struck(*(guard(name, effectiveness=0.5, cost=price) for name in ("a", "b")))
        plan = plan_of(sheets)
        assert quantity(plan.protections, "bought") == bought, price
        assert quantity(plan.production, "activity", scenario="stop", period="y1") == about(kept)


@proves("row:kept_limit")
def test_two_hazards_at_once() -> None:
    """A half by cyber and a half by nature leave a quarter; a full shield against one leaves a half, against both all.

    A shield that softened the product, and not its own event, would keep all 12 alone.
    """
    for hazards, kept in (((), 3), (("cyber",), 6), (("natural",), 6), (("cyber", "natural"), 12)):
        sheets = struck(*(guard(hazard, hazard=hazard) for hazard in hazards), remaining=0.5)
        sheets["Events"].append(sheets["Events"][0] | {"hazard": "natural"})
        assert left(sheets) == about(kept), hazards


def test_an_event_without_hazard_cannot_be_shielded() -> None:
    """Blank is no hazard."""
    sheets = struck(guard("shield"), hazard=None)
    assert left(sheets) == about(2.4)


def test_a_gain_is_not_softened() -> None:
    """An event above 1 stands as it is, beside one that is shielded: 1.5 · 0.6 of 12 for 20 wanted."""
    sheets = struck(guard("shield", effectiveness=0.5))
    sheets["Demand"][0]["per_year"] = 20
    sheets["Events"].append(sheets["Events"][0] | {"remaining": 1.5})
    assert left(sheets) == about(12 * 1.5 * 0.6)


@proves("row:kept_limit", "port:in_service")
@pytest.mark.parametrize(("capex", "kept"), [(1, 12), (9000, 6)])
def test_what_is_kept_is_a_share_of_what_stands(capex: float, kept: float) -> None:
    """6 exist and 6 may be built. The shield keeps what is there: 12 with the unit, 6 without it.

    A bound by the largest capacity there could be (12) alone would keep 12 in both.
    """
    sheets = struck(guard("shield"))
    sheets["Plants"][0]["capacity"] = 6
    sheets["Expansions"] = [built(size=6, capex=capex)]
    assert left(sheets) == about(kept)


def test_a_shield_keeps_the_share_that_half_a_year_takes() -> None:
    """Half a year at 0.2 in one node: μ = 0.6, softened by one half to 0.8."""
    assert left(struck(guard("shield", effectiveness=0.5), years=0.5)) == about(9.6)


hazards = st.sampled_from(["cyber", "natural"])


@settings(max_examples=examples(60), deadline=None, derandomize=True, database=None)
@given(
    st.lists(st.tuples(hazards, st.sampled_from([0.25, 0.5, 1.0])), min_size=1, max_size=3),
    st.lists(st.tuples(hazards, st.sampled_from([0.0, 0.25, 0.5, 1.5])), min_size=1, max_size=3),
    st.sampled_from([0.0, 6.0, 12.0]),
)
def test_the_big_m_form_is_exact(
    shields: list[tuple[str, float]], blows: list[tuple[str, float]], extra: float
) -> None:
    """For every choice of protections the tightest of the rows is w ≤ (m^S − m)·K with S what is bought: recomputed
    for each S and each K between what exists and the largest there can be. One subset left out, or a K̄ too small,
    breaks it for some choice."""
    cover = {f"q{i}": shield for i, shield in enumerate(shields)}
    sheets = struck(*(guard(name, hazard=hazard, effectiveness=share) for name, (hazard, share) in cover.items()))
    event = sheets["Events"][0]
    sheets["Events"] = [event | {"hazard": hazard, "remaining": share} for hazard, share in blows]
    if extra:
        sheets["Expansions"] = [built(size=extra / 2, max_units=2, capex=1)]
    model_data = build_model_data(problem_from_sheets(sheets))
    node = model_data.tree.own_nodes["stop"][0]
    means = {
        chosen: float(mean[node]) for (_, chosen), mean in softened_means(model_data.sets, model_data.tree).items()
    }

    def number(name: str, key: Any) -> float:
        return model_data.parameters.at(name, key, node)

    for bought, standing in product(product((0, 1), repeat=len(cover)), (12.0, 12.0 + extra)):
        chosen = tuple(name for name, taken in zip(cover, bought, strict=True) if taken)
        left = 1.0
        for hazard, share in blows:
            let_through = np.prod([1 - cover[name][1] for name in chosen if cover[name][0] == hazard])
            left *= 1 - (1 - share) * float(let_through) if share < 1 else share
        assert means[chosen] == about(left)
        bounds = []
        for key in subsets(model_data.sets):
            others = sum(name not in key[1] for name in chosen)
            built_part = number("kept_share", key) * (standing - 12.0)
            bounds.append(number("kept", key) + built_part + number("kept_more", key) * others)
        assert min(bounds) == about((means[chosen] - means[()]) * standing)


def test_a_worthless_choice_is_not_bought() -> None:
    """A shield at no cost that helps nothing may or may not be bought, but nothing is paid; one at a price is not."""
    sheets = struck(guard("shield", effectiveness=0, cost=0.5))
    assert plan_of(sheets).costs_by_kind["protection"] == about(0)
    assert short(plan_of(sheets), "stop") == about(9.6)


def test_the_bound_is_no_larger_than_what_can_stand() -> None:
    """12 exist, two units of 3 may be built and serve in y1: K̄ = 18, and a full shield that is not bought could keep
    (1 − 0.2) · 18 = 14.4. Where nothing strikes there is nothing to keep: 0 in y0."""
    sheets = struck(guard("shield"))
    sheets["Expansions"] = [built(size=3, max_units=2, capex=1)]
    model_data = build_model_data(problem_from_sheets(sheets))
    tree, parameters = model_data.tree, model_data.parameters
    assert parameters.at("kept_more", ("works", ()), tree.own_nodes["stop"][0]) == about(14.4)
    assert parameters.at("kept_more", ("works", ()), tree.own_nodes["base"][0]) == about(0)


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        ({"shortens": 0.5}, 12 * 0.6),
        ({"shortens": 1}, 12),
        ({"shortens": 0.5, "effectiveness": 0.5}, 12 * 0.8),
        ({"shortens": 0}, 12 * 0.2),
    ],
)
def test_a_shorter_stop(cells: Row, kept: float) -> None:
    """Half as long, the stop takes 0.8 of half the year: 0.6 are left, and of what is lost half is averted besides.
    A protection that shortens averts nothing else unless it says so."""
    assert left(struck(guard("shield", **cells))) == about(kept)


def test_stop_and_recovery_are_shortened() -> None:
    """In half-years: gone for half a year and back over half a year leaves 0 and then a half, 3 of 12. Both halved
    it is gone for a quarter and back over a quarter: in the first half 1 − (0.25 + 0.125)/0.5 = 0.25, then all of it.
    Two that halve it make it a quarter as long: 1 − (0.125 + 0.0625)/0.5 = 0.625."""
    for guards, kept in (((), 3), (("a",), 0.25 * 6 + 6), (("a", "b"), 0.625 * 6 + 6)):
        sheets = struck(*(guard(name, shortens=0.5) for name in guards), years=0.5, recovery_years=0.5, remaining=0)
        sheets["Scenarios"][0]["step_months"] = 6
        assert left(sheets) == about(kept), guards


@proves("link:protected", "port:protected", "cost:protection")
def test_a_protection_bought_later() -> None:
    """On offer from y1 on it is bought in y2, in which the stop begins, and paid for two years of four on both paths.
    Where it is on offer from y3 on it comes too late."""
    for cells, paid in (({"from_period": "y1"}, 10), ({"from_period": "y0"}, 10), ({}, 20)):
        sheets = struck(guard("shield", cost=5, **cells))
        sheets["Periods"] = [{"period": f"y{i}"} for i in range(4)]
        sheets["Scenarios"][0]["onset"] = "y2"
        plan = plan_of(sheets)
        assert plan.objective == about(paid)
        assert quantity(plan.protections, "bought") == 1
        if cells:
            assert plan.protections["period"].tolist() == ["y2"]
    late = struck(guard("shield", cost=5, from_period="y3"))
    late["Periods"], late["Scenarios"][0]["onset"] = sheets["Periods"], "y2"
    assert plan_of(late).objective == about(0.25 * 100 * 0.8 * 12)


@proves("link:protected")
def test_a_protection_is_bought_once() -> None:
    """Bought twice it would avert no more and cost no less: of what costs nothing it still stands in the plan once."""
    model_data = build_model_data(problem_from_sheets(struck(guard("shield", from_period="y0", effectiveness=0.5))))
    rows = [row for row in model_data.linking.rows if isinstance(row.key, ProtectedRow)]
    assert [(row.upper, list(row.columns)) for row in rows] == [(1.0, [Protected("shield", 0), Protected("shield", 1)])]
