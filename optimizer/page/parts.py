"""What the page is made of, before any of it is HTML: sections of sentences, charts and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Meter:
    """A bar within a cell: how far ``value`` and ``limit`` reach, from 0 to 1."""

    value: float
    limit: float


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its text, how dark it is shaded (0 to 1), a bar, an address it leads to, small words."""

    text: str
    shade: float = 0.0
    meter: Meter | None = None
    link: str = ""
    small: str = ""


@dataclass(frozen=True)
class Column:
    """One column: its header, and whether it holds numbers."""

    header: str
    numeric: bool = False


@dataclass(frozen=True)
class Grid:
    """A table; the first column names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A picture with the table behind it. ``title`` says what is to be seen, ``alt`` the same to who cannot see it.

    ``kind`` names the function of page.js that draws ``data``; ``rows`` of it decide how high it is; ``controls``
    names the choices (good, period, …) that change it.
    """

    key: str
    title: str
    alt: str
    kind: str
    data: Mapping[str, object]
    grid: Grid | None = None
    rows: int = 0
    half: bool = False
    note: str = ""


@dataclass(frozen=True)
class Choice:
    """A drop-down that changes charts: its key, label, (value, words) of its options and the one chosen at first."""

    key: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class Folded:
    """Tables that are opened when wanted."""

    title: str
    grids: tuple[Grid, ...]


@dataclass(frozen=True)
class Tile:
    """A headline figure: what it is, the figure, and a line beneath it."""

    label: str
    figure: str
    beneath: str


@dataclass(frozen=True)
class Steps:
    """What to do, one line each, under a heading of its own; ``rest`` says what is not told."""

    heading: str
    lines: tuple[str, ...]
    rest: str = ""


@dataclass(frozen=True)
class Section:
    """One section: its anchor, heading, sentences, and what follows them; ``points`` are findings under a word each."""

    key: str
    heading: str
    lead: tuple[str, ...] = ()
    steps: Steps | None = None
    tiles: tuple[Tile, ...] = ()
    points: tuple[tuple[str, str], ...] = ()
    choices: tuple[Choice, ...] = ()
    charts: tuple[Chart, ...] = ()
    grids: tuple[Grid, ...] = ()
    folded: tuple[Folded, ...] = ()
    notes: tuple[str, ...] = ()
    more_charts: tuple[Chart, ...] = field(default=())


def cells(texts: Sequence[str | Cell]) -> tuple[Cell, ...]:
    """A row of a table."""
    return tuple(text if isinstance(text, Cell) else Cell(text) for text in texts)


def columns(*headers: str, text: int = 1) -> tuple[Column, ...]:
    """Columns, of which the first ``text`` hold words and the others numbers."""
    return tuple(Column(header, i >= text) for i, header in enumerate(headers))
