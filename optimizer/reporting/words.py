"""Plain words for what the model calls by short names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from friendshore.models.plan import Run, Status

COST_WORDS: Mapping[str, str] = {
    "production": "Production",
    "transport": "Freight",
    "tariff": "Tariffs",
    "holding": "Holding stock",
    "shortage": "Damage from shortage",
    "fixed": "Running new capacity",
    "protection": "Protections",
    "investment": "Investment",
    "refill": "Refilling stock",
    "salvage": "Worth of stock left at the end",
}


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

STATUS_WORDS: Mapping[Status, str] = {
    Status.OPTIMAL: "Optimal within the gap asked for",
    Status.FEASIBLE: "A valid plan, not proven to be the cheapest",
    Status.INFEASIBLE: "No plan can satisfy the workbook",
    Status.UNBOUNDED: "The cost has no lower end",
    Status.NO_PLAN: "Stopped before a plan was found",
    Status.INVALID: "The workbook has errors",
}


def cost_words(kind: str) -> str:
    """What a kind of cost is called."""
    return COST_WORDS.get(kind, kind.replace("_", " ").capitalize())


def policy_words(kind: str) -> PolicyWords:
    """How the scorecard speaks of a kind of policy."""
    return POLICY_WORDS.get(kind, _UNKNOWN)


def status_words(run: Run) -> str:
    """What is known of the plan, and why the search ended early where it did."""
    return STATUS_WORDS[run.status] + (f"; the search stopped early: {run.stopped}" if run.stopped else "")
