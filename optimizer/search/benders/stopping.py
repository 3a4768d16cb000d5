"""Why a search by decomposition does not go on."""

from __future__ import annotations


class SearchStopped(Exception):
    """The time is up or someone asked to stop."""


class MasterInfeasible(Exception):
    """No plan satisfies the master as it stands."""
