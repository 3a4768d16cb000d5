"""What mathematics is written in: expressions that are linear in the variables of nodes, and relations of them.

Whoever makes the variables decides what these are; here they are Pyomo's.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias


class Relation(Protocol):
    """An expression that is at most, equal to, or at least another."""


class Expression(Protocol):  # noqa: PLW1641 - nobody hashes one by its value
    """A linear expression, or a parameter that stands for a number: what numbers do, it does."""

    def __neg__(self) -> Expression: ...
    def __add__(self, other: Linear, /) -> Expression: ...
    def __radd__(self, other: float, /) -> Expression: ...
    def __sub__(self, other: Linear, /) -> Expression: ...
    def __rsub__(self, other: float, /) -> Expression: ...
    def __mul__(self, other: Linear, /) -> Expression: ...
    def __rmul__(self, other: float, /) -> Expression: ...
    def __le__(self, other: Linear, /) -> Relation: ...
    def __ge__(self, other: Linear, /) -> Relation: ...
    def __eq__(self, other: Linear, /) -> Relation: ...  # type: ignore[override]  # a relation, not a truth


Linear: TypeAlias = Expression | float
"""An expression, or a number where there is no variable in it."""
