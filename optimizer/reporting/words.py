"""How the scorecard speaks of the kinds of policies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PolicyWords:
    """How the scorecard speaks of a kind of policy: what must hold, its unit, and whether the limit is a floor.

    ``step`` is one unit of tightening in the unit of the limit: for a share one percentage point.
    """

    rule: str
    unit: str
    floor: bool = False
    share: bool = False

    @property
    def step(self) -> float:
        """One unit of tightening, in the unit of the limit."""
        return 0.01 if self.share else 1.0


_UNKNOWN = PolicyWords("as the policy says", "unit of the limit")

POLICY_WORDS: Mapping[str, PolicyWords] = {
    "max_share": PolicyWords("Share of deliveries from these suppliers, at most", "percentage point", share=True),
    "min_share": PolicyWords(
        "Share of supply from these suppliers, at least", "percentage point", floor=True, share=True
    ),
    "max_hhi": PolicyWords(
        "Concentration of suppliers (0 many, 1 a single one), at most", "0.01 of the index", share=True
    ),
    "stock_cover": PolicyWords("Stock in days of use, at least", "day", floor=True),
    "max_shortage": PolicyWords("Share of demand not met, at most", "percentage point", share=True),
    "survive": PolicyWords("Share of demand not met if a supplier stops, at most", "percentage point", share=True),
    "survive_any": PolicyWords(
        "Share of demand not met if several suppliers stop, at most", "percentage point", share=True
    ),
    "max_capex": PolicyWords("Spending on new capacity, at most", "{currency}"),
    "max_emissions": PolicyWords("Emissions a year, at most", "t CO2e a year"),
    "clean_origin": PolicyWords(
        "Share of use free of these suppliers, at least", "percentage point", floor=True, share=True
    ),
}


def policy_words(kind: str) -> PolicyWords:
    """How the scorecard speaks of a kind of policy."""
    return POLICY_WORDS.get(kind, _UNKNOWN)
