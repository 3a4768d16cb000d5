"""Plans side by side: what changed in what was asked, in decisions, in cost and in resilience."""

from friendshore.optimizer.studies.compare.comparison import TABLES, Comparison, Pair, compare
from friendshore.optimizer.studies.compare.sections import Section

__all__ = ["TABLES", "Comparison", "Pair", "Section", "compare"]
