"""What is promised: each promise in words with its month and place, and the resilience scorecard in numbers."""

from __future__ import annotations

from math import isfinite

import pandas as pd

from friendshore.models.tables import Policy
from friendshore.optimizer.page.parts import Cell, Column, Folded, Grid, Meter, Section, cells, columns
from friendshore.optimizer.page.sections.scenarios import group
from friendshore.optimizer.page.tables import PlanTables, largest, records
from friendshore.optimizer.page.words import Names
from friendshore.optimizer.reporting import promises
from friendshore.optimizer.wording.counts import counted, listed, measured
from friendshore.optimizer.wording.money import money_between
from friendshore.optimizer.wording.names import capital, label
from friendshore.optimizer.wording.numbers import BLANK, number_cell

FREE = 1e-9


def section(tables: PlanTables) -> Section:
    """Each promise in words with its month and place; the scorecard in numbers, and prices found by solving again."""
    names, rows = Names(tables.problem), tables["Scorecard"]
    heading = "What is promised"
    if rows.empty:
        return Section("promises", heading, ("The workbook asks for no guarantee.",))
    steps, told = tables["Step_prices"], tables[promises.NAME]
    numbers = _scorecard(names, rows)
    folded = (Folded("The scorecard in numbers, with the price of one unit more at the margin", (numbers,)),)
    return Section(
        "promises",
        heading,
        sentences(names, rows, steps),
        grids=((_words(names, told, rows),) if len(told) else (numbers,))
        + ((_steps(names, steps),) if len(steps) else ()),
        folded=folded if len(told) else (),
        notes=(
            "The bar shows where the plan stands at its tightest place, the mark the limit. A price at the margin is "
            "what one unit more of safety costs with what is built unchanged; 0 means that the limit does not bind "
            "there, which may mislead where the next step takes another plant, and – that the price is not known.",
        ),
    )


def kept(rows: pd.DataFrame) -> tuple[int, int]:
    """How many promises are kept, of how many."""
    return len(rows) - int((rows["state"] == "not met").sum()), len(rows)


def sentences(names: Names, rows: pd.DataFrame, steps: pd.DataFrame) -> tuple[str, ...]:
    """How many are kept, which are not, and the dearest: solved again where that was done, else at the margin.

    Parameters
    ----------
    names
        Names and words of the plan.
    rows
        Table Scorecard.
    steps
        Table Step_prices; without rows where nothing was solved again.

    Returns
    -------
    tuple[str, ...]
        One sentence to three.
    """
    done, count = kept(rows)
    said = [f"{done} of {counted(count, 'promise')} {'is' if done == 1 else 'are'} kept."]
    broken = [names.policy(str(policy)) for policy in rows.loc[rows["state"] == "not met", "policy"]]
    if broken:
        soft = {row.policy for row in names.problem.policies if row.penalty is not None}
        paid = set(rows.loc[rows["state"] == "not met", "policy"]) <= soft
        said.append(f"Not met{', which the plan pays a penalty for' if paid else ''}: {listed(broken)}.")
    dearest = _dearest_step(names, steps) if len(steps) else _dearest(names, rows)
    return (*said, dearest) if dearest else tuple(said)


def _dearest(names: Names, rows: pd.DataFrame) -> str:
    if not float(rows["price"].max()) > FREE:
        return ""
    top = largest(rows, "price")
    called = names.policy(str(top["policy"]))
    return (
        f"The dearest to tighten, at the margin, is {called}: {_units(1.0, top, names)} more costs "
        f"{names.money(float(top['price']))}."
    )


def _dearest_step(names: Names, steps: pd.DataFrame) -> str:
    """The step that costs most at least; blank where none is proven to cost anything."""
    if not float(steps["low"].max()) > FREE:
        return ""
    top = largest(steps, "low")
    cost = money_between(float(top["low"]), float(top["high"]), names.currency)
    called = names.policy(str(top["policy"]))
    return f"The dearest to tighten, solved again, is {called}: {_step(top, names)} costs {cost}."


def _words(names: Names, told: pd.DataFrame, rows: pd.DataFrame) -> Grid:
    """Each promise in words: what must hold, whether it is kept, where and when it is nearest, what a step costs."""
    known = {policy.policy: policy for policy in names.problem.policies}
    scores = records(rows)
    tested = bool((told["survived"] != "").any())
    made = []
    for row, score in zip(records(told), scores, strict=False):
        policy = known.get(str(score["policy"]))
        made.append(
            (
                Cell(str(row["promise"]), small=about(names, policy) if policy else ""),
                Cell(str(row["asked"])),
                Cell(str(row["state"]), small=f"asked: {score['holds']}" if score["holds"] else ""),
                Cell(str(row["stands"]) or BLANK, meter=_meter(score)),
                Cell(str(row["place"]) or BLANK),
                *((Cell(str(row["survived"]) or BLANK),) if tested else ()),
                Cell(str(row["price"]) or BLANK),
            )
        )
    heads = ("Promise", "What must hold", "State", "Where it stands", "Where and when it is nearest")
    stops = ("Stop that is survived",) if tested else ()
    heading = tuple(Column(head) for head in (*heads, *stops, "What a step more costs"))
    return Grid(promises.TITLE, heading, tuple(made))


