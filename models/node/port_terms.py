"""Terms and constants that tie the ports of nodes to decisions made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from friendshore.models.node.parameters import Array, Key

Nodes = NDArray[np.int64]
Port = tuple[str, Key]


@dataclass(frozen=True, eq=False)
class PortTerm:
    """coefficients[i] · column enters the port at nodes[i].

    The column is the linking column ``column``, or, where ``sources`` is given, the variable of the family and key
    ``column`` at node sources[i].
    """

    port: Port
    nodes: Nodes
    coefficients: Array
    column: Key
    sources: Nodes | None = None


@dataclass(frozen=True, eq=False)
class PortConstant:
    """A constant that enters the port at the nodes."""

    port: Port
    nodes: Nodes
    value: float


@dataclass(frozen=True, eq=False)
class Ports:
    """All terms and constants of all ports."""

    terms: tuple[PortTerm, ...]
    constants: tuple[PortConstant, ...]
