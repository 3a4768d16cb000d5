"""Where the repository keeps what tests read: also when they run on an installed package."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
INPUTS = ROOT / "inputs"
SOURCES = INPUTS / "source"
