"""What the kinds of cost are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

COST_WORDS: Mapping[str, str] = MappingProxyType(
    {
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
        "rejoin": "Stock lacking after a shock",
        "surplus": "Surplus sold or disposed of",
        "keeping": "Keeping plants",
        "closing": "Closing plants",
    }
)


def cost_words(kind: str) -> str:
    """What a kind of cost is called.

    Examples
    --------
    >>> cost_words("transport"), cost_words("carbon_price")
    ('Freight', 'Carbon price')
    """
    return COST_WORDS.get(kind, kind.replace("_", " ").capitalize())
