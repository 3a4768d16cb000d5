"""Writing in place is whole or not at all: one backup, a last look at the file, names and links that stay."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from friendshore.optimizer.in_place import write
from friendshore.optimizer.system.files import FileFault
from tests.in_place.corpus import by_openpyxl
from tests.in_place.joined import copied, in_place, small_plan
from tests.workbook.books import book


def test_one_backup_is_kept_that_of_the_last_run(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx")
    first = path.read_bytes()
    in_place(path)
    assert (tmp_path / "book.xlsx.bak").read_bytes() == first
    second = path.read_bytes()
    in_place(path, small_plan(Costs=[[1]]))
    assert (tmp_path / "book.xlsx.bak").read_bytes() == second
    assert sorted(each.name for each in tmp_path.iterdir()) == ["book.xlsx", "book.xlsx.bak"]


def test_saved_by_somebody_while_the_sheets_are_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash is looked at once more just before the rename: the other program's save stays."""
    path = book(tmp_path / "book.xlsx")
    check = write._check

    def saved_meanwhile(*arguments: object) -> None:
        check(*arguments)  # type: ignore[arg-type]
        by_openpyxl(path)

    monkeypatch.setattr(write, "_check", saved_meanwhile)
    with pytest.raises(FileFault) as caught:
        in_place(path)
    assert caught.value.code == "FS011"
    saved = path.read_bytes()
    assert saved != book(tmp_path / "other.xlsx").read_bytes()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["book.xlsx", "other.xlsx"]


def test_opened_by_somebody_while_the_sheets_are_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "book.xlsx")
    before = path.read_bytes()
    monkeypatch.setattr(write, "_check", lambda *_: (tmp_path / "~$book.xlsx").write_bytes(b"\x03Eva"))
    with pytest.raises(FileFault, match="Eva"):
        in_place(path)
    assert path.read_bytes() == before


def test_a_file_that_does_not_pass_its_last_check_is_never_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part that did not arrive as it was is found when the draft is read again."""
    path = book(tmp_path / "book.xlsx")
    before = path.read_bytes()
    from friendshore.optimizer.in_place.archive import ArchiveWriter  # noqa: PLC0415

    carry = ArchiveWriter.carry

    def forgets(self: ArchiveWriter, source: object, entry: object) -> None:
        if "theme" not in entry.filename:  # type: ignore[attr-defined]
            carry(self, source, entry)  # type: ignore[arg-type]

    monkeypatch.setattr(ArchiveWriter, "carry", forgets)
    with pytest.raises(RuntimeError, match="not whole"):
        in_place(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="links and rights of POSIX")
def test_a_link_stays_a_link_and_rights_stay(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx")
    path.chmod(0o640)
    (tmp_path / "folder").mkdir()
    link = tmp_path / "folder" / "link.xlsx"
    link.symlink_to(path)
    in_place(link)
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "book.xlsx.bak").exists()


def test_a_copy_is_the_same_whenever_it_is_made(tmp_path: Path) -> None:
    """Nothing of clock or chance: the same workbook and plan make the same bytes."""
    path = book(tmp_path / "book.xlsx")
    one = copied(path, tmp_path / "one.xlsx").read_bytes()
    assert copied(path, tmp_path / "two.xlsx").read_bytes() == one
