"""When a file counts as saved: real files, a clock that the tests move."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from friendshore.optimizer.system.saves import PATIENCE, REREAD, Saves
from tests.cli.workbooks import write


class Clock:
    """Seconds that pass only when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write(tmp_path / "magnets.xlsx")


@pytest.fixture
def saves(book: Path, clock: Clock) -> Saves:
    """Watching, the first content seen already."""
    made = Saves(book, every=0.5, clock=clock)
    assert looks(made, clock, 3) == [False, False, True]
    return made


def looks(saves: Saves, clock: Clock, count: int) -> list[bool]:
    answers = []
    for _ in range(count):
        answers.append(saves.look())
        clock.now += 0.5
    return answers


def test_nothing_happens_where_nothing_is_saved(saves: Saves, clock: Clock) -> None:
    assert not any(looks(saves, clock, 100))


def test_saved_by_writing_and_by_renaming(saves: Saves, clock: Clock, book: Path, tmp_path: Path) -> None:
    """Excel and LibreOffice write another file and rename it; for a moment there is none. Each save counts once."""
    book.write_bytes(write(tmp_path / "other.xlsx", Settings=[["setting", "value"]]).read_bytes())
    assert looks(saves, clock, 10).count(True) == 1
    newer = write(tmp_path / "~newer.tmp.xlsx", Settings=[["setting", "value"], ["currency", "USD"]])
    book.rename(tmp_path / "old.xlsx")
    assert looks(saves, clock, 3) == [False, False, False]
    newer.replace(book)
    assert looks(saves, clock, 10).count(True) == 1


def test_many_saves_in_a_row_are_one(saves: Saves, clock: Clock, book: Path, tmp_path: Path) -> None:
    """Not before it has come to rest."""
    seen = []
    for number in range(5):
        book.write_bytes(write(tmp_path / "x.xlsx", Settings=[["setting", "value"], ["title", number]]).read_bytes())
        os.utime(book, ns=(number, number))
        seen += looks(saves, clock, 1)
    assert not any(seen) and looks(saves, clock, 5).count(True) == 1


def test_the_same_content_again_is_no_save(saves: Saves, clock: Clock, book: Path, tmp_path: Path) -> None:
    shutil.copy(book, tmp_path / "copy.xlsx")
    (tmp_path / "copy.xlsx").replace(book)
    book.touch()
    assert not any(looks(saves, clock, 30))


def test_half_a_file_is_waited_for(saves: Saves, clock: Clock, book: Path, tmp_path: Path) -> None:
    """Half a workbook at rest is no save until patience ends; the whole is one at once."""
    whole = write(tmp_path / "new.xlsx", Settings=[["setting", "value"], ["title", "new"]]).read_bytes()
    book.write_bytes(whole[: len(whole) // 2])
    assert not any(looks(saves, clock, int(PATIENCE)))
    book.write_bytes(whole)
    assert looks(saves, clock, 3) == [False, False, True]


def test_a_file_that_stays_broken_is_told_at_last(saves: Saves, clock: Clock, book: Path) -> None:
    """Else its faults would never be."""
    book.write_bytes(b"PK no workbook")
    answers = looks(saves, clock, 40)
    assert answers.count(True) == 1 and answers.index(True) == 2 * PATIENCE


def test_a_save_that_no_stamp_tells_is_found(saves: Saves, clock: Clock, book: Path) -> None:
    """Same size, same time, as a drive with coarse stamps would have it: the content is read now and then."""
    stamp = book.stat()
    content = bytearray(book.read_bytes())
    content[-1] ^= 1  # within the comment length at the end
    with book.open("r+b") as stream:
        stream.write(content)
    os.utime(book, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    answers = looks(saves, clock, int(2 * (REREAD + PATIENCE)) + 5)
    assert answers.count(True) == 1
