"""The marker by which tests say what of the model they prove."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers", "proves(*names): parts of the model that the test proves (row:supply, cost:tariff)"
    )
