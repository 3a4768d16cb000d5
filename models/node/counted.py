"""A node whose mathematics is counted instead of written: how many columns and rows, and how many entries they have.

The families of decisions and the rules declare themselves on it as on any other node, so that what is counted is what
will be there; nothing is built.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from friendshore.models.node.block import NodeBlock
from friendshore.models.node.costs import cost_kinds
from friendshore.models.node.expression import Expression, Linear, Relation
from friendshore.models.node.link import ExpressionKey
from friendshore.models.node.parameters import Key
from friendshore.models.node.sets import Sets


@dataclass(frozen=True, eq=False)
class Terms:
    """An expression of which only the number of its terms is known; sums of expressions add up theirs."""

    count: float

    def __neg__(self) -> Terms:
        return self

    def __add__(self, other: Linear) -> Terms:
        return Terms(self.count + terms_of(other))

    __radd__ = __sub__ = __rsub__ = __le__ = __ge__ = __add__

    def __eq__(self, other: Linear) -> Terms:  # type: ignore[override]  # a relation, not a truth
        return self + other

    def __mul__(self, other: Linear) -> Terms:
        return Terms(self.count * max(1.0, terms_of(other)))

    __rmul__ = __mul__
    __hash__ = None  # type: ignore[assignment]


def terms_of(expression: Linear | Relation | bool) -> float:
    """The number of terms of an expression; a number has none."""
    return expression.count if isinstance(expression, Terms) else 0.0


@dataclass
class Counts:
    """Columns, rows and entries of one node by the mask under which they stand, blank for those of every node.

    ``columns[mask]`` and ``rows[mask]`` are keys of families; ``entries[mask]`` are those of the rows, key by key.
    """

    columns: dict[str, list[Key]] = field(default_factory=dict)
    rows: dict[str, list[Key]] = field(default_factory=dict)
    entries: dict[str, list[float]] = field(default_factory=dict)
    families: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class CountedSurroundings:
    """Surroundings of a counted node: ``ports`` is the number of terms of each port by its name and key."""

    ports: Mapping[tuple[str, Key], float]
    entered: Mapping[str, tuple[Any, ...]]
    symbolic: bool = True

    def parameter(self, name: str, key: Key) -> Linear:
        """A number."""
        del name, key
        return 1.0

    def port(self, name: str, key: Key) -> Linear:
        """As many terms as the port has on average; one where that is not told."""
        return Terms(self.ports.get((name, key), 1.0))

    def exists(self, name: str, key: Key) -> bool:
        """Everything that may exist is counted, under its mask."""
        del name, key
        return True

    def keys(self, name: str) -> tuple[Any, ...]:
        """The keys entered under a name."""
        return self.entered.get(name, ())


class CountedNode(NodeBlock):
    """A node that counts."""

    def __init__(self, sets: Sets, around: CountedSurroundings) -> None:
        super().__init__(None, sets, around)
        self.counts = Counts()

    def variable(
        self, name: str, keys: Iterable[Key], *, lower: str = "", upper: str = "", where: str = ""
    ) -> Mapping[Key, Expression]:
        """Count the variables ``name``."""
        made: dict[Key, Expression] = {key: Terms(1.0) for key in keys}
        self.variables[name] = made
        self.counts.columns.setdefault(where, []).extend(made)
        self.counts.families[name] = len(made)
        return made

    def constrain(
        self, name: str, keys: Iterable[Key], rule: Callable[[Key], Relation | bool], *, where: str = ""
    ) -> None:
        """Count a family of rows; one that has no terms does not stand."""
        for key in keys:
            count = terms_of(rule(key))
            if count:
                self.counts.rows.setdefault(where, []).append(key)
                self.counts.entries.setdefault(where, []).append(count)

    def terms(self, key: ExpressionKey) -> float:
        """The number of terms of a named expression; 0 where there is none."""
        return terms_of(self.expressions.get(key, 0.0))

    @property
    def cost_terms(self) -> float:
        """The number of terms of the cost of the node, each decision counted once."""
        kinds = cost_kinds(self.sets)
        every = sum(terms_of(part) for kind in kinds for part in self.costs[kind])
        twice = sum(terms_of(part) for part in self.costs["tariff"]) if "tariff" in kinds else 0.0
        return every - twice
