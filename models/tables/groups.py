"""Cells that name several: groups of countries and selections of commodities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from friendshore.models.tables.commodities import Commodity
from friendshore.models.tables.countries import Country


@dataclass(frozen=True, eq=False)
class Groups:
    """Whom and what cells stand for, each text worked out once; ``coalition`` is the bloc named in Settings."""

    countries: Mapping[str, Country]
    commodities: Mapping[str, Commodity]
    coalition: str
    _countries: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _commodities: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def group(self, text: str) -> tuple[str, ...]:
        """Countries that a group cell stands for, ``each`` before it ignored, in order of name."""
        if text not in self._countries:
            words = [word.strip() for word in text.removeprefix("each ").split(",")]
            self._countries[text] = tuple(sorted({country for word in words for country in self._members(word)}))
        return self._countries[text]

    def _members(self, word: str) -> Iterable[str]:
        if word == "*":
            return self.countries
        if word.startswith("@"):
            bloc = self.coalition if word == "@coalition" else word[1:]
            return [name for name, country in self.countries.items() if country.bloc == bloc]
        return [word] if word in self.countries else []

    def selection(self, text: str) -> tuple[str, ...]:
        """Commodities that a commodity cell stands for, in order of name."""
        if text not in self._commodities:
            words = [word.strip() for word in text.split(",")]
            self._commodities[text] = tuple(sorted({name for word in words for name in self._chosen(word)}))
        return self._commodities[text]

    def _chosen(self, word: str) -> Iterable[str]:
        if word == "*":
            return self.commodities
        if word.startswith("stage:"):
            stage = word.removeprefix("stage:").strip()
            return [name for name, row in self.commodities.items() if row.stage == stage]
        return [word] if word in self.commodities else []


K = TypeVar("K")
V = TypeVar("V")


def gather(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """Values by key, in the order in which they come."""
    gathered: dict[K, list[V]] = {}
    for key, value in pairs:
        gathered.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in gathered.items()}
