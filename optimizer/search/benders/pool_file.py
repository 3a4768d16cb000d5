"""A pool as a file beside the plan that it comes from: arrays in one package, nothing in it that could be run."""

from __future__ import annotations

import zipfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.benders.evaluate import DEAREST
from friendshore.optimizer.search.benders.names import Called, OfNode, Side
from friendshore.optimizer.search.benders.pool import BranchPool, Pool
from friendshore.optimizer.solver import Basis
from friendshore.optimizer.system.files import FileFault, reason, writing

FORMAT = 2
"""Goes up when the file would be read otherwise."""

Arrays = Mapping[str, NDArray[np.generic]]

CALLED: dict[str, type[np.generic]] = {
    "steps": np.uint64,
    "stand as columns": np.uint8,
    "further columns": np.uint64,
    "stand as rows": np.uint8,
    "further rows": np.uint64,
}
"""What the names of a branch are made of: its parts by their kind."""

UNREADABLE = (
    *(ValueError, LookupError, TypeError, ArithmeticError, EOFError, MemoryError),
    *(zipfile.BadZipFile, zlib.error, RuntimeError),  # the last: it says that it is locked, or of a new kind
)
"""What a file is met with that is damaged, or is something else."""


def write_pool(pool: Pool, path: Path) -> None:
    """Write a pool, whole or not at all.

    Parameters
    ----------
    pool
        What a run has left.
    path
        Where it goes; what is there is replaced.

    Raises
    ------
    FileFault
        FS007 where it cannot be written.
    """
    with writing(path) as temporary, temporary.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **_arrays(pool))


def pool_as_text(pool: Pool) -> str:
    """A pool as text, for an answer of a task to carry."""
    package = BytesIO()
    np.savez_compressed(package, allow_pickle=False, **_arrays(pool))
    return b64encode(package.getvalue()).decode("ascii")


def pool_of_text(text: str) -> Pool:
    """The pool that ``pool_as_text`` has made a text of."""
    with np.load(BytesIO(b64decode(text)), allow_pickle=False) as arrays:
        return _pool({name: arrays[name] for name in arrays.files})


def _arrays(pool: Pool) -> dict[str, NDArray[np.generic]]:
    branches = pool.branches.values()
    bases = [None if branch.basis is None else branch.basis.as_numbers() for branch in branches]
    none = np.zeros(0, dtype=np.int8), np.zeros(0, dtype=np.int8)
    return {
        "format": np.array(FORMAT),
        "structure": np.array(pool.structure),
        "relaxed": pool.relaxed,
        "best": np.zeros(0) if pool.best is None else pool.best,
        "master": pool.columns,
        "node columns": pool.of_node.columns,
        "node rows": pool.of_node.rows,
        "names": np.array(list(pool.branches), dtype=str),
        "structures": np.array([branch.structure for branch in branches], dtype=str),
        "shapes": np.array(
            [[*branch.prices.shape, branch.failing.shape[0]] for branch in branches], dtype=np.int64
        ).reshape(-1, 3),
        "dearer": np.array([branch.dearer for branch in branches], dtype=np.float64),
        "prices": _joined([branch.prices for branch in branches], np.float64),
        "failing": _joined([branch.failing for branch in branches], np.float64),
        "bases": np.array(
            [(-1, -1) if basis is None else (len(basis[0]), len(basis[1])) for basis in bases], dtype=np.int64
        ).reshape(-1, 2),
        "rows": _joined([(basis or none)[0] for basis in bases], np.int8),
        "columns": _joined([(basis or none)[1] for basis in bases], np.int8),
        **_of_calls([branch.called for branch in branches]),
    }


def read_pool(path: Path) -> Pool:
    """Read what ``write_pool`` has written.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Pool
        What it holds.

    Raises
    ------
    FileFault
        FS001 where there is none, FS004 where it is none of ours.
    """
    try:
        with np.load(path, allow_pickle=False) as arrays:
            if int(arrays["format"]) != FORMAT:
                raise FileFault("FS004", path, "it is the pool of another version of friendshore")
            return _pool({name: arrays[name] for name in arrays.files})
    except FileNotFoundError as error:
        raise FileFault("FS001", path, "there is no such file") from error
    except OSError as error:
        raise FileFault("FS004", path, f"it cannot be read: {reason(error)}") from error
    except UNREADABLE as error:
        raise FileFault("FS004", path, "it is not the pool of a plan") from error


