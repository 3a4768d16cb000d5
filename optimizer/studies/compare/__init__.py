"""Plans side by side: what changed in what was asked, in decisions, in cost and in resilience."""

from optimizer.studies.compare.comparison import TABLES, Comparison, Pair, compare
from optimizer.studies.compare.data import as_data
from optimizer.studies.compare.sections import Section

__all__ = ["TABLES", "Comparison", "Pair", "Section", "as_data", "compare"]
