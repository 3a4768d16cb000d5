"""Filled cells that a row's kind does not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.rows import Sheet
from friendshore.models.schema import Record
from friendshore.models.tables import EVENT_COLUMNS
from friendshore.models.tables.policy_kinds import PolicyKinds

_EVENT = frozenset({"scenario", "kind", "start_years", "years", "remaining", "recovery_years"})
_POLICY = frozenset({"policy", "name", "kind", "limit", "penalty"})
_ANY = frozenset(Record.__dataclass_fields__)


def columns_read(policy_kinds: PolicyKinds) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """The columns that each kind of row reads, by sheet and kind."""
    return {
        "Events": {kind: _EVENT | _ANY | set(columns) for kind, columns in EVENT_COLUMNS.items()},
        "Policies": {kind: _POLICY | _ANY | set(policy_kinds[kind].columns) for kind in policy_kinds},
    }


def check_unread(sheet: Sheet, policy_kinds: PolicyKinds) -> Iterator[Finding]:
    """A warning for every filled cell that has no effect."""
    kinds = columns_read(policy_kinds).get(sheet.table.sheet)
    for line in sheet.lines if kinds else ():
        if kinds is None or "kind" in line.faulty:
            continue
        kind = line.values["kind"]
        for name in sorted(line.given - kinds[kind]):
            message = f"found a value that kind {kind!r} does not read; wanted a blank cell, or another kind"
            yield make_finding("FS153", sheet.table.sheet, message, line.row, name)
