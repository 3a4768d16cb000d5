"""What cannot be read is an infinite violation with a clear word, never a crash."""

from __future__ import annotations

import dataclasses
from math import inf, nan
from typing import Any

import pandas as pd
import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.certify import certify
from tests.certify.drafts import changed, draft
from tests.certify.trade import STOP, at, holds, together, trade


def sheets() -> Any:
    """The trade with a store and an expansion, so that every table has a row."""
    return trade(
        Stockpiles=[{"stockpile": "store", "country": "Home", "commodity": "metal", "max_level": 5, "final_min": 0}],
        Expansions=[{"expansion": "kiln", "plant": "works", "size": 1, "capex": 10}],
        Protections=[{"protection": "guard", "hazard": "natural", "cost": 1}],
    )


def full() -> Plan:
    stocks = [
        (node, "store", 1.0, 1.0 if node == "base/y1/1" else 0.0)
        for node in ("base/y1/1", "base/y2/1", "stop/y2/1", "stop/y2/2")
    ]
    return draft(
        sheets(),
        **together(at("base/y1/1", 10, 5), at("base/y2/1", 8.75, 5), STOP),
        stocks=stocks,
        investments=[("base/y1/1", "kiln", 1.0)],
        protections=[("guard", 1)],
        releases=[("base/y1/1", "store", "Home", 0.0)],
    )


def refused(plan: Plan, *words: str) -> None:
    certificate = certify(plan)
    assert certificate.max_violation == inf and certificate.objective_difference == inf, certificate
    assert all(word in certificate.worst for word in words), certificate.worst
    assert not certificate.holds()


TABLES = {
    "nodes": "start",
    "sourcing": "quantity",
    "production": "activity",
    "shortages": "shortage",
    "stocks": "level",
    "releases": "quantity",
    "investments": "units",
    "protections": "bought",
    "costs": "discounted",
    "paths": "cost",
}


@pytest.mark.parametrize(("table", "column"), TABLES.items())
def test_missing_tables_columns_and_numbers(table: str, column: str) -> None:
    """Each table: left out, without a column, with NaN, with infinity, with a word for a number."""
    plan = full()
    rows = getattr(plan, table)
    assert len(rows)
    refused(dataclasses.replace(plan, **{table: None}), table, "missing")
    refused(dataclasses.replace(plan, **{table: rows.drop(columns=column)}), table, f"no column {column}")
    for value in (nan, inf, "much"):
        wrong = rows.astype({column: object})
        wrong.iloc[0, rows.columns.get_loc(column)] = value
        refused(dataclasses.replace(plan, **{table: wrong}), table, column)


@pytest.mark.parametrize("table", [name for name in TABLES if name != "costs"])
def test_nothing_is_said_twice(table: str) -> None:
    """A row repeated would count twice in one sum and once in another."""
    rows = getattr(full(), table)
    refused(dataclasses.replace(full(), **{table: pd.concat([rows, rows.iloc[:1]])}), table, "repeats")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("sourcing", "scenario"),
        ("sourcing", "period"),
        ("production", "plant"),
        ("stocks", "stockpile"),
        ("investments", "expansion"),
        ("protections", "protection"),
        ("costs", "kind"),
        ("paths", "scenario"),
        ("releases", "stockpile"),
        ("releases", "destination"),
        ("sourcing", "origin"),
        ("sourcing", "commodity"),
    ],
)
def test_unknown_names(table: str, column: str) -> None:
    """A name that no sheet knows is told with its table."""
    plan = full()
    rows = getattr(plan, table).astype({column: object})
    rows.iloc[0, rows.columns.get_loc(column)] = "Nowhere"
    refused(dataclasses.replace(plan, **{table: rows}), table, "Nowhere")


def test_figures_that_are_no_numbers() -> None:
    """The figures of the plan itself: objective, expected cost, CVaR, penalties, kinds."""
    for name in ("objective", "expected_cost", "cvar", "penalties"):
        refused(dataclasses.replace(full(), **{name: nan}), name)
    refused(dataclasses.replace(full(), costs_by_kind={"production": nan}), "costs_by_kind of production")
    refused(dataclasses.replace(full(), costs_by_kind={"bribes": 1.0}), "bribes")


def test_a_shortage_belongs_to_its_row_of_demand() -> None:
    """Row 1 of one row of demand, or another country beside row 0, cannot be."""
    refused(changed(full(), "shortages", "row", 1, scenario="base", period="y1"), "no row of demand")
    refused(changed(full(), "shortages", "country", "Far", scenario="base", period="y1"), "row 0 of demand")


def test_a_full_plan_holds() -> None:
    """The plan that all of these break holds: 10 bought instead of 8.75 fill the store with one tonne."""
    holds(full())
