"""What a random problem may hold."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Features:
    """Switches of the generator, and choices that are drawn from."""

    chain: bool = True
    lanes: bool = True
    ways: bool = True
    """Several ways between one pair."""
    shared: bool = True
    """Capacities that the lanes of a row share; off, each has its own."""
    contracts: bool = True
    """Least quantities on lanes."""
    surplus: bool = True
    closings: bool = True
    recipes: bool = True
    """Plants that run several recipes, and costs of recipes."""
    profiles: bool = True
    steps: bool = True
    look_ahead: bool = True
    expansions: bool = True
    stockpiles: bool = True
    scenarios: bool = True
    parents: bool = True
    dangers: bool = True
    sequels: bool = True
    events: bool = True
    protections: bool = True
    committed: bool = True
    """Units that stand or are on order, and protections in force, at the start."""
    policies: bool = True
    penalties: bool = True
    """Penalties of policies; off, every policy must hold."""
    places: bool = True
    """Rules where the sheet says, or by default; off, all of them hold on the base path and nowhere else."""
    over: bool = True
    """Shortage over steps, events or paths, steps by default; off, over paths always."""
    onsets: bool = True
    """Survival from every onset of a window; off, from one."""
    settings: bool = True
    branch_investment: tuple[str, ...] = ("plan", "plan", "continuous", "integer")
    policy_kinds: tuple[str, ...] = field(
        default=(
            "max_share",
            "min_share",
            "stock_cover",
            "max_shortage",
            "max_shortage",
            "survive",
            "max_capex",
            "max_emissions",
        )
    )
