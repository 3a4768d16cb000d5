"""A pool written and read back; files that are none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from friendshore.optimizer.search.benders.pool import BranchPool, Memory, Pool
from friendshore.optimizer.search.benders.pool_file import FORMAT, read_pool, write_pool
from friendshore.optimizer.system.files import FileFault
from tests.search.benders.test_pool import case, further_supplier, solved


@pytest.fixture(scope="module")
def pool() -> Pool:
    memory = Memory()
    solved(case(), memory)
    assert memory.pool is not None
    return memory.pool


def test_what_is_written_is_read(pool: Pool, tmp_path: Path) -> None:
    """Every number of it, the bases, and all that names are made of."""
    path = tmp_path / "a.plan.pool"
    write_pool(pool, path)
    read = read_pool(path)
    assert read.structure == pool.structure and list(read.branches) == list(pool.branches)
    assert np.array_equal(read.relaxed, pool.relaxed)
    for mine, theirs in ((pool.columns, read.columns), (pool.of_node.rows, read.of_node.rows)):
        assert len(mine) and np.array_equal(mine, theirs)
    assert np.array_equal(read.of_node.columns, pool.of_node.columns)
    assert pool.best is not None and read.best is not None and np.array_equal(read.best, pool.best)
    for name, branch in pool.branches.items():
        other = read.branches[name]
        assert np.array_equal(other.prices, branch.prices) and np.array_equal(other.failing, branch.failing)
        assert (other.structure, other.dearer) == (branch.structure, branch.dearer)
        assert branch.called is not None and other.called is not None
        assert np.array_equal(other.called.steps, branch.called.steps)
        for ours, read_side in ((branch.called.columns, other.called.columns), (branch.called.rows, other.called.rows)):
            assert np.array_equal(ours.stands, read_side.stands) and np.array_equal(ours.others, read_side.others)
        assert branch.basis is not None and other.basis is not None
        for mine, theirs in zip(branch.basis.as_numbers(), other.basis.as_numbers(), strict=True):
            assert np.array_equal(mine, theirs)


def test_a_pool_of_nothing(tmp_path: Path) -> None:
    """No branches, no plan, no basis."""
    write_pool(Pool("x", np.zeros(2), None), tmp_path / "a.pool")
    read = read_pool(tmp_path / "a.pool")
    assert read.best is None and not read.branches
    branch = BranchPool("y", np.zeros((0, 3)), np.zeros((0, 3)))
    write_pool(Pool("x", np.zeros(2), None, {"b": branch}), tmp_path / "a.pool")
    assert read_pool(tmp_path / "a.pool").branches["b"].basis is None


def test_a_run_that_begins_from_the_file(pool: Pool, tmp_path: Path) -> None:
    write_pool(pool, tmp_path / "a.pool")
    memory = Memory(read_pool(tmp_path / "a.pool"))
    assert solved(case(), memory).plan is not None and memory.begun


def test_a_run_with_a_row_more_that_begins_from_the_file(pool: Pool, tmp_path: Path) -> None:
    """What names are made of is in the file too."""
    write_pool(pool, tmp_path / "a.pool")
    memory = Memory(read_pool(tmp_path / "a.pool"))
    assert solved(further_supplier(0.5), memory).plan is not None and memory.begun


def test_a_file_with_another_byte_is_read_or_refused(pool: Pool, tmp_path: Path) -> None:
    """Bytes all over it: what is packed, and what says how; those of a lock and of another way of packing too."""
    path = tmp_path / "a.pool"
    write_pool(pool, path)
    whole, refused = path.read_bytes(), 0
    directory = whole.index(b"PK\x01\x02")
    for place in {*range(0, len(whole), 1 + len(whole) // 300), *range(directory, directory + 46)}:
        for other in (0x01, 0xFF):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ other]) + whole[place + 1 :])
            try:
                read_pool(path)
            except FileFault as fault:
                refused += fault.code == "FS004"
    assert refused > 200


def test_files_that_are_none(pool: Pool, tmp_path: Path) -> None:
    """Not there; a text; cut short at every twentieth of it; of another version; with a number that is none."""
    with pytest.raises(FileFault, match="FS001"):
        read_pool(tmp_path / "none.pool")
    path = tmp_path / "a.pool"
    path.write_text("not a pool")
    with pytest.raises(FileFault, match="FS004"):
        read_pool(path)
    write_pool(pool, path)
    whole = path.read_bytes()
    for part in range(20):
        path.write_bytes(whole[: part * len(whole) // 20])
        with pytest.raises(FileFault, match="FS004"):
            read_pool(path)
    np.savez(path.with_suffix(".npz"), format=np.array(FORMAT + 1))
    with pytest.raises(FileFault, match="another version"):
        read_pool(path.with_suffix(".npz"))
    write_pool(Pool("x", np.array([np.nan]), None), path)
    with pytest.raises(FileFault, match="FS004"):
        read_pool(path)
