"""A small problem without a single finding, which tests damage in one place at a time."""

from __future__ import annotations

import copy
from typing import Any

from friendshore.models.examine import examine
from friendshore.models.findings import Finding
from friendshore.models.parsing import grids_of

Sheets = dict[str, list[dict[str, Any]]]

_SHEETS: Sheets = {
    "Settings": [
        {"setting": "title", "value": "A test"},
        {"setting": "discount_rate", "value": 0.03},
        {"setting": "coalition", "value": "ally"},
    ],
    "Periods": [{"period": 2026, "years": 1}, {"period": 2027, "years": 1}, {"period": 2028, "years": 1}],
    "Countries": [
        {"country": "Alia", "bloc": "ally"},
        {"country": "Berg", "bloc": "ally"},
        {"country": "Conc", "bloc": "concern"},
    ],
    "Commodities": [
        {"commodity": "ore", "unit": "t", "stage": "ore", "price": 10},
        {"commodity": "metal", "unit": "t", "stage": "metal", "price": 50},
    ],
    "Recipes": [
        {"recipe": "smelt", "commodity": "ore", "role": "input", "amount": 2},
        {"recipe": "smelt", "commodity": "metal", "role": "output", "amount": 1},
    ],
    "Plants": [
        {"plant": "mine", "country": "Conc", "recipe": None, "commodity": "ore", "capacity": 100, "unit_cost": 5},
        {"plant": "smelter", "country": "Berg", "recipe": "smelt", "commodity": None, "capacity": 40, "unit_cost": 9},
    ],
    "Expansions": [{"expansion": "line", "plant": "smelter", "size": 5, "capex": 100, "requires": None}],
    "Demand": [
        {"country": "Alia", "commodity": "metal", "tier": "defence", "shortage_cost": 900, "per_year": 5},
        {"country": "Alia", "commodity": "metal", "tier": "civil", "shortage_cost": 90, "per_year": 20, "2027": 22},
    ],
    "Lanes": [
        {"from": "*", "to": "*", "commodity": "*", "cost": 1, "routes": "strait"},
        {"from": "Conc", "to": "@ally", "commodity": "ore", "cost": 2, "routes": "strait, canal"},
    ],
    "Stockpiles": [
        {"stockpile": "store", "country": "Alia", "commodity": "metal", "initial": 2, "max_level": 10, "final_min": 1}
    ],
    "Scenarios": [{"scenario": "stop", "probability": 0.1, "onset": 2027, "parent": "base", "step_months": 6}],
    "Events": [
        {"scenario": "stop", "kind": "export", "country": "@concern", "to": "@coalition", "years": 1, "remaining": 0},
        {"scenario": "stop", "kind": "capacity", "plant": "smelter", "years": 0.5, "remaining": 0.5, "hazard": "cyber"},
    ],
    "Protections": [{"protection": "guard", "hazard": "cyber", "country": "Berg", "cost": 3}],
    "Policies": [
        {"policy": "cap", "kind": "max_share", "limit": 0.9, "suppliers": "each @concern", "commodity": "ore"},
        {"policy": "floor", "kind": "max_shortage", "limit": 0.5, "tier": "defence", "scenario": "stop"},
    ],
    "Profiles": [{"table": "Plants", "id": "mine", "column": "capacity", "2028": 90}],
    "Sources": [{"source_id": "S1", "title": "A source", "year": 2024}],
}


def valid() -> Sheets:
    """A fresh copy."""
    return copy.deepcopy(_SHEETS)


def findings(sheets: Sheets) -> tuple[Finding, ...]:
    """All findings, with the cells they would have in a workbook."""
    return examine(grids_of(sheets), address=lambda row, index: f"{chr(65 + index)}{row}").findings


def expect(sheets: Sheets, code: str, place: str, *said: str, alone: bool = True) -> Finding:
    """Exactly one finding of this code, at this place, saying all of this; with ``alone`` no other error."""
    told = findings(sheets)
    of_code = [found for found in told if found.code == code]
    assert [found.place for found in of_code] == [place], "\n".join(map(str, told))
    for text in said:
        assert text in of_code[0].message, of_code[0].message
    if alone:
        others = [found for found in told if found.severity == "error" and found.code != code]
        assert not others, "\n".join(map(str, others))
    return of_code[0]


def silent(sheets: Sheets, *codes: str) -> None:
    """No finding of these codes; without codes no finding at all."""
    told = [found for found in findings(sheets) if not codes or found.code in codes]
    assert not told, "\n".join(map(str, told))
