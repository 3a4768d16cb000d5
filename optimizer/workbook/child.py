"""A large workbook read by a process of its own, with limits of time and memory.

A reader that a hostile file brings down, or keeps busy, takes only that process with it. It costs a tenth of a second
to start, so small workbooks, which cannot keep any reader busy, are read in this process. It is started as a module,
neither forked nor spawned: a script that calls ``read_workbook`` needs no ``if __name__ == "__main__"``.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.contents import Contents, read_contents
from friendshore.optimizer.workbook.gate import Package, inspect

MOST_SECONDS = 30.0
SECONDS_PER_MEGABYTE = 1.0
MOST_MEMORY = 4 << 30

_ALLOWED = frozenset(
    {
        ("friendshore.models.parsing.cells", "UNCALCULATED"),
        ("friendshore.models.parsing.grids", "Marks"),
        ("friendshore.models.parsing.grids", "Area"),
        ("friendshore.models.parsing.grids", "NamedTable"),
        ("friendshore.models.parsing.grids", "Linked"),
        ("friendshore.optimizer.workbook.contents", "Contents"),
        ("datetime", "datetime"),
        ("datetime", "date"),
        ("datetime", "time"),
        ("datetime", "timedelta"),
    }
)


def read_apart(package: Package) -> Contents:
    """What ``read_contents`` gives, read by another process; FileFault where it fails, or needs too much.

    Where calamine ends the process, another reads without it. Where no process can be started, this one reads.
    """
    for fast in ("fast", "plain"):
        try:
            answer = _asked(package, fast)
        except OSError:
            return read_contents(package)
        if isinstance(answer, Contents):
            return answer
        if answer is not None:
            raise FileFault(answer[0], package.path, answer[1])
    raise FileFault(
        "FS004", package.path, "the workbook is damaged: reading it ends the reader; open it in Excel, and save it"
    )


def _asked(package: Package, fast: str) -> Contents | tuple[str, str] | None:
    """The other process's answer: contents, or code and message of a fault; None where it ended without one."""
    command = [sys.executable, "-P", "-m", "friendshore.optimizer.workbook.child", fast, str(package.path.absolute())]
    path = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)
    environment = {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    limit = MOST_SECONDS + SECONDS_PER_MEGABYTE * package.markup / 1e6
    try:
        ended = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return "FS005", f"the workbook cannot be read safely: it was not read within {limit:.0f} seconds"
    if ended.returncode:
        return None
    try:
        answer: Contents | tuple[str, str] = _Unpickler(BytesIO(ended.stdout)).load()
    except (EOFError, pickle.UnpicklingError):  # cut short, or no answer of ours
        return None
    return answer


class _Unpickler(pickle.Unpickler):
    """Accepts what an answer is made of and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """The class, where it is one of the few that are allowed."""
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of an answer")
        return super().find_class(module, name)


# -- the other process ---------------------------------------------------------------------------------------------


def main() -> None:
    """Read the workbook named on the command line and answer on standard output."""
    fast, path = sys.argv[1], Path(sys.argv[2])
    _limit_memory()
    answer: Contents | tuple[str, str]
    try:
        answer = read_contents(inspect(path), fast=fast == "fast")
    except FileFault as fault:
        answer = fault.code, fault.message
    pickle.dump(answer, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows, where only the time is limited

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    except (ImportError, OSError, ValueError):
        pass


if __name__ == "__main__":
    main()
