"""What a plan is held against: doing nothing, and the cheapest plan without rules."""

from friendshore.optimizer.studies.baselines.baselines import with_baselines

__all__ = ["with_baselines"]
