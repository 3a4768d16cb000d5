"""The parameters that differ from node to node, as one array a name: rows are nodes, columns keys of an index set."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

import numpy as np
from numpy.typing import NDArray

from friendshore.models.node.families import K, Mask, Parameter

Array = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

LENGTH = Parameter[tuple[()]]("length")
"""d[n], years: what every family of decisions knows."""


@dataclass
class Parameters:
    """Parameters and masks that the families of decisions enter and the node's mathematics reads.

    ``nodes`` is the number of nodes. ``values`` has for each parameter, by name and in the order of entry, an array
    (nodes × keys), and ``keys`` the keys of its columns; ``masks`` likewise, true where a row or a variable stands.
    """

    nodes: int
    keys: dict[str, tuple[Hashable, ...]] = field(default_factory=dict)
    values: dict[str, Array] = field(default_factory=dict)
    masks: dict[str, BoolArray] = field(default_factory=dict)
    _places: dict[str, dict[Hashable, int]] = field(default_factory=dict)

    def add(self, parameter: Parameter[K], columns: Mapping[K, Array | float]) -> None:
        """Enter a parameter: one array over the nodes (or one number for all) a key."""
        self._declare(parameter.name, columns)
        table = np.empty((self.nodes, len(columns)))
        for place, values in enumerate(columns.values()):
            table[:, place] = values
        self.values[parameter.name] = table

    def add_mask(self, mask: Mask[K], columns: Mapping[K, BoolArray]) -> None:
        """Enter where rows or variables stand: one boolean array over the nodes a key."""
        self._declare(mask.name, columns)
        table = np.zeros((self.nodes, len(columns)), dtype=bool)
        for place, values in enumerate(columns.values()):
            table[:, place] = values
        self.masks[mask.name] = table

    def _declare(self, name: str, columns: Iterable[Hashable]) -> None:
        if name in self.keys:
            raise ValueError(f"the parameter {name!r} is entered twice")
        self.keys[name] = tuple(columns)
        self._places[name] = {key: place for place, key in enumerate(self.keys[name])}

    def keys_of(self, family: Parameter[K] | Mask[K]) -> tuple[K, ...]:
        """The keys for which a parameter or a mask was entered."""
        return cast("tuple[K, ...]", self.keys[family.name])

    def table(self, parameter: Parameter[K]) -> Array:
        """A parameter at every node (nodes × keys)."""
        return self.values[parameter.name]

    def at(self, parameter: Parameter[K], key: K, node: int) -> float:
        """The value for a key at a node."""
        return float(self.values[parameter.name][node, self._places[parameter.name][key]])

    def column(self, parameter: Parameter[K], key: K) -> Array:
        """The values for a key at every node (nodes)."""
        return np.asarray(self.values[parameter.name][:, self._places[parameter.name][key]])

    def exists(self, mask: Mask[K], key: K, node: int) -> bool:
        """Whether the row or variable of a key stands at a node."""
        return bool(self.masks[mask.name][node, self._places[mask.name][key]])

    def mask(self, mask: Mask[K], key: K) -> BoolArray:
        """Where the row or variable of a key stands (nodes)."""
        return np.asarray(self.masks[mask.name][:, self._places[mask.name][key]])
