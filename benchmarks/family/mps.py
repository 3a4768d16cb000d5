"""Programs as MPS files (free format): written by HiGHS with 17 digits, read by HiGHS, from whoever wrote them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import highspy
import numpy as np
from highspy import HighsStatus, HighsVarType, ObjSense
from scipy.sparse import csc_array, csr_array

from benchmarks.family.catalogue import Definition
from benchmarks.family.names import column_meanings, row_meanings, unique
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.solver.engine import SMALLEST, SilentHighs, load


class MpsFault(ValueError):
    """A file that cannot be written or read as a mixed-integer linear program; the message says why."""


@dataclass(frozen=True, eq=False)
class Named:
    """A program with a name for each of its columns and rows.

    ``maximised``: the file wants the largest objective; ``program`` then holds it with the opposite sign.
    """

    name: str
    program: LinearProgram
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    maximised: bool = False

    def objective(self, x: FloatArray) -> float:
        """The objective as the file counts it, at ``x``, shape (columns)."""
        value = self.program.objective(x)
        return -value if self.maximised else value


def named(definition: Definition) -> Named:
    """A problem of the family with names that say what its columns and rows are; MpsFault where it has a cone."""
    if definition.cone:
        raise MpsFault(f"{definition.name} has a second-order cone, which an MPS file cannot hold")
    assembled = definition.assembled
    columns = unique(meaning.name for meaning in column_meanings(assembled))
    rows = unique(meaning.name for meaning in row_meanings(assembled))
    return Named(definition.name, assembled.program, tuple(columns), tuple(rows))


def write_mps(given: Named, path: Path) -> None:
    """Write a program in free format; MpsFault where a name has a blank in it, or HiGHS does not write it."""
    blank = [name for name in (*given.columns, *given.rows) if not name or name.split() != [name]]
    if blank:
        raise MpsFault(f"found the name {blank[0]!r}; wanted names without blanks")
    highs = load(given.program, {}, relaxed=False)
    lp = highs.getLp()
    lp.model_name_, lp.col_names_, lp.row_names_ = given.name, list(given.columns), list(given.rows)
    if given.maximised:
        lp.sense_, lp.offset_ = ObjSense.kMaximize, -lp.offset_
        lp.col_cost_ = -np.asarray(lp.col_cost_)
    if highs.passModel(lp) != HighsStatus.kOk or highs.writeModel(str(path)) == HighsStatus.kError:
        raise MpsFault(f"HiGHS did not write {path}")


def read_mps(path: Path) -> Named:
    """The mixed-integer linear program in a file, whoever wrote it.

    Parameters
    ----------
    path
        An MPS file, free or fixed, or what else HiGHS reads (``.lp``, ``.mps.gz``).

    Returns
    -------
    Named
        Rows without a side are left in; a file that maximises is turned round.

    Raises
    ------
    MpsFault
        Where it cannot be read, is quadratic, or has semi-continuous or semi-integer columns.
    """
    highs = SilentHighs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("small_matrix_value", SMALLEST)
    if not path.is_file() or highs.readModel(str(path)) == HighsStatus.kError:
        raise MpsFault(f"HiGHS cannot read {path} as a model")
    lp = highs.getLp()
    if not lp.num_col_:
        raise MpsFault(f"{path} has no columns")
    kinds = set(lp.integrality_)
    if highs.getModel().hessian_.dim_ or kinds - {HighsVarType.kContinuous, HighsVarType.kInteger}:
        raise MpsFault(f"{path} is quadratic or has semi-continuous columns; wanted a mixed-integer linear program")
    maximised = lp.sense_ == ObjSense.kMaximize
    sign = -1.0 if maximised else 1.0
    integer = np.array([kind == HighsVarType.kInteger for kind in lp.integrality_], dtype=bool)
    program = LinearProgram(
        cost=sign * _floats(lp.col_cost_),
        offset=sign * lp.offset_,
        matrix=_matrix(lp),
        row_lower=_floats(lp.row_lower_),
        row_upper=_floats(lp.row_upper_),
        column_lower=_floats(lp.col_lower_),
        column_upper=_floats(lp.col_upper_),
        integer=integer if integer.size else np.zeros(lp.num_col_, dtype=bool),
    )
    columns = tuple(lp.col_names_) or tuple(f"c{i}" for i in range(lp.num_col_))
    rows = tuple(lp.row_names_) or tuple(f"r{i}" for i in range(lp.num_row_))
    return Named(_own_name(path), program, columns, rows, maximised)


def same_program(one: Named, other: Named) -> bool:
    """Whether two programs have the same names, and the same numbers but for what writing them down costs."""
    first, second = one.program, other.program
    if (one.columns, one.rows, one.maximised) != (other.columns, other.rows, other.maximised):
        return False
    apart = abs(csr_array(first.matrix) - csr_array(second.matrix))
    arrays = ("cost", "row_lower", "row_upper", "column_lower", "column_upper", "integer")
    near = all(np.allclose(vars(first)[key], vars(second)[key], rtol=1e-12, atol=1e-12) for key in arrays)
    return near and (apart.nnz == 0 or float(apart.max()) <= SMALLEST)


def _own_name(path: Path) -> str:
    """What the file says its name is (HiGHS goes by the name of the file); blank where it says none."""
    if path.suffix != ".mps":
        return ""
    with path.open(encoding="utf-8", errors="replace") as stream:
        first = next((text for text in stream if text.strip() and not text.startswith("*")), "")
    words = first.split()
    return words[1] if len(words) > 1 and words[0] == "NAME" else ""


def _matrix(lp: highspy.HighsLp) -> csr_array:
    """HiGHS keeps the entries of a file column by column."""
    entries = lp.a_matrix_
    parts = (_floats(entries.value_), np.asarray(entries.index_), np.asarray(entries.start_))
    shape = (lp.num_row_, lp.num_col_)
    if entries.format_ == highspy.MatrixFormat.kColwise:
        return csr_array(csc_array(parts, shape=shape))
    return csr_array(parts, shape=shape)


def _floats(values: object) -> FloatArray:
    return np.array(values, dtype=np.float64)
