"""Versions of the program and of what it stands on, without importing any of it."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

__version__ = "0.1.0"

LIBRARIES = ("pyomo", "highspy", "numpy", "scipy", "pandas", "openpyxl", "xlsxwriter", "rapidfuzz", "defusedxml")


def program_version() -> str:
    """Version of friendshore."""
    return __version__


def installed(library: str) -> str:
    """Version of a library, empty where it is not installed."""
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def versions() -> dict[str, str]:
    """Versions by name, empty where something is missing."""
    return {"friendshore": program_version(), "python": platform.python_version()} | {
        library: installed(library) for library in LIBRARIES
    }
