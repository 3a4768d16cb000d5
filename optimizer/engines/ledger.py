"""What is done, kept in a file: answers by task, version, shared data and unit, so that none is worked out twice.

Written by SQLite, one transaction an answer: when the driver is killed, all answers it had are there for the next run.
Keys are digests of content, so an answer of other data, or of another version of the program or of the solver, is never
taken for one of these. No write-ahead log, which network drives do not bear.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from friendshore.optimizer.engines.faults import NO_LEDGER, EngineFault
from friendshore.optimizer.engines.fingerprint import fingerprint
from friendshore.optimizer.engines.task import Task
from friendshore.optimizer.system.version import versions

OURS = 0x46534C47
"""Tells our files from other SQLite files: FSLG."""

PATIENCE = 30.0
"""Seconds to wait for another run that writes to the same ledger."""

AT_ONCE = 500
"""Keys in one query; SQLite allows 999."""

_TABLE = "CREATE TABLE IF NOT EXISTS done (key TEXT PRIMARY KEY, task TEXT, answer TEXT) WITHOUT ROWID"


class Ledger:
    """The answers in a file, which is made where there is none.

    Parameters
    ----------
    path
        The file.
    passing
        Whether it is ``removed`` once nothing in it is needed any more.

    Raises
    ------
    EngineFault
        FS705 where the file is no ledger or cannot be used.
    """

    def __init__(self, path: str | Path, *, passing: bool = False) -> None:
        self.path = Path(path)
        self.passing = passing
        self._kept: set[str] = set()
        self.reused = 0
        """How many answers of earlier runs were taken from the file."""
        try:
            self._file = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            self._open()
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def _open(self) -> None:
        mark = self._file.execute("PRAGMA application_id").fetchone()[0]
        tables = self._file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if mark != OURS and tables:
            self._file.close()
            raise EngineFault(NO_LEDGER, f"{self.path} is a database of another program; name another file")
        self._file.execute("PRAGMA synchronous = NORMAL")
        if mark != OURS:
            self._file.execute(f"PRAGMA application_id = {OURS}")
        self._file.execute(_TABLE)

    def _fault(self, error: sqlite3.Error) -> EngineFault:
        return EngineFault(NO_LEDGER, f"{self.path} cannot be used as a ledger: {error}; name another file")

    def keys(self, task: Task, shared: Any, units: Sequence[Any]) -> list[str]:
        """The key of each unit: a digest of task, version, shared data and unit.

        Parameters
        ----------
        task
            What is done; its name and version go into the keys, as do the versions of this program and its solver.
        shared
            Data for all units.
        units
            Units of work, in order.

        Returns
        -------
        list[str]
            One key a unit, in the order of the units.
        """
        all_of_them = fingerprint((task.name, task.version, versions(), shared))
        return [fingerprint((all_of_them, unit)) for unit in units]

    def known(self, keys: Sequence[str]) -> dict[str, Any]:
        """Answers in the file, by key; keys without one are left out."""
        try:
            answers = dict(self._known(keys))
        except sqlite3.Error as error:
            raise self._fault(error) from error
        self.reused += sum(key not in self._kept for key in answers)
        return answers

    def _known(self, keys: Sequence[str]) -> Iterator[tuple[str, Any]]:
        for first in range(0, len(keys), AT_ONCE):
            some = keys[first : first + AT_ONCE]
            marks = ", ".join("?" * len(some))
            for key, answer in self._file.execute(f"SELECT key, answer FROM done WHERE key IN ({marks})", some):  # noqa: S608
                yield key, json.loads(answer)

    def keep(self, key: str, task: Task, answer: str) -> None:
        """Write an answer to the disk.

        Parameters
        ----------
        key
            As ``keys`` gives it.
        task
            What was done; its name is written beside the answer, for whoever looks into the file.
        answer
            The answer as JSON.

        Raises
        ------
        EngineFault
            FS705 where the file cannot be written.
        """
        try:
            self._file.execute("INSERT OR REPLACE INTO done VALUES (?, ?, ?)", (key, task.name, answer))
            self._kept.add(key)
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def close(self) -> None:
        """Close the file; a passing ledger that holds nothing leaves none behind."""
        empty = False
        if self.passing:
            with suppress(sqlite3.Error):  # closed already
                empty = self._file.execute("SELECT count(*) FROM done").fetchone()[0] == 0
        self._file.close()
        if empty:
            self.path.unlink(missing_ok=True)

    def remove(self) -> None:
        """Close a passing ledger and delete its file: all that is in it has been used."""
        self.close()
        if self.passing:
            self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
