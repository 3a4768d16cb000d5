"""Plans made again as they were made."""
# ruff: noqa: PLC0415 - importing friendshore loads no library

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from friendshore.optimizer.saved.saved_plan import SavedPlan
    from friendshore.optimizer.studies.replay import Replayed
    from friendshore.optimizer.system.progress import OnProgress


def replay(plan: SavedPlan, *, on_progress: OnProgress | None = None) -> Replayed:
    """Make a plan again from the rows that it carries, as it was made, and say whether it is the same plan.

    Parameters
    ----------
    plan
        What ``read_plan`` gives.
    on_progress
        Called with a ``Progress`` when a phase begins, and a few times a second during a search.

    Returns
    -------
    Replayed
        ``same``: whether every cell of every table is the same, bit by bit; ``differences``: the first that are not;
        ``other_versions``: what is of another version than the one that made the plan; ``outcome`` as of ``solve``.

    Raises
    ------
    ValueError
        Where the plan does not say how it was asked for, as those of earlier versions.

    Examples
    --------
    >>> import friendshore as fs
    >>> fs.replay(fs.read_plan("reports/tutorial.plan.xlsx")).same
    True
    """
    from friendshore.optimizer.studies.replay import replay as replay_saved

    return replay_saved(plan, on_progress)
