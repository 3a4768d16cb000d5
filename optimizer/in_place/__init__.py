"""Plan sheets joined into a workbook that keeps everything else: parts, styles, relations, names, refusals."""

from friendshore.optimizer.in_place.write import join_copy, join_in_place, join_new, refuse_in_place

__all__ = ["join_copy", "join_in_place", "join_new", "refuse_in_place"]
