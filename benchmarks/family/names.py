"""Names of columns and rows that say what they are, plain enough for any file format.

``shipped[b00003:2030:1|CHN,JPN,ga_4n]`` is what moves from China to Japan at the first step of 2030 on branch b00003,
``Decided[base:2028:1|clarksville]`` are the units of a project decided there. Names hold no blanks.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from friendshore.models.node.link import LinkKey
from friendshore.optimizer.program.assemble import Assembled, Places

LONGEST = 200
"""Most readers of MPS files take names of up to 255 characters."""

OF_DEMAND = ("shortage", "clean_used", "clean_demand")
"""Kinds whose key is the position of a row of Demand."""


@dataclass(frozen=True)
class Meaning:
    """What a column or row is: its kind, the node it stands at (blank where it belongs to none), and of what."""

    kind: str
    scenario: str = ""
    period: str = ""
    step: str = ""
    of: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As a file calls it."""
        node = f"{self.scenario}:{self.period}:{self.step}|" if self.scenario else ""
        of = (part.split(" | ")[0] for part in self.of if part)  # of a split by suppliers, the suppliers
        return _plain(f"{self.kind}[{node}{','.join(of)}]")


def column_meanings(assembled: Assembled) -> list[Meaning]:
    """What each column of a program is, in their order."""
    keys = (column.key for column in assembled.model_data.linking.columns)
    return _meanings(assembled, assembled.node_columns, assembled.node.columns, keys)


def row_meanings(assembled: Assembled) -> list[Meaning]:
    """What each row of a program is, in their order."""
    keys = (row.key for row in assembled.model_data.linking.rows)
    return _meanings(assembled, assembled.node_rows, assembled.node.rows, keys)


def unique(names: Iterable[str]) -> list[str]:
    """The names, with a number at the end of those that an earlier one has too, and of those that are too long."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        short = name[:LONGEST]
        seen[short] += 1
        found.append(name if name == short and seen[short] == 1 else f"{short}~{seen[short]}")
    return found


def _meanings(
    assembled: Assembled, places: Places, own: Iterable[tuple[str, Any]], keys: Iterable[LinkKey]
) -> list[Meaning]:
    """Those at nodes, node by node, then those of keys across nodes."""
    labels = _Labels(assembled)
    kinds = [(family, tuple(labels.parts(family, key))) for family, key in own]
    found = []
    for node, row in enumerate(places.tolist()):
        where = labels.node(node)
        found += [Meaning(kind, *where, of) for place, (kind, of) in zip(row, kinds, strict=True) if place >= 0]
    return found + [labels.linked(key) for key in keys]


class _Labels:
    """Labels of the nodes, rows of demand and keys of a problem."""

    def __init__(self, assembled: Assembled) -> None:
        self._tree = assembled.model_data.tree
        self._problem = assembled.model_data.problem

    def node(self, place: int) -> tuple[str, str, str]:
        """Scenario, period and step of a node."""
        node = self._tree.nodes[place]
        return node.scenario, self._problem.periods[node.period].period, str(node.step)

    def parts(self, family: str, key: Any) -> Iterator[str]:
        """The parts of a key; a row of Demand is told by country, commodity and tier as well."""
        if isinstance(key, tuple):
            for each in key:
                yield from self.parts(family, each)
        elif isinstance(key, int):
            row = self._problem.demand[key] if family in OF_DEMAND else None
            yield from (f"#{key}",) if row is None else (f"#{key}", row.country, row.commodity, row.tier)
        else:
            yield str(key)

    def linked(self, key: LinkKey) -> Meaning:
        """What a decision, cost or policy across nodes is, by the fields of its key."""
        if not dataclasses.is_dataclass(key):
            return Meaning(type(key).__name__)
        fields = dataclasses.asdict(key)
        node = fields.pop("node", None)
        if "period" in fields:
            fields["period"] = self._problem.periods[fields["period"]].period
        of = tuple(str(value) for value in fields.values() if value != "")
        return Meaning(type(key).__name__, *(("", "", "") if node is None else self.node(node)), of)


def _plain(name: str) -> str:
    return re.sub(r"[^\w\[\]|:,.~#@/+-]", "_", name)
