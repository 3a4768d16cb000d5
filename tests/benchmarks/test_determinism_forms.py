"""What ``python -m benchmarks.trust.determinism`` compares: it tells plans apart, and shuffles what it says."""

from __future__ import annotations

from benchmarks.trust.determinism import NONE, digest_of, shuffled, solved
from tests.mathematics.cases import importer, stop


def test_a_digest_is_of_all_numbers() -> None:
    """The same sheets twice, and in another order, are one plan; a price that is a little higher is another."""
    sheets = importer(2) | stop(0.25)
    plan = solved(sheets)
    assert digest_of(plan) == digest_of(solved(sheets, 2)) == digest_of(solved(shuffled(sheets, 3))) != NONE
    dearer = {**sheets, "Demand": [row | {"shortage_cost": 100.5} for row in sheets["Demand"]]}
    assert digest_of(solved(dearer)) != digest_of(plan)
    assert digest_of(None) == NONE


def test_everything_but_time_is_shuffled() -> None:
    """Sheets, rows and columns stand in another order, the same cells in all of them, and periods in theirs."""
    sheets = importer(2) | stop(0.25)
    other = shuffled(sheets, 3)
    assert other == sheets | {name: other[name] for name in sheets if name != "Periods"}
    assert list(other) != list(sheets)
    assert any(list(other[name][0]) != list(sheets[name][0]) for name in sheets)
    for name, rows in sheets.items():
        assert sorted(map(repr, (sorted(row.items()) for row in rows))) == sorted(
            map(repr, (sorted(row.items()) for row in other[name]))
        )
