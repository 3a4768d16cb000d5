"""Files are written whole or not at all, and never over one that another program holds."""

import errno
import os
import stat

import pytest

from friendshore.optimizer.system.files import EXIT_CODE, FileFault, holder, writing


def save(path, content=b"new"):
    with writing(path) as temporary:
        temporary.write_bytes(content)


def test_a_new_file_and_one_replaced(tmp_path):
    path = tmp_path / "reports" / "a.xlsx"
    save(path)
    save(path, b"newer")
    assert path.read_bytes() == b"newer"
    assert [entry.name for entry in path.parent.iterdir()] == ["a.xlsx"]


def test_the_temporary_file_stands_in_the_same_folder(tmp_path):
    with writing(tmp_path / "a.xlsx") as temporary:
        assert temporary.parent == tmp_path
        assert temporary.suffix == ".xlsx"
        temporary.write_bytes(b"x")


@pytest.mark.parametrize("error", [RuntimeError("a fault of ours"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, error):
    path = tmp_path / "a.xlsx"
    save(path, b"old")
    with pytest.raises(type(error)), writing(path) as temporary:
        temporary.write_bytes(b"half")
        raise error
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_full_disk_is_told_and_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.xlsx"
    save(path, b"old")
    with pytest.raises(FileFault, match=r"FS007.*No space left"), writing(path) as temporary:
        temporary.write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("name", "content", "who"),
    [
        ("~$a.xlsx", b"\x05Alice" + b" " * 48, "Alice (Excel)"),
        ("~$a.xlsx", b"", "Excel"),
        (".~lock.a.xlsx#", b",Bob,host,01.02.2026 10:00,file:///home;", "Bob (LibreOffice)"),
        (".~lock.a.xlsx#", b"Eve Long,eve,host,,;", "Eve Long (LibreOffice)"),
    ],
)
def test_a_file_open_elsewhere_is_told_with_its_holder(tmp_path, name, content, who):
    path = tmp_path / "a.xlsx"
    save(path, b"old")
    (tmp_path / name).write_bytes(content)
    assert holder(path) == who
    with pytest.raises(FileFault) as fault:
        save(path)
    assert fault.value.code == "FS006"
    assert f"held by {who}" in fault.value.message
    assert path.read_bytes() == b"old"


def test_a_file_opened_while_we_write_is_not_replaced(tmp_path):
    path = tmp_path / "a.xlsx"
    save(path, b"old")
    with pytest.raises(FileFault, match="FS006"), writing(path) as temporary:
        temporary.write_bytes(b"new")
        (tmp_path / "~$a.xlsx").write_bytes(b"\x05Alice")
    assert path.read_bytes() == b"old"


def test_the_lock_of_another_file_is_none_of_ours(tmp_path):
    (tmp_path / "~$b.xlsx").write_bytes(b"\x05Alice")
    save(tmp_path / "a.xlsx")
    assert holder(tmp_path / "a.xlsx") == ""


def test_folders_and_files_in_the_way(tmp_path):
    with pytest.raises(FileFault, match="a folder"):
        save(tmp_path)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileFault, match="FS007"):
        save(tmp_path / "file" / "a.xlsx")


def test_a_name_that_is_too_long_is_told_in_plain_words(tmp_path):
    """Nothing is written, neither for the name itself nor for that of a folder."""
    for path in (tmp_path / ("a" * 260 + ".xlsx"), tmp_path / ("b" * 300) / "a.xlsx"):
        with pytest.raises(FileFault, match=r"FS007.*longer than this disk allows.*shorten it"):
            save(path)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="pipes are those of POSIX")
def test_a_device_or_a_pipe_is_not_replaced(tmp_path):
    """A plan renamed over /dev/null would take its place: whatever is not a file is refused and stays."""
    pipe = tmp_path / "pipe.xlsx"
    os.mkfifo(pipe)
    with pytest.raises(FileFault, match="FS007"):
        save(pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_rights_are_kept(tmp_path):
    path = tmp_path / "a.xlsx"
    save(path)
    path.chmod(0o640)
    save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_the_exit_code():
    assert EXIT_CODE == 7
    fault = FileFault("FS001", "a.xlsx", "why")
    assert (fault.code, str(fault)) == ("FS001", "FS001 a.xlsx: why")
