"""What a group costs and who should pay, in sentences. No sentence claims more than the searches prove."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import inf, isfinite

from friendshore.models.plan.baselines import Interval
from friendshore.optimizer.studies.share.game import Coalition
from friendshore.optimizer.studies.share.groups import Outside
from friendshore.optimizer.studies.share.settle import SUPPLIERS
from friendshore.optimizer.studies.share.share import Division, Share
from friendshore.optimizer.studies.share.stability import Verdict
from friendshore.optimizer.wording.counts import counted, listed
from friendshore.optimizer.wording.money import money, money_between
from friendshore.optimizer.wording.names import Names
from friendshore.optimizer.wording.numbers import UNKNOWN
from friendshore.optimizer.wording.shares import percent

OUTSIDE = {
    Outside.OPEN: "suppliers outside the allies open to each group whole",
    Outside.PRO_RATA: "suppliers outside the allies in the part of each group's demand",
}


def named(study: Share, country: str) -> str:
    """What a country is called."""
    return "suppliers outside" if country == SUPPLIERS else Names(study.problem.names).of("Countries", country)


def group_words(study: Share, members: Iterable[str]) -> str:
    """The members of a group in a row."""
    return listed([named(study, member) for member in members], most=8)


def cost_words(cost: Interval, currency: str) -> str:
    """What is known of a cost: one amount, between which two it lies, that there is no plan, or nothing."""
    if cost.low == inf:
        return "no plan is possible"
    if not isfinite(cost.high):
        return (
            UNKNOWN if not isfinite(cost.low) else f"{money(cost.low, currency)} or more; no certified plan was found"
        )
    if not isfinite(cost.low):
        return f"at most {money(cost.high, currency)}"
    return money(cost.high, currency) if cost.known else money_between(cost.low, cost.high, currency)


def opening(study: Share) -> str:
    """What all together cost, and what that saves, with the assumption about outside suppliers."""
    whole = study.together
    if whole is None:
        return f"What {group_words(study, study.players)} cost together is not known; {OUTSIDE[study.outside]}."
    told = cost_words(whole.cost, study.currency)
    if study.planned is None:
        return f"{group_words(study, study.players)} together: {told}. There is nothing to divide."
    saving = study.saving
    less = "" if saving is None else _saving_words(saving, study.currency)
    return f"{group_words(study, study.players)} together: {told}{less}; {OUTSIDE[study.outside]}."


def _saving_words(saving: Interval, currency: str) -> str:
    if saving.low >= 0:
        return f", {cost_words(saving, currency)} less than each alone"
    if saving.high <= 0:
        return f", {cost_words(Interval(-saving.high, -saving.low), currency)} more than each alone"
    return ", no more and no less than each alone as far as the gap tells"


def ally_line(study: Share, ally: str) -> str:
    """One ally: alone, and what it should pay by each rule."""
    group = study.group(ally)
    alone = "not known" if group is None else cost_words(group.cost, study.currency)
    pays = [f"{money(division.shares[ally], study.currency)} ({division.rule})" for division in study.divisions]
    part = percent(study.weights[ally])
    told = f"{named(study, ally)} ({part} of demand): alone {alone}"
    return f"{told}; should pay {', '.join(pays)}" if pays else told


def verdict_words(study: Share, division: Division) -> str:
    """Whether a division is stable, and by whom it is blocked."""
    verdict, groups = division.stability.verdict, division.stability.groups
    name = str(division.rule)
    if verdict is Verdict.STABLE:
        return f"{name}: stable, no ally and no group would pay less by itself."
    if verdict is Verdict.OPEN:
        missing = set(study.unknown) & set(groups)
        why = f"{counted(len(missing), 'group was', 'groups were')} not worked out" if missing else "the gap leaves it"
        return f"{name}: open, {why} ({_groups(study, groups)})."
    first = groups[0]
    gain = sum(division.shares[member] for member in study.members(first)) - study.costs[first].high
    others = f", and by {counted(len(groups) - 1, 'other group')}" if len(groups) > 1 else ""
    least = money(gain, study.currency)
    return f"{name}: blocked by {group_words(study, study.members(first))}, which would pay {least} less{others}."


def _groups(study: Share, groups: Iterable[Coalition]) -> str:
    return listed([" with ".join(named(study, member) for member in study.members(each)) for each in groups], most=3)


def stable_words(study: Share) -> str:
    """Whether any division at all is stable."""
    if study.planned is None:
        return ""
    if not study.divisions:
        return "What each should pay is open: the groups that are known do not tell it."
    if study.stable is None:
        return "Whether any division is stable is open."
    if study.stable:
        return "There is a division that no group betters."
    return "No division is stable: whatever each pays, some group would pay less by itself."


def apart_words(study: Share) -> str:
    """Which groups together cost less by themselves than all do together, and why that can be; blank where none do."""
    if study.apart is None:
        return ""
    parts, less = study.apart
    names = listed([" with ".join(named(study, member) for member in study.members(each)) for each in parts], most=8)
    told = f"{names}, each by itself, would cost {cost_words(less, study.currency)} less together than all in one"
    if study.outside is Outside.PRO_RATA:
        return f"{told}: other policies bind them, and their plans are other plans."
    return (
        f"{told}: by itself each has the suppliers outside whole, all in one have them but once, so that this need not "
        "be a saving that all can have at the same time; --outside pro_rata gives each its part."
    )


def impossible_words(study: Share) -> str:
    """Which groups have no plan, or none that is known; blank where all have."""
    if study.planned is None:
        return ""
    told = []
    for without, why in (
        ([group.members for group in study.groups if not group.possible], "No plan by itself"),
        (
            [group.members for group in study.groups if group.possible and not isfinite(group.cost.high)],
            "No plan of it was found that its certificate bears out",
        ),
    ):
        if without:
            told.append(f"{why}: {listed([group_words(study, members) for members in without], most=5)}.")
    if told:
        told.append("Shapley's value is not told, as it wants the cost of every group.")
    return " ".join(told)


def payment_lines(study: Share) -> Iterator[str]:
    """Who pays whom by the first rule, in money a year."""
    if study.divisions:
        division = study.divisions[0]
        for each in study.settlement(division).payments:
            amount = money(each.amount, study.currency)
            yield f"{named(study, each.payer)} pays {named(study, each.receiver)} {amount} a year"


def demand_words(study: Share) -> str:
    """Whose demand is in no group; blank where everybody's is."""
    others = sorted({row.country for row in study.problem.demand} - set(study.players))
    if not others:
        return ""
    return f"Demand of {listed([named(study, country) for country in others])}, outside the allies, is left out."


def open_words(study: Share) -> str:
    """What was not worked out, and what would; blank where all was."""
    if study.stopped:
        return "It was interrupted: what is known so far is told; the same command goes on from there."
    if study.unknown and study.planned is not None:
        missing = counted(len(study.unknown), "group was", "groups were")
        return f"{missing} not worked out: more searches (--searches) tell."
    return ""


def lines(study: Share) -> Iterator[str]:
    """What a planner reads: all together, each ally, the verdicts, then who pays whom."""
    yield opening(study)
    for ally in study.players:
        yield f"  {ally_line(study, ally)}"
    for division in study.divisions:
        yield verdict_words(study, division)
    for told in (
        stable_words(study),
        apart_words(study),
        impossible_words(study),
        demand_words(study),
        open_words(study),
    ):
        if told:
            yield told
    paid = tuple(payment_lines(study))
    if paid:
        yield f"To come from what each pays first to its share ({study.divisions[0].rule}), cost of goods included:"
        yield from (f"  {line}" for line in paid)
