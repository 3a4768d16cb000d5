"""Why a workbook has no plan, and what would mend it; why its plan is as it is, and what would change it."""

from friendshore.optimizer.studies.explain.explanation import Asks, Explanation, explain_problem

__all__ = ["Asks", "Explanation", "explain_problem"]
