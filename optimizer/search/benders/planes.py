"""The tangent planes of cones on the base path, which are rows of the master."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from friendshore.models.node.link import LinkRow
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.cuts import Cut
from friendshore.optimizer.search.benders.split import Parts
from friendshore.optimizer.search.tangent_planes import cone_clauses, tangent_planes_at


class MasterPlanes:
    """The tangent planes of the cones on the base path, which are rows of the master."""

    def __init__(self, assembled: Assembled, parts: Parts) -> None:
        self.rows: list[LinkRow] = []
        self._assembled = assembled
        self._columns = parts.columns
        base = set(np.flatnonzero(assembled.model_data.tree.is_base).tolist())
        self._cones = tuple(on_base for clause in cone_clauses(assembled) if (on_base := clause.among(base)).nodes)

    def lacking(self, x: FloatArray) -> tuple[Cut, ...]:
        """The planes that cut off a point of the master."""
        if not self._cones:
            return ()
        whole = np.zeros(self._assembled.program.columns)
        whole[self._columns] = x[: len(self._columns)]
        planes = tangent_planes_at(self._assembled, whole, self._cones, known=len(self.rows))
        if not planes:
            return ()
        self.rows.extend(planes)
        link_rows = self._assembled.link_rows(planes)
        matrix = csr_array(link_rows.matrix)
        return tuple(self._cut(matrix[[i]], float(link_rows.upper[i])) for i in range(len(planes)))

    def _cut(self, row: csr_array, upper: float) -> Cut:
        return Cut(np.searchsorted(self._columns, row.indices), row.data, upper, -1, lasting=True)
