"""Families: what a node has many of, each by a handle that says its name and what its keys are.

A handle is declared once, beside the mathematics that it belongs to, and everyone who speaks of the family imports it:
``node[SHIPPED][way]``, ``node.parameter(DEMAND, i)``, ``node.port(STOCK_BEFORE, h)``.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
K_co = TypeVar("K_co", bound=Hashable, covariant=True)


@dataclass(frozen=True, slots=True)
class Column:
    """A variable of a node: its family and its key."""

    family: str
    key: Hashable


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a node: its family and its key."""

    family: str
    key: Hashable


@dataclass(frozen=True, slots=True)
class PortKey:
    """A port of a node: its family and its key."""

    family: str
    key: Hashable


@dataclass(frozen=True)
class Variable(Generic[K_co]):
    """Variables of a node, one for each key."""

    name: str

    def at(self, key: Hashable) -> Column:
        """The variable of a key."""
        return Column(self.name, key)


@dataclass(frozen=True)
class Parameter(Generic[K]):
    """Data of a node, a number for each key; those without keys have the only key ``()``."""

    name: str


@dataclass(frozen=True)
class Mask(Generic[K]):
    """Where rows or variables of a node stand: yes or no for each key."""

    name: str


@dataclass(frozen=True)
class Port(Generic[K]):
    """What a node takes from decisions made elsewhere: a linear expression in them for each key."""

    name: str

    def at(self, key: K) -> PortKey:
        """The port of a key."""
        return PortKey(self.name, key)
