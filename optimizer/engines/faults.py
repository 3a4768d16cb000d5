"""What can be wrong with an engine, with its code in the catalogue."""

from __future__ import annotations

NOT_INSTALLED = "FS701"
NO_CLUSTER = "FS702"
OTHER_VERSIONS = "FS703"
KILLED = "FS704"
NO_LEDGER = "FS705"


class EngineFault(Exception):
    """An engine cannot be had, or lost a unit of work for good.

    ``code`` is that of the catalogue (``FS702``), ``message`` what was found and how to go on.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.message} ({self.code})"

    @property
    def ours(self) -> bool:
        """Whether the work itself is at fault, rather than the engine that was chosen."""
        return self.code == KILLED
