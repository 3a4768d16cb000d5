"""What a column takes, in words: for messages, help, the blank workbook and the data dictionary alike."""

from __future__ import annotations

from collections.abc import Callable
from math import isinf
from typing import Any

from friendshore.models.schema import (
    Choice,
    CommoditySelection,
    Flag,
    Group,
    Identifier,
    Kind,
    Label,
    Number,
    Reference,
    References,
    Shares,
    Tags,
    Text,
    Whole,
    Word,
)


def wanted(kind: Kind) -> str:
    """What a cell of this kind may hold.

    >>> wanted(Number(maximum=1, below=True))
    'a number from 0 to below 1'
    """
    return _WORDING[type(kind)](kind)


def _number(kind: Number) -> str:
    if isinf(kind.minimum) and isinf(kind.maximum):
        return "a number, which may be below 0"
    if isinf(kind.maximum):
        return f"a number above {kind.minimum:g}" if kind.above else f"a number of at least {kind.minimum:g}"
    low = f"above {kind.minimum:g}" if kind.above else f"from {kind.minimum:g}"
    return f"a number {low} to {'below ' if kind.below else ''}{kind.maximum:g}"


def _whole(kind: Whole) -> str:
    if isinf(kind.maximum):
        return f"a whole number of at least {kind.minimum}"
    return f"a whole number from {kind.minimum} to {kind.maximum:g}"


def _reference(kind: Reference) -> str:
    prefixed = [f"{kind.prefix}NAME"] if kind.prefix else []
    return "; or ".join([f"a name from {kind.sheet}", *prefixed, *([_words(kind.also)] if kind.also else [])])


def _references(kind: References) -> str:
    names = f"a name from {kind.sheet}, a list of names" + (" or *" if kind.every else "")
    return "; or ".join([names, *([_words(kind.also)] if kind.also else [])])


def _group(kind: Group) -> str:
    parts = ["a country, @bloc, @coalition, * or a list of these"]
    if kind.each:
        parts.append("'each' before it makes one for each member")
    if kind.prefixes:
        parts.append("for survive also " + ", ".join(f"{prefix}NAME, {prefix}*" for prefix in kind.prefixes))
    if kind.also:
        parts.append("or " + _words(kind.also))
    return "; ".join(parts)


def _words(words: tuple[str, ...]) -> str:
    shown = [word for word in words if word]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " or " + shown[-1]


_WORDING: dict[type[Kind], Callable[[Any], str]] = {
    Text: lambda kind: "text",
    Word: lambda kind: "a word",
    Identifier: lambda kind: "a name",
    Label: lambda kind: "a label (text or a number)",
    Reference: _reference,
    References: _references,
    Group: _group,
    CommoditySelection: lambda kind: "a commodity, a list, stage:NAME or *",
    Tags: lambda kind: "words, separated by commas",
    Shares: lambda kind: "numbers from 0 to 1, separated by commas",
    Number: _number,
    Whole: _whole,
    Flag: lambda kind: "yes or no",
    Choice: lambda kind: _words(kind.words),
}
