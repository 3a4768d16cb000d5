"""A start kept in a file between two solves: arrays in numpy's own format, read without running anything of it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from friendshore.optimizer.search.start import Start
from friendshore.optimizer.solver import Basis
from friendshore.optimizer.system.files import writing


def write_start(start: Start, path: Path) -> None:
    """Keep what a search has learnt.

    Parameters
    ----------
    start
        What it has learnt.
    path
        The file; one that is there is replaced.

    Raises
    ------
    FileFault
        Where it cannot be written.
    """
    points = np.zeros((0, len(start.names))) if start.points is None else start.points
    with writing(path) as temporary, temporary.open("wb") as file:
        np.savez_compressed(
            file,
            whole=np.array(list(start.whole), dtype=str),
            values=np.array(list(start.whole.values()), dtype=float),
            names=np.array(start.names, dtype=str),
            points=points,
            **_packed(start.bases),
        )


def read_start(path: Path) -> Start | None:
    """What was kept; None where there is nothing, or nothing that can be read: a search then begins from nothing."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            whole = dict(zip(kept["whole"].tolist(), kept["values"].tolist(), strict=True))
            names, points = tuple(kept["names"].tolist()), np.asarray(kept["points"], dtype=float)
            bases = _unpacked(kept)
    except (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    fits = points.ndim == 2 and points.shape[1] == len(names) and bool(np.isfinite(points).all())
    return Start(whole, names, points, bases) if fits else None


def _packed(bases: Mapping[str, Basis]) -> dict[str, NDArray[Any]]:
    """Bases end to end, columns and rows apart, and how many of each a branch has."""
    statuses = [basis.statuses() for basis in bases.values()]
    return {
        "branches": np.array(list(bases), dtype=str),
        "counts": np.array([(len(columns), len(rows)) for columns, rows in statuses], dtype=int).reshape(-1, 2),
        "columns": np.concatenate([np.zeros(0, np.int8), *(columns for columns, _ in statuses)]),
        "rows": np.concatenate([np.zeros(0, np.int8), *(rows for _, rows in statuses)]),
    }


def _unpacked(kept: Mapping[str, NDArray[Any]]) -> dict[str, Basis]:
    ends = np.cumsum(kept["counts"], axis=0)[:-1]
    columns = np.split(kept["columns"], ends[:, 0])
    rows = np.split(kept["rows"], ends[:, 1])
    each = zip(kept["branches"].tolist(), columns, rows, strict=True) if len(kept["branches"]) else ()
    return {name: Basis.of_statuses(of_columns, of_rows) for name, of_columns, of_rows in each}
