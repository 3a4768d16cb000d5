"""Terms and constants that tie the ports of nodes to decisions made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from friendshore.models.node.families import Column, PortKey
from friendshore.models.node.link import LinkKey
from friendshore.models.node.parameters import Array

Nodes = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class LinkTerm:
    """coefficients[i] · the linking column ``column`` enters the port at nodes[i]."""

    port: PortKey
    nodes: Nodes
    coefficients: Array
    column: LinkKey


@dataclass(frozen=True, eq=False)
class NodeTerm:
    """coefficients[i] · the variable ``column`` of node sources[i] enters the port at nodes[i]."""

    port: PortKey
    nodes: Nodes
    coefficients: Array
    column: Column
    sources: Nodes


@dataclass(frozen=True, eq=False)
class PortConstant:
    """A constant that enters the port at the nodes."""

    port: PortKey
    nodes: Nodes
    value: float


@dataclass(frozen=True, eq=False)
class Ports:
    """All terms and constants of all ports."""

    terms: tuple[LinkTerm | NodeTerm, ...]
    constants: tuple[PortConstant, ...]
