"""Method: how a problem is searched."""

from __future__ import annotations

from enum import StrEnum


class Method(StrEnum):
    """The extensive form at once, Benders decomposition over the branches, or whichever fits the tree."""

    AUTO = "auto"
    EXTENSIVE = "extensive"
    BENDERS = "benders"
