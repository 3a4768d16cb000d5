"""``survive_any``: k members stop at once; each choice that a plan holds is a branch of its own."""

from __future__ import annotations

import dataclasses
from math import inf

from friendshore.optimizer.certify import certify
from tests.certify.policies.under import calm, under
from tests.certify.trade import BASE, at, fails, holds, together, trade


def test_the_choice_that_is_held() -> None:
    """With Third idle, Far and Third down is the year without Far: 58.3% short, and is named."""
    countries = [*trade()["Countries"], {"country": "Third", "bloc": "concern"}]
    sheets = calm(trade(Countries=countries))
    quarters = [at(f"rule/{pair}@y2/y2/{i}", 0, 1.25, 1.75) for pair in ("Far+Third",) for i in (1, 2, 3, 4)]
    rows = together(BASE, *quarters)
    cells = {"suppliers": "@concern", "k": 2, "years": 1}
    holds(under(sheets, "survive_any", 0.6, rows=rows, **cells))
    fails(under(sheets, "survive_any", 0.5, rows=rows, **cells), "rule (survive_any): metal", "rule/Far+Third@y2/y2/1")


def test_one_at_a_time() -> None:
    """k = 1 is one branch a member: without Third nothing is short, without Far it is."""
    countries = [*trade()["Countries"], {"country": "Third", "bloc": "concern"}]
    quarters = [at(f"rule/Far@y2/y2/{i}", 0, 1.25, 1.75) for i in (1, 2, 3, 4)]
    quarters += [at(f"rule/Third@y2/y2/{i}", 2.1875, 1.25) for i in (1, 2, 3, 4)]
    cells = {"suppliers": "@concern", "k": 1, "years": 1}
    sheets = calm(trade(Countries=countries))
    fails(under(sheets, "survive_any", 0.5, rows=together(BASE, *quarters), **cells), "rule/Far@y2/y2/1")


def test_a_choice_that_does_not_exist_is_refused() -> None:
    """A branch of members that the policy does not name is no part of the tree."""
    sheets = calm(trade(Countries=[*trade()["Countries"], {"country": "Third", "bloc": "concern"}]))
    quarters = [at(f"rule/Far+Third@y2/y2/{i}", 0, 1.25, 1.75) for i in (1, 2, 3, 4)]
    plan = under(sheets, "survive_any", 0.6, rows=together(BASE, *quarters), suppliers="@concern", k=2, years=1)
    nodes = plan.nodes.replace({"scenario": {"rule/Far+Third@y2": "rule/Far+Home@y2"}})
    assert certify(dataclasses.replace(plan, nodes=nodes)).max_violation == inf


def test_choices_that_are_not_held_are_not_certified() -> None:
    """The limit of the certificate: a plan that holds no choice has none to fail; finding them is not its work."""
    cells = {"suppliers": "@concern", "k": 1, "years": 1}
    certificate = certify(under(calm(trade()), "survive_any", 0.5, rows=BASE, **cells))
    assert certificate.holds()
