"""Random tests draw the same examples in every run; with FRIENDSHORE_EXAMPLES set, new ones."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True, database=None)
if "FRIENDSHORE_EXAMPLES" not in os.environ:
    settings.load_profile("same")
