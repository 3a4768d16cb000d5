"""Columns and tables that belong to a word stand in the plans of workbooks that use it, and in no others."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from friendshore.models.plan import Plan
from friendshore.optimizer.reporting.catalogue import SHEETS
from friendshore.optimizer.reporting.content import Block, Figure
from tests.mathematics.cases import Sheets, importer, plan_of, stop

Edit = Callable[[Sheets], object]


def plain() -> Sheets:
    """Two years, one supplier that may stop, a protection of what it makes, and none of the words below."""
    sheets = importer(2) | stop(0.25, kind="capacity", hazard="flood", remaining=0.0)
    sheets["Protections"] = [{"protection": "dam", "hazard": "flood", "effectiveness": 1, "cost": 1}]
    return sheets


def headers(plan: Plan) -> set[tuple[str, str]]:
    """The name of every table on the plan's sheets with each of its headers."""
    contents = [sheet.content(plan) for sheet in SHEETS]
    items = [item for content in contents for item in (*content.left, *content.right)]
    blocks: list[Block] = [item.block if isinstance(item, Figure) else item for item in items]
    return {(block.name, field.header) for block in blocks for field in block.fields}


@cache
def before() -> frozenset[tuple[str, str]]:
    """What the plan of the workbook without the words has."""
    return frozenset(headers(plan_of(plain())))


def _by_air(sheets: Sheets) -> None:
    sheets["Lanes"].append({"from": "Far", "to": "Home", "way": "air", "cost": 9})


def _two_recipes(sheets: Sheets) -> None:
    sheets["Recipes"] = [
        {"recipe": name, "commodity": "metal", "role": "output", "amount": amount}
        for name, amount in (("wet", 1), ("dry", 2))
    ]
    sheets["Plants"][0] |= {"recipe": "wet, dry", "commodity": None}


def _dear_to_keep(sheets: Sheets) -> None:
    old = {"plant": "old", "country": "Home", "commodity": "metal", "capacity": 1, "unit_cost": 99}
    sheets["Plants"].append(old | {"fixed_cost": 5, "may_close": "yes"})


def _too_much(sheets: Sheets) -> None:
    sheets["Commodities"][0]["surplus_value"] = -1
    sheets["Plants"][0]["min_use"] = 0.9


WORDS: dict[str, tuple[Edit, set[tuple[str, str]]]] = {
    "way": (_by_air, {("Sourcing", "Way")}),
    "recipes": (_two_recipes, {("Production", "Recipe")}),
    "may_close": (_dear_to_keep, {("Plants_closed", "Plant closed")}),
    "fixed_cost": (lambda sheets: sheets["Plants"][0].update(fixed_cost=3), {("Cost_by_period", "Keeping plants")}),
    "surplus_value": (_too_much, {("Surplus", "Surplus")}),
    "shortens": (
        lambda sheets: sheets["Protections"][0].update(shortens=0.5),
        {("Protections_bought", "Share by which it shortens")},
    ),
    "from_period": (
        lambda sheets: sheets["Protections"][0].update(from_period="y1"),
        {("Protections_bought", "Bought in")},
    ),
}


@pytest.mark.parametrize("word", WORDS)
def test_a_word_brings_its_own_columns_and_nothing_else_has_them(word: str) -> None:
    edit, brings = WORDS[word]
    sheets = plain()
    edit(sheets)
    after = headers(plan_of(sheets))
    assert brings <= after - before()
    assert before() <= after


def test_words_that_change_only_numbers_bring_no_column() -> None:
    """Shared capacities, contracts, profiles."""
    sheets = plain()
    sheets["Lanes"][0] |= {"lane": "sea", "capacity": 99, "shared": "yes", "least": 1}
    sheets["Profiles"] = [{"table": "Lanes", "id": "sea", "column": "cost", "y0": 1, "y1": 2}]
    assert headers(plan_of(sheets)) == before()


def test_a_store_is_counted_in_what_it_holds() -> None:
    """A pen that may grow by 5: its room stands beside activity under a header that says both."""
    sheets = plain()
    pen = {"stockpile": "pen", "country": "Home", "commodity": "metal", "max_level": 1, "min_level": 4}
    sheets["Stockpiles"] = [pen]
    sheets["Expansions"] = [{"expansion": "larger", "stockpile": "pen", "size": 5, "capex": 3}]
    blocks = (item for sheet in SHEETS for item in sheet.content(plan_of(sheets)).left)
    (built,) = (item for item in blocks if isinstance(item, Block) and item.name == "Investments")
    (added,) = (field for field in built.fields if field.key == "added")
    assert added.header == "Capacity or room added"
    assert built.frame.attrs["units"]["added"] == "activity a year; of a store, units held"
    assert built.frame["added"].to_list() == [5]
