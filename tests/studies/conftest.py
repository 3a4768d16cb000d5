"""A plan with all of its studies, worked out once for those who look at their sections."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.studies.studied import Studied, studied


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Studied:
    return studied(Path(tmp_path_factory.mktemp("studied")))
