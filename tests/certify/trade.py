"""A small trade whose plan is known by hand.

Home needs 12 t of metal a year. It makes 5 in its own works and buys the rest from Far, over a lane that loses a
fifth: 7 / 0.8 = 8.75 t leave Far. Two periods of a year. In ``stop`` (p = 0.25) Far sells nothing for the first half
of the second year, which is cut into two steps of six months: 2.5 made at home, 3.5 short; then 2.5
and 3.5 / 0.8 = 4.375.
"""

from __future__ import annotations

from typing import Any

from friendshore.models.plan import Certificate, Plan
from friendshore.optimizer.certify import certify
from tests.certify.drafts import Sheets, draft

TOLERANCE = 1e-9


def trade(**sheets: list[dict[str, Any]]) -> Sheets:
    """The sheets; a keyword replaces a sheet or adds one."""
    basic: Sheets = {
        "Settings": [{"setting": "discount_rate", "value": 0}],
        "Periods": [{"period": "y1"}, {"period": "y2"}],
        "Countries": [{"country": "Home", "bloc": "ally"}, {"country": "Far", "bloc": "concern"}],
        "Commodities": [{"commodity": "metal", "unit": "t", "stage": "metal", "price": 10}],
        "Plants": [works(), mine()],
        "Demand": [{"country": "Home", "commodity": "metal", "shortage_cost": 100, "per_year": 12}],
        "Lanes": [lane()],
        "Scenarios": [{"scenario": "stop", "probability": 0.25, "onset": "y2", "step_months": 6}],
        "Events": [event()],
    }
    return basic | sheets


def works(**cells: Any) -> dict[str, Any]:
    """The plant at Home."""
    return {"plant": "works", "country": "Home", "commodity": "metal", "capacity": 5, "unit_cost": 3} | cells


def mine(**cells: Any) -> dict[str, Any]:
    """The plant in Far."""
    return {"plant": "mine", "country": "Far", "commodity": "metal", "capacity": 20, "unit_cost": 2} | cells


def lane(**cells: Any) -> dict[str, Any]:
    """The lane from Far to Home; a capacity is that of each good unless the cells say otherwise."""
    shared = {"shared": "no"} if cells.get("capacity") else {}
    return {"from": "Far", "to": "Home", "cost": 1, "tariff": 0.1, "loss": 0.2} | shared | cells


def event(**cells: Any) -> dict[str, Any]:
    """The stop of exports."""
    return {"scenario": "stop", "kind": "export", "country": "Far", "years": 0.5, "remaining": 0} | cells


def at(node: str, bought: float, made: float, short: float = 0.0) -> dict[str, list[tuple[Any, ...]]]:
    """What happens at one node: ``bought`` leaves Far, ``made`` is made and used at Home."""
    return {
        "sourcing": [(node, "Far", "Home", "metal", bought), (node, "Home", "Home", "metal", made)],
        "production": [(node, "mine", bought), (node, "works", made)],
        "shortages": [(node, 0, short)],
    }


def together(*parts: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of several nodes, table by table."""
    tables: dict[str, list[tuple[Any, ...]]] = {}
    for part in parts:
        for name, rows in part.items():
            tables[name] = tables.get(name, []) + rows
    return tables


BASE = together(at("base/y1/1", 8.75, 5), at("base/y2/1", 8.75, 5))
STOP = together(at("stop/y2/1", 0, 2.5, 3.5), at("stop/y2/2", 4.375, 2.5))
RIGHT = together(BASE, STOP)


def right(sheets: Sheets | None = None, **more: list[tuple[Any, ...]]) -> Plan:
    """The plan known by hand, on these sheets, with more rows."""
    return draft(sheets or trade(), **together(RIGHT, more))


def on_base(sheets: Sheets, **more: list[tuple[Any, ...]]) -> Plan:
    """The plan of the base path alone, on the sheets without scenario."""
    calm = {name: rows for name, rows in sheets.items() if name not in ("Scenarios", "Events")}
    return draft(calm, **together(BASE, more))


def holds(plan: Plan) -> Certificate:
    """Assert that a plan passes."""
    certificate = certify(plan)
    assert certificate.max_violation <= TOLERANCE and certificate.objective_difference <= TOLERANCE, certificate
    assert certificate.constraints > 0
    return certificate


def fails(plan: Plan, *words: str) -> Certificate:
    """Assert that a plan does not pass, and that the worst constraint is named by these words."""
    certificate = certify(plan)
    assert certificate.max_violation > 1e-3, certificate
    assert all(word in certificate.worst for word in words), certificate.worst
    return certificate
