"""What a shortage does, by sector: orders of magnitude for the column ``shortage_cost``, each with where it is from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A publication that an order of magnitude rests on."""

    title: str
    publisher: str
    year: int
    url: str = ""


@dataclass(frozen=True)
class Damage:
    """An order of magnitude: of what, for whom, how much (USD of about 2025), how it is come by, and from what."""

    good: str
    use: str
    value: str
    how: str
    source: Source | None = None


_USGS = Source(
    "Quantifying potential effects of China's gallium and germanium export restrictions on the US economy",
    "US Geological Survey",
    2024,
    "https://pubs.usgs.gov/publication/ofr20241057",
)
_IEA_RARE_EARTHS = Source(
    "Rare Earth Elements, executive summary",
    "International Energy Agency",
    2026,
    "https://www.iea.org/reports/rare-earth-elements/executive-summary",
)
_IEA_GRAPHITE = Source(
    "The Role of Critical Minerals in Clean Energy Transitions",
    "International Energy Agency",
    2021,
    "https://www.iea.org/reports/the-role-of-critical-minerals-in-clean-energy-transitions",
)
_MOTORS = Source(
    "Electric motors for electric vehicles",
    "IDTechEx via Mobility Outlook and E-Mobility Engineering",
    2024,
    "https://www.mobilityoutlook.com/analysis/electric-motor-innovation-a-key-to-lowering-ev-costs/",
)

DAMAGES = (
    Damage(
        "gallium",
        "all uses, United States",
        "15,500 to 155,000 USD/kg",
        "a full stop costs 3.1 billion USD of GDP (1.7 to 8.2), over 200 t of use in goods or 20 t of use as metal",
        _USGS,
    ),
    Damage(
        "germanium",
        "all uses, United States",
        "13,300 USD/kg",
        "a full stop costs 0.4 billion USD of GDP (0.01 to 1.1), over 30 t",
        _USGS,
    ),
    Damage(
        "rare earth magnets",
        "traction motors of cars, first months",
        "3,500 USD/kg",
        "about 6,000 USD of value added a car that is not built, over 1.7 kg; 8,000 to 20,000 where 0.3 to 0.7 kg of "
        "small motors stop a car: own arithmetic, low confidence",
    ),
    Damage(
        "rare earth magnets",
        "traction motors of cars, after a redesign of one to three years",
        "120 USD/kg",
        "200 USD a motor without magnets, over 1.7 kg",
        _MOTORS,
    ),
    Damage(
        "rare earth magnets",
        "all goods that hold them: upper bound",
        "93,000 USD/kg",
        "6,500 billion USD a year of exposed goods over about 70,000 t used outside China; gross value, not damage",
        _IEA_RARE_EARTHS,
    ),
    Damage(
        "battery graphite",
        "cars",
        "90 USD/kg",
        "about 6,000 USD of value added a car over 66 kg of graphite for 75 kWh",
        _IEA_GRAPHITE,
    ),
    Damage(
        "legacy chips",
        "cars, industry, medicine",
        "20,000 USD a wafer",
        "about 6,000 USD of value added a car over 0.3 wafers: assumption, 6,000 to 60,000",
    ),
    Damage("legacy chips", "consumer goods", "1,800 to 3,000 USD a wafer", "twice the price of the chips: assumption"),
    Damage(
        "AI accelerators",
        "data centres",
        "15,000 to 35,000 USD a unit",
        "training that comes later, or half a year's rent of about twice the price: assumption",
    ),
    Damage("defence uses", "of any of these", "ten times the above", "weapons that wait for grams: assumption"),
)

RULES = (
    "What stands still? Value added of the good that is not made, over how much of the input it holds: a car that adds "
    "6,000 USD and holds 1.7 kg of magnets loses 3,500 USD for each kg. That is the damage of the first months.",
    "What is done instead? After a year or three a dearer design, a dearer source or recycling: what that costs more "
    "for each unit. That is the damage of a shortage that lasts. Give urgent and patient use tiers of their own.",
    "What has been estimated? Loss of GDP in a full stop, over the quantity used, as for gallium below.",
    "Never below the price: a unit short costs at least what would have been paid for it. What is paid for a unit on "
    "the spot market in a crisis is a lower bound, too.",
    "Then ask whether it matters: solve with a third of the number and with three times of it. Where the plan stays "
    "as it is, the number is good enough.",
)