def _joined(parts: list[NDArray[np.generic]], kind: type[np.generic]) -> NDArray[np.generic]:
    return np.concatenate([np.zeros(0, dtype=kind), *(part.ravel() for part in parts)]).astype(kind)


def _pool(arrays: Arrays) -> Pool:
    shapes, bases = arrays["shapes"].astype(np.int64), arrays["bases"].astype(np.int64)
    prices = _apart(arrays["prices"], shapes[:, 0] * shapes[:, 1])
    failing = _apart(arrays["failing"], shapes[:, 2] * shapes[:, 1])
    rows, columns = (_apart(arrays[name], np.maximum(bases[:, i], 0)) for i, name in enumerate(("rows", "columns")))
    branches, dearer, calls = {}, _finite(arrays["dearer"]), _calls(arrays)
    for i, (name, structure) in enumerate(zip(arrays["names"], arrays["structures"], strict=True)):
        width = int(shapes[i, 1])
        basis = Basis.of_numbers(rows[i].astype(np.int8), columns[i].astype(np.int8)) if bases[i, 0] >= 0 else None
        branches[str(name)] = BranchPool(
            str(structure),
            _finite(prices[i].reshape(-1, width)),
            _finite(failing[i].reshape(-1, width)),
            basis,
            min(DEAREST, max(1.0, float(dearer[i]))),
            calls[i],
        )
    best = _finite(arrays["best"])
    names = [arrays[kind].astype(np.uint64) for kind in ("master", "node columns", "node rows")]
    points = _finite(arrays["relaxed"]), best if best.size else None
    return Pool(str(arrays["structure"]), *points, branches, names[0], OfNode(names[1], names[2]))


def _of_calls(calls: Sequence[Called | None]) -> dict[str, NDArray[np.generic]]:
    """What names are made of, branch after branch; of those that have none nothing."""
    each = [None if one is None else _parts(one) for one in calls]
    sizes = [[-1] * len(CALLED) if one is None else [len(part) for part in one] for one in each]
    joined = {
        name: _joined([one[k] for one in each if one is not None], kind)
        for k, (name, kind) in enumerate(CALLED.items())
    }
    return {"called": np.array(sizes, dtype=np.int64).reshape(-1, len(CALLED)), **joined}


def _parts(one: Called) -> tuple[NDArray[np.generic], ...]:
    """In the order of ``CALLED``."""
    return one.steps, one.columns.stands, one.columns.others, one.rows.stands, one.rows.others


def _calls(arrays: Arrays) -> list[Called | None]:
    sizes = arrays["called"].astype(np.int64).reshape(-1, len(CALLED))
    steps, columns, other_columns, rows, other_rows = (
        _apart(arrays[name], np.maximum(sizes[:, k], 0)) for k, name in enumerate(CALLED)
    )
    calls: list[Called | None] = []
    for i, size in enumerate(sizes[:, 0]):
        of_columns = Side(columns[i].astype(np.uint8), other_columns[i].astype(np.uint64))
        of_rows = Side(rows[i].astype(np.uint8), other_rows[i].astype(np.uint64))
        calls.append(None if size < 0 else Called(steps[i].astype(np.uint64), of_columns, of_rows))
    return calls


def _apart(joined: NDArray[np.generic], sizes: NDArray[np.int64]) -> list[NDArray[np.generic]]:
    if (sizes < 0).any() or int(sizes.sum()) != len(joined):
        raise ValueError("the parts do not make the whole")
    return np.split(joined, np.cumsum(sizes)[:-1]) if len(sizes) else []


def _finite(values: NDArray[np.generic]) -> FloatArray:
    numbers = np.asarray(values, dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise ValueError("not a number")
    return numbers
