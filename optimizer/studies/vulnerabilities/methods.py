"""How each measure of the vulnerabilities study is worked out, in plain words, and after whom."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Method:
    """A measure, how it is worked out, and whose it is (blank where it is a choice of this study)."""

    measure: str
    how: str
    source: str = ""


METHODS: tuple[Method, ...] = (
    Method(
        "As things stand",
        "The flows of one year that cost least with existing capacity: nothing built, no stock used, no policy. "
        "Ties go to home, then the coalition, then others, countries of concern last.",
    ),
    Method(
        "Import reliance",
        "1 - home supply ÷ intake. Net: (imports - exports) ÷ (production + imports - exports).",
        "U.S. Geological Survey, Mineral Commodity Summaries",
    ),
    Method(
        "HHI",
        "Sum of squared shares of supplier countries, from 0 (many) to 1 (one); home included, and of imports alone.",
        "Herfindahl 1950; Hirschman 1964",
    ),
    Method(
        "Look-through exposure",
        "Every unit followed back through all tiers with proportional mixing, by value (price of the commodity, else "
        "its unit cost) and by mass; shares sum to 1 over the countries.",
        "Leontief 1936; Miller & Blair 2009; Johnson & Noguera 2012",
    ),
    Method(
        "Not made without it",
        "What stops, as flows stand, when a country makes nothing at any tier: a recipe is held back by its scarcest "
        "input, nobody turns to others, no stock is used.",
    ),
    Method(
        "Time to recover (TTR)",
        "recover_years of Plants, else of Countries; of a route 1 year; or one length for all where asked.",
        "Simchi-Levi, Schmidt & Wei 2014",
    ),
    Method(
        "Time to survive (TTS)",
        "The longest stop during which the coalition is not shorter of a tier, nor of one that hurts more, than as "
        "things stand; other tiers give way; stocks and all other sources are used as well as can be.",
        "Simchi-Levi et al. 2015, Interfaces 45(5)",
    ),
    Method(
        "Risk exposure index",
        "What a stop of TTR costs more, damage from shortage included, ÷ the largest of all sources.",
        "Simchi-Levi, Schmidt & Wei 2014, Harvard Business Review 92; Simchi-Levi et al. 2015",
    ),
)
