"""A check runs unless something it reads is damaged."""

import pytest

from friendshore.models.checks.protocol import reads


@pytest.mark.parametrize(
    ("damaged", "applies"),
    [
        (set(), True),
        ({"Plants.capacity"}, True),
        ({"Plants.recipe"}, False),
        ({"Plants"}, False),
        ({"Lanes.to"}, False),
        ({"Lanes"}, False),
        ({"Demand"}, True),
    ],
)
def test_what_keeps_a_check(damaged, applies):
    check = reads("Plants.recipe", "Lanes")(lambda problem: iter(()))
    assert check.applies(damaged) is applies


def test_every_column_that_a_check_reads_exists():
    from friendshore.models.checks import CHECKS  # noqa: PLC0415
    from friendshore.models.tables import TABLES  # noqa: PLC0415

    known = {table.sheet for table in TABLES} | {f"{t.sheet}.{declared.name}" for t in TABLES for declared in t.columns}
    for check in CHECKS:
        assert set(check.reads) <= known, check
