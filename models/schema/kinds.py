"""What a cell may hold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import inf


@dataclass(frozen=True)
class Text:
    """Any text."""


@dataclass(frozen=True)
class Word:
    """A word that rows share (a bloc, a stage, a tier, a hazard): compared after folding, defined by being used."""


@dataclass(frozen=True)
class Identifier:
    """A new name, unique on its sheet; the reserved names are refused."""


@dataclass(frozen=True)
class Label:
    """A period label: text, or a number read as text (2026 is the label ``2026``)."""


@dataclass(frozen=True)
class Reference:
    """One name that another sheet defines, or one of ``also``; ``prefix`` (``any ``) may stand before a name."""

    sheet: str
    also: tuple[str, ...] = ()
    prefix: str = ""


@dataclass(frozen=True)
class References:
    """One name, a comma-separated list of names that another sheet defines or of ``also``.

    ``*`` stands for all of them where ``every`` is true.
    """

    sheet: str
    also: tuple[str, ...] = ()
    every: bool = True


@dataclass(frozen=True)
class Group:
    """Countries: a name, ``@bloc``, ``@coalition``, ``*`` or a comma-separated list of these.

    ``each`` may stand before it where ``each`` is true (Policies); ``also`` names words that may stand instead
    (``own``); ``prefixes`` such as ``plant:`` open another set of members (survive rules).
    """

    each: bool = False
    also: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CommoditySelection:
    """A commodity, a comma-separated list, ``stage:oxide`` (all of that stage) or ``*``."""


@dataclass(frozen=True)
class Tags:
    """Comma-separated words."""


@dataclass(frozen=True)
class Shares:
    """Numbers from 0 to 1, separated by commas: ``0.3, 0.6``; or one number."""


@dataclass(frozen=True)
class Number:
    """A finite number in [minimum, maximum]; ``below`` and ``above`` exclude the ends."""

    minimum: float = 0.0
    maximum: float = inf
    above: bool = False
    below: bool = False


@dataclass(frozen=True)
class Whole:
    """A whole number in [minimum, maximum]."""

    minimum: int = 0
    maximum: float = inf


@dataclass(frozen=True)
class Flag:
    """``yes`` or ``no``."""


@dataclass(frozen=True)
class Choice:
    """One of the words."""

    words: Collection[str]


Kind = (
    Text
    | Word
    | Identifier
    | Label
    | Reference
    | References
    | Group
    | CommoditySelection
    | Tags
    | Shares
    | Number
    | Whole
    | Flag
    | Choice
)
