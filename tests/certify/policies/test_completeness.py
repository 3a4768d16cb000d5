"""Each kind of policy has its file and its test, and one that is not taught is refused, never passed."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from friendshore.models.rules import POLICY_KINDS
from friendshore.models.tables import Policy
from friendshore.optimizer.certify import UncertifiedPolicyError, certify, policies
from tests.certify.drafts import problem
from tests.certify.trade import right, trade


@pytest.mark.parametrize("kind", sorted(policies.KINDS))
def test_each_kind_has_a_file_and_a_test(kind: str) -> None:
    """A kind without a file or a test of its own name is found here."""
    assert (Path(policies.__file__).parent / f"{kind}.py").is_file()
    assert (Path(__file__).parent / f"test_{kind}.py").is_file()
    assert policies.KINDS[kind].__module__ == f"friendshore.optimizer.certify.policies.{kind}"


def test_every_kind_of_the_sheet_is_taught() -> None:
    """A new kind on the sheet must be taught here as well."""
    assert set(policies.KINDS) == set(POLICY_KINDS)


@pytest.mark.parametrize("penalty", [None, 1.0])
def test_an_untaught_kind_raises(penalty: float | None) -> None:
    """No certificate is given under a policy that nobody checked, with or without a penalty."""
    row = Policy(policy="rule", kind="min_smiles", limit=1, suppliers="Far", commodity="metal", penalty=penalty)
    plan = dataclasses.replace(right(), problem=problem(trade(), row))
    with pytest.raises(UncertifiedPolicyError, match="min_smiles"):
        certify(plan)