def _scorecard(names: Names, rows: pd.DataFrame) -> Grid:
    known = {policy.policy: policy for policy in names.problem.policies}
    made = []
    for row in records(rows):
        policy = known.get(str(row["policy"]))
        beside = _stop(names, row) or _elsewhere(policy, row)
        made.append(
            (
                Cell(capital(names.policy(str(row["policy"]))), small=about(names, policy) if policy else ""),
                Cell(str(row["rule"])),
                Cell(_value(policy, row["limit"])),
                Cell(_value(policy, row["value"]), meter=_meter(row), small=beside),
                Cell(_value(policy, row["slack"])),
                Cell(str(row["state"]), small=f"asked: {row['holds']}" if row["holds"] else ""),
                Cell(names.place(str(row["place"]))),
                Cell(_price(row["price"]), small=f"for one {row['unit']}"),
            )
        )
    heads = (
        Column("Promise"),
        Column("What must hold"),
        Column("Limit", True),
        Column("The plan", True),
        Column("Slack", True),
        Column("State"),
        Column("Tightest place"),
        Column(f"Price of one unit more ({names.currency})", True),
    )
    return Grid("Each promise, its limit, where the plan stands, and the price of more", heads, tuple(made))


def _elsewhere(policy: Policy | None, row: dict[str, object]) -> str:
    """The worst value where the promise was not asked to hold."""
    value = row["elsewhere"]
    return f"elsewhere at worst {_value(policy, value)}" if isinstance(value, float) and isfinite(value) else ""


def _stop(names: Names, row: dict[str, object]) -> str:
    """How long a tested stop is survived, whenever it begins, how long was asked for, and what hurts beyond."""
    asked, survived = row["asked"], row["survived"]
    if not isinstance(asked, float) or not isfinite(asked):
        return ""
    told = f"{survived:g}" if isinstance(survived, float) else str(survived)
    if not told[:1].isdigit():
        return f"{measured(asked, 'month')} asked"
    hurts = f"; a longer one of {names.place(str(row['hurts']))} hurts most" if row["hurts"] else ""
    counts = "month" if told == "1" else "months"
    return f"stop of {told} {counts} survived, {asked:g} asked{hurts}"


def _value(policy: Policy | None, value: object) -> str:
    """A limit or standing in the unit of its kind."""
    if isinstance(value, str):
        return value
    if not isinstance(value, float) or not isfinite(value):
        return BLANK
    unit = policy.declared.unit if policy else None
    if unit is not None and unit.percent:
        return f"{100 * value:.1f}%"
    return number_cell(value) if unit is None or unit.digits is None else f"{value:.{unit.digits}f}"


def _price(value: float) -> str:
    return BLANK if not isfinite(value) else "0" if value <= FREE else number_cell(value)


def _meter(row: dict[str, object]) -> Meter | None:
    value, limit = row["value"], row["limit"]
    if not isinstance(value, float) or not isinstance(limit, float) or not (isfinite(value) and isfinite(limit)):
        return None
    whole = 1.0 if max(value, limit) <= 1.0 else 1.15 * max(value, limit)
    return Meter(max(0.0, value / whole), limit / whole)


def about(names: Names, policy: Policy) -> str:
    """Whom and what a promise is about."""
    columns_read = policy.declared.columns
    said = [group(names, policy.consumer_text)] if "consumers" in columns_read else []
    if policy.suppliers:
        said.append(f"from {group(names, policy.suppliers)}")
    if policy.k:
        said.append(f"any {policy.k} at once")
    if policy.commodity != "*":
        said.append(listed([names.good(part.strip()) for part in policy.commodity.split(",")], 3))
    if policy.tier != "*":
        said.append(f"tier {label(policy.tier)}")
    if "scenario" in columns_read:
        said.append(_where(names, policy))
    if policy.from_period or policy.to_period:
        said.append(
            " ".join(
                f"{word} {period}"
                for word, period in (("from", policy.from_period), ("to", policy.to_period))
                if period
            )
        )
    return "; ".join(said)


def _where(names: Names, policy: Policy) -> str:
    """Where a promise is made: on the base plan, in normal times, on every path, or in scenarios."""
    known = {"each": "on every path", "base": "on the base plan", "normal": "in normal times, on every path"}
    known |= {"expected": "in the mean over all paths", "cvar": "in the mean of the worst paths"}
    if policy.where in known:
        return known[policy.where]
    return f"in {listed([names.scenario(name) for name in policy.places])}"


def _steps(names: Names, steps: pd.DataFrame) -> Grid:
    made = [
        cells(
            [
                names.policy(str(row["policy"])),
                _step(row, names),
                number_cell(float(row["low"])),
                number_cell(float(row["high"])),
                str(row["note"]),
            ]
        )
        for row in records(steps)
    ]
    heads = (
        *columns("Promise", "Step"),
        Column(f"Costs at least ({names.currency})", True),
        Column("Costs at most", True),
        Column("Remark"),
    )
    note = "Each limit by itself one step tighter, the whole plan made anew, what is built included."
    return Grid("Price of resilience, solved again", heads, tuple(made), note)


def _step(row: dict[str, object], names: Names) -> str:
    step = row["step"]
    return _units(step, row, names) if isinstance(step, float) else f"{step} {row['unit']}"


def _units(count: float, row: dict[str, object], names: Names) -> str:
    return promises.steps_words(count, str(row["unit"]), names.currency)
