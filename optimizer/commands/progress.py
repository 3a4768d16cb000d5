"""Live progress on stderr: one line that moves in a terminal, a plain line now and then elsewhere."""
# ruff: noqa: PLC0415 - rich is loaded when there is something to show

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

import typer

from friendshore.optimizer.system.progress import Progress
from friendshore.optimizer.wording.money import readable
from friendshore.optimizer.wording.shares import gap_words

if TYPE_CHECKING:
    from rich.live import Live
    from rich.text import Text

BETWEEN_LINES = 10.0
SEARCHES = ("solve", "search")
LEAST = "cannot be below"
NOTHING_YET = "no plan and no bound yet"


class ShowProgress:
    """Called with each ``Progress``; shows the last one while its block lasts."""

    def __init__(self, *, quiet: bool, between_lines: float = BETWEEN_LINES) -> None:
        self.quiet = quiet
        self.between_lines = between_lines
        self.phase = ""
        self.asked: tuple[str, float | None] = ("", None)
        self._figures = ""
        self._started = time.monotonic()
        self._written = -between_lines
        self._live: Live | None = None

    def __enter__(self) -> ShowProgress:
        if not self.quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.live import Live

            self._live = Live(
                get_renderable=self._moving, console=Console(stderr=True), refresh_per_second=5, transient=True
            )
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def __call__(self, progress: Progress) -> None:
        """Take in how far it has come."""
        fresh = progress.phase != self.phase
        if fresh or progress.objective is not None or progress.bound is not None:
            self._figures = figures(progress, *self.asked)
        self.phase = progress.phase
        if self.quiet or self._live is not None:
            return
        now = time.monotonic()
        if fresh or now - self._written >= self.between_lines:
            self._written = now
            typer.echo(self._line(), err=True)

    def _line(self) -> str:
        words = self._figures or (NOTHING_YET if self.phase in SEARCHES else "")
        return f"{self.phase:<13} {time.monotonic() - self._started:8.1f} s  {words}".rstrip()

    def _moving(self) -> Text:
        from rich.text import Text

        return Text(self._line())  # over two lines of a narrow terminal: the end of it, the gap, is what is looked for


def figures(progress: Progress, currency: str = "", asked: float | None = None) -> str:
    """``best 31.49, cannot be below 31.37 billion USD: 0.4%, you asked 0.5%``, as far as known.

    Parameters
    ----------
    progress
        How far the search has come.
    currency
        As in Settings.
    asked
        The relative gap asked for; None where it is not known yet.

    Returns
    -------
    str
        A few words; blank where nothing is known.
    """
    best, bound = progress.objective, progress.bound
    known = [value for value in (best, bound) if value is not None]
    if not known:
        return ""
    divisor, unit = readable(max(map(abs, known)), currency)
    told = [f"{words} {value / divisor:.4g}" for words, value in (("best", best), (LEAST, bound)) if value is not None]
    said = f"{', '.join(told)} {unit}".rstrip()
    if progress.gap is None:
        return said
    return f"{said}: {gap_words(progress.gap)}" + ("" if asked is None else f", you asked {gap_words(asked)}")
