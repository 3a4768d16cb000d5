"""Clean stock: it decays, goes abroad only from what was held, and each split of a plan is looked at by itself.

Third holds 10 t for Home; 19% decay in a year, so 10% in each period of half a year. Every way loses a fifth.
First period: 5 of the 9 t left go to Home (4 arrive) beside 2.5 from Far (2 arrive), which make the 6 that Home needs;
2 more from Far are stocked: 6 are held, 4 of them free of Far. Second: all that is left, 5.4, goes to Home, 3.6 of it
free of Far, and 1.8 from Third's own pit are stocked.
"""

from __future__ import annotations

from typing import Any

import pytest

from friendshore.models.plan import Plan
from friendshore.models.tables import Policy
from tests.certify.drafts import Sheets, draft, problem
from tests.certify.policies.under import calm
from tests.certify.trade import fails, holds, lane, mine, trade

FIRST, SECOND = "base/y1/1", "base/y2/1"
ROWS: dict[str, Any] = {
    "sourcing": [
        (FIRST, "Far", "Home", "metal", 2.5),
        (FIRST, "Far", "Third", "metal", 2.5),
        (SECOND, "Far", "Home", "metal", 2.1),
        (SECOND, "Third", "Third", "metal", 1.8),
    ],
    "production": [(FIRST, "mine", 5.0), (SECOND, "mine", 2.1), (SECOND, "pit", 1.8)],
    "stocks": [(FIRST, "store", 6.0, 2.0), (SECOND, "store", 1.8, 1.8)],
    "releases": [(FIRST, "store", "Home", 5.0), (SECOND, "store", "Home", 5.4)],
}
FREE_OF_FAR = {
    (FIRST, "released", "store", "Home"): 5.0,
    (FIRST, "level", "store"): 4.0,
    (FIRST, "used", 0): 4.0,
    (SECOND, "activity", "pit"): 1.8,
    (SECOND, "shipped", "Third", "Third"): 1.8,
    (SECOND, "filled", "store"): 1.8,
    (SECOND, "released", "store", "Home"): 3.6,
    (SECOND, "level", "store"): 1.8,
    (SECOND, "used", 0): 2.88,
}
FREE_OF_THIRD = {
    (FIRST, "activity", "mine"): 5.0,
    (FIRST, "shipped", "Far", "Home"): 2.5,
    (FIRST, "shipped", "Far", "Third"): 2.5,
    (FIRST, "filled", "store"): 2.0,
    (FIRST, "level", "store"): 2.0,
    (FIRST, "used", 0): 2.0,
    (SECOND, "activity", "mine"): 2.1,
    (SECOND, "shipped", "Far", "Home"): 2.1,
    (SECOND, "level", "store"): 1.8,
    (SECOND, "used", 0): 1.68,
}
Parts = dict[tuple[Any, ...], float]


def sheets() -> Sheets:
    store = {"stockpile": "store", "country": "Third", "commodity": "metal", "initial": 10, "max_level": 20}
    return calm(
        trade(
            Periods=[{"period": period, "years": 0.5} for period in ("y1", "y2")],
            Countries=[*trade()["Countries"], {"country": "Third", "bloc": "neutral"}],
            Plants=[mine(), mine(plant="pit", country="Third")],
            Lanes=[lane(**{"from": "*", "to": "*"})],
            Stockpiles=[store | {"loss_rate": 0.19, "serves": "Home", "final_min": 0}],
        )
    )


def rows(supplier: str, parts: Parts) -> list[tuple[Any, ...]]:
    """Rows of the table ``clean`` for one split."""
    listed = []
    for (node, part, *names), quantity in parts.items():
        cells: dict[str, Any] = dict.fromkeys(("origin", "destination", "commodity", "way", "plant", "stockpile"), "")
        headers = {"shipped": ("origin", "destination"), "released": ("stockpile", "destination")}
        plain = {"activity": ("plant",), "used": ("row",)}
        cells |= {"row": -1} | dict(zip((headers | plain).get(part, ("stockpile",)), names, strict=True))
        cells["commodity"] = "metal" if part == "shipped" else ""
        listed.append((node, f"{supplier} | metal", part, *cells.values(), quantity))
    return listed


def plan(far: Parts | None = None, third: Parts | None = None, limits: tuple[float, float] = (0.48, 0.28)) -> Plan:
    """The plan under two policies, one against each supplier, with some numbers of the splits changed."""
    policies = [
        Policy(policy=supplier, kind="clean_origin", limit=limit, suppliers=supplier, commodity="metal")
        for supplier, limit in zip(("Far", "Third"), limits, strict=True)
    ]
    clean = rows("Far", FREE_OF_FAR | (far or {})) + rows("Third", FREE_OF_THIRD | (third or {}))
    return draft(problem(sheets(), *policies), **ROWS, clean=clean)


def test_two_splits_side_by_side() -> None:
    """What is clean of one supplier is tainted by the other; each share is of its own split: 2.88 and 1.68 of 6."""
    holds(plan())
    fails(plan(limits=(0.5, 0.28)), "Far (clean_origin): metal for Home free of Far at base/y2/1", "(by 0.12)")
    fails(plan(limits=(0.48, 0.3)), "Third (clean_origin): metal for Home free of Third at base/y2/1", "(by 0.12)")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        # the tenth that decays is forgotten
        ({(FIRST, "level", "store"): 5.0}, ("clean balance of store at base/y1/1", "(by 1)")),
        # what is filled in goes out again in the same period
        (
            {(SECOND, "released", "store", "Home"): 5.0, (SECOND, "level", "store"): 0.4, (SECOND, "used", 0): 4.0},
            ("clean releases abroad of store at base/y2/1", "(by 1.4)"),
        ),
        # all that was held goes out, as if nothing of it had decayed
        (
            {(SECOND, "released", "store", "Home"): 4.0, (SECOND, "level", "store"): 1.4, (SECOND, "used", 0): 3.2},
            ("clean releases abroad of store at base/y2/1", "(by 0.4)"),
        ),
        # what goes abroad is not reported net of what comes in: the part is above its whole
        (
            {(FIRST, "released", "store", "Home"): 5.5, (FIRST, "level", "store"): 3.5, (FIRST, "used", 0): 4.4}
            | {(SECOND, "released", "store", "Home"): 3.15, (SECOND, "used", 0): 2.52},
            ("clean releases within the whole (Far | metal) at base/y1/1", "(by 0.5)"),
        ),
        # a fifth is lost on the way of a release
        ({(FIRST, "used", 0): 5.0}, ("clean use of metal in Home at base/y1/1", "(by 1)")),
    ],
)
def test_stock_is_no_source_of_clean_goods(parts: Parts, words: tuple[str, ...]) -> None:
    """Each lie about the clean part of the store is named, though no whole is touched by it."""
    fails(plan(parts, limits=(0.0, 0.0)), *words)


def test_a_store_where_the_supplier_is_begins_tainted() -> None:
    """Of the 10 t that Third held at first none is free of Third, so none of them may count as such."""
    fails(plan(third={(FIRST, "level", "store"): 3.0}), "clean balance of store at base/y1/1", "(by 1)")
