"""The cone of a block and the plane that cuts a point off."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from friendshore.optimizer.search.benders.cones import BlockCone


def cone(limit: float, slack: int = -1) -> BlockCone:
    """Two suppliers deliver the first two columns, the third is home supply: all three are taken in."""
    supplied = csr_array(np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]]))
    return BlockCone(supplied, np.array([1.0, 1.0, 1.0, 0.0]), limit, slack)


def test_within() -> None:
    """3 and 4 of 10: an index of 25/100, within 0.25 and not within 0.24."""
    y = np.array([3.0, 4.0, 3.0, 0.0])
    assert cone(0.25).plane(y) is None
    assert cone(0.24).plane(y) is not None
    assert cone(0.25).plane(np.zeros(4)) is None


def test_the_plane_touches_the_cone_in_the_direction_of_the_point() -> None:
    """(3·y₁ + 4·y₂)/5 ≤ 0.4·(y₁ + y₂ + y₃): it cuts the point off by 5 − 4 and leaves what is within the cone, such as
    3 and 4 of 12.5, on it."""
    plane = cone(0.16).plane(np.array([3.0, 4.0, 3.0, 0.0]))
    assert plane == pytest.approx([0.6 - 0.4, 0.8 - 0.4, -0.4, 0.0])
    assert plane is not None
    assert plane @ [3.0, 4.0, 3.0, 0.0] == pytest.approx(1.0)
    assert plane @ [3.0, 4.0, 5.5, 0.0] == pytest.approx(0.0)


def test_a_slack_gives_room() -> None:
    """1 of slack is as much as 3 and 4 of 10 lack of 0.16."""
    assert cone(0.16, slack=3).plane(np.array([3.0, 4.0, 3.0, 1.0])) is None
    plane = cone(0.16, slack=3).plane(np.array([3.0, 4.0, 3.0, 0.5]))
    assert plane is not None and plane[3] == -1.0
