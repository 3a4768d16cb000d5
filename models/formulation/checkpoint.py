"""Checkpoint: where long work asks whether it is to go on."""

from __future__ import annotations

from collections.abc import Callable

Checkpoint = Callable[[], None]
"""Called between the parts of a work; what it raises ends it."""


def go_on() -> None:
    """The checkpoint of a work that nothing ends."""
