"""The smallest workbook that has a plan: one good, a seller who may be dear, a seller who may be far, one buyer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SMALLEST: Mapping[str, Sequence[Mapping[str, object]]] = {
    "Periods": [{"period": 2027}, {"period": 2028}],
    "Countries": [
        {"country": "Home", "bloc": "ally", "note": "Those we plan for are allies"},
        {"country": "Abroad", "bloc": "concern"},
    ],
    "Commodities": [{"commodity": "magnets", "unit": "t"}],
    "Plants": [
        {"plant": "Home_works", "country": "Home", "commodity": "magnets", "capacity": 20, "unit_cost": 70},
        {"plant": "Abroad_works", "country": "Abroad", "commodity": "magnets", "capacity": 100, "unit_cost": 50},
    ],
    "Demand": [
        {
            "country": "Home",
            "commodity": "magnets",
            "shortage_cost": 600,
            "per_year": 110,
            "note": "What number to put for shortage_cost: sheet Help on damage",
        }
    ],
    "Lanes": [{"from": "Abroad", "to": "Home", "commodity": "magnets", "cost": 5}],
}
"""By sheet, rows by column: 100 t a year come from abroad at 50 + 5, the other 10 from home at 70. Without discounting
a year costs 100 · 55 + 10 · 70 = 6,200."""
