from __future__ import annotations

import pytest

from friendshore.models.plan import Plan
from tests.reporting import plans


@pytest.fixture
def plan() -> Plan:
    return plans.plan()
