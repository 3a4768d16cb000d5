"""What the cells of the sheets stand for: groups of countries, selections of commodities, lists of plants."""

from __future__ import annotations

from collections.abc import Mapping

from friendshore.models.tables import Tables


def words(cell: str) -> list[str]:
    """The parts of a comma-separated cell."""
    return [word.strip() for word in cell.split(",") if word.strip()]


def one_by_one(cell: str) -> tuple[bool, str]:
    """Whether ``each`` stands before a group, and the group without it."""
    return (True, cell[len("each ") :].strip()) if cell.startswith("each ") else (False, cell)


class Groups:
    """Groups and selections of one workbook, each resolved once."""

    def __init__(self, tables: Tables) -> None:
        self._bloc = {row.country: row.bloc for row in tables.countries}
        self._stage = {row.commodity: row.stage for row in tables.commodities}
        self._coalition = tables.settings.coalition
        self._country_of = {row.plant: row.country for row in tables.plants}
        self._makes = made_by(tables)
        self._countries: dict[str, frozenset[str]] = {}
        self._commodities: dict[str, frozenset[str]] = {}

    def countries(self, cell: str) -> frozenset[str]:
        """Countries of a group: names, ``@bloc``, ``@coalition``, ``*``, or a list of these."""
        if cell not in self._countries:
            members = [country for word in words(cell) for country in self._bloc if self._stands_for(word, country)]
            self._countries[cell] = frozenset(members)
        return self._countries[cell]

    def _stands_for(self, word: str, country: str) -> bool:
        if word.startswith("@"):
            return self._bloc[country] == (self._coalition if word == "@coalition" else word[1:])
        return word in ("*", country)

    def separate(self, cell: str) -> list[frozenset[str]]:
        """The groups of a policy cell: one for each member after ``each``, else the whole as one."""
        each, group = one_by_one(cell)
        members = self.countries(group)
        return [frozenset({member}) for member in sorted(members)] if each else [members]

    def commodities(self, cell: str) -> frozenset[str]:
        """Commodities of a selection: names, ``stage:…``, ``*``, or a list of these."""
        if cell not in self._commodities:
            members = [name for word in words(cell) for name in self._stage if self._selects(word, name)]
            self._commodities[cell] = frozenset(members)
        return self._commodities[cell]

    def _selects(self, word: str, commodity: str) -> bool:
        if word.startswith("stage:"):
            return self._stage[commodity] == word[len("stage:") :].strip()
        return word in ("*", commodity)

    def plants(self, country: str, commodity: str, plant: str) -> frozenset[str]:
        """Plants of a group of countries that make any of the commodities and are named.

        Parameters
        ----------
        country
            A group of countries, as cells name it.
        commodity
            A selection of commodities, as cells name it.
        plant
            Names of plants, separated by commas; ``*`` is all.

        Returns
        -------
        frozenset[str]
            Names of plants.
        """
        where, what, named = self.countries(country), self.commodities(commodity), words(plant)
        return frozenset(
            name
            for name, home in self._country_of.items()
            if home in where and self._makes[name] & what and ("*" in named or name in named)
        )


def made_by(tables: Tables) -> Mapping[str, frozenset[str]]:
    """What each plant makes: the outputs of any of its recipes, or its one commodity."""
    outputs: dict[str, set[str]] = {}
    for line in tables.recipes:
        if line.role == "output":
            outputs.setdefault(line.recipe, set()).add(line.commodity)
    return {
        row.plant: frozenset({row.commodity} if row.commodity else _of_any(row.recipe, outputs))
        for row in tables.plants
    }


def _of_any(recipes: str, outputs: Mapping[str, set[str]]) -> set[str]:
    return set().union(*(outputs.get(name.strip(), set()) for name in recipes.split(",")))
