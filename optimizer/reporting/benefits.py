"""Who benefits, and who pays for it: what each ally is spared beside doing nothing, less what it pays more.

Damage is borne where the demand is, capacity, protections and stock by who pays for them (``reporting/payers.py``).
What making and moving cost more or less the buyers share, wherever it is paid first: it stands in one row, as nothing
is said of prices, and as a works that serves at home what was bought abroad would else look like a loss.
"""

from __future__ import annotations

import pandas as pd

from friendshore.models.plan import Plan
from friendshore.models.plan.baselines import Baselines, Borne, Course
from friendshore.models.problem import Problem
from friendshore.optimizer.reporting.content import Block, Field
from friendshore.optimizer.reporting.extra_costs import GROUPS
from friendshore.optimizer.reporting.frames import tidy
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.reporting.payers import expected
from friendshore.optimizer.reporting.readable_money import readable_block
from friendshore.optimizer.wording.benefits import benefit_words, together_words

NAME = "Net_by_country"
FIELDS = (
    Field("country", "Country"),
    Field("unspared", "Damage if nothing is done", "number", "currency"),
    Field("damage", "Damage with the plan", "number", "currency"),
    Field("spared", "Damage spared", "number", "currency"),
    Field("measures", "Paid more", "number", "currency"),
    Field("net", "Net benefit", "number", "currency"),
)
OUTSIDE, BUYERS, TOGETHER = "Outside the coalition", "Making and moving, shared by buyers", "All together"
TITLE = "Who benefits, and what each pays for it, beside doing nothing"
NOTE = (
    "Expected and discounted. Countries pay for capacity, protections and stock; making and moving the buyers share. "
    "Of plans that cost the same another may share it otherwise."
)
_PARTS = {"damage": "damage", "stock": "measures", "building": "measures", "supply": "operation"}
"""What each group of costs is to the country that bears it."""
_NOTHING = 1e-9
"""Of the largest amount: what arithmetic leaves of none."""


def borne(plan: Plan) -> dict[str, Borne]:
    """By country who first pays, or goes short, its part of the expected cost, discounted; the parts add up to it."""
    rows = expected(plan)
    rows = rows.assign(part=rows["kind"].map(GROUPS).fillna("supply").map(_PARTS))
    sums = rows.pivot_table(index="payer", columns="part", values="discounted", aggfunc="sum", fill_value=0.0)
    return {
        str(payer): Borne(**{str(part): float(amount) for part, amount in row.items()})
        for payer, row in sums.to_dict("index").items()
    }


def table(plan: Plan) -> pd.DataFrame:
    """A row for each ally, the one that gains most first, then all others, making and moving, and all together.

    Columns are those of ``FIELDS``: ``spared`` is ``unspared`` less ``damage``, ``measures`` what is paid more than
    with nothing done, ``net`` the one less the other. No rows where it is not known what doing nothing brings to whom.
    """
    known = plan.baselines
    if known is None or known.nothing is None or not (known.nothing.borne and known.plan.borne):
        return tidy(plan, pd.DataFrame(columns=[field.key for field in FIELDS]), FIELDS)
    nothing, mine = _by_country(plan.problem, known.nothing), _by_country(plan.problem, known.plan)
    nothing, mine = nothing.align(mine, fill_value=0.0)
    rows = pd.DataFrame({"unspared": nothing["damage"], "damage": mine["damage"]})
    rows = rows.assign(spared=rows["unspared"] - rows["damage"], measures=mine["measures"] - nothing["measures"])
    rows.loc[BUYERS] = [0.0, 0.0, 0.0, float((mine["operation"] - nothing["operation"]).sum())]
    rows = rows.assign(net=rows["spared"] - rows["measures"])
    rows = rows.where(rows.abs() > _NOTHING * float(rows.abs().to_numpy().max()), 0.0)
    told = rows[(rows != 0.0).any(axis=1)].sort_values("net", ascending=False, kind="stable")
    last = [name for name in (OUTSIDE, BUYERS) if name in told.index]
    told = pd.concat([told.drop(index=last), told.loc[last]])
    told.loc[TOGETHER] = rows.sum()
    return tidy(plan, told.reset_index(names="country"), FIELDS)


def _by_country(problem: Problem, course: Course) -> pd.DataFrame:
    """country, and damage, measures, operation: allies as they are, all others together."""
    allies = problem.coalition
    rows = [
        (name if not allies or name in allies else OUTSIDE, each.damage, each.measures, each.operation)
        for name, each in course.borne.items()
    ]
    return pd.DataFrame(rows, columns=["country", "damage", "measures", "operation"]).groupby("country").sum()


def block(plan: Plan) -> Block | None:
    """The table in the currency of Settings; None where it is not known."""
    rows = table(plan)
    return None if rows.empty else Block(NAME, TITLE, rows, FIELDS, NOTE)


def readable(plan: Plan, name: str = "Summary_net") -> Block | None:
    """The table as people read it: countries by name, in millions or billions; None where it is not known."""
    rows, names = table(plan), names_of(plan.problem)
    if rows.empty:
        return None
    called = rows.assign(country=[names.of("Countries", str(country)) for country in rows["country"]])
    called.attrs = rows.attrs
    return readable_block(Block(name, TITLE, called, FIELDS, NOTE), plan.problem.settings.currency)


def sentences(problem: Problem, known: Baselines | None, rows: pd.DataFrame) -> tuple[str, ...]:
    """By how much all together are better off than with nothing done, who gains most, and who pays more than it gets.

    Parameters
    ----------
    problem
        The problem that the plan answers.
    known
        What the plan is held against.
    rows
        As of ``table``, also when read back.

    Returns
    -------
    tuple[str, ...]
        None where it is not known what doing nothing brings.
    """
    if known is None or known.nothing is None or rows.empty:
        return ()
    names, currency, cost = names_of(problem), problem.settings.currency, known.plan.cost.high
    low, high = known.nothing.cost.ends
    said = [together_words((low - cost, high - cost), currency)]
    allies = [
        (names.of("Countries", str(row["country"])), float(row["net"]))
        for row in rows.to_dict("records")
        if row["country"] not in (OUTSIDE, BUYERS, TOGETHER)
    ]
    shared = float(rows.loc[rows["country"] == BUYERS, "net"].sum())
    said.append(benefit_words(allies, shared, currency, split_known=known.nothing.cost.known))
    return tuple(sentence for sentence in said if sentence)
