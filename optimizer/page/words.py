"""Numbers, names and times as the page speaks of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, isfinite, log10

from friendshore.models.problem import Problem
from friendshore.models.tree.scenario_tree import BASE
from friendshore.optimizer.reporting.frames import counted, percent
from friendshore.optimizer.wording.money import in_words, readable

NOTHING = "–"


def exact(value: float) -> float:
    """A number as the charts get it: twelve digits that matter."""
    return float(f"{value:.12g}")


def number(value: float) -> str:
    """A number in a table: thousands separated, at least three digits that matter."""
    if not isfinite(value):
        return NOTHING
    size = abs(value)
    if size >= 100 or value == round(value):
        return f"{value:,.0f}"
    if size < 1e-4:
        return f"{value:.1e}"
    return f"{value:,.{2 - floor(log10(size))}f}" if size < 10 else f"{value:,.1f}"


def share(value: float) -> str:
    """A share in a table."""
    if not isfinite(value):
        return NOTHING
    return "<0.1%" if 0 < value < 0.0005 else f"{100 * value:.1f}%"


def time(years: float) -> str:
    """A length of time: ``1 year``, ``18 months``, ``2 years``, ``10 days``."""
    months = 12.0 * years
    if abs(months - round(months)) > 0.02:
        return counted(round(365 * years), "day") if years < 0.5 else f"{years:.3g} years"
    whole = round(months)
    return counted(whole // 12, "year") if whole and whole % 12 == 0 else counted(whole, "month")


def label(name: str) -> str:
    """A name as one reads it: underscores are blanks."""
    return " ".join(name.replace("_", " ").split()) or name


def capital(text: str) -> str:
    """Text with its first letter large, as a sentence begins."""
    return text[:1].upper() + text[1:]


def listed(names: list[str], most: int = 4) -> str:
    """``a, b and c``; beyond ``most`` the others are counted."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


@dataclass(frozen=True)
class Names:
    """How things of a problem are called, and when they are."""

    problem: Problem

    @property
    def currency(self) -> str:
        """The currency of Settings."""
        return self.problem.settings.currency

    def money(self, value: float) -> str:
        """An amount in a sentence."""
        return in_words(value, self.currency)

    def country(self, country: str) -> str:
        """A country by its full name where it has one."""
        row = self.problem.countries.get(country)
        return country if row is None else row.name or label(country)

    def scenario(self, scenario: str) -> str:
        """A path: the branch of a stress test that a policy makes is named by both."""
        if scenario == BASE:
            return "base plan"
        policy, bar, member = scenario.partition("/")
        return f"{label(policy)} ({label(member)})" if bar else label(scenario)

    def place(self, place: str) -> str:
        """A place of the scorecard, its parts by name: countries in full."""
        parts = [part.strip() for part in place.split(",")]
        return ", ".join(" + ".join(self._part(word) for word in part.split("+")) for part in parts)

    def _part(self, word: str) -> str:
        return self.country(word) if word in self.problem.countries else label(word)

    @property
    def first_year(self) -> int:
        """The calendar year the plan starts in where the labels of the periods are years, else 0."""
        first = self.problem.periods[0].period
        return int(first) if first.isdigit() and len(first) == 4 else 0

    @property
    def starts(self) -> dict[str, float]:
        """When each period begins: a calendar year, or years from the start."""
        at, begins = float(self.first_year), {}
        for period in self.problem.periods:
            begins[period.period] = at
            at += period.years
        return begins

    @property
    def span(self) -> str:
        """``2026 to 2035``."""
        labels = [period.period for period in self.problem.periods]
        return labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"

    def when(self, value: float) -> str:
        """A time: ``2027``, ``mid-2027``, ``2027.25``; in years from the start ``1.5``."""
        if not isfinite(value):
            return NOTHING
        if self.first_year and value % 1 == 0.5:
            return f"mid-{int(value)}"
        return f"{value:.2f}".rstrip("0").rstrip(".")


__all__ = ["NOTHING", "Names", "capital", "exact", "label", "listed", "number", "percent", "readable", "share", "time"]
