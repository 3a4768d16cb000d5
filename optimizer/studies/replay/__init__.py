"""A plan made again from what its workbook says of itself, and held against it."""

from friendshore.optimizer.studies.replay.replay import Difference, Replayed, replay

__all__ = ["Difference", "Replayed", "replay"]
