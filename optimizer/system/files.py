"""Files read and written safely: whole or not at all, never over a file that another program holds."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from friendshore.optimizer.system.drafts import draft_beside

EXIT_CODE = 7
NO_FAULT_OF_OURS = frozenset(
    {errno.ENAMETOOLONG, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM}
)
"""Errors of the system about a file that no program can help: a name too long, a full disk, missing rights."""

_LOCAL_HOLDER = "another user"


class FileFault(Exception):
    """A file could not be read or written (exit code 7).

    ``code`` is that of the catalogue (``FS003``), ``path`` the file, ``message`` what was found and how to go on.
    """

    def __init__(self, code: str, path: str | Path, message: str) -> None:
        super().__init__(f"{code} {path}: {message}")
        self.code = code
        self.path = Path(path)
        self.message = message


def reason(error: OSError) -> str:
    """Why the system refused a file, in words that say how to go on where it is known."""
    if error.errno == errno.ENAMETOOLONG:
        return (
            "the name is longer than this disk allows (mostly 255 letters, fewer where they have accents); shorten it"
        )
    return error.strerror or str(error)


def is_file(path: Path) -> bool:
    """Whether there is such a file; false also for a name that cannot be one."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def same_file(one: Path, other: Path) -> bool:
    """Whether two names lead to one file that is there."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def holder(path: str | Path) -> str:
    """Who holds a file open, as Excel's or LibreOffice's owner file beside it tells; empty where nobody does."""
    path = Path(path)
    for owner, who in ((_excel_owner(path), _excel_user), (path.with_name(f".~lock.{path.name}#"), _libreoffice_user)):
        if is_file(owner):
            try:
                return who(owner.read_bytes()) or _LOCAL_HOLDER
            except OSError:  # Excel locks its owner file on Windows
                return _LOCAL_HOLDER
    return ""


def _excel_owner(path: Path) -> Path:
    """Excel's owner file: ``~$`` before the name, or in place of its first two letters."""
    whole = path.with_name(f"~${path.name}")
    short = path.with_name(f"~${path.name[2:]}")
    return short if not is_file(whole) and is_file(short) else whole


def _excel_user(content: bytes) -> str:
    size = content[0] if content else 0
    name = content[1 : 1 + size].decode("utf-8", "replace").strip(" \0")
    return f"{name} (Excel)" if name else "Excel"


def _libreoffice_user(content: bytes) -> str:
    parts = re.split(r"(?<!\\),", content.decode("utf-8", "replace"))
    name = next((part.strip() for part in parts[:3] if part.strip()), "")
    return f"{name} (LibreOffice)" if name else "LibreOffice"


def refuse_if_open(path: str | Path) -> None:
    """FileFault FS006 where another program holds the file."""
    who = holder(path)
    if who:
        raise FileFault(
            "FS006", path, f"the file is open elsewhere, held by {who}; close it there. Nothing was written"
        )


def refuse_if_no_file(path: str | Path) -> None:
    """FileFault FS007 where something else than a file has the name, or no file can: too long, a folder, a pipe."""
    target = Path(path)
    try:
        kind = target.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise FileFault("FS007", target, f"cannot be written: {reason(error)}") from error
    except ValueError as error:  # a NUL in the name
        raise FileFault("FS007", target, f"no file can have this name: {error}") from error
    if stat.S_ISDIR(kind):
        raise FileFault("FS007", target, "this is a folder; wanted the name of a file")
    if not stat.S_ISREG(kind):
        raise FileFault("FS007", target, "this is a device or a pipe; wanted the name of a file")


def make_folder(path: str | Path) -> None:
    """Make the folder of a file; FileFault FS007 where the system refuses, or a file has the name of the folder."""
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        in_the_way = next((str(folder) for folder in target.parents if is_file(folder)), "")
        why = f"{in_the_way} is a file and no folder" if in_the_way else reason(error)
        raise FileFault("FS007", target, f"its folder cannot be made: {why}. Nothing was changed") from error


@contextmanager
def writing(path: str | Path) -> Iterator[Path]:
    """A temporary path in the same folder; at the end of the block it is flushed to disk and takes the target's place.

    Where the block fails nothing is written and an earlier file stays as it was. Raises FileFault where the target is
    open elsewhere or the system refuses.
    """
    target = Path(path)
    refuse_if_no_file(target)
    refuse_if_open(target)
    make_folder(target)
    try:
        with draft_beside(target) as draft:
            yield draft
            _flush(draft)
            refuse_if_open(target)
            _keep_mode(target, draft)
            draft.replace(target)
        _flush_folder(target.parent)
    except OSError as error:
        raise FileFault("FS007", target, f"could not be written: {reason(error)}. Nothing was changed") from error


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _keep_mode(target: Path, temporary: Path) -> None:
    """The rights of the file that is replaced; of a new one those that the system gives new files."""
    if target.exists():
        temporary.chmod(target.stat().st_mode & 0o777)
    elif os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)


def _flush_folder(folder: Path) -> None:
    """Make the renaming itself durable, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # some network drives cannot
        pass
    finally:
        os.close(handle)
