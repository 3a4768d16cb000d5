"""The parameters that differ from node to node, as one array a name: rows are nodes, columns keys of an index set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Key = Any  # whatever is hashable: a name, or a tuple of names


@dataclass
class Parameters:
    """Parameters and masks that the families of decisions enter and the node's mathematics reads.

    ``values[name]`` is an array (nodes × keys) and ``keys[name]`` the keys of its columns; ``masks`` likewise, true
    where a row or a column exists at a node.
    """

    nodes: int
    keys: dict[str, tuple[Key, ...]] = field(default_factory=dict)
    values: dict[str, Array] = field(default_factory=dict)
    masks: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    _places: dict[str, dict[Key, int]] = field(default_factory=dict)

    def add(self, name: str, columns: Mapping[Key, Array | float]) -> None:
        """Enter the values of ``name``: one array over the nodes (or one number for all) a key."""
        self._declare(name, columns)
        table = np.empty((self.nodes, len(columns)))
        for place, values in enumerate(columns.values()):
            table[:, place] = values
        self.values[name] = table

    def add_mask(self, name: str, columns: Mapping[Key, NDArray[np.bool_]]) -> None:
        """Enter where the rows or columns of the family ``name`` exist: one boolean array over the nodes a key."""
        self._declare(name, columns)
        table = np.zeros((self.nodes, len(columns)), dtype=bool)
        for place, values in enumerate(columns.values()):
            table[:, place] = values
        self.masks[name] = table

    def _declare(self, name: str, columns: Iterable[Key]) -> None:
        if name in self.keys:
            raise ValueError(f"the parameter {name!r} is entered twice")
        self.keys[name] = tuple(columns)
        self._places[name] = {key: place for place, key in enumerate(self.keys[name])}

    def entered(self, name: str, key: Key) -> bool:
        """Whether values of ``name`` were entered for a key."""
        return key in self._places[name]

    def at(self, name: str, key: Key, node: int) -> float:
        """The value of ``name`` and ``key`` at a node.

        Parameters
        ----------
        name
            Name of the parameter.
        key
            Its key.
        node
            Position of the node.

        Returns
        -------
        float
            In the unit of the parameter.
        """
        return float(self.values[name][node, self._places[name][key]])

    def column(self, name: str, key: Key) -> Array:
        """The values of ``name`` and ``key`` at every node."""
        return np.asarray(self.values[name][:, self._places[name][key]])

    def exists(self, name: str, key: Key, node: int) -> bool:
        """Whether the row or column ``key`` of the family ``name`` exists at a node.

        Parameters
        ----------
        name
            Name of the family.
        key
            Key of the family.
        node
            Position of the node.

        Returns
        -------
        bool
            False where a mask leaves it out.
        """
        return bool(self.masks[name][node, self._places[name][key]])

    def mask(self, name: str, key: Key) -> NDArray[np.bool_]:
        """Where the row or column ``key`` of the family ``name`` exists."""
        return np.asarray(self.masks[name][:, self._places[name][key]])
